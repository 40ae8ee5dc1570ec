//! The middles of Korea's districts, for what is known by its district alone.

use std::collections::HashMap;
use std::io::Read;

use anyhow::{Context, Result};
use hnh_domain::geo::LatLon;
use serde::Deserialize;

/// The centres of Korea's neighbourhoods: `code,sido,sigungu,emd,lat,lon`.
const NEIGHBOURHOODS: &[u8] = include_bytes!("../starter/areas.csv.zst");

/// Middles by the names of province and district; an empty name stands for the whole above it.
pub(crate) struct Districts(HashMap<(String, String), LatLon>);

impl Districts {
    /// Reads the list that comes with the program.
    ///
    /// # Errors
    /// When it is damaged.
    pub(crate) fn load() -> Result<Self> {
        #[derive(Deserialize)]
        struct Row {
            sido: String,
            sigungu: String,
            lat: f64,
            lon: f64,
        }
        let mut text = String::new();
        zstd::Decoder::new(NEIGHBOURHOODS)?.read_to_string(&mut text)?;
        let mut sums: HashMap<(String, String), (f64, f64, f64)> = HashMap::new();
        for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
            let row: Row = row.context("the list of districts is damaged")?;
            let levels = [(row.sido.clone(), row.sigungu), (row.sido, String::new()), <(String, String)>::default()];
            for level in levels {
                let sum = sums.entry(level).or_default();
                *sum = (sum.0 + row.lat, sum.1 + row.lon, sum.2 + 1.0);
            }
        }
        let round = |x: f64| (x * 1e5).round() / 1e5;
        let middle = |(lat, lon, n): (f64, f64, f64)| LatLon { lat: round(lat / n), lon: round(lon / n) };
        Ok(Self(sums.into_iter().map(|(name, sum)| (name, middle(sum))).collect()))
    }

    /// The middle of a district, of its province where the district is not known, else of the country.
    pub(crate) fn middle(&self, province: &str, district: &str) -> Option<LatLon> {
        let names = [(province, district), (province, ""), ("", "")];
        names
            .iter()
            .find_map(|(province, district)| self.0.get(&((*province).to_owned(), (*district).to_owned())))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_lies_where_it_lies() {
        let districts = Districts::load().unwrap();
        let gangnam = districts.middle("서울특별시", "강남구").unwrap();
        assert!(gangnam.distance_m(LatLon { lat: 37.5, lon: 127.05 }) < 5_000.0, "{gangnam:?}");
        assert_eq!(districts.middle("서울특별시", "없는구"), districts.middle("서울특별시", ""));
        assert_eq!(districts.middle("", ""), districts.middle("없는도", ""));
    }
}
