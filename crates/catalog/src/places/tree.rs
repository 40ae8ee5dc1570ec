//! The tree over the rows: packed, sixteen children a node, leaves first. Where a node lies follows
//! from its number alone, so the files hold no pointers.

use std::ops::Range;

use hnh_domain::geo::LatLon;

use super::filter::Filter;
use super::format::{Degrees, FANOUT, Group, Leaf, Sides};

/// The rows and the tree over them, as slices of the mapped files.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) positions: &'a [Degrees],
    pub(super) leaves: &'a [Leaf],
    pub(super) groups: &'a [Group],
    pub(super) sides: &'a [Sides],
    pub(super) sums: &'a [Degrees],
    /// The number of each level's first node, leaves first.
    pub(super) levels: &'a [usize],
}

/// A node by its number: leaves first, then level by level, the root last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeRef(pub(super) u32);

/// What stands at a number.
pub(super) enum Node<'a> {
    /// Sixteen rows, and the first of them.
    Leaf(&'a Leaf, usize),
    /// Sixteen children.
    Group(&'a Group, Children),
}

/// The children of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Children {
    first: u32,
    /// How many there are; the group's other slots are empty.
    pub(super) count: usize,
}

impl Children {
    /// The child in a slot of the group.
    pub(super) fn at(self, slot: usize) -> NodeRef {
        NodeRef(self.first + slot as u32)
    }
}

impl<'a> Tree<'a> {
    pub(super) fn root(&self) -> Option<NodeRef> {
        Some(NodeRef(*self.levels.last()? as u32))
    }

    /// Level and number within it.
    fn place_of(&self, at: NodeRef) -> (usize, usize) {
        let number = at.0 as usize;
        let level = self.levels.iter().rposition(|start| *start <= number).unwrap_or(0);
        (level, number - self.levels[level])
    }

    pub(super) fn node(&self, at: NodeRef) -> Node<'a> {
        let number = at.0 as usize;
        if let Some(leaf) = self.leaves.get(number) {
            return Node::Leaf(leaf, number * FANOUT);
        }
        let (level, index) = self.place_of(at);
        let (below, end) = (self.levels[level - 1], self.levels[level]);
        let first = below + index * FANOUT;
        let children = Children { first: first as u32, count: (end - first).min(FANOUT) };
        Node::Group(&self.groups[number - self.leaves.len()], children)
    }

    /// The sum of the node's positions.
    pub(super) fn sum(&self, at: NodeRef) -> [f64; 2] {
        self.sums[at.0 as usize].map(|v| v.get())
    }

    pub(super) fn sides(&self, at: NodeRef) -> &'a Sides {
        &self.sides[at.0 as usize]
    }

    pub(super) fn rows_of(&self, at: NodeRef) -> Range<usize> {
        let (level, index) = self.place_of(at);
        let shift = FANOUT.ilog2() as usize * (level + 1);
        let first = index << shift;
        first..(first + (1 << shift)).min(self.positions.len())
    }

    /// The rows of the leaf that begins with `first`.
    pub(super) fn leaf_rows(&self, first: usize) -> Range<usize> {
        first..(first + FANOUT).min(self.positions.len())
    }

    pub(super) fn position(&self, row: usize) -> LatLon {
        let [lat, lon] = self.positions[row].map(|v| v.get());
        LatLon { lat, lon }
    }

    /// The row's leaf and its slot there.
    pub(super) fn slot(&self, row: usize) -> (&'a Leaf, usize) {
        (&self.leaves[row / FANOUT], row % FANOUT)
    }

    /// The row's point on the sphere.
    pub(super) fn point(&self, row: usize) -> [i32; 3] {
        let (leaf, slot) = self.slot(row);
        [0, 1, 2].map(|axis| leaf.axes[axis][slot].get())
    }

    /// Calls `then` with the rows that match, in no order that means anything, until it returns false.
    pub(super) fn each_match(&self, filter: &Filter<'_>, mut then: impl FnMut(usize) -> bool) {
        if let Some(few) = filter.few_rows() {
            few.iter().filter(|row| filter.matches(self, *row)).all(then);
            return;
        }
        let mut open: Vec<NodeRef> = self.root().into_iter().collect();
        while let Some(at) = open.pop() {
            match self.node(at) {
                Node::Leaf(_, first) => {
                    if !self.leaf_rows(first).filter(|row| filter.matches(self, *row)).all(&mut then) {
                        return;
                    }
                }
                Node::Group(group, children) => {
                    let slots =
                        (0..children.count).filter(|slot| filter.may_match(self, group, *slot, children.at(*slot)));
                    open.extend(slots.map(|slot| children.at(slot)));
                }
            }
        }
    }

    /// How many rows match; none when there are more than `most`.
    pub(super) fn count(&self, filter: &Filter<'_>, most: u64) -> Option<u64> {
        let mut count = 0;
        self.each_match(filter, |_| {
            count += 1;
            count <= most
        });
        (count <= most).then_some(count)
    }
}
