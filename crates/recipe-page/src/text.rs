//! Plain text out of HTML: entities decoded, tags dropped, blocks turned into lines.

use super::dom;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;

/// An element's text in lines, one a block, whitespace squeezed, empty lines left out.
pub(super) fn lines_of(node: dom::NodeRef<'_>) -> Vec<String> {
    split_lines(&raw_text(node))
}

/// The lines of a text that may hold HTML or entities, even encoded twice.
pub(super) fn lines(text: &str) -> Vec<String> {
    split_lines(&decoded(text))
}

/// As [`lines`], joined into one line.
pub(super) fn line(text: &str) -> String {
    lines(text).join(" ")
}

fn split_lines(text: &str) -> Vec<String> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(squeeze).filter(|line| !line.is_empty()).collect()
}

/// Runs of whitespace become one space; signs that print nothing are dropped.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|sign: char| sign.is_whitespace() || sign.is_control()) {
        let visible = word.trim_matches(['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}']);
        if visible.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(visible.chars().filter(|&sign| sign != '\u{ad}'));
    }
    out
}

/// Pages escape once too often: `&amp;#39;`, `&lt;p&gt;`.
const MOST_DECODINGS: usize = 3;

fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_DECODINGS {
        if !looks_encoded(&text) {
            break;
        }
        let fragment = dom::parse_fragment(&keep_line_breaks(&text));
        text = raw_text(fragment.tree.root());
    }
    text
}

/// A newline in a JSON text is meant; in HTML it would be a mere space.
fn keep_line_breaks(text: &str) -> String {
    if looks_like_markup_lines(text) {
        text.to_owned()
    } else {
        text.replace("\r\n", "<br>").replace(['\n', '\r'], "<br>")
    }
}

/// Whether blocks are marked by tags, so that the newlines between and within them say nothing.
fn looks_like_markup_lines(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<p>", "<p ", "<li", "<div", "<br"].iter().any(|tag| lower.contains(tag))
}

/// The longest entity names are this many letters.
const LONGEST_ENTITY: usize = 32;

/// Whether an entity (`&name;`, `&#39;`) or a tag (`<b`, `</b`, `<!--`) stands in the text.
fn looks_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'<' => matches!(bytes.get(at + 1), Some(b'/' | b'!' | b'a'..=b'z' | b'A'..=b'Z')),
        b'&' => {
            let name = bytes[at + 1..]
                .iter()
                .take(LONGEST_ENTITY)
                .take_while(|sign| sign.is_ascii_alphanumeric() || **sign == b'#')
                .count();
            name > 1 && bytes.get(at + 1 + name) == Some(&b';')
        }
        _ => false,
    })
}

/// Longest text taken from one element, in bytes: bounds the work on hostile pages.
const LONGEST_TEXT: usize = 200_000;

/// A line of what a page shows, and where it stands.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: String,
    /// The element its last text stands in.
    pub(super) block: dom::NodeRef<'a>,
    /// The level of the heading it is in, 1 to 6.
    pub(super) heading: Option<u8>,
    /// That heading, of which buttons within may make several lines.
    pub(super) heading_at: Option<NodeId>,
    /// The list entry or table row it is in.
    pub(super) entry: Option<NodeId>,
    /// The list or table it is in.
    pub(super) list: Option<NodeId>,
    /// Whether it ends in a link's text.
    pub(super) is_link: bool,
}

/// The entry that an element is or belongs to. Of a definition list, an amount and what it measures are one, in either order.
fn entry(node: dom::NodeRef<'_>) -> Option<NodeId> {
    /// Nodes looked at for the first word, since every line of a long entry asks.
    const NEAR: usize = 16;
    let is_amount = |node: dom::NodeRef<'_>| {
        let mut texts = node.descendants().take(NEAR).filter_map(|inner| inner.value().as_text());
        texts.find(|text| !text.trim().is_empty()).is_some_and(|text| text.trim_start().starts_with(char::is_numeric))
    };
    let is_pair = |term, text| is_amount(term) || is_amount(text);
    match node.value().as_element()?.name() {
        "li" | "tr" => Some(node.id()),
        "dd" => {
            let before = node.prev_siblings().take(NEAR).find(|sibling| sibling.value().is_element());
            let term = before.filter(|term| is_named(*term, "dt") && is_pair(*term, node));
            Some(term.unwrap_or(node).id())
        }
        "dt" => {
            let after = node.next_siblings().take(NEAR).find(|sibling| sibling.value().is_element());
            after.filter(|text| is_named(*text, "dd") && is_pair(node, *text)).map(|_| node.id())
        }
        _ => None,
    }
}

fn is_named(node: dom::NodeRef<'_>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

/// A page's text in lines, in its order.
pub(super) fn visible_lines(root: dom::NodeRef<'_>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut block = None;
    let mut hidden = 0_usize;
    let mut after_tag = false;
    for edge in root.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && hidden == 0 => {
                push_text(&mut current, text, after_tag);
                after_tag = false;
                if !text.trim().is_empty() {
                    block = node.parent();
                }
            }
            Node::Element(element) => {
                if is_hidden(element) {
                    hidden = if opens { hidden + 1 } else { hidden - 1 };
                }
                let gap = break_at(element, opens);
                if gap == "\n" {
                    lines.extend(block.take().and_then(|block| line_at(&current, block)));
                    current.clear();
                } else {
                    current.push_str(gap);
                }
                after_tag = true;
            }
            _ => {}
        }
    }
    lines.extend(block.and_then(|block| line_at(&current, block)));
    lines
}

fn line_at<'a>(text: &str, block: dom::NodeRef<'a>) -> Option<Line<'a>> {
    let text = squeeze(text);
    if text.is_empty() {
        return None;
    }
    let around = || std::iter::once(block).chain(block.ancestors());
    let nearest =
        |names: &[&str]| around().find(|node| names.iter().any(|name| is_named(*node, name))).map(|node| node.id());
    let heading = around().find_map(|node| {
        let level = node.value().as_element()?.name().strip_prefix('h')?;
        Some((level.parse().ok()?, node.id()))
    });
    Some(Line {
        text,
        block,
        heading: heading.map(|(level, _)| level),
        heading_at: heading.map(|(_, node)| node),
        entry: around().find_map(entry),
        list: nearest(&["ul", "ol", "table", "dl"]),
        is_link: nearest(&["a", "button"]).is_some(),
    })
}

fn raw_text(root: dom::NodeRef<'_>) -> String {
    let mut out = String::new();
    let mut hidden = 0_usize;
    let mut after_tag = false;
    for edge in root.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && hidden == 0 => {
                push_text(&mut out, text, after_tag);
                after_tag = false;
            }
            Node::Element(element) => {
                if is_hidden(element) {
                    hidden = if opens { hidden + 1 } else { hidden - 1 };
                }
                out.push_str(break_at(element, opens));
                after_tag = true;
            }
            _ => {}
        }
        if out.len() > LONGEST_TEXT {
            break;
        }
    }
    out
}

fn push_text(out: &mut String, text: &str, after_tag: bool) {
    // "<b>2</b><i>cups</i>": browsers set such apart by style.
    if after_tag && let (Some(last), Some(first)) = (out.chars().last(), text.chars().next()) {
        let joins = |left: char, right: char| left.is_ascii_digit() && right.is_alphabetic();
        if joins(last, first) || joins(first, last) {
            out.push(' ');
        }
    }
    out.extend(text.chars().map(|sign| if sign.is_whitespace() { ' ' } else { sign }));
}

/// Whether nothing in it is of a recipe: what is not shown, and the words below a picture.
fn is_hidden(element: &Element) -> bool {
    const NAMES: [&str; 9] =
        ["script", "style", "template", "noscript", "svg", "head", "iframe", "textarea", "figcaption"];
    NAMES.contains(&element.name()) || element.attr("hidden").is_some()
}

/// What an element's start or end does to the text around it.
fn break_at(element: &Element, opens: bool) -> &'static str {
    match element.name() {
        "br" if opens => "\n",
        "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "section" | "article" | "header" | "footer" | "aside" | "blockquote" | "pre" | "figure"
        | "figcaption" | "hr" | "form" | "main" | "nav" => "\n",
        "td" | "th" | "option" | "img" | "button" => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_even_twice() {
        assert_eq!(line("Fish &amp; chips"), "Fish & chips");
        assert_eq!(line("Cook&amp;#39;s tart &amp;frac12;"), "Cook's tart ½");
        assert_eq!(line("&lt;p&gt;Stir&lt;/p&gt;"), "Stir");
        assert_eq!(line("salt & pepper, 3 < 4"), "salt & pepper, 3 < 4");
    }

    #[test]
    fn blocks_become_lines() {
        let html = "<p>Boil the\n rice.</p><ul><li>Rinse</li><li>Serve <b>hot</b></li></ul>Eat<br/>now";
        assert_eq!(lines(html), ["Boil the rice.", "Rinse", "Serve hot", "Eat", "now"]);
    }

    #[test]
    fn newlines_of_plain_texts_are_kept() {
        assert_eq!(lines("Boil\n\nDrain &amp; serve\r\n"), ["Boil", "Drain & serve"]);
        assert_eq!(lines("Boil\rAdd <b>salt</b>"), ["Boil", "Add salt"]);
    }

    #[test]
    fn numbers_do_not_stick_to_the_next_element() {
        assert_eq!(line("<span>200</span><span>g</span> <b>F</b>lour"), "200 g Flour");
    }

    #[test]
    fn what_is_not_read_aloud_is_left_out() {
        assert_eq!(line("Mix<script>alert(1)</script><style>p{}</style> well\u{200b}"), "Mix well");
    }
}
