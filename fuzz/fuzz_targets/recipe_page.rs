#![no_main]
//! Recipes in web pages.

use hnh_fuzz::quick;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &[u8]| {
    let _ = quick(|| hnh_recipe_page::read_bytes(page));
});
