//! The nearest places that match, by a walk through the tree from the nearest node on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hnh_domain::geo::LatLon;
use uuid::Uuid;

use super::filter::Filter;
use super::format::FANOUT;
use super::sphere::{self, Point};
use super::tree::{NodeRef, Tree};

/// A place's position in the order: exact distance in metres, then id.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DistanceKey {
    pub(super) distance_m: f64,
    pub(super) id: Uuid,
}

impl DistanceKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.distance_m.total_cmp(&other.distance_m).then(self.id.cmp(&other.id))
    }
}

/// What to find.
pub(super) struct Nearest<'q> {
    pub(super) center: LatLon,
    /// Not farther than this.
    pub(super) radius_m: Option<u32>,
    /// Only what comes later in the order.
    pub(super) after: Option<DistanceKey>,
    /// At most so many.
    pub(super) count: usize,
    /// Only what matches.
    pub(super) filter: &'q Filter<'q>,
}

/// A place found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) row: usize,
    pub(super) key: DistanceKey,
}

impl Nearest<'_> {
    /// Finds them, in order. `id` gives the id of a row.
    pub(super) fn find(&self, tree: &Tree<'_>, id: impl Fn(usize) -> Uuid) -> Vec<Found> {
        let mut candidates = Candidates::new(self);
        if let Some(few) = self.filter.few_rows() {
            for row in few.iter() {
                let [x, y, z] = tree.point(row);
                let chord2 = candidates.center.chord2(x, y, z);
                if candidates.may_take(chord2) && self.filter.matches(tree, row) {
                    candidates.take(chord2, row, tree, &id);
                }
            }
        } else {
            walk(tree, &mut candidates, &id);
        }
        candidates.in_order(tree, &id)
    }

    fn key(&self, tree: &Tree<'_>, row: usize, id: &impl Fn(usize) -> Uuid) -> DistanceKey {
        DistanceKey { distance_m: self.center.distance_m(tree.position(row)), id: id(row) }
    }
}

/// Visits nodes from the nearest on, until none is left that may be near enough.
fn walk(tree: &Tree<'_>, candidates: &mut Candidates<'_>, id: &impl Fn(usize) -> Uuid) {
    let filter = candidates.query.filter;
    // Squared chords are not negative, so their bits sort as they do.
    let mut open: BinaryHeap<Reverse<(u32, NodeRef)>> = BinaryHeap::with_capacity(128);
    open.extend(tree.root().map(|root| Reverse((0, root))));
    while let Some(Reverse((nearest, at))) = open.pop() {
        if f32::from_bits(nearest) > candidates.far2 {
            break;
        }
        if at.level > 0 {
            for (child, node) in tree.children(at) {
                let (low, high) = (node.low.map(|v| v.get()), node.high.map(|v| v.get()));
                let nearest = candidates.center.nearest2(low, high);
                if nearest <= candidates.far2
                    && candidates.center.farthest2(low, high) >= candidates.near2
                    && filter.may_match(tree, child, node)
                {
                    open.push(Reverse((nearest.to_bits(), child)));
                }
            }
            continue;
        }
        let block = &tree.blocks[at.index as usize];
        let chords: [f32; FANOUT] =
            std::array::from_fn(|i| candidates.center.chord2(block.x[i].get(), block.y[i].get(), block.z[i].get()));
        for (row, chord2) in tree.rows_of(at).zip(chords) {
            if candidates.may_take(chord2) && filter.matches(tree, row) {
                candidates.take(chord2, row, tree, id);
            }
        }
    }
}

/// The places seen so far that may be among the nearest.
struct Candidates<'q> {
    query: &'q Nearest<'q>,
    center: Point,
    /// The squared chord to `query.after`, made smaller by what rounding may hide, and made larger.
    near2: f32,
    passed2: f32,
    /// The squared chord beyond which nothing is wanted.
    far2: f32,
    seen: Vec<(f32, usize)>,
    /// The number of candidates at which the far ones are dropped.
    crowd: usize,
}

impl<'q> Candidates<'q> {
    fn new(query: &'q Nearest<'q>) -> Self {
        let after2 = query.after.map(|after| sphere::chord2_of(after.distance_m));
        Self {
            query,
            center: Point::new(query.center),
            near2: after2.map_or(0.0, sphere::narrow),
            passed2: after2.map_or(-1.0, sphere::widen),
            far2: query.radius_m.map_or(f32::INFINITY, |r| sphere::widen(sphere::chord2_of(r.into()))),
            seen: Vec::with_capacity(2 * query.count),
            crowd: query.count,
        }
    }

    fn may_take(&self, chord2: f32) -> bool {
        chord2 <= self.far2 && chord2 >= self.near2
    }

    fn take(&mut self, chord2: f32, row: usize, tree: &Tree<'_>, id: &impl Fn(usize) -> Uuid) {
        if chord2 <= self.passed2 {
            // As far as the last one of the page before: only the exact order tells.
            let key = self.query.key(tree, row, id);
            if self.query.after.is_some_and(|after| key.cmp(&after).is_le()) {
                return;
            }
        }
        self.seen.push((chord2, row));
        if self.seen.len() >= self.crowd {
            let (_, last, _) = self.seen.select_nth_unstable_by(self.query.count - 1, |a, b| a.0.total_cmp(&b.0));
            // What is as far as the last one, but for rounding, may still come before it.
            self.far2 = self.far2.min(sphere::widen(last.0));
            self.seen.retain(|(chord2, _)| *chord2 <= self.far2);
            // Many places at one point must not be sorted through at every step.
            self.crowd = self.seen.len() + self.seen.len() / 8 + 1;
        }
    }

    fn in_order(self, tree: &Tree<'_>, id: &impl Fn(usize) -> Uuid) -> Vec<Found> {
        let mut found: Vec<Found> =
            self.seen.iter().map(|(_, row)| Found { row: *row, key: self.query.key(tree, *row, id) }).collect();
        if let Some(radius_m) = self.query.radius_m {
            found.retain(|found| found.key.distance_m <= f64::from(radius_m));
        }
        found.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        found.truncate(self.query.count);
        found
    }
}
