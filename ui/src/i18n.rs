//! What the interface says, in the person's language.
//!
//! Sentences live in `ui/i18n/{ko,en}.ftl`; `t!("key")` or `t!("key", name = value)` gives one.
//! A component that calls `t!` is drawn again when the language changes. Names of closed sets
//! (courses, diets, nutrients) come from the domain: `course.name(lang())`.

use dioxus::prelude::*;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use hnh_domain::text::{Lang, Text};

/// The language shown.
static LANG: GlobalSignal<Lang> = Signal::global(crate::preferences::stored_lang);

/// The language shown; reading it subscribes the component.
pub(crate) fn lang() -> Lang {
    LANG()
}

/// Changes the language shown.
pub(crate) fn set_lang(lang: Lang) {
    *LANG.write() = lang;
}

/// The language's own name.
pub(crate) fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => "한국어",
        Lang::En => "English",
    }
}

/// The language that a browser's preference, such as `ko-KR`, is served in.
pub(crate) fn best_for(preference: &str) -> Lang {
    if preference.to_ascii_lowercase().starts_with("ko") { Lang::Ko } else { Lang::En }
}

/// A record's text in the language shown.
pub(crate) fn said(text: &Text) -> String {
    text.get(lang()).to_owned()
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Ko => include_str!("../i18n/ko.ftl"),
        Lang::En => include_str!("../i18n/en.ftl"),
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    // A sentence that does not parse is left out; the tests below see to it that there is none.
    let resource = FluentResource::try_new(source(lang).to_owned()).unwrap_or_else(|(partial, _)| partial);
    let mut bundle = FluentBundle::new(vec![lang.code().parse().unwrap_or_default()]);
    // Marks against mixed directions are of no use to two languages that run the same way.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

thread_local! {
    static KOREAN: FluentBundle<FluentResource> = bundle(Lang::Ko);
    static ENGLISH: FluentBundle<FluentResource> = bundle(Lang::En);
}

/// The sentence for a key; the key itself when there is none. Called through `t!`.
pub(crate) fn sentence(key: &str, args: Option<&FluentArgs>) -> String {
    let find = |bundle: &FluentBundle<FluentResource>| {
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    };
    let found = match lang() {
        Lang::Ko => KOREAN.with(find),
        Lang::En => ENGLISH.with(find),
    };
    found.unwrap_or_else(|| key.to_owned())
}

/// The sentence for a key, with values for its variables.
macro_rules! t {
    ($key:literal) => { $crate::i18n::sentence($key, None) };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = fluent_bundle::FluentArgs::new();
        $( args.set(stringify!($name), $value); )+
        $crate::i18n::sentence($key, Some(&args))
    }};
}
pub(crate) use t;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use hnh_domain::recipes::GROUPS;

    use super::*;

    fn keys(lang: Lang) -> BTreeSet<String> {
        let text = source(lang);
        FluentResource::try_new(text.to_owned()).expect("the file parses");
        let mut keys = BTreeSet::new();
        for line in text.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| !key.starts_with([' ', '#', '-'])) {
                assert!(keys.insert(key.to_owned()), "{key} is there twice in {}", lang.code());
            }
        }
        keys
    }

    /// Keys in `t!("key"` of every source file below `folder`.
    fn used(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                used(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("i18n.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for (at, call) in text.match_indices("t!(") {
                    // `format!(` ends in the same letters.
                    let own = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                    let key = text[at + call.len()..].trim_start().strip_prefix('"').and_then(|t| t.split('"').next());
                    found.extend(key.filter(|_| own).map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(Lang::Ko), keys(Lang::En));
    }

    #[test]
    fn every_key_exists_and_is_used() {
        let mut found = BTreeSet::new();
        used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.extend(GROUPS.iter().map(|group| format!("filters-{}", group.code)));
        let said = keys(Lang::En);
        let missing: Vec<_> = found.difference(&said).collect();
        let unused: Vec<_> = said.difference(&found).collect();
        assert!(missing.is_empty() && unused.is_empty(), "missing {missing:?}, unused {unused:?}");
    }

    #[test]
    fn a_browsers_preference_picks_a_language() {
        assert_eq!(best_for("ko-KR"), Lang::Ko);
        assert_eq!(best_for("de"), Lang::En);
    }
}
