//! HnH's interface, one Dioxus program for browser, desktop and phone.

use dioxus::prelude::*;

fn main() {
    launch(app);
}

fn app() -> Element {
    rsx! {
        main {
            h1 { "HnH" }
        }
    }
}
