//! Words that measure: units and sizes, in English and Korean.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A unit under its name, with the other ways to write it.
const UNITS: &[(&str, &[&str])] = &[
    ("g", &["gram", "gramme", "gr", "gm", "그램"]),
    ("kg", &["kilogram", "kilo", "킬로그램"]),
    ("mg", &["milligram"]),
    ("oz", &["ounce"]),
    ("lb", &["pound"]),
    ("ml", &["millilitre", "milliliter", "cc", "밀리리터"]),
    ("cl", &["centilitre", "centiliter"]),
    ("dl", &["decilitre", "deciliter"]),
    ("l", &["litre", "liter", "lt", "리터"]),
    ("fl", &["fluid"]),
    (
        "tbsp",
        &[
            "tablespoon",
            "tbs",
            "tbl",
            "tblsp",
            "tablespoonful",
            "dessertspoon",
            "dsp",
            "큰술",
            "밥숟가락",
            "숟갈",
            "스푼",
            "ts",
        ],
    ),
    ("tsp", &["teaspoon", "teaspoonful", "작은술", "찻술", "티스푼"]),
    ("cup", &["c", "컵"]),
    ("pint", &["pt"]),
    ("quart", &["qt"]),
    ("gallon", &["gal"]),
    ("pinch", &["꼬집", "자밤"]),
    ("dash", &["약간"]),
    ("drop", &["방울"]),
    ("handful", &["줌", "움큼"]),
    ("bunch", &["단", "다발"]),
    ("sprig", &[]),
    ("clove", &["쪽"]),
    ("slice", &["장", "조각"]),
    ("piece", &["토막"]),
    ("stick", &["대", "줄기"]),
    ("stalk", &[]),
    ("rib", &[]),
    ("head", &["통"]),
    ("ear", &[]),
    ("leaf", &["잎"]),
    ("sheet", &[]),
    ("can", &["캔"]),
    ("tin", &[]),
    ("jar", &["병"]),
    ("bottle", &[]),
    ("packet", &["pack", "package", "pkg", "봉지", "봉", "팩"]),
    ("sachet", &[]),
    ("tub", &[]),
    ("bag", &[]),
    ("box", &[]),
    ("carton", &[]),
    ("pot", &[]),
    ("punnet", &[]),
    ("knob", &[]),
    ("splash", &[]),
    ("drizzle", &[]),
    ("dollop", &[]),
    ("glass", &[]),
    ("shot", &[]),
    ("scoop", &[]),
    ("ladle", &[]),
    ("loaf", &[]),
    ("fillet", &[]),
    ("rasher", &[]),
    ("strip", &[]),
    ("cube", &[]),
    ("block", &["모"]),
    ("bar", &[]),
    ("bulb", &[]),
    ("thumb", &[]),
    ("inch", &["in"]),
    ("cm", &["centimetre", "centimeter"]),
    ("mm", &["millimetre", "millimeter"]),
    ("each", &["개", "알", "톨", "마리", "인분", "그릇", "공기", "뿌리", "송이", "포기"]),
];

const SIZES: &[&str] = &[
    "small",
    "medium",
    "large",
    "big",
    "little",
    "heaped",
    "level",
    "rounded",
    "scant",
    "generous",
    "thick",
    "thin",
    "extra-large",
    "medium-sized",
    "small-sized",
    "large-sized",
    "jumbo",
    "heaping",
    "good",
    "good-sized",
    "very",
    "작은",
    "큰",
    "중간",
];

static BY_WORD: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let names = UNITS.iter().flat_map(|(name, others)| others.iter().chain([name]).map(move |word| (*word, *name)));
    names.collect()
});

/// The longest unit, in bytes: of most words one glance tells that they are none.
static LONGEST: LazyLock<usize> = LazyLock::new(|| BY_WORD.keys().map(|word| word.len()).max().unwrap_or(0));

/// Whether a word, small and in the singular, is a unit.
pub(crate) fn is_unit(word: &str) -> bool {
    word.len() <= *LONGEST && BY_WORD.contains_key(word)
}

/// Whether a word is a Korean unit.
pub(crate) fn is_korean_unit(word: &str) -> bool {
    word.starts_with(|c| matches!(c, '가'..='힣')) && is_unit(word)
}

/// The unit's own name.
pub(crate) fn unit_name(word: &str) -> Option<&'static str> {
    BY_WORD.get(word).copied()
}

/// Whether a word, small and in the singular, is a size.
pub(crate) fn is_size(word: &str) -> bool {
    SIZES.contains(&word)
}

/// An English word's singular, by its ending alone; a word of another language stays.
pub(crate) fn singular(word: &str) -> Cow<'_, str> {
    let without = |end: &str, instead: &str| word.strip_suffix(end).map(|stem| Cow::Owned(format!("{stem}{instead}")));
    if !word.ends_with('s') || word.len() < 4 || word.ends_with("ss") || word.ends_with("us") {
        return Cow::Borrowed(word);
    }
    if word.len() > 4
        && let Some(stem) = without("ies", "y")
    {
        return stem;
    }
    if let Some(stem) = word.strip_suffix("ves") {
        // Words whose singular ends in "ve" are fewer than those in "f".
        let keeps = ["clo", "oli", "chi", "endi", "glo", "sle", "gra", "cur", "nai", "slee"].contains(&stem);
        return Cow::Owned(format!("{stem}{}", if keeps { "ve" } else { "f" }));
    }
    for end in ["oes", "ches", "shes", "sses", "xes"] {
        if word.ends_with(end) {
            return Cow::Borrowed(&word[..word.len() - 2]);
        }
    }
    Cow::Borrowed(&word[..word.len() - 1])
}
