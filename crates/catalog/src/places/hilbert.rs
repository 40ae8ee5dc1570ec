//! The order in which rows are stored: along a Hilbert curve, so that neighbours in space are mostly
//! neighbours in the file and sixteen rows in a row make a small box.

use hnh_domain::geo::LatLon;

/// How far along the curve over the map of longitude and latitude the position lies.
pub(super) fn distance_along(position: LatLon) -> u64 {
    let cell = |share: f64| (share * f64::from(u32::MAX)) as u32;
    let (x, y) = (cell((position.lon + 180.0) / 360.0), cell((position.lat + 90.0) / 180.0));
    fast_hilbert::xy2h(x, y, u32::BITS as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_visits_every_cell_once_and_steps_to_a_neighbour() {
        // The first three levels of the curve: 64 cells, sorted by where the curve passes their middles.
        let mut cells: Vec<(u64, i32, i32)> = (0..8)
            .flat_map(|x| (0..8).map(move |y| (x, y)))
            .map(|(x, y)| {
                let middle = |i: i32, span: f64| (f64::from(i) + 0.5) / 8.0 * span - span / 2.0;
                let along = distance_along(LatLon { lat: middle(y, 180.0), lon: middle(x, 360.0) });
                (along >> (64 - 6), x, y)
            })
            .collect();
        cells.sort_unstable();
        for (i, pair) in cells.windows(2).enumerate() {
            assert_eq!(pair[0].0, i as u64);
            assert_eq!((pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs(), 1, "{pair:?}");
        }
    }
}
