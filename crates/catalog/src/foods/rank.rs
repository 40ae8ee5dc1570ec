//! Which food a person means: one that is what the words say, as plain as possible.
//!
//! Two scores, smaller is better, are added up. How badly the name fits: "Egg, whole, raw" is an egg,
//! "Cabbage, kimchi" and 배추김치 are kimchi, "Kimchi stew" is a stew, "Eggplant" only begins alike.
//! How far the food is from plain: raw before dried, foods before dishes, dishes before a brand's,
//! anything before baby food. Within the same sum the shorter name comes first.

use std::borrow::Cow;

use hnh_domain::foods::{Food, FoodGroup};
use hnh_domain::hangul;

use crate::text::analysis::{Script, each_word, singular, split_clusters};

/// One step of either score; what is below a step decides between equals.
const STEP: u32 = 256;

/// What a bare word means where no food is called just that.
const MEANT: &[(&str, &str)] = &[
    ("김치", "배추김치"),
    ("kimchi", "napa cabbage kimchi"),
    ("kimchi", "cabbage, kimchi"),
    ("밥", "흰쌀밥"),
    ("밥", "쌀밥"),
    ("쌀", "흰쌀"),
    ("계란", "달걀"),
    ("쇠고기", "소고기"),
];

/// Separates the parts of a folded name: "cabbage,kimchi".
const PART: char = ',';

/// A name as it is compared: folded singular words, its parts (set apart by commas, brackets and
/// slashes) separated by one comma each.
pub(super) fn folded_name(name: &str) -> String {
    let mut folded = String::new();
    for part in name.split([',', '(', ')', '/', ';', '·']) {
        let words = folded_words(part);
        if !words.is_empty() {
            if !folded.is_empty() {
                folded.push(PART);
            }
            folded.push_str(&words.join(" "));
        }
    }
    folded
}

fn folded_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, script| {
        let mut word = word.to_owned();
        if script == Script::Spaced {
            singular(&mut word);
        }
        words.push(word);
    });
    words
}

/// How far a food is from what one means by its bare name, from its group, source and preparation.
pub(super) fn plainness(food: &Food) -> u32 {
    use FoodGroup as G;
    let group = match food.group {
        G::Grains | G::Vegetables | G::Fruits | G::Legumes | G::NutsSeeds | G::Mushrooms | G::Seaweeds => 0,
        G::Potatoes | G::Meat | G::Poultry | G::Seafood | G::Eggs | G::Dairy | G::Kimchi => 0,
        G::FatsOils | G::Seasonings | G::Baked | G::Beverages | G::Sweets => 1,
        G::Cereals | G::Soups | G::Dishes | G::Other => 2,
        G::BabyFoods => 4,
    };
    // MFDS codes of dishes begin with D2 where a chain's own figures are shown.
    let brand = if food.provenance.source_id.starts_with("D2") { 3 } else { 0 };
    let names: Vec<String> = food.name.iter().map(folded_name).collect();
    let parts = || names.iter().flat_map(|name| name.split(PART).enumerate());
    let says = |words: &[&str]| parts().any(|(_, part)| part.split(' ').any(|word| words.contains(&word)));
    // Kimchi is eaten as it is: no plainer state of it is to be looked for.
    let raw = food.group == G::Kimchi || says(&["raw", "uncooked", "생것", "fresh"]);
    // "Egg, whole" is the egg one means, "Egg, goose, whole" is not.
    let whole = parts().any(|part| part == (1, "whole"));
    let changed = says(&[
        "dried",
        "dry",
        "dehydrated",
        "powder",
        "frozen",
        "canned",
        "imitation",
        "substitute",
        "sweetened",
        "sugared",
        "말린것",
        "동결건조",
        "분말화한것",
        "통조림",
        "냉동",
        "건조",
    ]);
    // "Potatoes, flesh and skin" are potatoes; "Potatoes, raw, skin" and potato flour are something else.
    let made_of_a_part = ["leaf", "leave", "flour", "oil", "bran", "sprout"];
    let of_a_part = parts().any(|(n, part)| {
        let last = part.split(' ').next_back().unwrap_or_default();
        ["skin", "bone"].contains(&part) || (n == 0 && made_of_a_part.contains(&last))
    });
    let preparation =
        u32::from(!raw) + u32::from(!raw && !whole) + u32::from(!whole) + u32::from(changed) * 2 + u32::from(of_a_part);
    // Between equals, few words say something common, and one measures what has household portions.
    let words = names.iter().map(|name| name.split([' ', PART]).count()).max().unwrap_or(0).min(48);
    let unmeasured = if food.portions.is_empty() { 16 } else { 0 };
    (group + brand) * 2 * STEP + preparation * STEP + u32::try_from(words).unwrap_or(48) * 4 + unmeasured
}

/// The words a person looks for.
pub(super) struct Wanted {
    words: Vec<String>,
    /// Whether they are typed as initial consonants, and names are compared by theirs.
    initials: bool,
    /// Beginnings of folded names that are meant.
    meant: Vec<String>,
}

impl Wanted {
    pub(super) fn new(words: &str) -> Self {
        let words: Vec<String> = folded_words(words).iter().map(|w| split_clusters(w)).collect();
        let initials = !words.is_empty() && words.iter().all(|w| w.chars().all(hangul::is_initial));
        let mut wanted = Self { words, initials, meant: Vec::new() };
        let is_asked = |bare: &str| [wanted.as_typed(&folded_name(bare)).as_ref()] == *wanted.words;
        wanted.meant = MEANT.iter().filter(|(bare, _)| is_asked(bare)).map(|(_, meant)| folded_name(meant)).collect();
        wanted
    }

    /// How badly a food fits whose names stand one a line.
    pub(super) fn misfit(&self, names: &str) -> u32 {
        let misfit = |name: &str| {
            let rest = self.meant.iter().find_map(|meant| name.strip_prefix(meant.as_str()));
            let is_meant = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(PART));
            if is_meant { 0 } else { self.misfit_of(&self.as_typed(name)) }
        };
        names.lines().map(misfit).min().unwrap_or(0)
    }

    /// A folded name as it compares to the words.
    fn as_typed<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if !self.initials {
            return Cow::Borrowed(name);
        }
        Cow::Owned(name.chars().map(|c| hangul::initial(c).unwrap_or(c)).collect())
    }

    fn misfit_of(&self, name: &str) -> u32 {
        let Some(last) = self.words.last() else { return 0 };
        let words = self.words.join(" ");
        // "olive oil" is "Oil, olive".
        let turned = self.words.iter().rev().map(String::as_str).collect::<Vec<_>>().join(" ");
        let parts: Vec<&str> = name.split(PART).collect();
        let first = parts.first().copied().unwrap_or_default();
        let mut beginnings = (1..=parts.len()).map(|n| parts[..n].join(" "));
        // The last word of a name says what it is, in Korean also within the word: 배추김치 is 김치.
        let spaced = last.is_ascii();
        let ends_so = |part: &str| {
            let ends = if spaced { part.split(' ').next_back() == Some(last) } else { part.ends_with(last.as_str()) };
            ends && self.words.iter().all(|w| part.contains(w.as_str()))
        };
        let rest = first.strip_prefix(words.as_str());
        let whole_words = || self.words.iter().all(|w| name.split([' ', PART]).any(|n| n == w));
        let steps = match () {
            () if name == words => 0,
            () if beginnings.any(|b| b == words || b == turned) => 1,
            // "Chicken, broilers or fryers, breast, meat only, raw" is chicken breast.
            () if self.words.len() > 1 && first == self.words[0] && whole_words() => 2,
            () if ends_so(first) || parts.get(1) == Some(&words.as_str()) => 3,
            () if parts.contains(&words.as_str()) => 5,
            () if rest.is_some_and(|rest| rest.starts_with(' ')) => 6,
            () if rest.is_some() || whole_words() => 8,
            () => 11,
        };
        steps * STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_parts() {
        assert_eq!(folded_name("Apples, raw, with skin"), "apple,raw,with skin");
        assert_eq!(folded_name("사과 (껍질 포함)"), "사과,껍질 포함");
    }

    #[test]
    fn the_thing_itself_fits_better_than_what_is_made_of_it() {
        for (words, names) in [
            ("kimchi", ["Cabbage, kimchi", "Radish kimchi", "Kimchi stew", "Dumplings, filled with kimchi"].as_slice()),
            ("김치", &["배추김치", "갓김치", "만두, 김치", "김치찌개", "돼지김치볶음"]),
            ("egg", &["Egg, whole, raw, fresh", "Egg substitute, powder", "Eggplant, raw"]),
            ("olive oil", &["Oil, olive, salad or cooking", "Fish in olive oil", "Olives in palm oil"]),
            ("brown rice", &["Rice, brown, long-grain, raw", "Snacks, brown rice chips"]),
            ("ㄱㅊ", &["갈치", "갓김치", "김치찌개"]),
            ("사과", &["사과, 생것", "와플, 사과", "와플, 사과생크림 와플"]),
        ] {
            let misfits: Vec<u32> = names.iter().map(|n| Wanted::new(words).misfit(&folded_name(n))).collect();
            assert!(misfits.is_sorted() && misfits[0] < misfits[1], "{words}: {misfits:?}");
        }
    }
}
