//! Points as vectors from the Earth's centre, on which nearest-first search needs no trigonometry and
//! the antimeridian and the poles are places like any other.
//!
//! A coordinate is a whole number of 2⁻²⁹ Earth radii (12 mm). The straight line through the Earth
//! (the chord) grows with the distance along its surface, so comparing squared chords orders places
//! as their distances do, except within the rounding that [`widen`] and [`narrow`] allow for. Who
//! needs the exact order asks [`LatLon::distance_m`] of the few places that are left.

use hnh_domain::geo::{EARTH_RADIUS_M, LatLon};
use zerocopy::little_endian::I32;

use super::format::FANOUT;

/// One Earth radius in units. Differences of coordinates stay within `i32`.
const SCALE: f64 = (1 << 29) as f64;

/// Relative error of a squared chord in `f32` arithmetic and of its root, with room to spare.
const RELATIVE: f64 = 4e-6;

/// Absolute error of a chord in units: both ends are rounded by half a unit on three axes.
const ABSOLUTE: f64 = 4.0;

/// A point on the sphere in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point(pub(super) [i32; 3]);

impl Point {
    pub(super) fn new(position: LatLon) -> Self {
        let (lat, lon) = (position.lat.to_radians(), position.lon.to_radians());
        let axes = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
        Self(axes.map(|v| (v * SCALE).round() as i32))
    }

    /// The squared chord to another point, in square units.
    pub(super) fn chord2(self, to: [i32; 3]) -> f32 {
        let [x, y, z] = std::array::from_fn(|axis| (to[axis] - self.0[axis]) as f32);
        x * x + y * y + z * z
    }

    /// The squared chords to sixteen points, given axis by axis.
    pub(super) fn chords2(self, to: &[[I32; FANOUT]; 3]) -> [f32; FANOUT] {
        let mut sum = [0.0; FANOUT];
        for (center, axis) in self.0.into_iter().zip(to) {
            for (sum, to) in sum.iter_mut().zip(axis) {
                let gap = (to.get() - center) as f32;
                *sum += gap * gap;
            }
        }
        sum
    }

    /// The least squared chords to points of each of sixteen boxes, given axis by axis.
    pub(super) fn nearest2(self, low: &[[I32; FANOUT]; 3], high: &[[I32; FANOUT]; 3]) -> [f32; FANOUT] {
        let mut sum = [0.0; FANOUT];
        for (center, (low, high)) in self.0.into_iter().zip(low.iter().zip(high)) {
            for (sum, (low, high)) in sum.iter_mut().zip(low.iter().zip(high)) {
                let gap = greater(greater((low.get() - center) as f32, (center - high.get()) as f32), 0.0);
                *sum += gap * gap;
            }
        }
        sum
    }

    /// The greatest squared chord to a point of a box.
    pub(super) fn farthest2(self, low: [i32; 3], high: [i32; 3]) -> f32 {
        let span = |axis: usize| (self.0[axis] - low[axis]).max(high[axis] - self.0[axis]) as f32;
        let (x, y, z) = (span(0), span(1), span(2));
        x * x + y * y + z * z
    }
}

/// One machine instruction on sixteen numbers, which `f32::max`, minding NaN, is not.
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The squared chord of a distance along the surface in metres.
pub(super) fn chord2_of(distance_m: f64) -> f32 {
    let half_angle = (distance_m / (2.0 * EARTH_RADIUS_M)).clamp(0.0, std::f64::consts::FRAC_PI_2);
    (2.0 * half_angle.sin() * SCALE).powi(2) as f32
}

/// A squared chord that no place as near as `chord2` exceeds.
pub(super) fn widen(chord2: f32) -> f32 {
    (f64::from(chord2).sqrt() * (1.0 + RELATIVE) + ABSOLUTE).powi(2) as f32
}

/// A squared chord that every place as far as `chord2` reaches.
pub(super) fn narrow(chord2: f32) -> f32 {
    (f64::from(chord2).sqrt() * (1.0 - RELATIVE) - ABSOLUTE).max(0.0).powi(2) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn anywhere() -> impl Strategy<Value = LatLon> {
        (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lon)| LatLon { lat, lon })
    }

    fn near(p: LatLon) -> impl Strategy<Value = LatLon> {
        (-0.001..=0.001, -0.001..=0.001).prop_map(move |(dlat, dlon): (f64, f64)| LatLon {
            lat: (p.lat + dlat).clamp(-90.0, 90.0),
            lon: (p.lon + dlon).clamp(-180.0, 180.0),
        })
    }

    fn agrees(a: LatLon, b: LatLon) -> Result<(), TestCaseError> {
        let to = Point::new(b).0;
        let chord2 = Point::new(a).chord2(to);
        prop_assert_eq!(Point::new(a).chords2(&to.map(|v| [I32::new(v); FANOUT])), [chord2; FANOUT]);
        let exact = chord2_of(a.distance_m(b));
        prop_assert!(chord2 <= widen(exact), "{chord2} {exact}");
        prop_assert!(chord2 >= narrow(exact), "{chord2} {exact}");
        Ok(())
    }

    proptest! {
        #[test]
        fn the_chord_agrees_with_the_haversine_distance(a in anywhere(), b in anywhere()) {
            agrees(a, b)?;
        }

        #[test]
        fn also_between_neighbours((a, b) in anywhere().prop_flat_map(|a| (Just(a), near(a)))) {
            agrees(a, b)?;
        }

        #[test]
        fn a_box_bounds_its_points(q in anywhere(), points in prop::collection::vec(anywhere(), 1..5)) {
            let points: Vec<_> = points.into_iter().map(|p| Point::new(p).0).collect();
            let side = |pick: fn(i32, i32) -> i32| [0, 1, 2].map(|i| points.iter().map(|p| p[i]).reduce(pick).unwrap());
            let (low, high) = (side(i32::min), side(i32::max));
            let sixteen = |side: [i32; 3]| side.map(|v| [I32::new(v); FANOUT]);
            for point in points.iter().copied() {
                let q = Point::new(q);
                prop_assert!(q.nearest2(&sixteen(low), &sixteen(high))[7] <= widen(q.chord2(point)));
                prop_assert!(narrow(q.chord2(point)) <= q.farthest2(low, high));
            }
        }
    }
}
