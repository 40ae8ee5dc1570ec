//! Lists that come page by page. They outlive the page that shows them, so that coming back finds a
//! list as it was left.

use dioxus::prelude::*;
use hnh_domain::page::Page;
use hnh_domain::port::Outcome;
use hnh_domain::problem::Problem;

/// Something that is asked for page by page.
pub(crate) trait Search: Clone + PartialEq + 'static {
    /// What is found.
    type Item: 'static;
    /// What comes beside the first page.
    type Extra: Default + 'static;

    /// The first page.
    async fn first(self) -> Outcome<(Page<Self::Item>, Self::Extra)>;
    /// The page after a cursor.
    async fn further(self, cursor: String) -> Outcome<Page<Self::Item>>;
}

/// Where a list stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Progress {
    /// Nothing was asked yet, or the first page is on its way.
    #[default]
    Loading,
    /// What there is is shown.
    Ready,
    /// A further page is on its way.
    LoadingMore,
    /// The core refused.
    Failed(Problem),
}

/// A list.
pub(crate) struct Listing<S: Search> {
    /// What was asked for; nothing before the first time.
    query: Option<S>,
    /// What was found so far.
    pub(crate) items: Vec<S::Item>,
    /// How many there are in all, where that is known.
    pub(crate) total: Option<u64>,
    /// What came beside the first page.
    pub(crate) extra: S::Extra,
    /// Where the list stands.
    pub(crate) progress: Progress,
    next: Option<String>,
}

impl<S: Search> Default for Listing<S> {
    fn default() -> Self {
        Self {
            query: None,
            items: Vec::new(),
            total: None,
            extra: S::Extra::default(),
            progress: Progress::Loading,
            next: None,
        }
    }
}

impl<S: Search> Listing<S> {
    /// Whether there is more to ask for.
    pub(crate) fn has_more(&self) -> bool {
        self.next.is_some()
    }
}

/// A list that all of the program shares.
pub(crate) type Shared<S> = GlobalSignal<Listing<S>>;

/// Sees to it that the list is the query's.
pub(crate) fn show<S: Search>(list: &'static Shared<S>, query: S) {
    let known = {
        let listing = list.peek();
        listing.query.as_ref() == Some(&query) && !matches!(listing.progress, Progress::Failed(_))
    };
    if !known {
        reload(list, query);
    }
}

/// Asks for the query's first page.
pub(crate) fn reload<S: Search>(list: &'static Shared<S>, query: S) {
    {
        let mut listing = list.write();
        listing.query = Some(query.clone());
        listing.progress = Progress::Loading;
        listing.next = None;
    }
    // The answer belongs to the list, which outlives the page that asked.
    dioxus::core::spawn_forever(async move {
        let answer = query.clone().first().await;
        let mut listing = list.write();
        if listing.query.as_ref() != Some(&query) {
            return;
        }
        match answer {
            Ok((page, extra)) => {
                listing.items = page.items;
                listing.next = page.next;
                listing.total = page.total;
                listing.extra = extra;
                listing.progress = Progress::Ready;
            }
            Err(problem) => {
                listing.items.clear();
                listing.total = None;
                listing.progress = Progress::Failed(problem);
            }
        }
    });
}

/// Asks for the next page, unless one is on its way.
pub(crate) fn load_more<S: Search>(list: &'static Shared<S>) {
    let (query, cursor) = {
        let mut listing = list.write();
        let (Progress::Ready, Some(query), Some(cursor)) =
            (&listing.progress, listing.query.clone(), listing.next.clone())
        else {
            return;
        };
        listing.progress = Progress::LoadingMore;
        (query, cursor)
    };
    dioxus::core::spawn_forever(async move {
        let answer = query.clone().further(cursor).await;
        let mut listing = list.write();
        if listing.query.as_ref() != Some(&query) {
            return;
        }
        // What is shown stays; after a refusal the button asks again.
        listing.progress = Progress::Ready;
        if let Ok(page) = answer {
            listing.items.extend(page.items);
            listing.next = page.next;
        }
    });
}

/// The end of a list: asks for more when it comes into sight, or when its button is pressed.
#[component]
pub(crate) fn More(loading: bool, onmore: EventHandler<()>) -> Element {
    rsx! {
        div {
            class: "more",
            onvisible: move |event| {
                if event.data().is_intersecting().unwrap_or(false) {
                    onmore.call(());
                }
            },
            crate::kit::Button { onclick: move |_| onmore.call(()),
                if loading {
                    {crate::i18n::t!("loading")}
                } else {
                    {crate::i18n::t!("more")}
                }
            }
        }
    }
}
