//! GeoJSON FeatureCollections, feature by feature. Which source a feature is from shows in its
//! properties, so either importer takes either file.

use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow};
use hnh_domain::geo::LatLon;
use hnh_domain::places::Place;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{RecordSink, eateries, seoul, world};

/// A feature: where it is and what is said of it.
#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    geometry: Option<Geometry>,
    #[serde(default)]
    properties: Option<Map<String, Value>>,
}

#[derive(Debug, Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

/// Properties with their texts.
pub(super) struct Properties(Map<String, Value>);

impl Properties {
    /// A text, or a number as text; none when absent, null or blank.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let text = match self.0.get(key)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|k| self.0.contains_key(*k))
    }
}

/// Reads GeoJSON files.
///
/// # Errors
/// When a file cannot be read or is no FeatureCollection.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        let lines = Rc::new(Cell::new(1));
        let input = LineCounter { inner: sink.open(path)?, lines: Rc::clone(&lines) };
        let mut json = serde_json::Deserializer::from_reader(input);
        let mut failure = None;
        let collection = Collection { sink, lines, failure: &mut failure };
        let read = json.deserialize_map(collection).and_then(|()| json.end());
        if let Some(error) = failure {
            return Err(error);
        }
        read.with_context(|| format!("{} is not a whole GeoJSON FeatureCollection", path.display()))?;
    }
    Ok(())
}

/// The place a feature describes, none where it says that it is none, or why it cannot be used.
fn place(value: Value) -> Result<Option<Place>, String> {
    let feature: Feature = serde_json::from_value(value).map_err(|e| format!("not a GeoJSON feature: {e}"))?;
    let properties = Properties(feature.properties.unwrap_or_default());
    let make = if properties.has(&["menu", "cert"]) {
        seoul::place
    } else if properties.has(&["_id", "category"]) {
        world::place
    } else if properties.has(&["class", "subclass"]) {
        eateries::place
    } else {
        return Err("neither a Seoul restaurant (menu, cert) nor a world place (_id, category) nor an eatery of tiles (class, subclass)".into());
    };
    make(position(feature.geometry)?, &properties)
}

fn position(geometry: Option<Geometry>) -> Result<LatLon, String> {
    let geometry = geometry.ok_or("no position")?;
    if geometry.kind != "Point" {
        return Err(format!("its geometry is a {}, not a Point", hnh_domain::codes::shorten(&geometry.kind)));
    }
    let coordinate = |i: usize| geometry.coordinates.get(i).and_then(Value::as_f64).ok_or("no position");
    let at = LatLon::new(coordinate(1)?, coordinate(0)?).map_err(|e| e.to_string())?;
    if at.lat == 0.0 && at.lon == 0.0 {
        return Err("its position is 0, 0, which stands for an unknown one".into());
    }
    Ok(at)
}

/// Walks the collection's object.
struct Collection<'a, 'b> {
    sink: &'a mut RecordSink<'b>,
    lines: Rc<Cell<u64>>,
    failure: &'a mut Option<anyhow::Error>,
}

impl<'de> Visitor<'de> for Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "features" {
                found = true;
                map.next_value_seed(Features(&mut self))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err(serde::de::Error::custom("it has no list of features")) }
    }
}

/// Walks the list of features.
struct Features<'a, 'b, 'c>(&'a mut Collection<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Collection { sink, lines, failure } = self.0;
        let mut number = 0_u64;
        while let Some(value) = list.next_element::<Value>()? {
            number += 1;
            let at = format_args!("feature {number}, which ends on line {}", lines.get()).to_string();
            let kept = match place(value) {
                Ok(Some(place)) => sink.place(&at, place),
                Ok(None) => {
                    sink.skip();
                    Ok(())
                }
                Err(reason) => sink.refuse(&at, &reason),
            };
            if let Err(error) = kept {
                **failure = Some(anyhow!(error));
                return Err(serde::de::Error::custom("the import was stopped"));
            }
        }
        Ok(())
    }
}

/// Counts lines as they are read; the JSON reader takes byte after byte, so it is never ahead.
struct LineCounter<R> {
    inner: R,
    lines: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for LineCounter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let newlines = buffer[..n].iter().filter(|b| **b == b'\n').count();
        self.lines.set(self.lines.get() + newlines as u64);
        Ok(n)
    }
}
