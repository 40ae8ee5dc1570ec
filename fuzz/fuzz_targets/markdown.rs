#![no_main]
//! The Markdown of posts, comments and messages.

use hnh_fuzz::quick;
use hnh_server::board::markdown::render;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let html = quick(|| render(text));
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
});
