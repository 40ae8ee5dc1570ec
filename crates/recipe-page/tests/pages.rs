//! Recipes out of pages of the kinds publishers make, written for these tests.

use hnh_recipe_page::{MAX_BYTES, PageError, PageRecipe, read};

fn page(body: &str) -> String {
    format!("<!DOCTYPE html><html lang=en><head><title>Table</title></head><body>{body}</body></html>")
}

fn recipe(body: &str) -> PageRecipe {
    read(&page(body)).expect("the page holds a recipe")
}

#[test]
fn json_ld_in_a_graph_with_references() {
    let found = recipe(
        r##"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "Article", "@id": "#article", "author": {"@id": "#cook"}},
        {"@type": "ImageObject", "@id": "#photo", "url": "https://table.example/soup.jpg"},
        {"@type": "Person", "@id": "#cook", "name": "Test Kitchen"},
        {"@type": "https://schema.org/Recipe", "name": "Leek soup", "image": {"@id": "#photo"},
         "author": [{"@id": "#cook"}], "recipeIngredient": ["2 leeks", "1 l water"],
         "recipeInstructions": "<p>Slice.</p><p>Simmer.</p>", "totalTime": "PT40M", "recipeYield": 4,
         "keywords": "soup, leek, soup", "nutrition": {"@type": "NutritionInformation", "calories": "90 kcal"},
         "isRelatedTo": {"@type": "Recipe", "name": "Bread", "recipeIngredient": ["flour", "salt"],
          "recipeInstructions": ["Bake."]}}]}</script>"##,
    );
    assert_eq!(found.title, "Leek soup");
    assert_eq!(found.image.as_deref(), Some("https://table.example/soup.jpg"));
    assert_eq!(found.author.as_deref(), Some("Test Kitchen"));
    assert_eq!(found.ingredients, ["2 leeks", "1 l water"]);
    assert_eq!(found.steps, ["Slice.", "Simmer."]);
    assert_eq!((found.servings.as_deref(), found.total_minutes), (Some("4"), Some(40)));
    assert_eq!(found.keywords, ["soup", "leek"]);
    assert_eq!(found.nutrition["calories"], "90 kcal");
    assert_eq!(found.language.as_deref(), Some("en"));
}

#[test]
fn the_recipe_with_both_lists_is_the_pages_own() {
    let found = recipe(
        r#"<script type="application/ld+json">[{"@type": "Recipe", "name": "A teaser"},
        {"@type": "Recipe", "name": "Rice", "recipeIngredient": ["rice"], "recipeInstructions": ["Boil."]}]</script>"#,
    );
    assert_eq!(found.title, "Rice");
}

#[test]
fn microdata() {
    let found = recipe(
        r#"<div itemscope itemtype="http://schema.org/Recipe" itemref="more"><h1 itemprop="name">Dal</h1>
        <span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Test Kitchen</b></span>
        <time itemprop="prepTime" datetime="PT5M">five</time> <meta itemprop="cookTime" content="PT25M">
        <ul itemprop="recipeIngredient"><li itemprop="recipeIngredient"><i>200</i><b>g</b> lentils</li>
        <li itemprop="recipeIngredient">1 onion</li></ul>
        <div itemprop="nutrition" itemscope><span itemprop="calories">300 kcal</span></div>
        <a itemprop="recipeCuisine" href="/indian">Indian</a></div>
        <ol id="more" itemprop="recipeInstructions"><li>Fry the onion.</li><li>Add the lentils.</li></ol>"#,
    );
    assert_eq!(found.title, "Dal");
    assert_eq!(found.author.as_deref(), Some("Test Kitchen"));
    assert_eq!((found.prep_minutes, found.cook_minutes, found.total_minutes), (Some(5), Some(25), Some(30)));
    assert_eq!(found.ingredients, ["200 g lentils", "1 onion"]);
    assert_eq!(found.steps, ["Fry the onion.", "Add the lentils."]);
    assert_eq!(found.cuisine, ["Indian"]);
    assert_eq!(found.nutrition["calories"], "300 kcal");
}

#[test]
fn rdfa_lite() {
    let found = recipe(
        r#"<div vocab="https://schema.org/" typeof="Recipe"><h1 property="name">Toast</h1>
        <p property="recipeIngredient">bread</p><p property="recipeIngredient">butter</p>
        <div property="recipeInstructions" typeof="HowToStep">Toast the bread.</div></div>"#,
    );
    assert_eq!(found.title, "Toast");
    assert_eq!(found.ingredients, ["bread", "butter"]);
    assert_eq!(found.steps, ["Toast the bread."]);
}

#[test]
fn gaps_of_the_data_are_filled_from_what_the_page_shows() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Pancakes",
        "recipeIngredient": ["flour", "milk"], "recipeInstructions": []}</script>
        <nav><h3>Ingredients</h3><ul><li><a href=/a>Flour dishes</a><li><a href=/b>Milk dishes</a></ul></nav>
        <h1>Pancakes</h1><p>Prep time: 10 min</p><p>Cook time</p><p>20</p><p>minutes</p><p>Serves 3</p>
        <h2>Ingredients</h2><ul><li>▢ 200 g flour<li>▢ 400 ml milk</ul>
        <h2>Method</h2><ol><li>Whisk all.<li>Fry.</ol><h2>Notes</h2><ol><li>Good with jam.<li>Or honey.</ol>"#,
    );
    assert_eq!(found.ingredients, ["200 g flour", "400 ml milk"]);
    assert_eq!(found.steps, ["Whisk all.", "Fry."]);
    assert_eq!((found.prep_minutes, found.cook_minutes, found.total_minutes), (Some(10), Some(20), Some(30)));
    assert_eq!(found.servings.as_deref(), Some("3"));
}

#[test]
fn a_page_without_data_needs_both_lists() {
    let found = recipe(
        "<h1>미역국</h1><h2>재료</h2><ul><li>미역 20g<li>물 1L</ul><h2>만드는 법</h2><p>1. 불린다. 2. 끓인다.</p>\
        <p>간은 국간장으로 맞추고, 한소끔 더 끓인 뒤 불을 끄고 그릇에 담아 따뜻할 때 낸다.</p>",
    );
    assert_eq!(found.title, "미역국");
    assert_eq!(found.ingredients, ["미역 20g", "물 1L"]);
    let only_one = page("<h1>Shop</h1><h2>Ingredients</h2><ul><li>Flour<li>Salt</ul>");
    assert_eq!(read(&only_one), Err(PageError::NoRecipe));
}

#[test]
fn pages_that_hold_no_recipe() {
    assert_eq!(read(""), Err(PageError::NoRecipe));
    assert_eq!(read(&page("<h1>About us</h1><p>We cook.</p>")), Err(PageError::NoRecipe));
    let listed = r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Rice", "url": "/rice"}</script>"#;
    assert_eq!(read(&page(listed)), Err(PageError::NoRecipe));
}

#[test]
fn size_and_growth_are_bounded() {
    assert_eq!(read(&"x".repeat(MAX_BYTES + 1)), Err(PageError::TooLarge { bytes: MAX_BYTES + 1 }));
    // Each item refers to the element that holds them all.
    let items = "<i itemprop=author itemscope itemref=a>".repeat(40);
    let scope = "<div id=a itemscope itemtype=schema.org/Recipe itemref=a>";
    assert_eq!(read(&format!("{scope}{items}")), Err(PageError::NoRecipe));
    // Each ingredient refers to one node of many parts.
    let parts = vec!["1"; 10_000].join(",");
    let references = vec![r##"{"@id":"#big"}"##; 10_000].join(",");
    let json = format!(
        r##"[{{"@id":"#big","parts":[{parts}]}},{{"@type":"Recipe","name":"x","recipeIngredient":[{references}]}}]"##
    );
    let script = format!("<script type=application/ld+json>{json}</script>");
    assert_eq!(read(&script), Err(PageError::NoRecipe));
}

#[test]
fn of_several_whole_recipes_the_pages_own_is_read() {
    let found = read(
        r#"<html><head><title>Leek soup</title><link rel="canonical" href="https://table.example/leek-soup"></head><body>
        <h1>Leek soup</h1><script type="application/ld+json">{"@graph": [
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "Recipe", "name": "Rye bread",
          "recipeIngredient": ["rye flour"], "recipeInstructions": ["Bake."]}}]},
        {"@type": "Recipe", "name": "Leek soup", "recipeIngredient": ["2 leeks"], "recipeInstructions": ["Simmer."]}]}</script>
        </body></html>"#,
    );
    assert_eq!(found.unwrap().title, "Leek soup");
}

#[test]
fn lists_written_as_objects_are_lists() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Rice",
        "recipeIngredient": {"1": "2 cups water", "0": "1 cup rice"},
        "recipeInstructions": {"0": "Wash.", "2": {"@type": "HowToStep", "text": "Boil."}, "10": "Rest."}}</script>"#,
    );
    assert_eq!(found.ingredients, ["1 cup rice", "2 cups water"]);
    assert_eq!(found.steps, ["Wash.", "Boil.", "Rest."]);
}

#[test]
fn ingredients_given_in_parts_are_whole_lines() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Lemonade", "recipeInstructions": ["Stir."],
        "recipeIngredient": [{"quantity": 2, "unit": null, "note": "untreated lemons", "display": "2 untreated lemons"},
        {"quantity": 1, "unit": {"name": "l"}, "food": {"name": "water"}, "note": "cold"}, {"quantity": 3}, "4"]}</script>"#,
    );
    assert_eq!(found.ingredients, ["2 untreated lemons", "1 l water cold"]);
}

#[test]
fn a_recipe_within_the_steps_is_part_of_the_dish() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Tart", "recipeIngredient": ["3 pears"],
        "recipeInstructions": [{"@type": "HowToSection", "name": "Crust", "itemListElement": [{"@type": "Recipe",
          "name": "Almond crust", "recipeIngredient": ["100 g almonds"], "recipeInstructions": ["Grind the almonds."]}]},
        {"@type": "HowToStep", "text": "Bake."}]}</script>"#,
    );
    assert_eq!(found.ingredients, ["3 pears", "100 g almonds"]);
    assert!(found.steps.contains(&"Grind the almonds.".to_owned()), "{:?}", found.steps);
    assert!(found.steps.contains(&"Bake.".to_owned()));
}

#[test]
fn the_words_below_a_picture_are_no_step() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Eggs", "recipeIngredient": ["2 eggs"],
        "recipeInstructions": "<p>Boil.</p><figure><img src=a.jpg><figcaption>Photo Desk</figcaption></figure><p>Peel.</p>"}</script>"#,
    );
    assert_eq!(found.steps, ["Boil.", "Peel."]);
}

#[test]
fn amounts_that_only_the_visible_list_has_are_read_and_nothing_is_lost() {
    let found = recipe(
        r#"<h1>Stew</h1><script type="application/ld+json">{"@type": "Recipe", "name": "Stew", "recipeInstructions": ["Stew."],
        "recipeIngredient": ["carrots", "leeks", "barley", "stock", "celery salt"]}</script>
        <h2>Ingredients</h2><ul><li>300 g carrots</li><li>2 leeks</li><li>80 g barley</li><li>1 l stock</li></ul>"#,
    );
    assert_eq!(found.ingredients, ["300 g carrots", "2 leeks", "80 g barley", "1 l stock", "celery salt"]);
}

#[test]
fn a_page_whose_program_holds_the_recipe() {
    let found = recipe(
        r#"<div id=app></div><script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {"recipe": {
        "title": "Barley bowl", "servings": 2, "prepTime": 10, "ingredientGroups": [
          {"title": "Bowl", "ingredients": [{"quantity": "150", "unit": {"name": "g"}, "ingredient": {"name": "pearl barley"}}, "1 leek"]},
          {"title": "Dressing", "ingredients": ["2 tbsp oil"]}],
        "steps": [{"instruction": "Boil the barley."}, {"instruction": "Dress and serve."}]}}}}</script>"#,
    );
    assert_eq!(found.title, "Barley bowl");
    assert_eq!(found.ingredients, ["150 g pearl barley", "1 leek", "2 tbsp oil"]);
    assert_eq!(found.steps, ["Boil the barley.", "Dress and serve."]);
    assert_eq!((found.servings.as_deref(), found.prep_minutes), (Some("2"), Some(10)));
}

#[test]
fn a_state_given_to_a_name_and_one_in_an_attribute() {
    let body = r#"<script>var a = 1; window.__STATE__ = {"page": {"name": "Toast", "ingredients": ["2 slices bread"],
        "method": "Toast it.\nButter it."}}; start(a);</script>"#;
    assert_eq!(recipe(body).steps, ["Toast it.", "Butter it."]);
    let body = r#"<script>window.__NUXT__=JSON.parse("{\"r\":{\"name\":\"Toast\",\"ingredients\":[\"2 slices bread\"],\"steps\":[\"Toast it.\"]}}")</script>"#;
    assert_eq!(recipe(body).ingredients, ["2 slices bread"]);
    let body = r#"<main data-recipe='{"name": "Toast", "ingredients": ["2 slices bread"], "steps": [{"body": "Toast it."}]}'></main>"#;
    assert_eq!(recipe(body).steps, ["Toast it."]);
}

#[test]
fn a_state_adds_amounts_to_data_without_them() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Dal", "recipeIngredient": ["red lentils", "onion"],
        "recipeInstructions": ["Simmer."]}</script><script type="application/json">{"recipe": {"name": "Dal", "steps": ["Simmer."],
        "ingredients": [{"amount": 200, "unit": "g", "name": "red lentils"}, {"amount": 1, "unit": "", "name": "onion"}]}}</script>"#,
    );
    assert_eq!(found.ingredients, ["200 g red lentils", "1 onion"]);
}

#[test]
fn a_state_of_another_dish_is_left_alone() {
    let found = recipe(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Dal", "recipeIngredient": ["red lentils"],
        "recipeInstructions": ["Simmer."]}</script><script type="application/json">{"related": [{"name": "Peanut stew",
        "ingredients": ["1 cup peanuts"], "steps": ["Stew."]}]}</script>"#,
    );
    assert_eq!(found.ingredients, ["red lentils"]);
}
