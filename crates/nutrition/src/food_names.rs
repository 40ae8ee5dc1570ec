//! What cooks call a food: the names of the reviewed table `foods/names.csv`, in English and Korean.
//!
//! Precision first: a name is one of the table, but for words that say nothing of what it is ("large", "freshly ground",
//! "다진"). Whatever else stands in it makes it an unknown food, for "soy milk" is no milk.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::ingredient::singular;

const TABLE: &str = include_str!("../foods/names.csv");

/// Words that say how a food is cut, how large or how good it is.
const MODIFIERS: &[&str] = &[
    "fresh",
    "freshly",
    "large",
    "small",
    "medium",
    "big",
    "little",
    "medium-sized",
    "ripe",
    "organic",
    "good",
    "quality",
    "good-quality",
    "best",
    "best-quality",
    "finely",
    "roughly",
    "coarsely",
    "thinly",
    "chopped",
    "sliced",
    "diced",
    "grated",
    "crushed",
    "minced",
    "peeled",
    "shredded",
    "ground",
    "cracked",
    "picked",
    "trimmed",
    "washed",
    "rinsed",
    "drained",
    "cold",
    "cooled",
    "melted",
    "softened",
    "chilled",
    "room-temperature",
    "whole",
    "raw",
    "free-range",
    "free",
    "range",
    "british",
    "unwaxed",
    "local",
    "seasonal",
    "young",
    "tender",
    "firm",
    "thick",
    "thin",
    "coarse",
    "fine",
    "plump",
    "heaped",
    "level",
    "scant",
    "generous",
    "extra",
    "few",
    "some",
    "hot",
    "warm",
    "pure",
    "virgin",
    "toasted",
    "beaten",
    "lightly",
    "well",
    "about",
    "of",
    "the",
    "a",
    "an",
    "very",
    "cut",
    "into",
    "piece",
    "strip",
    "cube",
    "chunk",
    "ready-made",
    "shop-bought",
    "homemade",
    "boneless",
    "skinless",
    "skin-on",
    "skinned",
    "boned",
    "each",
    "plus",
    "more",
    "unpeeled",
    "halved",
    "quartered",
    "torn",
    "snipped",
    "dry-cured",
    "quick-cook",
];

/// Parts of a plant or a fish that are named with it.
const PARTS: &[&str] = &[
    "leaf", "clove", "stalk", "stick", "sprig", "bulb", "head", "fillet", "flesh", "frond", "spear", "floret", "bunch",
    "tip", "root", "pod", "half", "slice", "ear", "rib", "wedge", "tin", "can",
];

/// Korean words before a name that say how it is cut or where it is from.
const KOREAN_MODIFIERS: &[&str] = &[
    "다진",
    "채썬",
    "썬",
    "삶은",
    "데친",
    "불린",
    "국산",
    "국내산",
    "유기농",
    "깐",
    "손질",
    "냉동",
    "신선한",
    "곱게",
    "잘게",
    "생",
];

/// The table.
pub struct FoodNames {
    foods: Vec<String>,
    english: HashMap<String, usize>,
    korean: HashMap<String, usize>,
}

static NAMES: LazyLock<FoodNames> = LazyLock::new(|| {
    let mut names = FoodNames { foods: Vec::new(), english: HashMap::new(), korean: HashMap::new() };
    for row in csv::Reader::from_reader(TABLE.as_bytes()).records().flatten() {
        let [food, english, korean] = [0, 1, 2].map(|column| row.get(column).unwrap_or_default());
        let number = names.foods.len();
        names.foods.push(food.to_owned());
        for name in english.split('|').filter(|name| !name.is_empty()) {
            names.english.insert(words(name).join(" "), number);
        }
        for name in korean.split('|').filter(|name| !name.is_empty()) {
            names.korean.insert(without_spaces(name), number);
        }
    }
    names
});

/// A name's words, small and in the singular.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | '.'));
    words.filter(|word| !word.is_empty()).map(|word| singular(word).into_owned()).collect()
}

fn without_spaces(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

impl FoodNames {
    /// The table that the program carries.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &NAMES
    }

    /// Every food of the table, as the label table spells it.
    pub fn foods(&self) -> impl Iterator<Item = &str> {
        self.foods.iter().map(String::as_str)
    }

    /// The food that a name means: `usda:01001`; none where it is not certain.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        let number = if name.contains(|c| matches!(c, '가'..='힣')) {
            self.find_korean(name)
        } else {
            self.find_english(&words(name))
        };
        number.map(|number| self.foods[number].as_str())
    }

    fn find_korean(&self, name: &str) -> Option<usize> {
        let outside = name.split(['(', '[']).next().unwrap_or_default();
        let mut plain = without_spaces(outside);
        loop {
            if let Some(number) = self.korean.get(&plain) {
                return Some(*number);
            }
            let rest = KOREAN_MODIFIERS.iter().find_map(|modifier| plain.strip_prefix(modifier))?;
            if rest.is_empty() {
                return None;
            }
            plain = rest.to_owned();
        }
    }

    fn find_english(&self, words: &[String]) -> Option<usize> {
        // "butter or margarine": the first of them; "sunflower or vegetable oil": the first with the end of the second.
        if let Some(or) = words.iter().position(|word| matches!(word.as_str(), "or" | "and/or")) {
            let (one, other) = (&words[..or], &words[or + 1..]);
            let first = self.find_english(one);
            let ended = || {
                let last = other.last()?;
                self.find_english(&one.iter().cloned().chain([last.clone()]).collect::<Vec<_>>())
            };
            return first.or_else(ended).or_else(|| self.find_english(other));
        }
        let exact = |words: &[&str]| self.english.get(&words.join(" ")).copied();
        let all: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut plain: Vec<&str> = all.iter().copied().filter(|word| !MODIFIERS.contains(word)).collect();
        let found = exact(&all).or_else(|| exact(&plain));
        // A modifier may belong to the name: "ground almond", "extra virgin olive oil".
        let found = found.or_else(|| {
            (1..all.len())
                .filter(|from| all[..*from].iter().all(|word| MODIFIERS.contains(word)))
                .find_map(|from| exact(&all[from..]))
        });
        if found.is_some() {
            return found;
        }
        while plain.len() > 1 && plain.last().is_some_and(|word| PARTS.contains(word)) {
            plain.pop();
            if let Some(number) = exact(&plain) {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_food_of_the_table_or_none() {
        let find = |name| FoodNames::built_in().find(name).unwrap_or("none");
        for (name, food) in [
            ("eggs", "usda:01123"),
            ("large free-range eggs", "usda:01123"),
            ("freshly ground black pepper", "usda:02030"),
            ("garlic cloves", "usda:11215"),
            ("fresh basil leaves", "usda:02044"),
            ("cold unsalted butter", "usda:01145"),
            ("sunflower or vegetable oil", "usda:04506"),
            ("soy milk", "usda:16222"),
            ("Worcestershire sauce", "usda:06971"),
            ("다진 마늘", "usda:11215"),
            ("돼지고기 (목살)", "hnh:pork"),
            ("저염간장", "usda:16424"),
            ("almond milk", "none"),
            ("dragon fruit", "none"),
            ("마법의가루", "none"),
        ] {
            assert_eq!(find(name), food, "{name}");
        }
    }

    #[test]
    fn no_name_is_of_two_foods() {
        let mut seen: HashMap<String, String> = HashMap::new();
        for row in csv::Reader::from_reader(TABLE.as_bytes()).records() {
            let row = row.unwrap();
            for name in row.iter().skip(1).flat_map(|names| names.split('|')).filter(|name| !name.is_empty()) {
                if let Some(other) = seen.insert(words(name).join(" "), row[0].to_owned()) {
                    assert_eq!(other, row[0], "{name}");
                }
            }
        }
    }
}
