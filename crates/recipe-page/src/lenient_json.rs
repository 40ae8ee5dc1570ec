//! JSON as pages really carry it: tried strictly first, then mended.
//!
//! Mended are what content systems break: HTML comments and CDATA around the text, raw line
//! breaks and quotes inside strings, wrong escapes, comments, trailing commas, several values in a
//! row, entities instead of quotes, and an end cut off.

use serde_json::Value;

/// The values in a script's text; none when nothing can be read from it.
pub(super) fn values(text: &str) -> Vec<Value> {
    let text = unwrapped(text);
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let unescaped;
    let text = if !text.contains('"') && text.contains("&quot;") {
        unescaped = text.replace("&quot;", "\"").replace("&amp;", "&");
        &unescaped
    } else {
        text
    };
    let mended = mended(text);
    serde_json::Deserializer::from_str(&mended).into_iter().map_while(Result::ok).collect()
}

/// The text without the comment or CDATA marks around it.
fn unwrapped(text: &str) -> &str {
    const MARKS: &[&str] = &[
        "<!--",
        "-->",
        "//<![CDATA[",
        "// <![CDATA[",
        "<![CDATA[",
        "/*<![CDATA[*/",
        "/* <![CDATA[ */",
        "//]]>",
        "// ]]>",
        "]]>",
        "/*]]>*/",
        "/* ]]> */",
        "//",
        ";",
        "\u{feff}",
    ];
    let mut text = text.trim();
    loop {
        let before = text.len();
        for mark in MARKS {
            text = text.strip_prefix(mark).unwrap_or(text);
            text = text.strip_suffix(mark).unwrap_or(text).trim();
        }
        if text.len() == before {
            return text;
        }
    }
}

/// The text with what [`values`] mends mended; sound JSON stays as it is but for whitespace.
fn mended(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        match sign {
            '"' => {
                at = mend_string(&signs, at + 1, &mut out);
                continue;
            }
            '/' if signs.get(at + 1) == Some(&'/') => {
                at = position_from(&signs, at, |rest| rest[0] == '\n');
                continue;
            }
            '/' if signs.get(at + 1) == Some(&'*') => {
                at = position_from(&signs, at + 2, |rest| rest.starts_with(&['*', '/'])) + 2;
                continue;
            }
            '{' | '[' => {
                open.push(if sign == '{' { '}' } else { ']' });
                out.push(sign);
            }
            '}' | ']' => {
                open.pop();
                drop_trailing_comma(&mut out);
                out.push(sign);
            }
            ';' => {}
            sign if sign.is_whitespace() || sign.is_control() || sign == '\u{feff}' => out.push(' '),
            sign => out.push(sign),
        }
        at += 1;
    }
    // A page cut off in the middle: close what is open.
    if !open.is_empty() {
        drop_trailing_comma(&mut out);
        if out.trim_end().ends_with(':') {
            out.push_str("null");
        }
    }
    out.extend(open.iter().rev());
    out
}

fn position_from(signs: &[char], from: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (from..signs.len()).find(|&at| found(&signs[at..])).unwrap_or(signs.len())
}

fn drop_trailing_comma(out: &mut String) {
    out.truncate(out.trim_end().len());
    if out.ends_with(',') {
        out.pop();
    }
}

/// Copies the string that starts at `at` (after its opening quote), mended, with its quotes.
/// Returns where the text goes on.
fn mend_string(signs: &[char], mut at: usize, out: &mut String) -> usize {
    out.push('"');
    while let Some(&sign) = signs.get(at) {
        at += 1;
        match sign {
            '"' if ends_string(&signs[at..]) => {
                out.push('"');
                return at;
            }
            '"' => out.push_str("\\\""),
            '\\' => at = mend_escape(signs, at, out),
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out.push('"');
    at
}

/// Whether a quote before `rest` ends its string: what may follow a string follows. A quote
/// meant as a character (`a 9" pan`) is followed by text.
fn ends_string(rest: &[char]) -> bool {
    let mut following = rest.iter().filter(|sign| !sign.is_whitespace());
    match following.next() {
        None | Some(':' | '}' | ']' | '/') => true,
        Some(',') => matches!(
            following.next(),
            None | Some('"' | '{' | '[' | '}' | ']' | '0'..='9' | '-' | 't' | 'f' | 'n' | '/')
        ),
        Some(_) => false,
    }
}

/// Copies the escape whose letter stands at `at`, if JSON knows it; else what it stood before.
fn mend_escape(signs: &[char], at: usize, out: &mut String) -> usize {
    let Some(&letter) = signs.get(at) else {
        return at;
    };
    match letter {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {
            out.push('\\');
            out.push(letter);
            at + 1
        }
        'u' => match (code_unit(signs, at + 1), low_surrogate(signs, at + 5)) {
            (Some(high @ 0xD800..=0xDBFF), Some(low)) => {
                out.push_str(&format!("\\u{high:04x}\\u{low:04x}"));
                at + 11
            }
            // Half a pair says nothing.
            (Some(0xD800..=0xDFFF), _) => at + 5,
            (Some(unit), _) => {
                out.push_str(&format!("\\u{unit:04x}"));
                at + 5
            }
            (None, _) => at,
        },
        _ => at,
    }
}

fn code_unit(signs: &[char], at: usize) -> Option<u32> {
    let digits = signs.get(at..at + 4)?;
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + digit.to_digit(16)?))
}

fn low_surrogate(signs: &[char], at: usize) -> Option<u32> {
    let escape = signs.get(at..at + 2)? == ['\\', 'u'];
    code_unit(signs, at + 2).filter(|unit| escape && (0xDC00..=0xDFFF).contains(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn wrappings_are_taken_off() {
        for text in [
            "<!-- {\"a\":1} -->",
            "//<![CDATA[\n{\"a\":1}\n//]]>",
            "/* <![CDATA[ */ {\"a\":1}; /* ]]> */",
            "\u{feff} {\"a\":1};",
        ] {
            assert_eq!(values(text), [json!({"a": 1})], "{text}");
        }
    }

    #[test]
    fn strings_are_mended() {
        for (text, expected) in [
            ("{\"a\":\"one\ntwo\tthree\"}", "one\ntwo three"),
            (r#"{"a":"a 9" pan, greased"}"#, "a 9\" pan, greased"),
            (r#"{"a":"cook\'s"}"#, "cook's"),
            (r#"{"a":"\ud83c\udf5c \ud83c soup \u00e9","b":1,}"#, "🍜  soup é"),
        ] {
            let found = values(text);
            assert_eq!(found[0]["a"], json!(expected), "{text}");
        }
    }

    #[test]
    fn structure_is_mended() {
        assert_eq!(values("[1,2,],"), [json!([1, 2])]);
        assert_eq!(values("{\"a\": /* why */ [\"x\" // here\n, ], }"), [json!({"a": ["x"]})]);
        assert_eq!(values("{\"a\":1}{\"b\":2}"), [json!({"a": 1}), json!({"b": 2})]);
        assert_eq!(values("{&quot;a&quot;:&quot;b &amp; c&quot;}"), [json!({"a": "b & c"})]);
    }

    #[test]
    fn a_text_cut_off_gives_what_it_holds() {
        assert_eq!(values("{\"a\":[\"x\",\"yo"), [json!({"a": ["x", "yo"]})]);
        assert_eq!(values("{\"a\":1,\"b\":"), [json!({"a": 1, "b": null})]);
    }

    #[test]
    fn nonsense_gives_nothing() {
        assert_eq!(values("window.dataLayer = [];"), Vec::<Value>::new());
        assert_eq!(values(&"[".repeat(100_000)), Vec::<Value>::new());
    }
}
