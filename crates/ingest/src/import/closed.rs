//! Names that say that a place is gone.

use hnh_domain::text::Text;

/// Words that mappers and lists put beside a name; "Closed Door" is a bar.
const GONE: &[&str] =
    &["폐업", "폐점", "휴업", "영업종료", "permanently closed", "(closed)", "[closed]", "closed down", "- closed"];

/// Whether a name says so.
pub(super) fn says_gone(name: &Text) -> bool {
    name.iter().any(|name| {
        let name = name.to_lowercase();
        GONE.iter().any(|gone| name.contains(gone)) || name.trim() == "closed"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_says_so() {
        for (name, gone) in [
            ("동일루 (폐업)", true),
            ("Green Bowl (CLOSED)", true),
            ("Closed", true),
            ("Closed Door", false),
            ("Never Closed Diner", false),
        ] {
            assert_eq!(says_gone(&Text::detect(name)), gone, "{name}");
        }
    }
}
