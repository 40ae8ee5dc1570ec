//! A line of ingredients as numbers, words and marks.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A number, whole, decimal or with a fraction: `2`, `1.5`, `1½`, `1 1/3`.
    Number(f64),
    /// Letters, with the hyphens and apostrophes within them.
    Word,
    /// A single mark.
    Mark(char),
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The value of a sign for a fraction.
fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅕' => 1.0 / 5.0,
        '⅖' => 2.0 / 5.0,
        '⅗' => 3.0 / 5.0,
        '⅘' => 4.0 / 5.0,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 1.0 / 8.0,
        '⅜' => 3.0 / 8.0,
        '⅝' => 5.0 / 8.0,
        '⅞' => 7.0 / 8.0,
        _ => return None,
    })
}

/// Reads along a line.
struct Reader<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The digits that come next, with groups of thousands and one decimal point; none where there are none.
    fn decimal(&mut self) -> Option<f64> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| rest[from.min(rest.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut whole = digits(0);
        if whole == 0 {
            return None;
        }
        let mut text = self.rest()[..whole].to_owned();
        while whole <= 12 && rest.get(whole) == Some(&b',') && digits(whole + 1) == 3 {
            text.push_str(&self.rest()[whole + 1..whole + 4]);
            whole += 4;
        }
        let part = if rest.get(whole) == Some(&b'.') { digits(whole + 1) } else { 0 };
        if part > 0 {
            text.push_str(&self.rest()[whole..=whole + part]);
            whole += part + 1;
        }
        self.at += whole;
        text.parse().ok()
    }

    /// What stands below a slash: `/3`, `⁄3`, or nothing.
    fn below(&mut self) -> Option<f64> {
        let slash = self.peek().filter(|c| matches!(c, '/' | '⁄'))?;
        let rest = &self.rest()[slash.len_utf8()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        // `150g/5oz` and `1/100` are no kitchen's fractions.
        if !(1..=2).contains(&digits) {
            return None;
        }
        let value: f64 = rest[..digits].parse().ok()?;
        let follows = rest[digits..].chars().next();
        if value < 2.0
            || follows
                .is_some_and(|c| matches!(c, '.' | ',') && rest[digits + 1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            return None;
        }
        self.at += slash.len_utf8() + digits;
        Some(value)
    }

    /// A fraction by itself: `½`, `1/3`.
    fn fraction(&mut self) -> Option<f64> {
        if let Some((c, value)) = self.peek().and_then(|c| Some((c, vulgar(c)?))) {
            self.at += c.len_utf8();
            return Some(value);
        }
        let before = self.at;
        let above = self.decimal()?;
        match self.below() {
            Some(below) if above < below && above.fract() == 0.0 => Some(above / below),
            _ => {
                self.at = before;
                None
            }
        }
    }

    /// A number with the fraction that belongs to it: `1½`, `1 ½`, `1 1/3`, `1-1/3`, `1 and 1/3`.
    fn number(&mut self) -> Option<f64> {
        if let Some(value) = self.fraction() {
            return Some(value);
        }
        let whole = self.decimal()?;
        if whole.fract() != 0.0 {
            return Some(whole);
        }
        let before = self.at;
        let gap: usize = match self.rest() {
            rest if rest.starts_with(" and ") => 5,
            rest if rest.starts_with([' ', '\u{a0}', '-']) => rest.chars().next().map_or(0, char::len_utf8),
            _ => 0,
        };
        self.at += gap;
        match self.fraction() {
            Some(part) => Some(whole + part),
            None => {
                self.at = before;
                Some(whole)
            }
        }
    }
}

/// Whether a letter belongs to a word, given the one after it.
fn in_word(c: char, next: Option<char>) -> bool {
    c.is_alphabetic() || (matches!(c, '\'' | '’' | '-' | '&') && next.is_some_and(char::is_alphabetic))
}

/// A line's tokens into `tokens`, which is emptied first.
pub(crate) fn tokenize<'a>(line: &'a str, tokens: &mut Vec<Token<'a>>) {
    tokens.clear();
    let mut reader = Reader { line, at: 0 };
    while let Some(c) = reader.peek() {
        let start = reader.at;
        let kind = if c.is_whitespace() {
            reader.at += c.len_utf8();
            continue;
        } else if let Some(value) = reader.number() {
            Kind::Number(value)
        } else if c.is_alphabetic() {
            let mut chars = reader.rest().char_indices().peekable();
            let mut length = 0;
            while let Some((i, c)) = chars.next() {
                if !in_word(c, chars.peek().map(|(_, next)| *next)) {
                    break;
                }
                length = i + c.len_utf8();
            }
            reader.at += length;
            Kind::Word
        } else {
            reader.at += c.len_utf8();
            Kind::Mark(c)
        };
        tokens.push(Token { text: &line[start..reader.at], kind, start });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let mut tokens = Vec::new();
        tokenize(line, &mut tokens);
        let one = |token: &Token<'_>| match token.kind {
            Kind::Number(value) => format!("#{}", (value * 1_000.0).round() / 1_000.0),
            Kind::Word | Kind::Mark(_) => token.text.to_owned(),
        };
        tokens.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_whole_with_their_fractions() {
        assert_eq!(told("150g/5¼oz canned chickpeas"), "#150 g / #5.25 oz canned chickpeas");
        assert_eq!(told("1 1/3 cup milk"), "#1.333 cup milk");
        assert_eq!(told("1-1/2 cups"), "#1.5 cups");
        assert_eq!(told("1-2 tsp"), "#1 - #2 tsp");
        assert_eq!(told("1½–2 l"), "#1.5 – #2 l");
        assert_eq!(told("1,200 g and 2.5kg"), "#1200 g and #2.5 kg");
        assert_eq!(told("½ tsp (2 mL)"), "#0.5 tsp ( #2 mL )");
        assert_eq!(told("2 x 400g/14oz"), "#2 x #400 g / #14 oz");
        assert_eq!(told("1 and 1/2 tsp"), "#1.5 tsp");
        assert_eq!(told("30ml/1 fl oz"), "#30 ml / #1 fl oz");
    }

    #[test]
    fn words_keep_their_hyphens_and_apostrophes() {
        assert_eq!(told("brine-cured olives, chopped"), "brine-cured olives , chopped");
        assert_eq!(told("lamb’s lettuce & co"), "lamb’s lettuce & co");
        assert_eq!(told("1-inch"), "#1 - inch");
    }
}
