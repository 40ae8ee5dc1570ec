//! OpenStreetMap extracts (`.osm.pbf`): places among nodes, ways and relations.
//!
//! A way or relation stands at the centre of its bounding box. A file lists nodes before ways before
//! relations, so it is read up to three times: places and the ways and relations that are places; the
//! ways that make up those relations; the nodes of all these ways. Memory grows with the places that
//! are buildings, not with the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::places::PlaceKind;
use osmpbf::{Element, ElementReader, RelMemberType};

use super::osm_tags::{Tags, kind, place};
use super::{RecordSink, geojson};

/// Reads extracts; a GeoJSON file among them is read as one.
///
/// # Errors
/// When a file cannot be read or is no OSM extract.
pub fn read(paths: &[PathBuf], sink: &mut RecordSink<'_>) -> Result<()> {
    for path in paths {
        if path.to_string_lossy().ends_with(".pbf") {
            read_extract(path, sink)
                .with_context(|| format!("{} is not a whole OSM extract (.osm.pbf)", path.display()))?;
        } else {
            geojson::read(std::slice::from_ref(path), sink)?;
        }
    }
    Ok(())
}

/// A way or relation that is a place.
struct Outline {
    id: i64,
    kind: PlaceKind,
    tags: Vec<(String, String)>,
    nodes: Vec<i64>,
    ways: Vec<i64>,
}

impl Outline {
    fn new(id: i64, kind: PlaceKind, tags: &Tags<'_>, nodes: Vec<i64>, ways: Vec<i64>) -> Self {
        let tags = tags.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self { id, kind, tags, nodes, ways }
    }
}

fn read_extract(path: &Path, sink: &mut RecordSink<'_>) -> Result<()> {
    let (mut ways, mut relations) = (Vec::new(), Vec::new());
    each(path, sink, |element, sink| {
        match element {
            Element::Node(node) => {
                return keep_node(node.id(), LatLon::new(node.lat(), node.lon()).ok(), &node.tags().collect(), sink);
            }
            Element::DenseNode(node) => {
                return keep_node(node.id(), LatLon::new(node.lat(), node.lon()).ok(), &node.tags().collect(), sink);
            }
            Element::Way(way) => {
                let tags: Tags<'_> = way.tags().collect();
                match kind(&tags) {
                    Some(kind) => ways.push(Outline::new(way.id(), kind, &tags, way.refs().collect(), Vec::new())),
                    None => sink.skip(),
                }
            }
            Element::Relation(relation) => {
                let tags: Tags<'_> = relation.tags().collect();
                let Some(kind) = kind(&tags) else {
                    sink.skip();
                    return Ok(());
                };
                let (mut nodes, mut parts) = (Vec::new(), Vec::new());
                for member in relation.members() {
                    match member.member_type {
                        RelMemberType::Node => nodes.push(member.member_id),
                        RelMemberType::Way => parts.push(member.member_id),
                        RelMemberType::Relation => {}
                    }
                }
                relations.push(Outline::new(relation.id(), kind, &tags, nodes, parts));
            }
        }
        Ok(())
    })?;

    let parts = nodes_of_ways(path, sink, &relations)?;
    for relation in &mut relations {
        relation.nodes.extend(relation.ways.iter().filter_map(|way| parts.get(way)).flatten());
    }
    let wanted: HashSet<i64> = ways.iter().chain(&relations).flat_map(|o| o.nodes.iter().copied()).collect();
    let positions = positions(path, sink, wanted)?;
    for (element, outlines) in [("way", ways), ("relation", relations)] {
        for outline in outlines {
            keep_outline(element, &outline, &positions, sink)?;
        }
    }
    Ok(())
}

/// Runs `visit` on every element; stops visiting at the first error.
fn each(
    path: &Path,
    sink: &mut RecordSink<'_>,
    mut visit: impl FnMut(Element<'_>, &mut RecordSink<'_>) -> Result<()>,
) -> Result<()> {
    let reader = ElementReader::new(sink.open(path)?);
    let mut outcome = Ok(());
    reader.for_each(|element| {
        if outcome.is_ok() {
            outcome = visit(element, sink);
        }
    })?;
    outcome
}

fn keep_node(id: i64, at: Option<LatLon>, tags: &Tags<'_>, sink: &mut RecordSink<'_>) -> Result<()> {
    // Most nodes are only corners of something.
    let Some(kind) = (!tags.is_empty()).then(|| kind(tags)).flatten() else {
        sink.skip();
        return Ok(());
    };
    keep(&format!("node/{id}"), at, kind, tags, sink)
}

fn keep_outline(
    element: &str,
    outline: &Outline,
    positions: &HashMap<i64, LatLon>,
    sink: &mut RecordSink<'_>,
) -> Result<()> {
    let tags: BTreeMap<&str, &str> = outline.tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let centre = centre(outline.nodes.iter().filter_map(|id| positions.get(id)));
    keep(&format!("{element}/{}", outline.id), centre, outline.kind, &tags, sink)
}

fn keep(id: &str, at: Option<LatLon>, kind: PlaceKind, tags: &Tags<'_>, sink: &mut RecordSink<'_>) -> Result<()> {
    match at {
        Some(at) => sink.place(&id, place(id, at, kind, tags)),
        None => sink.refuse(&id, &"the file has no position for it"),
    }
}

/// The nodes of the ways that are parts of relations, by way.
fn nodes_of_ways(path: &Path, sink: &mut RecordSink<'_>, relations: &[Outline]) -> Result<HashMap<i64, Vec<i64>>> {
    let wanted: HashSet<i64> = relations.iter().flat_map(|r| r.ways.iter().copied()).collect();
    let mut found = HashMap::new();
    if !wanted.is_empty() {
        each(path, sink, |element, _| {
            if let Element::Way(way) = element
                && wanted.contains(&way.id())
            {
                found.insert(way.id(), way.refs().collect());
            }
            Ok(())
        })?;
    }
    Ok(found)
}

fn positions(path: &Path, sink: &mut RecordSink<'_>, wanted: HashSet<i64>) -> Result<HashMap<i64, LatLon>> {
    let mut found = HashMap::with_capacity(wanted.len());
    if !wanted.is_empty() {
        each(path, sink, |element, _| {
            let (id, lat, lon) = match element {
                Element::Node(node) => (node.id(), node.lat(), node.lon()),
                Element::DenseNode(node) => (node.id(), node.lat(), node.lon()),
                _ => return Ok(()),
            };
            if wanted.contains(&id)
                && let Ok(at) = LatLon::new(lat, lon)
            {
                found.insert(id, at);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The middle of the positions' bounding box.
fn centre<'a>(positions: impl Iterator<Item = &'a LatLon>) -> Option<LatLon> {
    let mut bounds: Option<Bounds> = None;
    for p in positions {
        let b = bounds.get_or_insert(Bounds { west: p.lon, south: p.lat, east: p.lon, north: p.lat });
        b.west = b.west.min(p.lon);
        b.south = b.south.min(p.lat);
        b.east = b.east.max(p.lon);
        b.north = b.north.max(p.lat);
    }
    bounds.map(|b| b.center())
}
