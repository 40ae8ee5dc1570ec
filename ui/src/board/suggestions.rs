//! People one may like to eat with, and why.

use dioxus::prelude::*;
use hnh_domain::board::Suggestion;
use hnh_domain::calls::SuggestPeople;
use hnh_domain::topic::Topic;

use crate::account::PersonLink;
use crate::core::{call, use_topic};
use crate::i18n::{lang, t};
use crate::kit::{Chip, ChipKind, Icon, PageSection};

/// The people; nothing where nobody fits, or nobody is signed in.
#[component]
pub(super) fn Suggestions() -> Element {
    let changes = use_topic(Topic::Account);
    let found = use_resource(move || {
        changes();
        async { call(SuggestPeople {}).await.unwrap_or_default() }
    });
    let people: Vec<Suggestion> = found.read().clone().unwrap_or_default();
    rsx! {
        if !people.is_empty() {
            PageSection { title: t!("suggest-title"),
                p { class: "note", {t!("suggest-text")} }
                ul { class: "posts",
                    for one in people {
                        li { key: "{one.person.id}", class: "card post-row",
                            PersonLink { person: Some(one.person.clone()) }
                            ul { class: "chips",
                                for diet in one.diets.iter() {
                                    li { key: "{diet}", Chip { text: diet.name(lang()), kind: ChipKind::Leaf, icon: Icon::Leaf } }
                                }
                                for language in one.languages.iter() {
                                    li { key: "{language}", Chip { text: language.name(lang()) } }
                                }
                                for time in one.free.iter() {
                                    li { key: "{time}", Chip { text: time.name(lang()), icon: Icon::Clock } }
                                }
                                if let Some(district) = &one.district {
                                    li { Chip { text: district.clone(), icon: Icon::MapPin } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
