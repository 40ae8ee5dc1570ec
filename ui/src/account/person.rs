//! A person as others see them.

use dioxus::prelude::*;
use hnh_domain::account::{AccountChange, Person as Somebody, Profile};
use hnh_domain::board::{PostQuery, Subject, SubjectKind};
use hnh_domain::calls::GetProfile;
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::topic::Topic;

use super::use_me;
use crate::board::Report;
use crate::changes::{make, submit};
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{Button, ButtonKind, Chip, ChipKind, Icon, LinkButton, Page, SkeletonShape, loaded_page, toast};
use crate::photos::Avatar;
use crate::refusals;
use crate::routes::{InUrl, Route};

/// A person's name, which leads to their page; nobody's where the account is gone.
#[component]
pub(crate) fn PersonLink(person: Option<Somebody>) -> Element {
    match person {
        Some(person) => rsx! {
            Link { class: "person-link", to: Route::PersonPage { handle: person.handle.clone() }.address(), bdi { "{person.name}" } }
        },
        None => rsx! { b { {t!("person-gone")} } },
    }
}

/// A person's page.
#[component]
pub(crate) fn PersonPage(handle: ReadSignal<String>) -> Element {
    let changes = use_topic(Topic::Account);
    let mut found = use_resource(move || {
        changes();
        call(GetProfile { handle: handle() })
    });
    loaded_page(found, (SkeletonShape::Rows, 1), format!("@{handle}"), rsx! {}, |profile| {
        rsx! { Person { profile: profile.clone(), onchange: move |()| found.restart() } }
    })
}

#[component]
fn Person(profile: Profile, onchange: EventHandler<()>) -> Element {
    let me = use_me();
    let navigator = use_navigator();
    let mine = me.read().clone().flatten().map(|me| me.id);
    let other = mine.is_some_and(|me| me != profile.person.id);
    let (person, says) = (profile.person, profile.says);
    let (id, blocked) = (person.id, profile.blocked);
    let block = move |_| {
        spawn(async move {
            match make(AccountChange::Block { person: id, on: !blocked }).await {
                Ok(()) => toast(if blocked { t!("person-unblocked") } else { t!("person-blocked") }),
                Err(problem) => toast(refusals::words(&problem)),
            }
            onchange.call(());
        });
    };
    let write_to = move |_| {
        if let Some(me) = mine {
            let room = direct_room(me, id);
            submit(ChatChange::OpenDirect { id: room, person: id });
            navigator.push(Route::RoomPage { id: room });
        }
    };
    let posts = Route::BoardPage { query: InUrl(PostQuery { author: Some(id), ..PostQuery::default() }) };
    rsx! {
        Page { title: person.name.clone(), class: "page-narrow", back: Route::board().address(),
            span { class: "person-picture", Avatar { person: person.clone() } }
            p { class: "note",
                "@{person.handle}"
                if !says.district.is_empty() {
                    " · {says.district}"
                }
            }
            if !says.about.is_empty() {
                p { dir: "auto", "{says.about}" }
            }
            ul { class: "chips",
                for diet in says.diets.iter() {
                    li { key: "{diet}", Chip { text: diet.name(lang()), kind: ChipKind::Leaf, icon: Icon::Leaf } }
                }
                for allergen in says.allergies.iter() {
                    li { key: "{allergen}", Chip { text: t!("needs-without", name = allergen.name(lang())), kind: ChipKind::Honey } }
                }
                for goal in says.goals.iter() {
                    li { key: "{goal}", Chip { text: goal.name(lang()) } }
                }
                for time in says.free.iter() {
                    li { key: "{time}", Chip { text: time.name(lang()), icon: Icon::Clock } }
                }
                for language in says.languages.iter() {
                    li { key: "{language}", Chip { text: language.name(lang()) } }
                }
                if profile.references > 0 {
                    li { Chip { text: t!("person-meals", count = profile.references) } }
                }
            }
            div { class: "form-ways",
                LinkButton { to: posts, icon: Icon::MessageSquare, {t!("person-posts")} }
                if other && !blocked {
                    Button { kind: ButtonKind::Primary, icon: Icon::MessagesSquare, onclick: write_to, {t!("person-write")} }
                }
                if other {
                    Report { subject: Subject { kind: SubjectKind::Person, id } }
                    Button { onclick: block, if blocked { {t!("person-unblock")} } else { {t!("person-block")} } }
                }
            }
        }
    }
}
