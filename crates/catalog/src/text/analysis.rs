//! Texts to words, the same for what is indexed and what is searched.

use hnh_domain::hangul;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Words are set apart by spaces: found whole, by their beginning, or with one typo.
    Spaced,
    /// Korean and scripts without spaces between words: found by any part.
    Parts,
}

/// Calls `found` with every word of the text, folded: lower case, without accents and apostrophes,
/// each of one script. Plurals stay: see [`singular`]. What says that something is lacking is one word: "gluten-free",
/// "no sugar" and "low fat" have nothing to tell who looks for gluten, sugar or fat.
pub fn each_word(text: &str, mut found: impl FnMut(&str, Script)) {
    let mut before: Option<Lacking> = None;
    each_run(text, |word, script, gap| {
        let close = matches!(gap, Some('-' | ' ' | '\u{2010}' | '\u{2011}'));
        let waiting = before.take();
        if script == Script::Parts || !close {
            if let Some(waiting) = waiting {
                found(&waiting.0, Script::Spaced);
            }
        } else if let Some(Lacking(first)) = waiting {
            let lacks = first == "no" || first == "low";
            // While it is typed it begins to be one.
            let free = word == "free" || gap != Some(' ') && word.len() < 4 && "free".starts_with(word);
            if lacks || free && (gap != Some(' ') || LACKED.contains(&first.as_str())) {
                found(&format!("{first}{word}"), Script::Spaced);
                return;
            }
            found(&first, Script::Spaced);
        }
        match script {
            Script::Spaced => before = Some(Lacking(word.to_owned())),
            Script::Parts => found(word, script),
        }
    });
    if let Some(Lacking(last)) = before {
        found(&last, Script::Spaced);
    }
}

/// A word that may belong to the next one.
struct Lacking(String);

/// What "free" is said of with a space before it; "eggs free range" lack nothing.
const LACKED: &[&str] = &[
    "alcohol",
    "caffeine",
    "cholesterol",
    "dairy",
    "egg",
    "fat",
    "gluten",
    "grain",
    "lactose",
    "meat",
    "milk",
    "nut",
    "oil",
    "salt",
    "sodium",
    "soy",
    "sugar",
    "wheat",
];

/// Calls `found` with two words closed up to one where a hyphen joins them, or, in a title, where they only follow on each other:
/// "stir-fry" and "stir fry" are "stirfry" too. In longer texts the latter would be every pair of words.
pub fn each_compound(text: &str, is_title: bool, mut found: impl FnMut(&str)) {
    /// Shorter words are seldom a half of anything.
    const HALF: usize = 3;
    let mut before: Option<String> = None;
    each_run(text, |word, script, gap| {
        let first = before.take();
        if script != Script::Spaced || word.len() < HALF || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return;
        }
        let joined = gap == Some('-') || is_title && gap == Some(' ');
        if let Some(first) = first.filter(|_| joined) {
            found(&format!("{first}{word}"));
        }
        before = Some(word.to_owned());
    });
}

/// Calls `found` with every word, and with the sign between it and the one before where that is a single one.
fn each_run(text: &str, mut found: impl FnMut(&str, Script, Option<char>)) {
    let composed: String;
    // Hangul taken apart into conjoining letters, as file names from macOS have it.
    let text = if text.chars().any(|c| ('\u{1100}'..='\u{11ff}').contains(&c)) {
        composed = text.nfc().collect();
        &composed
    } else {
        text
    };
    let mut word = String::new();
    let mut script = Script::Spaced;
    // What stands between the last word and this one: nothing yet, one sign, or more.
    let (mut gap, mut signs) = (None, 0_u32);
    for c in text.chars() {
        let kind = match c {
            '\'' | '’' | 'ʼ' => continue,
            c if is_part(c) => Some(Script::Parts),
            c if c.is_alphanumeric() => Some(Script::Spaced),
            c if is_combining_mark(c) => continue,
            _ => None,
        };
        if kind != Some(script) && !word.is_empty() {
            found(&word, script, gap.filter(|_| signs == 1));
            word.clear();
            (gap, signs) = (None, 0);
        }
        match kind {
            Some(Script::Parts) => word.push(c),
            Some(Script::Spaced) => fold(c, &mut word),
            None => (gap, signs) = (Some(c), signs + 1),
        }
        script = kind.unwrap_or(script);
    }
    if !word.is_empty() {
        found(&word, script, gap.filter(|_| signs == 1));
    }
}

/// Whether the character belongs to a script whose words are found by parts.
fn is_part(c: char) -> bool {
    hangul::is_hangul(c)
        || matches!(c,
            '\u{0e00}'..='\u{0eff}'     // Thai, Lao
            | '\u{1000}'..='\u{109f}'   // Myanmar
            | '\u{1780}'..='\u{17ff}'   // Khmer
            | '\u{3005}'..='\u{3007}'   // 々 and the like
            | '\u{3041}'..='\u{30ff}'   // Kana
            | '\u{3400}'..='\u{9fff}'   // Han
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}')
}

/// Lower case without accents.
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // Letters that Unicode does not take apart.
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// English words in -f and -fe whose plural ends in -ves, also at the end of longer ones; not those in -ve: olives, cloves.
const UNEVEN: &[(&str, &str)] = &[
    ("leaves", "leaf"),
    ("loaves", "loaf"),
    ("halves", "half"),
    ("calves", "calf"),
    ("knives", "knife"),
    ("wolves", "wolf"),
    ("hooves", "hoof"),
    ("sheaves", "sheaf"),
    ("shelves", "shelf"),
    ("scarves", "scarf"),
];

/// The word without an English plural ending, so that "tomatoes" and "tomato" are one word. Light on
/// purpose: it need not be a word, only the same for both (berries, berry: "berry"; cookie: "cooky").
pub fn singular(word: &mut String) {
    let n = word.len();
    if n < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    if let Some((many, one)) = UNEVEN.iter().find(|(many, _)| word.ends_with(many)) {
        word.truncate(n - many.len());
        word.push_str(one);
        return;
    }
    let ends = |suffix: &[&str]| suffix.iter().any(|s| word.ends_with(s));
    if n > 4 && ends(&["ies", "ie", "i"]) {
        let stem = word.trim_end_matches('s').trim_end_matches('e').trim_end_matches('i').len();
        word.truncate(stem);
        word.push('y');
    } else if ends(&["oes", "ses", "xes", "zes", "ches", "shes"]) && !ends(&["cheeses"]) {
        let keep = if ends(&["ses", "zes"]) && !ends(&["sses", "zzes"]) { n - 1 } else { n - 2 };
        word.truncate(keep);
    } else if ends(&["s"]) && !ends(&["ss", "us", "is"]) {
        word.truncate(n - 1);
    }
}

/// Korean words that are spelled or called in two ways; texts have both, and either finds both.
const VARIANTS: &[(&str, &str)] = &[
    ("계란", "달걀"),
    ("쇠고기", "소고기"),
    ("자장", "짜장"),
    ("돈까스", "돈가스"),
    ("찌게", "찌개"),
    ("떡볶기", "떡볶이"),
    ("쭈꾸미", "주꾸미"),
    ("오뎅", "어묵"),
    ("요거트", "요구르트"),
    ("케찹", "케첩"),
    ("소세지", "소시지"),
    ("초콜렛", "초콜릿"),
    ("도너츠", "도넛"),
    ("브로컬리", "브로콜리"),
    ("후라이", "프라이"),
    ("바베큐", "바비큐"),
];

/// Calls `found` with the other spellings of a word that has parts spelled in two ways.
pub fn each_variant(word: &str, mut found: impl FnMut(&str)) {
    for (a, b) in VARIANTS {
        for (from, to) in [(a, b), (b, a)] {
            if word.contains(from) {
                found(&word.replace(from, to));
            }
        }
    }
}

/// Final consonants of two letters as a keyboard joins them while typing initials: ㄳ is ㄱㅅ.
pub fn split_clusters(run: &str) -> String {
    let mut out = String::with_capacity(run.len());
    for c in run.chars() {
        match c {
            'ㄳ' => out.push_str("ㄱㅅ"),
            'ㄵ' => out.push_str("ㄴㅈ"),
            'ㄶ' => out.push_str("ㄴㅎ"),
            'ㄺ' => out.push_str("ㄹㄱ"),
            'ㄻ' => out.push_str("ㄹㅁ"),
            'ㄼ' => out.push_str("ㄹㅂ"),
            'ㄽ' => out.push_str("ㄹㅅ"),
            'ㄾ' => out.push_str("ㄹㅌ"),
            'ㄿ' => out.push_str("ㄹㅍ"),
            'ㅀ' => out.push_str("ㄹㅎ"),
            'ㅄ' => out.push_str("ㅂㅅ"),
            c => out.push(c),
        }
    }
    out
}

/// Korean while it is typed: the last syllable's final consonant taken as the beginning of the next
/// syllable, 김칙 as 김치ㄱ. None where the word does not end so.
pub fn typed_apart(word: &str) -> Option<String> {
    /// The initial consonant for each final one (Unicode 15, section 3.12); a space where none is.
    const FINALS: &str = " ㄱㄲ ㄴ  ㄷㄹ       ㅁㅂ ㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    let last = word.chars().next_back().filter(|c| hangul::is_syllable(*c))?;
    let position = (last as u32 - '가' as u32) % 28;
    let next = FINALS.chars().nth(position as usize).filter(|c| *c != ' ')?;
    let open = char::from_u32(last as u32 - position)?;
    Some(format!("{}{open}{next}", &word[..word.len() - last.len_utf8()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        each_word(text, |w, _| out.push(w.to_owned()));
        out
    }

    #[test]
    fn words_are_folded_and_of_one_script() {
        assert_eq!(words("Crème Brûlée, Großmutter's"), ["creme", "brulee", "grossmutters"]);
        assert_eq!(words("LA갈비 2인분"), ["la", "갈비", "2", "인분"]);
        assert_eq!(words("Phở; İzmir Żółć"), ["pho", "izmir", "zolc"]);
        assert_eq!(words("ソバ蕎麦 soba"), ["ソバ蕎麦", "soba"]);
        assert_eq!(words("\u{1100}\u{1175}\u{11b7}\u{110e}\u{1175}"), ["김치"], "conjoining letters");
        assert_eq!(words("ㄱㅊ 찌개"), ["ㄱㅊ", "찌개"]);
        assert_eq!(words(" -- "), Vec::<String>::new());
    }

    #[test]
    fn what_is_lacking_is_one_word() {
        assert_eq!(words("Gluten-free bread"), ["glutenfree", "bread"]);
        assert_eq!(words("sugar free, no salt"), ["sugarfree", "nosalt"]);
        assert_eq!(words("Low-fat milk; low fat"), ["lowfat", "milk", "lowfat"]);
        assert_eq!(words("gluten-fr"), ["glutenfr"], "while it is typed");
        assert_eq!(words("eggs free range"), ["eggs", "free", "range"]);
        assert_eq!(words("wheat, free choice"), ["wheat", "free", "choice"]);
        assert_eq!(words("stir-fry 글루텐 free"), ["stir", "fry", "글루텐", "free"]);
    }

    #[test]
    fn plurals_meet_their_singulars() {
        let fold = |w: &str| {
            let mut w = w.to_owned();
            singular(&mut w);
            w
        };
        for (many, one) in [
            ("tomatoes", "tomato"),
            ("berries", "berry"),
            ("cookies", "cookie"),
            ("chilies", "chili"),
            ("eggs", "egg"),
            ("radishes", "radish"),
            ("peaches", "peach"),
            ("cheeses", "cheese"),
            ("sauces", "sauce"),
            ("roses", "rose"),
            ("glasses", "glass"),
            ("boxes", "box"),
            ("beans", "bean"),
            ("leaves", "leaf"),
            ("loaves", "loaf"),
            ("knives", "knife"),
            ("olives", "olive"),
            ("cloves", "clove"),
        ] {
            assert_eq!(fold(many), fold(one), "{many}");
        }
        for same in ["hummus", "couscous", "swiss", "rice", "gas"] {
            assert_eq!(fold(same), same);
        }
    }

    #[test]
    fn a_final_consonant_may_begin_the_next_syllable() {
        for (typed, means) in [("김칙", "김치ㄱ"), ("된잦", "된자ㅈ"), ("밯", "바ㅎ"), ("감", "가ㅁ")] {
            assert_eq!(typed_apart(typed).as_deref(), Some(means));
        }
        assert_eq!((typed_apart("김치"), typed_apart("닭"), typed_apart("")), (None, None, None));
    }

    #[test]
    fn joined_finals_come_apart() {
        assert_eq!(split_clusters("ㄳㅊ"), "ㄱㅅㅊ");
    }
}
