//! What a list shows of a place.

use dioxus::prelude::*;
use hnh_domain::geo::{LatLon, walking_minutes};
use hnh_domain::places::{Accuracy, Offer, PlaceCard, PlaceDiet, PlaceHit, cuisine_name};
use hnh_domain::romanise::romanised;
use hnh_domain::text::{Lang, Text};

use super::opening;
use crate::favourites::Heart;
use crate::format;
use crate::i18n::{lang, said, t};
use crate::kit::{Chip, ChipKind, Glyph, Icon};
use crate::position::SEARCH_CENTER;
use crate::routes::Route;
use hnh_domain::account::FavouriteKind;

/// Longer walks are not offered, in minutes.
const MOST_WALKED: u32 = 90;

/// A row has room for this many diets and cuisines.
const MARKS: usize = 3;

/// A name as English readers can say it, beside one that is in Korean alone.
pub(crate) fn in_latin(name: &Text) -> Option<String> {
    let korean = name.ko.as_deref().filter(|_| lang() == Lang::En && name.en.is_none())?;
    let latin = romanised(korean);
    (latin != korean).then_some(latin)
}

/// A distance as people say it: `350 m`, `1.2 km`.
pub(crate) fn distance(metres: u32) -> String {
    match metres {
        0..1_000 => format!("{} m", (metres + 5) / 10 * 10),
        1_000..10_000 => format!("{} km", format::number(metres as f32 / 1_000.0, 1)),
        _ => format!("{} km", format::number(metres as f32 / 1_000.0, 0)),
    }
}

/// What a place is, in words: "Café · Pizza, Vegan".
pub(super) fn what(card: &PlaceCard) -> String {
    let cuisines: Vec<String> = card.cuisines.iter().take(MARKS).map(|code| said(&cuisine_name(code))).collect();
    let kind = card.kind.name(lang());
    if cuisines.is_empty() { kind.to_owned() } else { format!("{kind} · {}", cuisines.join(", ")) }
}

/// How a diet is served, in words; nothing for one that the place states it does not serve.
pub(super) fn diet_words(diet: PlaceDiet, offer: Offer) -> Option<String> {
    let name = diet.name(lang());
    match offer {
        Offer::Only => Some(t!("diet-only", diet = name)),
        Offer::Yes => Some(t!("diet-yes", diet = name)),
        Offer::Limited => Some(t!("diet-limited", diet = name)),
        Offer::No => None,
    }
}

/// How a diet's chip looks: all of a place, some of its dishes, a little.
pub(super) const fn diet_kind(offer: Offer) -> ChipKind {
    match offer {
        Offer::Only => ChipKind::LeafFull,
        Offer::Yes => ChipKind::Leaf,
        Offer::Limited => ChipKind::Honey,
        Offer::No => ChipKind::Tomato,
    }
}

/// How far away something is, and how long one walks: from the person, or from the place they picked to search around.
/// Nothing where neither is known.
pub(super) fn way(to: LatLon, accuracy: Accuracy) -> Option<String> {
    let metres = SEARCH_CENTER()?.position.distance_m(to);
    let minutes = walking_minutes(metres);
    let distance = distance(metres as u32);
    match accuracy {
        Accuracy::District => Some(accuracy.name(lang()).to_owned()),
        Accuracy::Street => Some(t!("place-about-here", distance = distance)),
        Accuracy::Exact if minutes <= MOST_WALKED => {
            Some(t!("place-walk", distance = distance, time = format::minutes(minutes)))
        }
        Accuracy::Exact => Some(distance),
    }
}

/// The chips of the diets a place serves; vegan alone says vegetarian too.
#[component]
pub(super) fn DietChips(card: PlaceCard) -> Element {
    let vegan = card.diets.get(&PlaceDiet::Vegan).copied();
    let implied = |diet: PlaceDiet, offer: Offer| {
        matches!(diet, PlaceDiet::Vegetarian | PlaceDiet::Pescatarian) && vegan.is_some_and(|vegan| vegan >= offer)
    };
    let marks: Vec<(PlaceDiet, Offer, String)> = card
        .diets
        .iter()
        .filter(|(diet, offer)| !implied(**diet, **offer))
        .filter_map(|(diet, offer)| Some((*diet, *offer, diet_words(*diet, *offer)?)))
        .take(MARKS)
        .collect();
    rsx! {
        if !marks.is_empty() {
            ul { class: "chips",
                for (diet , offer , words) in marks {
                    li { key: "{diet}",
                        Chip {
                            text: words,
                            kind: diet_kind(offer),
                            icon: (offer == Offer::Only).then_some(Icon::Leaf),
                        }
                    }
                }
            }
        }
    }
}

/// A place that was found: name, what it is, distance, open or not, diets, heart.
#[component]
pub(crate) fn PlaceRow(
    hit: PlaceHit,
    #[props(default)] chosen: bool,
    /// Whether the time asked about is another than now.
    #[props(default)]
    then: bool,
) -> Element {
    let words = if then { opening::sentence_then(&hit.opening) } else { opening::sentence(&hit.opening) };
    rsx! {
        Row { card: hit.place.clone(), chosen,
            if let Some(found) = &hit.found_in {
                p { class: "found-in", {t!("place-found-in", fact = found.fact.name(lang()), text = said(&found.text))} }
            }
            p { class: "facts",
                if let Some(way) = way(hit.place.position, hit.place.accuracy) {
                    span { Glyph { icon: Icon::Navigation, size: 15 } "{way}" }
                }
                span { class: opening::class(hit.opening.state), Glyph { icon: Icon::Clock, size: 15 } "{words}" }
            }
        }
    }
}

/// A place that was saved; it claims nothing of being open.
#[component]
pub(crate) fn SavedPlaceRow(card: PlaceCard) -> Element {
    rsx! {
        Row { card, chosen: false }
    }
}

#[component]
fn Row(card: PlaceCard, chosen: bool, children: Element) -> Element {
    let (name, latin) = (said(&card.name), in_latin(&card.name));
    rsx! {
        article { class: if chosen { "place-row card place-chosen" } else { "place-row card" }, id: "place-{card.id}",
            div { class: "place-row-body",
                h3 {
                    Link { class: "place-row-link", to: Route::PlacePage { id: card.id }.address(), "{name}" }
                    if let Some(latin) = latin {
                        " "
                        span { class: "in-latin", "{latin}" }
                    }
                }
                p { class: "place-what", {what(&card)} }
                {children}
                DietChips { card: card.clone() }
            }
            Heart { kind: FavouriteKind::Place, id: card.id, name }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_rounded_as_people_say_them() {
        assert_eq!(distance(347), "350 m");
        assert_eq!(distance(1_240), "1.2 km");
        assert_eq!(distance(12_400), "12 km");
    }
}
