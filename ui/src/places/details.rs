//! A place's page: open or not, how to get there, what it serves.

use dioxus::prelude::*;
use hnh_domain::board::Board;
use hnh_domain::calls::{GetContributions, GetPlace, Stored};
use hnh_domain::contributions::Contributions;
use hnh_domain::geo::LatLon;
use hnh_domain::places::{
    Accuracy, DayHours, MenuItem, Place, PlaceCard, PlaceDetails, PlaceDiet, PlaceFact, PlaceQuery, phone_numbers,
};
use hnh_domain::source::Provenance;
use uuid::Uuid;

use super::card::{diet_kind, diet_words, in_latin, way, what};
use super::corrections::Corrections;
use super::map_page::SHOW;
use super::opening;
use super::reviews::Reviews;
use crate::core::{call, use_topic};
use crate::favourites::Heart;
use crate::i18n::{lang, said, t};
use crate::kit::{
    Button, ButtonKind, Chip, ChipKind, Glyph, Icon, LinkButton, Page, PageSection, SkeletonShape, loaded_page,
};
use crate::routes::{InUrl, Route, SharedText};
use hnh_domain::account::FavouriteKind;
use hnh_domain::topic::Topic;

/// A place.
#[component]
pub(crate) fn PlacePage(id: ReadSignal<Uuid>) -> Element {
    let online = use_topic(Topic::Online);
    let place = use_resource(move || {
        online();
        call(GetPlace { id: id() })
    });
    let map = rsx! { LinkButton { to: Route::map(), icon: Icon::Map, {t!("nav-map")} } };
    loaded_page(place, (SkeletonShape::Details, 1), t!("place-title"), map, |stored| {
        rsx! { Details { stored: stored.clone() } }
    })
}

/// The search around a place, for "show on the map".
fn nearby(p: LatLon) -> PlaceQuery {
    PlaceQuery { lat: Some(p.lat), lon: Some(p.lon), ..PlaceQuery::default() }
}

/// Directions in the map service that knows the country best; of a place without a position that service is asked where its
/// address is.
fn directions(place: &Place) -> String {
    let LatLon { lat, lon } = place.position;
    if place.accuracy == Accuracy::District {
        let words = format!("{} {}", place.address.as_deref().unwrap_or_default(), said(&place.name));
        return format!("https://map.kakao.com/link/search/{}", String::from(js_sys::encode_uri_component(&words)));
    }
    if place.country.as_deref() == Some("KR") {
        let name = String::from(js_sys::encode_uri_component(&said(&place.name)));
        format!("https://map.kakao.com/link/to/{name},{lat},{lon}")
    } else {
        format!("https://www.openstreetmap.org/directions?to={lat}%2C{lon}")
    }
}

/// Writing about the place on a board.
fn together(board: Board, id: Uuid) -> Route {
    Route::WritePage { board, shared: SharedText { place: id.to_string(), ..SharedText::default() } }
}

#[component]
fn Details(stored: Stored<PlaceDetails>) -> Element {
    let PlaceDetails { place, opening: open, week, holidays_unknown } = stored.record;
    let (name, latin) = (said(&place.name), in_latin(&place.name));
    let on_map = Route::MapPage { query: InUrl(nearby(place.position)) }.address();
    let (id, navigator) = (place.id, use_navigator());
    let phones = place.phone.as_deref().map(phone_numbers).unwrap_or_default();
    let telephone = phones.iter().find_map(|phone| phone.dialled.clone());
    rsx! {
        Page { title: name.clone(), class: "page-narrow place-page", back: Route::map().address(),
            beside: rsx! { Heart { kind: FavouriteKind::Place, id: place.id, name } },
            if let Some(latin) = latin {
                p { class: "in-latin", "{latin}" }
            }
            p { class: "place-what", {what(&PlaceCard::from(&place))} }
            if stored.offline {
                p { class: "note", Glyph { icon: Icon::WifiOff, size: 16 } {t!("place-from-device")} }
            }
            p { class: "facts facts-large",
                span { class: opening::class(open.state), Glyph { icon: Icon::Clock, size: 18 } {opening::sentence(&open)} }
                if let Some(way) = way(place.position, place.accuracy) {
                    span { Glyph { icon: Icon::Navigation, size: 18 } "{way}" }
                }
            }
            div { class: "chips chips-wide",
                a { class: "button button-primary", href: directions(&place), target: "_blank", rel: "noopener",
                    Glyph { icon: Icon::Navigation }
                    {t!("place-directions")}
                }
                if let Some(telephone) = telephone {
                    a { class: "button", href: "tel:{telephone}", Glyph { icon: Icon::Phone } {t!("place-call")} }
                }
                if let Some(website) = &place.website {
                    a { class: "button", href: "{website}", target: "_blank", rel: "noopener nofollow",
                        Glyph { icon: Icon::Globe }
                        {t!("place-website")}
                    }
                }
                if place.accuracy != Accuracy::District {
                    Button {
                        icon: Icon::Map,
                        onclick: move |_| {
                            *SHOW.write() = Some(id);
                            navigator.push(on_map.clone());
                        },
                        {t!("place-on-map")}
                    }
                }
            }
            div { class: "chips chips-wide",
                LinkButton { icon: Icon::Utensils, to: together(Board::Buddy, id), {t!("place-eat-together")} }
                LinkButton { kind: ButtonKind::Quiet, icon: Icon::MessageSquare, to: together(Board::Info, id), {t!("place-write")} }
            }
            match place.accuracy {
                Accuracy::Exact => rsx! {},
                Accuracy::Street => rsx! { p { class: "note", {t!("place-accuracy-street")} } },
                Accuracy::District => rsx! { p { class: "note", {t!("place-accuracy-district")} } },
            }
            Diets { place: place.clone() }
            if !place.menu.is_empty() {
                Menu { menu: place.menu.clone() }
            }
            Hours { week, text: place.hours.clone(), holidays_unknown }
            PageSection { title: t!("place-where"),
                dl { class: "place-facts",
                    if let Some(address) = &place.address {
                        div { dt { {t!("place-address")} } dd { "{address}" } }
                    }
                    if !phones.is_empty() {
                        div { dt { {t!("place-phone")} }
                            for phone in phones {
                                dd { key: "{phone.shown}",
                                    match phone.dialled {
                                        Some(dialled) => rsx! { a { href: "tel:{dialled}", "{phone.shown}" } },
                                        None => rsx! { "{phone.shown}" },
                                    }
                                }
                            }
                        }
                    }
                    if place.accuracy.is_exact() {
                        div { dt { {t!("place-position")} } dd { "{place.position.lat:.5}, {place.position.lon:.5}" } }
                    }
                }
            }
            FromMembers { place: place.id }
            Credit { provenance: place.provenance.clone(), gave: Vec::new() }
            for other in place.also.clone() {
                Credit { key: "{other.provenance.source_id}", provenance: other.provenance, gave: other.gave }
            }
        }
    }
}

/// What members say of the place; nothing while it is not known.
#[component]
fn FromMembers(place: Uuid) -> Element {
    let (changes, account, online) =
        (use_topic(Topic::Contributions), use_topic(Topic::Account), use_topic(Topic::Online));
    let found = use_resource(use_reactive!(|place| async move {
        changes();
        account();
        online();
        call(GetContributions { place }).await
    }));
    match &*found.read() {
        Some(Ok(Contributions { corrections, reviews })) => rsx! {
            Reviews { place, reviews: reviews.clone() }
            Corrections { place, corrections: corrections.clone() }
        },
        _ => rsx! {},
    }
}

/// Where facts come from, of when they are, and, of another source than the first, which ones.
#[component]
fn Credit(provenance: Provenance, gave: Vec<PlaceFact>) -> Element {
    let source = provenance.source;
    let facts: Vec<&str> = gave.iter().map(|fact| fact.name(lang())).collect();
    let date = match &provenance.as_of {
        Some(date) => t!("credit-date", date = date),
        None => t!("credit-undated"),
    };
    rsx! {
        p { class: "credit",
            if !facts.is_empty() {
                {t!("credit-facts", facts = facts.join(", "))}
                " "
            }
            {t!("credit", source = source.name(lang()), licence = source.licence())}
            " {date} "
            a { href: source.url(), target: "_blank", rel: "noopener", {source.attribution()} }
        }
    }
}

/// What the place serves, what it does not, and that the rest is not known.
#[component]
fn Diets(place: Place) -> Element {
    rsx! {
        PageSection { title: t!("filters-diet"),
            ul { class: "diet-list",
                for (diet , offer) in place.diets.iter().map(|(d, o)| (*d, *o)) {
                    li { key: "{diet}",
                        match diet_words(diet, offer) {
                            Some(words) => rsx! { Chip { text: words, kind: diet_kind(offer), icon: Icon::Check } },
                            None => rsx! { Chip { text: t!("diet-no", diet = diet.name(lang())), kind: ChipKind::Tomato, icon: Icon::Close } },
                        }
                    }
                }
                for diet in [PlaceDiet::Vegan, PlaceDiet::Vegetarian, PlaceDiet::GlutenFree, PlaceDiet::Halal] {
                    if !place.diets.contains_key(&diet) {
                        li { key: "{diet}", Chip { text: t!("diet-unknown", diet = diet.name(lang())), icon: Icon::Unknown } }
                    }
                }
            }
            p { class: "note", {t!("place-diet-note")} }
        }
    }
}

#[component]
fn Menu(menu: Vec<MenuItem>) -> Element {
    rsx! {
        PageSection { title: t!("place-menu"),
            ul { class: "menu",
                for (i , item) in menu.iter().enumerate() {
                    li { key: "{i}",
                        span { class: "menu-name", "{item.name}" }
                        if let Some(mark) = item.mark {
                            Chip { text: mark.name(lang()), kind: ChipKind::Leaf }
                        }
                        if let Some(mark) = item.on_request {
                            Chip { text: t!("menu-on-request", mark = mark.name(lang())), kind: ChipKind::Honey }
                        }
                        if let Some(price) = &item.price {
                            span { class: "menu-price", "{price}" }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Hours(week: Vec<DayHours>, text: Option<String>, holidays_unknown: bool) -> Element {
    let spans = |day: &DayHours| {
        let spans: Vec<String> = day.open.iter().map(|(from, to)| format!("{from} – {to}")).collect();
        match (spans.is_empty(), day.unknown) {
            (true, true) => t!("place-hours-unknown"),
            (true, false) => t!("hours-day-off"),
            (false, _) => spans.join(", "),
        }
    };
    rsx! {
        PageSection { title: t!("place-hours"),
            if week.is_empty() {
                p { class: "note", {t!("place-hours-unknown")} }
            } else {
                table { class: "hours",
                    tbody {
                        for (i , day) in week.iter().enumerate() {
                            tr { key: "{day.date}", class: if i == 0 { "hours-today" },
                                th { scope: "row",
                                    {opening::weekday(day.date)}
                                    if i == 0 { " · " {t!("today")} }
                                }
                                td { {spans(day)} }
                            }
                        }
                    }
                }
            }
            if holidays_unknown {
                p { class: "note", {t!("place-holidays-unknown")} }
            }
            if let Some(text) = text {
                p { class: "credit", {t!("place-hours-source", text = text)} }
            }
        }
    }
}
