#![no_main]
//! What is said on a socket.

use hnh_domain::chat::FromClient;
use hnh_domain::feeds::Feed;
use hnh_fuzz::quick;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(FromClient::Follow { feed }) = quick(|| serde_json::from_str(text))
        && let Ok(known) = quick(|| feed.parse::<Feed>())
    {
        assert_eq!(known.to_string(), feed);
    }
});
