//! What members put right about a place, apart from the sources' own facts, and the form to do so.

use dioxus::prelude::*;
use hnh_domain::board::{Subject, SubjectKind};
use hnh_domain::calls::{Blocked, Discard, ListPending, Pending};
use hnh_domain::contributions::{ContributionChange, CorrectedFact, Correction};
use hnh_domain::feeds::Change;
use hnh_domain::geo::LatLon;
use hnh_domain::places::PlaceDiet;
use hnh_domain::problem::ProblemCode;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use crate::account::{SignInLink, use_me};
use crate::board::Report;
use crate::changes::{make, submit};
use crate::core::{call, use_topic};
use crate::format::ago;
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, Glyph, Icon, PageSection, Select, SubmitButton, TextField, toast,
};
use crate::position::locate;
use crate::refusals;

/// The corrections, and a way to make one.
#[component]
pub(super) fn Corrections(place: Uuid, corrections: Vec<Correction>) -> Element {
    let me = use_me();
    let signed_in = matches!(&*me.read(), Some(Some(_)));
    let mut open = use_signal(|| false);
    rsx! {
        PageSection { title: t!("corrections-title"),
            if corrections.is_empty() {
                p { class: "note", {t!("corrections-none")} }
            }
            Unsent { place }
            ul { class: "seats",
                for correction in corrections {
                    li { key: "{correction.id}", CorrectionRow { place, correction, signed_in } }
                }
            }
            if signed_in {
                div { class: "form-ways",
                    Button { kind: ButtonKind::Quiet, icon: Icon::Warning, "aria-expanded": "{open}", onclick: move |_| open.toggle(), {t!("corrections-make")} }
                }
                if open() {
                    CorrectionForm { place, ondone: move |()| open.set(false) }
                }
            } else {
                div { SignInLink { words: t!("corrections-sign-in") } }
            }
        }
    }
}

/// One's own corrections of the place that are not on the server: on their way, or refused with the reason.
#[component]
fn Unsent(place: Uuid) -> Element {
    let changes = use_topic(Topic::Sync);
    let pending = use_resource(move || {
        changes();
        async { call(ListPending {}).await.unwrap_or_default() }
    });
    let own = |pending: &Pending| match pending.change.read() {
        Ok(Change::Contribution(ContributionChange::Correct { place: of, fact, value, on: true })) if of == place => {
            Some((pending.number, fact, value, pending.blocked.clone()))
        }
        _ => None,
    };
    let rows: Vec<_> = pending.read().iter().flatten().filter_map(own).collect();
    let discard = move |number| {
        spawn(async move {
            if let Err(problem) = call(Discard { number }).await {
                toast(refusals::words(&problem));
            }
        });
    };
    rsx! {
        if !rows.is_empty() {
            ul { class: "seats",
                for (number , fact , value , blocked) in rows {
                    li { key: "{number}",
                        b { dir: "auto", "{fact.name(lang())} {value}" }
                        match blocked {
                            None | Some(Blocked::Old) => rsx! { span { class: "note", {t!("pending-waits")} } },
                            Some(Blocked::Refused(problem)) => rsx! {
                                p { class: "field-note field-wrong", role: "alert",
                                    Glyph { icon: Icon::CircleAlert, size: 15 }
                                    if fact == CorrectedFact::Hours && problem.code == ProblemCode::InvalidInput {
                                        {t!("corrections-hours-wrong")}
                                    } else {
                                        {refusals::words(&problem)}
                                    }
                                }
                                Button { kind: ButtonKind::Quiet, onclick: move |_| discard(number), {t!("pending-discard")} }
                            },
                        }
                    }
                }
            }
        }
    }
}

/// What is right, in a few words.
fn words(correction: &Correction) -> String {
    let fact = correction.fact.name(lang());
    match correction.fact {
        CorrectedFact::Closed => fact.to_owned(),
        CorrectedFact::Serves | CorrectedFact::ServesNot => {
            let diet =
                correction.value.parse::<PlaceDiet>().map_or(correction.value.as_str(), |diet| diet.name(lang()));
            format!("{fact}: {diet}")
        }
        CorrectedFact::Hours | CorrectedFact::Phone | CorrectedFact::Position => {
            format!("{fact}: {}", correction.value)
        }
    }
}

#[component]
fn CorrectionRow(place: Uuid, correction: Correction, signed_in: bool) -> Element {
    let Correction { id, fact, mine, .. } = correction;
    let value = correction.value.clone();
    let say = move |_| submit(ContributionChange::Correct { place, fact, value: value.clone(), on: !mine });
    rsx! {
        b { dir: "auto", {words(&correction)} }
        if correction.confirmed {
            Chip { text: t!("corrections-confirmed"), kind: ChipKind::Leaf, icon: Icon::Check }
        }
        span { class: "note", {t!("corrections-by", count = correction.members, when = ago(correction.last_ms))} }
        if signed_in {
            Button { kind: ButtonKind::Quiet, onclick: say,
                if mine { {t!("corrections-take-back")} } else { {t!("corrections-too")} }
            }
            if !mine {
                Report { subject: Subject { kind: SubjectKind::Correction, id } }
            }
        }
    }
}

#[component]
fn CorrectionForm(place: Uuid, ondone: EventHandler<()>) -> Element {
    let mut fact = use_signal(|| CorrectedFact::Closed);
    let mut value = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let (fact, value) = (*fact.peek(), value.peek().clone());
        spawn(async move {
            match make(ContributionChange::Correct { place, fact, value, on: true }).await {
                Ok(()) => ondone.call(()),
                Err(problem) => wrong.set(Some(refusals::words(&problem))),
            }
        });
    };
    let here = move |_| async move {
        match locate().await {
            Some(spot) => {
                let LatLon { lat, lon } = spot.position;
                value.set(format!("{lat:.5},{lon:.5}"));
            }
            None => wrong.set(Some(t!("corrections-no-position"))),
        }
    };
    let options = CorrectedFact::ALL.iter().map(|fact| (fact.code().to_owned(), fact.name(lang()).to_owned()));
    let diets = PlaceDiet::ALL.iter().map(|diet| (diet.code().to_owned(), diet.name(lang()).to_owned()));
    let hint = match fact() {
        CorrectedFact::Hours => t!("corrections-hours-hint"),
        _ => String::new(),
    };
    rsx! {
        form { class: "form report-form", onsubmit: send,
            Select {
                label: t!("corrections-what"),
                value: fact().code().to_owned(),
                options: options.collect::<Vec<_>>(),
                onchange: move |code: String| {
                    let chosen = code.parse().unwrap_or(CorrectedFact::Closed);
                    fact.set(chosen);
                    wrong.set(None);
                    value.set(if chosen.is_plural() { PlaceDiet::Vegan.code().to_owned() } else { String::new() });
                },
            }
            match fact() {
                CorrectedFact::Closed => rsx! {},
                CorrectedFact::Serves | CorrectedFact::ServesNot => rsx! {
                    Select {
                        label: t!("filters-diet"),
                        value: value(),
                        options: diets.collect::<Vec<_>>(),
                        onchange: move |code| value.set(code),
                    }
                },
                CorrectedFact::Hours | CorrectedFact::Phone | CorrectedFact::Position => rsx! {
                    div {
                        TextField {
                            label: fact().name(lang()),
                            value: value(),
                            hint,
                            error: wrong(),
                            oninput: move |text| value.set(text),
                        }
                    }
                },
            }
            if fact() == CorrectedFact::Position {
                div { class: "form-ways", Button { icon: Icon::LocateFixed, onclick: here, {t!("corrections-here")} } }
            }
            div { class: "form-ways",
                SubmitButton { {t!("corrections-send")} }
                Button { kind: ButtonKind::Quiet, onclick: move |_| ondone.call(()), {t!("chat-cancel")} }
            }
        }
    }
}
