//! A meal's seats: asking for one, giving it up, answering those who ask.

use dioxus::prelude::*;
use hnh_domain::account::Person;
use hnh_domain::board::{BoardChange, Gathering, GatheringDraft, Seat, SeatState};
use hnh_domain::calls::GetPlace;
use uuid::Uuid;

use super::after::{CallOff, References};
use super::check_in::CheckInPanel;
use crate::account::{PersonLink, SignInLink};
use crate::changes::submit;
use crate::core::call;
use crate::format;
use crate::format::meal_time;
use crate::i18n::{lang, said, t};
use crate::kit::{Button, ButtonKind, Chip, ChipKind, ConfirmButton, Glyph, Icon, LinkButton};
use crate::routes::Route;

/// When, where, how many seats are left, and what one can do.
#[component]
pub(super) fn Seats(
    post: Uuid,
    host: Option<Person>,
    draft: GatheringDraft,
    state: Gathering,
    hosting: bool,
    me: Option<Uuid>,
) -> Element {
    let signed_in = me.is_some();
    let venue = draft.venue;
    let place = use_resource(move || async move { call(GetPlace { id: venue? }).await.ok() });
    let name = match &*place.read() {
        Some(Some(place)) => said(&place.record.place.name),
        _ => t!("meal-venue"),
    };
    let now_ms = crate::browser::now_ms() as i64;
    let over = now_ms >= draft.starts_ms;
    // Who sat at the table, but for oneself; to be written about when the meal is over.
    let took_part = hosting || state.mine == Some(SeatState::Seated);
    let ended = now_ms >= draft.ends_ms() && state.cancelled.is_none();
    let company: Vec<Person> = if took_part && ended {
        let seated = state.seats.iter().filter(|seat| seat.state == SeatState::Seated).map(|seat| seat.person.clone());
        host.into_iter().chain(seated).filter(|person| Some(person.id) != me).collect()
    } else {
        Vec::new()
    };
    rsx! {
        section { class: "card meal", "aria-label": t!("meal-title"),
            p { class: "meal-when", {meal_time(draft.starts_ms)} " · " {length(draft.minutes)} }
            div { class: "form-ways",
                if let Some(id) = venue {
                    LinkButton { to: Route::PlacePage { id }, icon: Icon::MapPin, "{name}" }
                }
                if !draft.address.is_empty() {
                    a { class: "button button-quiet", href: map_search(&draft.address), target: "_blank", rel: "noopener",
                        Glyph { icon: Icon::MapPin }
                        bdi { "{draft.address}" }
                    }
                }
                a { class: "button button-quiet", href: "/api/v1/posts/{post}/calendar.ics", {t!("meal-calendar")} }
            }
            if let Some(room) = state.room {
                div { LinkButton { to: Route::RoomPage { id: room }, icon: Icon::MessagesSquare, {t!("meal-chat")} } }
            }
            ul { class: "chips",
                if let Some(reason) = &state.cancelled {
                    li { Chip { text: cancelled(reason), kind: ChipKind::Tomato } }
                } else {
                    li {
                        if state.left == 0 {
                            Chip { text: t!("meal-full"), kind: ChipKind::Honey }
                        } else {
                            Chip { text: t!("meal-left", count = state.left), kind: ChipKind::Leaf }
                        }
                    }
                }
                if state.waiting > 0 {
                    li { Chip { text: t!("meal-waiting", count = state.waiting) } }
                }
                for diet in draft.diets.iter() {
                    li { key: "{diet}", Chip { text: diet.name(lang()), kind: ChipKind::Leaf, icon: Icon::Leaf } }
                }
            }
            if state.cancelled.is_none() && !over && !hosting {
                Own { post, mine: state.mine, turn: state.turn, needs_approval: draft.needs_approval, left: state.left, signed_in }
            }
            if hosting && !over && state.cancelled.is_none() {
                CallOff { post }
            }
            if !state.seats.is_empty() {
                ul { class: "seats",
                    for seat in state.seats.clone() {
                        li { key: "{seat.person.id}", SeatRow { post, seat, hosting: hosting && !over } }
                    }
                }
            }
            if let (Some(me), true, None) = (me, took_part, &state.cancelled) {
                CheckInPanel { post, me, check_in: state.check_in.clone(), ended: now_ms >= draft.ends_ms() }
            }
            References { post, people: company }
        }
    }
}

/// How long it is; an event may be days.
fn length(minutes: u32) -> String {
    if minutes >= 1_440 { t!("write-days", count = minutes.div_ceil(1_440)) } else { format::minutes(minutes) }
}

/// A map that looks for an address; ours knows places alone.
fn map_search(address: &str) -> String {
    let words = String::from(js_sys::encode_uri_component(address));
    format!("https://www.openstreetmap.org/search?query={words}")
}

fn cancelled(reason: &str) -> String {
    if reason.is_empty() { t!("meal-cancelled") } else { t!("meal-cancelled-why", reason = reason.to_owned()) }
}

/// One's own request.
#[component]
fn Own(
    post: Uuid,
    mine: Option<SeatState>,
    turn: Option<u32>,
    needs_approval: bool,
    left: u32,
    signed_in: bool,
) -> Element {
    if !signed_in {
        return rsx! {
            SignInLink { words: if left > 0 { t!("meal-sign-in") } else { t!("meal-sign-in-full") } }
        };
    }
    let words = match mine {
        Some(SeatState::Seated) => t!("meal-seated"),
        Some(SeatState::Asked) => t!("meal-asked"),
        Some(SeatState::Waiting) => match turn {
            Some(turn) => t!("meal-your-turn", turn = turn),
            None => t!("meal-you-wait"),
        },
        Some(SeatState::Declined) => t!("meal-declined"),
        None => String::new(),
    };
    rsx! {
        if !words.is_empty() {
            p { class: "note", role: "status", "{words}" }
        }
        div { class: "form-ways",
            match mine {
                None => rsx! {
                    Button {
                        kind: ButtonKind::Primary,
                        onclick: move |_| submit(BoardChange::Join { post, note: String::new() }),
                        if needs_approval { {t!("meal-ask")} } else if left > 0 { {t!("meal-join")} } else { {t!("meal-wait")} }
                    }
                },
                Some(SeatState::Declined) => rsx! {},
                Some(_) => rsx! {
                    ConfirmButton {
                        label: t!("meal-leave"),
                        question: t!("meal-leave-ask"),
                        text: t!("meal-leave-text"),
                        onconfirm: move |()| submit(BoardChange::Leave { post }),
                    }
                },
            }
        }
    }
}

#[component]
fn SeatRow(post: Uuid, seat: Seat, hosting: bool) -> Element {
    let person = seat.person.id;
    let answer = move |accept| submit(BoardChange::Answer { post, person, accept });
    rsx! {
        PersonLink { person: Some(seat.person.clone()) }
        span { class: "note", {seat.state.name(lang())} }
        if !seat.note.is_empty() {
            q { "{seat.note}" }
        }
        if hosting && matches!(seat.state, SeatState::Asked | SeatState::Waiting) {
            Button { onclick: move |_| answer(true), {t!("meal-accept")} }
        }
        if hosting && seat.state != SeatState::Declined {
            Button { kind: ButtonKind::Quiet, onclick: move |_| answer(false), {t!("meal-decline")} }
        }
    }
}
