//! The page's tree, with its size and depth bounded whatever the page holds.

use html5ever::driver::{self, ParseOpts, Parser};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

/// A node of the page's tree.
pub(super) type NodeRef<'a> = ego_tree::NodeRef<'a, scraper::Node>;

/// Unclosed tags make a parser repeat them, so a small page can grow a huge tree.
const MOST_NODES: usize = 1_000_000;

/// As deep as browsers build it; deeper only makes every step of the parser slower.
const DEEPEST: usize = 512;

/// Bytes fed to the parser between two looks at the tree.
const CHUNK: usize = 8 * 1024;

/// Parses a page. Of a page whose tree grows out of bounds, what was read up to there is kept.
pub(super) fn parse_document(html: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    feed(driver::parse_document(sink, ParseOpts::default()), html)
}

/// Parses a piece of HTML out of a text, under the same bounds.
pub(super) fn parse_fragment(html: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_fragment());
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let parser = driver::parse_fragment(sink, ParseOpts::default(), context, Vec::new(), false);
    feed(parser, html)
}

fn feed(mut parser: Parser<HtmlTreeSink>, html: &str) -> Html {
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.ceil_char_boundary(CHUNK.min(rest.len())));
        parser.process(StrTendril::from(chunk));
        rest = after;
        if out_of_bounds(&parser.tokenizer.sink.sink.0.borrow()) {
            tracing::debug!(unread = rest.len(), "recipe page: tree out of bounds");
            break;
        }
    }
    parser.finish()
}

fn out_of_bounds(html: &Html) -> bool {
    let newest = html.tree.nodes().next_back();
    html.tree.nodes().len() > MOST_NODES
        || newest.is_some_and(|node| node.ancestors().take(DEEPEST + 1).count() > DEEPEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_bounded() {
        let deep = parse_document(&"<div>".repeat(200_000));
        assert!(deep.tree.nodes().len() < 10_000);

        // Every paragraph reopens all the unclosed formatting elements before it.
        let mut wide: String = (0..400).map(|n| format!("<b id={n}>")).collect();
        wide.push_str(&"<p>x".repeat(100_000));
        let chunk_growth = 400 * CHUNK;
        assert!(parse_document(&wide).tree.nodes().len() < MOST_NODES + chunk_growth);
    }

    #[test]
    fn chunks_end_between_characters() {
        let page = format!("<p>{}</p>", "김치".repeat(CHUNK));
        let text: String = parse_document(&page).root_element().text().collect();
        assert_eq!(text, "김치".repeat(CHUNK));
    }
}
