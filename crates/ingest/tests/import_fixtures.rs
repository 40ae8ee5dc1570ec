//! Small files with broken rows: what is sound is kept, what is not is reported with its place and one
//! reason, and a file that is something else ends the import without touching what was imported before.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

mod osm_fixture;

use std::fs;
use std::path::PathBuf;

use hnh_domain::foods::{Food, FoodBasis, FoodGroup};
use hnh_domain::nutrient::Nutrient;
use hnh_domain::places::{Offer, Place, PlaceDiet, PlaceKind};
use hnh_domain::recipes::{Course, Recipe};
use hnh_domain::source::Source;
use hnh_ingest::import::{Importer, Stats, import};
use hnh_ingest::records::{Record, RecordReader, SourceStore, file_name};
use tempfile::TempDir;

/// A data folder with files to import.
struct Desk {
    folder: TempDir,
}

/// What an import left.
struct Outcome<R> {
    stats: Stats,
    records: Vec<R>,
    refusals: Vec<String>,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn import<R: Record>(&self, source: &str, files: &[PathBuf]) -> anyhow::Result<Outcome<R>> {
        let store = SourceStore::new(self.folder.path());
        let summary = import(&store, Importer::named(source)?, files, &mut |_| {})?;
        let records = summary.report.with_file_name(file_name::<R>());
        let records = RecordReader::open_if_there(&records)?.into_iter().flatten().map(Result::unwrap).collect();
        let report = fs::read_to_string(&summary.report)?;
        let (_, refusals) = report.split_once("\n\n").unwrap();
        Ok(Outcome { stats: summary.stats, records, refusals: refusals.lines().map(str::to_owned).collect() })
    }

    fn error(&self, source: &str, file: &PathBuf) -> String {
        let outcome = self.import::<Place>(source, std::slice::from_ref(file));
        format!("{:#}", outcome.err().expect("the import must be refused"))
    }
}

fn feature(properties: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{coordinates}}},"properties":{properties}}}"#
    )
}

#[test]
fn geojson_of_either_shape_is_known_by_its_properties() {
    let features = [
        feature(
            r#"{"id":7,"name":"보리밥집","category":"한식","cert":"채식음식점","menu":"보리밥(비건,락토가능)","phone":null}"#,
            "[126.98,37.56]",
        ),
        feature(
            r#"{"_id":12,"_type":"way","name":"Kopps","category":"vegan_only","icon":"restaurant","cuisine":"german","contact_website":"javascript:alert(1)"}"#,
            "[13.4,52.53]",
        ),
        feature(r#"{"_id":13,"_type":"node","name":" ","category":"vegan_only"}"#, "[13.4,52.53]"),
        feature(r#"{"_id":14,"_type":"node","name":"Nowhere","category":"vegan_only"}"#, "[13.4,152.53]"),
        feature(r#"{"_id":15,"_type":"node","name":"Odd","category":"meat_only"}"#, "[13.4,52.53]"),
        feature(r#"{"_id":12,"_type":"way","name":"Kopps again","category":"vegan_only"}"#, "[13.4,52.53]"),
        feature(r#"{"name":"Neither"}"#, "[13.4,52.53]"),
        r#"{"type":"Feature","geometry":null,"properties":{"_id":16,"_type":"node","name":"A","category":"vegan_only"}}"#.into(),
        "\"text\"".into(),
    ];
    let json = format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{}\n]}}", features.join(",\n"));
    let desk = Desk::new();
    let out: Outcome<Place> = desk.import("world", &[desk.file("both.geojson", json)]).unwrap();
    assert_eq!(out.stats, Stats { read: 9, kept: 2, refused: 7, passed_over: 0 });
    assert_eq!(
        out.refusals,
        [
            "feature 3, which ends on line 5: no name",
            "feature 4, which ends on line 6: lat: must be a number of degrees from -90 to 90",
            "feature 5, which ends on line 7: unknown category \"meat_only\"",
            "feature 6, which ends on line 8: an earlier row has the same id, way/12",
            "feature 7, which ends on line 9: neither a Seoul restaurant (menu, cert) nor a world place (_id, category) nor an eatery of tiles (class, subclass)",
            "feature 8, which ends on line 10: no position",
            "feature 9, which ends on line 11: not a GeoJSON feature: invalid type: string \"text\", expected struct Feature",
        ]
    );
    let (seoul, kopps) = (&out.records[0], &out.records[1]);
    assert_eq!((seoul.provenance.source, seoul.cuisines[0].as_str()), (Source::Seoul, "korean"));
    assert_eq!((seoul.phone.as_deref(), seoul.zone.as_deref()), (None, Some("Asia/Seoul")));
    assert_eq!(kopps.provenance.source_id, "way/12");
    assert_eq!((kopps.website.as_deref(), kopps.country.as_deref()), (None, Some("DE")));
    assert_eq!(kopps.diets[&PlaceDiet::Vegetarian], Offer::Only);
}

#[test]
fn a_file_that_is_something_else_keeps_what_was_there() {
    let desk = Desk::new();
    let good = format!(
        "{{\"features\":[{}]}}",
        feature(r#"{"_id":1,"_type":"node","name":"A","category":"vegan_only"}"#, "[1,2]")
    );
    let good = desk.file("good.geojson", good);
    desk.import::<Place>("world", std::slice::from_ref(&good)).unwrap();
    let cut = desk.file("cut.geojson", "{\"features\":[{\"type\":\"Fea");
    assert!(desk.error("world", &cut).contains("cut.geojson is not a whole GeoJSON FeatureCollection: EOF"));
    let list = desk.file("list.geojson", "[]");
    assert!(desk.error("world", &list).contains("is not a whole GeoJSON FeatureCollection"));
    let other = desk.file("other.geojson", "{\"type\":\"Topology\"}");
    assert!(desk.error("world", &other).contains("it has no list of features"));
    assert!(desk.error("mfds", &good).contains("is no food table of MFDS"));
    assert!(desk.error("usda", &good).contains("is no file of SR28"));
    assert!(desk.error("cookrcp", &good).contains("is no reply of COOKRCP01"));
    let pbf = desk.file("x.osm.pbf", "not a pbf at all");
    assert!(desk.error("osm", &pbf).contains("x.osm.pbf is not a whole OSM extract"));
    assert!(desk.error("world", &desk.folder.path().join("absent")).contains("cannot open"));
    assert!(Importer::named("yelp").is_err());
    // The first import is still there, whole.
    let kept = desk.folder.path().join("catalog/sources/world").join(file_name::<Place>());
    assert_eq!(RecordReader::<Place>::open(&kept).unwrap().map(Result::unwrap).count(), 1);
    assert!(!desk.folder.path().join("catalog/sources/mfds").exists());
}

#[test]
fn usda_rows_that_are_broken_are_named() {
    let desk = Desk::new();
    let table = desk.file(
        "foods.csv",
        "ndb_no,food_group,long_desc,energy_kcal,sodium_mg,refuse_pct\n\
         01123,Dairy and Egg Products,\"Egg, whole, raw\",143,,12\n\
         1123,Dairy and Egg Products,Egg,143,1,0\n\
         01124,Dairy and Egg Products,,52,166,0\n\
         01125,Dairy and Egg Products\n\
         01123,Dairy and Egg Products,Egg again,1,1,0\n",
    );
    let weights = desk
        .file("weights.txt", "~01123~^1^1^~large~^50.0^^\n~01123~^2^1^~cup~^^^\n~09999~^1^1^~ghost~^5^^\nrubbish\n");
    let out: Outcome<Food> = desk.import("usda", &[weights, table.clone()]).unwrap();
    assert_eq!(
        out.refusals,
        [
            "weights.txt, line 2: no weight in grams",
            "weights.txt, line 4: too few fields for a portion",
            "foods.csv, line 3: \"1123\" is no NDB number",
            "foods.csv, line 4: no name",
            "foods.csv, line 5: 2 fields where the header has 6",
            "foods.csv, line 6: an earlier row has the same id, 01123",
            "weights.txt, line 3: a portion of food 09999, which is not in the table",
        ]
    );
    let egg = &out.records[0];
    assert_eq!((out.records.len(), egg.group), (1, FoodGroup::Eggs));
    assert_eq!((egg.nutrients.get(Nutrient::Energy), egg.nutrients.get(Nutrient::Sodium)), (Some(143.0), None));
    assert_eq!((egg.portions.len(), egg.portions[0].name.en.as_deref()), (1, Some("1 large")));
    assert_eq!(egg.refuse_pct, Some(12.0));
    let alone = desk.file("w.txt", "~01123~^1^1^~large~^50.0^^\n");
    assert!(desk.error("usda", &alone).contains("the table per 100 g is missing"));
}

#[test]
fn mfds_rows_of_both_shapes() {
    let desk = Desk::new();
    let head = "식품코드,식품명,식품대분류명,대표식품명,영양성분함량기준량,에너지(kcal),나트륨(mg)";
    let dishes = desk.file(
        "dishes.csv",
        format!(
            "\u{feff}{head},식품중량,업체명\n\
             D1,피자_고구마,빵 및 과자류,피자,100g,250,,1205.,OO피자\n\
             D2,녹차라떼,음료 및 차류,라떼,100ml,60,0,473g,해당없음\n\
             D3,국,국 및 탕류,국,1인분,60,0,,\n\
             D4,,국 및 탕류,국,100g,60,0,,\n\
             D5,국,국 및 탕류\n"
        ),
    );
    let raw = desk.file("raw.csv", format!("{head},폐기율(%)\nR1,닭고기_가슴살_생것,육류,닭고기,100g,106,45,\nR1,닭고기_다리_생것,육류,닭고기,100g,120,70,30\n"));
    let out: Outcome<Food> = desk.import("mfds", &[dishes, raw]).unwrap();
    assert_eq!(
        out.refusals,
        [
            "dishes.csv, line 4: amounts for \"1인분\": only 100g and 100ml are understood (영양성분함량기준량)",
            "dishes.csv, line 5: no name (식품명)",
            "dishes.csv, line 6: 3 fields where the header has 9",
        ]
    );
    let [pizza, latte, breast, leg] = &out.records[..] else { panic!("{} foods", out.records.len()) };
    assert_eq!(pizza.name.ko.as_deref(), Some("피자, 고구마 (OO피자)"));
    assert_eq!((pizza.portions[0].grams, pizza.nutrients.get(Nutrient::Sodium)), (1205.0, None));
    assert_eq!((latte.basis, latte.nutrients.get(Nutrient::Sodium)), (FoodBasis::Per100ml, Some(0.0)));
    assert_eq!((breast.group, breast.refuse_pct, breast.portions.len()), (FoodGroup::Poultry, None, 0));
    assert_eq!((leg.provenance.source_id.as_str(), leg.refuse_pct), ("R1.2", Some(30.0)));
}

#[test]
fn cookrcp_rows() {
    let desk = Desk::new();
    let reply = desk.file(
        "reply.json",
        r#"{"COOKRCP01":{"row":[
            {"RCP_SEQ":"1","RCP_NM":"죽","RCP_PAT2":"밥","RCP_WAY2":"끓이기","RCP_PARTS_DTLS":"쌀 50g, 물 200ml","MANUAL01":"1. 끓인다.a","INFO_NA":""},
            {"RCP_SEQ":"2","RCP_NM":""}, {"RCP_SEQ":"3","RCP_NM":"빈 것"}, 7]}}"#,
    );
    let out: Outcome<Recipe> = desk.import("cookrcp", &[reply]).unwrap();
    assert_eq!(
        out.refusals,
        [
            "reply.json, row 2: no name (RCP_NM)",
            "reply.json, row 3: neither ingredients (RCP_PARTS_DTLS) nor steps (MANUAL01…)",
            "reply.json, row 4: not an object",
        ]
    );
    let porridge = &out.records[0];
    assert_eq!((porridge.course, porridge.ingredients.len()), (Course::Rice, 2));
    assert!(porridge.nutrients.is_empty());
    let refused = desk.file("refused.json", r#"{"RESULT":{"MSG":"인증키가 유효하지 않습니다.","CODE":"INFO-100"}}"#);
    assert!(desk.error("cookrcp", &refused).contains("the service answered \"인증키가 유효하지 않습니다.\""));
}

#[test]
fn recipe_pages_and_cooklang_of_a_folder() {
    let desk = Desk::new();
    let pages = desk.folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    let recipe = r#"{"@context":"https://schema.org","@type":"Recipe","name":"Leek soup","recipeYield":"4","recipeIngredient":["1 leek","1 l water"],"recipeInstructions":["Cut it.","Boil it."],"nutrition":{"@type":"NutritionInformation","calories":"120 kcal","sodiumContent":"0.3 g"}}"#;
    fs::write(pages.join("a.html"), format!("<html lang=en><script type=\"application/ld+json\">{recipe}</script>"))
        .unwrap();
    fs::write(pages.join("b.html"), "<p>About us</p>").unwrap();
    fs::write(pages.join("c.txt"), "ignored").unwrap();
    let out: Outcome<Recipe> = desk.import("recipe-page", std::slice::from_ref(&pages)).unwrap();
    assert_eq!(out.refusals.len(), 1);
    assert!(out.refusals[0].starts_with("b.html: the page holds no recipe"));
    let soup = &out.records[0];
    assert_eq!((soup.title.en.as_deref(), soup.servings), (Some("Leek soup"), Some(4.0)));
    assert_eq!(soup.nutrients.get(Nutrient::Sodium), Some(300.0));
    assert!(soup.allergens.is_empty());

    fs::write(pages.join("dal.cook"), "Boil @lentils{200%g}.").unwrap();
    fs::write(pages.join("empty.cook"), "").unwrap();
    let out: Outcome<Recipe> = desk.import("cooklang", std::slice::from_ref(&pages)).unwrap();
    assert_eq!(out.refusals, ["empty.cook: neither ingredients nor steps"]);
    assert_eq!(out.records[0].ingredients[0].grams, Some(200.0));
    assert!(desk.import::<Recipe>("mfds", &[pages]).is_err());
}

#[test]
fn wikibooks_dumps_packed_and_plain() {
    let page = |title: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>102</ns><revision><text xml:space=\"preserve\">{text}</text></revision></page>"
        )
    };
    let dump = [
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\">".to_owned(),
        page(
            "Cookbook:Lentil Soup",
            "==Ingredients==\n* 200 g lentils &amp; water\n==Procedure==\n# Boil &lt;b&gt;well&lt;/b&gt;.",
        ),
        page("Cookbook:Onion", "An onion."),
        page("Chess/Openings", "==Ingredients==\n* a board\n==Procedure==\n# Play."),
        page("Cookbook:Prose", "==Ingredients==\nFlour.\n==Procedure==\n# Mix."),
        "</mediawiki>".into(),
    ]
    .concat();
    let desk = Desk::new();
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    std::io::Write::write_all(&mut packed, dump.as_bytes()).unwrap();
    let files = [desk.file("a.xml", dump), desk.file("b.xml.bz2", packed.finish().unwrap())];
    for file in files {
        let out: Outcome<Recipe> = desk.import("wikibooks", &[file]).unwrap();
        assert_eq!(out.refusals, ["Cookbook:Prose: its ingredients are no list"]);
        assert_eq!((out.records.len(), out.stats.passed_over), (1, 2));
        let soup = &out.records[0];
        assert_eq!(soup.ingredients[0].name.en.as_deref(), Some("200 g lentils & water"));
        assert_eq!(soup.steps[0].text.en.as_deref(), Some("Boil well."));
        assert_eq!(soup.provenance.source.licence(), "CC BY-SA 4.0");
    }
}

#[test]
fn osm_nodes_ways_and_relations() {
    let desk = Desk::new();
    let extract = desk.file("town.osm.pbf", osm_fixture::town());
    let out: Outcome<Place> = desk.import("osm", &[extract]).unwrap();
    assert_eq!(out.refusals, ["way/21: the file has no position for it"]);
    let find = |id: &str| out.records.iter().find(|p| p.provenance.source_id == id);
    let cafe = find("node/1").unwrap();
    assert_eq!((cafe.kind, cafe.name.ko.as_deref()), (PlaceKind::Cafe, Some("카페")));
    assert_eq!(cafe.diets[&PlaceDiet::Vegan], Offer::Limited);
    let hall = find("way/20").unwrap();
    let is_centre = |p: &Place| (p.position.lat - 52.51).abs() < 1e-7 && (p.position.lon - 13.41).abs() < 1e-7;
    assert!(hall.kind == PlaceKind::FoodCourt && is_centre(hall), "{hall:?}");
    let nameless = find("node/2").unwrap();
    assert_eq!((nameless.name.ko.as_deref(), nameless.name.en.as_deref()), (Some("음식점"), Some("Restaurant")));
    let court = find("relation/30").unwrap();
    assert!(is_centre(court), "{court:?}");
    assert_eq!(court.zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(out.records.len(), 4);
    assert_eq!(out.stats.passed_over, 4 + 1, "four corners and the relation's way");
}
