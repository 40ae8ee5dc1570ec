//! Chains, where what is true of one house is true of the others, and what a source says of one says little.

use hnh_domain::places::{Offer, Place};
use hnh_domain::text::Text;

/// Chains whose kitchens are not made for a diet, though a dish or two fit: what a list says beyond that is too much.
const CHAINS: &[&str] = &[
    "롯데리아",
    "lotteria",
    "본죽",
    "맥도날드",
    "mcdonald",
    "버거킹",
    "burger king",
    "kfc",
    "맘스터치",
    "써브웨이",
    "서브웨이",
    "subway",
    "스타벅스",
    "starbucks",
    "이디야",
    "투썸플레이스",
    "파리바게뜨",
    "paris baguette",
    "뚜레쥬르",
    "tous les jours",
    "도미노피자",
    "domino",
    "피자헛",
    "pizza hut",
    "김밥천국",
    "교촌",
    "bbq치킨",
    "노브랜드버거",
    "dunkin",
    "던킨",
    "배스킨라빈스",
    "baskin",
    "chick-fil-a",
    "wendy's",
    "taco bell",
    "five guys",
    "popeyes",
    "dairy queen",
    "nordsee",
    "block house",
];

/// Whether it is a house of such a chain.
pub(super) fn is_chain(name: &Text) -> bool {
    name.iter().any(|name| {
        let name = name.to_lowercase();
        CHAINS.iter().any(|chain| name.starts_with(chain))
    })
}

/// What a source says of one house of a chain beyond "a little" is not believed.
pub(crate) fn limit_diets(place: &mut Place) {
    if is_chain(&place.name) {
        place.diets.values_mut().filter(|offer| offer.serves()).for_each(|offer| *offer = Offer::Limited);
    }
}

/// Chains that are gone, and the last year or month in which they had a house, as far as we know.
const GONE: &[(&str, &str)] = &[
    ("씨푸드오션", "2014"),
    ("피셔스마켓", "2014"),
    ("마르쉐", "2013"),
    ("토니로마스", "2014"),
    ("씨즐러", "2013"),
    ("베니건스", "2016"),
    ("코코스", "2010"),
    ("세븐스프링스", "2022-04"),
];

/// Whether the place belongs to a chain that is gone, and its source does not say otherwise later: `as_of` is `2022-12`.
pub(crate) fn is_gone(name: &Text, as_of: Option<&str>) -> bool {
    let name = name.ko.as_deref().unwrap_or_default();
    GONE.iter().any(|(chain, last)| {
        name.starts_with(chain) && as_of.is_none_or(|as_of| as_of.get(..last.len()).unwrap_or(as_of) <= *last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_known_by_how_its_name_begins() {
        assert!(is_chain(&Text::detect("롯데리아 강남점")) && is_chain(&Text::detect("McDonald's")));
        assert!(!is_chain(&Text::detect("본가")));
    }

    #[test]
    fn a_source_that_is_younger_than_the_end_is_believed() {
        let name = Text::detect("씨푸드오션 분당점");
        assert!(is_gone(&name, None) && is_gone(&name, Some("2013-05")) && is_gone(&name, Some("2014-11")));
        assert!(!is_gone(&name, Some("2022-12")));
        assert!(!is_gone(&Text::detect("바다식당"), None));
    }
}
