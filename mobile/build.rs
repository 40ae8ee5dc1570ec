//! Compiles the configuration and the permissions into the program for phones.

fn main() {
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if matches!(system.as_str(), "android" | "ios") {
        tauri_build::build();
    } else {
        // Other systems get an empty library.
        println!("cargo:rustc-check-cfg=cfg(mobile)");
    }
}
