//! The tree over the rows: packed, sixteen children a node, leaves first. Where a node lies follows
//! from its number alone, so the file holds no pointers.

use std::ops::Range;

use hnh_domain::geo::LatLon;

use super::filter::Filter;
use super::format::{Block, Degrees, FANOUT, Node, Traits};

/// The rows and the tree over them, as slices of the mapped files.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) positions: &'a [Degrees],
    pub(super) blocks: &'a [Block],
    pub(super) traits: &'a [Traits],
    pub(super) nodes: &'a [Node],
    pub(super) sums: &'a [Degrees],
    /// Where each level begins in `nodes`, leaves first.
    pub(super) levels: &'a [usize],
}

/// A node by its level (0 for leaves) and its number in that level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeRef {
    pub(super) level: u32,
    pub(super) index: u32,
}

impl<'a> Tree<'a> {
    pub(super) fn root(&self) -> Option<NodeRef> {
        Some(NodeRef { level: self.levels.len().checked_sub(1)? as u32, index: 0 })
    }

    fn number(&self, at: NodeRef) -> usize {
        self.levels[at.level as usize] + at.index as usize
    }

    pub(super) fn node(&self, at: NodeRef) -> &'a Node {
        &self.nodes[self.number(at)]
    }

    /// The sum of the node's positions.
    pub(super) fn sum(&self, at: NodeRef) -> [f64; 2] {
        self.sums[self.number(at)].map(|v| v.get())
    }

    /// The children of a node that is no leaf.
    pub(super) fn children(&self, at: NodeRef) -> impl Iterator<Item = (NodeRef, &'a Node)> + use<'a> {
        let level = at.level - 1;
        let start = self.levels[level as usize];
        let size = self.levels[at.level as usize] - start;
        let first = at.index as usize * FANOUT;
        let nodes = &self.nodes[start + first..start + (first + FANOUT).min(size)];
        (first as u32..).zip(nodes).map(move |(index, node)| (NodeRef { level, index }, node))
    }

    pub(super) fn rows_of(&self, at: NodeRef) -> Range<usize> {
        let shift = FANOUT.ilog2() * (at.level + 1);
        let first = (at.index as usize) << shift;
        first..(first + (1 << shift)).min(self.positions.len())
    }

    pub(super) fn position(&self, row: usize) -> LatLon {
        let [lat, lon] = self.positions[row].map(|v| v.get());
        LatLon { lat, lon }
    }

    /// The row's point on the sphere.
    pub(super) fn point(&self, row: usize) -> [i32; 3] {
        let (block, at) = (&self.blocks[row / FANOUT], row % FANOUT);
        [block.x[at].get(), block.y[at].get(), block.z[at].get()]
    }

    /// Calls `then` with the rows that match, in no order that means anything, until it returns false.
    pub(super) fn each_match(&self, filter: &Filter<'_>, mut then: impl FnMut(usize) -> bool) {
        if let Some(few) = filter.few_rows() {
            few.iter().filter(|row| filter.matches(self, *row)).all(then);
            return;
        }
        let mut open: Vec<NodeRef> =
            self.root().filter(|root| filter.may_match(self, *root, self.node(*root))).into_iter().collect();
        while let Some(at) = open.pop() {
            if at.level == 0 {
                if !self.rows_of(at).filter(|row| filter.matches(self, *row)).all(&mut then) {
                    return;
                }
            } else {
                open.extend(self.children(at).filter(|(at, node)| filter.may_match(self, *at, node)).map(|(at, _)| at));
            }
        }
    }

    /// How many rows match; none when finding out takes more than `budget` matches.
    pub(super) fn count(&self, filter: &Filter<'_>, budget: u64) -> Option<u64> {
        let mut count = 0;
        self.each_match(filter, |_| {
            count += 1;
            count <= budget
        });
        (count <= budget).then_some(count)
    }
}
