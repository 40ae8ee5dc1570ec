//! Open at any time, now, or at a day and time of day in words, which are the place's own.

use dioxus::prelude::*;
use hnh_domain::local_time::LocalDate;
use hnh_domain::places::{OpenAt, PlaceQuery};

use super::opening;
use crate::browser;
use crate::i18n::t;
use crate::kit::{Segment, Segmented, Select};

/// Today and the days of the coming week, today's weekday again among them.
const DAYS: u32 = 8;
/// The time that is offered first: dinner.
const USUAL_TIME: &str = "19:00";

/// The days to choose from: date and name.
fn days() -> Vec<(String, String)> {
    let name = |ahead: u32, date: LocalDate| {
        let (weekday, (_, _, day)) = (opening::weekday_name(date), date.year_month_day());
        match ahead {
            0 => t!("day-today", weekday = weekday),
            1 => t!("day-tomorrow", weekday = weekday),
            _ => t!("day-later", weekday = weekday, day = day),
        }
    };
    let choice = |ahead| {
        let date: LocalDate = browser::date_in(ahead).parse().ok()?;
        Some((date.to_string(), name(ahead, date)))
    };
    (0..DAYS).filter_map(choice).collect()
}

/// Every half hour of a day.
fn times() -> Vec<(String, String)> {
    let time = |half: u32| format!("{:02}:{:02}", half / 2, half % 2 * 30);
    (0..48).map(time).map(|time| (time.clone(), time)).collect()
}

/// The choice that has a code; one that is not offered, as from a link, is put first.
fn with(mut options: Vec<(String, String)>, code: &str, name: impl FnOnce() -> String) -> Vec<(String, String)> {
    if !options.iter().any(|(known, _)| known == code) {
        options.insert(0, (code.to_owned(), name()));
    }
    options
}

/// The filter.
#[component]
pub(super) fn TimeFilter(query: PlaceQuery, onchange: EventHandler<PlaceQuery>) -> Element {
    let asked = match &query.open {
        Some(OpenAt::Local(time)) => Some((time.date().to_string(), time.clock())),
        _ => None,
    };
    let chosen = match (&query.open, &asked) {
        (None, _) => 0,
        (_, None) => 1,
        (_, Some(_)) => 2,
    };
    let (date, time) = asked.unwrap_or_else(|| (browser::date_in(0), USUAL_TIME.to_owned()));
    let change = use_callback(move |(query, open): (PlaceQuery, Option<OpenAt>)| {
        onchange.call(PlaceQuery { open, ..query });
    });
    let at = |date: &str, time: &str| format!("{date}T{time}").parse::<OpenAt>().ok();
    rsx! {
        fieldset { class: "filter",
            legend { {t!("places-open")} }
            Segmented {
                label: t!("places-open"),
                segments: vec![
                    Segment::new(t!("open-any")),
                    Segment::new(t!("open-now")),
                    Segment::new(t!("open-at")),
                ],
                chosen,
                onchoose: {
                    let (query, later) = (query.clone(), at(&date, &time));
                    move |i: usize| {
                        let open = [None, Some(OpenAt::Now), later].into_iter().nth(i).flatten();
                        change((query.clone(), open));
                    }
                },
            }
            if chosen == 2 {
                div { class: "time-choice",
                    Select {
                        label: t!("open-day"),
                        value: date.clone(),
                        options: with(days(), &date, || date.clone()),
                        onchange: {
                            let (query, time) = (query.clone(), time.clone());
                            move |date: String| change((query.clone(), at(&date, &time)))
                        },
                    }
                    Select {
                        label: t!("open-time"),
                        value: time.clone(),
                        options: with(times(), &time, || time.clone()),
                        onchange: {
                            let (query, date) = (query.clone(), date.clone());
                            move |time: String| change((query.clone(), at(&date, &time)))
                        },
                    }
                }
                p { class: "filter-note", {t!("open-at-note")} }
            }
        }
    }
}
