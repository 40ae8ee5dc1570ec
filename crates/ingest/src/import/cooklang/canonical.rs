//! Where the parser departs from Cooklang's canonical rules, the text is rewritten, line by line, so
//! that it reads it by them. It escapes with a backslash, which the canonical rules do not know.

use std::borrow::Cow;

const FENCE: &str = "---";

/// The text for the parser. No line is added or taken.
///
/// - Only a text that starts with `---` has front matter; the parser takes any two such lines for it
///   and drops what stands before.
/// - Three dashes or more are text; the parser takes the first two for a comment.
/// - `@`, `#` and `~` before a space are text; the parser looks for a name after the space.
/// - `key :value` is metadata; YAML asks for a space after the colon.
/// - A backslash escapes signs only; before anything else it is text.
pub(super) fn source(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let front = front_matter_lines(text);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number < front {
            out.push_str(&metadata_line(line));
        } else {
            push_body_line(&mut out, line);
        }
    }
    out
}

/// How many lines the front matter takes, with its fences.
fn front_matter_lines(text: &str) -> usize {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    if lines.next().is_none_or(|(_, line)| line.trim_end() != FENCE) {
        return 0;
    }
    lines.find(|(_, line)| line.trim_end() == FENCE).map_or(0, |(number, _)| number + 1)
}

fn metadata_line(line: &str) -> Cow<'_, str> {
    let Some((key, value)) = line.split_once(':') else {
        return line.into();
    };
    let is_plain_key = key.ends_with(' ') && key.starts_with(char::is_alphabetic);
    if is_plain_key && value.starts_with(|sign: char| !sign.is_whitespace()) {
        format!("{}: {value}", key.trim_end()).into()
    } else {
        line.into()
    }
}

fn push_body_line(out: &mut String, line: &str) {
    let mut rest = line;
    let mut before = None;
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        let next = after.chars().next();
        match sign {
            '-' => {
                let dashes = rest.len() - rest.trim_start_matches('-').len();
                let (run, after_run) = rest.split_at(dashes);
                // "[-" and "-]" are the marks of a comment over several lines.
                let is_block_mark = before == Some('[') || after_run.starts_with(']');
                if dashes == 2 && !is_block_mark {
                    out.push_str(rest);
                    return;
                }
                if dashes > 2 && !is_block_mark {
                    out.push_str(&"\\-".repeat(dashes));
                } else {
                    out.push_str(run);
                }
                before = Some('-');
                rest = after_run;
                continue;
            }
            '@' | '#' | '~' if next.is_none_or(char::is_whitespace) => {
                out.push('\\');
                out.push(sign);
            }
            '\\' => match next.filter(char::is_ascii_punctuation) {
                Some(escaped) => {
                    out.push('\\');
                    out.push(escaped);
                    before = Some(escaped);
                    rest = &after[1..];
                    continue;
                }
                None => out.push_str("\\\\"),
            },
            _ => out.push(sign),
        }
        before = Some(sign);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies() {
        for (text, expected) in [
            ("Write @ me, # 1\n", "Write \\@ me, \\# 1\n"),
            ("Add @salt, #pot, ~{5%min}", "Add @salt, #pot, ~{5%min}"),
            ("on --- and on", "on \\-\\-\\- and on"),
            ("on -- a comment --- @ all", "on -- a comment --- @ all"),
            ("[--- hidden ---] 1-2", "[--- hidden ---] 1-2"),
            ("a\\½ b\\@c d\\", "a\\\\½ b\\@c d\\\\"),
        ] {
            assert_eq!(source(text), expected, "{text}");
        }
    }

    #[test]
    fn front_matter() {
        let text = "---\ntime :5 min\nurl: https://a.b\n---\nEat.\n---\n";
        assert_eq!(source(text), "---\ntime: 5 min\nurl: https://a.b\n---\nEat.\n\\-\\-\\-\n");
        assert_eq!(source("Eat.\n---\na\n---\n"), "Eat.\n\\-\\-\\-\na\n\\-\\-\\-\n");
        assert_eq!(source("---\nopen :end\n"), "\\-\\-\\-\nopen :end\n");
    }
}
