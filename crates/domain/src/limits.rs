//! Checks that all queries share.

use crate::codes::List;
use crate::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::problem::FieldError;
use crate::written;

/// The longest search text in characters.
pub(crate) const MAX_WORDS: usize = 200;

pub(crate) fn is_empty<T>(list: &List<T>) -> bool {
    list.is_empty()
}

/// The items on a page.
pub(crate) fn check_limit(limit: Option<u32>) -> Result<usize, FieldError> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        n @ 1..=MAX_LIMIT => Ok(n as usize),
        _ => Err(FieldError::out_of_range("limit", 1, MAX_LIMIT.into())),
    }
}

/// Refuses a search text that is too long or has what cannot be seen.
pub(crate) fn check_words(field: &str, text: &str) -> Result<(), FieldError> {
    written::line(field, text, 0, MAX_WORDS).map(drop)
}
