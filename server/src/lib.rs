//! HnH's axum backend.
//!
//! Each feature is a folder with its routes and handlers (`places`, `recipes`, `foods`, `areas`; `account`, `board`, `chat`,
//! `cookbook`);
//! to add one, write its `routes()` and merge them in [`http::openapi`]. [`http`] has the plumbing that all of them share,
//! [`catalogue`] the data they are made from, [`db`] what people write, `feeds` how it is synced, [`ops`] what operators ask. `tool` holds the commands
//! that read standard input.

pub mod account;
pub mod app;
mod areas;
pub mod board;
pub mod catalogue;
mod chat;
pub mod command;
pub mod config;
mod contributions;
pub mod cookbook;
pub mod db;
pub mod feeds;
mod foods;
pub mod http;
mod ids;
pub mod live;
mod meal_plan;
mod notices;
pub mod objects;
pub mod ops;
pub mod photos;
mod places;
pub mod pruning;
pub mod push;
mod recipes;
mod shopping;
pub mod tool;
