//! Units to one's liking: weights, volumes and temperatures, also inside the words of a step.

use dioxus::prelude::*;

use crate::browser;

const KEY: &str = "hnh.units";

/// Grams of an ounce and of a pound, millilitres of a US cup and a fluid ounce.
const OUNCE_G: f32 = 28.35;
const POUND_G: f32 = 453.6;
const CUP_ML: f32 = 236.6;

/// Which units a person cooks by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Units {
    /// Grams, millilitres, °C.
    #[default]
    Metric,
    /// Ounces, cups, °F.
    Us,
}

/// The units shown.
static UNITS: GlobalSignal<Units> = Signal::global(|| match browser::remembered(KEY).as_deref() {
    Some("us") => Units::Us,
    _ => Units::Metric,
});

/// The units shown; reading it subscribes the component.
pub(crate) fn units() -> Units {
    UNITS()
}

/// Shows other units from now on.
pub(crate) fn choose_units(units: Units) {
    browser::remember(KEY, if units == Units::Us { "us" } else { "metric" });
    *UNITS.write() = units;
}

/// A weight in ounces, or in pounds from one on.
pub(super) fn us_weight(grams: f32) -> String {
    if grams >= POUND_G { quarters(grams / POUND_G, "lb") } else { quarters(grams / OUNCE_G, "oz") }
}

/// A volume in cups, in spoons below a quarter of one.
pub(super) fn us_volume(millilitres: f32) -> String {
    match millilitres {
        ml if ml >= CUP_ML / 4.0 => quarters(ml / CUP_ML, "cup"),
        ml if ml >= 15.0 => quarters(ml / 15.0, "tbsp"),
        ml => quarters(ml / 5.0, "tsp"),
    }
}

fn quarters(amount: f32, unit: &str) -> String {
    let rounded = (amount * 4.0).round() / 4.0;
    let shown = crate::format::kitchen(if rounded > 0.0 { rounded } else { amount });
    format!("{shown} {unit}{}", if unit == "cup" && rounded > 1.0 { "s" } else { "" })
}

/// A step with its temperatures in the units shown: an oven's dial goes in steps of 25 °F and 10 °C.
pub(crate) fn temperatures(step: &str, units: Units) -> String {
    let (from, to): (&[&str], &str) = match units {
        Units::Us => (&["°C", "℃", " °C"], "°F"),
        Units::Metric => (&["°F", "℉", " °F"], "°C"),
    };
    let mut out = String::with_capacity(step.len());
    let mut rest = step;
    while let Some((at, sign)) = from.iter().filter_map(|sign| Some((rest.find(sign)?, *sign))).min() {
        let before = &rest[..at];
        let digits = before
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        match before[digits..].parse::<f32>() {
            Ok(degrees) => {
                out.push_str(&before[..digits]);
                out.push_str(&format!("{}{to}", dial(degrees, units)));
            }
            Err(_) => {
                out.push_str(before);
                out.push_str(sign);
            }
        }
        rest = &rest[at + sign.len()..];
    }
    out + rest
}

/// A temperature on the other scale; that of a meat's inside is exact, that of an oven as its dial has it.
fn dial(degrees: f32, units: Units) -> f32 {
    match units {
        Units::Us if degrees >= 100.0 => ((degrees * 1.8 + 32.0) / 25.0).round() * 25.0,
        Units::Us => (degrees * 1.8 + 32.0).round(),
        Units::Metric if degrees >= 212.0 => ((degrees - 32.0) / 18.0).round() * 10.0,
        Units::Metric => ((degrees - 32.0) / 1.8).round(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ovens_and_cores_change_their_scale() {
        let us = |step| temperatures(step, Units::Us);
        assert_eq!(
            us("Heat the oven to 180°C and roast to 74°C inside."),
            "Heat the oven to 350°F and roast to 165°F inside."
        );
        assert_eq!(us("오븐을 200℃로 예열해요."), "오븐을 400°F로 예열해요.");
        assert_eq!(us("Bake at 190 °C."), "Bake at 375°F.");
        assert_eq!(temperatures("Bake at 350°F.", Units::Metric), "Bake at 180°C.");
        assert_eq!(us("No °C here, nor 5 minutes."), "No °C here, nor 5 minutes.");
        assert_eq!(temperatures("180°C", Units::Metric), "180°C");
    }

    #[test]
    fn weights_and_volumes_are_what_a_kitchen_has() {
        assert_eq!([us_weight(100.0), us_weight(907.0)], ["3½ oz", "2 lb"]);
        assert_eq!(
            [us_volume(240.0), us_volume(500.0), us_volume(30.0), us_volume(2.5)],
            ["1 cup", "2 cups", "2 tbsp", "½ tsp"]
        );
    }
}
