//! Our own recipes: a TOML file each, in Korean and English.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use hnh_domain::foods::{Food, FoodBasis};
use hnh_domain::recipes::{CookUnit, Course, Effort, Ingredient, Method, NutritionBasis, Recipe, RecipeCuisine, Step};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use serde::Deserialize;
use toml::Spanned;
use uuid::Uuid;

use super::keywords::broken_promise;
use hnh_nutrition::{FoodLabel, LabelTable, Labelled, Part, Served, allergens, diets, from_amounts, per_serving};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    title: Both,
    summary: Both,
    course: Course,
    cuisine: RecipeCuisine,
    method: Method,
    effort: Effort,
    servings: Spanned<f32>,
    prep_min: u32,
    cook_min: u32,
    /// Minutes in which nothing is done: soaking, chilling, freezing.
    #[serde(default)]
    wait_min: u32,
    /// What is served in all, in grams, where water is poured or boiled off.
    served_g: Option<Spanned<f32>>,
    /// Whether it is drunk although its course is none of drinks.
    #[serde(default)]
    liquid: bool,
    keywords: Spanned<Keywords>,
    ingredients: Vec<Line>,
    steps: Vec<Instruction>,
}

/// A text that must be there in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    ko: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keywords {
    ko: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    food: Spanned<String>,
    /// The row of the label table, where `food` only stands in for what is sold.
    label: Option<Spanned<String>>,
    grams: Spanned<f32>,
    qty: f32,
    unit: CookUnit,
    name: Both,
    prep: Option<Both>,
    part: Option<Both>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instruction {
    ko: String,
    en: String,
    timer_min: Option<u32>,
}

impl From<Both> for Text {
    fn from(both: Both) -> Self {
        Self::both(both.ko.trim(), both.en.trim())
    }
}

/// Reads every `.toml` of the folder, in the order of their names.
pub(super) fn read_all(folder: &Path, foods: &HashMap<Uuid, &Food>, labels: &LabelTable) -> Result<Vec<Recipe>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut titles = HashSet::new();
    let mut recipes = Vec::with_capacity(paths.len());
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let slug = path.file_stem().unwrap_or_default().to_string_lossy();
        let recipe = read(&slug, &text, foods, labels).map_err(|mistake| mistake.at(&path, &text))?;
        for title in recipe.title.iter() {
            ensure!(titles.insert(title.to_owned()), "{}: another recipe has the title \"{title}\"", path.display());
        }
        recipes.push(recipe);
    }
    Ok(recipes)
}

/// What is wrong, and where in the file it begins.
#[derive(Debug)]
struct Mistake {
    what: String,
    offset: usize,
}

impl Mistake {
    fn new<T>(at: &Spanned<T>, what: impl Into<String>) -> Self {
        Self { what: what.into(), offset: at.span().start }
    }

    /// The sentence: file, line, field, what is wrong.
    fn at(self, path: &Path, text: &str) -> anyhow::Error {
        let before = text.get(..self.offset).unwrap_or(text);
        let number = before.matches('\n').count() + 1;
        let line = text.lines().nth(number - 1).unwrap_or("");
        let field = line.split_once('=').map_or(line, |(key, _)| key).trim();
        anyhow!("{}, line {number}, {field}: {}", path.display(), self.what)
    }
}

fn read(slug: &str, text: &str, foods: &HashMap<Uuid, &Food>, labels: &LabelTable) -> Result<Recipe, Mistake> {
    let sheet: Sheet = toml::from_str(text)
        .map_err(|e| Mistake { what: e.message().to_owned(), offset: e.span().map_or(0, |s| s.start) })?;
    let servings = *sheet.servings.get_ref();
    if !(servings > 0.0 && servings <= 100.0) {
        return Err(Mistake::new(&sheet.servings, "must be from 1 to 100"));
    }
    let mut parts = Vec::with_capacity(sheet.ingredients.len());
    for line in &sheet.ingredients {
        parts.push(part(line, foods, labels)?);
    }
    let weight: f32 = parts.iter().map(|p| p.grams).sum();
    let nutrients = per_serving(&parts, servings);
    let ingredients: Vec<Ingredient> = sheet.ingredients.into_iter().map(ingredient).collect();
    let labelled: Vec<Labelled<'_>> = ingredients
        .iter()
        .zip(&parts)
        .map(|(ingredient, part)| Labelled { name: &ingredient.name, label: part.label, others: &[] })
        .collect();
    if let Some(given) = &sheet.served_g
        && !(*given.get_ref() > 0.0 && *given.get_ref() < weight)
    {
        return Err(Mistake::new(given, format!("must be under the {weight} g that the ingredients weigh")));
    }
    let served_g = sheet.served_g.as_ref().map(|given| *given.get_ref());
    let serving_g = served_g.unwrap_or(weight) / servings;
    let served = Served {
        most_g: Some(serving_g),
        least_g: Some(if served_g.is_some() { serving_g } else { serving_g * kept_at_least(sheet.method) }),
        is_liquid: sheet.liquid || matches!(sheet.course, Course::Drink | Course::Soup),
    };
    let mut diet_flags = diets(&labelled);
    diet_flags.extend(from_amounts(&nutrients, served));
    let keywords = sheet.keywords.get_ref();
    for keyword in keywords.ko.iter().chain(&keywords.en) {
        if let Some(diet) = broken_promise(keyword, &diet_flags) {
            let what = format!("\"{keyword}\" promises {diet}, and the ingredients do not keep it: take it out");
            return Err(Mistake::new(&sheet.keywords, what));
        }
    }
    let keywords = sheet.keywords.into_inner();
    let provenance = Provenance::new(Source::Hnh, slug);
    Ok(Recipe {
        summary: sheet.summary.into(),
        course: sheet.course,
        cuisine: Some(sheet.cuisine),
        method: Some(sheet.method),
        effort: Some(sheet.effort),
        servings: Some(servings),
        prep_min: Some(sheet.prep_min),
        cook_min: Some(sheet.cook_min),
        total_min: Some(sheet.prep_min + sheet.cook_min + sheet.wait_min),
        keywords: keywords.ko.into_iter().chain(keywords.en).collect(),
        allergens: allergens(&labelled),
        diets: diet_flags,
        ingredients,
        steps: sheet
            .steps
            .into_iter()
            .map(|s| Step {
                text: Text::both(s.ko.trim(), s.en.trim()),
                timer_s: s.timer_min.map(|minutes| minutes * 60),
            })
            .collect(),
        nutrients,
        serving_g: Some(serving_g),
        basis: NutritionBasis::Summed,
        ..Recipe::new(provenance, sheet.title.into())
    })
}

/// The share of a dish's weight that is left after cooking at the least. A fifth of the water of what boils, bakes or fries
/// is gone in most dishes (USDA Agriculture Handbook 102, "Food Yields"); little where the lid is on.
fn kept_at_least(method: Method) -> f32 {
    match method {
        Method::Raw | Method::Mix | Method::Blend => 1.0,
        Method::Steam => 0.95,
        _ => 0.8,
    }
}

fn part<'a>(line: &Line, foods: &HashMap<Uuid, &'a Food>, labels: &'a LabelTable) -> Result<Part<'a>, Mistake> {
    let grams = *line.grams.get_ref();
    if !(grams > 0.0 && grams < 100_000.0) {
        return Err(Mistake::new(&line.grams, "must be a weight in grams above 0"));
    }
    let code = line.food.get_ref();
    let food = food_id(code)
        .and_then(|id| foods.get(&id).copied().with_context(|| format!("there is no food {code}")))
        .map_err(|e| Mistake::new(&line.food, e.to_string()))?;
    if food.basis != FoodBasis::Per100g {
        return Err(Mistake::new(&line.food, format!("{code} is measured per 100 ml, and the recipe gives grams")));
    }
    let label: Option<&FoodLabel> =
        match &line.label {
            None => labels.get(code),
            Some(own) => {
                let found = labels.get(own.get_ref());
                Some(found.ok_or_else(|| {
                    Mistake::new(own, format!("there is no row {} in the label table", own.get_ref()))
                })?)
            }
        };
    Ok(Part { grams, per_100g: &food.nutrients, label })
}

/// Our id of `usda:16126` or `mfds:R106-…`.
fn food_id(code: &str) -> Result<Uuid> {
    let (source, id) = match code.split_once(':') {
        Some(("usda", id)) => (Source::Usda, id),
        Some(("mfds", id)) => (Source::Mfds, id),
        _ => bail!("\"{}\" is no food: write usda:NDB or mfds:CODE", hnh_domain::codes::shorten(code)),
    };
    Ok(Provenance::new(source, id).id())
}

fn ingredient(line: Line) -> Ingredient {
    Ingredient {
        name: line.name.into(),
        quantity: Some(line.qty),
        unit: Some(line.unit),
        grams: Some(*line.grams.get_ref()),
        food: food_id(line.food.get_ref()).ok(),
        prep: line.prep.map(Into::into),
        part: line.part.map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hnh_domain::foods::FoodGroup;
    use hnh_domain::label::{Allergen, Diet, Presence};
    use hnh_domain::nutrient::{Nutrient, Nutrients};

    const SHEET: &str = r#"title = { ko = "두부구이", en = "Pan-fried tofu" }
summary = { ko = "두부예요.", en = "Tofu." }
course = "side"
cuisine = "korean"
method = "pan_fry"
effort = "easy"
servings = 2
prep_min = 5
cook_min = 10
keywords = { ko = ["두부"], en = ["tofu"] }

[[ingredients]]
food = "usda:16126"
grams = 300
qty = 1
unit = "block"
name = { ko = "두부", en = "tofu" }

[[steps]]
ko = "구워요."
en = "Fry."
"#;

    fn tofu() -> Food {
        let provenance = Provenance::new(Source::Usda, "16126");
        let mut nutrients = Nutrients::default();
        nutrients.set(Nutrient::Protein, Some(10.0));
        Food {
            id: provenance.id(),
            provenance,
            name: Text::default(),
            group: FoodGroup::Legumes,
            basis: FoodBasis::Per100g,
            nutrients,
            portions: Vec::new(),
            refuse_pct: None,
        }
    }

    fn read_sheet(text: &str, labels: &str) -> Result<Recipe> {
        let tofu = tofu();
        let foods = HashMap::from([(tofu.id, &tofu)]);
        let table = format!("food,name,origin,contains,may_contain,flags\n{labels}");
        let labels = LabelTable::read(table.as_bytes(), "labels").unwrap();
        read("tofu", text, &foods, &labels).map_err(|m| m.at(Path::new("tofu.toml"), text))
    }

    #[test]
    fn figures_and_labels_come_from_the_foods() {
        let r = read_sheet(SHEET, "usda:16126,tofu,plant,soy,,\n").unwrap();
        assert_eq!(r.nutrients.get(Nutrient::Protein), Some(15.0));
        assert_eq!(r.nutrients.get(Nutrient::Energy), None);
        assert_eq!((r.serving_g, r.total_min), (Some(150.0), Some(15)));
        assert_eq!(r.allergens[&Allergen::Soy].because[0].ko.as_deref(), Some("두부"));
        assert_eq!(r.diets[&Diet::Vegan].state, Presence::Free);
        assert_eq!(r.diets[&Diet::LowSodium].state, Presence::Unknown);
        let r = read_sheet(SHEET, "").unwrap();
        assert_eq!(r.allergens[&Allergen::Soy].state, Presence::Unknown);
    }

    #[test]
    fn a_keyword_promises_no_diet_that_the_label_does_not_keep() {
        let promising = SHEET.replace("[\"tofu\"]", "[\"tofu\", \"Gluten-Free\"]");
        assert!(read_sheet(&promising, "usda:16126,tofu,plant,soy,,\n").is_ok());
        let refused = read_sheet(&promising, "usda:16126,tofu,plant,soy,gluten,\n").unwrap_err().to_string();
        assert!(refused.starts_with("tofu.toml, line 10, keywords: \"Gluten-Free\" promises gluten_free"), "{refused}");
        assert!(read_sheet(&promising, "").is_err(), "what is not known keeps no promise");
    }

    #[test]
    fn an_ingredient_has_the_label_of_what_is_sold() {
        let own = SHEET.replace("grams = 300", "label = \"hnh:smoked\"\ngrams = 300");
        let labels = "usda:16126,tofu,plant,soy,,\nhnh:smoked,smoked tofu,plant,soy wheat,,\n";
        assert_eq!(read_sheet(&own, labels).unwrap().allergens[&Allergen::Wheat].state, Presence::Contains);
        assert!(read_sheet(&own, "").unwrap_err().to_string().contains("line 14, label: there is no row hnh:smoked"));
    }

    #[test]
    fn what_is_poured_off_is_not_served() {
        let served = |line: &str| {
            let text = SHEET.replace("cook_min = 10", &format!("cook_min = 10\n{line}"));
            read_sheet(&text, "usda:16126,tofu,plant,soy,,\n")
        };
        assert_eq!(served("served_g = 200").unwrap().serving_g, Some(100.0));
        let refused = served("served_g = 300").unwrap_err().to_string();
        assert!(refused.starts_with("tofu.toml, line 10, served_g: must be under the 300 g"), "{refused}");
    }

    #[test]
    fn a_mistake_names_file_line_and_field() {
        let error = |from: &str, to: &str| read_sheet(&SHEET.replace(from, to), "").unwrap_err().to_string();
        assert_eq!(error("usda:16126", "usda:99999"), "tofu.toml, line 13, food: there is no food usda:99999");
        assert!(error("usda:16126", "16126").contains("line 13, food: \"16126\" is no food"));
        assert!(error("grams = 300", "grams = -1").contains("line 14, grams: must be a weight"));
        assert!(error("\"side\"", "\"sidee\"").starts_with("tofu.toml, line 3, course: "));
        assert!(error("qty = 1", "quantity = 1").contains("line 15, quantity: unknown field"));
        assert!(error("servings = 2", "servings = 0").contains("line 7, servings"));
        assert!(error("effort = \"easy\"\n", "").contains("missing field `effort`"));
    }
}
