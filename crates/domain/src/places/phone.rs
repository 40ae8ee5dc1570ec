//! Telephone numbers as sources write them, several in a line.

/// What was kept of a line of numbers by older imports: at this length the last may be cut off.
const CUT_AT: usize = 60;

/// A number as written, and as a phone dials it where that is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As written.
    pub shown: String,
    /// Digits with a leading `+`; absent where they are none that can be dialled.
    pub dialled: Option<String>,
}

/// The numbers of a text.
#[must_use]
pub fn phone_numbers(text: &str) -> Vec<PhoneNumber> {
    let cut = text.chars().count() == CUT_AT;
    let parts: Vec<&str> = text
        .split([';', ',', '/', '|'])
        .map(str::trim)
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .collect();
    let last = parts.len().saturating_sub(1);
    parts
        .iter()
        .enumerate()
        .map(|(i, part)| PhoneNumber {
            shown: (*part).to_owned(),
            dialled: dialled(part).filter(|_| !(cut && i == last)),
        })
        .collect()
}

/// What a phone dials: `+44 (0)20 7946 0000` without the zero that is dialled within the country alone. ITU-T E.164 has at
/// most 15 digits; shorter than 7 is an extension or a rest.
fn dialled(number: &str) -> Option<String> {
    // What follows is said to people: "ext. 5", "(Bestellung)".
    let number = number.split(['x', 'X', '#']).next()?.replace("(0)", "");
    let plus = number.trim_start().starts_with('+') || number.trim_start().starts_with("(+");
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let fits = (7..=15).contains(&digits.len());
    fits.then(|| if plus { format!("+{digits}") } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialled_of(text: &str) -> Vec<Option<String>> {
        phone_numbers(text).into_iter().map(|number| number.dialled).collect()
    }

    #[test]
    fn each_number_is_one() {
        let two = phone_numbers("+54 11 4831-8877; +54 11 4833-1479");
        assert_eq!(two[0].shown, "+54 11 4831-8877");
        assert_eq!(
            dialled_of("+54 11 4831-8877; +54 11 4833-1479"),
            [Some("+541148318877".into()), Some("+541148331479".into())]
        );
        assert_eq!(dialled_of("02-123-4567 / 010-1234-5678"), [Some("021234567".into()), Some("01012345678".into())]);
    }

    #[test]
    fn a_zero_for_the_country_is_left_out_and_rests_are_not_dialled() {
        assert_eq!(dialled_of("+44 (0)20 7946 0000"), [Some("+442079460000".into())]);
        assert_eq!(dialled_of("+49 30 123456, 12"), [Some("+4930123456".into()), None]);
        assert_eq!(dialled_of("call us"), Vec::<Option<String>>::new());
        let cut = "+54 11 4831-8877; +54 11 4833-1479; +54 11 4833-1480; +54 11 ";
        let cut: String = cut.chars().take(CUT_AT).collect();
        assert_eq!(cut.chars().count(), CUT_AT);
        assert_eq!(dialled_of(&cut).last(), Some(&None));
    }
}
