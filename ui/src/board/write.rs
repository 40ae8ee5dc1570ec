//! Writing a post, or an gathering to a meal.

use dioxus::prelude::*;
use hnh_domain::board::{Board, BoardChange, GatheringDraft, PostDraft, PostQuery};
use hnh_domain::calls::SearchPlaces;
use hnh_domain::places::PlaceQuery;
use hnh_domain::problem::{FieldCode, FieldError, Problem};
use uuid::Uuid;

use super::write_words;
use crate::account::use_me;
use crate::browser::now_ms;
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::{said, t};
use crate::kit::{
    EmptyState, ErrorState, Icon, LinkButton, Page, Segment, Segmented, Select, SubmitButton, TextArea, TextField,
};
use crate::position::SEARCH_CENTER;
use crate::refusals;
use crate::routes::{InUrl, Route, SharedText};

/// Venues offered for some words.
const VENUES: u32 = 20;

/// The editor.
#[component]
pub(crate) fn WritePage(board: Board, shared: SharedText) -> Element {
    let me = use_me();
    let signed_in = me.read().as_ref().map(Option::is_some);
    rsx! {
        match signed_in {
            None => rsx! {},
            Some(false) => rsx! {
                Page { title: write_words(board), class: "page-narrow", back: Route::board().address(),
                    EmptyState { icon: Icon::User, title: t!("error-sign-in"), text: t!("account-why"),
                        LinkButton { to: Route::AccountPage {}, icon: Icon::User, {t!("account-enter")} }
                    }
                }
            },
            Some(true) => rsx! { Editor { board, shared } },
        }
    }
}

/// What was typed of an gathering.
#[derive(Clone, Default, PartialEq)]
struct GatheringFields {
    /// `2026-10-09T19:30`, local.
    when: String,
    minutes: u32,
    venue: Option<Uuid>,
    seats: u32,
    needs_approval: bool,
}

impl GatheringFields {
    fn read(&self) -> Result<GatheringDraft, FieldError> {
        let starts_ms = js_sys::Date::parse(&self.when);
        if starts_ms.is_nan() {
            return Err(FieldError::coded("starts_ms", FieldCode::Missing, "is missing"));
        }
        let venue = self.venue.ok_or_else(|| FieldError::coded("venue", FieldCode::Missing, "is missing"))?;
        let (minutes, seats, needs_approval) = (self.minutes, self.seats, self.needs_approval);
        Ok(GatheringDraft {
            starts_ms: starts_ms as i64,
            minutes,
            venue,
            seats,
            diets: Vec::new().into(),
            needs_approval,
        })
    }
}

#[component]
fn Editor(board: Board, shared: SharedText) -> Element {
    let navigator = use_navigator();
    let mut title = use_signal(|| shared.title.clone());
    let mut body = use_signal(|| shared.body());
    let mut tags = use_signal(String::new);
    let gathering = use_signal(|| GatheringFields { minutes: 90, seats: 3, ..GatheringFields::default() });
    let mut problem = use_signal(|| None::<Problem>);
    let wrong = move |field: &str| {
        let problem = problem();
        let error = problem.as_ref()?.errors.iter().find(|error| error.field == field)?;
        Some(match (field, error.code) {
            ("title", FieldCode::Empty | FieldCode::TooLong) => t!("write-title-wrong"),
            ("tags", _) => t!("write-tags-wrong"),
            ("starts_ms", _) => t!("write-when-missing"),
            ("venue", FieldCode::Missing) => t!("write-venue-missing"),
            _ => refusals::field(error),
        })
    };
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            let draft = (|| {
                let split =
                    tags.peek().split([',', ' ', '#']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
                let gathering = (board != Board::Info).then(|| gathering.peek().read()).transpose()?;
                let draft = PostDraft {
                    title: title.peek().trim().to_owned(),
                    body: body.peek().clone(),
                    tags: split,
                    gathering,
                    ..PostDraft::default()
                };
                if let Some(gathering) = &draft.gathering {
                    gathering.check_ahead(now_ms() as i64)?;
                }
                draft.checked(board)
            })();
            let outcome = match draft {
                Ok(draft) => {
                    let change = BoardChange::WritePost { id: new_id(), board, draft: Box::new(draft), version: 0 };
                    make(change).await
                }
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) => {
                    let query = InUrl(PostQuery { board: Some(board), ..PostQuery::default() });
                    navigator.replace(Route::BoardPage { query }.address());
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let others = problem().filter(|problem| problem.errors.is_empty());
    rsx! {
        Page { title: write_words(board), class: "page-narrow", back: Route::board().address(),
            form { class: "form form-wide", onsubmit: send,
                div {
                    TextField {
                        label: t!("write-title"),
                        value: title(),
                        error: wrong("title"),
                        oninput: move |text| title.set(text),
                    }
                }
                if board != Board::Info {
                    GatheringForm { gathering, when: wrong("starts_ms"), venue: wrong("venue") }
                }
                div {
                    TextArea {
                        label: t!("write-body"),
                        value: body(),
                        rows: 8,
                        hint: t!("write-body-hint"),
                        error: wrong("body"),
                        oninput: move |text| body.set(text),
                    }
                }
                div {
                    TextField {
                        label: t!("write-tags"),
                        value: tags(),
                        error: wrong("tags"),
                        oninput: move |text| tags.set(text),
                    }
                }
                if let Some(problem) = others {
                    ErrorState { problem }
                }
                div { class: "form-ways", SubmitButton { {t!("write-send")} } }
            }
        }
    }
}

/// When, where and for how many.
#[component]
fn GatheringForm(gathering: Signal<GatheringFields>, when: Option<String>, venue: Option<String>) -> Element {
    let mut gathering = gathering;
    let mut words = use_signal(String::new);
    let found = use_resource(move || async move {
        let q = Some(words()).filter(|q| !q.trim().is_empty());
        let center = SEARCH_CENTER().map(|spot| spot.position);
        let query = PlaceQuery {
            q,
            lat: center.map(|c| c.lat),
            lon: center.map(|c| c.lon),
            limit: Some(VENUES),
            ..PlaceQuery::default()
        };
        call(SearchPlaces { query }).await.map(|places| places.items).unwrap_or_default()
    });
    let mut options = vec![(String::new(), t!("write-venue-none"))];
    if let Some(places) = &*found.read() {
        options.extend(places.iter().map(|hit| {
            let place = &hit.place;
            let district = place.district.clone().unwrap_or_default();
            (place.id.to_string(), format!("{} {district}", said(&place.name)).trim().to_owned())
        }));
    }
    let now = gathering();
    let numbers = |from: u32, to: u32, step: usize| {
        (from..=to).step_by(step).map(|n| (n.to_string(), n.to_string())).collect::<Vec<_>>()
    };
    rsx! {
        div {
            TextField {
                label: t!("write-when"),
                kind: "datetime-local",
                value: now.when.clone(),
                error: when,
                oninput: move |text| gathering.write().when = text,
            }
        }
        div {
            TextField {
                label: t!("write-venue-search"),
                value: words(),
                error: venue,
                oninput: move |text| words.set(text),
            }
        }
        Select {
            label: t!("write-venue"),
            value: now.venue.map(|id| id.to_string()).unwrap_or_default(),
            options,
            onchange: move |id: String| gathering.write().venue = id.parse().ok(),
        }
        div { class: "form-ways",
            Select {
                label: t!("write-seats"),
                value: now.seats.to_string(),
                options: numbers(1, 20, 1),
                onchange: move |n: String| gathering.write().seats = n.parse().unwrap_or(3),
            }
            Select {
                label: t!("write-minutes"),
                value: now.minutes.to_string(),
                options: numbers(30, 240, 30),
                onchange: move |n: String| gathering.write().minutes = n.parse().unwrap_or(90),
            }
        }
        div {
            Segmented {
                label: t!("write-answer"),
                segments: vec![Segment::new(t!("write-open")), Segment::new(t!("write-asks"))],
                chosen: usize::from(now.needs_approval),
                onchoose: move |i| gathering.write().needs_approval = i == 1,
            }
        }
    }
}
