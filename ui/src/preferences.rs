//! Language and colours, which the first paint needs: kept by the browser, not by the core, whose
//! database opens later.

use dioxus::prelude::*;
use hnh_domain::text::Lang;

use crate::{browser, i18n};

const LANGUAGE_KEY: &str = "hnh.language";
const THEME_KEY: &str = "hnh.theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme` on the root element.
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The theme shown.
pub(crate) static THEME: GlobalSignal<Theme> = Signal::global(stored_theme);

fn stored_theme() -> Theme {
    match browser::remembered(THEME_KEY).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// The language chosen, or the one the browser prefers.
pub(crate) fn stored_lang() -> Lang {
    let preferred = || browser::window().and_then(|w| w.navigator().language());
    i18n::best_for(&browser::remembered(LANGUAGE_KEY).or_else(preferred).unwrap_or_default())
}

/// Puts theme and language on the page before anything is drawn.
pub(crate) fn restore() {
    browser::set_root_attribute("data-theme", stored_theme().attribute());
    browser::set_root_attribute("lang", Some(stored_lang().code()));
}

/// Shows another language from now on.
pub(crate) fn choose_lang(lang: Lang) {
    browser::remember(LANGUAGE_KEY, lang.code());
    browser::set_root_attribute("lang", Some(lang.code()));
    i18n::set_lang(lang);
}

/// Shows another theme from now on.
pub(crate) fn choose_theme(theme: Theme) {
    browser::remember(THEME_KEY, theme.attribute().unwrap_or("system"));
    browser::set_root_attribute("data-theme", theme.attribute());
    *THEME.write() = theme;
}
