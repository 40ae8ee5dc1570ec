//! Names of weekdays and months in the languages people write opening hours in.
//!
//! One value is written in one language, so a short name that means different days in different
//! languages (`do`: Donnerstag, domingo) is read in the language that explains most of the value's
//! words; a tie goes to the place's own language. To add a language, add a row to [`TABLE`]: any
//! beginning of a name that no other name of the row shares counts too, with or without its accents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexer::Token;

/// A language's names, Monday first and January first; after `|` come forms that count only whole.
struct Names {
    code: &'static str,
    weekdays: [&'static str; 7],
    months: Option<[&'static str; 12]>,
}

/// In the order in which a tie is broken when the place's language does not decide.
static TABLE: &[Names] = &[
    Names {
        code: "en",
        weekdays: ["monday", "tuesday", "wednesday|weds", "thursday", "friday", "saturday", "sunday"],
        months: Some([
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]),
    },
    Names {
        code: "de",
        weekdays: ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"],
        months: Some([
            "januar|jänner",
            "februar",
            "märz|maerz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ]),
    },
    Names {
        code: "fr",
        weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        months: Some([
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ]),
    },
    Names {
        code: "es",
        weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        months: Some([
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre|setiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ]),
    },
    Names {
        code: "it",
        weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
        months: Some([
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ]),
    },
    Names {
        code: "nl",
        weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
        months: Some([
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ]),
    },
    Names {
        code: "pt",
        weekdays: ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"],
        months: Some([
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ]),
    },
    Names {
        code: "pl",
        weekdays: ["poniedziałek", "wtorek", "środa|sr", "czwartek", "piątek|pt", "sobota", "niedziela|nd|ndz"],
        months: None,
    },
    Names {
        code: "cs",
        weekdays: ["pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"],
        months: None,
    },
    Names {
        code: "sk",
        weekdays: ["pondelok", "utorok", "streda", "štvrtok", "piatok", "sobota", "nedeľa"],
        months: None,
    },
    Names {
        code: "sv",
        weekdays: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        months: Some([
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ]),
    },
    Names {
        code: "da",
        weekdays: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag|loerdag", "søndag|soendag"],
        months: Some([
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ]),
    },
    Names {
        code: "fi",
        weekdays: ["maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"],
        months: Some([
            "tammikuu",
            "helmikuu",
            "maaliskuu",
            "huhtikuu",
            "toukokuu",
            "kesäkuu",
            "heinäkuu",
            "elokuu",
            "syyskuu",
            "lokakuu",
            "marraskuu",
            "joulukuu",
        ]),
    },
    Names {
        code: "hu",
        weekdays: ["hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat", "vasárnap"],
        months: None,
    },
    Names {
        code: "ro",
        weekdays: ["luni", "marți|marti", "miercuri", "joi", "vineri", "sâmbătă", "duminică"],
        months: None,
    },
    Names {
        code: "hr",
        weekdays: ["ponedjeljak", "utorak", "srijeda", "četvrtak", "petak", "subota", "nedjelja"],
        months: None,
    },
    Names {
        code: "tr",
        weekdays: ["pazartesi|pzt", "salı", "çarşamba", "perşembe", "cuma", "cumartesi|cmt", "pazar"],
        months: None,
    },
    Names {
        code: "ru",
        weekdays: [
            "понедельник|пн",
            "вторник|вт",
            "среда|ср",
            "четверг|чт",
            "пятница|пт",
            "суббота|сб",
            "воскресенье|вс",
        ],
        months: None,
    },
    Names {
        code: "uk",
        weekdays: ["понеділок|пн", "вівторок|вт", "середа|ср", "четвер|чт", "п'ятниця|пт", "субота|сб", "неділя|нд"],
        months: None,
    },
    Names {
        code: "ko",
        weekdays: ["월요일|월", "화요일|화", "수요일|수", "목요일|목", "금요일|금", "토요일|토", "일요일|일"],
        months: None,
    },
    Names {
        code: "ja",
        weekdays: ["月曜日|月", "火曜日|火", "水曜日|水", "木曜日|木", "金曜日|金", "土曜日|土", "日曜日|日"],
        months: None,
    },
    Names {
        code: "zh",
        weekdays: [
            "星期一|周一",
            "星期二|周二",
            "星期三|周三",
            "星期四|周四",
            "星期五|周五",
            "星期六|周六",
            "星期日|星期天|周日",
        ],
        months: None,
    },
];

/// The main languages of countries whose name differs from their language's code.
static COUNTRIES: &[(&str, &[&str])] = &[
    ("AT", &["de"]),
    ("CH", &["de", "fr", "it"]),
    ("LI", &["de"]),
    ("LU", &["fr", "de"]),
    ("BE", &["nl", "fr", "de"]),
    ("CZ", &["cs"]),
    ("SE", &["sv"]),
    ("DK", &["da"]),
    ("NO", &["da"]),
    ("BR", &["pt"]),
    ("MX", &["es"]),
    ("AR", &["es"]),
    ("CL", &["es"]),
    ("CO", &["es"]),
    ("PE", &["es"]),
    ("UA", &["uk"]),
    ("BY", &["ru"]),
    ("SV", &["es"]),
    ("KR", &["ko"]),
    ("JP", &["ja"]),
    ("CN", &["zh"]),
    ("TW", &["zh"]),
    ("GB", &["en"]),
    ("US", &["en"]),
    ("CA", &["en", "fr"]),
    ("AU", &["en"]),
    ("IE", &["en"]),
];

/// A language's names, ready for look-up by folded word.
pub(super) struct Language {
    code: &'static str,
    words: HashMap<String, Token>,
}

impl Language {
    /// The weekday or month a folded word names in this language.
    pub(super) fn token(&self, folded: &str) -> Option<Token> {
        self.words.get(folded).copied()
    }

    fn is_spoken_in(&self, country: Option<&str>) -> bool {
        country.is_some_and(|country| match COUNTRIES.iter().find(|(code, _)| *code == country) {
            Some((_, languages)) => languages.contains(&self.code),
            None => self.code.eq_ignore_ascii_case(country),
        })
    }
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    TABLE
        .iter()
        .map(|names| {
            let mut words = HashMap::new();
            // Weekdays go last: "mar" is far more often martes than marzo in opening hours.
            for (index, name) in names.months.iter().flatten().enumerate() {
                add_name(&mut words, name, 3, Token::Month(index as u8 + 1), &names.months);
            }
            for (index, name) in names.weekdays.iter().enumerate() {
                add_name(&mut words, name, 2, Token::Weekday(index as u8), &Some(names.weekdays));
            }
            Language { code: names.code, words }
        })
        .collect()
});

/// Enters a name's forms and those beginnings of the first, at least `shortest` letters long, which
/// none of the other names in `all` shares.
fn add_name<const N: usize>(
    words: &mut HashMap<String, Token>,
    name: &'static str,
    shortest: usize,
    token: Token,
    all: &Option<[&'static str; N]>,
) {
    let first_form = |name: &str| fold(name.split('|').next().unwrap_or_default());
    let others: Vec<String> =
        all.iter().flatten().filter(|other| **other != name).map(|other| first_form(other)).collect();
    for form in name.split('|').map(fold) {
        words.insert(format!("{form}s"), token);
        words.insert(form, token);
    }
    let form = first_form(name);
    for (end, _) in form.char_indices().skip(shortest) {
        if !others.iter().any(|other| other.starts_with(&form[..end])) {
            words.insert(form[..end].to_owned(), token);
        }
    }
}

/// The language that names days or months with most of the given words, and how many those are.
pub(super) fn detect<'a>(
    words: impl Iterator<Item = &'a str>,
    country: Option<&str>,
) -> Option<(&'static Language, usize)> {
    let words: HashSet<String> = words.map(fold).collect();
    LANGUAGES
        .iter()
        .map(|language| {
            let known = words.iter().filter(|word| language.words.contains_key(*word)).count();
            (language, known)
        })
        .filter(|(_, known)| *known > 0)
        // `max_by_key` keeps the last of equals: turn the order so that the table's first wins.
        .rev()
        .max_by_key(|(language, known)| (*known, language.is_spoken_in(country)))
}

/// Removes the accents of Latin letters; the word must be in lower case.
pub(super) fn fold(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
            'ý' => 'y',
            'ç' | 'č' | 'ć' => 'c',
            'ď' => 'd',
            'ľ' | 'ł' => 'l',
            'ñ' | 'ň' | 'ń' => 'n',
            'ř' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ț' => 't',
            'ž' | 'ź' | 'ż' => 'z',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str], country: Option<&str>) -> Vec<Option<Token>> {
        match detect(words.iter().copied(), country) {
            Some((language, _)) => words.iter().map(|word| language.token(&fold(word))).collect(),
            None => Vec::new(),
        }
    }

    #[test]
    fn a_beginning_that_only_one_day_has_names_it() {
        assert_eq!(read(&["sonnt"], None), [Some(Token::Weekday(6))]);
        assert_eq!(read(&["lun"], None), [Some(Token::Weekday(0))]);
        assert_eq!(read(&["so"], Some("DE")), [Some(Token::Weekday(6))]);
        assert_eq!(read(&["s"], None), []);
    }

    #[test]
    fn accents_may_be_left_out() {
        assert_eq!(read(&["miercoles"], None), read(&["miércoles"], None));
        assert_eq!(read(&["marz"], Some("DE")), [Some(Token::Month(3))]);
    }

    #[test]
    fn the_other_words_decide_what_a_short_name_means() {
        assert_eq!(read(&["do", "mi"], None)[0], Some(Token::Weekday(3)));
        assert_eq!(read(&["do", "vi", "ju"], None)[0], Some(Token::Weekday(6)));
    }

    #[test]
    fn the_country_breaks_a_tie() {
        assert_eq!(read(&["di"], Some("FR")), [Some(Token::Weekday(6))]);
        assert_eq!(read(&["di"], Some("AT")), [Some(Token::Weekday(1))]);
        assert_eq!(read(&["do"], Some("ES")), [Some(Token::Weekday(6))]);
    }

    #[test]
    fn words_of_no_language_are_not_days() {
        assert_eq!(read(&["summer", "telefon"], Some("DE")), []);
    }
}
