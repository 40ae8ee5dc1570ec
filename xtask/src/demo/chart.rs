//! A picture of load, pods and waiting over time.

use std::fmt::Write;

const WIDTH: f64 = 760.0;
/// Of one curve.
const HEIGHT: f64 = 120.0;
const LEFT: f64 = 70.0;

/// One curve: its name with the unit, and its points in seconds and amount.
struct Curve<'a> {
    name: &'a str,
    points: Vec<(f64, f64)>,
    colour: &'a str,
    /// Whether an amount holds until the next.
    stepped: bool,
}

/// Draws what `hnh-load requests --log` wrote (second, sent, failed, p50 ms, p99 ms), and the pods over time.
pub(super) fn draw(log: &str, pods: &[(f64, usize)]) -> String {
    let rows: Vec<Vec<f64>> =
        log.lines().skip(1).map(|row| row.split(',').filter_map(|field| field.parse().ok()).collect()).collect();
    let column =
        |i: usize| -> Vec<(f64, f64)> { rows.iter().filter_map(|row| Some((*row.first()?, *row.get(i)?))).collect() };
    let curves = [
        Curve { name: "requests a second", points: column(1), colour: "#2f6f4f", stepped: false },
        Curve {
            name: "pods",
            points: pods.iter().map(|(at, count)| (*at, *count as f64)).collect(),
            colour: "#b4552d",
            stepped: true,
        },
        Curve { name: "waiting, p99 (ms)", points: column(4), colour: "#3b5f8f", stepped: false },
    ];
    let end = curves.iter().flat_map(|curve| &curve.points).map(|(at, _)| *at).fold(1.0, f64::max);
    let height = (HEIGHT + 40.0) * curves.len() as f64 + 20.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for (i, curve) in curves.iter().enumerate() {
        let top = 30.0 + (HEIGHT + 40.0) * i as f64;
        let most = curve.points.iter().map(|(_, amount)| *amount).fold(1.0, f64::max);
        let place =
            |(at, amount): (f64, f64)| (LEFT + at / end * (WIDTH - LEFT - 20.0), top + HEIGHT - amount / most * HEIGHT);
        let mut path = String::new();
        let mut before = None;
        for point in &curve.points {
            let (x, y) = place(*point);
            match before {
                None => _ = write!(path, "M{x:.1} {y:.1}"),
                Some(_) if curve.stepped => _ = write!(path, "H{x:.1}V{y:.1}"),
                Some(()) => _ = write!(path, "L{x:.1} {y:.1}"),
            }
            before = Some(());
        }
        let bottom = top + HEIGHT;
        _ = write!(
            svg,
            "<text x=\"{LEFT}\" y=\"{:.0}\" fill=\"#333\">{}</text>\n\
             <path d=\"M{LEFT} {top}V{bottom}H{}\" fill=\"none\" stroke=\"#bbb\"/>\n\
             <text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" fill=\"#555\">{most:.0}</text>\n\
             <text x=\"{:.0}\" y=\"{bottom}\" text-anchor=\"end\" fill=\"#555\">0</text>\n\
             <path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n",
            top - 8.0,
            curve.name,
            WIDTH - 20.0,
            LEFT - 8.0,
            top + 10.0,
            LEFT - 8.0,
            curve.colour,
        );
    }
    _ = write!(
        svg,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" fill=\"#555\">{end:.0} s</text>\n</svg>\n",
        WIDTH - 20.0,
        height - 6.0
    );
    svg
}
