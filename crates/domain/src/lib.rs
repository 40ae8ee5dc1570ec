//! HnH's types, rules and wire format, without I/O.
//!
//! The same feature names repeat here, in the client, the server and the interface:
//! [`restaurants`], [`recipes`], [`foods`], [`account`], [`board`], [`chat`]. [`calls`] lists what the interface can ask of the core.

pub mod account;
pub mod board;
pub mod calls;
pub mod chat;
pub mod codes;
pub mod contributions;
pub mod cookbook;
pub mod feeds;
pub mod foods;
pub mod geo;
pub mod hangul;
pub mod label;
mod limits;
pub mod local_time;
pub mod meal_plan;
pub mod nutrient;
pub mod page;
pub mod places;
pub mod port;
pub mod problem;
pub mod reading;
pub mod recipes;
pub mod romanise;
pub mod shopping;
pub mod source;
pub mod text;
pub mod topic;
pub mod written;
