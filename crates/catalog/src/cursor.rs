//! Cursors: where a page ended, as an opaque text that only continues the query it came from.
//!
//! A cursor carries the last item's place in the order (its sort key and id), never an offset, so a
//! list continues without gaps or repeats when the catalogue is swapped between two pages. It is no
//! secret and guards nothing: a person who recomputes its checksum only chooses where the page starts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hnh_domain::problem::FieldError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// The longest cursor that is looked at, in characters.
const MAX_CHARS: usize = 1024;

/// Bytes of the checksum in front of the key.
const CHECKSUM: usize = 8;

/// A fingerprint of a query: whatever changes the items or their order must be in `query`, what
/// only cuts the page (its limit, the cursor itself) must be left out. The same in every process.
///
/// # Errors
/// Names `cursor` when the query cannot be written as JSON, which only a type with a failing
/// `Serialize` brings about.
pub fn query_hash<Q: Serialize>(query: &Q) -> Result<u64, FieldError> {
    serde_json::to_vec(query).map(|json| xxh3_64(&json)).map_err(|_| refused())
}

/// Writes the key of a page's last item as a cursor of the query with this fingerprint.
///
/// Floating-point keys belong in as bits ([`f64::to_bits`]): JSON need not bring them back exactly.
///
/// # Errors
/// Names `cursor` when the key cannot be written as JSON.
pub fn encode<T: Serialize>(query_hash: u64, key: &T) -> Result<String, FieldError> {
    let mut bytes = vec![0; CHECKSUM];
    serde_json::to_writer(&mut bytes, key).map_err(|_| refused())?;
    let sum = xxh3_64_with_seed(&bytes[CHECKSUM..], query_hash);
    bytes[..CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads the key back.
///
/// # Errors
/// Names `cursor` when the text is not a cursor, was changed, or belongs to another query.
pub fn decode<T: DeserializeOwned>(query_hash: u64, cursor: &str) -> Result<T, FieldError> {
    if cursor.len() > MAX_CHARS {
        return Err(refused());
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
    let (sum, key) = bytes.split_first_chunk::<CHECKSUM>().ok_or_else(refused)?;
    if u64::from_le_bytes(*sum) != xxh3_64_with_seed(key, query_hash) {
        return Err(refused());
    }
    serde_json::from_slice(key).map_err(|_| refused())
}

fn refused() -> FieldError {
    FieldError::new("cursor", "was not made for this query: leave it out to start from the first page")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_comes_back_for_its_own_query_only() {
        let key = (1.25_f64.to_bits(), "id".to_owned());
        let cursor = encode(7, &key).unwrap();
        assert_eq!(decode::<(u64, String)>(7, &cursor).unwrap(), key);
        assert_eq!(decode::<(u64, String)>(8, &cursor).unwrap_err().field, "cursor");
        assert_eq!(decode::<(String, u64)>(7, &cursor).unwrap_err().field, "cursor");
    }

    #[test]
    fn the_fingerprint_is_the_same_in_every_process() {
        assert_eq!(query_hash(&("q", 1)).unwrap(), xxh3_64(br#"["q",1]"#));
        assert_eq!(encode(0, &1).unwrap(), encode(0, &1).unwrap());
        assert_ne!(query_hash(&("q", 1)).unwrap(), query_hash(&("q", 2)).unwrap());
    }

    #[test]
    fn a_changed_cursor_is_refused() {
        let cursor = encode(7, &(42, "서울")).unwrap();
        for at in 0..cursor.len() {
            let mut forged = cursor.clone().into_bytes();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            assert!(decode::<(u32, String)>(7, &forged).is_err(), "{forged}");
        }
    }

    proptest! {
        #[test]
        fn noise_is_refused_without_a_panic(noise in ".{0,80}", hash: u64) {
            prop_assert_eq!(decode::<serde_json::Value>(hash, &noise).unwrap_err().field, "cursor");
        }
    }
}
