//! Numbers and times as people read them.

use hnh_domain::nutrient::Nutrient;
use hnh_domain::text::Lang;

use crate::browser;
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

/// Seconds as people wait for them: `40초`, `15분`.
pub(crate) fn seconds(seconds: u32) -> String {
    if seconds < 60 { t!("seconds", count = seconds) } else { minutes(seconds.div_ceil(60)) }
}

/// A time to wait, exactly: `30 s`, `1 min 30 s`, `1 h 30 min`.
pub(crate) fn duration(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (whole, 0) => minutes(whole),
        (0, rest) => t!("time-seconds", seconds = rest),
        (whole, rest) => t!("time-minutes-seconds", time = minutes(whole), seconds = rest),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The day with its weekday, as above a day's messages.
    Day,
    /// The weekday in short.
    Weekday,
    /// The month with its year.
    Month,
    /// The time of day alone.
    Time,
    /// Day, weekday and time, as of a meal.
    Appointment,
    /// The day alone, without its year when that is this one.
    Date,
    /// The day alone, with its year.
    DateAndYear,
}

/// An instant (ms UTC) as people say it, in the person's language and time zone.
pub(crate) fn instant(at_ms: i64, said: Said) -> String {
    let date = js_sys::Date::new(&(at_ms as f64).into());
    let options: &[(&str, &str)] = match said {
        Said::Day => &[("month", "long"), ("day", "numeric"), ("weekday", "long")],
        Said::Weekday => &[("weekday", "short")],
        Said::Month => &[("month", "long"), ("year", "numeric")],
        Said::Time => &[("timeStyle", "short")],
        Said::Appointment => {
            &[("month", "short"), ("day", "numeric"), ("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")]
        }
        Said::Date => &[("month", "short"), ("day", "numeric")],
        Said::DateAndYear => &[("dateStyle", "medium")],
    };
    let object = js_sys::Object::new();
    for (name, style) in options {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), &(*style).into());
    }
    let locale = match lang() {
        Lang::Ko => "ko-KR",
        Lang::En => "en-GB",
    };
    date.to_locale_string(locale, &object).into()
}

/// When a meal begins: `Fri, 27 Nov, 19:30`.
pub(crate) fn meal_time(at_ms: i64) -> String {
    instant(at_ms, Said::Appointment)
}

/// How an instant in the past is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Now,
    Minutes(i64),
    Hours(i64),
    Yesterday,
    ThisYear,
    Older,
}

/// The age of an instant; days and years are the device's own, as `(year, day number)`.
fn age(passed_ms: i64, then: (u32, i64), now: (u32, i64)) -> Age {
    const MINUTE: i64 = 60_000;
    match now.1 - then.1 {
        _ if passed_ms < MINUTE => Age::Now,
        _ if passed_ms < 60 * MINUTE => Age::Minutes(passed_ms / MINUTE),
        0 => Age::Hours(passed_ms / (60 * MINUTE)),
        1 => Age::Yesterday,
        _ if then.0 == now.0 => Age::ThisYear,
        _ => Age::Older,
    }
}

/// How long ago something was written, as people say it: "5 min ago", "yesterday", "26 Nov".
pub(crate) fn ago(at_ms: i64) -> String {
    let now_ms = browser::now_ms() as i64;
    let day = |ms: i64| {
        let date = js_sys::Date::new(&(ms as f64).into());
        let local_ms = ms - date.get_timezone_offset() as i64 * 60_000;
        (date.get_full_year(), local_ms.div_euclid(86_400_000))
    };
    match age(now_ms - at_ms, day(at_ms), day(now_ms)) {
        Age::Now => t!("ago-now"),
        Age::Minutes(minutes) => t!("ago-minutes", minutes = minutes),
        Age::Hours(hours) => t!("ago-hours", hours = hours),
        Age::Yesterday => t!("ago-yesterday"),
        Age::ThisYear => instant(at_ms, Said::Date),
        Age::Older => instant(at_ms, Said::DateAndYear),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_as_old_as_people_say() {
        let (hour, today) = (3_600_000, (2026, 20_000));
        assert_eq!(age(20_000, today, today), Age::Now);
        assert_eq!(age(5 * 60_000, today, today), Age::Minutes(5));
        assert_eq!(age(3 * hour, today, today), Age::Hours(3));
        // Just after midnight, half an hour ago is no "yesterday" yet.
        assert_eq!(age(30 * 60_000, (2026, 19_999), today), Age::Minutes(30));
        assert_eq!(age(20 * hour, (2026, 19_999), today), Age::Yesterday);
        assert_eq!(age(72 * hour, (2026, 19_997), today), Age::ThisYear);
        assert_eq!(age(9_000 * hour, (2025, 19_600), today), Age::Older);
    }

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
