//! Every importer on the real files it is for: all rows are read, and the odd ones are reported.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

mod shared_data;

use std::path::Path;

use hnh_domain::foods::Food;
use hnh_domain::label::Presence;
use hnh_domain::nutrient::Nutrient;
use hnh_domain::places::{MenuMark, Offer, Place, PlaceDiet, PlaceKind};
use hnh_domain::recipes::{NutritionBasis, Recipe};
use hnh_ingest::import::{Importer, Stats, import};
use hnh_ingest::records::{Record, RecordReader, SourceStore, file_name};

/// Imports files of the open data; none when it is not there.
fn run<R: Record>(source: &str, paths: &[&str]) -> Option<(Stats, Vec<R>)> {
    let paths: Vec<_> = paths.iter().map(|path| shared_data::file(path)).collect::<Option<_>>()?;
    let folder = tempfile::tempdir().unwrap();
    let store = SourceStore::new(folder.path());
    let summary = import(&store, Importer::named(source).unwrap(), &paths, &mut |_| {}).unwrap();
    let records = read(&summary.report.with_file_name(file_name::<R>()));
    assert_eq!(records.len() as u64, summary.stats.kept);
    Some((summary.stats, records))
}

fn read<R: Record>(path: &Path) -> Vec<R> {
    RecordReader::open(path).unwrap().map(Result::unwrap).collect()
}

#[test]
fn seoul() {
    let Some((stats, places)) = run::<Place>("seoul", &["restaurants/seoul_vegetarian.geojson"]) else { return };
    assert_eq!((stats.kept, stats.refused), (1_010, 0));
    assert!(places.iter().all(|p| p.zone.as_deref() == Some("Asia/Seoul") && p.country.as_deref() == Some("KR")));
    assert!(places.iter().all(|p| p.name.ko.is_some() || p.name.en.is_some()));
    let dishes = || places.iter().flat_map(|p| &p.menu);
    let vegan = dishes().filter(|d| d.mark == Some(MenuMark::Vegan)).count();
    assert_eq!(vegan, 3_209 + 6, "3,209 plain marks and six with something on request");
    assert!(dishes().all(|d| !d.name.is_empty() && !d.name.contains("비건)")));
    let vegan = |offer| places.iter().filter(|p| p.diets.get(&PlaceDiet::Vegan) == Some(&offer)).count();
    assert_eq!([Offer::Only, Offer::Yes, Offer::Limited].map(vegan), [78, 121, 687]);
    assert_eq!(places.iter().filter(|p| p.kind == PlaceKind::Cafe).count(), 81);
}

#[test]
fn world() {
    let Some((stats, places)) = run::<Place>("world", &["restaurants/world_veg_places.geojson.gz"]) else { return };
    assert_eq!((stats.kept, stats.refused, stats.passed_over), (53_858, 0, 338), "some have no name, or are gone");
    let only = places.iter().filter(|p| p.diets.get(&PlaceDiet::Vegan) == Some(&Offer::Only)).count();
    assert_eq!(only, 2_859);
    assert!(places.iter().all(|p| p.diets.get(&PlaceDiet::Vegetarian).is_some_and(|o| o.serves())));
    assert!(places.iter().all(|p| p.website.as_deref().is_none_or(|w| w.to_lowercase().starts_with("http"))));
    let zoned = places.iter().filter(|p| p.zone.is_some() && p.country.is_some()).count();
    assert!(zoned > 53_700, "{zoned} have a zone and a country");
    let berlin = places.iter().filter(|p| p.district.as_deref() == Some("Berlin"));
    assert!(berlin.clone().count() > 500 && berlin.clone().all(|p| p.zone.as_deref() == Some("Europe/Berlin")));
}

#[test]
fn usda() {
    let Some((stats, foods)) = run::<Food>("usda", &["foods/usda_sr28"]) else { return };
    assert_eq!((stats.kept, stats.refused), (8_790, 0));
    assert_eq!(foods.iter().map(|f| f.portions.len()).sum::<usize>(), 15_438);
    let butter = foods.iter().find(|f| f.provenance.source_id == "01001").unwrap();
    assert_eq!(butter.nutrients.get(Nutrient::Energy), Some(717.0));
    assert_eq!(butter.nutrients.get(Nutrient::TransFat), None);
    assert_eq!(butter.portions[2].grams, 227.0);
    let banana = foods.iter().find(|f| f.provenance.source_id == "09040").unwrap();
    assert_eq!(banana.refuse_pct, Some(36.0));
}

#[test]
fn mfds() {
    let Some((raw, foods)) = run::<Food>("mfds", &["foods/mfds/raw_materials.csv"]) else { return };
    assert_eq!((raw.kept, raw.refused), (3_666, 0));
    assert!(foods.iter().any(|f| f.nutrients.get(Nutrient::Sodium).is_none()));
    let (dishes, foods) = run::<Food>("mfds", &["foods/mfds/dishes.csv"]).unwrap();
    assert_eq!((dishes.kept, dishes.refused), (12_242, 0));
    let stew = foods.iter().find(|f| f.provenance.source_id == "D106-268000000-0001").unwrap();
    assert_eq!((stew.name.ko.as_deref(), stew.portions[0].grams), (Some("꽃게탕"), 600.0));
    let (both, _) = run::<Food>("mfds", &["foods/mfds"]).unwrap();
    assert_eq!(both.kept, 15_908);
}

#[test]
fn cookrcp() {
    let Some((stats, recipes)) = run::<Recipe>("cookrcp", &["recipes/mfds/COOKRCP01.json"]) else { return };
    assert_eq!((stats.kept, stats.refused), (655, 0));
    for r in &recipes {
        let title = r.title.ko.as_deref().unwrap();
        assert!(r.basis == NutritionBasis::Stated && r.allergens.is_empty(), "{title}");
        assert!(r.ingredients.len() >= 3 || r.ingredients.is_empty(), "{title}: {:?}", r.ingredients);
        assert!(!r.steps.is_empty(), "{title}");
        for step in &r.steps {
            let text = step.text.ko.as_deref().unwrap();
            assert!(!text.starts_with(['.', ')']), "{title}: {text}");
            assert!(!text.ends_with(".a") && !text.ends_with(".b") && !text.ends_with(".c"), "{title}: {text}");
        }
        assert!(r.diets.values().all(|f| f.state != Presence::MayContain));
    }
    // Two rows state no ingredients: "." and nothing.
    assert_eq!(recipes.iter().filter(|r| r.ingredients.is_empty()).count(), 2);
    let porridge = recipes.iter().find(|r| r.provenance.source_id == "17").unwrap();
    assert_eq!(porridge.nutrients.get(Nutrient::Sodium), Some(68.0));
    assert_eq!(porridge.ingredients.len(), 5);
    assert_eq!(porridge.ingredients[0].part.as_ref().and_then(|p| p.ko.as_deref()), Some("고구마죽"));
}

#[test]
fn osm_extracts() {
    // Eateries as another reader of the format counts them by their amenity alone; bars with food and
    // health food shops come on top, and one of Helsinki that is a restaurant and a café.
    for (file, eateries) in [("helsinki", 359), ("baltimore", 135), ("liechtenstein", 60), ("andorra", 53), ("nyc", 38)]
    {
        let path = format!("restaurants/osm/{file}.osm.pbf");
        let Some((stats, places)) = run::<Place>("osm", &[&path]) else { return };
        let is_eatery = |kind| {
            use PlaceKind::{Cafe, FastFood, FoodCourt, IceCream, Restaurant};
            matches!(kind, Restaurant | Cafe | FastFood | FoodCourt | IceCream)
        };
        assert_eq!(places.iter().filter(|p| is_eatery(p.kind)).count(), eateries, "{file}");
        assert_eq!(stats.refused, 0, "{file}");
        assert!(places.iter().all(|p| p.zone.is_some() && p.country.is_some()), "{file}");
    }
}
