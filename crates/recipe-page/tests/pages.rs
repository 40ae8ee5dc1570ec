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
