//! The whole router in process, and real sockets where sockets matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

mod app_files;
mod openapi;
mod operation;
mod problems;
mod searches;
mod sockets;
mod swap;
mod test_app;
mod tiny;
