//! The whole router in process, and real sockets where sockets matter.

mod app_files;
mod openapi;
mod operation;
mod problems;
mod searches;
mod sockets;
mod swap;
mod test_app;
mod tiny;
