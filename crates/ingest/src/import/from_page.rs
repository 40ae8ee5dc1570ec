//! Recipes of saved web pages as catalogue records. What a page does not state stays unknown:
//! its allergens and diets always do.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::nutrient::{KJ_PER_KCAL, Nutrient, Nutrients};
use hnh_domain::recipes::{Course, Ingredient, NutritionBasis, Recipe, RecipeCuisine, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::{Lang, Text};

use super::RecordSink;
use super::sanitize::{LINE, NAME, PARAGRAPH, clean, website};
use hnh_nutrition::{Served, from_amounts};
use hnh_recipe_page::{self as recipe_page, PageRecipe};

/// Ingredients, steps or keywords kept of one recipe.
pub(super) const MOST_LINES: usize = 200;

/// schema.org's property and the nutrient.
const FIGURES: &[(&str, Nutrient)] = &[
    ("calories", Nutrient::Energy),
    ("proteinContent", Nutrient::Protein),
    ("fatContent", Nutrient::Fat),
    ("saturatedFatContent", Nutrient::SaturatedFat),
    ("transFatContent", Nutrient::TransFat),
    ("cholesterolContent", Nutrient::Cholesterol),
    ("carbohydrateContent", Nutrient::Carbohydrate),
    ("sugarContent", Nutrient::Sugar),
    ("fiberContent", Nutrient::Fibre),
    ("sodiumContent", Nutrient::Sodium),
];

/// Words of a stated category and the course they mean; the first that fits counts.
const COURSES: &[(&str, Course)] = &[
    ("breakfast", Course::Breakfast),
    ("salad", Course::Salad),
    ("soup", Course::Soup),
    ("stew", Course::Soup),
    ("dessert", Course::Dessert),
    ("cake", Course::Dessert),
    ("drink", Course::Drink),
    ("beverage", Course::Drink),
    ("sauce", Course::Sauce),
    ("side", Course::Side),
    ("snack", Course::Snack),
    ("appetizer", Course::Snack),
    ("pasta", Course::Noodle),
    ("noodle", Course::Noodle),
    ("main", Course::Main),
    ("dinner", Course::Main),
    ("entree", Course::Main),
];

/// Reads saved pages, a recipe each.
///
/// # Errors
/// When a file cannot be read.
pub fn read_pages(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut html = Vec::new();
        // One byte more than a page may have, so that the reader can say that it is too large.
        sink.open(path)?
            .take(recipe_page::MAX_BYTES as u64 + 1)
            .read_to_end(&mut html)
            .with_context(|| format!("cannot read {}", path.display()))?;
        match recipe_page::read_bytes(&html) {
            Ok(page) => sink.recipe(&file, &recipe(page, path))?,
            Err(reason) => sink.refuse(&file, &reason)?,
        }
    }
    Ok(())
}

/// The record of a page's recipe.
fn recipe(page: PageRecipe, path: &Path) -> Recipe {
    let url = page.url.as_deref().and_then(website);
    let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut provenance = Provenance::new(Source::Web, url.clone().unwrap_or(file));
    provenance.url = url;
    let language = page.language.unwrap_or_default().to_ascii_lowercase();
    let text = |text: &str, longest| clean(text, longest).map(|t| in_language(t, &language));
    let (nutrients, serving_g) = per_serving(&page.nutrition, &language);
    let cuisine = page.cuisine.iter().find_map(|c| {
        RecipeCuisine::ALL.iter().copied().find(|known| known.name(Lang::En).eq_ignore_ascii_case(c.trim()))
    });
    Recipe {
        summary: page.description.as_deref().and_then(|d| text(d, LINE)).unwrap_or_default(),
        course: course(&page.category),
        cuisine,
        servings: page.servings.as_deref().and_then(servings),
        serving_g,
        prep_min: page.prep_minutes,
        cook_min: page.cook_minutes,
        total_min: page.total_minutes,
        keywords: page.keywords.iter().filter_map(|k| clean(k, 40)).take(20).collect(),
        ingredients: page
            .ingredients
            .iter()
            .filter_map(|line| text(line, LINE))
            .map(|name| Ingredient { name, ..Ingredient::default() })
            .take(MOST_LINES)
            .collect(),
        steps: page
            .steps
            .iter()
            .filter_map(|line| text(line, PARAGRAPH))
            .map(|text| Step { text, timer_s: None })
            .take(MOST_LINES)
            .collect(),
        basis: if nutrients.is_empty() { NutritionBasis::Unknown } else { NutritionBasis::Stated },
        // What the figures say is known; what the ingredients are is not.
        diets: from_amounts(&nutrients, Served::solid(serving_g)),
        nutrients,
        ..Recipe::new(provenance, text(&page.title, NAME).unwrap_or_default())
    }
}

pub(super) fn in_language(text: String, tag: &str) -> Text {
    match tag.split(['-', '_']).next() {
        Some("ko") => Text { ko: Some(text), ..Text::default() },
        Some("en") => Text { en: Some(text), ..Text::default() },
        Some("") | None => Text::detect(text),
        Some(_) => Text { local: Some(text), ..Text::default() },
    }
}

pub(super) fn course(categories: &[String]) -> Course {
    let stated = categories.join(" ").to_lowercase();
    COURSES.iter().find(|(word, _)| stated.contains(word)).map_or(Course::Other, |(_, course)| *course)
}

/// Words that make a yield one of people or portions, in the languages of recipe pages.
const PORTIONS: &[&str] = &[
    "serv",
    "portion",
    "people",
    "person",
    "guest",
    "인분",
    "명",
    "사람",
    "personne",
    "couvert",
    "part",
    "porci",
    "comensal",
    "racion",
    "porzion",
    "dosi",
    "porç",
    "pessoa",
    "portie",
    "人分",
    "人前",
    "人份",
    "порци",
    "porcj",
    "osob",
];

/// How many a yield serves: a number alone, or one with a word for people or portions. "12 cookies", "500 g" and "3 dozen"
/// say nothing of people.
pub(crate) fn servings(stated: &str) -> Option<f32> {
    let lower = stated.to_lowercase();
    let is_alone = !lower.contains(char::is_alphabetic);
    let is_of_people = PORTIONS.iter().any(|word| lower.contains(word));
    (is_alone || is_of_people).then(|| number(stated, "")).flatten().filter(|n| (1.0..=1000.0).contains(n))
}

/// The figures of a serving in our units, and its grams where they are stated; one with a unit that does not fit is unknown.
/// Figures of 100 g or 100 ml say nothing of a serving.
fn per_serving(stated: &std::collections::BTreeMap<String, String>, language: &str) -> (Nutrients, Option<f32>) {
    let size = stated.get("servingSize").map(|size| size.to_lowercase().replace(' ', "")).unwrap_or_default();
    let measured = size.strip_suffix("grams").or(size.strip_suffix("ml")).or(size.strip_suffix('g'));
    let grams = measured.and_then(|number| number.trim_start_matches("per").parse::<f32>().ok());
    if grams == Some(100.0) {
        return (Nutrients::default(), None);
    }
    let mut out = Nutrients::default();
    for (property, nutrient) in FIGURES {
        out.set(*nutrient, stated.get(*property).and_then(|text| figure(text, *nutrient, language)));
    }
    (out, grams.filter(|grams| (1.0..=3_000.0).contains(grams) && !size.ends_with("ml")))
}

/// The most that a serving can have, in the nutrient's unit; more is a slip of the point.
fn plausible(amount: f32, nutrient: Nutrient) -> bool {
    match nutrient.unit() {
        "kcal" => amount <= 5_000.0,
        "g" => amount <= 1_000.0,
        _ => amount <= 50_000.0,
    }
}

fn figure(text: &str, nutrient: Nutrient, language: &str) -> Option<f32> {
    // "1.046 kJ / 250 kcal": the part in our own unit.
    let parts: Vec<&str> = text.split(['/', '(', '|']).collect();
    let own = parts.iter().find(|part| nutrient == Nutrient::Energy && part.to_lowercase().contains("kcal"));
    let text = own.copied().unwrap_or(text);
    let number = number(text, language)?;
    let unit: String = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
        .chars()
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_alphabetic())
        .collect();
    let unit = unit.to_lowercase();
    let amount = match (nutrient.unit(), unit.as_str()) {
        ("kcal", "" | "kcal" | "cal" | "calories" | "calorie" | "cals" | "kilocalories" | "kcals") => number,
        ("kcal", "kj" | "kilojoules") => number / KJ_PER_KCAL,
        ("g", "g" | "gram" | "grams" | "gr") | ("mg", "mg" | "milligram" | "milligrams") => number,
        ("g", "mg" | "milligrams") => number / 1000.0,
        ("mg", "g" | "gram" | "grams") => number * 1000.0,
        // schema.org's Mass has a unit by definition; pages that leave it out mean grams for what is
        // counted in grams. A bare number of sodium may be either, so it stays unknown.
        ("g", "") => number,
        _ => return None,
    };
    Some(amount).filter(|amount| plausible(*amount, nutrient))
}

/// Languages that write a comma before the tenths, and a point between thousands.
const COMMA_LANGUAGES: &[&str] = &[
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "cs", "sk", "hu", "ro", "ru", "tr", "el",
    "hr", "sl", "id", "vi",
];

/// The first number of a text in a language.
fn number(text: &str, language: &str) -> Option<f32> {
    let has_comma = language.split(['-', '_']).next().is_some_and(|tag| COMMA_LANGUAGES.contains(&tag));
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[start..];
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(digits.len());
    let digits = digits[..end].trim_end_matches(['.', ',']);
    let groups = |mark: char| {
        let tail = digits.rsplit_once(mark);
        tail.is_some_and(|(head, tail)| tail.len() == 3 && !head.starts_with('0')) && !digits.starts_with('0')
    };
    let (thousands, tenths) = match (digits.rfind(','), digits.rfind('.')) {
        // Of both the last stands before the tenths.
        (Some(comma), Some(point)) if comma > point => ('.', ','),
        (Some(_), Some(_)) => (',', '.'),
        (Some(_), None) if groups(',') && !has_comma => (',', '.'),
        (None, Some(_)) if groups('.') && has_comma => ('.', ','),
        (Some(_), None) => ('.', ','),
        (None, _) => (',', '.'),
    };
    digits.replace(thousands, "").replace(tenths, ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hnh_domain::label::Presence;

    #[test]
    fn a_yield_serves_only_where_it_speaks_of_people() {
        let of = |stated: &[&str]| stated.iter().map(|stated| servings(stated)).collect::<Vec<_>>();
        assert_eq!(of(&["4", "4-6 servings", "Serves 2", "4인분", "6 Personen", "4 people"]), {
            [4.0, 4.0, 2.0, 4.0, 6.0, 4.0].map(Some)
        });
        assert_eq!(of(&["About 3 dozen", "500 g", "12 cookies", "1 loaf", "2 cups", "0 servings"]), [None; 6]);
    }

    #[test]
    fn figures_of_100_g_are_of_no_serving() {
        let stated = |size: &str| {
            let stated = [("servingSize", size), ("calories", "160 kcal")];
            let stated = stated.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
            let (nutrients, grams) = per_serving(&stated, "en");
            (nutrients.get(Nutrient::Energy), grams)
        };
        assert_eq!(stated("100 g"), (None, None));
        assert_eq!(stated("100ml"), (None, None));
        assert_eq!(stated("1 serving"), (Some(160.0), None));
        assert_eq!(stated("245 g"), (Some(160.0), Some(245.0)));
    }

    #[test]
    fn figures_come_in_our_units_or_not_at_all() {
        let figure = |text: &str, nutrient| figure(text, nutrient, "en");
        assert_eq!(figure("1,250 kJ", Nutrient::Energy).map(f32::round), Some(299.0));
        assert_eq!(figure("205 calories", Nutrient::Energy), Some(205.0));
        assert_eq!(figure("0.5 g", Nutrient::Sodium), Some(500.0));
        assert_eq!(figure("12,5 g", Nutrient::Fat), Some(12.5));
        assert_eq!(figure("7", Nutrient::Sodium), None);
        assert_eq!(figure("a lot", Nutrient::Fat), None);
        assert_eq!(figure("0,125 g", Nutrient::Fat), Some(0.125));
        assert_eq!(figure("125000 kcal", Nutrient::Energy), None);
        assert_eq!(super::figure("1.046 kJ / 250 kcal", Nutrient::Energy, "de"), Some(250.0));
        assert_eq!(super::figure("1.046 kJ", Nutrient::Energy, "de-DE").map(f32::round), Some(250.0));
        assert_eq!(super::figure("1.046 g", Nutrient::Fat, "en"), Some(1.046));
        assert_eq!(super::figure("1.250,5 mg", Nutrient::Sodium, "de"), Some(1250.5));
    }

    #[test]
    fn what_a_page_does_not_state_is_unknown() {
        let page = PageRecipe {
            title: "Soup".into(),
            ingredients: vec!["1 leek".into()],
            servings: Some("4-6 servings".into()),
            language: Some("de".into()),
            ..PageRecipe::default()
        };
        let r = recipe(page, Path::new("a/soup.html"));
        assert_eq!((r.servings, r.basis, r.course), (Some(4.0), NutritionBasis::Unknown, Course::Other));
        assert_eq!(r.title.local.as_deref(), Some("Soup"));
        assert!(r.allergens.is_empty() && r.nutrients.is_empty());
        assert!(r.diets.values().all(|flag| flag.state == Presence::Unknown));
        assert_eq!(r.provenance.source_id, "soup");
    }
}
