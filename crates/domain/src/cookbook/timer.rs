//! The time that a step says to wait.

/// The longest timer, in seconds: a week.
const LONGEST_S: f32 = 7.0 * 86_400.0;

/// Seconds of a unit of time that a text begins with, in English or Korean.
fn unit(text: &str) -> Option<f32> {
    const KOREAN: [(&str, f32); 3] = [("분", 60.0), ("시간", 3_600.0), ("초", 1.0)];
    // "10분의 1" is a share.
    if let Some((_, seconds)) = KOREAN.iter().find(|(unit, _)| text.starts_with(unit)) {
        return Some(*seconds).filter(|_| !text.starts_with("분의"));
    }
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    match word.as_str() {
        "minute" | "minutes" | "min" | "mins" => Some(60.0),
        "hour" | "hours" | "hr" | "hrs" | "h" => Some(3_600.0),
        "second" | "seconds" | "sec" | "secs" => Some(1.0),
        _ => None,
    }
}

/// Seconds that a step says to wait, the first that it names; of "20 to 25 minutes" the shorter, for who looks too early can
/// wait.
#[must_use]
pub fn timer_in(step: &str) -> Option<u32> {
    let lower = step.to_lowercase();
    let mut rest = lower.as_str();
    let number_end = |text: &str| text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[at..];
        let end = number_end(number);
        let mut after = number[end..].trim_start();
        // The upper end of a range.
        for joint in ["–", "-", "~", "to ", "or "] {
            if let Some(upper) = after.strip_prefix(joint).map(str::trim_start)
                && upper.starts_with(|c: char| c.is_ascii_digit())
            {
                after = upper[number_end(upper)..].trim_start();
                break;
            }
        }
        if let (Some(unit), Ok(value)) = (unit(after), number[..end].trim_end_matches('.').parse::<f32>()) {
            let seconds = (value * unit).round();
            if (1.0..=LONGEST_S).contains(&seconds) {
                return Some(seconds as u32);
            }
        }
        rest = &number[end..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_names_its_timer() {
        for (step, seconds) in [
            ("Bake for 20 to 25 minutes.", Some(1_200)),
            ("Simmer 1.5 hours", Some(5_400)),
            ("중불에서 3~4분 볶는다", Some(180)),
            ("30초간 데친다", Some(30)),
            ("1시간 불린다", Some(3_600)),
            ("Heat the oven to 180 °C and bake 10 min", Some(600)),
            ("물을 10분의 1로 줄인다", None),
            ("Add 2 minced onions", None),
            ("Wait 0 minutes", None),
            ("", None),
        ] {
            assert_eq!(timer_in(step), seconds, "{step}");
        }
    }
}
