//! What others learn of one, as one writes it: a name, a few words, and what is shared of the rest.

use dioxus::prelude::*;
use hnh_domain::account::{Account, AccountChange, FreeTime, Goal, Profile, ProfileDraft, ProfilePart, Spoken};
use hnh_domain::calls::GetProfile;
use hnh_domain::codes::List;
use hnh_domain::label::Diet;
use hnh_domain::problem::Problem;
use hnh_domain::topic::Topic;
use uuid::Uuid;

use super::forms::{FormProblem, wrong};
use crate::changes::make;
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{
    Button, ButtonKind, Checkbox, LinkButton, PageSection, SubmitButton, TextArea, TextField, ToggleChip, toast,
};
use crate::needs::WAYS;
use crate::photos::{OwnPhoto, PhotoButton};
use crate::routes::Route;

/// The parts that can be filled in here.
const PARTS: [ProfilePart; 7] = [
    ProfilePart::About,
    ProfilePart::Languages,
    ProfilePart::Diets,
    ProfilePart::Allergies,
    ProfilePart::Goals,
    ProfilePart::District,
    ProfilePart::Free,
];

/// The form, once it is known what stands there.
#[component]
pub(super) fn ProfileSection(account: Account) -> Element {
    let changes = use_topic(Topic::Account);
    let handle = account.handle.clone();
    let found = use_resource(move || {
        changes();
        call(GetProfile { handle: handle.clone() })
    });
    match &*found.read() {
        Some(Ok(profile)) => rsx! { Editor { key: "{profile.version}", profile: profile.clone() } },
        _ => rsx! {},
    }
}

fn toggled<T: PartialEq + Copy>(list: &List<T>, item: T) -> List<T> {
    let on = list.contains(&item);
    let others = list.iter().copied().filter(|known| *known != item);
    others.chain((!on).then_some(item)).collect::<Vec<_>>().into()
}

#[component]
fn Editor(profile: Profile) -> Element {
    let mut says = use_signal(|| profile.says.clone());
    let mut problem = use_signal(|| None::<Problem>);
    let (version, handle) = (profile.version, profile.person.handle.clone());
    let send = move |event: FormEvent| {
        event.prevent_default();
        let profile = Box::new(says.peek().clone());
        spawn(async move {
            match make(AccountChange::SetProfile { profile, version }).await {
                Ok(()) => {
                    problem.set(None);
                    toast(t!("profile-saved"));
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let now: ProfileDraft = says();
    rsx! {
        PageSection {
            title: t!("profile-title"),
            beside: rsx! { LinkButton { to: Route::PersonPage { handle }, {t!("profile-seen")} } },
            p { class: "note", {t!("profile-text")} }
            form { class: "form form-wide", onsubmit: send,
                div { class: "profile-picture",
                    if let Some(id) = now.picture {
                        span { class: "avatar", OwnPhoto { id, alt: t!("profile-picture"), width: 320 } }
                    }
                    PhotoButton {
                        label: t!("profile-picture-choose"),
                        onphotos: move |photos: Vec<Uuid>| says.write().picture = photos.first().copied(),
                    }
                    if now.picture.is_some() {
                        Button { kind: ButtonKind::Quiet, onclick: move |_| says.write().picture = None, {t!("profile-picture-remove")} }
                    }
                }
                div {
                    TextField {
                        label: t!("profile-name"),
                        value: now.name.clone(),
                        autocomplete: "nickname",
                        error: wrong("name", &problem()),
                        oninput: move |text| says.write().name = text,
                    }
                }
                div {
                    TextArea {
                        label: ProfilePart::About.name(lang()),
                        value: now.about.clone(),
                        rows: 3,
                        error: wrong("about", &problem()),
                        oninput: move |text| says.write().about = text,
                    }
                }
                div {
                    TextField {
                        label: ProfilePart::District.name(lang()),
                        value: now.district.clone(),
                        error: wrong("district", &problem()),
                        oninput: move |text| says.write().district = text,
                    }
                }
                Chips { label: ProfilePart::Languages.name(lang()),
                    for language in Spoken::ALL.iter().copied() {
                        ToggleChip {
                            key: "{language}",
                            text: language.name(lang()),
                            on: now.languages.contains(&language),
                            onclick: move |()| {
                                let next = toggled(&says.peek().languages, language);
                                says.write().languages = next;
                            },
                        }
                    }
                }
                Chips { label: ProfilePart::Diets.name(lang()),
                    for diet in WAYS {
                        ToggleChip {
                            key: "{diet}",
                            text: Diet::name(diet, lang()),
                            on: now.diets.contains(&diet),
                            onclick: move |()| {
                                let next = toggled(&says.peek().diets, diet);
                                says.write().diets = next;
                            },
                        }
                    }
                }
                Chips { label: ProfilePart::Goals.name(lang()),
                    for goal in Goal::ALL.iter().copied() {
                        ToggleChip {
                            key: "{goal}",
                            text: goal.name(lang()),
                            on: now.goals.contains(&goal),
                            onclick: move |()| {
                                let next = toggled(&says.peek().goals, goal);
                                says.write().goals = next;
                            },
                        }
                    }
                }
                Chips { label: ProfilePart::Free.name(lang()),
                    for time in FreeTime::ALL.iter().copied() {
                        ToggleChip {
                            key: "{time}",
                            text: time.name(lang()),
                            on: now.free.contains(&time),
                            onclick: move |()| {
                                let next = toggled(&says.peek().free, time);
                                says.write().free = next;
                            },
                        }
                    }
                }
                fieldset { class: "profile-shared",
                    legend { {t!("profile-shared")} }
                    for part in PARTS {
                        Checkbox {
                            key: "{part}",
                            label: part.name(lang()),
                            checked: now.shared.contains(&part),
                            onchange: move |_| {
                                let next = toggled(&says.peek().shared, part);
                                says.write().shared = next;
                            },
                        }
                    }
                }
                FormProblem { problem: problem() }
                div { class: "form-ways", SubmitButton { {t!("form-save")} } }
            }
        }
    }
}

#[component]
fn Chips(label: String, children: Element) -> Element {
    rsx! {
        div { role: "group", "aria-label": "{label}",
            span { class: "text-field-label", "{label}" }
            div { class: "chips", {children} }
        }
    }
}
