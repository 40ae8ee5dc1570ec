//! The program's commands.

pub mod catalog;
pub mod serve;
