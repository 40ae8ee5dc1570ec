#![no_main]
//! Pictures: their heads, and small ones whole.

use hnh_fuzz::quick;
use hnh_server::photos::decode;
use libfuzzer_sys::fuzz_target;

/// A large picture takes its time.
const SMALL: u64 = 65_536;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(head) = quick(|| decode::head(bytes))
        && head.pixels() <= SMALL
    {
        let _ = quick(|| decode::resized(head));
    }
});
