#![no_main]
//! The queries of all searches.

use hnh_domain::board::PostQuery;
use hnh_domain::foods::FoodQuery;
use hnh_domain::places::PlaceQuery;
use hnh_domain::recipes::RecipeQuery;
use hnh_fuzz::quick;
use hnh_server::http::query::Parameters;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    quick(|| {
        let _ = Parameters::parse(text).read::<PlaceQuery>().and_then(|query| query.validate());
        let _ = Parameters::parse(text).read::<RecipeQuery>().and_then(|query| query.validate());
        let _ = Parameters::parse(text).read::<FoodQuery>().and_then(|query| query.validate());
        let _ = Parameters::parse(text).read::<PostQuery>().and_then(|query| query.validate());
    });
});
