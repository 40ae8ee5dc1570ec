//! The program's commands.

pub mod admin;
pub mod backup;
pub mod catalog;
pub mod healthy;
pub mod objects;
pub mod serve;
