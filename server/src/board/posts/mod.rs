//! Posts: `list` has the routes that read them, `read` the SQL that shows them to a viewer, `write` the changes.

pub(super) mod list;
mod read;
mod write;

pub(super) use read::{PostRow, complete, post_sql, read};
pub(crate) use read::{post_counts_in, posts_in};
pub(super) use write::{delete, forget_author, write};
