#![no_main]
//! Where a page of a list ended.

use hnh_catalog::cursor::{decode, encode};
use hnh_fuzz::quick;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str, u64)| {
    let (query, text, key) = input;
    let _ = quick(|| decode::<(u64, String)>(query, text));
    // Longer than a cursor may be: refused, which is an answer.
    let made = encode(query, &(key, text)).unwrap();
    if let Ok(read) = quick(|| decode::<(u64, String)>(query, &made)) {
        assert_eq!(read, (key, text.to_owned()));
    }
});
