//! Busan's list of places to eat (부산광역시_부산맛집정보, data.go.kr 15063472) as a table: name, position, address, phone,
//! hours and days off as people write them, dishes and prices.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{MenuItem, Place, PlaceKind};
use hnh_domain::source::{Provenance, Source};
use hnh_hours::korean;
use serde::Deserialize;

use super::RecordSink;
use super::sanitize::{LINE, NAME, clean, place_name, website};

/// Dishes kept of one menu.
const MOST_DISHES: usize = 100;

/// A word of the list's kinds, the kind of place, and its cuisine in OpenStreetMap's spelling. The first that is in the text
/// counts; where the list says nothing, nothing is known.
const KINDS: &[(&str, PlaceKind, &[&str])] = &[
    ("베이커리", PlaceKind::Bakery, &[]),
    ("케이크", PlaceKind::Bakery, &[]),
    ("구움과자", PlaceKind::Bakery, &[]),
    ("커피", PlaceKind::Cafe, &["coffee_shop"]),
    ("카페", PlaceKind::Cafe, &[]),
    ("와인바", PlaceKind::Bar, &[]),
    ("이자카야", PlaceKind::Pub, &["japanese"]),
    ("스시", PlaceKind::Restaurant, &["sushi", "japanese"]),
    ("일식", PlaceKind::Restaurant, &["japanese"]),
    ("가이세키", PlaceKind::Restaurant, &["japanese"]),
    ("데판야키", PlaceKind::Restaurant, &["japanese"]),
    ("중식", PlaceKind::Restaurant, &["chinese"]),
    ("중국", PlaceKind::Restaurant, &["chinese"]),
    ("북경", PlaceKind::Restaurant, &["chinese"]),
    ("차이니즈", PlaceKind::Restaurant, &["chinese"]),
    ("완탕", PlaceKind::Restaurant, &["chinese"]),
    ("프랑스", PlaceKind::Restaurant, &["french"]),
    ("이탈리아", PlaceKind::Restaurant, &["italian"]),
    ("파스타", PlaceKind::Restaurant, &["italian", "pasta"]),
    ("피자", PlaceKind::Restaurant, &["pizza"]),
    ("태국", PlaceKind::Restaurant, &["thai"]),
    ("베트남", PlaceKind::Restaurant, &["vietnamese"]),
    ("튀르키예", PlaceKind::Restaurant, &["turkish"]),
    ("스테이크", PlaceKind::Restaurant, &["steak_house"]),
    ("아메리칸", PlaceKind::Restaurant, &["american"]),
    ("생선회", PlaceKind::Restaurant, &["korean", "seafood"]),
    ("", PlaceKind::Restaurant, &["korean"]),
];

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    kind: String,
    district: String,
    lat: f64,
    lon: f64,
    address: String,
    phone: String,
    website: String,
    hours: String,
    closed: String,
    dishes: String,
    prices: String,
    /// The earlier row of the same place.
    same_as: String,
}

/// Reads tables.
///
/// # Errors
/// When a file cannot be read or is not such a table.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    paths.iter().try_for_each(|path| table(path, sink))
}

fn table(path: &Path, sink: &mut RecordSink<'_>) -> Result<()> {
    let mut table = csv::Reader::from_reader(sink.open(path)?);
    let headers = table.headers().with_context(|| path.display().to_string())?.clone();
    for (row, record) in table.records().enumerate() {
        let at = format!("{}, line {}", path.display(), row + 2);
        let record = record.with_context(|| at.clone())?;
        match record.deserialize::<Row>(Some(&headers)) {
            Ok(row) if !row.same_as.is_empty() => {}
            Ok(row) => match place(row) {
                Ok(place) => sink.place(&at, place)?,
                Err(reason) => sink.refuse(&at, &reason)?,
            },
            Err(error) => sink.refuse(&at, &error)?,
        }
    }
    Ok(())
}

fn place(row: Row) -> Result<Place, String> {
    let provenance = Provenance::new(Source::Busan, clean(&row.id, 40).ok_or("no id")?);
    let (_, kind, cuisines) = KINDS
        .iter()
        .find(|(word, ..)| row.kind.contains(word))
        .filter(|_| !row.kind.trim().is_empty())
        .unwrap_or(&("", PlaceKind::Restaurant, &[]));
    let name = place_name(&row.name).ok_or("no name")?;
    let position = LatLon::new(row.lat, row.lon).map_err(|error| error.to_string())?;
    Ok(Place {
        address: clean(&row.address, LINE),
        district: clean(&row.district, NAME),
        phone: clean(&row.phone, 60),
        website: website(&row.website),
        cuisines: cuisines.iter().map(|cuisine| (*cuisine).to_owned()).collect(),
        menu: menu(&row.dishes, &row.prices),
        hours: hours(&row.hours, &row.closed),
        ..Place::new(provenance, name, *kind, position)
    })
}

/// Hours with the days off in one text that reads the same; none where they are not understood.
pub(super) fn hours(hours: &str, closed: &str) -> Option<String> {
    let form = korean::standard_form(hours, closed)?;
    let together = if closed.trim().is_empty() { hours.to_owned() } else { format!("{hours} / 휴무 {closed}") };
    let same = |text: &str| korean::standard_form(text, "").as_deref() == Some(form.as_str());
    let kept = [together, hours.to_owned()].into_iter().find(|text| same(text)).unwrap_or(form);
    clean(&kept, LINE)
}

/// `a;b` and `a=8000;b=9000-12000`: dishes with their prices in won.
fn menu(dishes: &str, prices: &str) -> Vec<MenuItem> {
    let prices: Vec<(&str, &str)> = prices.split(';').filter_map(|price| price.rsplit_once('=')).collect();
    let items = dishes.split(';').filter_map(|dish| {
        let name = clean(dish, NAME)?;
        let price = prices.iter().find(|(known, _)| known.trim() == dish.trim()).map(|(_, won)| in_won(won));
        Some(MenuItem { name, mark: None, on_request: None, price })
    });
    items.take(MOST_DISHES).collect()
}

/// `50000-80000` as `50,000–80,000원`.
pub(super) fn in_won(amounts: &str) -> String {
    let grouped = |digits: &str| {
        let mut grouped = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.chars().all(|c| c.is_ascii_digit()) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    };
    let amounts: Vec<String> = amounts.trim().split('-').map(grouped).collect();
    format!("{}원", amounts.join("–"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            id: "72".into(),
            name: "만호갈미샤브샤브".into(),
            kind: "생선회".into(),
            district: "강서구".into(),
            lat: 35.101_425,
            lon: 128.929_14,
            address: "부산광역시 강서구 르노삼성대로 602".into(),
            phone: "051-271-4389".into(),
            website: String::new(),
            hours: "화~금 11:00-15:30 / 17:00-21:30; (20:30 라스트오더); 주말 11:00-21:30; (20:30 라스트오더)".into(),
            closed: String::new(),
            dishes: "갈미샤브샤브;갈미조개삼겹살".into(),
            prices: "갈미샤브샤브=50000-80000".into(),
            same_as: String::new(),
        }
    }

    #[test]
    fn a_row_becomes_a_place_with_hours_and_prices() {
        let place = place(row()).unwrap();
        assert_eq!(place.cuisines, ["korean", "seafood"]);
        assert_eq!(place.menu[0].price.as_deref(), Some("50,000–80,000원"));
        assert_eq!(place.menu[1].price, None);
        assert!(hnh_hours::Hours::parse(place.hours.as_deref().unwrap(), Some("KR")).is_ok());
        let unknown = super::place(Row { kind: String::new(), hours: "1부 18시".into(), ..row() }).unwrap();
        assert!(unknown.cuisines.is_empty() && unknown.hours.is_none());
    }

    #[test]
    fn days_off_are_kept_with_the_hours() {
        assert_eq!(hours("10:00~21:00", "매주 일요일").as_deref(), Some("10:00~21:00 / 휴무 매주 일요일"));
        assert_eq!(hours("10:00~21:00", "연중무휴").as_deref(), Some("10:00~21:00"));
        assert_eq!(hours("10:00~21:00", "미정"), None);
    }
}
