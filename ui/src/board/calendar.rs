//! Meals and events by their days: a month to look at, and a list of what is on.

use dioxus::prelude::*;
use hnh_domain::board::{Post, PostQuery, PostSort};
use hnh_domain::calls::ListPosts;
use hnh_domain::topic::Topic;
use js_sys::Date;
use serde::{Deserialize, Serialize};

use super::list::PostRow;
use crate::browser;
use crate::core::{call, use_topic};
use crate::format::{Said, instant};
use crate::i18n::t;
use crate::kit::{EmptyState, Icon, IconButton, Page, SkeletonShape, loaded};
use crate::routes::{InUrl, Route};

/// What one month shows at most.
const MOST: u32 = 100;
const DAY_MS: i64 = 24 * 3_600_000;

/// Which month; this one where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Month {
    /// Months since January of the year 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u32>,
}

impl Month {
    /// The device's own year and month, the month from 0.
    fn year_and_month(self) -> (u32, u32) {
        let today = Date::new_0();
        let month = self.month.unwrap_or_else(|| today.get_full_year() * 12 + today.get_month());
        (month / 12, month % 12)
    }

    fn stepped(self, by: i32) -> Self {
        let (year, month) = self.year_and_month();
        Self { month: (year * 12 + month).checked_add_signed(by) }
    }

    /// The begin of each of its days, and of the first day after it, by the device's clock, ms UTC.
    fn days(self) -> Vec<i64> {
        let (year, month) = self.year_and_month();
        let first = |day: i32| Date::new_with_year_month_day(year, month as i32, day).get_time() as i64;
        let count = Date::new_with_year_month_day(year, month as i32 + 1, 0).get_date();
        (1..=count as i32 + 1).map(first).collect()
    }
}

/// Whether a post's meal or event is on between two instants.
fn is_on(post: &Post, from_ms: i64, to_ms: i64) -> bool {
    post.draft.gathering.as_ref().is_some_and(|g| g.starts_ms < to_ms && g.ends_ms() > from_ms)
}

/// The calendar.
#[component]
pub(crate) fn CalendarPage(month: ReadSignal<InUrl<Month>>) -> Element {
    let changes = use_topic(Topic::Board);
    let navigator = use_navigator();
    let mut chosen = use_signal(|| None::<i64>);
    let found = use_resource(move || {
        changes();
        let days = month().0.days();
        let query = PostQuery {
            from_ms: days.first().copied(),
            to_ms: days.last().copied(),
            sort: Some(PostSort::Soonest),
            limit: Some(MOST),
            ..PostQuery::default()
        };
        call(ListPosts { query })
    });
    let now = month().0;
    let days = now.days();
    let mut step = move |by: i32| {
        chosen.set(None);
        navigator.replace(Route::CalendarPage { month: InUrl(now.stepped(by)) }.address());
    };
    let title = days.first().map(|first| instant(*first, Said::Month)).unwrap_or_default();
    rsx! {
        Page { title: t!("calendar-title"), class: "page-narrow", back: Route::board().address(),
            div { class: "calendar-head",
                IconButton { icon: Icon::ArrowLeft, label: t!("calendar-before"), onclick: move |_| step(-1) }
                h2 { "aria-live": "polite", "{title}" }
                IconButton { icon: Icon::ArrowRight, label: t!("calendar-after"), onclick: move |_| step(1) }
            }
            {loaded(found, (SkeletonShape::Rows, 5), rsx! {}, |posts| {
                let shown: Vec<Post> = posts
                    .items
                    .iter()
                    .filter(|post| chosen().is_none_or(|day| is_on(post, day, day + DAY_MS)))
                    .cloned()
                    .collect();
                rsx! {
                    Grid { days: days.clone(), posts: posts.items.clone(), chosen }
                    if shown.is_empty() {
                        EmptyState { icon: Icon::Calendar, title: t!("calendar-none"), text: t!("calendar-none-text") }
                    }
                    ul { class: "posts",
                        for post in shown {
                            li { key: "{post.id}", PostRow { post } }
                        }
                    }
                }
            })}
            p { class: "note", a { href: feed_address(), {t!("calendar-follow")} } }
        }
    }
}

/// The feed of events as calendars take it to follow.
fn feed_address() -> String {
    const PATH: &str = "/api/v1/events.ics";
    let location = browser::window().map(|window| window.location());
    let web = location.filter(|at| at.protocol().is_ok_and(|protocol| protocol.starts_with("http")));
    web.and_then(|at| at.host().ok()).map_or_else(|| PATH.to_owned(), |host| format!("webcal://{host}{PATH}"))
}

/// A month, its weeks from Monday; a day that is pressed has the list show it alone.
#[component]
fn Grid(days: Vec<i64>, posts: Vec<Post>, chosen: Signal<Option<i64>>) -> Element {
    let mut chosen = chosen;
    let today = browser::now_ms() as i64;
    let before = days.first().map_or(0, |first| (Date::new(&(*first as f64).into()).get_day() + 6) % 7);
    let weekdays: Vec<String> = (0..7).map(|day| instant(MONDAY_MS + day * DAY_MS, Said::Weekday)).collect();
    let spans: Vec<(i64, i64)> = days.windows(2).map(|pair| (pair[0], pair[1])).collect();
    rsx! {
        div { class: "calendar", role: "group", "aria-label": t!("calendar-days"),
            for weekday in weekdays {
                span { key: "{weekday}", class: "calendar-weekday", "aria-hidden": "true", "{weekday}" }
            }
            for i in 0..before {
                span { key: "{i}" }
            }
            for (number , (from , to)) in spans.into_iter().enumerate() {
                {
                    let count = posts.iter().filter(|post| is_on(post, from, to)).count();
                    let day = instant(from, Said::Day);
                    rsx! {
                        button {
                            key: "{from}",
                            r#type: "button",
                            class: if (from..to).contains(&today) { "calendar-day calendar-today" } else { "calendar-day" },
                            "aria-pressed": chosen() == Some(from),
                            "aria-label": if count > 0 { t!("calendar-day-with", day = day, count = count) } else { day },
                            onclick: move |_| {
                                let next = (chosen() != Some(from)).then_some(from);
                                chosen.set(next);
                            },
                            "{number + 1}"
                            if count > 0 {
                                span { class: "calendar-dot" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A Monday at noon, UTC, for the names of weekdays.
const MONDAY_MS: i64 = 4 * DAY_MS + DAY_MS / 2;
