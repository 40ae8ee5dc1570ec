//! Posts: `list` has the routes that read them, `read` the SQL that shows them to a viewer, `write` the changes.

pub(super) mod list;
mod read;
mod write;

pub(crate) use read::posts_in;
pub(super) use read::{PostRow, complete, post_sql, read};
pub(crate) use write::posts_of;
pub(super) use write::{delete, forget_author, write};
