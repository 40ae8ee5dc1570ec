#![no_main]
//! The changes that devices send.

use hnh_domain::feeds::{Change, Push};
use hnh_fuzz::quick;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let Ok(push) = quick(|| serde_json::from_slice::<Push>(body)) else { return };
    for mutation in push.mutations {
        let Ok(change) = quick(|| mutation.change.checked()) else { continue };
        // What is fit once stays as it is: the device and the server both make it fit.
        let again: Change = serde_json::from_slice(&serde_json::to_vec(&change).unwrap()).unwrap();
        assert_eq!(again.checked().as_ref(), Ok(&change));
    }
});
