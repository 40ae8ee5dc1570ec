//! Keywords that promise a diet: a recipe may carry one only when its label keeps the promise.

use hnh_domain::label::{Diet, DietFlags, Presence};

/// How keywords name diets, in lower case without blanks and hyphens.
const PROMISES: [(Diet, &[&str]); 14] = [
    (Diet::Vegan, &["비건", "vegan"]),
    (Diet::Vegetarian, &["채식", "vegetarian"]),
    (Diet::Pescatarian, &["페스코", "pescatarian"]),
    (Diet::GlutenFree, &["글루텐프리", "글루텐없", "glutenfree"]),
    (Diet::DairyFree, &["유제품없", "dairyfree"]),
    (Diet::NutFree, &["견과없", "nutfree"]),
    (Diet::HalalFriendly, &["할랄", "halal"]),
    (Diet::KosherFriendly, &["코셔", "kosher"]),
    (Diet::LowCarb, &["저탄수", "lowcarb"]),
    (Diet::HighProtein, &["고단백", "highprotein"]),
    (Diet::LowFat, &["저지방", "lowfat"]),
    (Diet::LowSodium, &["저염", "저나트륨", "lowsodium", "lowsalt"]),
    (Diet::HighFibre, &["고식이섬유", "highfibre", "highfiber"]),
    (Diet::LowSugar, &["저당", "lowsugar", "lowersugar"]),
];

/// The diet that a keyword promises and the flags do not keep.
pub(super) fn broken_promise(keyword: &str, flags: &DietFlags) -> Option<Diet> {
    let plain: String = keyword.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let kept = |diet: Diet| flags.get(&diet).is_some_and(|flag| flag.state == Presence::Free);
    let named = PROMISES.iter().filter(|(_, words)| words.iter().any(|word| plain.contains(word)));
    named.map(|(diet, _)| *diet).find(|diet| !kept(*diet))
}
