//! Korean in Latin letters by the Revised Romanization (국어의 로마자 표기법, 문화체육관광부고시 제2014-42호): as it is
//! pronounced, but for tense consonants. What the spelling does not tell is left: 학여울 is said with an ㄴ that is not written.

/// Initial consonants in Unicode's order; the silent one is empty.
const INITIALS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
];
/// Final consonants in Unicode's order, from the first one on: how they sound at a word's end or before a consonant, and
/// as what they go on before a vowel, which is what stays and what moves over.
const FINALS: [(&str, &str, &str); 27] = [
    ("k", "", "g"),
    ("k", "", "kk"),
    ("k", "k", "s"),
    ("n", "", "n"),
    ("n", "n", "j"),
    ("n", "", "n"),
    ("t", "", "d"),
    ("l", "", "r"),
    ("k", "l", "g"),
    ("m", "l", "m"),
    ("l", "l", "b"),
    ("l", "l", "s"),
    ("l", "l", "t"),
    ("p", "l", "p"),
    ("l", "", "r"),
    ("m", "", "m"),
    ("p", "", "b"),
    ("p", "p", "s"),
    ("t", "", "s"),
    ("t", "", "ss"),
    ("ng", "ng", ""),
    ("t", "", "j"),
    ("t", "", "ch"),
    ("k", "", "k"),
    ("t", "", "t"),
    ("p", "", "p"),
    ("t", "", ""),
];

/// A syllable as the places of its letters in the tables.
#[derive(Clone, Copy)]
struct Syllable {
    initial: usize,
    vowel: usize,
    /// From 1; 0 is none.
    last: usize,
}

impl Syllable {
    fn of(c: char) -> Option<Self> {
        let at = crate::hangul::is_syllable(c).then(|| c as usize - '가' as usize)?;
        Some(Self { initial: at / 588, vowel: at / 28 % 21, last: at % 28 })
    }

    /// How it ends where nothing follows.
    fn end(self) -> &'static str {
        self.last.checked_sub(1).map_or("", |last| FINALS[last].0)
    }
}

/// The text with its Korean in Latin letters, each word with a capital; what is not Korean stays.
///
/// ```
/// assert_eq!(hnh_domain::romanise::romanised("종로 김밥"), "Jongno Gimbap");
/// ```
#[must_use]
pub fn romanised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<Syllable> = Vec::new();
    for c in text.chars() {
        if let Some(syllable) = Syllable::of(c) {
            run.push(syllable);
            continue;
        }
        write_word(&run, &mut out);
        run.clear();
        out.push(c);
    }
    write_word(&run, &mut out);
    out
}

fn write_word(word: &[Syllable], out: &mut String) {
    let mut latin = String::new();
    // What the syllable before made of this one's beginning.
    let mut begun: Option<&str> = None;
    for (at, syllable) in word.iter().enumerate() {
        latin.push_str(begun.take().unwrap_or(INITIALS[syllable.initial]));
        latin.push_str(VOWELS[syllable.vowel]);
        let Some(next) = word.get(at + 1) else {
            latin.push_str(syllable.end());
            break;
        };
        let (end, begin) = if at > 0 && is_street(&word[at + 1..]) && syllable.end() == "n" {
            // 신문로: the word before keeps its end.
            ("n", "n")
        } else {
            meeting(*syllable, *next)
        };
        latin.push_str(end);
        begun = Some(begin);
    }
    let mut letters = latin.chars();
    // A name begins large, not what hangs on a number.
    let alone = !out.ends_with(|c: char| c.is_alphanumeric());
    out.extend(letters.next().map(|first| if alone { first.to_ascii_uppercase() } else { first }));
    out.push_str(letters.as_str());
}

/// Whether a word ends in 로, which then is a street.
fn is_street(rest: &[Syllable]) -> bool {
    matches!(rest, [Syllable { initial: 5, vowel: 8, last: 0 }])
}

/// How a syllable ends and the next begins where they meet.
fn meeting(syllable: Syllable, next: Syllable) -> (&'static str, &'static str) {
    let begin = INITIALS[next.initial];
    let Some(last) = syllable.last.checked_sub(1) else { return ("", begin) };
    let (end, stays, moves) = FINALS[last];
    let before_i = VOWELS[next.vowel] == "i";
    // ㅎ at the end: alone, in ㄶ, in ㅀ.
    let aspirates = matches!(last, 26 | 5 | 14);
    match (end, begin) {
        // ㄷ and ㅌ before 이 are said as ㅈ and ㅊ; ㅎ after ㄷ, too.
        (_, "") if before_i && last == 6 => ("", "j"),
        (_, "") if before_i && last == 24 => ("", "ch"),
        (_, "h") if before_i && last == 6 => ("", "ch"),
        (_, "") => (stays, moves),
        (end, "g") if aspirates => (if last == 26 { "" } else { end }, "k"),
        (end, "d") if aspirates => (if last == 26 { "" } else { end }, "t"),
        (end, "j") if aspirates => (if last == 26 { "" } else { end }, "ch"),
        (_, "s") if last == 26 => ("", "s"),
        ("k", "n" | "m") => ("ng", begin),
        ("t", "n" | "m") => ("n", begin),
        ("p", "n" | "m") => ("m", begin),
        ("k", "r") => ("ng", "n"),
        ("t", "r") => ("n", "n"),
        ("p", "r") => ("m", "n"),
        ("m" | "ng", "r") => (end, "n"),
        ("n" | "l", "r") | ("l", "n") => ("l", "l"),
        _ => (end, begin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rules() {
        // 국어의 로마자 표기법, 제2장 and 제3장.
        for (korean, latin) in [
            ("구미", "Gumi"),
            ("영동", "Yeongdong"),
            ("백암", "Baegam"),
            ("옥천", "Okcheon"),
            ("합덕", "Hapdeok"),
            ("호법", "Hobeop"),
            ("월곶", "Wolgot"),
            ("벚꽃", "Beotkkot"),
            ("한밭", "Hanbat"),
            ("구리", "Guri"),
            ("설악", "Seorak"),
            ("칠곡", "Chilgok"),
            ("임실", "Imsil"),
            ("울릉", "Ulleung"),
            ("대관령", "Daegwallyeong"),
            ("백마", "Baengma"),
            ("신문로", "Sinmunno"),
            ("종로", "Jongno"),
            ("왕십리", "Wangsimni"),
            ("별내", "Byeollae"),
            ("신라", "Silla"),
            ("해돋이", "Haedoji"),
            ("같이", "Gachi"),
            ("굳히다", "Guchida"),
            ("좋고", "Joko"),
            ("놓다", "Nota"),
            ("낳지", "Nachi"),
            ("묵호", "Mukho"),
            ("집현전", "Jiphyeonjeon"),
            ("압구정", "Apgujeong"),
            ("낙동강", "Nakdonggang"),
            ("죽변", "Jukbyeon"),
            ("낙성대", "Nakseongdae"),
            ("합정", "Hapjeong"),
            ("팔당", "Paldang"),
            ("샛별", "Saetbyeol"),
            ("울산", "Ulsan"),
        ] {
            assert_eq!(romanised(korean), latin, "{korean}");
        }
    }

    #[test]
    fn what_is_not_korean_stays() {
        assert_eq!(romanised("비건 Kitchen 2호점!"), "Bigeon Kitchen 2hojeom!");
        assert_eq!(romanised("ㅋㅋ 닭볶음"), "ㅋㅋ Dakbokkeum");
        assert_eq!(romanised(""), "");
    }
}
