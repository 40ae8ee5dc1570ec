//! The whole router in process, and real sockets where sockets matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

mod account;
mod app_files;
mod areas;
mod authorization;
mod board;
mod chat;
mod contributions;
mod db;
mod device;
mod gatherings;
mod kitchen;
mod live;
mod native;
mod openapi;
mod ops;
mod outbox;
mod problems;
mod pruning;
mod push;
mod recipes_offline;
mod restored;
mod rooms;
mod searches;
mod sockets;
mod swap;
mod sync;
mod test_app;
mod test_db;
mod tiny;
