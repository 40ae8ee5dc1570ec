//! Entity tags: what the client has is not sent again.

use std::fmt::Write as _;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Endings that [`for_encoding`] gives to the tags of compressed replies.
const ENCODINGS: [&str; 2] = ["br", "gzip"];

/// A strong entity tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag(u128);

impl Tag {
    /// The tag of these bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The tag of whatever follows from these parts alone.
    pub(crate) fn of_parts(parts: &[&str]) -> Self {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(&part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.digest128())
    }

    /// The tag as a header's value.
    pub(crate) fn header(&self) -> HeaderValue {
        let mut text = String::with_capacity(34);
        // Writing to a string does not fail.
        let _ = write!(text, "\"{:032x}\"", self.0);
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    /// Whether an `If-None-Match` names this tag, in any encoding.
    pub(crate) fn is_known(&self, if_none_match: Option<&HeaderValue>) -> bool {
        let Some(known) = if_none_match.and_then(|value| value.to_str().ok()) else { return false };
        known.split(',').map(str::trim).any(|known| known == "*" || self.matches(known))
    }

    fn matches(&self, known: &str) -> bool {
        let known = known.strip_prefix("W/").unwrap_or(known);
        let Some(inner) = known.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
        let (hash, encoding) = inner.split_once('-').unwrap_or((inner, "br"));
        ENCODINGS.contains(&encoding) && hash.len() == 32 && u128::from_str_radix(hash, 16) == Ok(self.0)
    }
}

/// The tag of the same reply in a content encoding: other bytes need another strong tag.
pub(crate) fn for_encoding(tag: &HeaderValue, encoding: &HeaderValue) -> Option<HeaderValue> {
    let (tag, encoding) = (tag.to_str().ok()?.strip_suffix('"')?, encoding.to_str().ok()?);
    (ENCODINGS.contains(&encoding) && !tag.contains('-'))
        .then(|| HeaderValue::try_from(format!("{tag}-{encoding}\"")).ok())?
}

/// The reply for a client that has it already.
pub(crate) fn not_modified(tag: &Tag, cache_control: HeaderValue) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.header()), (header::CACHE_CONTROL, cache_control)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_every_encoding_and_in_lists() {
        let tag = Tag::of_bytes(b"kimchi");
        let plain = tag.header();
        let brotli = for_encoding(&plain, &HeaderValue::from_static("br")).unwrap();
        assert_ne!(plain, brotli);
        for known in
            [plain.to_str().unwrap().to_owned(), format!("\"x\", W/{}", brotli.to_str().unwrap()), "*".to_owned()]
        {
            assert!(tag.is_known(Some(&HeaderValue::try_from(&known).unwrap())), "{known}");
        }
        let other = Tag::of_bytes(b"bibimbap").header();
        assert!(!tag.is_known(Some(&other)));
        assert!(!tag.is_known(Some(&HeaderValue::from_static("garbage"))));
        assert!(!tag.is_known(None));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(Tag::of_parts(&["ab", "c"]), Tag::of_parts(&["a", "bc"]));
    }

    #[test]
    fn a_tag_gets_one_ending_at_most() {
        let brotli = HeaderValue::from_static("br");
        let tagged = for_encoding(&Tag::of_bytes(b"").header(), &brotli).unwrap();
        assert_eq!(for_encoding(&tagged, &brotli), None);
        assert_eq!(for_encoding(&Tag::of_bytes(b"").header(), &HeaderValue::from_static("zstd")), None);
    }
}
