//! Language, colours, notifications, and what HnH is made of.

mod about;
mod install;
mod notifications;
mod program;

pub(crate) use about::AboutPage;
pub(crate) use install::InstallSection;

use dioxus::prelude::*;
use hnh_domain::text::Lang;

use crate::i18n::{lang, own_name, t};
use crate::kit::{Icon, LinkButton, Page, PageSection, Segment, Segmented};
use crate::needs::NeedsSection;
use crate::preferences::{THEME, Theme, choose_lang, choose_theme};
use crate::recipes::{Units, choose_units, units};
use crate::routes::Route;

const LANGS: [Lang; 2] = [Lang::Ko, Lang::En];
const THEMES: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

/// The settings.
#[component]
pub(crate) fn SettingsPage() -> Element {
    let chosen_lang = LANGS.iter().position(|l| *l == lang()).unwrap_or(0);
    let chosen_theme = THEMES.iter().position(|theme| *theme == THEME()).unwrap_or(0);
    rsx! {
        Page { title: t!("nav-settings"), class: "page-narrow", back: "/",
            PageSection { title: t!("settings-language"),
                div {
                    Segmented {
                        label: t!("settings-language"),
                        segments: LANGS.map(|lang| Segment::new(own_name(lang))).to_vec(),
                        chosen: chosen_lang,
                        onchoose: move |i: usize| choose_lang(LANGS[i]),
                    }
                }
            }
            PageSection { title: t!("settings-theme"),
                div {
                    Segmented {
                        label: t!("settings-theme"),
                        segments: vec![
                            Segment::new(t!("theme-system")).icon(Icon::Monitor),
                            Segment::new(t!("theme-light")).icon(Icon::Sun),
                            Segment::new(t!("theme-dark")).icon(Icon::Moon),
                        ],
                        chosen: chosen_theme,
                        onchoose: move |i: usize| choose_theme(THEMES[i]),
                    }
                }
            }
            PageSection { title: t!("settings-units"),
                div {
                    Segmented {
                        label: t!("settings-units"),
                        segments: vec![Segment::new(t!("units-metric")), Segment::new(t!("units-us"))],
                        chosen: usize::from(units() == Units::Us),
                        onchoose: move |i: usize| choose_units(if i == 1 { Units::Us } else { Units::Metric }),
                    }
                }
            }
            NeedsSection {}
            notifications::NotificationSection {}
            InstallSection {}
            program::ProgramSettings {}
            PageSection { title: t!("settings-about"),
                p { {t!("settings-about-text")} }
                div {
                    LinkButton { to: Route::AboutPage {}, icon: Icon::Info, {t!("about-title")} }
                }
            }
        }
    }
}
