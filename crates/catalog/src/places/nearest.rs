//! The nearest places that match, by a walk through the tree from the nearest node on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use hnh_domain::geo::LatLon;
use uuid::Uuid;
use zerocopy::little_endian::I32;

use super::filter::Filter;
use super::format::{FANOUT, Group};
use super::sphere::{self, Point};
use super::tree::{Node, NodeRef, Tree};

/// Nodes that wait on a usual walk; one kilobyte or more would send the allocator on a longer way.
const OPEN_NODES: usize = 120;

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
                let chord2 = candidates.center.chord2(tree.point(row));
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
    let (center, filter) = (candidates.center, candidates.query.filter);
    let mut open: BinaryHeap<Reverse<u64>> = BinaryHeap::with_capacity(OPEN_NODES);
    open.extend(tree.root().map(|root| Reverse(ticket(0.0, root))));
    while let Some(Reverse(next)) = open.pop() {
        let (nearest, at) = of_ticket(next);
        if nearest > candidates.far2 {
            break;
        }
        match tree.node(at) {
            Node::Group(group, children) => {
                let nearest = center.nearest2(&group.low, &group.high);
                for (slot, nearest) in nearest.into_iter().enumerate().take(children.count) {
                    if nearest <= candidates.far2
                        && filter.may_match(tree, group, slot, children.at(slot))
                        && !candidates.passed(group, slot)
                    {
                        open.push(Reverse(ticket(nearest, children.at(slot))));
                    }
                }
            }
            Node::Leaf(leaf, first) => {
                for (row, chord2) in tree.leaf_rows(first).zip(center.chords2(&leaf.axes)) {
                    if candidates.may_take(chord2) && filter.matches(tree, row) {
                        candidates.take(chord2, row, tree, id);
                    }
                }
            }
        }
    }
}

/// A node and its least squared chord as one number, in whose order nodes are visited: a float that
/// is not negative sorts as its bits do.
// Inlined, its halves are stored one by one, and reading the whole back at once stalls the processor.
#[inline(never)]
fn ticket(nearest: f32, at: NodeRef) -> u64 {
    u64::from(nearest.to_bits()) << 32 | u64::from(at.0)
}

fn of_ticket(ticket: u64) -> (f32, NodeRef) {
    (f32::from_bits((ticket >> 32) as u32), NodeRef(ticket as u32))
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
    /// Bits of the least squared chords seen, as many as are wanted: the greatest of them bounds the rest.
    nearest: BinaryHeap<u32>,
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
            seen: Vec::with_capacity(4 * query.count),
            nearest: BinaryHeap::with_capacity(query.count),
        }
    }

    /// Whether all of the child in this slot was on the pages before.
    fn passed(&self, group: &Group, slot: usize) -> bool {
        let side = |axes: &[[I32; FANOUT]; 3]| [0, 1, 2].map(|axis| axes[axis][slot].get());
        self.near2 > 0.0 && self.center.farthest2(side(&group.low), side(&group.high)) < self.near2
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
        if self.nearest.len() < self.query.count {
            self.nearest.push(chord2.to_bits());
        } else if let Some(mut last) = self.nearest.peek_mut().filter(|last| chord2.to_bits() < **last) {
            *last = chord2.to_bits();
        }
        if self.nearest.len() == self.query.count
            && let Some(last) = self.nearest.peek()
        {
            // What is as far as the last one, but for rounding, may still come before it.
            self.far2 = self.far2.min(sphere::widen(f32::from_bits(*last)));
        }
    }

    fn in_order(self, tree: &Tree<'_>, id: &impl Fn(usize) -> Uuid) -> Vec<Found> {
        let near = self.seen.iter().filter(|(chord2, _)| *chord2 <= self.far2);
        let mut found: Vec<Found> =
            near.map(|(_, row)| Found { row: *row, key: self.query.key(tree, *row, id) }).collect();
        if let Some(radius_m) = self.query.radius_m {
            found.retain(|found| found.key.distance_m <= f64::from(radius_m));
        }
        found.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        found.truncate(self.query.count);
        found
    }
}
