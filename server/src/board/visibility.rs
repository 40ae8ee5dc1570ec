//! Who may see what on the boards: what a moderator hid is shown to its author and to moderators alone, and nothing
//! to one whom a block parts from the author.

/// A condition: the viewer `$1` may see the post or comment `x`.
macro_rules! visible_sql {
    () => {
        concat!(
            "(NOT x.hidden OR x.author = $1 OR EXISTS \
             (SELECT 1 FROM person m WHERE m.id = $1 AND m.role IN ('moderator', 'admin'))) AND ",
            blocked_sql!("$1", "x.author")
        )
    };
}
pub(super) use visible_sql;
