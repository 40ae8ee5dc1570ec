//! HnH's axum backend.
//!
//! Each feature is a folder with its routes and handlers ([`restaurants`], `recipes`, `foods`, `areas`);
//! to add one, write its `routes()` and merge them in [`openapi`]. [`http`] has what all replies share,
//! [`catalogue`] the data they are made from, [`operation`] what operators ask. `tool` holds the commands
//! that read standard input.

pub mod app;
pub mod app_files;
mod areas;
pub mod catalogue;
mod catalogue_info;
pub mod command;
mod conditional;
pub mod config;
mod foods;
pub mod http;
pub mod listen;
pub mod openapi;
pub mod operation;
pub mod problem;
pub mod query;
mod recipes;
mod record_id;
mod refused_heads;
mod restaurants;
pub mod tool;
