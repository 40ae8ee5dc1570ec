//! Words, phrases and signs people write in opening hours, and what they mean.
//!
//! A replacement is itself opening-hours text in lower case, and is read in place of the spelling.

/// Several words, or words with signs, that mean one thing; all in lower case. The longest that
/// fits counts.
static PHRASES: &[(&str, &str)] = &[
    ("24 hours 7 days a week", "24/7"),
    ("24 hours a day", "00:00-24:00"),
    ("24 hours", "00:00-24:00"),
    ("24 stunden", "00:00-24:00"),
    ("24h/24", "00:00-24:00"),
    ("24/24", "00:00-24:00"),
    ("24시간", "00:00-24:00"),
    ("24x7", "24/7"),
    ("7 days a week", "mo-su"),
    ("7 days/week", "mo-su"),
    ("7 days", "mo-su"),
    ("7j/7", "mo-su"),
    ("7/7", "mo-su"),
    ("all day", "00:00-24:00"),
    ("all days", "mo-su"),
    ("every day", "mo-su"),
    ("tous les jours", "mo-su"),
    ("todos los días", "mo-su"),
    ("tutti i giorni", "mo-su"),
    ("always open", "24/7"),
    ("always closed", "off"),
    ("open end", "+"),
    ("till late", "+"),
    ("until late", "+"),
    ("bis open end", "+"),
    ("bis ende offen", "+"),
    ("by appointment only", "\"\""),
    ("by appointment", "\"\""),
    ("by appointments", "\"\""),
    ("on appointment", "\"\""),
    ("nach vereinbarung", "\"\""),
    ("nach absprache", "\"\""),
    ("sur rendez-vous", "\"\""),
    ("sur rdv", "\"\""),
    ("su appuntamento", "\"\""),
    ("on workdays", "mo-fr"),
    ("on work days", "mo-fr"),
    ("an feiertagen", "ph"),
    ("sonn- und feiertags", "ph,su"),
    ("sonn- und feiertage", "ph,su"),
    ("sonn-/feiertags", "ph,su"),
    ("jours fériés", "ph"),
    ("public holidays", "ph"),
    ("public holiday", "ph"),
    ("school holidays", "sh"),
    ("school holiday", "sh"),
    ("bank holidays", "ph"),
    ("bank holiday", "ph"),
];

/// Single words, in lower case; days and months of other languages are elsewhere.
static WORDS: &[(&str, &str)] = &[
    // Between the ends of a range.
    ("to", "-"),
    ("till", "-"),
    ("til", "-"),
    ("until", "-"),
    ("through", "-"),
    ("bis", "-"),
    ("à", "-"),
    ("á", "-"),
    ("a", "-"),
    ("as", "-"),
    ("às", "-"),
    ("até", "-"),
    ("ate", "-"),
    ("au", "-"),
    ("tot", "-"),
    ("до", "-"),
    ("부터", "-"),
    // Between the items of a list.
    ("and", ","),
    ("und", ","),
    ("u", ","),
    ("et", ","),
    ("y", ","),
    ("e", ","),
    ("en", ","),
    ("och", ","),
    ("og", ","),
    ("auch", ","),
    ("sowie", ","),
    // Say nothing.
    ("from", ""),
    ("von", ""),
    ("ab", ""),
    ("de", ""),
    ("du", ""),
    ("uhr", ""),
    ("h", ""),
    ("hs", ""),
    ("hrs", ""),
    ("hours", ""),
    ("geöffnet", ""),
    ("zwischen", ""),
    ("ist", ""),
    ("durchgehend", ""),
    ("öffnungszeiten", ""),
    ("öffnungszeit", ""),
    ("season", ""),
    ("시", ""),
    ("까지", ""),
    // States.
    ("geschlossen", "off"),
    ("geschl", "off"),
    ("ruhetag", "off"),
    ("ruhetage", "off"),
    ("except", "off"),
    ("gesloten", "off"),
    ("fermé", "off"),
    ("ferme", "off"),
    ("cerrado", "off"),
    ("chiuso", "off"),
    ("fechado", "off"),
    ("stängt", "off"),
    ("lukket", "off"),
    ("suljettu", "off"),
    ("휴무", "off"),
    ("휴무일", "off"),
    ("otherwise", "||"),
    // Days.
    ("daily", "mo-su"),
    ("everyday", "mo-su"),
    ("täglich", "mo-su"),
    ("taeglich", "mo-su"),
    ("dagelijks", "mo-su"),
    ("매일", "mo-su"),
    ("연중무휴", "mo-su,ph"),
    ("wd", "mo-fr"),
    ("weekday", "mo-fr"),
    ("weekdays", "mo-fr"),
    ("vardagar", "mo-fr"),
    ("평일", "mo-fr"),
    ("werktag", "mo-sa"),
    ("werktags", "mo-sa"),
    ("weekend", "sa,su"),
    ("weekends", "sa,su"),
    ("wochenende", "sa,su"),
    ("주말", "sa,su"),
    ("holiday", "ph"),
    ("holidays", "ph"),
    ("feiertag", "ph"),
    ("feiertags", "ph"),
    ("feiertage", "ph"),
    ("feiertagen", "ph"),
    ("feestdag", "ph"),
    ("feestdagen", "ph"),
    ("festivos", "ph"),
    ("festivi", "ph"),
    ("공휴일", "ph"),
    ("ferien", "sh"),
    ("schulferien", "sh"),
    ("ostern", "easter"),
    // Times.
    ("always", "24/7"),
    ("nonstop", "24/7"),
    ("anytime", "24/7"),
    ("noon", "12:00"),
    ("midday", "12:00"),
    ("mittag", "12:00"),
    ("midnight", "00:00"),
    ("mitternacht", "00:00"),
    ("late", "+"),
    ("daytime", "sunrise-sunset"),
    ("daylight", "sunrise-sunset"),
    ("sundown", "sunset"),
    ("sonnenaufgang", "sunrise"),
    ("sonnenuntergang", "sunset"),
];

/// Signs that stand for another sign.
static SIGNS: &[(char, char)] = &[
    ('–', '-'),
    ('—', '-'),
    ('‐', '-'),
    ('‑', '-'),
    ('‒', '-'),
    ('−', '-'),
    ('ー', '-'),
    ('~', '-'),
    ('〜', '-'),
    ('→', '-'),
    ('&', ','),
    ('、', ','),
    ('·', ','),
    ('␣', ' '),
    ('_', ' '),
    ('|', ';'),
    ('?', ' '),
];

/// The phrase `rest` begins with: its length in bytes and what it stands for.
pub(super) fn phrase(rest: &str) -> Option<(usize, &'static str)> {
    PHRASES
        .iter()
        .filter(|(phrase, _)| rest.strip_prefix(phrase).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))
        .map(|(phrase, replacement)| (phrase.len(), *replacement))
        .max_by_key(|(length, _)| *length)
}

/// What a word stands for.
pub(super) fn word(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(spelling, _)| *spelling == word).map(|(_, replacement)| *replacement)
}

/// The sign a sign stands for, most often itself.
pub(super) fn sign(sign: char) -> char {
    SIGNS.iter().find(|(spelling, _)| *spelling == sign).map_or(sign, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    #[test]
    fn spellings_are_in_lower_case_and_their_meanings_are_read() {
        for (spelling, replacement) in PHRASES.iter().chain(WORDS) {
            assert_eq!(spelling.to_lowercase(), *spelling);
            assert_eq!(replacement.to_lowercase(), *replacement);
            // In brackets nothing is taken for an hour's word.
            assert_eq!(lex(&format!("[{spelling}]"), None), lex(&format!("[{replacement}]"), None), "{spelling}");
        }
    }

    #[test]
    fn no_spelling_is_listed_twice() {
        let mut spellings: Vec<_> = PHRASES.iter().chain(WORDS).map(|(spelling, _)| spelling).collect();
        spellings.sort();
        assert!(spellings.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn the_longest_phrase_counts() {
        assert_eq!(phrase("24 hours 7 days a week"), Some((22, "24/7")));
        assert_eq!(phrase("24 hours."), Some((8, "00:00-24:00")));
        assert_eq!(phrase("all daylight"), None);
    }
}
