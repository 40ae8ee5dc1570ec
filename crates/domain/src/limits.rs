//! Checks that all queries share.

use crate::codes::List;
use crate::page::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::problem::FieldError;

/// The longest search text in characters.
pub(crate) const MAX_WORDS: usize = 200;

pub(crate) fn is_empty<T>(list: &List<T>) -> bool {
    list.is_empty()
}

/// The items on a page.
pub(crate) fn check_limit(limit: Option<u32>) -> Result<usize, FieldError> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        n @ 1..=MAX_LIMIT => Ok(n as usize),
        _ => Err(FieldError::new("limit", format!("must be from 1 to {MAX_LIMIT}"))),
    }
}

/// Refuses a search text that is too long.
pub(crate) fn check_words(field: &str, text: &str) -> Result<(), FieldError> {
    if text.chars().count() > MAX_WORDS {
        return Err(FieldError::new(field, format!("must be at most {MAX_WORDS} characters")));
    }
    Ok(())
}
