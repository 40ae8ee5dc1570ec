//! Markdown to HTML that is safe to show.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use hnh_domain::account::Handle;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// What may be in a text; pictures come as photos of the post, so that nobody else's server learns who reads.
static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let mut safe = Builder::default();
    safe.tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("nofollow noopener noreferrer"));
    safe
});

/// Quotes and lists in each other, at most: beyond, their marks are words. Nesting costs time that grows with its square.
const MAX_DEPTH: usize = 8;
/// Parts of a text that are shown, at most: a table may ask for millions of empty cells.
const MAX_EVENTS: usize = 50_000;

/// The text with the marks of quotes and lists beyond [`MAX_DEPTH`] made words.
fn shallow(text: &str) -> Cow<'_, str> {
    let too_deep = |line: &str| marks(line).nth(MAX_DEPTH);
    if !text.lines().any(|line| too_deep(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let lines = text.lines().map(|line| match too_deep(line) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Where the marks of quotes and lists that a line begins with are, in bytes.
fn marks(line: &str) -> impl Iterator<Item = usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            at += 1;
        }
        let begin = at;
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        at = match bytes.get(at)? {
            b'>' => at + 1,
            b'-' | b'*' | b'+' if ends(at + 1) => at + 1,
            _ if digits > 0 && matches!(bytes.get(at + digits), Some(b'.' | b')')) && ends(at + digits + 1) => {
                at + digits + 1
            }
            _ => return None,
        };
        Some(begin)
    })
}

/// The HTML of a text; `@handle` leads to the person.
#[must_use]
pub fn render(text: &str) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut quoted = 0_u32;
    let text = shallow(text);
    let events = Parser::new_ext(&text, options).take(MAX_EVENTS).flat_map(|event| {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => quoted += 1,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Text(text) if quoted == 0 => with_links(&text),
            // One's own line ends are kept: people write as in a letter.
            Event::SoftBreak => vec![Event::HardBreak],
            // A page has its own first heading.
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                vec![Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })]
            }
            Event::End(TagEnd::Heading(level)) => vec![Event::End(TagEnd::Heading(lower(level)))],
            // What looks like HTML was meant as words.
            Event::Html(html) | Event::InlineHtml(html) => vec![Event::Text(html)],
            event => vec![event],
        }
    });
    let mut unsafe_html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut unsafe_html, events);
    SAFE.clean(&unsafe_html).to_string()
}

fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4};
    match level {
        H1 => H2,
        H2 => H3,
        H3 => H4,
        _ => H4,
    }
}

/// A text's mentions as links.
fn with_links(text: &str) -> Vec<Event<'static>> {
    let mut events = Vec::new();
    let mut done = 0;
    for (at, end, handle) in mentions_with_place(text) {
        events.push(Event::Text(text[done..at].to_owned().into()));
        let link = Tag::Link {
            link_type: pulldown_cmark::LinkType::Inline,
            dest_url: format!("/people/{handle}").into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        events.extend([Event::Start(link), Event::Text(format!("@{handle}").into()), Event::End(TagEnd::Link)]);
        done = end;
    }
    events.push(Event::Text(text[done..].to_owned().into()));
    events
}

/// Where handles are mentioned: begin and end in bytes.
fn mentions_with_place(text: &str) -> Vec<(usize, usize, Handle)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        // `name@example.com` mentions nobody.
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest = &text[at + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        if let Ok(handle) = rest[..length].parse() {
            found.push((at, at + 1 + length, handle));
        }
    }
    found
}

/// Whom a text mentions.
pub(super) fn mentions(text: &str) -> BTreeSet<String> {
    mentions_with_place(text).into_iter().map(|(_, _, handle)| handle.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_and_nothing_harmful_does() {
        insta::assert_snapshot!(render("# 두부\n**좋아요** [집](https://a.example)\n다음 줄"), @r#"
        <h2>두부</h2>
        <p><strong>좋아요</strong> <a href="https://a.example" rel="nofollow noopener noreferrer">집</a><br>
        다음 줄</p>
        "#);
        for harmful in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,AAAA)",
            "![x](https://spy.example/pixel.gif)",
            "<a href=\"javascript:alert(1)\" onclick=\"x\">x</a>",
            "<iframe src=https://evil.example></iframe>",
            "<svg onload=alert(1)>",
            "<style>*{display:none}</style>",
        ] {
            let html = render(harmful);
            for sign in ["<script", "<img", "<a href=\"javascript", "<a href=\"data", "<iframe", "<svg", "<style"] {
                assert!(!html.contains(sign), "{harmful} became {html}");
            }
        }
    }

    #[test]
    fn mentions_are_links_but_not_in_code_links_and_addresses() {
        assert_eq!(
            render("안녕 @mina!"),
            "<p>안녕 <a href=\"/people/mina\" rel=\"nofollow noopener noreferrer\">@mina</a>!</p>\n"
        );
        assert!(!render("`@mina`").contains("<a"));
        assert!(!render("mina@example.com").contains("/people/"));
        assert_eq!(mentions("@Mina @joon, @mina a@b @x"), BTreeSet::from(["mina".to_owned(), "joon".to_owned()]));
    }

    #[test]
    fn no_text_takes_long_or_grows_without_bound() {
        let table = format!("{}\n{}\n{}", "|a".repeat(3_000), "|-".repeat(3_000), "|\n".repeat(3_000));
        for text in [
            ">".repeat(20_000),
            "> ".repeat(10_000),
            "- ".repeat(10_000),
            "1. ".repeat(6_000),
            "[".repeat(20_000),
            "*a ".repeat(6_000),
            "`".repeat(20_000),
            table,
        ] {
            let html = render(&text);
            let head: String = text.chars().take(12).collect();
            assert!(html.len() < 2_000_000, "{head}… became {} bytes", html.len());
            assert!(html.matches("<blockquote>").count() <= MAX_DEPTH, "{head}…");
        }
        assert_eq!(render("> > hi").matches("<blockquote>").count(), 2);
    }
}
