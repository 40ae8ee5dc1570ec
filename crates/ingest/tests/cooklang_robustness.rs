//! Whatever a text holds, reading it as Cooklang never panics.

use hnh_ingest::import::cooklang;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_cooklang(text in "([@#~\\\\]?[a-z ½0-9]{0,6}[{}%()|=>&:\\-\n]{0,3}){0,30}") {
        let _ = cooklang::read(&text, "");
    }
}
