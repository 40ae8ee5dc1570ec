//! Outside texts made fit for records: trimmed, bounded, blank is unknown.

use hnh_domain::text::Text;

/// The longest name in characters.
pub(crate) const NAME: usize = 200;
/// The longest address, phone number or opening hours in characters.
pub(crate) const LINE: usize = 500;
/// The longest step or summary in characters.
pub(crate) const PARAGRAPH: usize = 4_000;
/// The longest web address in bytes.
const ADDRESS: usize = 500;

/// The text with single spaces, without control characters, at most `longest` characters; none when blank.
pub(crate) fn clean(text: &str, longest: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len().min(longest * 4));
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}') {
        if word.is_empty() {
            continue;
        }
        if count > 0 {
            out.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= longest {
                return Some(out.trim_end().to_owned());
            }
            out.push(c);
            count += 1;
        }
    }
    (!out.is_empty()).then_some(out)
}

/// As [`clean`], in the language it looks like.
pub(crate) fn text(text: &str, longest: usize) -> Option<Text> {
    clean(text, longest).map(Text::detect)
}

/// A place's name as it hangs over the door: without the company that runs it, and with its brackets closed.
pub(crate) fn place_name(name: &str) -> Option<Text> {
    let name = clean(name, NAME)?;
    let mut bare = name.as_str();
    for company in ["주식회사", "(주)", "㈜", "(유)"] {
        bare = bare.strip_prefix(company).or_else(|| bare.strip_suffix(company)).unwrap_or(bare).trim();
        // 씨제이푸드빌(주) 빕스 강남역점
        if let Some((_, after)) = bare.split_once(company).filter(|(_, after)| !after.trim().is_empty()) {
            bare = after.trim();
        }
    }
    if bare.is_empty() {
        bare = &name;
    }
    let open = bare.rfind('(').filter(|open| !bare[*open..].contains(')'));
    let closed = match open {
        // 고에몬 (달인,
        Some(open) if bare.ends_with([',', '(', '/']) => bare[..open].trim_end().to_owned(),
        Some(_) => format!("{bare})"),
        None => bare.to_owned(),
    };
    text(&closed, NAME)
}

/// A web address of http or https. `www.…` gets the scheme a browser would add; all else is dropped,
/// so that no `javascript:` reaches a link.
pub(crate) fn website(address: &str) -> Option<String> {
    // Several addresses in one tag are separated by semicolons: the first is the main one.
    let address = address.split(';').next().unwrap_or("").trim();
    let has_scheme = |scheme: &str| address.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    let address = if has_scheme("www.") { format!("http://{address}") } else { address.to_owned() };
    let rest = ["http://", "https://"]
        .iter()
        .find(|s| address.get(..s.len()).is_some_and(|a| a.eq_ignore_ascii_case(s)))
        .and_then(|s| address.get(s.len()..))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    (plain && address.len() <= ADDRESS && host.contains('.')).then_some(address)
}

/// An amount as food tables print it; blank, "-" or a word is unknown.
pub(crate) fn amount(text: &str) -> Option<f32> {
    let text = text.trim();
    // "inf" and "nan" parse as numbers too.
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    text.replace(',', "").parse().ok().filter(|a: &f32| a.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_hangs_over_the_door() {
        for (written, name) in [
            ("씨제이푸드빌(주) 빕스 강남역점", "빕스 강남역점"),
            ("(주)두부마을", "두부마을"),
            ("주식회사 푸른식당", "푸른식당"),
            ("푸른식당 ㈜", "푸른식당"),
            ("(주)", "(주)"),
            ("고에몬 (달인,", "고에몬"),
            ("롯데리아 (강남우성사거리0", "롯데리아 (강남우성사거리0)"),
            ("동일루 (중화요리)", "동일루 (중화요리)"),
        ] {
            assert_eq!(place_name(written).unwrap().ko.as_deref(), Some(name), "{written}");
        }
    }

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(clean("  콩국수\t\r\n  (대) ", 100).unwrap(), "콩국수 (대)");
        assert_eq!(clean("가나다 라마", 4).unwrap(), "가나다");
        assert_eq!(clean(" \t\u{200b} ", 9), None);
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(website("HTTPS://example.org/a").unwrap(), "HTTPS://example.org/a");
        assert_eq!(website("www.example.org;http://b.org").unwrap(), "http://www.example.org");
        for bad in ["javascript:alert(1)", "http://", "ftp://a.b", "http://a b.c", "cafe", "http://a.b/\"x"] {
            assert_eq!(website(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_blank_amount_is_unknown_and_not_zero() {
        assert_eq!(amount("0"), Some(0.0));
        assert_eq!(amount("1,205.5"), Some(1205.5));
        for unknown in ["", " ", "-", "Tr", "NaN", "inf"] {
            assert_eq!(amount(unknown), None, "{unknown}");
        }
    }
}
