//! Seoul's open data OA-2741: restaurants with vegetarian menus, their dishes marked by diet.
//!
//! A menu is one text: `특전복죽(페스코), 야채죽(일반식,비건가능)`, or a line a dish with its price:
//! `보리밥(5,000원)`. 비건 is vegan, 락토 with milk, 오보 with egg, 페스코 with fish, 일반식 ordinary;
//! 가능 means on request.

use std::collections::BTreeMap;

use hnh_domain::geo::LatLon;
use hnh_domain::places::{MenuItem, MenuMark, Offer, Place, PlaceDiet, PlaceKind, imply_wider_diets};
use hnh_domain::source::{Provenance, Source};

use super::chains::is_chain;
use super::closed::says_gone;
use super::geojson::Properties;
use super::sanitize::{LINE, NAME, clean, place_name};

/// Dishes kept of one menu.
const MOST_DISHES: usize = 100;

/// Category, kind of place, cuisine in OpenStreetMap's spelling.
const CATEGORIES: &[(&str, PlaceKind, &[&str])] = &[
    ("한식", PlaceKind::Restaurant, &["korean"]),
    ("경양식", PlaceKind::Restaurant, &["western"]),
    ("카페", PlaceKind::Cafe, &[]),
    ("기타(일반음식점)", PlaceKind::Restaurant, &[]),
    ("분식", PlaceKind::Restaurant, &["bunsik"]),
    ("중국식", PlaceKind::Restaurant, &["chinese"]),
    ("뷔페식", PlaceKind::Restaurant, &["buffet"]),
    ("일식", PlaceKind::Restaurant, &["japanese"]),
    ("정종/대포집(선술집)", PlaceKind::Pub, &[]),
    ("김밥(도시락)", PlaceKind::Restaurant, &["bunsik"]),
    ("과자점", PlaceKind::Bakery, &["bakery"]),
];

/// The place of a feature.
pub(super) fn place(position: LatLon, properties: &Properties) -> Result<Option<Place>, String> {
    let id = properties.text("id").ok_or("no id")?;
    let name = properties.text("name").and_then(|n| place_name(&n)).ok_or("no name")?;
    let category = properties.text("category").unwrap_or_default();
    let (kind, cuisines) = CATEGORIES
        .iter()
        .find(|(known, ..)| *known == category.trim())
        .map_or((PlaceKind::Restaurant, [].as_slice()), |(_, kind, cuisines)| (*kind, *cuisines));
    let address = properties.text("address").and_then(|a| clean(&a, LINE));
    let detail = properties.text("address_detail").and_then(|a| clean(&a, LINE));
    let menu = menu(&properties.text("menu").unwrap_or_default());
    let provenance = Provenance::new(Source::Seoul, clean(&id, 40).ok_or("no id")?);
    if says_gone(&name) {
        return Ok(None);
    }
    let diets = diets(&menu, is_chain(&name));
    Ok(Some(Place {
        address: address.map(|a| detail.map_or(a.clone(), |d| format!("{a}, {d}"))),
        district: properties.text("district").and_then(|d| clean(&d, NAME)),
        phone: properties.text("phone").and_then(|p| clean(&p, 60)),
        cuisines: cuisines.iter().map(|c| (*c).to_owned()).collect(),
        diets,
        menu,
        ..Place::new(provenance, name, kind, position)
    }))
}

/// Dishes with a mark that make a place one that serves the diet, and the least part of the menu that they are.
const ENOUGH: (usize, f64) = (3, 0.25);
/// Listed dishes from which on a menu without any other says that there is nothing else.
const WHOLE_MENU: usize = 5;

/// What the marks of the dishes say of the place: one marked dish of twelve is a little, all of them is nothing else; where
/// no dish is marked nothing is known. Of a chain the list names the dishes that fit, so that they are never the whole menu.
fn diets(menu: &[MenuItem], chain: bool) -> BTreeMap<PlaceDiet, Offer> {
    let mut diets = BTreeMap::new();
    for (diet, marks) in [
        (PlaceDiet::Vegan, [MenuMark::Vegan].as_slice()),
        (PlaceDiet::Vegetarian, &[MenuMark::Vegan, MenuMark::Lacto, MenuMark::Ovo, MenuMark::LactoOvo]),
        (
            PlaceDiet::Pescatarian,
            &[MenuMark::Vegan, MenuMark::Lacto, MenuMark::Ovo, MenuMark::LactoOvo, MenuMark::Pesco],
        ),
    ] {
        let has = |mark: Option<MenuMark>| mark.is_some_and(|m| marks.contains(&m));
        let marked = menu.iter().filter(|dish| has(dish.mark)).count();
        let on_request = menu.iter().any(|dish| has(dish.on_request));
        let share = marked as f64 / menu.len().max(1) as f64;
        let offer = match marked {
            0 if on_request => Offer::Limited,
            0 => continue,
            _ if chain => Offer::Limited,
            n if n == menu.len() && n >= WHOLE_MENU => Offer::Only,
            n if n >= ENOUGH.0 && share >= ENOUGH.1 => Offer::Yes,
            _ => Offer::Limited,
        };
        diets.insert(diet, offer);
    }
    imply_wider_diets(&mut diets);
    diets
}

/// The dishes of a menu text.
fn menu(text: &str) -> Vec<MenuItem> {
    text.split(['\n', '\r']).flat_map(dishes).filter_map(dish).take(MOST_DISHES).collect()
}

/// Cuts a line into dishes. Where dishes end in brackets, a comma inside a name does not end it
/// ("현미밥, 김치(비건)" is one dish); elsewhere every comma does, but for that of "5,000".
fn dishes(line: &str) -> Vec<&str> {
    let bracketed = line.contains('(');
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (i, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let (before, after) = (line[start..i].trim_end(), line[i + 1..].trim_start());
                let between_digits = before.ends_with(|c: char| c.is_ascii_digit())
                    && line[i + 1..].starts_with(|c: char| c.is_ascii_digit());
                let ends = if bracketed { before.ends_with(')') || after.is_empty() } else { !between_digits };
                if ends {
                    parts.push(&line[start..i]);
                    start = i + 1;
                }
            }
            _ => {}
        }
    }
    parts.push(&line[start..]);
    parts
}

/// One dish: its name, then brackets with marks, a price, or more of its name.
fn dish(text: &str) -> Option<MenuItem> {
    let mut item = MenuItem { name: String::new(), mark: None, on_request: None, price: None };
    let mut rest = text;
    while let Some((before, bracket, after)) = bracket(rest) {
        item.name.push_str(before);
        if !read_marks(bracket, &mut item) {
            if is_price(bracket) {
                item.price = clean(bracket, 80);
            } else {
                item.name.push_str(&rest[before.len()..rest.len() - after.len()]);
            }
        }
        rest = after;
    }
    item.name.push_str(rest);
    if let Some((name, price)) = bare_price(&item.name) {
        item.price = item.price.or(clean(price, 80));
        item.name = name.to_owned();
    }
    item.name = clean(item.name.trim_matches(|c: char| c.is_whitespace() || c == ','), NAME)?;
    Some(item)
}

/// The first outermost bracket: the text before it, in it and after it.
fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('(')?;
    let mut depth = 0_u32;
    for (i, c) in text[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => {
                let close = open + i;
                return Some((&text[..open], &text[open + 1..close], &text[close + 1..]));
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Words after a mark that make it one on request, or of a part.
const REQUESTS: &[&str] = &["가능", "요청", "요청시", "요청 시", "일부"];

/// Reads `일반식,비건가능`; whether it was all marks.
fn read_marks(bracket: &str, item: &mut MenuItem) -> bool {
    let parts = bracket.split([',', '/']).map(str::trim);
    let marks: Option<Vec<(MenuMark, bool)>> = parts
        .map(|part| match REQUESTS.iter().find_map(|word| part.strip_suffix(word)) {
            Some(part) => mark(part.trim()).map(|m| (m, true)),
            None => mark(part).map(|m| (m, false)),
        })
        .collect();
    let Some(marks) = marks else { return false };
    for (mark, on_request) in marks {
        if on_request {
            item.on_request = Some(mark);
        } else {
            item.mark = Some(mark);
        }
    }
    true
}

fn mark(word: &str) -> Option<MenuMark> {
    Some(match word {
        "비건" => MenuMark::Vegan,
        "락토" => MenuMark::Lacto,
        "오보" => MenuMark::Ovo,
        "락토오보" => MenuMark::LactoOvo,
        "페스코" => MenuMark::Pesco,
        "일반식" => MenuMark::Ordinary,
        _ => return None,
    })
}

/// A price has a number of at least four digits, commas left aside: no dish name in brackets does.
fn is_price(text: &str) -> bool {
    let digits = text.replace(',', "");
    digits.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 4)
}

/// A price that follows a name without brackets: "보리밥 5,000원".
fn bare_price(name: &str) -> Option<(&str, &str)> {
    let trimmed = name.trim_end();
    let number = trimmed.strip_suffix('원')?.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let (name, price) = trimmed.split_at(number.len());
    (is_price(price) && !name.trim().is_empty()).then_some((name, price))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        menu(text).into_iter().map(|d| d.name).collect()
    }

    #[test]
    fn marks_and_prices_are_read_off_the_names() {
        let dishes = menu(
            "6가지야채죽(일반식,비건가능), 카스테라(플레인/얼그레이)(비건),단아정식\t(12,000원)\t\r\n평일뷔페(13,800 (신청시))",
        );
        let shown: Vec<_> =
            dishes.iter().map(|d| (d.name.as_str(), d.mark, d.on_request, d.price.as_deref())).collect();
        assert_eq!(
            shown,
            [
                ("6가지야채죽", Some(MenuMark::Ordinary), Some(MenuMark::Vegan), None),
                ("카스테라(플레인/얼그레이)", Some(MenuMark::Vegan), None, None),
                ("단아정식", None, None, Some("12,000원")),
                ("평일뷔페", None, None, Some("13,800 (신청시)")),
            ]
        );
    }

    #[test]
    fn a_comma_ends_a_dish_only_where_it_may() {
        assert_eq!(names("바삭한, 폭신한 오늘빵(비건), 콩차(비건),"), ["바삭한, 폭신한 오늘빵", "콩차"]);
        assert_eq!(names("콩국수 9,000원, 감자전 8,000원"), ["콩국수", "감자전"]);
        assert_eq!(menu("콩국수 9,000원")[0].price.as_deref(), Some("9,000원"));
        assert!(names(" \r\n,\t").is_empty());
    }

    #[test]
    fn on_request_is_a_little_and_unmarked_is_never_vegan() {
        let offers = |text: &str| diets(&menu(text), false);
        let d = offers("김밥(일반식,비건가능)");
        assert_eq!((d[&PlaceDiet::Vegan], d[&PlaceDiet::Vegetarian]), (Offer::Limited, Offer::Limited));
        assert_eq!(offers("전복죽(페스코)").keys().collect::<Vec<_>>(), [&PlaceDiet::Pescatarian]);
        assert!(offers("청국장(6,000원)").is_empty(), "what is not marked is not known");
        assert_eq!(offers("머핀(비건 일부)").get(&PlaceDiet::Vegan), Some(&Offer::Limited));
    }

    #[test]
    fn how_much_of_the_menu_is_marked_tells_how_much_there_is() {
        let dishes = |marked: usize, others: usize| {
            let marked = (0..marked).map(|n| format!("채소죽{n}(비건)"));
            marked.chain((0..others).map(|n| format!("소고기죽{n}(일반식)"))).collect::<Vec<_>>().join(",")
        };
        let vegan = |text: &str, chain| diets(&menu(text), chain).get(&PlaceDiet::Vegan).copied();
        assert_eq!(vegan(&dishes(1, 11), false), Some(Offer::Limited), "one of twelve");
        assert_eq!(vegan(&dishes(3, 10), false), Some(Offer::Limited), "less than a quarter");
        assert_eq!(vegan(&dishes(3, 9), false), Some(Offer::Yes));
        assert_eq!(vegan(&dishes(5, 0), false), Some(Offer::Only));
        assert_eq!(vegan(&dishes(4, 0), false), Some(Offer::Yes), "too short a menu to be the whole");
        assert_eq!(vegan(&dishes(5, 0), true), Some(Offer::Limited), "a chain's list names what fits alone");
    }

    #[test]
    fn odd_brackets_do_no_harm() {
        for text in ["(", ")", "죽((비건)", "죽)(비건)", "()", "(비건)"] {
            let _ = menu(text);
        }
        assert_eq!(names("죽)(비건)"), ["죽)"]);
    }
}
