//! Counts by map cell: whole nodes of the tree are added at once where they lie in one cell.

use hnh_domain::geo::{Bounds, LatLon};
use hnh_domain::places::{Cells, PlaceCell};
use hnh_domain::problem::FieldError;

use super::filter::{Filter, within};
use super::format::Sides;
use super::tree::{Node, NodeRef, Tree};

/// Cells along an edge of a tile of 512 pixels, as a power of two: cells of 64 pixels.
const CELLS_A_TILE: u8 = 3;

/// The greatest zoom.
const MAX_ZOOM: u8 = 22;

/// The most cells of a view: those of a wall of four 8K screens.
const MAX_CELLS: u64 = 1 << 16;

/// A grid over the part of the Web Mercator map that the bounds cover.
struct Grid {
    /// Cells around the world.
    around: u64,
    west: u64,
    north: u64,
    columns: u64,
    rows: u64,
}

impl Grid {
    fn new(bounds: &Bounds, zoom: u8) -> Result<Self, FieldError> {
        if zoom > MAX_ZOOM {
            return Err(FieldError::new("zoom", format!("must be from 0 to {MAX_ZOOM}")));
        }
        let around = 1 << (zoom + CELLS_A_TILE);
        let (west, east) = (column(bounds.west, around), column(bounds.east, around));
        let (north, south) = (line(bounds.north, around), line(bounds.south, around));
        let columns = match (bounds.west <= bounds.east, east >= west) {
            (true, _) => east - west + 1,
            // Over the antimeridian and almost around the world: both edges are in one cell.
            (false, true) => around,
            (false, false) => east + around - west + 1,
        };
        let rows = south - north + 1;
        if columns.saturating_mul(rows) > MAX_CELLS {
            return Err(FieldError::new("zoom", "is too high for so large a bbox: show a smaller part of the map"));
        }
        Ok(Self { around, west, north, columns, rows })
    }

    /// The number of the cell; positions are clamped to the grid.
    fn cell(&self, position: LatLon) -> usize {
        let column = (column(position.lon, self.around) + self.around - self.west) % self.around;
        let row = line(position.lat, self.around).saturating_sub(self.north);
        (row.min(self.rows - 1) * self.columns + column.min(self.columns - 1)) as usize
    }

    /// The one cell that the node lies in.
    fn cell_of(&self, sides: &Sides) -> Option<usize> {
        let [west, south, east, north] = sides.map(|v| f64::from(v.get()) / 1e7);
        let one_column = column(west, self.around) == column(east, self.around);
        let one_row = line(south, self.around) == line(north, self.around);
        (one_column && one_row).then(|| self.cell(LatLon { lat: south, lon: west }))
    }
}

fn column(lon: f64, around: u64) -> u64 {
    (((lon + 180.0) / 360.0 * around as f64) as u64).min(around - 1)
}

/// Lines are numbered from the north; the map ends at 85.05 degrees, what is beyond is on its edge.
fn line(lat: f64, around: u64) -> u64 {
    let mercator = (lat.to_radians().tan()).asinh() / std::f64::consts::PI;
    (((1.0 - mercator) / 2.0 * around as f64) as u64).min(around - 1)
}

/// Counts the places that match, which includes lying in the bounds, by cell.
pub(super) fn count(tree: &Tree<'_>, filter: &Filter<'_>, bounds: &Bounds, zoom: u8) -> Result<Cells, FieldError> {
    let grid = Grid::new(bounds, zoom)?;
    let mut tallies = vec![Tally::default(); (grid.columns * grid.rows) as usize];
    if let Some(few) = filter.few_rows() {
        for row in few.iter().filter(|row| filter.matches(tree, *row)) {
            let position = tree.position(row);
            tallies[grid.cell(position)].add(1, [position.lat, position.lon]);
        }
    } else {
        add_nodes(tree, filter, bounds, &grid, &mut tallies);
    }
    let cells: Vec<PlaceCell> = tallies.iter().filter_map(Tally::cell).collect();
    Ok(Cells { total: cells.iter().map(|cell| u64::from(cell.count)).sum(), cells })
}

fn add_nodes(tree: &Tree<'_>, filter: &Filter<'_>, bounds: &Bounds, grid: &Grid, tallies: &mut [Tally]) {
    let mut open: Vec<(NodeRef, Option<usize>)> = Vec::with_capacity(128);
    open.extend(tree.root().map(|root| (root, grid.cell_of(tree.sides(root)))));
    while let Some((at, cell)) = open.pop() {
        if let Some(cell) = cell
            && filter.is_bounds_only()
            && within(bounds, tree.sides(at))
        {
            tallies[cell].add(tree.rows_of(at).len() as u32, tree.sum(at));
            continue;
        }
        match tree.node(at) {
            Node::Group(group, children) => {
                let slots = (0..children.count).map(|slot| (slot, children.at(slot)));
                let matching = slots.filter(|(slot, child)| filter.may_match(tree, group, *slot, *child));
                open.extend(matching.map(|(_, child)| (child, cell.or_else(|| grid.cell_of(tree.sides(child))))));
            }
            Node::Leaf(_, first) => {
                for row in tree.leaf_rows(first).filter(|row| filter.matches(tree, *row)) {
                    let position = tree.position(row);
                    tallies[cell.unwrap_or_else(|| grid.cell(position))].add(1, [position.lat, position.lon]);
                }
            }
        }
    }
}

/// The places of a cell so far.
#[derive(Clone, Copy, Default)]
struct Tally {
    count: u32,
    sum: [f64; 2],
}

impl Tally {
    fn add(&mut self, count: u32, sum: [f64; 2]) {
        self.count += count;
        self.sum[0] += sum[0];
        self.sum[1] += sum[1];
    }

    fn cell(&self) -> Option<PlaceCell> {
        let count = (self.count > 0).then_some(f64::from(self.count))?;
        // Sums round, and a mean at the very edge must stay a position.
        let position =
            LatLon { lat: (self.sum[0] / count).clamp(-90.0, 90.0), lon: (self.sum[1] / count).clamp(-180.0, 180.0) };
        Some(PlaceCell { position, count: self.count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_is_that_of_the_map() {
        let world = Bounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let grid = Grid::new(&world, 0).unwrap();
        assert_eq!((grid.columns, grid.rows), (8, 8));
        assert_eq!(grid.cell(LatLon { lat: 90.0, lon: -180.0 }), 0);
        assert_eq!(grid.cell(LatLon { lat: -90.0, lon: 180.0 }), 63);
        assert_eq!(grid.cell(LatLon { lat: 0.1, lon: 0.1 }), 3 * 8 + 4);
        assert_eq!(Grid::new(&world, 9).err().map(|e| e.field), Some("zoom".into()));
        assert_eq!(Grid::new(&world, 23).err().map(|e| e.field), Some("zoom".into()));
    }

    #[test]
    fn the_grid_crosses_the_antimeridian() {
        let fiji = Bounds { west: 170.0, south: -20.0, east: -170.0, north: -10.0 };
        let grid = Grid::new(&fiji, 3).unwrap();
        assert_eq!(grid.columns, 4);
        assert!(
            grid.cell(LatLon { lat: -17.0, lon: 179.0 }) % 4 + 1 == grid.cell(LatLon { lat: -17.0, lon: -179.0 }) % 4
        );
        let around = Bounds { west: 1.0, south: -20.0, east: 0.5, north: -10.0 };
        assert_eq!(Grid::new(&around, 0).unwrap().columns, 8);
    }
}
