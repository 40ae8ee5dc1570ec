//! Why a place was found, where its name does not tell.

use hnh_domain::places::{FoundIn, Place, PlaceFact, cuisine_name};
use hnh_domain::text::{Lang, Text};
use hnh_domain::{hangul, romanise};

use super::dishes::translations;
use crate::text::analysis::{Script, each_variant, each_word, singular};

/// The words of a query.
pub(super) struct Wanted(Vec<(String, Script)>);

impl Wanted {
    pub(super) fn new(query: &str) -> Self {
        let mut words = Vec::new();
        each_word(query, |word, script| {
            let mut word = word.to_owned();
            if script == Script::Spaced {
                singular(&mut word);
            }
            words.push((word, script));
        });
        Self(words)
    }

    /// Where the words stand that are not in the name; none where all of them are, or where only a mistake or a word of the
    /// place's kind found it.
    pub(super) fn found_in(&self, place: &Place) -> Option<FoundIn> {
        let name: Vec<&str> = place.name.iter().collect();
        let romanised = place.name.ko.as_deref().map(romanise::romanised).unwrap_or_default();
        let in_name = |word: &(String, Script)| name.iter().chain([&romanised.as_str()]).any(|name| has(name, word));
        let sought: Vec<_> = self.0.iter().filter(|word| !in_name(word)).collect();
        let word = sought.first()?;
        let found = |fact, text: Text| FoundIn { fact, text };
        if let Some(dish) = place.menu.iter().find(|dish| has(&dish.name, word)) {
            return Some(found(PlaceFact::Menu, Text::detect(dish.name.clone())));
        }
        let cuisines = place.cuisines.iter().map(|code| cuisine_name(code));
        if let Some(cuisine) = cuisines.into_iter().find(|cuisine| cuisine.iter().any(|name| has(name, word))) {
            return Some(found(PlaceFact::Cuisines, cuisine));
        }
        let mut diets = place.diets.iter().filter(|(_, offer)| offer.serves()).map(|(diet, _)| *diet);
        if let Some(diet) = diets.find(|diet| [Lang::Ko, Lang::En].iter().any(|lang| has(diet.name(*lang), word))) {
            return Some(found(PlaceFact::Diets, Text::both(diet.name(Lang::Ko), diet.name(Lang::En))));
        }
        let address = [&place.address, &place.district].into_iter().flatten().find(|text| has(text, word))?;
        Some(found(PlaceFact::Address, Text::detect(address.clone())))
    }
}

/// Whether the text has the word, as far as that is told without the index: as a part, by its initials, in another spelling,
/// or in the other language.
fn has(text: &str, (word, script): &(String, Script)) -> bool {
    let mut found = false;
    let mut folded = String::new();
    each_word(text, |own, kind| {
        if kind != *script {
            return;
        }
        match script {
            Script::Spaced => {
                folded.clear();
                folded.push_str(own);
                singular(&mut folded);
                found |= folded.starts_with(word.as_str());
            }
            Script::Parts => {
                found |= own.contains(word.as_str()) || hangul::initials(own).contains(word.as_str());
                each_variant(own, |variant| found |= variant.contains(word.as_str()));
            }
        }
    });
    found
        || translations(text).any(|other| {
            let mut same = false;
            each_word(other, |own, kind| same |= kind == *script && own.starts_with(word.as_str()));
            same
        })
}

#[cfg(test)]
mod tests {
    use hnh_domain::geo::LatLon;
    use hnh_domain::places::{MenuItem, PlaceKind};
    use hnh_domain::source::{Provenance, Source};

    use super::*;

    fn place() -> Place {
        let dish = |name: &str| MenuItem { name: name.into(), mark: None, on_request: None, price: None };
        Place {
            menu: vec![dish("전주비빔밥"), dish("달걀찜")],
            cuisines: vec!["korean".into()],
            address: Some("서울특별시 강남구 테헤란로 1".into()),
            ..Place::new(
                Provenance::new(Source::Osm, "node/1"),
                Text::detect("푸른 식당"),
                PlaceKind::Restaurant,
                LatLon { lat: 37.5, lon: 127.0 },
            )
        }
    }

    #[test]
    fn the_reason_is_the_first_fact_with_a_word_that_the_name_lacks() {
        let reason = |query: &str| Wanted::new(query).found_in(&place()).map(|found| (found.fact, found.text));
        let menu = |dish: &str| Some((PlaceFact::Menu, Text::detect(dish)));
        assert_eq!(reason("비빔밥"), menu("전주비빔밥"));
        assert_eq!(reason("bibimbap"), menu("전주비빔밥"));
        assert_eq!(reason("ㅂㅂㅂ"), menu("전주비빔밥"));
        assert_eq!(reason("계란찜"), menu("달걀찜"));
        assert_eq!(reason("푸른"), None, "the name says it");
        assert_eq!(reason("pureun"), None, "so does the name in Latin letters");
        assert_eq!(reason("푸른 강남구").unwrap().0, PlaceFact::Address);
        assert_eq!(reason("korean").unwrap().0, PlaceFact::Cuisines);
        assert_eq!(reason("피자"), None);
    }
}
