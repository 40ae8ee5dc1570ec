//! Numbers and times as people read them.

use hnh_domain::nutrient::Nutrient;

use crate::i18n::{lang, t};

/// A number with at most `decimals` places and commas at the thousands: `1,240`, `0.5`.
pub(crate) fn number(value: f32, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// An amount with the precision that a reader can use: about three digits.
pub(crate) fn amount(value: f32) -> String {
    let decimals = match value.abs() {
        v if v >= 100.0 || v == 0.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 0.1 => 2,
        _ => 3,
    };
    number(value, if value.abs() >= 1.0 { decimals.min(1) } else { decimals })
}

/// An amount of a nutrient with its unit: `1,240 kcal`, `12.3 g`.
pub(crate) fn nutrient_amount(nutrient: Nutrient, value: f32) -> String {
    let unit = nutrient.unit();
    if nutrient == Nutrient::Energy {
        format!("{} {unit}", number(value, 0))
    } else {
        format!("{} {unit}", amount(value))
    }
}

/// Minutes, with hours from 60 on: `25 min`, `1 h 30 min`.
pub(crate) fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => t!("time-minutes", minutes = m),
        (h, 0) => t!("time-hours", hours = h),
        (h, m) => t!("time-hours-minutes", hours = h, minutes = m),
    }
}

/// A quantity for the kitchen: quarters, thirds and halves below 10, whole numbers above.
pub(crate) fn kitchen(quantity: f32) -> String {
    if !quantity.is_finite() || quantity <= 0.0 {
        return String::new();
    }
    if quantity >= 10.0 {
        return number(quantity, 0);
    }
    const PARTS: [(f32, &str); 8] =
        [(0.0, ""), (0.125, "⅛"), (0.25, "¼"), (1.0 / 3.0, "⅓"), (0.5, "½"), (2.0 / 3.0, "⅔"), (0.75, "¾"), (1.0, "")];
    let whole = quantity.floor();
    let rest = quantity - whole;
    let (value, sign) = PARTS
        .into_iter()
        // An eighth is worth saying of a small spoon, not of five.
        .filter(|(value, _)| *value != 0.125 || whole < 1.0)
        .min_by(|(a, _), (b, _)| (a - rest).abs().total_cmp(&(b - rest).abs()))
        .unwrap_or((0.0, ""));
    let whole = if value == 1.0 { whole + 1.0 } else { whole };
    match (whole as u32, sign) {
        // Less than a sixteenth: the exact figure says more than nothing.
        (0, "") => number(quantity, 2),
        (0, sign) => sign.to_owned(),
        (whole, "") => whole.to_string(),
        (whole, sign) => format!("{whole}{sign}"),
    }
}

/// A weight or volume for the kitchen, rounded as scales show it: 5 g steps above 50.
pub(crate) fn scale_amount(value: f32) -> String {
    match value {
        v if v >= 50.0 => number((v / 5.0).round() * 5.0, 0),
        v if v >= 10.0 => number(v, 0),
        v => number(v, 1),
    }
}

/// What of an instant is said.
#[derive(Clone, Copy)]
pub(crate) enum Said {
    /// Date and time.
    Both,
    /// The day alone.
    Day,
    /// The time of day alone.
    Time,
}

/// An instant (ms UTC) as people say it, in the person's language and time zone.
pub(crate) fn instant(at_ms: i64, said: Said) -> String {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    let styles: &[(&str, &str)] = match said {
        Said::Both => &[("dateStyle", "medium"), ("timeStyle", "short")],
        Said::Day => &[("dateStyle", "full")],
        Said::Time => &[("timeStyle", "short")],
    };
    let options = js_sys::Object::new();
    for (name, style) in styles {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&options, &(*name).into(), &(*style).into());
    }
    date.to_locale_string(lang().code(), &options).into()
}

/// Date and time of an instant (ms UTC).
pub(crate) fn moment(at_ms: i64) -> String {
    instant(at_ms, Said::Both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_get_commas_and_useless_zeros_go() {
        assert_eq!(number(1_240.4, 0), "1,240");
        assert_eq!(number(1_234_567.0, 1), "1,234,567");
        assert_eq!(number(0.5, 2), "0.5");
        assert_eq!(number(-1_000.0, 0), "-1,000");
        assert_eq!(number(999.6, 0), "1,000");
    }

    #[test]
    fn amounts_keep_about_three_digits() {
        assert_eq!(amount(1_240.4), "1,240");
        assert_eq!(amount(12.34), "12.3");
        assert_eq!(amount(0.0), "0");
        assert_eq!(amount(0.456), "0.46");
        assert_eq!(amount(0.0123), "0.012");
    }

    #[test]
    fn quantities_are_those_of_spoons_and_cups() {
        for (quantity, text) in [
            (0.25, "¼"),
            (1.5, "1½"),
            (0.66, "⅔"),
            (2.98, "3"),
            (0.02, "0.02"),
            (12.4, "12"),
            (0.13, "⅛"),
            (3.13, "3¼"),
            (0.96, "1"),
        ] {
            assert_eq!(kitchen(quantity), text, "{quantity}");
        }
        assert_eq!(kitchen(f32::NAN), "");
    }
}
