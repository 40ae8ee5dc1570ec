//! Named areas with their centres, to stand in for the device's position: Korea's provinces,
//! districts and neighbourhoods, and the cities of the world that the places are in.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use hnh_domain::calls::Area;
use hnh_domain::geo::LatLon;
use hnh_domain::hangul;
use hnh_domain::places::Place;
use hnh_domain::text::Text;
use serde::{Deserialize, Serialize};

/// The centres of Korean neighbourhoods in the starter: `code,sido,sigungu,emd,lat,lon`, zstd.
pub const AREAS_FILE: &str = "areas.csv.zst";
/// English names of Korean provinces and districts in the starter: `ko,en`.
const ENGLISH_FILE: &str = "area_names_en.csv";
/// Stations in the starter: `ko,en,also,lat,lon`; `also` are other names, separated by semicolons.
pub const STATIONS_FILE: &str = "stations.csv";
/// Other names of cities in the starter: `city,ko`, several separated by semicolons.
const CITIES_FILE: &str = "city_names_ko.csv";
/// The areas in a version's folder: JSON lines.
const VERSION_FILE: &str = "areas.jsonl";

/// A city counts from this many places on: fewer are villages and slips of the pen.
const PLACES_OF_A_CITY: u32 = 10;

/// Popular areas that are offered before anything is typed.
const STATIONS_SHOWN: usize = 6;
const CITIES_SHOWN: usize = 4;

/// The most that places add to a neighbourhood, so that its district stays before it.
const MOST_CROWDED: u32 = 1_000;

/// An area and what its place in the list depends on.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    area: Area,
    /// Greater areas first: how many places or neighbourhoods it has, or places near a neighbourhood or a station.
    weight: u32,
    /// Other names it is known by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

/// Writes the areas of a version.
///
/// # Errors
/// When the starter's list cannot be read or the disk refuses.
pub fn build(folder: &Path, starter: Option<&Path>, places: &[Place]) -> Result<usize> {
    let mut rows = Vec::new();
    let mut names = HashMap::new();
    if let Some(starter) = starter {
        let crowd = Crowd::of(places);
        rows = korean(starter, &crowd)?;
        rows.extend(stations(starter, &crowd)?);
        names = pairs(&starter.join(CITIES_FILE))?;
    }
    rows.extend(cities(places, &names));
    let mut out = String::new();
    for row in &rows {
        out.push_str(&serde_json::to_string(row)?);
        out.push('\n');
    }
    fs::write(folder.join(VERSION_FILE), out)?;
    Ok(rows.len())
}

/// Korea: the neighbourhoods of the list, and districts and provinces at the middle of theirs.
fn korean(starter: &Path, crowd: &Crowd) -> Result<Vec<Row>> {
    #[derive(Deserialize)]
    struct Neighbourhood {
        sido: String,
        sigungu: String,
        emd: String,
        lat: f64,
        lon: f64,
    }
    let path = starter.join(AREAS_FILE);
    let file = fs::File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let damaged = || format!("{} is damaged", path.display());
    let english = pairs(&starter.join(ENGLISH_FILE))?;
    let name = |parts: &[&str]| {
        // Smaller first, as English addresses go; without a gap, or not at all.
        let translated: Option<Vec<&str>> = parts.iter().rev().map(|p| english.get(*p).map(String::as_str)).collect();
        Text { ko: Some(parts.join(" ")), en: translated.map(|t| t.join(", ")), local: None }
    };
    let mut groups: BTreeMap<Vec<String>, Vec<LatLon>> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(zstd::Decoder::new(file)?).deserialize() {
        let n: Neighbourhood = row.with_context(damaged)?;
        let position = LatLon::new(n.lat, n.lon).with_context(damaged)?;
        let parts: Vec<&str> =
            [&n.sido, &n.sigungu, &n.emd].into_iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
        groups.entry(vec![n.sido.clone()]).or_default().push(position);
        if !n.sigungu.is_empty() {
            groups.entry(vec![n.sido.clone(), n.sigungu.clone()]).or_default().push(position);
        }
        rows.push(Row {
            area: Area { name: name(&parts), position },
            weight: crowd.around(position).min(MOST_CROWDED),
            also: Vec::new(),
        });
    }
    for (parts, centres) in groups {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let weight = u32::try_from(centres.len()).unwrap_or(u32::MAX).saturating_add(MOST_CROWDED);
        rows.push(Row { area: Area { name: name(&parts), position: middle(&centres) }, weight, also: Vec::new() });
    }
    Ok(rows)
}

/// The stations of the starter's list.
fn stations(starter: &Path, crowd: &Crowd) -> Result<Vec<Row>> {
    #[derive(Deserialize)]
    struct Station {
        ko: String,
        en: String,
        also: String,
        lat: f64,
        lon: f64,
    }
    let path = starter.join(STATIONS_FILE);
    let mut csv = csv::Reader::from_path(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let damaged = || format!("{} is damaged", path.display());
    let mut rows = Vec::new();
    for row in csv.deserialize() {
        let station: Station = row.with_context(damaged)?;
        let position = LatLon::new(station.lat, station.lon).with_context(damaged)?;
        rows.push(Row {
            area: Area { name: Text::both(station.ko, station.en), position },
            weight: crowd.around(position).min(MOST_CROWDED),
            also: station.also.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        });
    }
    Ok(rows)
}

/// How many places there are, by squares of a hundredth of a degree, about a kilometre.
struct Crowd(HashMap<(i32, i32), u32>);

impl Crowd {
    fn of(places: &[Place]) -> Self {
        let mut squares = HashMap::new();
        for place in places {
            *squares.entry(Self::square(place.position)).or_default() += 1;
        }
        Self(squares)
    }

    fn square(position: LatLon) -> (i32, i32) {
        ((position.lat * 100.0).floor() as i32, (position.lon * 100.0).floor() as i32)
    }

    /// The places in the square of a position and the eight about it.
    fn around(&self, position: LatLon) -> u32 {
        let (lat, lon) = Self::square(position);
        let squares = (lat - 1..=lat + 1).flat_map(|lat| (lon - 1..=lon + 1).map(move |lon| (lat, lon)));
        squares.filter_map(|square| self.0.get(&square)).sum()
    }
}

/// A table of names and what they are called elsewhere.
fn pairs(path: &Path) -> Result<HashMap<String, String>> {
    let mut csv = csv::Reader::from_path(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut names = HashMap::new();
    for row in csv.deserialize() {
        let (ko, en): (String, String) = row.with_context(|| format!("{} is damaged", path.display()))?;
        names.insert(ko, en);
    }
    Ok(names)
}

/// The cities that places name in their address, at the middle of their places. Positions far from the
/// middle would be another city of the same name in that country: the median keeps them from pulling.
fn cities(places: &[Place], names: &HashMap<String, String>) -> Vec<Row> {
    let mut cities: BTreeMap<(&str, &str), Vec<LatLon>> = BTreeMap::new();
    for place in places {
        // Seoul's places name districts, which the Korean list has.
        if let (Some(city), Some(country)) = (&place.district, &place.country)
            && country != "KR"
        {
            cities.entry((country, city)).or_default().push(place.position);
        }
    }
    let mut rows = Vec::new();
    for ((country, city), mut positions) in cities {
        let weight = u32::try_from(positions.len()).unwrap_or(u32::MAX);
        if weight >= PLACES_OF_A_CITY {
            let name = Text::detect(format!("{city}, {country}"));
            let also = names.get(city).map(|names| names.split(';').map(str::to_owned).collect()).unwrap_or_default();
            rows.push(Row { area: Area { name, position: median(&mut positions) }, weight, also });
        }
    }
    rows
}

fn middle(positions: &[LatLon]) -> LatLon {
    let n = positions.len().max(1) as f64;
    let sum = positions.iter().fold((0.0, 0.0), |(lat, lon), p| (lat + p.lat, lon + p.lon));
    rounded(sum.0 / n, sum.1 / n)
}

fn median(positions: &mut [LatLon]) -> LatLon {
    let at = positions.len() / 2;
    positions.sort_by(|a, b| a.lat.total_cmp(&b.lat));
    let lat = positions[at].lat;
    positions.sort_by(|a, b| a.lon.total_cmp(&b.lon));
    rounded(lat, positions[at].lon)
}

/// Five decimals are a metre: more is noise.
fn rounded(lat: f64, lon: f64) -> LatLon {
    let round = |x: f64| (x * 1e5).round() / 1e5;
    LatLon { lat: round(lat), lon: round(lon) }
}

/// The areas of a version, in memory: a few thousand short names.
#[derive(Debug, Default)]
pub struct AreaIndex {
    rows: Vec<Indexed>,
}

#[derive(Debug)]
struct Indexed {
    row: Row,
    /// All names in lower case, a line each.
    folded: String,
    /// The initial consonants of the Korean name, its parts apart.
    initials: String,
}

impl AreaIndex {
    /// Loads the areas of a version's folder.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn open(version: &Path) -> Result<Self> {
        let path = version.join(VERSION_FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let row = |line: &str| serde_json::from_str(line).with_context(|| format!("{} is damaged", path.display()));
        Ok(Self { rows: text.lines().map(|l| row(l).map(Indexed::new)).collect::<Result<_>>()? })
    }

    /// The areas whose name has every word, or whose parts begin with every run of initial consonants;
    /// whole words before beginnings before middles, then greater areas first.
    #[must_use]
    pub fn search(&self, q: &str, limit: usize) -> Vec<Area> {
        let folded = q.to_lowercase();
        let words: Vec<&str> = folded.split([' ', ',', '\t']).filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<(u32, &Indexed)> = self.rows.iter().filter_map(|r| Some((r.rank(&words)?, r))).collect();
        hits.sort_by(|(a, x), (b, y)| {
            a.cmp(b)
                .then(y.row.weight.cmp(&x.row.weight))
                .then(x.folded.len().cmp(&y.folded.len()))
                .then(x.folded.cmp(&y.folded))
        });
        hits.into_iter().take(limit).map(|(_, r)| r.row.area.clone()).collect()
    }

    /// Where most people would look who have not said where: the stations with the most places about them, and the largest
    /// cities.
    #[must_use]
    pub fn popular(&self) -> Vec<Area> {
        let first = |wanted: fn(&Indexed) -> bool, most: usize| {
            let mut rows: Vec<&Indexed> = self.rows.iter().filter(|row| wanted(row)).collect();
            rows.sort_by(|a, b| b.row.weight.cmp(&a.row.weight).then(a.folded.cmp(&b.folded)));
            rows.into_iter().take(most).map(|row| row.row.area.clone()).collect::<Vec<_>>()
        };
        let is_station = |row: &Indexed| row.row.area.name.en.as_deref().is_some_and(|name| name.contains(" Station"));
        let is_city = |row: &Indexed| row.row.area.name.ko.is_none();
        [first(is_station, STATIONS_SHOWN), first(is_city, CITIES_SHOWN)].concat()
    }

    /// Whether an area is called just that, in either language or by another of its names; "Berlin, DE" is called Berlin.
    #[must_use]
    pub fn is_called(&self, area: &Area, q: &str) -> bool {
        let q = q.trim().to_lowercase();
        let called = |r: &Indexed| {
            r.row.area == *area
                && r.folded
                    .split('\n')
                    .any(|name| name == q || name.split_once(", ").is_some_and(|(name, _)| name == q))
        };
        self.rows.iter().any(called)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Indexed {
    fn new(row: Row) -> Self {
        let names = row.area.name.iter().chain(row.also.iter().map(String::as_str));
        let folded = names.map(str::to_lowercase).collect::<Vec<_>>().join("\n");
        let parts = row.area.name.ko.as_deref().unwrap_or("").split(' ').map(hangul::initials);
        Self { initials: parts.collect::<Vec<_>>().join(" "), folded, row }
    }

    /// The sum over the words of how badly each matches; none when one does not.
    fn rank(&self, words: &[&str]) -> Option<u32> {
        words.iter().map(|w| self.rank_of(w)).sum()
    }

    fn rank_of(&self, word: &str) -> Option<u32> {
        if word.chars().all(hangul::is_initial) {
            let parts = self.initials.split(' ');
            return parts.filter(|p| p.starts_with(word)).map(|p| if p.len() == word.len() { 0 } else { 1 }).min();
        }
        // 명동1가 is a part of what people call 명동.
        let whole = |part: &str| part.trim_end_matches('가').trim_end_matches(|c: char| c.is_ascii_digit()) == word;
        let length = |part: &str| if whole(part) { word.len() } else { part.len() };
        let at_word = |text: &str| text.split([' ', ',', '\n', '-']).filter(|p| p.starts_with(word)).map(length).min();
        match at_word(&self.folded) {
            Some(n) if n == word.len() => Some(0),
            // "강남" is meant to be 강남구 before 강남대로: the suffix of an area's kind is one syllable.
            Some(n) if n <= word.len() + '구'.len_utf8() => Some(1),
            Some(_) => Some(2),
            None => self.folded.contains(word).then_some(4),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas() -> AreaIndex {
        let row = |ko: &str, en: &str, weight| {
            let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
            let name = Text { ko: text(ko), en: text(en), local: None };
            Indexed::new(Row {
                area: Area { name, position: LatLon { lat: 37.5, lon: 127.0 } },
                weight,
                also: if ko == "홍대입구역" { vec!["홍대".into()] } else { Vec::new() },
            })
        };
        AreaIndex {
            rows: vec![
                row("서울특별시 중구", "Jung-gu, Seoul", 70),
                row("서울특별시", "Seoul", 460),
                row("서울특별시 강남구 역삼동", "", 1),
                row("서울특별시 강남구", "Gangnam-gu, Seoul", 14),
                row("부산광역시 중구", "", 9),
                row("경상남도 양산시 명동", "", 1),
                row("서울특별시 중구 명동1가", "", 60),
                row("강남역", "Gangnam Station", 9),
                row("홍대입구역", "Hongdaeipgu Station", 40),
                row("", "Berlin, DE", 900),
                row("", "Bernau bei Berlin, DE", 12),
            ],
        }
    }

    fn first(q: &str) -> String {
        let found = areas().search(q, 1);
        found.first().map(|a| a.name.iter().next().unwrap_or("").to_owned()).unwrap_or_default()
    }

    #[test]
    fn words_initials_and_both_languages_find_areas() {
        assert_eq!(first("서울"), "서울특별시");
        assert_eq!(first("강남"), "서울특별시 강남구");
        assert_eq!(first("ㅇㅅㄷ"), "서울특별시 강남구 역삼동");
        assert_eq!(first("ㅅㅇ ㅈㄱ"), "서울특별시 중구");
        assert_eq!(first("부산 중구"), "부산광역시 중구");
        assert_eq!(first("명동"), "서울특별시 중구 명동1가");
        assert_eq!(first("gangnam"), "서울특별시 강남구");
        assert_eq!(first("강남역"), "강남역");
        assert_eq!(first("gangnam station"), "강남역");
        assert_eq!(first("홍대"), "홍대입구역");
        assert_eq!(first("berlin"), "Berlin, DE");
        assert_eq!(first("bern"), "Bernau bei Berlin, DE");
        assert!(areas().search("atlantis", 9).is_empty());
        assert!(areas().search("  ", 9).is_empty());
    }

    #[test]
    fn popular_are_stations_and_the_largest_cities() {
        let popular = areas().popular();
        let names: Vec<&str> = popular.iter().filter_map(|area| area.name.en.as_deref()).collect();
        assert_eq!(names, ["Hongdaeipgu Station", "Gangnam Station", "Berlin, DE", "Bernau bei Berlin, DE"]);
    }

    #[test]
    fn what_was_typed_may_be_just_what_it_is_called() {
        let areas = areas();
        let station = areas.search("홍대입구", 1).remove(0);
        assert!(areas.is_called(&station, "홍대 ") && areas.is_called(&station, "hongdaeipgu station"));
        assert!(!areas.is_called(&station, "홍대입"));
        let city = areas.search("berlin", 1).remove(0);
        assert!(areas.is_called(&city, "Berlin") && areas.is_called(&city, "Berlin, DE"));
        assert!(!areas.is_called(&city, "Ber") && !areas.is_called(&city, ""));
    }

    #[test]
    fn places_crowd_the_square_they_are_in_and_those_about_it() {
        let crowd = Crowd([((3756, 12697), 3), ((3757, 12698), 2), ((3759, 12698), 9)].into());
        assert_eq!(crowd.around(LatLon { lat: 37.561, lon: 126.985 }), 5);
        assert_eq!(crowd.around(LatLon { lat: -10.0, lon: 10.0 }), 0);
    }

    #[test]
    fn a_city_is_where_most_of_its_places_are() {
        let mut positions: Vec<LatLon> =
            (0..11).map(|i| LatLon { lat: 52.5 + f64::from(i) / 100.0, lon: 13.4 }).collect();
        positions.push(LatLon { lat: -33.0, lon: -70.0 });
        assert!((median(&mut positions).lat - 52.55).abs() < 0.02);
    }
}
