//! Recipes are found by every filter, counted exactly and paged without gaps, as a plain scan of the
//! same recipes says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hnh_catalog::recipes::{RecipeIndex, build};
use hnh_domain::label::{Allergen, Diet, Flag, Presence};
use hnh_domain::nutrient::{Nutrient, NutrientRange, Nutrients, Range};
use hnh_domain::page::FacetCount;
use hnh_domain::recipes::{
    Course, Effort, Ingredient, Recipe, RecipeCard, RecipeCuisine, RecipeFacets, RecipeQuery, RecipeSort, Step,
};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use proptest::prelude::*;
use uuid::Uuid;

fn recipe(number: u32, title: Text, ingredients: &[&str]) -> Recipe {
    let provenance = Provenance::new(Source::Hnh, number.to_string());
    Recipe {
        course: Course::Main,
        servings: Some(2.0),
        ingredients: ingredients
            .iter()
            .map(|name| Ingredient { name: Text::detect(*name), ..Ingredient::default() })
            .collect(),
        steps: vec![Step { text: Text::both("섞는다", "Mix it"), timer_s: None }],
        ..Recipe::new(provenance, title)
    }
}

fn flag(state: Presence) -> Flag {
    Flag { state, because: Vec::new() }
}

fn amounts(of: &[(Nutrient, f32)]) -> Nutrients {
    let mut nutrients = Nutrients::default();
    of.iter().for_each(|(n, amount)| nutrients.set(*n, Some(*amount)));
    nutrients
}

/// An index of the recipes, and the folder that holds it.
fn index(recipes: &[Recipe]) -> (tempfile::TempDir, RecipeIndex) {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), recipes.to_vec()).unwrap();
    let index = RecipeIndex::open(dir.path()).unwrap();
    (dir, index)
}

fn chips(words: &[&str]) -> RecipeQuery {
    RecipeQuery { q: words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>().into(), ..RecipeQuery::default() }
}

/// The titles found, in order.
fn titles(index: &RecipeIndex, query: &RecipeQuery) -> Vec<String> {
    let found = index.search(query).unwrap();
    assert_eq!(found.page.total, Some(found.page.items.len() as u64), "all fit on one page");
    let card = |json: &&serde_json::value::RawValue| serde_json::from_str::<RecipeCard>(json.get()).unwrap();
    found.page.items.iter().map(card).map(|c| c.title.iter().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_chip_must_be_found_somewhere() {
    let recipes = [
        recipe(1, Text::both("두부 김치", "Tofu with kimchi"), &["tofu", "김치 200g"]),
        recipe(2, Text::both("김치찌개", "Kimchi stew"), &["kimchi", "pork", "tofu"]),
        recipe(3, Text::both("마파두부", "Mapo tofu"), &["tofu", "chilli bean paste"]),
    ];
    let (_dir, index) = index(&recipes);
    assert_eq!(titles(&index, &chips(&["tofu", "kimchi"])), ["두부 김치", "김치찌개"], "more chips in the title first");
    assert_eq!(titles(&index, &chips(&["두부"])).len(), 2);
    assert_eq!(titles(&index, &chips(&["ㄱㅊ"])), titles(&index, &chips(&["김치"])));
    assert_eq!(titles(&index, &chips(&["tofuu", "kimhci"])).len(), 2, "a typo in each chip");
    assert_eq!(titles(&index, &chips(&["chili"])), ["마파두부"], "one letter of chilli left out");
    assert_eq!(titles(&index, &chips(&["tofu", "beef"])), [""; 0]);
    assert_eq!(titles(&index, &RecipeQuery::default()).len(), 3);
}

#[test]
fn only_what_is_certainly_free_passes() {
    let with = |number, state: Option<Presence>| Recipe {
        allergens: state.map(|s| (Allergen::TreeNut, flag(s))).into_iter().collect(),
        diets: state.map(|s| (Diet::Vegan, flag(s))).into_iter().collect(),
        ..recipe(number, Text::detect(format!("{state:?}")), &[])
    };
    let mut walnuts = with(6, Some(Presence::Free));
    walnuts.title = Text::detect("free of nuts but with walnuts");
    walnuts.allergens.insert(Allergen::Walnut, flag(Presence::Contains));
    let recipes = [
        with(1, Some(Presence::Free)),
        with(2, Some(Presence::Unknown)),
        with(3, Some(Presence::MayContain)),
        with(4, Some(Presence::Contains)),
        with(5, None),
        walnuts,
    ];
    let (_dir, index) = index(&recipes);
    let without = RecipeQuery { without: vec![Allergen::TreeNut].into(), ..RecipeQuery::default() };
    assert_eq!(titles(&index, &without), ["Some(Free)"]);
    let vegan = RecipeQuery { diet: vec![Diet::Vegan].into(), without: without.without.clone(), ..without };
    assert_eq!(titles(&index, &vegan), ["Some(Free)"]);
}

#[test]
fn unknown_amounts_pass_no_range() {
    let kcal = |number, kcal: Option<f32>| Recipe {
        nutrients: amounts(&kcal.map(|k| (Nutrient::Energy, k)).into_iter().collect::<Vec<_>>()),
        total_min: kcal.map(|k| k as u32 / 10),
        ..recipe(number, Text::detect(format!("{kcal:?}")), &[])
    };
    let (_dir, index) = index(&[kcal(1, Some(0.0)), kcal(2, Some(500.0)), kcal(3, Some(500.5)), kcal(4, None)]);
    let up_to = RecipeQuery { kcal: Some("..500".parse().unwrap()), ..RecipeQuery::default() };
    assert_eq!(titles(&index, &RecipeQuery { sort: Some(RecipeSort::Energy), ..up_to }), ["Some(0.0)", "Some(500.0)"]);
    let from = RecipeQuery { nutrients: vec!["energy:0..".parse().unwrap()].into(), ..RecipeQuery::default() };
    assert_eq!(titles(&index, &from).len(), 3);
    let quick = RecipeQuery { max_min: Some(49), ..RecipeQuery::default() };
    assert_eq!(titles(&index, &quick), ["Some(0.0)"]);
    let by_energy = RecipeQuery { sort: Some(RecipeSort::Energy), ..RecipeQuery::default() };
    assert_eq!(titles(&index, &by_energy).last().unwrap(), "None", "unknown comes last");
}

#[test]
fn a_recipe_comes_back_whole() {
    let recipes = [recipe(1, Text::detect("one"), &["salt"]), recipe(2, Text::detect("둘"), &["소금"])];
    let (_dir, index) = index(&recipes);
    for recipe in &recipes {
        assert_eq!(index.get(recipe.id).as_ref(), Some(recipe));
    }
    assert_eq!(index.get(Uuid::nil()), None);
    let empty = tempfile::tempdir().unwrap();
    build(empty.path(), Vec::new()).unwrap();
    let empty = RecipeIndex::open(empty.path()).unwrap();
    assert!(empty.is_empty());
    assert_eq!(empty.search(&chips(&["salt"])).unwrap().page.total, Some(0));
}

#[test]
fn a_cursor_belongs_to_its_query() {
    let recipes: Vec<Recipe> = (0..5).map(|i| recipe(i, Text::detect("soup"), &["water"])).collect();
    let (_dir, index) = index(&recipes);
    let first = RecipeQuery { limit: Some(2), ..chips(&["soup"]) };
    let next = index.search(&first).unwrap().page.next;
    assert!(index.search(&RecipeQuery { cursor: next.clone(), limit: Some(3), facets: true, ..first.clone() }).is_ok());
    for stranger in [
        RecipeQuery { cursor: next.clone(), ..chips(&["water"]) },
        RecipeQuery { cursor: next, sort: Some(RecipeSort::Title), ..first.clone() },
        RecipeQuery { cursor: Some("bm9uc2Vuc2U".into()), ..first },
    ] {
        assert_eq!(index.search(&stranger).unwrap_err().field, "cursor");
    }
}

const WORDS: [&str; 8] = ["tofu", "kimchi", "egg", "rice", "김치", "두부", "달걀", "밥"];

fn state() -> impl Strategy<Value = Presence> {
    prop::sample::select(vec![
        Presence::Free,
        Presence::Free,
        Presence::Unknown,
        Presence::MayContain,
        Presence::Contains,
    ])
}

prop_compose! {
    fn any_recipe()(
        title in prop::sample::subsequence(&WORDS[..], 1..3),
        ingredients in prop::sample::subsequence(&WORDS[..], 0..4),
        course in prop::sample::select(&Course::ALL[..3]),
        cuisine in prop::option::of(prop::sample::select(&RecipeCuisine::ALL[..3])),
        effort in prop::option::of(prop::sample::select(Effort::ALL)),
        total_min in prop::option::of(prop::sample::select(vec![10u32, 20, 30])),
        states in (state(), state(), state(), state()),
        energy in prop::option::of(prop::sample::select(vec![0.0f32, 100.0, 250.5, 500.0])),
        protein in prop::option::of(prop::sample::select(vec![0.0f32, 10.0, 20.0])),
    ) -> Recipe {
        let known = [(Nutrient::Energy, energy), (Nutrient::Protein, protein)];
        let known: Vec<_> = known.into_iter().filter_map(|(n, v)| Some((n, v?))).collect();
        Recipe {
            course, cuisine, effort, total_min,
            nutrients: amounts(&known),
            allergens: [(Allergen::Egg, flag(states.0)), (Allergen::Wheat, flag(states.1))].into(),
            diets: [(Diet::Vegan, flag(states.2)), (Diet::LowCarb, flag(states.3))].into(),
            ..recipe(0, Text::detect(title.join(" ")), &ingredients)
        }
    }
}

fn recipes() -> impl Strategy<Value = Vec<Recipe>> {
    prop::collection::vec(any_recipe(), 1..140).prop_map(|mut recipes| {
        for (i, recipe) in recipes.iter_mut().enumerate() {
            recipe.provenance.source_id = i.to_string();
            recipe.id = recipe.provenance.id();
        }
        recipes
    })
}

prop_compose! {
    fn any_query()(
        q in prop::sample::subsequence(&WORDS[..], 0..3),
        diet in prop::sample::subsequence(vec![Diet::Vegan, Diet::LowCarb], 0..2),
        without in prop::sample::subsequence(vec![Allergen::Egg, Allergen::Wheat], 0..2),
        course in prop::sample::subsequence(Course::ALL[..3].to_vec(), 0..3),
        cuisine in prop::sample::subsequence(RecipeCuisine::ALL[..3].to_vec(), 0..2),
        effort in prop::sample::subsequence(Effort::ALL.to_vec(), 0..2),
        kcal in prop::option::of(prop::sample::select(vec!["..250.5", "100..", "50..400"])),
        protein in prop::option::of(prop::sample::select(vec!["..10", "10..", "5..15"])),
        max_min in prop::option::of(prop::sample::select(vec![10u32, 20])),
        sort in prop::sample::select(RecipeSort::ALL),
    ) -> RecipeQuery {
        let range = |text: &str| text.parse::<Range>().unwrap();
        RecipeQuery {
            diet: diet.into(), without: without.into(), course: course.into(), cuisine: cuisine.into(),
            effort: effort.into(), max_min, sort: Some(sort), facets: true, limit: Some(200),
            kcal: kcal.map(range),
            nutrients: protein
                .map(|p| NutrientRange { nutrient: Nutrient::Protein, range: range(p) })
                .into_iter().collect::<Vec<_>>().into(),
            ..chips(&q)
        }
    }
}

/// What the query says, recipe by recipe.
fn passes(recipe: &Recipe, query: &RecipeQuery) -> bool {
    let free = |flag: Option<&Flag>| flag.is_some_and(|f| f.state == Presence::Free);
    let within = |amount: Option<f32>, range: Range| {
        amount.is_some_and(|a| range.min.is_none_or(|m| a >= m) && range.max.is_none_or(|m| a <= m))
    };
    let one_of = |empty: bool, any: bool| empty || any;
    query.q.iter().all(|chip| {
        recipe
            .title
            .iter()
            .chain(recipe.ingredients.iter().flat_map(|i| i.name.iter()))
            .any(|t| t.contains(chip.as_str()))
    }) && query.diet.iter().all(|d| free(recipe.diets.get(d)))
        && query.without.iter().all(|a| free(recipe.allergens.get(a)))
        && query.kcal.is_none_or(|r| within(recipe.nutrients.get(Nutrient::Energy), r))
        && query.nutrients.iter().all(|n| within(recipe.nutrients.get(n.nutrient), n.range))
        && query.max_min.is_none_or(|m| recipe.total_min.is_some_and(|t| t <= m))
        && one_of(query.course.is_empty(), query.course.contains(&recipe.course))
        && one_of(query.cuisine.is_empty(), recipe.cuisine.is_some_and(|c| query.cuisine.contains(&c)))
        && one_of(query.effort.is_empty(), recipe.effort.is_some_and(|e| query.effort.contains(&e)))
}

/// Counts per value among the recipes that pass.
fn counts<T: Copy>(
    all: &[Recipe],
    query: &RecipeQuery,
    values: &[T],
    code: impl Fn(T) -> &'static str,
    has: impl Fn(&Recipe, T) -> bool,
) -> Vec<FacetCount> {
    let count = |value| all.iter().filter(|r| passes(r, query) && has(r, value)).count() as u64;
    let counted = values.iter().map(|v| FacetCount { code: code(*v).to_owned(), count: count(*v) });
    counted.filter(|c| c.count > 0).collect()
}

fn facets(all: &[Recipe], query: &RecipeQuery) -> RecipeFacets {
    let but = |change: fn(&mut RecipeQuery)| {
        let mut query = query.clone();
        change(&mut query);
        query
    };
    let free = |flag: Option<&Flag>| flag.is_some_and(|f| f.state == Presence::Free);
    let (course, cuisine, effort) = (but(|q| q.course.clear()), but(|q| q.cuisine.clear()), but(|q| q.effort.clear()));
    RecipeFacets {
        course: counts(all, &course, Course::ALL, Course::code, |r, c| r.course == c),
        cuisine: counts(all, &cuisine, RecipeCuisine::ALL, RecipeCuisine::code, |r, c| r.cuisine == Some(c)),
        effort: counts(all, &effort, Effort::ALL, Effort::code, |r, e| r.effort == Some(e)),
        diet: counts(all, query, Diet::ALL, Diet::code, |r, d| free(r.diets.get(&d))),
        without: counts(all, query, Allergen::ALL, Allergen::code, |r, a| free(r.allergens.get(&a))),
    }
}

/// Whether two neighbours stand in the order asked for.
fn in_order(a: &Recipe, b: &Recipe, query: &RecipeQuery) -> bool {
    let up = |v: Option<f32>| v.unwrap_or(f32::INFINITY);
    let down = |v: Option<f32>| -v.unwrap_or(f32::NEG_INFINITY);
    let chips = |r: &Recipe| query.q.iter().filter(|c| r.title.iter().any(|t| t.contains(c.as_str()))).count() as f32;
    let known = |r: &Recipe| {
        [Nutrient::Energy, Nutrient::Protein].iter().filter(|n| r.nutrients.get(**n).is_some()).count() as f32
    };
    let key = |r: &Recipe| match query.sort.unwrap_or(RecipeSort::Relevance) {
        RecipeSort::Relevance => (-chips(r) * 100.0 - known(r), String::new()),
        RecipeSort::Energy => (up(r.nutrients.get(Nutrient::Energy)), String::new()),
        RecipeSort::Protein => (down(r.nutrients.get(Nutrient::Protein)), String::new()),
        RecipeSort::Time => (up(r.total_min.map(|m| m as f32)), String::new()),
        RecipeSort::Title => (0.0, r.title.iter().next().unwrap_or_default().to_owned()),
        RecipeSort::Sodium | RecipeSort::Fibre | RecipeSort::Sugar => (0.0, String::new()),
    };
    let (ka, kb) = (key(a), key(b));
    ka.0.total_cmp(&kb.0).then_with(|| ka.1.cmp(&kb.1)).then_with(|| a.id.cmp(&b.id)).is_lt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn agrees_with_a_scan(recipes in recipes(), queries in prop::collection::vec(any_query(), 12), size in 1u32..9) {
        let (_dir, index) = index(&recipes);
        for query in &queries {
            let found = index.search(query).unwrap();
            let mut json = Vec::new();
            index.search_json(query, &mut json).unwrap();
            prop_assert_eq!(String::from_utf8(json).unwrap(), serde_json::to_string(&found).unwrap());
            let ids: Vec<Uuid> = found.page.items.iter()
                .map(|card| serde_json::from_str::<RecipeCard>(card.get()).unwrap().id).collect();
            let by_id = |id: &Uuid| recipes.iter().find(|r| r.id == *id).unwrap();
            for pair in ids.windows(2) {
                prop_assert!(in_order(by_id(&pair[0]), by_id(&pair[1]), query), "{:?}", query);
            }
            let mut sorted = ids.clone();
            sorted.sort();
            let mut wanted: Vec<Uuid> = recipes.iter().filter(|r| passes(r, query)).map(|r| r.id).collect();
            wanted.sort();
            prop_assert_eq!(sorted, wanted);
            prop_assert_eq!(found.page.total, Some(ids.len() as u64));
            prop_assert_eq!(found.facets, Some(facets(&recipes, query)));
            prop_assert_eq!(found.page.next, None);

            let (mut paged, mut cursor) = (Vec::new(), None);
            loop {
                let page = RecipeQuery { limit: Some(size), cursor, facets: false, ..query.clone() };
                let mut json = Vec::new();
                index.search_json(&page, &mut json).unwrap();
                let page = index.search(&page).unwrap();
                prop_assert_eq!(String::from_utf8(json).unwrap(), serde_json::to_string(&page).unwrap());
                let page = page.page;
                paged.extend(page.items.iter().map(|c| serde_json::from_str::<RecipeCard>(c.get()).unwrap().id));
                cursor = page.next;
                if cursor.is_none() { break }
            }
            prop_assert_eq!(paged, ids);
        }
    }
}

#[test]
fn a_list_goes_on_in_the_next_version_of_the_catalogue() {
    let kcal = |number: u32| Recipe {
        nutrients: amounts(&[(Nutrient::Energy, (number / 2) as f32)]),
        ..recipe(number, Text::detect(format!("soup {}", number % 5)), &["water"])
    };
    let even: Vec<Recipe> = (0..20).step_by(2).map(kcal).collect();
    let all: Vec<Recipe> = (0..20).map(kcal).rev().collect();
    let ((_old_dir, old), (_new_dir, new)) = (index(&even), index(&all));
    for sort in RecipeSort::ALL {
        let query = RecipeQuery { sort: Some(*sort), ..chips(&["soup"]) };
        let first = old.search(&RecipeQuery { limit: Some(4), ..query.clone() }).unwrap().page;
        let rest = new.search(&RecipeQuery { cursor: first.next, ..query.clone() }).unwrap().page;
        let last = first.items.last().unwrap().get();
        let whole = new.search(&query).unwrap().page;
        let at = whole.items.iter().position(|card| card.get() == last).unwrap();
        let wanted: Vec<&str> = whole.items[at + 1..].iter().map(|card| card.get()).collect();
        assert_eq!(rest.items.iter().map(|card| card.get()).collect::<Vec<_>>(), wanted, "{sort}");
    }
}
