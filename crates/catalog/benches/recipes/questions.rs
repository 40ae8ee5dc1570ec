//! What is asked.

use fastrand::Rng;
use hnh_catalog::text::analysis::singular;
use hnh_domain::label::{Allergen, Diet};
use hnh_domain::nutrient::Range;
use hnh_domain::recipes::{RecipeQuery, RecipeSort};

/// Cards on a page.
pub(crate) const PAGE: u32 = 20;

/// The total, and how many cards came.
pub(crate) type Answer = (u64, usize);

/// What people type, common and rare; one word each, none of them only a part of a word.
const ENGLISH: [&str; 40] = [
    "chicken",
    "tofu",
    "egg",
    "rice",
    "onion",
    "garlic",
    "beef",
    "pork",
    "tomato",
    "potato",
    "cheese",
    "butter",
    "mushroom",
    "spinach",
    "carrot",
    "ginger",
    "lemon",
    "lime",
    "coconut",
    "curry",
    "salmon",
    "shrimp",
    "noodle",
    "bean",
    "lentil",
    "chickpea",
    "avocado",
    "basil",
    "cilantro",
    "zucchini",
    "eggplant",
    "cabbage",
    "pumpkin",
    "apple",
    "banana",
    "chocolate",
    "cinnamon",
    "honey",
    "yogurt",
    "pasta",
];
const KOREAN: [&str; 30] = [
    "두부",
    "김치",
    "달걀",
    "양파",
    "마늘",
    "돼지고기",
    "소고기",
    "닭고기",
    "버섯",
    "시금치",
    "당근",
    "감자",
    "고구마",
    "애호박",
    "오이",
    "콩나물",
    "된장",
    "고추장",
    "간장",
    "새우",
    "오징어",
    "고등어",
    "밥",
    "국수",
    "호박",
    "참깨",
    "들깨",
    "배추",
    "무",
    "토마토",
];
const INITIALS: [&str; 6] = ["ㄱㅊ", "ㄷㅂ", "ㅇㅍ", "ㄷㅈㄱㄱ", "ㅅㄱㅊ", "ㄱㄱㅁ"];
const TYPOS: [&str; 8] = ["chiken", "tofuu", "galric", "tomatto", "spinnach", "mushrom", "cinamon", "zuchini"];

/// A search, as ours takes it and in pieces for the rivals.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) chips: Vec<String>,
    pub(crate) diet: Vec<Diet>,
    pub(crate) without: Vec<Allergen>,
    pub(crate) kcal: Option<Range>,
    pub(crate) sort: RecipeSort,
}

impl Question {
    pub(crate) fn query(&self, facets: bool) -> RecipeQuery {
        RecipeQuery {
            q: self.chips.clone().into(),
            diet: self.diet.clone().into(),
            without: self.without.clone().into(),
            kcal: self.kcal,
            sort: Some(self.sort),
            facets,
            limit: Some(PAGE),
            ..RecipeQuery::default()
        }
    }

    /// Whether every chip is a whole word to all systems.
    pub(crate) fn is_exact(&self) -> bool {
        self.chips.iter().all(|chip| chip.is_ascii())
    }

    /// The chips as folded words, and whether each is to be found by its beginning.
    pub(crate) fn words(&self) -> impl Iterator<Item = (String, bool)> {
        self.chips.iter().map(|chip| {
            let mut word = chip.clone();
            singular(&mut word);
            (word, !chip.is_ascii())
        })
    }
}

/// A realistic mix, the same in every run.
pub(crate) fn make(count: usize) -> Vec<Question> {
    let mut rng = Rng::with_seed(7);
    (0..count).map(|_| question(&mut rng)).collect()
}

/// The same with one chip by initial consonants or with a typo.
pub(crate) fn typed_oddly(count: usize) -> Vec<Question> {
    let mut rng = Rng::with_seed(8);
    let odd = |rng: &mut Rng| {
        let mut question = question(rng);
        let list: &[&str] = if question.chips[0].is_ascii() { &TYPOS } else { &INITIALS };
        question.chips[0] = list[rng.usize(..list.len())].to_owned();
        question
    };
    (0..count).map(|_| odd(&mut rng)).collect()
}

fn question(rng: &mut Rng) -> Question {
    let list: &[&str] = if rng.u8(..5) < 2 { &KOREAN } else { &ENGLISH };
    let mut chips: Vec<String> = list.iter().map(|w| (*w).to_owned()).collect();
    rng.shuffle(&mut chips);
    chips.truncate(1 + rng.usize(..3));
    const AVOIDED: [Allergen; 8] = [
        Allergen::Peanut,
        Allergen::TreeNut,
        Allergen::Milk,
        Allergen::Egg,
        Allergen::Gluten,
        Allergen::Soy,
        Allergen::Crustacean,
        Allergen::Sesame,
    ];
    const KEPT: [Diet; 4] = [Diet::Vegan, Diet::Vegetarian, Diet::GlutenFree, Diet::HighProtein];
    let mut without = AVOIDED.to_vec();
    rng.shuffle(&mut without);
    without.truncate([0, 1, 1, 1, 2][rng.usize(..5)]);
    let diet = if rng.u8(..4) == 0 { vec![KEPT[rng.usize(..KEPT.len())]] } else { Vec::new() };
    let kcal = match rng.u8(..10) {
        0..4 => Some(Range { min: None, max: Some(f32::from(rng.u16(3..8)) * 100.0) }),
        4..7 => Some(Range { min: Some(200.0), max: Some(f32::from(rng.u16(4..8)) * 100.0) }),
        _ => None,
    };
    let sort = [
        RecipeSort::Relevance,
        RecipeSort::Relevance,
        RecipeSort::Relevance,
        RecipeSort::Energy,
        RecipeSort::Protein,
        RecipeSort::Time,
        RecipeSort::Title,
    ][rng.usize(..7)];
    Question { chips, diet, without, kcal, sort }
}
