//! HnH's interface, one Dioxus program for browser, desktop and phone.
fn main() {}
