//! A catalogue of a few records, whose version can be read off every record.

use std::fs;
use std::path::Path;

use hnh_domain::calls::CatalogueInfo;
use hnh_domain::foods::{Food, FoodBasis, FoodGroup};
use hnh_domain::geo::LatLon;
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::places::{Offer, Place, PlaceDiet, PlaceKind};
use hnh_domain::recipes::{Course, NutritionBasis, Recipe};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;

/// Records of each kind.
pub(crate) const RECORDS: usize = 12;

/// Writes a version into a catalogue folder and points at it. Every record's English name ends with
/// the version's.
pub(crate) fn build(catalogue: &Path, version: &str) {
    build_of(catalogue, version, RECORDS);
}

/// The same with so many places.
pub(crate) fn build_of(catalogue: &Path, version: &str, places: usize) {
    let folder = catalogue.join("versions").join(version);
    for kind in ["places", "recipes", "foods"] {
        fs::create_dir_all(folder.join(kind)).unwrap();
    }
    let places: Vec<Place> = (0..places).map(|i| place(i, version)).collect();
    let info = CatalogueInfo {
        version: version.to_owned(),
        places: places.len() as u64,
        recipes: RECORDS as u64,
        foods: RECORDS as u64,
        ..CatalogueInfo::default()
    };
    fs::write(folder.join("catalog.json"), serde_json::to_vec(&info).unwrap()).unwrap();
    hnh_catalog::areas::build(&folder, None, &places).unwrap();
    hnh_catalog::places::build(&folder.join("places"), places).unwrap();
    hnh_catalog::recipes::build(&folder.join("recipes"), (0..RECORDS).map(|i| recipe(i, version)).collect()).unwrap();
    hnh_catalog::foods::build(&folder.join("foods"), (0..RECORDS).map(|i| food(i, version)).collect()).unwrap();
    point_at(catalogue, version);
}

/// Moves the pointer to a version that was built before.
pub(crate) fn point_at(catalogue: &Path, version: &str) {
    fs::write(catalogue.join("CURRENT.new"), version).unwrap();
    fs::rename(catalogue.join("CURRENT.new"), catalogue.join("CURRENT")).unwrap();
}

fn provenance(kind: &str, i: usize) -> Provenance {
    Provenance::new(Source::Hnh, format!("test/{kind}/{i}"))
}

fn name(korean: &str, english: &str, i: usize, version: &str) -> Text {
    Text::both(format!("{korean} {i}"), format!("{english} {i} {version}"))
}

/// Places on a line to the east of Seoul City Hall, 100 m or so apart; every second one is vegan, the
/// first is open in the evening, the second never, and of the others nothing is known.
fn place(i: usize, version: &str) -> Place {
    let provenance = provenance("place", i);
    let position = LatLon::new(37.5663, 126.9779 + i as f64 * 0.001).unwrap();
    Place {
        district: Some("중구".into()),
        cuisines: vec!["korean".into()],
        diets: if i.is_multiple_of(2) { [(PlaceDiet::Vegan, Offer::Yes)].into() } else { Default::default() },
        hours: ["17:00-22:00", "off"].get(i).map(|hours| (*hours).to_owned()),
        zone: Some("Asia/Seoul".into()),
        country: Some("KR".into()),
        ..Place::new(provenance, name("두부집", "Tofu house", i, version), PlaceKind::Restaurant, position)
    }
}

/// Soups of 100, 200, … kcal.
fn recipe(i: usize, version: &str) -> Recipe {
    let provenance = provenance("recipe", i);
    let mut nutrients = Nutrients::default();
    nutrients.set(Nutrient::Energy, Some((i + 1) as f32 * 100.0));
    Recipe {
        id: provenance.id(),
        provenance,
        title: name("두부 국", "Tofu soup", i, version),
        summary: Text::default(),
        course: Course::Soup,
        cuisine: None,
        method: None,
        effort: None,
        servings: Some(2.0),
        prep_min: None,
        cook_min: None,
        total_min: Some(20),
        keywords: Vec::new(),
        ingredients: Vec::new(),
        steps: Vec::new(),
        nutrients,
        serving_g: None,
        basis: NutritionBasis::Stated,
        allergens: Default::default(),
        diets: Default::default(),
    }
}

fn food(i: usize, version: &str) -> Food {
    let provenance = provenance("food", i);
    let mut nutrients = Nutrients::default();
    nutrients.set(Nutrient::Sodium, Some(i as f32));
    Food {
        id: provenance.id(),
        provenance,
        name: name("두부", "Tofu", i, version),
        group: FoodGroup::Legumes,
        basis: FoodBasis::Per100g,
        nutrients,
        portions: Vec::new(),
        refuse_pct: None,
    }
}
