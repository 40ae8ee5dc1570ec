#![no_main]
//! Opening hours of mappers and lists.

use chrono::{NaiveDate, TimeDelta};
use hnh_fuzz::quick;
use hnh_hours::Hours;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for country in [None, Some("KR"), Some("DE")] {
        let Ok(hours) = quick(|| Hours::parse(text, country)) else { continue };
        let noon = NaiveDate::from_ymd_opt(2026, 2, 27).unwrap().and_hms_opt(12, 0, 0).unwrap();
        for day in [0, 1, 2, 300] {
            let at = noon + TimeDelta::days(day);
            let opening = quick(|| hours.opening_at(at));
            assert_eq!(opening.state, hours.state_at(at));
            if let Some(until) = opening.until {
                assert!(until > at, "changes at {until}, asked at {at}");
                assert_ne!(hours.state_at(until), opening.state, "{text} at {until}");
            }
        }
    }
});
