//! Who may see what on the boards: what a moderator hid is shown to its author and to moderators alone, and nothing
//! to one whom a block parts from the author.

/// A condition: the viewer `$1` may see the post or comment `x`, or another that is named.
macro_rules! visible_sql {
    () => {
        visible_sql!("x")
    };
    ($written:literal) => {
        concat!(
            "(NOT ",
            $written,
            ".hidden OR ",
            $written,
            ".author = $1 OR EXISTS \
             (SELECT 1 FROM person m WHERE m.id = $1 AND m.role IN ('moderator', 'admin'))) AND ",
            blocked_sql!("$1", concat!($written, ".author"))
        )
    };
}

/// How many comments on `post x` the viewer `$1` may see.
macro_rules! comments_seen_sql {
    () => {
        concat!("(SELECT COUNT(*) FROM comment c WHERE c.post = x.id AND NOT c.deleted AND ", visible_sql!("c"), ")")
    };
}
pub(super) use comments_seen_sql;
pub(crate) use visible_sql;
