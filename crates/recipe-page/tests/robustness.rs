//! Whatever a page holds, reading it ends in a recipe or an error, never in a panic.

use hnh_recipe_page::{read, read_bytes};
use proptest::prelude::*;

/// A page with JSON-LD, microdata and plain lists at once, to be cut and disturbed.
const PAGE: &str = r##"<!DOCTYPE html><html lang="ko"><head><title>김치볶음밥</title>
<meta property="og:title" content="김치볶음밥 | 우리집"><meta property="og:site_name" content="우리집">
<script type="application/ld+json"><!--
{"@context": "https://schema.org", "@graph": [
 {"@type": "Person", "@id": "#cook", "name": "우리집 부엌"},
 {"@type": ["Recipe"], "name": "김치볶음밥 &amp; 계란", "author": {"@id": "#cook"},
  "recipeYield": ["2", "2인분"], "prepTime": "PT10M", "cookTime": "P0DT15M",
  "recipeIngredient": ["밥 2공기", "김치 1컵",],
  "recipeInstructions": [{"@type": "HowToSection", "name": "볶기", "itemListElement":
   [{"@type": "HowToStep", "text": "<p>김치를 볶는다.</p>"}, {"@type": "HowToStep", "text": "밥을	넣는다."}]}]}
]}--></script></head>
<body><div itemscope itemtype="https://schema.org/Recipe"><h1 itemprop="name">김치볶음밥</h1>
<time itemprop="totalTime" datetime="PT25M">25분</time><ul><li itemprop="recipeIngredient">½ cup oil</ul>
<ol itemprop="recipeInstructions"><li>1. Fry<li>2. Serve</ol></div>
<h2>재료</h2><ul><li>밥 2공기<li>김치 1컵</ul><h2>만드는 법</h2><p>1. 볶는다. 2. 낸다.</p></body></html>"##;

/// Pieces that start what the readers look for.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<script type=application/ld+json>".to_owned()),
        Just("</script>".to_owned()),
        Just(r#"{"@type":"Recipe","recipeIngredient":["#.to_owned()),
        Just(r#""\ud83c\u00"#.to_owned()),
        Just("<div itemscope itemtype=//schema.org/Recipe itemref='a a'>".to_owned()),
        Just("<li itemprop='recipeInstructions ingredients' id=a>".to_owned()),
        Just("<h2>Ingredients</h2>".to_owned()),
        Just("<p>Prep time 1½ h".to_owned()),
        Just("1. Boil 2. 3)".to_owned()),
        "[<>/a-z\"'=&;#0-9½분 ]{0,12}",
        ".{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes(page in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read_bytes(&page);
    }

    #[test]
    fn a_page_cut_off_and_disturbed(end in 0..=PAGE.len(), at in 0..PAGE.len(), byte in any::<u8>()) {
        let mut page = PAGE.as_bytes()[..end].to_vec();
        if let Some(slot) = page.get_mut(at) {
            *slot = byte;
        }
        let _ = read_bytes(&page);
    }

    #[test]
    fn pieces_in_any_order(pieces in prop::collection::vec(piece(), 0..40)) {
        let _ = read(&pieces.concat());
    }
}

#[test]
fn the_undisturbed_page() {
    let recipe = read(PAGE).expect("the page holds a recipe");
    assert_eq!(recipe.title, "김치볶음밥 & 계란");
    assert_eq!(recipe.ingredients, ["밥 2공기", "김치 1컵"]);
    assert_eq!(recipe.steps, ["김치를 볶는다.", "밥을 넣는다."]);
    assert_eq!(recipe.servings.as_deref(), Some("2인분"));
    assert_eq!((recipe.prep_minutes, recipe.cook_minutes, recipe.total_minutes), (Some(10), Some(15), Some(25)));
    assert_eq!(recipe.author.as_deref(), Some("우리집 부엌"));
    assert_eq!(recipe.language.as_deref(), Some("ko"));
}
