//! Entity tags: what the client has is not sent again.
//!
//! They are weak: a compressed reply has the same tag as the plain one, and both mean the same.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::{ETag, HeaderMapExt, IfNoneMatch};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A weak entity tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag(HeaderValue);

impl Tag {
    fn new(hash: u128) -> Self {
        let mut text = String::with_capacity(36);
        // Writing to a string does not fail, and hexadecimal digits are a header's.
        let _ = write!(text, "W/\"{hash:032x}\"");
        Self(HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("W/\"\"")))
    }

    /// The tag of these bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self::new(xxh3_128(bytes))
    }

    /// The tag of whatever follows from these parts alone.
    pub(crate) fn of_parts(parts: &[&str]) -> Self {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(&part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self::new(hash.digest128())
    }

    /// The tag as a header's value.
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Whether the client says by `If-None-Match` that it has what this tag names.
    pub(crate) fn is_known(&self, request: &HeaderMap) -> bool {
        let Ok(tag) = self.0.to_str().unwrap_or_default().parse::<ETag>() else { return false };
        request.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(&tag))
    }
}

/// The reply for a client that has it already.
pub(crate) fn not_modified(tag: &Tag, cache_control: HeaderValue) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.header()), (header::CACHE_CONTROL, cache_control)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_by_itself_in_lists_and_by_a_star() {
        let tag = Tag::of_bytes(b"kimchi");
        let own = tag.header().to_str().unwrap().to_owned();
        let asked = |known: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, known.parse().unwrap())]);
        for known in [own.clone(), format!("\"x\", {own}"), own.trim_start_matches("W/").to_owned(), "*".to_owned()] {
            assert!(tag.is_known(&asked(&known)), "{known}");
        }
        let other = Tag::of_bytes(b"bibimbap").header();
        assert!(!tag.is_known(&asked(other.to_str().unwrap())));
        assert!(!tag.is_known(&asked("garbage")));
        assert!(!tag.is_known(&HeaderMap::new()));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(Tag::of_parts(&["ab", "c"]).header(), Tag::of_parts(&["a", "bc"]).header());
    }
}
