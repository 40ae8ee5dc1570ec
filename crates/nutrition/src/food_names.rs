//! What cooks call a food: the names of the reviewed table `foods/names.csv`, in English and Korean.
//!
//! Precision first: a name is one of the table, but for words that say nothing of what it is ("large", "freshly ground",
//! "다진"). Whatever else stands in it makes it an unknown food, for "soy milk" is no milk.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use hnh_domain::text::Lang;

use crate::ingredient::singular;

const TABLE: &str = include_str!("../foods/names.csv");

/// Foods of the source tables that have the figures of ours: `hnh:pork` is any cut of it.
const FIGURES: &str = include_str!("../foods/figures.csv");

/// Words that say how a food is cut, how large or how good it is.
const MODIFIERS: &str = "\
    fresh freshly large small medium big little medium-sized ripe organic good quality good-quality best \
    best-quality finely roughly coarsely thinly chopped sliced diced grated crushed minced peeled shredded ground \
    cracked picked trimmed washed rinsed drained cold cooled melted softened chilled room-temperature whole raw \
    free-range free range british unwaxed local seasonal young tender firm thick thin coarse fine plump heaped \
    level scant generous extra few some hot warm pure virgin toasted beaten lightly well about of the a an very cut \
    into piece strip cube chunk ready-made shop-bought homemade boneless skinless skin-on skinned boned each plus \
    more unpeeled halved quartered torn snipped dry-cured quick-cook";

static MODIFIER_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| MODIFIERS.split_whitespace().collect());

fn is_modifier(word: &str) -> bool {
    MODIFIER_SET.contains(word)
}

/// The most words that a name of a food has.
const MOST_WORDS: usize = 5;

/// Parts of a plant or a fish that are named with it.
const PARTS: &[&str] = &[
    "leaf", "clove", "stalk", "stick", "sprig", "bulb", "head", "fillet", "flesh", "frond", "spear", "floret", "bunch",
    "tip", "root", "pod", "half", "slice", "ear", "rib", "wedge", "tin", "can",
];

/// Korean words before a name that say how it is cut or where it is from.
#[rustfmt::skip]
const KOREAN_MODIFIERS: &[&str] = &[
    "다진", "채썬", "썬", "삶은", "데친", "불린", "국산", "국내산", "유기농", "깐", "손질", "냉동", "신선한", "송송썬", "어슷썬", "부순", "무농약", "친환경", "곱게", "잘게", "생",
];

/// What Korean writes behind a name of how it is cut.
const KOREAN_ENDINGS: &[&str] = &["다진것", "채썬것", "썬것", "불린것"];

/// The table.
pub struct FoodNames {
    foods: Vec<String>,
    /// English and Korean names of each, split by `|`.
    names: Vec<(&'static str, &'static str)>,
    english: HashMap<String, usize>,
    korean: HashMap<String, usize>,
    figures: HashMap<&'static str, &'static str>,
}

static NAMES: LazyLock<FoodNames> = LazyLock::new(|| {
    let figures = FIGURES.lines().skip(1).filter_map(|row| row.split_once(',')).collect();
    let mut names =
        FoodNames { foods: Vec::new(), names: Vec::new(), english: HashMap::new(), korean: HashMap::new(), figures };
    // No field of the table is quoted, as a test holds it: names stay parts of its text.
    for row in TABLE.lines().skip(1) {
        let mut fields = row.split(',').chain(std::iter::repeat(""));
        let [food, english, korean] = [(); 3].map(|()| fields.next().unwrap_or_default());
        names.names.push((english, korean));
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

fn is_korean(text: &str) -> bool {
    text.contains(|c| matches!(c, '가'..='힣'))
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

    /// The names of a food in a language, as the table has them.
    pub fn names(&self, key: &str, lang: Lang) -> impl Iterator<Item = &'static str> {
        let number = self.foods.iter().position(|food| food == key);
        let names = number.and_then(|number| self.names.get(number)).map_or("", |(en, ko)| match lang {
            Lang::En => en,
            Lang::Ko => ko,
        });
        names.split('|').filter(|name| !name.is_empty())
    }

    /// The first of them.
    #[must_use]
    pub fn first_name(&self, key: &str, lang: Lang) -> Option<&'static str> {
        self.names(key, lang).next()
    }

    /// The food whose figures a food of the table has.
    #[must_use]
    pub fn figures_of<'a>(&self, food: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.figures.get(food).copied().unwrap_or(food)
    }

    /// Every food whose figures are wanted.
    #[must_use]
    pub fn figures(&self) -> HashSet<&str> {
        self.foods().map(|food| self.figures_of(food)).collect()
    }

    /// The food that a name means: `usda:01001`; of several to choose from the first. None where it is not certain.
    #[must_use]
    pub fn find(&'static self, name: &str) -> Option<&'static str> {
        self.choices(name).first().copied().flatten()
    }

    /// The foods that a cook may choose from: "butter or margarine" are two, and one that is not known is `None`.
    #[must_use]
    pub fn choices(&'static self, name: &str) -> Vec<Option<&'static str>> {
        let key = |number: Option<usize>| number.map(|number| self.foods[number].as_str());
        if is_korean(name) {
            let names = name.split(" 또는 ").flat_map(|name| name.split(" 혹은 "));
            return names.map(|name| key(self.find_korean(name))).collect();
        }
        let words = words(&name.replace('/', " or "));
        let choices: Vec<&[String]> = words.split(|word| matches!(word.as_str(), "or" | "and/or")).collect();
        let Some(last) = choices.last().and_then(|choice| choice.last()) else { return Vec::new() };
        let food = |choice: &[String]| {
            // "chicken or vegetable stock": the first has the end of the last.
            let ended: Vec<String> = choice.iter().chain([last]).cloned().collect();
            (choices.len() > 1).then(|| self.find_english(&ended)).flatten().or_else(|| self.find_english(choice))
        };
        choices.iter().filter(|choice| !choice.is_empty()).map(|choice| key(food(choice))).collect()
    }

    /// Every food that a text names anywhere, the longest names first: "soy milk" names no milk.
    #[must_use]
    pub fn mentions(&'static self, text: &str) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        let mut add = |number: usize| {
            let key = self.foods[number].as_str();
            if !found.contains(&key) {
                found.push(key);
            }
        };
        let words = words(&text.replace('/', " "));
        let mut at = 0;
        while at < words.len() {
            let named = (1..=MOST_WORDS.min(words.len() - at)).rev().find_map(|count| {
                let name = words[at..at + count].join(" ");
                let found = if is_korean(&name) { self.find_korean(&name) } else { self.english.get(&name).copied() };
                found.map(|number| (count, number))
            });
            match named {
                Some((count, number)) => {
                    add(number);
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    fn find_korean(&self, name: &str) -> Option<usize> {
        let outside = name.split(['(', '[']).next().unwrap_or_default();
        let mut plain = without_spaces(outside);
        loop {
            if let Some(number) = self.korean.get(&plain) {
                return Some(*number);
            }
            // "마늘다진것": how it is cut can stand behind, too.
            let behind = || KOREAN_ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending));
            let rest = KOREAN_MODIFIERS.iter().find_map(|modifier| plain.strip_prefix(modifier)).or_else(behind)?;
            if rest.is_empty() {
                return None;
            }
            plain = rest.to_owned();
        }
    }

    fn find_english(&self, words: &[String]) -> Option<usize> {
        let exact = |words: &[&str]| self.english.get(&words.join(" ")).copied();
        let all: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut plain: Vec<&str> = all.iter().copied().filter(|word| !is_modifier(word)).collect();
        let found = exact(&all).or_else(|| exact(&plain));
        // A modifier may belong to the name: "ground almond", "extra virgin olive oil".
        let found = found.or_else(|| {
            (1..all.len())
                .filter(|from| all[..*from].iter().all(|word| is_modifier(word)))
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
    fn a_choice_is_every_food_of_it() {
        let choices = |name| FoodNames::built_in().choices(name);
        assert_eq!(choices("soy milk or milk"), [Some("usda:16222"), Some("usda:01077")]);
        assert_eq!(choices("butter/dragon fruit"), [Some("usda:01001"), None]);
        assert_eq!(choices("chicken or vegetable stock"), [Some("hnh:chicken_stock"), Some("hnh:vegetable_stock")]);
        assert_eq!(choices(""), []);
    }

    #[test]
    fn a_text_names_foods_by_their_longest_names() {
        let mentions = |text| FoodNames::built_in().mentions(text);
        assert_eq!(mentions("tossed in flour, then in beaten eggs"), ["usda:20481", "usda:01123"]);
        assert_eq!(mentions("1 cup soy milk"), ["usda:16222"]);
        assert_eq!(mentions("cut into thin strips"), [""; 0]);
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
