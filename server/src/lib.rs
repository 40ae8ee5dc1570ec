//! HnH's axum backend.
//!
//! Each feature is a folder with its routes and handlers (`restaurants`, `recipes`, `foods`, `areas`; `account`, `board`, `chat`);
//! to add one, write its `routes()` and merge them in [`openapi`]. [`http`] has what all replies share,
//! [`catalogue`] the data they are made from, [`db`] what people write, `feeds` how it is synced, [`operation`] what operators ask. `tool` holds the commands
//! that read standard input.

pub mod account;
pub mod app;
pub mod app_files;
mod areas;
pub mod board;
mod body;
pub mod catalogue;
mod catalogue_info;
mod chat;
pub mod command;
mod conditional;
pub mod config;
pub mod db;
mod feeds;
mod foods;
pub mod http;
mod ids;
pub mod limits;
pub mod listen;
pub mod live;
mod notices;
pub mod openapi;
pub mod operation;
pub mod photos;
pub mod problem;
pub mod query;
mod recipes;
mod record_id;
mod refused_heads;
mod restaurants;
pub mod tool;
