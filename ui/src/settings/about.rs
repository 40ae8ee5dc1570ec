//! What the catalogue holds, where it comes from, and under which licences.

use dioxus::prelude::*;
use hnh_domain::calls::{CatalogueInfo, GetCatalogue, SourceCredit};

use crate::core::use_call;
use crate::format::number;
use crate::i18n::{lang, t};
use crate::kit::{Glyph, Icon, Page, PageSection, SkeletonShape, loaded};
use crate::routes::Route;

/// About HnH.
#[component]
pub(crate) fn AboutPage() -> Element {
    let info = use_call(|| GetCatalogue {});
    rsx! {
        Page { title: t!("about-title"), class: "page-narrow about", back: Route::SettingsPage {}.address(),
            p { class: "lead", {t!("about-lead")} }
            {loaded(info, (SkeletonShape::Rows, 4), rsx! {}, |info| {
                rsx! {
                    Holdings { info: info.clone() }
                    PageSection { title: t!("about-sources"),
                        ul { class: "sources",
                            for credit in info.sources.iter().cloned() {
                                li { key: "{credit.source}", SourceCard { credit } }
                            }
                        }
                    }
                }
            })}
            PageSection { title: t!("about-safety"),
                p { {t!("about-safety-text")} }
            }
            PageSection { title: t!("about-parts"),
                p { {t!("about-parts-text")} }
            }
        }
    }
}

#[component]
fn Holdings(info: CatalogueInfo) -> Element {
    let count = |n: u64| number(n as f32, 0);
    rsx! {
        dl { class: "holdings",
            div { dt { {t!("about-places")} } dd { {count(info.places)} } }
            div { dt { {t!("about-recipes")} } dd { {count(info.recipes)} } }
            div { dt { {t!("about-foods")} } dd { {count(info.foods)} } }
        }
        p { class: "filter-note", {t!("about-version", version = info.version.clone())} }
    }
}

#[component]
fn SourceCard(credit: SourceCredit) -> Element {
    rsx! {
        div { class: "card source",
            div { class: "source-head",
                h3 { {credit.source.name(lang())} }
                span { class: "source-count", {t!("about-records", count = number(credit.records as f32, 0))} }
            }
            if !credit.attribution.is_empty() {
                p { "{credit.attribution}" }
            }
            p { class: "source-licence",
                "{credit.licence}"
                if !credit.url.is_empty() {
                    a { href: "{credit.url}", rel: "noopener noreferrer", target: "_blank",
                        {t!("about-visit")}
                        Glyph { icon: Icon::ExternalLink, size: 14 }
                    }
                }
            }
        }
    }
}
