//! One page for each way publishers lay a recipe out, written for these tests.

use hnh_recipe_page::{PageRecipe, read};

const DATA_OF_NAMES: &str = r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Flat bread",
    "recipeIngredient": ["flour", "water", "olive oil"], "recipeInstructions": ["Knead.", "Bake."]}</script>"#;
const WHOLE: [&str; 3] = ["300 g flour", "180 ml water", "2 tbsp olive oil"];
const STEPS: [&str; 2] = ["Knead.", "Bake."];

fn recipe(body: &str) -> PageRecipe {
    let page = format!("<!DOCTYPE html><html><head><title>Flat bread</title></head><body>{body}</body></html>");
    read(&page).expect("the page holds a recipe")
}

/// The page's ingredients and steps are those of the flat bread.
#[track_caller]
fn assert_whole(body: &str) {
    let found = recipe(body);
    assert_eq!(found.title, "Flat bread");
    assert_eq!(found.ingredients, WHOLE);
    assert_eq!(found.steps, STEPS);
}

#[test]
fn a_table_of_amounts_and_names() {
    assert_whole(&format!(
        "<h1>Flat bread</h1>{DATA_OF_NAMES}<h2>Ingredients</h2><table><tbody>
        <tr><td>300 g</td><td>flour</td></tr><tr><td>180 ml</td><td>water</td></tr><tr><td>2 tbsp</td><td>olive oil</td></tr>
        </tbody></table><h2>Method</h2><ol><li>Knead.</li><li>Bake.</li></ol>"
    ));
}

#[test]
fn a_table_in_three_columns_without_data() {
    assert_whole(
        "<h1>Flat bread</h1><h2>Zutaten</h2><table><tr><td>300</td><td>g</td><td>flour</td></tr>
        <tr><td>180</td><td>ml</td><td>water</td></tr><tr><td>2</td><td>tbsp</td><td>olive oil</td></tr></table>
        <h2>Zubereitung</h2><p>Knead.</p><p>Bake.</p>",
    );
}

#[test]
fn amounts_in_spans_of_a_plugin() {
    let line = |amount: &str, unit: &str, name: &str| {
        format!(
            "<li><span class=amount>{amount}</span> <span class=unit>{unit}</span> <span class=name>{name}</span></li>"
        )
    };
    assert_whole(&format!(
        "<h1>Flat bread</h1>{DATA_OF_NAMES}<div class=recipe><h3>Ingredients</h3><ul>{}{}{}</ul></div>",
        line("300", "g", "flour"),
        line("180", "ml", "water"),
        line("2", "tbsp", "olive oil")
    ));
}

#[test]
fn checkboxes_with_labels() {
    assert_whole(
        "<h1>Flat bread</h1><h2>Ingredients</h2><ul><li><label><input type=checkbox> 300 g flour</label></li>
        <li><label><input type=checkbox> 180 ml water</label></li><li><label><input type=checkbox> 2 tbsp olive oil</label></li></ul>
        <h2>Directions</h2><ol><li>Knead.</li><li>Bake.</li></ol>",
    );
}

#[test]
fn lines_broken_in_one_paragraph() {
    assert_whole(
        "<h1>Flat bread</h1><p><strong>Ingredients:</strong><br>300 g flour<br>180 ml water<br>2 tbsp olive oil</p>
        <p><strong>Method:</strong><br>1. Knead.<br>2. Bake.</p>",
    );
}

#[test]
fn groups_under_their_own_headings() {
    assert_whole(
        "<h1>Flat bread</h1><h2>Ingredients</h2><h3>For the dough</h3><ul><li>300 g flour</li><li>180 ml water</li></ul>
        <h3>To finish</h3><ul><li>2 tbsp olive oil</li></ul><h2>Method</h2><ol><li>Knead.</li><li>Bake.</li></ol>",
    );
}

#[test]
fn steps_under_numbered_headings() {
    assert_whole(
        "<h1>Flat bread</h1><h2>Ingredients</h2><ul><li>300 g flour</li><li>180 ml water</li><li>2 tbsp olive oil</li></ul>
        <h2>Method</h2><h3>Step 1</h3><p>Knead.</p><h3>Step 2</h3><p>Bake.</p><h2>Comments</h2><p>Lovely bread, thank you.</p>",
    );
}

#[test]
fn a_microformat() {
    assert_whole(
        "<div class=h-recipe><h1 class=p-name>Flat bread</h1><ul><li class=p-ingredient>300 g flour</li>
        <li class=p-ingredient>180 ml water</li><li class=p-ingredient>2 tbsp olive oil</li></ul>
        <div class=e-instructions><p>Knead.</p><p>Bake.</p></div></div>",
    );
}

#[test]
fn microdata_of_the_older_vocabulary() {
    assert_whole(
        "<div itemscope itemtype='http://schema.org/Recipe'><h1 itemprop=name>Flat bread</h1><span itemprop=ingredients>300 g flour</span>
        <span itemprop=ingredients>180 ml water</span><span itemprop=ingredients>2 tbsp olive oil</span>
        <p itemprop=recipeInstructions>Knead.</p><p itemprop=recipeInstructions>Bake.</p></div>",
    );
}

#[test]
fn a_state_pushed_in_pieces_of_text() {
    assert_whole(
        r#"<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,"5:[\"$\",\"main\",null,{\"recipe\":{\"name\":\"Flat bread\",\"ingredients\":[\"300 g flour\",\"180 ml water\",\"2 tbsp ol"])</script>
        <script>self.__next_f.push([1,"ive oil\"],\"steps\":[{\"text\":\"Knead.\"},{\"text\":\"Bake.\"}]}}]\n"])</script>"#,
    );
}

#[test]
fn a_store_of_parts_that_refer_to_each_other() {
    assert_whole(
        r#"<script>window.__APOLLO_STATE__ = {"Recipe:1": {"__typename": "Recipe", "title": "Flat bread",
        "ingredients": [{"__ref": "Line:1"}, {"__ref": "Line:2"}, {"__ref": "Line:3"}], "steps": [{"__ref": "Step:1"}, {"__ref": "Step:2"}]},
        "Line:1": {"amount": 300, "unit": "g", "name": "flour"}, "Line:2": {"amount": 180, "unit": "ml", "name": "water"},
        "Line:3": {"amount": 2, "unit": "tbsp", "name": "olive oil"}, "Step:1": {"text": "Knead."}, "Step:2": {"text": "Bake."}}</script>"#,
    );
}

#[test]
fn a_state_within_an_attribute_of_another_page_part() {
    assert_whole(
        r#"<div id=app data-page="{&quot;component&quot;:&quot;Recipe&quot;,&quot;props&quot;:{&quot;recipe&quot;:{&quot;name&quot;:&quot;Flat bread&quot;,&quot;ingredients&quot;:[&quot;300 g flour&quot;,&quot;180 ml water&quot;,&quot;2 tbsp olive oil&quot;],&quot;instructions&quot;:&quot;&lt;ol&gt;&lt;li&gt;Knead.&lt;/li&gt;&lt;li&gt;Bake.&lt;/li&gt;&lt;/ol&gt;&quot;}}}"></div>"#,
    );
}

#[test]
fn one_text_for_each_list() {
    assert_whole(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Flat bread",
        "recipeIngredient": "300 g flour\n180 ml water\n2 tbsp olive oil", "recipeInstructions": "1. Knead.\n2. Bake."}</script>"#,
    );
}

#[test]
fn texts_escaped_twice() {
    assert_whole(
        r#"<script type="application/ld+json">{"@type": ["Recipe", "NewsArticle"], "name": "Flat&amp;nbsp;bread",
        "recipeIngredient": ["300&nbsp;g flour", "180&amp;nbsp;ml water", "<b>2&nbsp;tbsp</b> olive oil"],
        "recipeInstructions": [{"@type": "HowToStep", "text": "&lt;p&gt;Knead.&lt;/p&gt;"}, {"@type": "HowToStep", "text": "Bake."}]}</script>"#,
    );
}

#[test]
fn steps_in_sections_of_sections() {
    assert_whole(
        r#"<script type="application/ld+json">{"@type": "Recipe", "name": "Flat bread", "recipeIngredient":
        [["300 g flour", "180 ml water"], ["2 tbsp olive oil"]], "recipeInstructions": [[{"@type": "HowToSection", "name": "Bread",
        "itemListElement": [{"@type": "HowToStep", "itemListElement": [{"@type": "HowToDirection", "text": "Knead."}]},
        {"@type": "ListItem", "item": {"@type": "HowToStep", "text": "Bake."}}]}]]}</script>"#,
    );
}

#[test]
fn two_systems_of_which_one_is_hidden() {
    let list = |hidden: &str, lines: [&str; 3]| {
        format!("<ul {hidden}><li>{}</li><li>{}</li><li>{}</li></ul>", lines[0], lines[1], lines[2])
    };
    assert_whole(&format!(
        "<h1>Flat bread</h1><h2>Ingredients</h2>{}{}<h2>Method</h2><ol><li>Knead.</li><li>Bake.</li></ol>",
        list("class=metric", WHOLE),
        list("class=us hidden", ["2 1/2 cups flour", "3/4 cup water", "2 tbsp olive oil"])
    ));
}

#[test]
fn a_definition_list() {
    assert_whole(&format!(
        "<h1>Flat bread</h1>{DATA_OF_NAMES}<h2>Ingredients</h2><dl><dt>300 g</dt><dd>flour</dd><dt>180 ml</dt><dd>water</dd>
        <dt>2 tbsp</dt><dd>olive oil</dd></dl>"
    ));
}

#[test]
fn names_before_their_amounts() {
    let found = recipe(
        "<h1>두부조림</h1><h2>재료</h2><ul><li>두부 <em>1모</em></li><li>간장 <em>2큰술</em></li><li>물 <em>100ml</em></li></ul>
        <h2>조리순서</h2><div><p>두부를 썬다.</p><p>양념을 부어 조린다.</p></div>",
    );
    assert_eq!(found.ingredients, ["두부 1모", "간장 2큰술", "물 100ml"]);
    assert_eq!(found.steps, ["두부를 썬다.", "양념을 부어 조린다."]);
}

#[test]
fn a_blog_that_tells_of_its_ingredients_before_the_card() {
    assert_whole(
        "<h1>Flat bread</h1><h2>Ingredients</h2><ul><li>Flour: any kind does, though I like spelt best of all.</li>
        <li>Water: lukewarm.</li><li>Oil: a good one.</li></ul><h2>Instructions</h2><ol><li>Knead it well, as in the picture.</li>
        <li>Bake it until you like the look of it.</li></ol>
        <div class=card><h3>Ingredients <div><button>1x</button><button>2x</button></div></h3><h4>Dough</h4>
        <ul><li>300 g <a href=/shop>flour</a></li><li>180 ml water</li></ul><h4>To finish</h4><ul><li>2 tbsp <a href=/oil>olive oil</a></li></ul>
        <h3>Instructions</h3><ol><li>Knead.</li><li>Bake.</li></ol></div>",
    );
}
