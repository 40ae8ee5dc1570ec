//! The list of a board's posts, page by page.

use dioxus::prelude::*;
use hnh_domain::board::{Board, BoardChange, Post, PostQuery, PostSort};
use hnh_domain::calls::{GetPlace, ListPending, ListPosts};
use hnh_domain::feeds::Change;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::suggestions::Suggestions;
use super::{Byline, tagged, write_words};
use crate::core::{call, use_call, use_topic};
use crate::format::meal_time;
use crate::i18n::{lang, said, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, EmptyState, Icon, LinkButton, Page, SearchField, Segment, Segmented, Select,
    SkeletonShape, loaded,
};
use crate::photos::Photo;
use crate::places::distance;
use crate::position::SEARCH_CENTER;
use crate::routes::{InUrl, Route, SharedText};

/// The boards in their order; the first is shown first.
const BOARDS: [Board; 3] = [Board::Info, Board::Buddy, Board::Event];

/// A board.
#[component]
pub(crate) fn BoardPage(query: ReadSignal<InUrl<PostQuery>>) -> Element {
    let navigator = use_navigator();
    let changes = use_topic(Topic::Board);
    let found = use_resource(move || {
        changes();
        let query = query().0;
        // A person's posts are of all boards.
        let board = query.board.or(query.author.is_none().then_some(Board::Info));
        let query = PostQuery { board, ..query };
        call(ListPosts { query })
    });
    let now = query().0;
    let board = now.board.unwrap_or(Board::Info);
    let searched = now.q.is_some() || now.tag.is_some();
    let go = use_callback(move |query: PostQuery| {
        navigator.replace(Route::BoardPage { query: InUrl(query) }.address());
    });
    let sorts = PostSort::ALL.iter().filter(|sort| board != Board::Info || **sort != PostSort::Soonest);
    let sorts = sorts.map(|sort| (sort.code().to_owned(), sort.name(lang()).to_owned())).collect::<Vec<_>>();
    let (by_words, by_sort, by_board) = (now.clone(), now.clone(), now.clone());
    rsx! {
        Page {
            title: board.name(lang()),
            beside: rsx! {
                LinkButton { kind: ButtonKind::Quiet, to: Route::CalendarPage { month: InUrl::default() }, icon: Icon::Calendar, {t!("calendar-title")} }
                LinkButton { to: Route::WritePage { board, shared: SharedText::default() }, icon: Icon::Plus, {write_words(board)} }
            },
            div { class: "board-tools",
                Segmented {
                    label: t!("board-which"),
                    segments: BOARDS.map(|board| Segment::new(board.name(lang()))).to_vec(),
                    chosen: BOARDS.iter().position(|known| *known == board).unwrap_or(0),
                    onchoose: move |i: usize| go(PostQuery { board: Some(BOARDS[i]), page: None, ..by_board.clone() }),
                }
                SearchField {
                    label: t!("board-search"),
                    value: now.q.clone().unwrap_or_default(),
                    oninput: move |q: String| {
                        let q = Some(q).filter(|q| !q.is_empty());
                        go(PostQuery { q, page: None, ..by_words.clone() });
                    },
                }
                Select {
                    label: t!("sort-label"),
                    quiet: true,
                    value: now.sort.unwrap_or(PostSort::Newest).code().to_owned(),
                    options: sorts,
                    onchange: move |code: String| go(PostQuery { sort: code.parse().ok(), page: None, ..by_sort.clone() }),
                }
            }
            PendingPosts { board }
            {loaded(found, (SkeletonShape::Rows, 6), rsx! {}, |posts| if posts.items.is_empty() {
                let (title, text) = if searched {
                    (t!("board-nothing"), t!("board-nothing-text"))
                } else {
                    (t!("board-none"), t!("board-none-text"))
                };
                rsx! {
                    EmptyState { icon: Icon::MessageSquare, title, text,
                        LinkButton { to: Route::WritePage { board, shared: SharedText::default() }, icon: Icon::Plus, {write_words(board)} }
                    }
                }
            } else {
                rsx! {
                    ul { class: "posts",
                        for post in posts.items.iter().cloned() {
                            li { key: "{post.id}", PostRow { post } }
                        }
                    }
                    Pager { page: posts.page, pages: posts.pages, onpage: move |page| go(PostQuery { page: Some(page), ..now.clone() }) }
                }
            })}
            if board == Board::Buddy {
                Suggestions {}
            }
            p { class: "note", Link { to: Route::ModerationPage {}.address(), {t!("moderation-log")} } }
        }
    }
}

/// "Page 1 of N", with the ways back and on.
#[component]
fn Pager(page: u32, pages: u32, onpage: EventHandler<u32>) -> Element {
    rsx! {
        nav { class: "pager", "aria-label": t!("pages"),
            Button { icon: Icon::ArrowLeft, disabled: page <= 1, onclick: move |_| onpage.call(page - 1), {t!("page-before")} }
            span { "aria-live": "polite", {t!("page-of", page = page, pages = pages)} }
            Button { icon: Icon::ArrowRight, disabled: page >= pages, onclick: move |_| onpage.call(page + 1), {t!("page-next")} }
        }
    }
}

/// One's own posts that are not on the server yet.
#[component]
fn PendingPosts(board: Board) -> Element {
    let changes = use_topic(Topic::Sync);
    let pending = use_resource(move || {
        changes();
        call(ListPending {})
    });
    let titles: Vec<(i64, String)> = match &*pending.read() {
        Some(Ok(pending)) => pending
            .iter()
            .filter_map(|pending| match pending.change.read() {
                Ok(Change::Board(BoardChange::WritePost { board: on, draft, .. })) if on == board => {
                    Some((pending.number, draft.title))
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    rsx! {
        if !titles.is_empty() {
            ul { class: "posts",
                for (number , title) in titles {
                    li { key: "{number}", class: "card post-row",
                        b { class: "post-title", "{title}" }
                        Chip { text: t!("pending-waits"), kind: ChipKind::Honey, icon: Icon::Clock }
                    }
                }
            }
        }
    }
}

/// Letters of a text that a list shows.
const EXCERPT: usize = 140;

/// How a text begins, without its marks; from the HTML that the server made, of which only tags and five signs need reading.
fn excerpt(html: &str) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => {
                in_tag = true;
                words.push(' ');
            }
            '>' => in_tag = false,
            c if !in_tag => words.push(c),
            _ => {}
        }
    }
    for (name, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        words = words.replace(name, sign);
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// Where a meal is.
#[component]
fn Venue(id: Uuid) -> Element {
    let place = use_call(move || GetPlace { id });
    match &*place.read() {
        Some(Ok(place)) => {
            let place = &place.record.place;
            let name = said(&place.name);
            let far = SEARCH_CENTER().map(|spot| distance(spot.position.distance_m(place.position) as u32));
            let text = far.map_or(name.clone(), |far| format!("{name} · {far}"));
            rsx! { Chip { text, icon: Icon::MapPin } }
        }
        _ => rsx! {},
    }
}

#[component]
pub(super) fn PostRow(post: Post) -> Element {
    let meal = post.draft.gathering.clone().zip(post.gathering.clone());
    let excerpt = excerpt(&post.html);
    let likes: u32 = post.reactions.iter().map(|reaction| reaction.count).sum();
    rsx! {
        article { class: "card post-row",
            Link { class: "post-title post-link", to: Route::PostPage { id: post.id }.address(), bdi { "{post.draft.title}" } }
            if let Some((when, state)) = meal {
                span { class: "chips",
                    Chip { text: meal_time(when.starts_ms), icon: Icon::Clock }
                    if let Some(id) = when.venue {
                        Venue { id }
                    } else {
                        Chip { text: when.address.clone(), icon: Icon::MapPin }
                    }
                    if state.cancelled.is_some() {
                        Chip { text: t!("meal-cancelled"), kind: ChipKind::Tomato }
                    } else if state.left == 0 {
                        Chip { text: t!("meal-full"), kind: ChipKind::Honey }
                    } else {
                        Chip { text: t!("meal-left", count = state.left), kind: ChipKind::Leaf }
                    }
                }
            }
            if let Some(photo) = post.draft.photos.first() {
                span { class: "post-thumb", Photo { id: photo.id, alt: photo.alt.clone(), width: 320 } }
            }
            if !excerpt.is_empty() {
                p { class: "post-excerpt", dir: "auto", "{excerpt}" }
            }
            if !post.draft.tags.is_empty() {
                ul { class: "chips post-tags",
                    for tag in post.draft.tags.clone() {
                        li { key: "{tag}", Link { class: "chip", to: tagged(&tag).address(), "#{tag}" } }
                    }
                }
            }
            if post.hidden {
                Chip { text: t!("post-hidden"), kind: ChipKind::Tomato }
            }
            span { class: "post-facts",
                Byline { author: post.author.clone(), at_ms: post.created_ms }
                span { {t!("post-comments", count = post.comments)} }
                if likes > 0 {
                    span { {t!("post-reactions", count = likes)} }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_how_a_text_begins() {
        assert_eq!(excerpt("<p>Soup &amp; <em>rice</em></p>\n<ul><li>&lt;two&gt;</li></ul>"), "Soup & rice <two>");
        assert_eq!(excerpt(""), "");
        let long = excerpt(&format!("<p>{}</p>", "밥 ".repeat(200)));
        assert!(long.ends_with('…') && long.chars().count() <= EXCERPT + 1, "{long}");
    }
}
