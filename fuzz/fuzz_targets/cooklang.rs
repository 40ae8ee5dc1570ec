#![no_main]
//! Recipes in Cooklang.

use hnh_fuzz::quick;
use hnh_ingest::import::cooklang;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = quick(|| cooklang::read(text, "a"));
});
