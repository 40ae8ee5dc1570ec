//! HnH's axum backend.
//!
//! Each feature is a folder with its routes and handlers; `tool` holds the commands that read
//! standard input.

pub mod tool;
