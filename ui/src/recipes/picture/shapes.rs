//! Ingredients as flat shapes, each drawn around the origin in a circle of radius 18.

/// An ingredient that can be drawn: what its names contain, its main colour, its shape, and how it lies.
pub(super) struct Shape {
    /// A name with one of these words is this ingredient; earlier shapes win.
    pub(super) words: &'static [&'static str],
    /// The colour it gives to soups, sauces and drinks.
    pub(super) tint: &'static str,
    /// How it lies on a plate.
    pub(super) lies: Lies,
    /// The inside of an SVG group.
    pub(super) svg: &'static str,
}

/// How an ingredient lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// In pieces among the others.
    Pieces,
    /// Whole and large, the others around it.
    Hero,
    /// Small and many, sprinkled.
    Sprinkled,
    /// Under everything, as rice and noodles do.
    Under,
    /// Not seen itself, but it colours what is.
    Tinting,
}

use Lies::{Hero, Pieces, Sprinkled, Tinting, Under};

macro_rules! shapes {
    ($( $lies:ident $tint:literal [$($word:literal),+ $(,)?] $svg:literal; )+) => {
        &[$( Shape { words: &[$($word),+], tint: $tint, lies: $lies, svg: $svg } ),+]
    };
}

/// Every shape. What is a part of another's name comes first: "sweet potato" before "potato".
pub(super) const SHAPES: &[Shape] = shapes! {
    // Grains and noodles give the bed, not pieces.
    Under "#f4ecd9" ["noodle", "somyeon", "pasta", "orecchiette", "spaghetti", "penne", "udon", "soba", "dangmyeon", "ditalini", "macaroni"] "";
    Under "#f6efe0" ["rice", "quinoa", "bulgur", "couscous", "barley", "millet"] "";
    Under "#e3cfa6" ["oats", "oat ", "granola", "muesli", "cereal"] "";

    // Vegetables.
    Pieces "#e9682f" ["sweet potato"] r##"<path d="M-17 2C-16-11-6-16 4-15S18-6 17 3 6 16-4 15-17 12-17 2z" fill="#8d3b57"/><path d="M-14 2C-13-9-5-13 4-12S15-5 14 3 5 13-4 12-14 10-14 2z" fill="#f2a444"/><path d="M-6-4q5-3 9 0M-7 5q6 3 11-1" stroke="#e0872b" stroke-width="1.6" fill="none" stroke-linecap="round"/>"##;
    Pieces "#e07a2a" ["squash", "pumpkin", "kabocha", "danhobak"] r##"<path d="M-17 6A18 18 0 0 1 17 6L12 10Q0-3-12 10z" fill="#3f6b3c"/><path d="M-14 6A15 15 0 0 1 14 6L11 9Q0-3-11 9z" fill="#f0a03a"/>"##;
    Pieces "#d94f30" ["cherry tomato"] r##"<circle r="12" fill="#d8432b"/><circle r="9.5" fill="#ea6a4a"/><path d="M-5-3q5 4 10 0M-4 4q4-3 8 0" stroke="#f6c9a0" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#d94f30" ["tomato", "passata", "ketchup"] r##"<circle r="17" fill="#d03a26"/><circle r="14" fill="#e8644a"/><g fill="#f4b183"><path d="M0-3C-4-6-4-11 0-12 4-11 4-6 0-3z"/><path d="M3 1C7-2 12-1 12 3 10 7 5 5 3 1z"/><path d="M-3 1C-7-2-12-1-12 3-10 7-5 5-3 1z"/><path d="M0 4c3 2 4 7 0 9-4-2-3-7 0-9z"/></g>"##;
    Pieces "#9cc27a" ["cucumber", "gherkin", "pickle"] r##"<circle r="14" fill="#4f8a45"/><circle r="12" fill="#d5e8b4"/><circle r="6.5" fill="#e8f3cf"/><g fill="#b8d48c"><ellipse cx="0" cy="-5" rx="1.2" ry="2.2"/><ellipse cx="4.5" cy="2.5" rx="1.2" ry="2.2" transform="rotate(120 4.5 2.5)"/><ellipse cx="-4.5" cy="2.5" rx="1.2" ry="2.2" transform="rotate(60 -4.5 2.5)"/></g>"##;
    Pieces "#b9cf7c" ["zucchini", "courgette", "aehobak"] r##"<circle r="15" fill="#5f9a4a"/><circle r="13" fill="#eef0c4"/><circle r="7" fill="#f6f5d8"/><path d="M-4-2h2M2-3h2M-1 3h2M4 2h2" stroke="#d6d79a" stroke-width="1.5" stroke-linecap="round"/>"##;
    Pieces "#e8822f" ["carrot"] r##"<circle r="13" fill="#ef8a35"/><circle r="10" fill="#f6a354"/><path d="M0-4l1 3 3 1-3 1-1 3-1-3-3-1 3-1z" fill="#ee8b38"/>"##;
    Pieces "#f1edde" ["burdock", "bellflower", "doraji", "bamboo"] r##"<g stroke="#b98b5a" stroke-width="4.5" stroke-linecap="round"><path d="M-14-6L12-9"/><path d="M-12 1L14 0"/><path d="M-13 8L10 9"/></g><g stroke="#d3ab7b" stroke-width="1.5" stroke-linecap="round"><path d="M-12-6.5L10-9"/><path d="M-10 .5L12-.5"/></g>"##;
    Pieces "#f2ead6" ["lotus"] r##"<circle r="16" fill="#d9bf98"/><circle r="14" fill="#f4ead3"/><g fill="#cfb48a"><circle r="2.6"/><circle cy="-8" r="2.4"/><circle cx="7.6" cy="-2.5" r="2.4"/><circle cx="4.7" cy="6.5" r="2.4"/><circle cx="-4.7" cy="6.5" r="2.4"/><circle cx="-7.6" cy="-2.5" r="2.4"/></g>"##;
    Sprinkled "#8fbf5a" ["spring onion", "scallion", "chive", "leek", "buchu", "green onion"] r##"<circle r="6" fill="#6aa84f"/><circle r="3.6" fill="#d7ecb9"/><circle r="1.5" fill="#8dc26a"/>"##;
    Pieces "#dcb6cf" ["red onion", "shallot"] r##"<path d="M-15 7A15 15 0 0 1 15 7" fill="none" stroke="#a1457a" stroke-width="3.5" stroke-linecap="round"/><path d="M-10 8A10 10 0 0 1 10 8" fill="none" stroke="#c983ac" stroke-width="3" stroke-linecap="round"/><path d="M-5.5 9A5.5 5.5 0 0 1 5.5 9" fill="none" stroke="#e6c3d8" stroke-width="2.5" stroke-linecap="round"/>"##;
    Pieces "#f0e6cf" ["onion"] r##"<path d="M-15 7A15 15 0 0 1 15 7" fill="none" stroke="#e3cfa0" stroke-width="4" stroke-linecap="round"/><path d="M-9 8A9 9 0 0 1 9 8" fill="none" stroke="#f3e7c9" stroke-width="3.5" stroke-linecap="round"/>"##;
    Pieces "#d6402c" ["red pepper", "red bell", "gochu", "red chilli", "chilli flake", "cayenne", "paprika", "shishito"] r##"<path d="M-16-5C-9-12 4-11 10-4s7 11 6 14c-6-1-15-3-21-7s-11-6-11-8z" fill="#d13a2a"/><path d="M-10-5C-5-9 3-7 8-2" stroke="#ec7a61" stroke-width="2.2" fill="none" stroke-linecap="round"/><path d="M-16-5q-3-1-3-4" stroke="#4f8a3b" stroke-width="3" fill="none" stroke-linecap="round"/>"##;
    Pieces "#e8b92e" ["yellow pepper", "sweet pepper"] r##"<path d="M-15-6C-8-13 6-12 12-4s4 12 2 13c-8 0-15-2-20-6s-11-4-9-9z" fill="#efb92f"/><path d="M-9-6C-4-9 4-8 8-3" stroke="#f8dc82" stroke-width="2.2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#5d9c46" ["green pepper", "green bell", "green chilli", "jalape", "kkwari", "cheongyang"] r##"<path d="M-16-4C-9-12 4-11 10-4s7 11 6 14c-6-1-15-3-21-7s-11-5-11-7z" fill="#4f943f"/><path d="M-10-4C-5-8 3-7 8-2" stroke="#93c777" stroke-width="2.2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#3f7f46" ["spinach", "chard", "mallow", "auk", "watercress", "minari", "dropwort", "bok choy", "namul", "daisy", "ssukgat", "rocket", "arugula"] r##"<path d="M0 17C-2 8-13 4-11-7-9-15-2-17 0-17S9-15 11-7C13 4 2 8 0 17z" fill="#3d8246"/><path d="M0 16V-10M0 2l-6-6M0-1l6-6" stroke="#79b76f" stroke-width="1.6" fill="none" stroke-linecap="round"/>"##;
    Pieces "#9fc978" ["lettuce", "romaine", "salad leaves"] r##"<path d="M-3 17C-9 13-17 8-15-1c1-3 0-6 3-9 2-2 2-6 6-6 3-2 7-3 10 0 4 0 6 3 7 7 3 3 4 7 2 11-1 6-6 11-13 15z" fill="#7fb857"/><path d="M-1 15C-2 5 0-4 1-13M-1 5l-8-6M0-1l7-6" stroke="#d5ebb4" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#4d7f4c" ["kale", "perilla leaves", "collard"] r##"<path d="M0 17C-4 14-12 14-13 8c-4-2-4-7-1-9-2-5 2-8 5-9 1-4 6-6 9-6s8 2 9 6c3 1 7 4 5 9 3 2 3 7-1 9C12 14 4 14 0 17z" fill="#4b8150"/><path d="M0 15V-10M0 4l-7-5M0 0l7-6" stroke="#8fbf88" stroke-width="1.6" fill="none" stroke-linecap="round"/>"##;
    Pieces "#8d4a86" ["red cabbage", "radicchio", "beet"] r##"<path d="M-16 6C-16-8-6-16 4-15S18-4 15 6 4 16-3 15-15 13-16 6z" fill="#7d3b78"/><path d="M-9 6C-8-3-2-8 4-8M-3 9C-1 3 3-1 9-2M-12-1C-9-8-4-11 1-12" stroke="#d5a6cf" stroke-width="1.8" fill="none" stroke-linecap="round"/>"##;
    Pieces "#d9e5b0" ["cabbage", "napa", "sprouts, brussels", "fennel", "celery", "artichoke"] r##"<path d="M-16 6C-16-8-6-16 4-15S18-4 15 6 4 16-3 15-15 13-16 6z" fill="#c2d98f"/><path d="M-9 8C-8-2-2-8 4-10M-3 10C-1 3 3-1 9-3M-12 0C-9-7-4-10 1-12" stroke="#eff6d3" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#4c8f4b" ["broccoli"] r##"<path d="M-4 4L-3 17Q0 18 3 17L4 4z" fill="#a9cc79"/><g fill="#3f8544"><circle cx="-9" cy="0" r="7"/><circle cx="9" cy="0" r="7"/><circle cy="-7" r="9"/><circle cy="2" r="6"/></g><g fill="#62a75c"><circle cx="-9" cy="-2" r="3"/><circle cx="7" cy="-3" r="3"/><circle cx="-1" cy="-10" r="4"/></g>"##;
    Pieces "#f3ead2" ["cauliflower"] r##"<path d="M-4 4L-3 17Q0 18 3 17L4 4z" fill="#d6e3ae"/><g fill="#efe3c3"><circle cx="-9" cy="0" r="7"/><circle cx="9" cy="0" r="7"/><circle cy="-7" r="9"/><circle cy="2" r="6"/></g><g fill="#fbf5e3"><circle cx="-9" cy="-2" r="3"/><circle cx="7" cy="-3" r="3"/><circle cx="-1" cy="-10" r="4"/></g>"##;
    Pieces "#8a5b3d" ["shiitake"] r##"<circle r="16" fill="#7a4a30"/><circle r="13" fill="#93603f"/><path d="M-7 0h14M0-7v14" stroke="#e9d3b3" stroke-width="2.4" stroke-linecap="round"/>"##;
    Pieces "#f0e4c8" ["enoki", "bean sprout", "kongnamul", "mung bean sprouts", "soybean sprouts", "sprout"] r##"<g stroke="#efe3c0" stroke-width="2.6" fill="none" stroke-linecap="round"><path d="M-12 12C-8 2-10-4-6-10"/><path d="M-5 14C-3 4-3-4 0-12"/><path d="M3 13C4 4 5-4 7-10"/><path d="M10 12C11 4 10 0 13-6"/></g><g fill="#e2c56d"><ellipse cx="-6" cy="-11" rx="3.6" ry="2.6"/><ellipse cx="1" cy="-13" rx="3.6" ry="2.6"/><ellipse cx="8" cy="-11" rx="3.6" ry="2.6"/><ellipse cx="14" cy="-7" rx="3" ry="2.3"/></g>"##;
    Pieces "#b79a7b" ["wood ear"] r##"<path d="M-15 2C-14-10-4-14 2-11 9-16 17-8 15 0 16 9 8 14 1 11-6 15-16 11-15 2z" fill="#4b342c"/><path d="M-8 1C-6-5 0-6 3-4M1 6c4 1 7-1 8-4" stroke="#7b5a4c" stroke-width="1.8" fill="none" stroke-linecap="round"/>"##;
    Pieces "#d9c2a0" ["mushroom", "oyster mushroom", "porcini", "champignon"] r##"<path d="M-5 2h10l1 11q-6 4-12 0z" fill="#efe2cb"/><path d="M-16 3C-16-9-8-15 0-15S16-9 16 3Q0 9-16 3z" fill="#c9a57c"/><path d="M-11-3C-9-9-4-11 0-11" stroke="#e6cfae" stroke-width="2.4" fill="none" stroke-linecap="round"/><path d="M-4 4l1 8M0 5v9M4 4l-1 8" stroke="#d3bd9c" stroke-width="1"/>"##;
    Pieces "#6f4670" ["aubergine", "eggplant"] r##"<circle r="15.5" fill="#523056"/><circle r="13" fill="#f0e7cd"/><g fill="#cdbd93"><circle cx="-4" cy="-4" r="1.2"/><circle cx="4" cy="-5" r="1.2"/><circle cx="6" cy="2" r="1.2"/><circle cx="-6" cy="3" r="1.2"/><circle cx="0" cy="6" r="1.2"/><circle r="1.2"/></g>"##;
    Pieces "#e5cf8d" ["potato", "yam", "konjac"] r##"<path d="M-15-6L-2-15 13-9 16 5 4 15-12 11z" fill="#e0bd62"/><path d="M-15-6L-2-15 13-9 0-2z" fill="#f4dc93"/><path d="M0-2L13-9 16 5 4 15z" fill="#e9ca77"/>"##;
    Pieces "#f0ead9" ["daikon", "korean radish", "turnip"] r##"<circle r="15" fill="#dfe5c9"/><circle r="13" fill="#f8f6ea"/><path d="M0-9V9M-8-4L8 4M-8 4L8-4" stroke="#e7e6d2" stroke-width="1.2"/>"##;
    Pieces "#d9587a" ["radish"] r##"<circle r="12.5" fill="#cf3f63"/><circle r="10.5" fill="#fbeef0"/><path d="M0-6V6M-5-3L5 3M-5 3L5-3" stroke="#f0d3d9" stroke-width="1.2"/>"##;
    Pieces "#7fb04d" ["green bean", "asparagus", "okra", "garlic scape"] r##"<g stroke-linecap="round" fill="none"><path d="M-15-7C-4-11 6-10 15-5" stroke="#5b9b45" stroke-width="5"/><path d="M-15 1C-5-3 6-2 14 3" stroke="#6cab52" stroke-width="5"/><path d="M-13 9C-4 5 5 6 13 11" stroke="#5b9b45" stroke-width="5"/><path d="M-11-8C-4-10 4-9 9-7M-9 0C-3-2 3-1 8 1" stroke="#a5d283" stroke-width="1.4"/></g>"##;
    Pieces "#8cbf4f" ["edamame", "broad bean", "fava"] r##"<path d="M-17 5C-12-8 8-14 16-9 20-4 8 12-6 13c-7 0-12-4-11-8z" fill="#6fae47"/><g fill="#a6d673"><circle cx="-8" cy="5" r="4.6"/><circle cx="1" cy="0" r="5"/><circle cx="9.5" cy="-5" r="4.2"/></g>"##;
    Sprinkled "#8cc152" ["green pea", "garden pea", "mangetout"] r##"<circle r="5" fill="#6bab42"/><circle cx="-1.3" cy="-1.5" r="1.8" fill="#a9d880"/>"##;
    Sprinkled "#f0c63e" ["sweetcorn", "corn kernel", "corn,"] r##"<rect x="-4.5" y="-4.5" width="9" height="9" rx="3.2" fill="#f0bf35"/><rect x="-2.6" y="-3" width="4" height="3" rx="1.5" fill="#f9e08a"/>"##;
    Pieces "#4f6b4f" ["seaweed", "kelp", "laver", "nori", "gim", "miyeok", "dasima", "kombu", "wakame"] r##"<path d="M-16-4C-10-12-5-2 0-8s10-4 16-2L14 6C8 2 5 10 0 7S-10 12-15 7z" fill="#2f4a3c"/><path d="M-11-3C-6-6-3 0 2-4s7-2 10-1M-10 4C-5 2-2 6 3 3" stroke="#547a62" stroke-width="1.6" fill="none" stroke-linecap="round"/>"##;
    Pieces "#cf4a2d" ["kimchi"] r##"<path d="M-16 3C-15-9-5-15 4-14S17-5 15 5 5 16-4 14-17 12-16 3z" fill="#e0552f"/><path d="M-9 8C-9-2-2-8 5-10M-2 11C0 3 4-1 11-3" stroke="#f8d9b0" stroke-width="3" fill="none" stroke-linecap="round"/><g fill="#b5311c"><circle cx="-7" cy="-4" r="1.4"/><circle cx="4" cy="4" r="1.4"/><circle cx="9" cy="-6" r="1.4"/><circle cx="-4" cy="10" r="1.2"/></g>"##;

    // Beans, nuts, tofu, eggs, dairy.
    Hero "#f6efdc" ["silken tofu", "soft tofu", "sundubu"] r##"<path d="M-17 2C-18-9-8-15 2-14S18-8 17 3 8 15-2 14-16 11-17 2z" fill="#e9dcc0"/><path d="M-15 0C-15-9-7-13 2-12S15-7 14 1 7 11-2 10-14 8-15 0z" fill="#fdf8ea"/><path d="M-7-3Q0-7 6-4" stroke="#efe5cc" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#f1e4c3" ["tofu", "tempeh", "paneer", "halloumi"] r##"<path d="M-14-5L2-13 15-7V7L-1 15-14 9z" fill="#dcc596"/><path d="M-14-5L2-13 15-7-1 1z" fill="#fbf2da"/><path d="M-1 1L15-7V7L-1 15z" fill="#ecdab0"/>"##;
    Sprinkled "#e4c28a" ["chickpea", "garbanzo"] r##"<path d="M-6 1C-6-5-1-7 3-6s5 6 2 10S-6 7-6 1z" fill="#dcb476"/><path d="M-2-3Q1-5 3-3" stroke="#f3d9ac" stroke-width="1.6" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#5a4038" ["black bean", "black soybean"] r##"<ellipse rx="6" ry="4.4" fill="#3a2a2a"/><path d="M-3-1.5Q0-3.2 3-1.5" stroke="#7d6766" stroke-width="1.3" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#9a3f35" ["kidney bean", "red bean", "adzuki"] r##"<path d="M-6-2C-5-6 3-6 6-2 8 3 4 6 1 4-1 2-7 4-6-2z" fill="#8f3430"/><path d="M-3-3Q0-4.5 3-2.5" stroke="#c5726a" stroke-width="1.3" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#f1e6cf" ["white bean", "butter bean", "cannellini", "soybean", "mung bean", "bean"] r##"<path d="M-6-2C-5-6 3-6 6-2 8 3 4 6 1 4-1 2-7 4-6-2z" fill="#e8d5aa"/><path d="M-3-3Q0-4.5 3-2.5" stroke="#fbf2da" stroke-width="1.4" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#c98b45" ["red lentil"] r##"<circle r="3.4" fill="#e38a3c"/><circle cx="-.8" cy="-1" r="1.2" fill="#f5bb80"/>"##;
    Sprinkled "#7c6a3a" ["lentil", "split pea", "moong", "dal"] r##"<circle r="3.4" fill="#8a7a3f"/><circle cx="-.8" cy="-1" r="1.2" fill="#b9a866"/>"##;
    Sprinkled "#b5824e" ["walnut", "pecan"] r##"<path d="M-7 0C-8-5-3-8 0-6 3-8 8-5 7 0 8 5 3 8 0 6-3 8-8 5-7 0z" fill="#a8743f"/><path d="M0-5V5M-4-3Q-1-1-4 3M4-3Q1-1 4 3" stroke="#d3a46b" stroke-width="1.3" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#c9945a" ["almond", "peanut", "cashew", "hazelnut", "pine nut", "nuts", "seeds, pumpkin", "pumpkin seed", "sunflower seed", "chestnut"] r##"<path d="M0-8C5-5 6 2 0 8-6 2-5-5 0-8z" fill="#bf8547"/><path d="M0-4V4" stroke="#e0b47e" stroke-width="1.3" stroke-linecap="round"/>"##;
    Sprinkled "#f2e6c6" ["sesame", "perilla seed", "ground perilla", "flax", "chia"] r##"<path d="M0-3.6C2.2-1.5 2 2 0 3.2-2 2-2.2-1.5 0-3.6z" fill="#f3e3b4" stroke="#d6bd82" stroke-width=".6"/>"##;
    Hero "#f7d358" ["egg"] r##"<path d="M-17 2C-18-8-8-17 3-15 12-15 18-7 16 2 18 11 9 17 0 15-9 18-17 11-17 2z" fill="#fffdf5"/><path d="M-15 2C-16-7-7-14 3-13" stroke="#efe7d6" stroke-width="2" fill="none" stroke-linecap="round"/><circle cx="1" cy="0" r="7.5" fill="#f5b72e"/><circle cx="-1.5" cy="-2.5" r="2.2" fill="#fbdc85"/>"##;
    Pieces "#fbf7ee" ["feta", "mozzarella", "cottage", "ricotta", "cheese", "parmesan"] r##"<path d="M-13-3L1-11 13-5V6L-1 13-13 7z" fill="#ecdcae"/><path d="M-13-3L1-11 13-5-1 2z" fill="#fffaea"/><path d="M-1 2L13-5V6L-1 13z" fill="#f6e9c5"/>"##;
    Pieces "#fdf9f0" ["yogurt", "yoghurt", "cream", "tahini"] r##"<path d="M-15 3C-16-6-8-8-6-11S4-16 9-9s8 8 5 15-10 9-17 8S-15 10-15 3z" fill="#fffdf6"/><path d="M-8 4C-8-2-2-5 3-3s4 7-1 7-5-3-3-4" stroke="#eee3cd" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Tinting "#f8f0dc" ["milk", "coconut"] "";

    // Fish and meat.
    Hero "#f08a62" ["salmon", "trout"] r##"<path d="M-18-2C-16-12 0-13 10-10c7 2 9 8 7 13S6 12-4 11-19 7-18-2z" fill="#ef8158"/><path d="M-11-8C-12-2-10 5-8 10M-4-10C-5-3-4 5-2 11M4-11C3-3 4 5 5 10M11-9C10-3 11 3 11 8" stroke="#fbc3a6" stroke-width="1.8" fill="none" stroke-linecap="round"/>"##;
    Hero "#9fb0b8" ["mackerel", "sardine", "pollock", "anchov", "bugeo"] r##"<path d="M-18 3C-15-8 0-12 12-8 18-5 19 2 14 6 4 12-14 12-18 3z" fill="#5e7a86"/><path d="M-17 4C-8 0 6 0 15 4 8 11-13 12-17 4z" fill="#dfe3df"/><path d="M-8-6l3 4M-2-7l3 4M4-8l3 4M10-7l2 4" stroke="#3d5561" stroke-width="1.8" stroke-linecap="round"/>"##;
    Hero "#f4eadb" ["sea bass", "cod", "fish fillet", "white fish", "tilapia", "halibut", "haddock", "tuna", "pollack", "fish"] r##"<path d="M-18-2C-16-12 0-13 10-10c7 2 9 8 7 13S6 12-4 11-19 7-18-2z" fill="#e6cfa9"/><path d="M-16-2C-14-10 0-11 9-8c5 2 7 6 5 10S5 9-4 8-17 5-16-2z" fill="#fbf1dc"/><path d="M-9-6C-9-1-8 3-6 7M-2-8C-2-2-1 3 1 8M5-8C5-2 6 2 7 6" stroke="#ecd8b4" stroke-width="1.8" fill="none" stroke-linecap="round"/>"##;
    Pieces "#f2a27e" ["shrimp", "prawn", "lobster"] r##"<path d="M-13 6C-17-6-7-16 5-13 15-10 16 3 8 8 5 10 3 7 5 5c5-4 4-11-2-12S-8-2-6 5c1 4-5 6-7 1z" fill="#f08b68"/><path d="M-11-2l5 2M-8-8l4 4M-1-12l1 5M7-11L5-6M12-5L7-3" stroke="#fcd3bd" stroke-width="1.8" stroke-linecap="round"/><path d="M8 8l7 6-9-1z" fill="#d9684a"/>"##;
    Pieces "#f6e3dc" ["squid", "octopus", "calamari"] r##"<circle r="14" fill="#f7e6e0"/><circle r="14" fill="none" stroke="#dcb3a8" stroke-width="1.6"/><circle r="7" fill="#e7c7bd"/><path d="M-10-4A11 11 0 0 1-3-10" stroke="#fff" stroke-width="2" fill="none" stroke-linecap="round"/>"##;
    Pieces "#b9a48c" ["clam", "mussel", "oyster", "bajirak", "abalone", "scallop"] r##"<path d="M0 14C-12 14-18 4-14-5-10-14 10-14 14-5 18 4 12 14 0 14z" fill="#a98f74"/><path d="M0 13L-10-7M0 13L-4-11M0 13L4-11M0 13L10-7" stroke="#dcc9ad" stroke-width="1.6" stroke-linecap="round"/><path d="M-5 14h10" stroke="#816a54" stroke-width="2.4" stroke-linecap="round"/>"##;
    Hero "#e0b078" ["chicken", "turkey", "duck"] r##"<path d="M-17 0C-16-11-4-15 5-12S18-3 16 5 4 15-6 13-18 9-17 0z" fill="#c98d4f"/><path d="M-14-1C-13-10-3-12 4-10S15-2 13 4 3 11-6 10-15 7-14-1z" fill="#e5b677"/><path d="M-8-5l7 11M-1-8l7 12M6-8l5 9" stroke="#a86c33" stroke-width="2.2" stroke-linecap="round"/>"##;
    Hero "#8c5440" ["beef", "steak", "bulgogi", "lamb"] r##"<path d="M-17 1C-17-10-6-14 4-13S18-5 16 5 5 15-5 13-17 10-17 1z" fill="#6d3a2c"/><path d="M-13 0C-13-8-5-10 3-9S13-3 12 3 4 10-4 9-13 7-13 0z" fill="#94543f"/><path d="M-7-2Q-2-6 3-3M-4 4Q2 1 7 3" stroke="#c58a70" stroke-width="1.8" fill="none" stroke-linecap="round"/>"##;
    Hero "#e3a58f" ["pork", "ham", "bacon"] r##"<path d="M-17 1C-17-10-6-14 4-13S18-5 16 5 5 15-5 13-17 10-17 1z" fill="#d58d77"/><path d="M-13 0C-13-8-5-10 3-9S13-3 12 3 4 10-4 9-13 7-13 0z" fill="#efb8a2"/><path d="M-10 2Q0-4 10 1" stroke="#fbe2d6" stroke-width="2.6" fill="none" stroke-linecap="round"/>"##;

    // Fruit.
    Pieces "#a9c46a" ["avocado"] r##"<path d="M0-17C7-14 13-5 12 4S6 17 0 17-11 13-12 4-7-14 0-17z" fill="#3f6132"/><path d="M0-14C6-11 10-4 9.5 4S5 14 0 14-9 11-9.5 4-6-11 0-14z" fill="#dfe59a"/><circle cy="4.5" r="5.6" fill="#8b5a36"/><circle cx="-1.6" cy="3" r="1.7" fill="#b4835a"/>"##;
    Pieces "#f2d23f" ["lemon"] r##"<circle r="14.5" fill="#efc62f"/><circle r="12.5" fill="#fff6c9"/><g fill="#f6dc5c"><path d="M0-1.5L-4-9.5A10.5 10.5 0 0 1 4-9.5z"/><path d="M1.3-.7L6-8.5A10.5 10.5 0 0 1 10.3-1.5z"/><path d="M1.3 1L10.3 2A10.5 10.5 0 0 1 6 8.6z"/><path d="M0 1.5L4 9.6A10.5 10.5 0 0 1-4 9.6z"/><path d="M-1.3 1L-6 8.6A10.5 10.5 0 0 1-10.3 2z"/><path d="M-1.3-.7L-10.3-1.5A10.5 10.5 0 0 1-6-8.5z"/></g>"##;
    Pieces "#a8cf4f" ["lime"] r##"<circle r="13.5" fill="#6fae3c"/><circle r="11.5" fill="#f0f8cf"/><g fill="#b4dc68"><path d="M0-1.5L-4-9A10 10 0 0 1 4-9z"/><path d="M1.3-.7L6-8A10 10 0 0 1 10-1.5z"/><path d="M1.3 1L10 2A10 10 0 0 1 6 8z"/><path d="M0 1.5L4 9A10 10 0 0 1-4 9z"/><path d="M-1.3 1L-6 8A10 10 0 0 1-10 2z"/><path d="M-1.3-.7L-10-1.5A10 10 0 0 1-6-8z"/></g>"##;
    Pieces "#f2a03a" ["orange", "mandarin", "tangerine", "grapefruit"] r##"<circle r="15" fill="#ec8f26"/><circle r="13" fill="#fff0d6"/><g fill="#f6ab4b"><path d="M0-1.5L-4-10A11 11 0 0 1 4-10z"/><path d="M1.3-.7L6.5-9A11 11 0 0 1 11-1.5z"/><path d="M1.3 1L11 2A11 11 0 0 1 6.5 9z"/><path d="M0 1.5L4 10A11 11 0 0 1-4 10z"/><path d="M-1.3 1L-6.5 9A11 11 0 0 1-11 2z"/><path d="M-1.3-.7L-11-1.5A11 11 0 0 1-6.5-9z"/></g>"##;
    Pieces "#f4e3b0" ["pineapple"] r##"<path d="M-14 10L-8-11Q0-15 8-11L14 10Q0 16-14 10z" fill="#f0c23c"/><path d="M-9-2L9-4M-11 5L11 3M-4-11L-2 12M4-11L5 12" stroke="#fbe496" stroke-width="1.6"/>"##;
    Pieces "#f7c1a6" ["asian pear", "korean pear", "pear"] r##"<path d="M-16 6A16 16 0 0 1 16 6Q0 13-16 6z" fill="#c9a55a"/><path d="M-13 5A13.5 13.5 0 0 1 13 5Q0 10-13 5z" fill="#fdf6e0"/><path d="M-2 3l-1-3M2 3l1-3" stroke="#a98a55" stroke-width="1.8" stroke-linecap="round"/>"##;
    Pieces "#dfe3a6" ["apple"] r##"<path d="M-16 6A16 16 0 0 1 16 6Q0 13-16 6z" fill="#c7392f"/><path d="M-13 5A13.5 13.5 0 0 1 13 5Q0 10-13 5z" fill="#fdf4d9"/><path d="M-2 3l-1-3M2 3l1-3" stroke="#7a4a2a" stroke-width="1.8" stroke-linecap="round"/>"##;
    Pieces "#f6e3a1" ["banana"] r##"<circle r="12.5" fill="#f1d577"/><circle r="10.5" fill="#fdf3cf"/><g fill="#c9a862"><circle cx="0" cy="-3" r="1.2"/><circle cx="2.8" cy="1.8" r="1.2"/><circle cx="-2.8" cy="1.8" r="1.2"/></g>"##;
    Pieces "#e0445a" ["strawberr"] r##"<path d="M0 16C-8 12-14 3-12-5-9-12 9-12 12-5 14 3 8 12 0 16z" fill="#d9344a"/><g fill="#f9d7a0"><circle cx="-5" cy="-2" r="1"/><circle cx="4" cy="-3" r="1"/><circle cx="0" cy="3" r="1"/><circle cx="-5" cy="5" r="1"/><circle cx="5" cy="4" r="1"/><circle cx="0" cy="10" r="1"/></g><path d="M0-8L-9-13-3-7M0-8L0-16 2-8M0-8L9-13 3-7" stroke="#4f9440" stroke-width="3" stroke-linejoin="round" fill="#4f9440"/>"##;
    Sprinkled "#5d5c9b" ["blueberr", "blackcurrant", "grape"] r##"<circle r="6.5" fill="#4a4d8f"/><circle cx="-1.8" cy="-2" r="2" fill="#8689c6"/><path d="M-1.5 1.5l3 0M0 0v3" stroke="#2f3165" stroke-width="1.2" stroke-linecap="round"/>"##;
    Sprinkled "#cf3f63" ["raspberr", "pomegranate", "cranberr", "cherr"] r##"<circle r="6" fill="#b92a4b"/><g fill="#e0607d"><circle cx="-2" cy="-2" r="1.7"/><circle cx="2" cy="-1.5" r="1.7"/><circle cx="0" cy="2" r="1.7"/></g>"##;
    Pieces "#9cc14a" ["kiwi"] r##"<circle r="14.5" fill="#86653f"/><circle r="12.8" fill="#8fbf45"/><circle r="4" fill="#eef3cf"/><g fill="#2f3d1c"><circle cy="-7" r="1"/><circle cx="6" cy="-3.5" r="1"/><circle cx="6" cy="3.5" r="1"/><circle cy="7" r="1"/><circle cx="-6" cy="3.5" r="1"/><circle cx="-6" cy="-3.5" r="1"/></g>"##;
    Pieces "#f4a93a" ["mango", "peach", "apricot", "papaya", "persimmon"] r##"<path d="M-14-4L-1-13 13-6 14 6 0 14-13 8z" fill="#ec9a2c"/><path d="M-14-4L-1-13 13-6 0 2z" fill="#f9c25c"/><path d="M0 2L13-6 14 6 0 14z" fill="#f3ac40"/>"##;
    Sprinkled "#7a3f34" ["raisin", "jujube", "date", "prune", "fig"] r##"<path d="M-6 0C-6-5 2-6 5-3s1 8-4 7-7-1-7-4z" fill="#7b3d33"/><path d="M-3-1Q0-3 3-1" stroke="#b07064" stroke-width="1.3" fill="none" stroke-linecap="round"/>"##;
    Sprinkled "#4a4a3a" ["olive", "caper"] r##"<circle r="6.5" fill="#3d3a33"/><circle r="2.4" fill="#b9503f"/>"##;

    // Bread and sweet things.
    Hero "#e7c58c" ["tortilla", "pita", "bread", "flatbread", "rice paper", "wrapper", "baguette", "toast"] r##"<path d="M-17 1C-17-10-8-16 1-16S17-9 17 1 8 16-1 16-17 11-17 1z" fill="#ddb673"/><path d="M-14 0C-14-8-7-13 1-13S14-7 14 1 7 13-1 13-14 8-14 0z" fill="#f0d6a2"/><g fill="#c99a56"><ellipse cx="-5" cy="-5" rx="3" ry="1.8"/><ellipse cx="6" cy="1" rx="3.4" ry="2"/><ellipse cx="-4" cy="6" rx="2.6" ry="1.6"/></g>"##;
    Pieces "#6b4433" ["cocoa", "chocolate"] r##"<path d="M-13-6L2-13 14-6V6L-1 13-13 6z" fill="#4a2c20"/><path d="M-13-6L2-13 14-6-1 1z" fill="#7a4d39"/><path d="M-1 1L14-6V6L-1 13z" fill="#5f3a2a"/>"##;

    // Herbs and seasonings that are seen.
    Sprinkled "#5f9c50" ["basil", "mint"] r##"<path d="M0 8C-5 5-6-3 0-8 6-3 5 5 0 8z" fill="#4d9a4b"/><path d="M0 6V-5" stroke="#a5d69b" stroke-width="1.2"/>"##;
    Sprinkled "#5f9c50" ["parsley", "coriander", "cilantro", "dill", "thyme", "rosemary", "oregano", "sage", "bay lea", "herb"] r##"<path d="M0 8Q0 2 0-2M0 3L-4-1M0 3L4-1" stroke="#5a8f45" stroke-width="1.4" fill="none"/><g fill="#5aa04a"><circle cx="-4.5" cy="-2" r="3"/><circle cx="4.5" cy="-2" r="3"/><circle cy="-5" r="3.4"/></g>"##;
    Sprinkled "#f2ead8" ["garlic"] r##"<path d="M-5 3C-6-3-1-7 1-7S7-1 5 4-4 7-5 3z" fill="#f3e8cc" stroke="#d9c59a" stroke-width=".8"/>"##;
    Sprinkled "#e3c98a" ["ginger"] r##"<g stroke="#e0bf74" stroke-width="2.2" stroke-linecap="round"><path d="M-6-2L6-4"/><path d="M-5 2L7 1"/></g>"##;
};

/// Words of names that say nothing to the eye: olive oil is no olive, fish sauce no fish.
const UNSEEN: [&str; 14] = [
    "oil", "sauce", "vinegar", "stock", "broth", "powder", "powdered", "syrup", "flour", "starch", "wine", "ground",
    "zest", "sugar",
];

/// The shape for an ingredient's English name, if it can be seen on a plate.
pub(super) fn shape_for(name: &str) -> Option<&'static Shape> {
    let name = name.to_lowercase();
    if name.split(|c: char| !c.is_alphabetic()).any(|word| UNSEEN.contains(&word)) {
        return None;
    }
    SHAPES.iter().find(|shape| shape.words.iter().any(|word| name.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_wins() {
        let tint = |name: &str| shape_for(name).map(|s| s.tint);
        assert_ne!(tint("sweet potato"), tint("potatoes"));
        assert_ne!(tint("Red cabbage"), tint("green cabbage"));
        assert_eq!(tint("Cherry tomatoes, halved"), tint("cherry tomato"));
        assert_eq!(tint("boiled eggs"), tint("egg"));
        assert!(shape_for("salt").is_none());
        assert!(shape_for("extra-virgin olive oil").is_none());
    }

    #[test]
    fn more_than_sixty_ingredients_have_a_shape() {
        assert!(SHAPES.iter().filter(|shape| !shape.svg.is_empty()).count() > 60);
    }

    #[test]
    fn groups_are_closed_and_colours_whole() {
        for shape in SHAPES {
            assert_eq!(shape.svg.matches("<g").count(), shape.svg.matches("</g>").count(), "{:?}", shape.words);
            assert!(shape.tint.len() == 7 && shape.tint.starts_with('#'), "{:?}", shape.words);
        }
    }
}
