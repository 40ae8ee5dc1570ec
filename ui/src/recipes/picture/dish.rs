//! A dish: the table, the vessel, and the food in it.

use std::f32::consts::TAU;
use std::fmt::Write;

use hnh_domain::recipes::{Course, Method, RecipeCuisine};

use super::Subject;
use super::chance::Chance;
use super::shapes::{Lies, Shape, shape_for};
use super::vessels::{Glaze, Vessel};

/// The turn from one seed of a sunflower to the next, in radians: fills a circle evenly.
const SUNFLOWER: f32 = 2.399_963;

/// How many tables there are in the style sheet.
const TABLES: u8 = 6;

/// What was found to draw.
struct Food {
    heroes: Vec<&'static Shape>,
    pieces: Vec<&'static Shape>,
    sprinkled: Vec<&'static Shape>,
    bed: Option<&'static Shape>,
    tint: Option<&'static str>,
}

impl Food {
    fn of(subject: &Subject) -> Self {
        let mut food = Self { heroes: vec![], pieces: vec![], sprinkled: vec![], bed: None, tint: None };
        let dough = is_dough(subject);
        if dough {
            food.heroes.extend(shape_for("bread"));
        }
        for name in &subject.main {
            let Some(shape) = shape_for(name) else { continue };
            // In dough, eggs and oats are no longer seen.
            if dough && (shape.lies == Lies::Under || shape.words.contains(&"egg")) {
                continue;
            }
            food.tint.get_or_insert(shape.tint);
            let group = match shape.lies {
                Lies::Hero => &mut food.heroes,
                Lies::Pieces => &mut food.pieces,
                Lies::Sprinkled => &mut food.sprinkled,
                Lies::Under => {
                    food.bed.get_or_insert(shape);
                    continue;
                }
                Lies::Tinting => continue,
            };
            if !group.iter().any(|known| std::ptr::eq(*known, shape)) {
                group.push(shape);
            }
        }
        food
    }
}

/// Whether it is a bread, a cake or a pancake.
fn is_dough(subject: &Subject) -> bool {
    let floury = |name: &String| {
        let name = name.to_lowercase();
        name.contains("flour") || (name.contains("oat") && subject.method == Some(Method::Bake))
    };
    matches!(subject.method, Some(Method::Bake | Method::PanFry))
        && matches!(subject.course, Course::Breakfast | Course::Snack | Course::Dessert | Course::Side)
        && subject.main.iter().any(floury)
}

/// The picture as SVG.
pub(super) fn draw(subject: &Subject) -> String {
    let mut chance = Chance::of(subject.id);
    let vessel = Vessel::for_dish(subject, &mut chance);
    let glaze = Glaze::pick(&mut chance);
    let food = Food::of(subject);
    let table = (chance.between(0.0, f32::from(TABLES)) as u8).min(TABLES - 1);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" class="table-{table}"><rect class="table" width="320" height="200"/>"#
    );
    cloth(&mut svg, &mut chance);
    match vessel {
        Vessel::Glass => glass(&mut svg, subject, &food, &mut chance),
        Vessel::Cup => cup(&mut svg, &food, &mut chance),
        _ => {
            cutlery(&mut svg, subject, &mut chance);
            svg.push_str(
                r#"<ellipse class="table-shade" cx="164" cy="112" rx="94" ry="84"/><g transform="translate(160 101)">"#,
            );
            svg.push_str(&vessel.draw(glaze));
            serve(&mut svg, subject, vessel, &food, &mut chance);
            svg.push_str("</g>");
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A cloth under one corner of the table.
fn cloth(svg: &mut String, chance: &mut Chance) {
    let turn = chance.between(-24.0, 24.0);
    let x = chance.one_of(-30.0, &[190.0]);
    let y = chance.between(-30.0, 60.0);
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        r#"<g class="cloth" transform="translate({x} {y:.0}) rotate({turn:.0} 80 80)"><rect width="160" height="150" rx="6"/><path d="M14 0V150M24 0V150M136 0V150M146 0V150"/></g>"#
    );
}

/// What one eats it with.
fn cutlery(svg: &mut String, subject: &Subject, chance: &mut Chance) {
    use RecipeCuisine as C;
    let sticks =
        matches!(subject.cuisine, Some(C::Korean | C::Japanese | C::Chinese | C::Vietnamese)) && chance.percent(80);
    let turn = chance.between(-10.0, 10.0);
    let drawn = if sticks {
        r#"<path d="M-4-70L-2 72M5-70L3 72"/>"#
    } else if matches!(subject.course, Course::Soup | Course::Breakfast | Course::Dessert) {
        r#"<path d="M0-28V74"/><ellipse cy="-48" rx="13" ry="20" class="solid"/>"#
    } else {
        r#"<path d="M0-30V74M-9-70V-44Q-9-32 0-30 9-32 9-44V-70M-3-70V-46M3-70V-46"/>"#
    };
    let _ = write!(svg, r#"<g class="cutlery" transform="translate(30 104) rotate({turn:.0})">{drawn}</g>"#);
}

/// Puts a shape somewhere.
fn put(svg: &mut String, shape: &Shape, x: f32, y: f32, scale: f32, turn: f32) {
    let turn = turn.to_degrees();
    let _ =
        write!(svg, r#"<g transform="translate({x:.1} {y:.1}) rotate({turn:.0}) scale({scale:.2})">{}</g>"#, shape.svg);
}

/// What is in the vessel.
fn serve(svg: &mut String, subject: &Subject, vessel: Vessel, food: &Food, chance: &mut Chance) {
    let (rx, ry) = vessel.room();
    let runny = match subject.course {
        Course::Noodle => matches!(subject.method, Some(Method::Stew | Method::Simmer)),
        _ => matches!(subject.method, Some(Method::Stew | Method::Simmer | Method::Boil | Method::Blend)),
    };
    let porridge = food.bed.is_some() && subject.course != Course::Noodle;
    let soup = subject.course == Course::Soup || (vessel.holds_liquid() && runny && !porridge);
    if soup || vessel == Vessel::Ramekin {
        liquid(svg, subject, food, rx + 4.0, ry + 4.0, chance);
    } else if let Some(bed) = food.bed {
        lay_bed(svg, bed, rx, ry, chance);
    } else if subject.course == Course::Noodle {
        noodles(svg, "#f4ecd9", rx, ry, chance);
    } else if subject.course == Course::Rice {
        rice(svg, "#fbf6ea", rx, ry, chance);
    } else {
        glazed(svg, food, rx, ry, chance);
    }
    if soup && food.bed.is_some_and(|bed| bed.words.contains(&"noodle")) {
        noodles(svg, "#f4ecd9", rx * 0.72, ry * 0.72, chance);
    }
    let bowl_of_parts = subject.course == Course::Rice && food.pieces.len() >= 2;
    let blended = subject.method == Some(Method::Blend);
    if vessel == Vessel::Ramekin || (soup && blended) {
        swirl(svg, rx, ry, chance);
    } else if bowl_of_parts {
        parts(svg, food, rx, ry, chance);
    } else if let (Some(hero), false) = (food.heroes.first(), soup) {
        with_hero(svg, hero, food, rx, ry, chance);
    } else {
        scattered(svg, food, rx, ry, chance);
    }
    sprinkle(svg, food, rx, ry, chance);
}

/// The colour of what flows.
fn broth(subject: &Subject, food: &Food) -> &'static str {
    let has = |words: &[&str]| subject.main.iter().any(|name| words.iter().any(|w| name.to_lowercase().contains(w)));
    if subject.method == Some(Method::Blend) || matches!(subject.course, Course::Sauce | Course::Drink) {
        // A little green colours all of it.
        let green = has(&["spinach", "watercress", "kale", "broccoli", "green pea", "basil", "coriander"]);
        return if green { "#a3bf68" } else { food.tint.unwrap_or("#d9a55a") };
    }
    if has(&["gochu", "kimchi", "chilli", "paprika"]) {
        "#d2552f"
    } else if has(&["tomato"]) {
        "#dc6b3f"
    } else if has(&["curry", "turmeric", "squash", "pumpkin", "carrot", "red lentil"]) {
        "#e3a444"
    } else if has(&["coconut", "milk", "cream", "soy milk", "yogurt"]) {
        "#f4e7c8"
    } else if has(&["doenjang", "miso", "soybean paste", "lentil", "bean"]) {
        "#c99a5e"
    } else if has(&["seaweed", "miyeok", "spinach", "kale"]) {
        "#b9c48a"
    } else {
        "#ecdcae"
    }
}

fn liquid(svg: &mut String, subject: &Subject, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let colour = broth(subject, food);
    let _ = write!(
        svg,
        r##"<ellipse cy="2" rx="{rx:.0}" ry="{ry:.0}" fill="{colour}"/><ellipse cy="2" rx="{:.0}" ry="{:.0}" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="2"/>"##,
        rx - 4.0,
        ry - 4.0,
    );
    for _ in 0..7 {
        let (x, y) = (chance.between(-0.7, 0.7) * rx, chance.between(-0.7, 0.7) * ry);
        let size = chance.between(1.5, 4.0);
        let _ = write!(svg, r##"<circle cx="{x:.0}" cy="{y:.0}" r="{size:.1}" fill="#fff" fill-opacity=".3"/>"##);
    }
}

fn lay_bed(svg: &mut String, bed: &Shape, rx: f32, ry: f32, chance: &mut Chance) {
    if bed.words.contains(&"noodle") {
        noodles(svg, bed.tint, rx, ry, chance)
    } else {
        rice(svg, bed.tint, rx, ry, chance)
    }
}

/// A soft heap with an uneven edge.
fn heap(svg: &mut String, colour: &str, rx: f32, ry: f32, chance: &mut Chance) {
    const CORNERS: usize = 10;
    let corner = |i: usize, chance: &mut Chance| {
        let angle = i as f32 / CORNERS as f32 * TAU;
        let reach = chance.between(0.9, 1.04);
        (angle.cos() * rx * reach, angle.sin() * ry * reach)
    };
    let corners: Vec<(f32, f32)> = (0..CORNERS).map(|i| corner(i, chance)).collect();
    let middle = |i: usize| {
        let (a, b) = (corners[i % CORNERS], corners[(i + 1) % CORNERS]);
        ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
    };
    let (x, y) = middle(CORNERS - 1);
    let _ = write!(svg, r#"<path fill="{colour}" d="M{x:.0} {y:.0}"#);
    for (i, (cx, cy)) in corners.iter().enumerate() {
        let (x, y) = middle(i);
        let _ = write!(svg, "Q{cx:.0} {cy:.0} {x:.0} {y:.0}");
    }
    svg.push_str(r#"z"/>"#);
}

fn rice(svg: &mut String, colour: &str, rx: f32, ry: f32, chance: &mut Chance) {
    heap(svg, colour, rx, ry, chance);
    svg.push_str(r##"<g stroke="#a98d5c" stroke-opacity=".35" stroke-width="2" stroke-linecap="round">"##);
    for i in 0..34 {
        let out = (i as f32 / 34.0).sqrt();
        let around = i as f32 * SUNFLOWER;
        let (x, y) = (around.cos() * rx * 0.9 * out, around.sin() * ry * 0.9 * out);
        let turn = chance.angle();
        let _ = write!(svg, r#"<path d="M{x:.0} {y:.0}l{:.1} {:.1}"/>"#, turn.cos() * 4.0, turn.sin() * 4.0);
    }
    svg.push_str("</g>");
}

fn noodles(svg: &mut String, colour: &str, rx: f32, ry: f32, chance: &mut Chance) {
    heap(svg, colour, rx * 0.96, ry * 0.96, chance);
    svg.push_str(
        r##"<g fill="none" stroke="#c39a55" stroke-opacity=".55" stroke-width="2.2" stroke-linecap="round">"##,
    );
    for i in 0..13 {
        let out = 0.16 + 0.76 * (i as f32 / 13.0);
        let start = chance.angle();
        let long = chance.between(1.4, 3.4);
        let (ax, ay) = (start.cos() * rx * out, start.sin() * ry * out);
        let (bx, by) = ((start + long).cos() * rx * out, (start + long).sin() * ry * out);
        let large = u8::from(long > TAU / 2.0);
        let _ =
            write!(svg, r#"<path d="M{ax:.0} {ay:.0}A{:.0} {:.0} 0 {large} 1 {bx:.0} {by:.0}"/>"#, rx * out, ry * out);
    }
    svg.push_str("</g>");
}

/// A gloss of sauce or dressing under food that lies on a bare plate.
fn glazed(svg: &mut String, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let colour = food.tint.unwrap_or("#d9b27a");
    svg.push_str(r#"<g opacity=".32">"#);
    heap(svg, colour, rx * 0.94, ry * 0.94, chance);
    svg.push_str("</g>");
}

/// Pieces spread evenly, the most of what weighs the most.
fn scattered(svg: &mut String, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let kinds: Vec<&Shape> = food.heroes.iter().chain(&food.pieces).copied().collect();
    let Some(first) = kinds.first() else {
        return many(svg, food, rx, ry, chance);
    };
    let count = if kinds.len() == 1 { 9 } else { 12 };
    let phase = chance.angle();
    for i in (0..count).rev() {
        let out = ((i as f32 + 0.5) / count as f32).sqrt() * 0.8;
        let around = phase + i as f32 * SUNFLOWER;
        let shape = if i % 3 == 0 { first } else { kinds.get(i % kinds.len()).unwrap_or(first) };
        let scale = chance.between(1.18, 1.46) * rx.min(ry) / 62.0;
        put(svg, shape, around.cos() * rx * out, around.sin() * ry * out, scale, chance.angle());
    }
}

/// A dish of beans, seeds or berries alone: a heap of them.
fn many(svg: &mut String, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let Some(first) = food.sprinkled.first() else { return };
    for i in (0..34).rev() {
        let out = ((i as f32 + 0.5) / 34.0).sqrt() * 0.86;
        let around = i as f32 * SUNFLOWER;
        let scale = chance.between(1.25, 1.55);
        put(svg, first, around.cos() * rx * out, around.sin() * ry * out, scale, chance.angle());
    }
}

/// One large thing and the others around it.
fn with_hero(svg: &mut String, hero: &Shape, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let size = rx.min(ry) / 62.0;
    let others: Vec<&Shape> = food.pieces.iter().chain(food.heroes.iter().skip(1)).copied().collect();
    let start = chance.angle();
    let count = if others.is_empty() { 0 } else { 9 };
    for i in 0..count {
        let around = start + i as f32 / count as f32 * TAU * 0.82;
        if let Some(shape) = others.get(i % others.len()) {
            let scale = chance.between(1.05, 1.25) * size;
            put(svg, shape, around.cos() * rx * 0.74, around.sin() * ry * 0.74, scale, chance.angle());
        }
    }
    let lean = chance.between(-0.5, 0.3);
    if rx > ry * 1.2 || others.is_empty() {
        let off = rx * 0.36;
        put(svg, hero, -off, 3.0, 2.05 * size, lean);
        put(svg, hero, off, -3.0, 2.05 * size, lean + 0.25);
    } else {
        put(svg, hero, 0.0, 0.0, 2.5 * size, lean);
    }
}

/// Ingredients side by side around the middle, as in a bibimbap.
fn parts(svg: &mut String, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    let start = chance.angle();
    let kinds = &food.pieces;
    for (k, shape) in kinds.iter().enumerate() {
        let middle = start + k as f32 / kinds.len() as f32 * TAU;
        let wide = TAU / kinds.len() as f32 * 0.58;
        for j in 0..4 {
            let around = middle + (j as f32 / 3.0 - 0.5) * wide;
            let out = if j % 2 == 0 { 0.72 } else { 0.56 };
            let scale = chance.between(0.95, 1.12);
            put(svg, shape, around.cos() * rx * out, around.sin() * ry * out, scale, around + 0.6);
        }
    }
    if let Some(hero) = food.heroes.first() {
        put(svg, hero, 0.0, 0.0, 1.35, chance.between(-0.4, 0.4));
    }
}

/// A swirl of cream on what is smooth.
fn swirl(svg: &mut String, rx: f32, ry: f32, chance: &mut Chance) {
    let turn = chance.between(0.0, 360.0);
    let _ = write!(
        svg,
        r##"<g transform="rotate({turn:.0}) scale({:.2} {:.2})"><path d="M-34 8C-34-22 4-38 26-18S30 34 2 30-18-2 2-4s14 16 4 15" fill="none" stroke="#fffaf0" stroke-opacity=".75" stroke-width="6" stroke-linecap="round"/></g>"##,
        rx / 62.0,
        ry / 62.0,
    );
}

/// Small things over everything.
fn sprinkle(svg: &mut String, food: &Food, rx: f32, ry: f32, chance: &mut Chance) {
    for shape in food.sprinkled.iter().take(2) {
        for _ in 0..8 {
            let around = chance.angle();
            let out = chance.between(0.1, 0.8);
            let scale = chance.between(0.85, 1.1);
            put(svg, shape, around.cos() * rx * out, around.sin() * ry * out, scale, chance.angle());
        }
    }
}

/// A tall glass from the side.
fn glass(svg: &mut String, subject: &Subject, food: &Food, chance: &mut Chance) {
    let colour = broth(subject, food);
    let _ = write!(
        svg,
        r##"<ellipse class="table-shade" cx="166" cy="182" rx="52" ry="9"/><path d="M122 40L132 176Q133 184 142 184H178Q187 184 188 176L198 40z" fill="#fff" fill-opacity=".45"/><path d="M125 62L133 173Q134 179 141 179H179Q186 179 187 173L195 62z" fill="{colour}"/><ellipse cx="160" cy="62" rx="35" ry="7" fill="{colour}"/><ellipse cx="160" cy="62" rx="35" ry="7" fill="#fff" fill-opacity=".4"/>"##
    );
    if subject.method == Some(Method::Blend) {
        svg.push_str(r##"<path d="M125 62q6-14 18-9 8-12 20-3 12-8 18 3 10-2 14 9-35 12-70 0z" fill="#fffaf0" fill-opacity=".75"/>"##);
    } else {
        svg.push_str(r##"<g fill="#fff" fill-opacity=".45"><rect x="138" y="70" width="20" height="20" rx="4" transform="rotate(14 148 80)"/><rect x="162" y="80" width="19" height="19" rx="4" transform="rotate(-12 171 90)"/></g>"##);
    }
    for (i, shape) in food.pieces.iter().chain(&food.heroes).take(2).enumerate() {
        let x = if i == 0 { 196.0 } else { 128.0 };
        put(svg, shape, x, 46.0, 1.3, chance.between(-0.4, 0.4));
    }
    for shape in food.sprinkled.iter().take(2) {
        for _ in 0..4 {
            put(svg, shape, chance.between(140.0, 180.0), chance.between(54.0, 62.0), 1.1, chance.angle());
        }
    }
    svg.push_str(r##"<path d="M176 24L168 172" class="straw"/><path d="M122 40L132 176Q133 184 142 184H178Q187 184 188 176L198 40" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="3"/><path d="M136 78L141 158" stroke="#fff" stroke-opacity=".6" stroke-width="5" stroke-linecap="round"/>"##);
}

/// A cup with a foot from the side.
fn cup(svg: &mut String, food: &Food, chance: &mut Chance) {
    let colour = food.tint.unwrap_or("#f0dfc0");
    let _ = write!(
        svg,
        r##"<ellipse class="table-shade" cx="164" cy="180" rx="56" ry="9"/><path d="M152 138h16l3 34q18 2 18 8h-58q0-6 18-8z" fill="#fff" fill-opacity=".75"/><path d="M104 76Q108 142 160 142T216 76z" fill="#fff" fill-opacity=".55"/><path d="M109 84Q116 136 160 136T211 84z" fill="{colour}"/><path d="M111 100q48 18 98 0l2-16H109z" fill="#fffaf0" fill-opacity=".8"/><path d="M106 82q4-22 26-18 10-18 30-8 16-12 28 4 20-2 24 22-54 16-108 0z" fill="#fffaf0"/>"##
    );
    let kinds: Vec<&Shape> = food.pieces.iter().chain(&food.heroes).chain(&food.sprinkled).copied().collect();
    for i in 0..7 {
        if let Some(shape) = kinds.get(i % kinds.len().max(1)) {
            let large = if shape.lies == Lies::Sprinkled { 1.7 } else { 0.95 };
            let (x, y) = (124.0 + 12.0 * i as f32, 66.0 + chance.between(-10.0, 8.0));
            put(svg, shape, x, y, large, chance.angle());
        }
    }
    svg.push_str(r##"<path d="M104 76Q108 142 160 142T216 76" fill="none" stroke="#fff" stroke-opacity=".85" stroke-width="3"/>"##);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn subject(seed: u128, course: Course, main: &[&str]) -> Subject {
        let main = main.iter().map(|name| (*name).to_owned()).collect();
        Subject { id: Uuid::from_u128(seed), course, cuisine: None, method: None, main }
    }

    #[test]
    fn the_same_dish_is_always_drawn_the_same_and_another_is_not() {
        let one = subject(1, Course::Main, &["salmon fillet", "broccoli"]);
        assert_eq!(draw(&one), draw(&one));
        assert_ne!(draw(&one), draw(&subject(2, Course::Main, &["salmon fillet", "broccoli"])));
    }

    #[test]
    fn every_course_makes_a_whole_picture_even_of_nothing() {
        for course in Course::ALL {
            for seed in 0..20 {
                for main in [&[][..], &["mystery"], &["tofu", "spinach", "sesame"], &["black beans"]] {
                    let svg = draw(&subject(seed, *course, main));
                    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"));
                    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count(), "{course} {main:?}");
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{course} {main:?}");
                }
            }
        }
    }
}
