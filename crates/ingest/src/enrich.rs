//! Imported recipes: labels, and figures where the source states none, from what their lines say.

use hnh_domain::nutrient::Nutrients;
use hnh_domain::recipes::{Ingredient, NutritionBasis, Recipe};
use hnh_nutrition::{Tables, Written};

/// Completes a recipe whose source says nothing of allergens.
pub(crate) fn enrich(recipe: &mut Recipe, tables: &Tables) {
    if !recipe.allergens.is_empty() || recipe.ingredients.is_empty() {
        return;
    }
    let texts: Vec<String> = recipe.ingredients.iter().map(line).collect();
    let servings = recipe.servings.filter(|servings| *servings > 0.0);
    let written = Written::of(&texts, servings.map_or(1.0, f64::from), tables);
    recipe.allergens = written.allergens();
    for (diet, flag) in written.diets() {
        // What the source states of amounts is nearer to the dish than our sum.
        if !(diet.is_measured()
            && (servings.is_none() || recipe.diets.contains_key(&diet) && !recipe.nutrients.is_empty()))
        {
            recipe.diets.insert(diet, flag);
        }
    }
    if recipe.nutrients.is_empty() && servings.is_some() {
        let mut nutrients = Nutrients::default();
        for (nutrient, figure) in written.figures() {
            nutrients.set(nutrient, (!figure.at_least).then_some(figure.per_serving as f32));
        }
        if !nutrients.is_empty() {
            recipe.nutrients = nutrients;
            recipe.basis = NutritionBasis::Summed;
            recipe.serving_g = recipe.serving_g.or(written.serving_g().map(|grams| grams as f32));
        }
    }
    for (ingredient, line) in recipe.ingredients.iter_mut().zip(&written.lines) {
        ingredient.food = ingredient.food.or(line.food.map(|food| food.id));
        ingredient.grams = ingredient.grams.or(line.grams.ok().map(|grams| grams as f32));
    }
}

/// An ingredient as one line: of those that came in parts, with its amount again.
fn line(ingredient: &Ingredient) -> String {
    let name = ingredient.name.iter().next().unwrap_or_default();
    let amount = match (ingredient.grams, ingredient.quantity) {
        (Some(grams), _) => format!("{grams} g "),
        (None, Some(quantity)) => format!("{quantity} "),
        (None, None) => String::new(),
    };
    let prep = ingredient.prep.iter().filter_map(|prep| prep.iter().next()).map(|prep| format!(", {prep}"));
    format!("{amount}{name}{}", prep.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::Starter;
    use hnh_domain::label::{Allergen, Diet, Presence};
    use hnh_domain::nutrient::Nutrient;
    use hnh_domain::source::{Provenance, Source};
    use hnh_domain::text::Text;

    fn enriched(lines: &[&str], servings: Option<f32>) -> Recipe {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
        let starter = Starter::find(Some(&folder)).unwrap();
        let tables = Tables::new(starter.foods().unwrap(), starter.labels().unwrap()).unwrap();
        let mut recipe = Recipe::new(Provenance::new(Source::Web, "x"), Text::detect("Dish"));
        let ingredient = |line: &&str| Ingredient { name: Text::detect(*line), ..Ingredient::default() };
        recipe.ingredients = lines.iter().map(ingredient).collect();
        recipe.servings = servings;
        enrich(&mut recipe, &tables);
        recipe
    }

    #[test]
    fn what_the_lines_say_is_labelled_and_summed() {
        let recipe = enriched(&["300 g firm tofu", "2 tbsp soy sauce", "150 g rice"], Some(2.0));
        assert_eq!(recipe.allergens[&Allergen::Soy].state, Presence::Contains);
        assert_eq!(recipe.allergens[&Allergen::Wheat].state, Presence::Contains);
        assert_eq!(recipe.allergens[&Allergen::Peanut].state, Presence::Free);
        assert_eq!(recipe.diets[&Diet::Vegan].state, Presence::Free);
        assert_eq!(recipe.basis, NutritionBasis::Summed);
        let kcal = recipe.nutrients.get(Nutrient::Energy).unwrap();
        assert!((350.0..650.0).contains(&kcal), "{kcal}");
        assert!(recipe.ingredients.iter().all(|ingredient| ingredient.food.is_some()));
    }

    #[test]
    fn one_unknown_line_leaves_nothing_free_and_no_sum() {
        let recipe = enriched(&["300 g firm tofu", "1 sachet miracle mix"], Some(2.0));
        assert!(recipe.allergens.values().all(|flag| flag.state != Presence::Free));
        assert!(recipe.nutrients.is_empty());
        // Korean lines are told in Korean.
        let recipe = enriched(&["두부 1모", "마법의가루 2큰술"], Some(2.0));
        assert_eq!(recipe.allergens[&Allergen::Peanut].because[0].ko.as_deref(), Some("마법의가루"));
    }

    #[test]
    fn without_a_number_of_servings_nothing_is_summed() {
        assert!(enriched(&["300 g firm tofu"], None).nutrients.is_empty());
    }
}
