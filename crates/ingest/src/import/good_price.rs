//! Shops that Korea's authorities list for their low prices (착한가격업소): Seoul's list with hours, and the country's with a
//! dish and its price. Few have a position; some have one that was reckoned from their street, the others are known by their
//! district.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{Accuracy, MenuItem, Place, PlaceKind};
use hnh_domain::source::{Provenance, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::RecordSink;
use super::busan::{hours, in_won};
use super::sanitize::{LINE, NAME, clean, place_name};
use crate::districts::Districts;

/// Seoul, whose list names its districts alone.
const SEOUL: &str = "서울특별시";

/// How the lists' kinds begin, and their cuisine in OpenStreetMap's spelling.
const KINDS: &[(&str, &[&str])] = &[
    ("한식", &["korean"]),
    ("중식", &["chinese"]),
    ("일식", &["japanese"]),
    ("양식", &["western"]),
    ("경양식", &["western"]),
];

/// A shop of Seoul's list.
#[derive(Deserialize)]
struct SeoulShop {
    id: String,
    name: String,
    kind: String,
    district: String,
    address: String,
    phone: String,
    hours: String,
    closed: String,
    year_month: String,
    lat: Option<f64>,
    lon: Option<f64>,
    same_as: String,
}

#[derive(Deserialize)]
struct Price {
    id: String,
    item: String,
    won: String,
    year: String,
}

#[derive(Deserialize)]
struct Reckoned {
    id: String,
    lat: f64,
    lon: f64,
}

/// A shop of the country's list.
#[derive(Deserialize)]
struct Shop {
    id: String,
    name: String,
    category: String,
    sido: String,
    sigungu: String,
    address: String,
    phone: String,
    dish: String,
    won: String,
}

/// Reads Seoul's list: the shops, and beside them their prices and the positions that were reckoned, told apart by their
/// columns.
///
/// # Errors
/// When a file cannot be read or is no such table.
pub fn read_seoul(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    let districts = Districts::load()?;
    let (mut shops, mut menus, mut reckoned) = (Vec::new(), HashMap::<String, Vec<MenuItem>>::new(), HashMap::new());
    for path in paths {
        let mut table = csv::Reader::from_reader(sink.open(path)?);
        let columns = table.headers().with_context(|| path.display().to_string())?.clone();
        let has = |column: &str| columns.iter().any(|known| known == column);
        if has("district") {
            for row in rows::<SeoulShop>(path, table)? {
                shops.push(row);
            }
        } else if has("item") {
            for row in rows::<Price>(path, table)? {
                let Ok(price) = row.1 else { continue };
                menus.entry(price.id.clone()).or_default().extend(priced(&price.item, &price.won, &price.year));
            }
        } else if has("street") {
            for row in rows::<Reckoned>(path, table)? {
                let Ok(row) = row.1 else { continue };
                reckoned.insert(row.id, (row.lat, row.lon));
            }
        } else {
            bail!("{} has none of the columns district, item or street", path.display());
        }
    }
    for (at, shop) in shops {
        match shop {
            Ok(shop) if !shop.same_as.is_empty() => sink.skip(),
            Ok(shop) => {
                let near = reckoned.get(&shop.id).copied();
                let menu = menus.remove(&shop.id).unwrap_or_default();
                match seoul_place(shop, near, menu, &districts) {
                    Ok(place) => sink.place(&at, place)?,
                    Err(reason) => sink.refuse(&at, &reason)?,
                }
            }
            Err(error) => sink.refuse(&at, &error)?,
        }
    }
    Ok(())
}

/// Reads the country's list.
///
/// # Errors
/// When a file cannot be read or is no such table.
pub fn read_korea(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    let districts = Districts::load()?;
    for path in paths {
        let table = csv::Reader::from_reader(sink.open(path)?);
        for (at, row) in rows::<Shop>(path, table)? {
            match row.map_err(|error| error.to_string()).and_then(|shop| place(shop, &districts)) {
                Ok(place) => sink.place(&at, place)?,
                Err(reason) => sink.refuse(&at, &reason)?,
            }
        }
    }
    Ok(())
}

type Row<T> = (String, Result<T, csv::Error>);

/// The rows with where they stand.
fn rows<T: DeserializeOwned>(path: &Path, table: csv::Reader<impl std::io::Read>) -> Result<Vec<Row<T>>> {
    let mut table = table;
    let headers = table.headers()?.clone();
    let mut rows = Vec::new();
    for (row, record) in table.records().enumerate() {
        let at = format!("{}, line {}", path.display(), row + 2);
        let record = record.with_context(|| at.clone())?;
        rows.push((at, record.deserialize(Some(&headers))));
    }
    Ok(rows)
}

fn seoul_place(
    shop: SeoulShop,
    reckoned: Option<(f64, f64)>,
    menu: Vec<MenuItem>,
    districts: &Districts,
) -> Result<Place, String> {
    let at = |lat, lon| LatLon::new(lat, lon).map_err(|error| error.to_string());
    let (position, accuracy) = match (shop.lat.zip(shop.lon), reckoned) {
        (Some((lat, lon)), _) => (at(lat, lon)?, Accuracy::Exact),
        (None, Some((lat, lon))) => (at(lat, lon)?, Accuracy::Street),
        (None, None) => (districts.middle(SEOUL, &shop.district).ok_or("no district")?, Accuracy::District),
    };
    let id = clean(&shop.id, 40).ok_or("no id")?;
    let provenance = Provenance::new(Source::SeoulGoodPrice, id);
    let provenance = if shop.year_month.is_empty() { provenance } else { provenance.as_of(shop.year_month) };
    let name = place_name(&shop.name).ok_or("no name")?;
    Ok(Place {
        accuracy,
        address: clean(&shop.address, LINE),
        district: clean(&shop.district, NAME),
        phone: clean(&shop.phone, 60),
        cuisines: cuisines(&shop.kind),
        menu,
        hours: hours(&shop.hours, &shop.closed),
        ..Place::new(provenance, name, PlaceKind::Restaurant, position)
    })
}

fn place(shop: Shop, districts: &Districts) -> Result<Place, String> {
    let provenance = Provenance::new(Source::GoodPrice, clean(&shop.id, 40).ok_or("no id")?);
    let name = place_name(&shop.name).ok_or("no name")?;
    let position = districts.middle(&shop.sido, &shop.sigungu).ok_or("no district")?;
    let district = [shop.sido.as_str(), shop.sigungu.as_str()].join(" ");
    // Most addresses of the list begin at the street.
    let whole = shop.address.starts_with(shop.sido.as_str()) || shop.address.is_empty();
    let address = if whole { shop.address.clone() } else { format!("{district} {}", shop.address) };
    Ok(Place {
        accuracy: Accuracy::District,
        address: clean(&address, LINE),
        district: clean(&district, NAME),
        phone: clean(&shop.phone, 60),
        cuisines: cuisines(&shop.category),
        menu: priced(&shop.dish, &shop.won, "2024").into_iter().collect(),
        // The middle of a district by the sea may lie in it.
        zone: Some("Asia/Seoul".into()),
        country: Some("KR".into()),
        ..Place::new(provenance, name, PlaceKind::Restaurant, position)
    })
}

fn cuisines(kind: &str) -> Vec<String> {
    let found = KINDS.iter().find(|(word, _)| kind.starts_with(word));
    found.map(|(_, cuisines)| cuisines.iter().map(|cuisine| (*cuisine).to_owned()).collect()).unwrap_or_default()
}

/// A dish with its price and the year of that.
fn priced(dish: &str, won: &str, year: &str) -> Option<MenuItem> {
    let price = won.bytes().all(|b| b.is_ascii_digit()) && !won.is_empty();
    Some(MenuItem {
        name: clean(dish, NAME)?,
        mark: None,
        on_request: None,
        price: price.then(|| format!("{} ({year})", in_won(won))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> SeoulShop {
        SeoulShop {
            id: "879".into(),
            name: "감베로니".into(),
            kind: "경양식/일식".into(),
            district: "용산구".into(),
            address: "서울특별시 용산구 한강대로81길 5 (갈월동)".into(),
            phone: "02-3273-1791".into(),
            hours: "11:00~21:00".into(),
            closed: "매주 일요일".into(),
            year_month: "2024-10".into(),
            lat: None,
            lon: None,
            same_as: String::new(),
        }
    }

    #[test]
    fn a_position_is_as_good_as_it_is_known() {
        let districts = Districts::load().unwrap();
        let made = |shop, reckoned| seoul_place(shop, reckoned, Vec::new(), &districts).unwrap();
        let exact = made(SeoulShop { lat: Some(37.54), lon: Some(126.97), ..shop() }, None);
        assert_eq!((exact.accuracy, exact.position.lat), (Accuracy::Exact, 37.54));
        assert_eq!(exact.provenance.as_of.as_deref(), Some("2024-10"));
        assert_eq!(exact.hours.as_deref(), Some("11:00~21:00 / 휴무 매주 일요일"));
        assert_eq!(made(shop(), Some((37.54299, 126.97169))).accuracy, Accuracy::Street);
        let unknown = made(shop(), None);
        assert_eq!(unknown.accuracy, Accuracy::District);
        assert!(unknown.position.distance_m(LatLon { lat: 37.53, lon: 126.98 }) < 3_000.0);
    }

    #[test]
    fn a_price_comes_with_its_year() {
        let districts = Districts::load().unwrap();
        let row = Shop {
            id: "3".into(),
            name: "이가네".into(),
            category: "한식_일반".into(),
            sido: "충청남도".into(),
            sigungu: "천안시 동남구".into(),
            address: "광덕면 자무실길 61-10".into(),
            phone: "041-522-4477".into(),
            dish: "청국장".into(),
            won: "7000".into(),
        };
        let made = place(row, &districts).unwrap();
        assert_eq!(made.menu[0].price.as_deref(), Some("7,000원 (2024)"));
        assert_eq!(made.address.as_deref(), Some("충청남도 천안시 동남구 광덕면 자무실길 61-10"));
        assert_eq!((made.accuracy, made.cuisines), (Accuracy::District, vec!["korean".to_owned()]));
        assert_eq!(priced("죽", "", "2021").unwrap().price, None);
    }
}
