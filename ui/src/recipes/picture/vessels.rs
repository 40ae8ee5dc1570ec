//! Plates, bowls, pots and glasses, seen from above (glasses from the side), around the origin.

use hnh_domain::recipes::{Course, Method, RecipeCuisine};

use super::Subject;
use super::chance::Chance;

/// What a dish is served in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vessel {
    /// A plate with a rim.
    Plate,
    /// A plate without one, glazed.
    Coupe,
    /// A long plate.
    Oval,
    /// A plate with corners.
    Square,
    /// A deep bowl.
    Bowl,
    /// A wide bowl with a pattern on its rim.
    NoodleBowl,
    /// A bowl of wood.
    WoodBowl,
    /// A pot of dark stone, hot from the fire.
    StonePot,
    /// A pan of cast iron with its handle.
    Pan,
    /// A dish for the oven with two ears.
    OvenDish,
    /// A steamer of bamboo.
    Steamer,
    /// A board.
    Board,
    /// A small bowl on a saucer.
    Ramekin,
    /// A tall glass, from the side.
    Glass,
    /// A cup with a foot, from the side.
    Cup,
}

impl Vessel {
    /// What suits the dish.
    pub(super) fn for_dish(subject: &Subject, chance: &mut Chance) -> Self {
        use Vessel as V;
        let korean = subject.cuisine == Some(RecipeCuisine::Korean);
        match (subject.course, subject.method) {
            (Course::Drink, _) => V::Glass,
            (Course::Sauce, _) => V::Ramekin,
            (Course::Soup, Some(Method::Stew | Method::Simmer)) if korean => V::StonePot,
            (Course::Soup, _) => chance.one_of(V::Bowl, &[V::Bowl, V::NoodleBowl]),
            (Course::Rice, _) if korean => chance.one_of(V::Bowl, &[V::StonePot, V::NoodleBowl]),
            (_, Some(Method::Bake)) => chance.one_of(V::OvenDish, &[V::Pan, V::Board, V::Plate]),
            (Course::Dessert, Some(Method::Raw | Method::Mix | Method::Blend)) => V::Cup,
            (_, Some(Method::Steam)) if chance.percent(60) => V::Steamer,
            (Course::Noodle, Some(Method::Boil | Method::Simmer | Method::Stew)) => V::NoodleBowl,
            (Course::Noodle, _) => chance.one_of(V::Coupe, &[V::NoodleBowl, V::Plate]),
            (Course::Rice, _) => chance.one_of(V::Bowl, &[V::Coupe, V::Plate]),
            (Course::Salad, _) => chance.one_of(V::WoodBowl, &[V::Coupe, V::Bowl]),
            (Course::Breakfast, Some(Method::Simmer | Method::Boil | Method::Mix | Method::Raw | Method::Blend)) => {
                chance.one_of(V::Bowl, &[V::NoodleBowl])
            }
            (_, Some(Method::Stew | Method::Simmer | Method::Boil)) => {
                chance.one_of(V::Bowl, &[V::Coupe, V::NoodleBowl])
            }
            (_, Some(Method::PanFry)) => chance.one_of(V::Pan, &[V::Plate, V::Oval]),
            (Course::Snack, _) => chance.one_of(V::Board, &[V::Plate, V::Square]),
            (Course::Side, _) => chance.one_of(V::Coupe, &[V::Square, V::Bowl, V::Oval]),
            (_, Some(Method::Grill)) => chance.one_of(V::Oval, &[V::Square, V::Board, V::Plate]),
            _ => chance.one_of(V::Plate, &[V::Coupe, V::Oval, V::Square]),
        }
    }

    /// The half axes of the ellipse in which food lies.
    pub(super) fn room(self) -> (f32, f32) {
        match self {
            Self::Plate => (58.0, 58.0),
            Self::Coupe => (66.0, 66.0),
            Self::Oval => (86.0, 52.0),
            Self::Square => (58.0, 58.0),
            Self::Bowl | Self::WoodBowl | Self::Pan => (64.0, 64.0),
            Self::NoodleBowl => (66.0, 66.0),
            Self::StonePot => (60.0, 60.0),
            Self::OvenDish => (82.0, 50.0),
            Self::Steamer => (62.0, 62.0),
            Self::Board => (88.0, 50.0),
            Self::Ramekin => (38.0, 38.0),
            Self::Glass => (30.0, 60.0),
            Self::Cup => (46.0, 26.0),
        }
    }

    /// Whether it holds what flows.
    pub(super) fn holds_liquid(self) -> bool {
        matches!(
            self,
            Self::Bowl
                | Self::NoodleBowl
                | Self::StonePot
                | Self::Ramekin
                | Self::Pan
                | Self::OvenDish
                | Self::WoodBowl
        )
    }

    /// The vessel, empty, in a glaze.
    pub(super) fn draw(self, glaze: Glaze) -> String {
        let Glaze { body, rim, shade } = glaze;
        match self {
            Self::Plate => format!(
                r##"<circle r="88" fill="{shade}"/><circle r="87" fill="{body}"/><circle r="85" fill="none" stroke="{rim}" stroke-width="3"/><circle r="63" fill="{shade}"/><circle r="62" cy="1" fill="{body}"/>"##
            ),
            Self::Coupe => format!(
                r##"<circle r="86" fill="{rim}"/><circle r="83.5" fill="{body}"/><circle r="72" fill="{shade}" fill-opacity=".45"/><circle r="71" cy="2" fill="{body}"/>"##
            ),
            Self::Oval => format!(
                r##"<ellipse rx="118" ry="80" fill="{rim}"/><ellipse rx="115" ry="77" fill="{body}"/><ellipse rx="95" ry="60" fill="{shade}"/><ellipse cy="1.5" rx="94" ry="58.5" fill="{body}"/>"##
            ),
            Self::Square => format!(
                r##"<rect x="-84" y="-84" width="168" height="168" rx="30" fill="{rim}"/><rect x="-81" y="-81" width="162" height="162" rx="28" fill="{body}"/><rect x="-64" y="-64" width="128" height="128" rx="24" fill="{shade}"/><rect x="-63" y="-62" width="126" height="126" rx="23" fill="{body}"/>"##
            ),
            Self::Bowl => format!(
                r##"<circle r="86" fill="{rim}"/><circle r="82" fill="{body}"/><circle r="73" fill="{shade}"/><circle r="70" cy="3" fill="{body}"/>"##
            ),
            Self::NoodleBowl => format!(
                r##"<circle r="88" fill="{body}"/><circle r="81" fill="none" stroke="{rim}" stroke-width="7" stroke-dasharray="3 9" stroke-linecap="round"/><circle r="86.5" fill="none" stroke="{rim}" stroke-width="3"/><circle r="74" fill="{shade}"/><circle r="71.5" cy="2.5" fill="{body}"/>"##
            ),
            Self::WoodBowl => r##"<circle r="87" fill="#8f5f38"/><circle r="84" fill="#b98252"/><circle r="80" fill="none" stroke="#a06f43" stroke-width="1.5"/><circle r="76" fill="#8f5f38"/><circle r="73" cy="3" fill="#a8744a"/>"##.into(),
            Self::StonePot => r##"<rect x="-104" y="-12" width="208" height="24" rx="12" fill="#35302e"/><circle r="84" fill="#2d2927"/><circle r="80" fill="#4a433f"/><circle r="70" fill="#242120"/><circle r="67" cy="2" fill="#3a3431"/><path d="M-70-34A78 78 0 0 1-34-70" stroke="#6b625c" stroke-width="4" fill="none" stroke-linecap="round"/>"##.into(),
            Self::Pan => r##"<path d="M60 36L132 88q9 7 3 15t-15 2L46 58z" fill="#2f2c2a"/><path d="M112 84l12 9" stroke="#55504c" stroke-width="4" stroke-linecap="round"/><circle r="84" fill="#2f2c2a"/><circle r="79" fill="#4b4541"/><circle r="72" fill="#383330"/><path d="M-68-36A77 77 0 0 1-36-68" stroke="#726a64" stroke-width="3.5" fill="none" stroke-linecap="round"/>"##.into(),
            Self::OvenDish => format!(
                r##"<rect x="-128" y="-20" width="256" height="40" rx="16" fill="{rim}"/><rect x="-112" y="-78" width="224" height="156" rx="36" fill="{rim}"/><rect x="-107" y="-73" width="214" height="146" rx="32" fill="{body}"/><rect x="-96" y="-62" width="192" height="124" rx="26" fill="{shade}"/>"##
            ),
            Self::Steamer => r##"<circle r="88" fill="#b07a3c"/><circle r="85" fill="#dcae6c"/><circle r="79" fill="none" stroke="#c08f4f" stroke-width="2"/><circle r="73" fill="#b98646"/><circle r="71" cy="1.5" fill="#ecc98d"/><g stroke="#d8ad6a" stroke-width="3"><path d="M-66-24H66M-70 0H70M-66 24H66M-50-48H50M-50 48H50"/></g><path d="M-60-62L-50-52M60-62L50-52" stroke="#8c5e2a" stroke-width="5" stroke-linecap="round"/>"##.into(),
            Self::Board => r##"<rect x="-124" y="-72" width="248" height="144" rx="26" fill="#a8713d"/><rect x="-124" y="-75" width="248" height="144" rx="26" fill="#c99058"/><g stroke="#b67e48" stroke-width="2" fill="none" stroke-linecap="round"><path d="M-104-44Q-40-52 20-42T104-46"/><path d="M-110-8Q-50-16 10-6T110-12"/><path d="M-104 34Q-30 26 30 36T106 30"/></g><circle cx="106" cy="-3" r="7" fill="#8a5b2e"/>"##.into(),
            Self::Ramekin => format!(
                r##"<circle r="84" fill="{shade}"/><circle r="82" fill="{body}"/><circle r="66" fill="{shade}"/><circle r="64.5" cy="1" fill="{body}"/><circle r="52" fill="{rim}"/><circle r="48" fill="{body}"/><circle r="43" fill="{shade}"/>"##
            ),
            // The glass and the cup are drawn around what is in them.
            Self::Glass | Self::Cup => String::new(),
        }
    }
}

/// The colours of fired clay.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glaze {
    pub(super) body: &'static str,
    pub(super) rim: &'static str,
    pub(super) shade: &'static str,
}

impl Glaze {
    /// One of a kitchen's glazes.
    pub(super) fn pick(chance: &mut Chance) -> Self {
        const WHITE: Glaze = Glaze { body: "#fffdf8", rim: "#e9dfce", shade: "#efe6d6" };
        chance.one_of(
            WHITE,
            &[
                WHITE,
                Self { body: "#f7f1e4", rim: "#c9a884", shade: "#e8dcc6" },
                Self { body: "#e6eee9", rim: "#7fa39a", shade: "#d0ded8" },
                Self { body: "#e8eef3", rim: "#6f8fb0", shade: "#d3dee8" },
                Self { body: "#f6e6dc", rim: "#cf8f70", shade: "#ead0c1" },
                Self { body: "#5d7a72", rim: "#48625b", shade: "#4f6a63" },
                Self { body: "#f3ead0", rim: "#d2a94e", shade: "#e5d6ae" },
            ],
        )
    }
}
