//! Searches without a network among 10,000 places and 2,000 recipes, beside SQLite looking through the same rows. A frame
//! lasts 16 ms: `cargo bench -p hnh-client --bench offline`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on must say where")]
#![expect(clippy::disallowed_methods, reason = "how long a search takes is what it is about")]

#[path = "../tests/host/mod.rs"]
mod host;

use std::time::{Duration, Instant};

use hnh_domain::calls::{SearchPlaces, SearchRecipes};
use hnh_domain::port::Handle;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::{Connection, params};
use serde_json::json;
use uuid::Uuid;

const PLACES: u32 = 10_000;
const RECIPES: u32 = 2_000;
const ROUNDS: u32 = 50;

const NAMES: [(&str, &str); 6] = [
    ("두부집", "Tofu house"),
    ("초록식당", "Green table"),
    ("보리밥", "Barley bowl"),
    ("채소가게", "Veggie corner"),
    ("된장마을", "Doenjang village"),
    ("비건분식", "Vegan snacks"),
];

fn place(i: u32) -> (Uuid, String) {
    let id = Uuid::from_u128(u128::from(i) + 1);
    let (ko, en) = NAMES[i as usize % NAMES.len()];
    let (lat, lon) = (37.4 + f64::from(i % 100) * 0.002, 126.9 + f64::from(i / 100) * 0.002);
    let days: Vec<_> = (0..31)
        .map(|day| json!({"date": format!("2026-{:02}-{:02}", 11 + day / 30, day % 30 + 1), "open": [["11:00", "15:00"], ["17:00", "22:00"]], "unknown": false}))
        .collect();
    let place = json!({"place": {"id": id, "name": {"ko": format!("{ko} {i}"), "en": format!("{en} {i}")}, "kind": "restaurant",
        "position": {"lat": lat, "lon": lon}, "provenance": {"source": "osm", "source_id": format!("node/{i}")},
        "cuisines": ["korean"], "diets": {"vegan": if i.is_multiple_of(3) { "only" } else { "yes" }}, "address": "서울특별시 강남구 테헤란로"},
        "utc_offset": 540, "days": days});
    (id, place.to_string())
}

fn recipe(i: u32) -> (Uuid, String) {
    let id = Uuid::from_u128(u128::from(i) + 1_000_000);
    let (ko, en) = NAMES[i as usize % NAMES.len()];
    let ingredients: Vec<_> = (0..12)
        .map(|n| json!({"name": {"ko": format!("재료 {n}"), "en": format!("ingredient {n}")}, "quantity": n, "unit": "g", "grams": n * 10}))
        .collect();
    let steps: Vec<_> = (0..6).map(|n| json!({"text": {"ko": format!("{n}. 썰고 볶고 끓여요. "), "en": format!("{n}. Chop, fry and simmer.")}})).collect();
    let recipe = json!({"id": id, "provenance": {"source": "hnh", "source_id": i.to_string()}, "title": {"ko": format!("{ko} 국 {i}"), "en": format!("{en} soup {i}")},
        "course": "soup", "total_min": i % 90, "ingredients": ingredients, "steps": steps, "basis": "summed",
        "nutrients": {"energy": i % 900, "protein": i % 40, "sodium": i % 1_500},
        "allergens": {"milk": {"state": if i.is_multiple_of(2) { "free" } else { "contains" }}}, "diets": {"vegan": {"state": "free"}}});
    (id, recipe.to_string())
}

fn fill(connection: &mut Connection) {
    let tx = connection.transaction().unwrap();
    let area = Uuid::from_u128(9).to_string();
    tx.execute(
        "INSERT INTO area (id, name, lat, lon, radius_m, made_ms, round, total, fetched_ms, paused) VALUES (?1, NULL, 37.5, 127.0, 30000, 0, 1, ?2, 1, 0)",
        params![area, PLACES],
    )
    .unwrap();
    for i in 0..PLACES {
        let (id, json) = place(i);
        tx.execute(
            "INSERT INTO area_place (area, place, json, round) VALUES (?1, ?2, ?3, 1)",
            params![area, id.to_string(), json],
        )
        .unwrap();
    }
    for i in 0..RECIPES {
        let (id, json) = recipe(i);
        tx.execute(
            "INSERT INTO record (kind, id, json, seen_ms, kept_ms) VALUES ('recipe', ?1, ?2, 1, 1)",
            params![id.to_string(), json],
        )
        .unwrap();
    }
    tx.commit().unwrap();
}

/// The middle and the longest of many times.
fn timed(mut work: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    (times[times.len() / 2], times[times.len() - 1])
}

fn print(what: &str, first: Duration, (middle, longest): (Duration, Duration), sqlite: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{what:<44} {:>7.2} ms, longest {:>7.2} ms, the first {:>7.1} ms; SQLite's LIKE {:>7.2} ms, {:.1} times as long",
        ms(middle),
        ms(longest),
        ms(first),
        ms(sqlite),
        ms(sqlite) / ms(middle)
    );
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hnh.db");
    let host = host::TestHost::new(|_| Err(Problem::new(ProblemCode::Offline)));
    drop(host.core(Connection::open(&file).unwrap()));
    let mut direct = Connection::open(&file).unwrap();
    fill(&mut direct);
    let core = host.core(Connection::open(&file).unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let like = |table: &str, word: &str| {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE json LIKE '%{word}%'");
        let count = || direct.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap();
        timed(|| assert!(count() >= 0)).0
    };
    println!("{PLACES} places, {RECIPES} recipes; a frame lasts 16 ms");
    for (query, word) in
        [("q=두부", "두부"), ("q=ㄷㅂㅈ", "ㄷㅂㅈ"), ("diet=vegan&open=now", "vegan"), ("q=tofu&only=vegan", "tofu")]
    {
        let query_string = format!("lat=37.5&lon=127.0&radius_m=30000&limit=50&{query}");
        let search = || {
            let query = serde_urlencoded::from_str(&query_string).unwrap();
            runtime.block_on(core.handle(SearchPlaces { query })).unwrap();
        };
        let began = Instant::now();
        search();
        print(&format!("places, {query}"), began.elapsed(), timed(search), like("area_place", word));
    }
    for (query, word) in [
        ("q=두부", "두부"),
        ("q=ㄷㅂㅈ", "ㄷㅂㅈ"),
        ("without=milk&kcal=..400&sort=protein", "milk"),
        ("q=ingredient,soup", "soup"),
    ] {
        let search = || {
            let query = serde_urlencoded::from_str(&format!("limit=24&{query}")).unwrap();
            runtime.block_on(core.handle(SearchRecipes { query })).unwrap();
        };
        let began = Instant::now();
        search();
        print(&format!("recipes, {query}"), began.elapsed(), timed(search), like("record", word));
    }
}
