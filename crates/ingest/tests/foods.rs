//! The food one means comes first in the starter catalogue; pages join without gaps.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use hnh_catalog::foods::{FoodIndex, build};
use hnh_domain::foods::{Food, FoodBasis, FoodCard, FoodGroup, FoodQuery};
use hnh_domain::nutrient::Nutrients;
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use hnh_ingest::starter::Starter;
use hnh_ingest::starter::names::FoodNames;

fn food(source: Source, code: &str, name: Text, group: FoodGroup) -> Food {
    let provenance = Provenance::new(source, code);
    Food {
        id: provenance.id(),
        provenance,
        name,
        group,
        basis: FoodBasis::Per100g,
        nutrients: Nutrients::default(),
        portions: Vec::new(),
        refuse_pct: None,
    }
}

fn cards(index: &FoodIndex, q: &str, limit: u32) -> Vec<FoodCard> {
    let query = FoodQuery { q: Some(q.into()), limit: Some(limit), ..FoodQuery::default() };
    let page = index.search(&query).unwrap();
    page.items.iter().map(|card| serde_json::from_str(card.get()).unwrap()).collect()
}

#[test]
fn the_plain_food_comes_first() {
    let starter = Starter::find(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("starter"))).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let names = FoodNames::load().unwrap();
    let foods = starter.foods().unwrap().map(|food| {
        let mut food = food.unwrap();
        names.complete(&mut food);
        food
    });
    build(dir.path(), foods.collect()).unwrap();
    let index = FoodIndex::open(dir.path()).unwrap();
    let mut wrong = Vec::new();
    for (words, first) in [
        ("kimchi", "Cabbage, kimchi"),
        ("김치", "배추김치"),
        ("ㄱㅊ", "배추김치"),
        ("egg", "Egg, whole, raw, fresh"),
        ("eggs", "Egg, whole, raw, fresh"),
        ("milk", "Milk, whole"),
        ("whole milk", "Milk, whole"),
        ("rice", "Rice,"),
        ("apple", "Apples, raw"),
        ("banana", "Bananas, raw"),
        ("olive oil", "olive oil"),
        ("spinach", "Spinach, raw"),
        ("사과", "사과"),
        ("달걀", "달걀"),
        ("계란", "달걀"),
        ("우유", "우유"),
        ("감자", "감자"),
        ("배추김치", "배추김치"),
        ("김치찌개", "김치찌개"),
        ("두부", "두부"),
        ("쌀", "흰쌀"),
        ("밥", "흰쌀밥"),
        ("potato", "Potato"),
        ("tofu", "Tofu"),
        ("chicken breast", "Chicken, "),
        ("bread", "Bread, "),
        ("onion", "Onions, raw"),
        ("돼지고기", "돼지고기"),
    ] {
        let found: Vec<String> =
            cards(&index, words, 6).iter().map(|c| c.name.iter().collect::<Vec<_>>().join(" | ")).collect();
        if !found.first().is_some_and(|f| f.split(" | ").any(|name| name.starts_with(first))) {
            wrong.push(format!("{words}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn some_foods() -> Vec<Food> {
    let groups = [FoodGroup::Kimchi, FoodGroup::Soups, FoodGroup::Dishes];
    let names = ["배추김치", "김치찌개", "김치, 볶음", "총각김치", "Kimchi", "Kimchi stew", "밥"];
    let all = (0..90).map(|i| food(Source::Mfds, &format!("R{i}"), Text::detect(names[i % 7]), groups[i % 3]));
    all.collect()
}

#[test]
fn pages_join_without_gaps_and_groups_filter() {
    let dir = tempfile::tempdir().unwrap();
    let foods = some_foods();
    build(dir.path(), foods.clone()).unwrap();
    let index = FoodIndex::open(dir.path()).unwrap();
    for query in [
        FoodQuery { q: Some("김치".into()), ..FoodQuery::default() },
        FoodQuery { q: Some("kimc".into()), group: vec![FoodGroup::Soups].into(), ..FoodQuery::default() },
        FoodQuery::default(),
    ] {
        let whole = index.search(&FoodQuery { limit: Some(200), ..query.clone() }).unwrap();
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let page = index.search(&FoodQuery { limit: Some(7), cursor: cursor.take(), ..query.clone() }).unwrap();
            assert_eq!(page.total, Some(whole.items.len() as u64));
            paged.extend(page.items.iter().map(|card| card.get()));
            let Some(next) = page.next else { break };
            cursor = Some(next);
        }
        assert_eq!(paged, whole.items.iter().map(|card| card.get()).collect::<Vec<_>>());
        assert!(!paged.is_empty());
    }
    let food = &foods[12];
    assert_eq!(index.get(food.id).as_ref(), Some(food));
    assert_eq!(index.get(uuid::Uuid::nil()), None);
    let forged = FoodQuery { cursor: Some("AAAA".into()), ..FoodQuery::default() };
    assert_eq!(index.search(&forged).unwrap_err().field, "cursor");
}
