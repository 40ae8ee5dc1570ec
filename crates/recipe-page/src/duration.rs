//! Durations as recipe pages state them, in whole minutes.
//!
//! schema.org asks for ISO 8601 (`PT1H30M`); pages also write `P0DT15M`, `PT1500S`, `P30M`,
//! plain numbers (minutes) and words (`1 hr 20 min`, `1½ Stunden`, `1시간 30분`).

use serde_json::Value;

/// Longest duration taken for true: a year (hams and vinegars take months).
const LONGEST_MINUTES: f64 = 366.0 * 24.0 * 60.0;

/// Minutes in a JSON value: a number of minutes, or a text as [`minutes`] reads it. An object
/// gives its longest stated bound (`maxValue`, then `value`, then `minValue`).
pub fn minutes_of(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => whole(number.as_f64()?),
        Value::String(text) => minutes(text),
        Value::Array(items) => items.iter().find_map(minutes_of),
        Value::Object(object) => ["maxValue", "value", "minValue", "@value", "name", "@text"]
            .iter()
            .filter_map(|key| object.get(*key))
            .find_map(|inner| match inner {
                Value::String(_) | Value::Number(_) => minutes_of(inner),
                _ => None,
            }),
        _ => None,
    }
}

/// Minutes in a text, ISO 8601 or words. `None` when it states no time, or zero: pages write
/// `PT0M` for "not given".
pub fn minutes(text: &str) -> Option<u32> {
    let text = text.trim();
    let minutes = iso8601(text).or_else(|| words(text))?;
    whole(minutes)
}

/// Minutes in a text that is a duration and nothing else, in words with its units ("30 min").
pub(super) fn stated_minutes(text: &str) -> Option<u32> {
    let is_known = pieces(text).iter().all(|piece| match piece {
        Piece::Word(word) => unit_minutes(word).is_some(),
        _ => true,
    });
    let has_unit = text.contains(|sign: char| sign.is_alphabetic() || matches!(sign, '\'' | '′'));
    (is_known && has_unit).then(|| minutes(text)).flatten()
}

fn whole(minutes: f64) -> Option<u32> {
    let rounded = minutes.round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 1 and a year's minutes")]
    (1.0..=LONGEST_MINUTES).contains(&rounded).then_some(rounded as u32)
}

/// `P[nY][nM][nW][nD]T[nH][nM][nS]`, any part fractional, in any case. Without a `T`, `H` and `S`
/// still mean hours and seconds, and an `M` minutes unless years, weeks or days stand beside it.
fn iso8601(text: &str) -> Option<f64> {
    let rest = text.strip_prefix(['P', 'p'])?;
    let has_time = rest.contains(['T', 't']);
    let is_date = !has_time && rest.contains(['Y', 'y', 'W', 'w', 'D', 'd']);
    let mut in_time = !has_time && !is_date;
    let mut number = String::new();
    let mut total = 0.0;
    for sign in rest.chars() {
        match sign.to_ascii_uppercase() {
            'T' if number.is_empty() => in_time = true,
            '0'..='9' | '.' => number.push(sign),
            ',' => number.push('.'),
            ' ' => {}
            unit => {
                // A unit without its number ("PTM") counts as nought.
                let amount: f64 = if number.is_empty() { 0.0 } else { number.parse().ok()? };
                number.clear();
                total += amount
                    * match (unit, in_time) {
                        ('Y', _) => 365.0 * 1440.0,
                        ('M', false) => 30.0 * 1440.0,
                        ('W', _) => 7.0 * 1440.0,
                        ('D', _) => 1440.0,
                        ('H', _) => 60.0,
                        ('M', true) => 1.0,
                        ('S', _) => 1.0 / 60.0,
                        _ => return None,
                    };
            }
        }
    }
    // "PT45": a number without its unit is minutes.
    if !number.is_empty() {
        total += number.parse::<f64>().ok()?;
    }
    Some(total)
}

/// What a unit of time written in words is worth in minutes.
fn unit_minutes(word: &str) -> Option<f64> {
    const UNITS: &[(f64, &[&str])] = &[
        (1.0 / 60.0, &["sec", "sek", "seg", "초", "秒", "сек", "''", "\""]),
        (1.0, &["min", "perc", "分", "분", "мин", "хв", "dakika", "λεπ", "'", "′"]),
        (
            60.0,
            &[
                "hour", "hr", "std", "stund", "hora", "heure", "ora", "ore", "uur", "uren", "tim", "godz", "hod",
                "óra", "saat", "sat", "시간", "時間", "小时", "小時", "час", "год", "ώρ",
            ],
        ),
        (1440.0, &["day", "tag", "día", "dia", "jour", "giorn", "dag", "dni", "일", "日", "天", "дн", "ден"]),
        (10_080.0, &["week", "woche", "semana", "semaine", "settiman", "주"]),
    ];
    match word {
        "s" => Some(1.0 / 60.0),
        "m" | "mn" => Some(1.0),
        "h" | "t" | "u" | "ч" => Some(60.0),
        "d" | "j" => Some(1440.0),
        _ => {
            UNITS.iter().find(|(_, starts)| starts.iter().any(|start| word.starts_with(start))).map(|(worth, _)| *worth)
        }
    }
}

/// The value of a vulgar fraction sign.
fn fraction_sign(sign: char) -> Option<f64> {
    Some(match sign {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅛' => 0.125,
        _ => return None,
    })
}

enum Piece {
    Number(f64),
    /// "-", "–", "to", "bis" and the like: the number after it replaces the one before.
    Range,
    Colon,
    Slash,
    Word(String),
}

fn pieces(text: &str) -> Vec<Piece> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    let mut signs = lower.chars().peekable();
    while let Some(&sign) = signs.peek() {
        if sign.is_ascii_digit() {
            let mut number = String::new();
            while let Some(&next) = signs.peek() {
                match next {
                    '0'..='9' => number.push(next),
                    '.' | ',' => number.push('.'),
                    _ => break,
                }
                signs.next();
            }
            if let Ok(value) = number.trim_end_matches('.').parse() {
                found.push(Piece::Number(value));
            }
            continue;
        }
        if let Some(value) = fraction_sign(sign) {
            signs.next();
            match found.last_mut() {
                Some(Piece::Number(whole)) => *whole += value,
                _ => found.push(Piece::Number(value)),
            }
            continue;
        }
        match sign {
            '-' | '–' | '—' | '~' | '〜' => found.push(Piece::Range),
            ':' => found.push(Piece::Colon),
            '/' | '⁄' => found.push(Piece::Slash),
            _ if sign.is_alphabetic() || matches!(sign, '\'' | '"' | '′') => {
                let mut word = String::new();
                while let Some(&next) = signs.peek() {
                    if !(next.is_alphabetic() || matches!(next, '\'' | '"' | '′')) {
                        break;
                    }
                    word.push(next);
                    signs.next();
                }
                found.push(match word.as_str() {
                    "to" | "bis" | "à" | "til" | "or" => Piece::Range,
                    _ => Piece::Word(word),
                });
                continue;
            }
            _ => {}
        }
        signs.next();
    }
    found
}

/// Minutes in a text of numbers and unit words. The upper end of a range counts; a number alone
/// is minutes; one after hours ("1h30") is minutes too.
fn words(text: &str) -> Option<f64> {
    let pieces = pieces(text);
    if let [Piece::Number(hours), Piece::Colon, Piece::Number(minutes), rest @ ..] = &pieces[..] {
        let seconds = matches!(rest, [Piece::Colon, Piece::Number(_)]);
        if rest.is_empty() || seconds {
            return Some(hours * 60.0 + minutes);
        }
    }
    let mut total: Option<f64> = None;
    let mut pending: Option<f64> = None;
    let mut last_unit = None;
    let mut stray_word = false;
    let mut rest = pieces.iter().peekable();
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Number(value) => {
                let mut value = *value;
                if matches!(rest.peek(), Some(Piece::Slash)) {
                    rest.next();
                    if let Some(Piece::Number(below)) = rest.peek() {
                        if *below > 0.0 {
                            value /= below;
                        }
                        rest.next();
                        // "1 1/2": the whole number stands before.
                        value += pending.take().unwrap_or(0.0);
                    }
                }
                pending = Some(value);
            }
            Piece::Range if matches!(rest.peek(), Some(Piece::Number(_))) => {
                // "1 hr - 90 min" keeps nothing of the lower bound.
                if pending.take().is_none() {
                    total = None;
                }
            }
            Piece::Range | Piece::Colon | Piece::Slash => {}
            Piece::Word(word) => match unit_minutes(word) {
                Some(worth) => {
                    if let Some(value) = pending.take() {
                        total = Some(total.unwrap_or(0.0) + value * worth);
                        last_unit = Some(worth);
                    }
                }
                None => stray_word = true,
            },
        }
    }
    match (pending, total, last_unit) {
        (Some(value), None, _) if !stray_word => Some(value),
        (Some(value), Some(hours), Some(60.0)) if value < 60.0 => Some(hours + value),
        _ => total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn iso_durations_of_all_sorts() {
        for (text, expected) in [
            ("PT1H30M", Some(90)),
            ("PT90M", Some(90)),
            ("pt0h15m", Some(15)),
            ("P0DT15M", Some(15)),
            ("P0Y0M0DT0H35M0.000S", Some(35)),
            ("P1DT2H", Some(26 * 60)),
            ("P1D", Some(1440)),
            ("PT1500S", Some(25)),
            ("PT0.5H", Some(30)),
            ("PT1,5H", Some(90)),
            ("P30M", Some(30)),
            ("P1H", Some(60)),
            ("PT45", Some(45)),
            ("PT 20 M", Some(20)),
            ("PT0M", None),
            ("PT", None),
            ("PTM", None),
            ("P", None),
            ("PT99999999999999M", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn durations_in_words() {
        for (text, expected) in [
            ("45", Some(45)),
            ("45 min", Some(45)),
            ("1 hour 20 minutes", Some(80)),
            ("1h30", Some(90)),
            ("1:30", Some(90)),
            ("00:20:00", Some(20)),
            ("1½ hours", Some(90)),
            ("1 1/2 hours", Some(90)),
            ("½ Std.", Some(30)),
            ("1 Stunde 10 Min.", Some(70)),
            ("10-15 minutes", Some(15)),
            ("10 to 15 mins", Some(15)),
            ("1 hr - 90 min", Some(90)),
            ("2 horas e 5 minutos", Some(125)),
            ("1시간 30분", Some(90)),
            ("1 時間 10 分", Some(70)),
            ("30'", Some(30)),
            ("about 25 minutes, plus cooling", Some(25)),
            ("overnight", None),
            ("serves 4 people", None),
            ("", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn durations_and_nothing_else() {
        assert_eq!(stated_minutes("30 minutos"), Some(30));
        assert_eq!(stated_minutes("1 h 5 m"), Some(65));
        assert_eq!(stated_minutes("30"), None);
        assert_eq!(stated_minutes("5 minutes until golden"), None);
    }

    #[test]
    fn json_values() {
        assert_eq!(minutes_of(&json!(25)), Some(25));
        assert_eq!(minutes_of(&json!(0)), None);
        assert_eq!(minutes_of(&json!(["PT5M"])), Some(5));
        let range = json!({"@type": "Duration", "minValue": "PT10M", "maxValue": "PT20M"});
        assert_eq!(minutes_of(&range), Some(20));
        assert_eq!(minutes_of(&json!(null)), None);
    }
}
