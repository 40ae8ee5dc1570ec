//! The table of food labels: what the ordinary product is and contains.
//!
//! A CSV with the columns `food,name,origin,contains,may_contain,flags`: the food as
//! `usda:NDB` or `mfds:CODE`; one origin; allergen codes separated by spaces; flags `alcohol`, `traces`
//! where what it may contain are traces (the small crustaceans on seaweed), `origin:CODE` for each
//! source of a `mixed` food, and `breaks:DIET` or `may_break:DIET` where a food breaks a diet by what no allergen
//! tells: the rennet of a cheese, the alcohol that soy sauce is kept with. An ingredient that is sold as something else than its
//! stand-in among the foods has a row of its own, `hnh:NAME`.
//!
//! A general allergen that may be there brings its kinds: where crustaceans may be, shrimp and crab may be.

use std::collections::HashMap;
use std::io::Read;
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use hnh_domain::codes::shorten;
use hnh_domain::label::{Allergen, Diet, Presence};

/// What a food is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Plants, fungi, algae, yeast.
    Plant,
    /// Water and salt.
    Mineral,
    /// Milk and what is made of it.
    Dairy,
    /// Eggs.
    Egg,
    /// Honey.
    Honey,
    /// Fish.
    Fish,
    /// Crustaceans, molluscs and other animals of the sea.
    Seafood,
    /// Pork.
    Pork,
    /// Beef.
    Beef,
    /// Birds.
    Poultry,
    /// Other or unstated meat.
    Meat,
    /// Several animal sources that the label does not name.
    Mixed,
    /// Not known.
    Unknown,
}

impl Origin {
    /// Every origin.
    pub const ALL: &'static [Self] = &[
        Self::Plant,
        Self::Mineral,
        Self::Dairy,
        Self::Egg,
        Self::Honey,
        Self::Fish,
        Self::Seafood,
        Self::Pork,
        Self::Beef,
        Self::Poultry,
        Self::Meat,
        Self::Mixed,
        Self::Unknown,
    ];
    /// Meat of land animals.
    pub const LAND_MEAT: &'static [Self] = &[Self::Pork, Self::Beef, Self::Poultry, Self::Meat];
    /// Animals that died for it.
    pub const FLESH: &'static [Self] = &[Self::Fish, Self::Seafood, Self::Pork, Self::Beef, Self::Poultry, Self::Meat];

    /// What an allergen shows of its food's origin: fish in a food of plants, as in kimchi.
    fn of_allergen(allergen: Allergen) -> Option<Self> {
        Some(match allergen {
            Allergen::Milk => Self::Dairy,
            Allergen::Egg => Self::Egg,
            Allergen::Fish | Allergen::Mackerel => Self::Fish,
            Allergen::Crustacean
            | Allergen::Shrimp
            | Allergen::Crab
            | Allergen::Mollusc
            | Allergen::Squid
            | Allergen::Shellfish => Self::Seafood,
            Allergen::Pork => Self::Pork,
            Allergen::Beef => Self::Beef,
            Allergen::Chicken => Self::Poultry,
            _ => return None,
        })
    }

    /// The allergen that a food of this origin has for certain. A bird need not be a chicken, nor an
    /// animal of the sea a crustacean.
    fn allergen(self) -> Option<Allergen> {
        Some(match self {
            Self::Dairy => Allergen::Milk,
            Self::Egg => Allergen::Egg,
            Self::Fish => Allergen::Fish,
            Self::Pork => Allergen::Pork,
            Self::Beef => Allergen::Beef,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Plant => "plant",
            Self::Mineral => "mineral",
            Self::Dairy => "dairy",
            Self::Egg => "egg",
            Self::Honey => "honey",
            Self::Fish => "fish",
            Self::Seafood => "seafood",
            Self::Pork => "pork",
            Self::Beef => "beef",
            Self::Poultry => "poultry",
            Self::Meat => "meat",
            Self::Mixed => "mixed",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for Origin {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|o| o.code() == code).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|o| o.code()).collect();
            format!("unknown origin \"{}\": use one of {}", shorten(code), known.join(", "))
        })
    }
}

/// What is known of a food.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoodLabel {
    origins: Vec<Origin>,
    contains: Vec<Allergen>,
    may_contain: Vec<Allergen>,
    /// Whether what it may contain are traces, which matter to an allergy and not to a diet.
    traces: bool,
    /// Whether it is wine or another drink or seasoning with alcohol.
    pub alcohol: bool,
    /// Diets that it breaks, or may break, by what neither origin nor allergens tell.
    breaks: Vec<(Diet, Presence)>,
}

impl FoodLabel {
    /// A label; allergens are closed under [`Allergen::implies`], what may be there under [`Allergen::kinds`] too, and
    /// completed by the origins.
    #[must_use]
    pub fn new(origins: Vec<Origin>, contains: Vec<Allergen>, may_contain: Vec<Allergen>, alcohol: bool) -> Self {
        let close = |list: Vec<Allergen>| {
            let mut closed: Vec<Allergen> = Vec::new();
            for allergen in list {
                closed.extend(std::iter::successors(Some(allergen), |a| a.implies()));
            }
            closed
        };
        let by_origin = origins.iter().filter_map(|o| o.allergen());
        let contains = close(contains.into_iter().chain(by_origin).collect());
        let kinds: Vec<Allergen> = may_contain.iter().flat_map(|general| general.kinds()).copied().collect();
        let may_contain = close(may_contain.into_iter().chain(kinds).collect());
        Self { origins, contains, may_contain, traces: false, alcohol, breaks: Vec::new() }
    }

    /// What the label states of a diet beyond origin and allergens. What breaks the vegetarian diet breaks its stricter forms.
    #[must_use]
    pub fn stated(&self, diet: Diet) -> Presence {
        let stricter = matches!(diet, Diet::Vegan | Diet::LactoVegetarian | Diet::OvoVegetarian);
        let meant = |of: Diet| of == diet || stricter && of == Diet::Vegetarian;
        self.breaks.iter().filter(|(of, _)| meant(*of)).fold(Presence::Free, |worst, (_, state)| worst.mix(*state))
    }

    /// The presence of an allergen.
    #[must_use]
    pub fn allergen(&self, allergen: Allergen) -> Presence {
        if self.contains.contains(&allergen) {
            Presence::Contains
        } else if self.may_contain.contains(&allergen) {
            Presence::MayContain
        } else if self.origins.iter().any(|o| matches!(o, Origin::Mixed | Origin::Unknown)) {
            Presence::Unknown
        } else {
            Presence::Free
        }
    }

    /// The presence of any of these origins, by the stated origin and by the allergens.
    #[must_use]
    pub fn origin(&self, wanted: &[Origin]) -> Presence {
        let shown =
            |list: &[Allergen]| list.iter().any(|a| Origin::of_allergen(*a).is_some_and(|o| wanted.contains(&o)));
        if self.origins.iter().any(|o| wanted.contains(o)) || shown(&self.contains) {
            Presence::Contains
        } else if shown(&self.may_contain) && !self.traces {
            Presence::MayContain
        } else if self.origins.iter().any(|o| matches!(o, Origin::Mixed | Origin::Unknown)) {
            Presence::Unknown
        } else {
            Presence::Free
        }
    }

    /// Whether every origin is one of these and no allergen shows another.
    #[must_use]
    pub fn is_purely(&self, origins: &[Origin]) -> bool {
        !self.origins.is_empty()
            && self.origins.iter().all(|o| origins.contains(o))
            && self.contains.iter().filter_map(|a| Origin::of_allergen(*a)).all(|o| origins.contains(&o))
    }
}

/// Labels by food, as the table spells it: `usda:14411`.
#[derive(Debug, Default)]
pub struct LabelTable {
    labels: HashMap<String, FoodLabel>,
}

impl LabelTable {
    /// Reads the CSV; `file` names it in errors.
    ///
    /// # Errors
    /// Names line and column of the first mistake.
    pub fn read(csv: impl Read, file: &str) -> Result<Self> {
        let mut csv = csv::ReaderBuilder::new().from_reader(csv);
        let header = csv.headers().with_context(|| format!("cannot read {file}"))?.clone();
        if header.iter().ne(["food", "name", "origin", "contains", "may_contain", "flags"]) {
            bail!("{file}, line 1: the columns must be food,name,origin,contains,may_contain,flags");
        }
        let mut labels = HashMap::new();
        for row in csv.records() {
            let row = row.with_context(|| format!("cannot read {file}"))?;
            let at = |column: &str| format!("{file}, line {}, {column}", row.position().map_or(0, csv::Position::line));
            let food = row[0].trim();
            let mut origins: Vec<Origin> =
                vec![row[2].trim().parse().map_err(anyhow::Error::msg).with_context(|| at("origin"))?];
            let (mut alcohol, mut traces) = (false, false);
            let mut breaks = Vec::new();
            for flag in row[5].split_whitespace() {
                let diet = |code: &str| code.parse::<Diet>().map_err(anyhow::Error::msg).with_context(|| at("flags"));
                match flag.split_once(':') {
                    Some(("origin", origin)) => {
                        origins.push(origin.parse().map_err(anyhow::Error::msg).with_context(|| at("flags"))?)
                    }
                    Some(("breaks", code)) => breaks.push((diet(code)?, Presence::Contains)),
                    Some(("may_break", code)) => breaks.push((diet(code)?, Presence::MayContain)),
                    None if flag == "alcohol" => alcohol = true,
                    None if flag == "traces" => traces = true,
                    _ => bail!(
                        "{}: unknown flag \"{}\": use alcohol, traces, origin:CODE, breaks:DIET or may_break:DIET",
                        at("flags"),
                        shorten(flag)
                    ),
                }
            }
            if origins.len() > 1 {
                // The flags say what is mixed.
                origins.retain(|o| *o != Origin::Mixed);
            }
            let contains = codes(&row[3]).with_context(|| at("contains"))?;
            let may_contain = codes(&row[4]).with_context(|| at("may_contain"))?;
            let label = FoodLabel { traces, breaks, ..FoodLabel::new(origins, contains, may_contain, alcohol) };
            if labels.insert(food.to_owned(), label).is_some() {
                bail!("{}: {food} is in the table twice", at("food"));
            }
        }
        Ok(Self { labels })
    }

    /// Every label with its food.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FoodLabel)> {
        self.labels.iter().map(|(food, label)| (food.as_str(), label))
    }

    /// The label of a food.
    #[must_use]
    pub fn get(&self, food: &str) -> Option<&FoodLabel> {
        self.labels.get(food)
    }
}

fn codes(list: &str) -> Result<Vec<Allergen>> {
    list.split_whitespace().map(|code| code.parse().map_err(anyhow::Error::msg)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<LabelTable> {
        LabelTable::read(format!("food,name,origin,contains,may_contain,flags\n{rows}").as_bytes(), "labels.csv")
    }

    #[test]
    fn mistakes_name_line_and_column() {
        let error = |rows: &str| format!("{:#}", read(rows).unwrap_err());
        assert!(error("a,b,plant,nutz,,\n").starts_with("labels.csv, line 2, contains: unknown allergen \"nutz\""));
        assert!(error("a,b,stone,,,\n").starts_with("labels.csv, line 2, origin: unknown origin \"stone\""));
        assert!(error("a,b,plant,,,hot\n").contains("line 2, flags"));
        assert!(error("a,b,plant,,,\na,b,plant,,,\n").contains("line 3, food: a is in the table twice"));
    }

    #[test]
    fn what_is_mixed_is_what_the_flags_say() {
        let table = read("a,b,mixed,fish,,origin:fish origin:pork\nc,d,mixed,,,\n").unwrap();
        let (named, unnamed) = (table.get("a").unwrap(), table.get("c").unwrap());
        assert_eq!(named.origin(&[Origin::Beef]), Presence::Free);
        assert_eq!(named.origin(&[Origin::Pork]), Presence::Contains);
        assert_eq!(unnamed.origin(&[Origin::Beef]), Presence::Unknown);
        assert_eq!(unnamed.allergen(Allergen::Milk), Presence::Unknown);
    }

    #[test]
    fn traces_matter_to_an_allergy_and_not_to_a_diet() {
        let table = read("a,kelp,plant,,crustacean,traces\nb,chocolate,plant,,milk,\n").unwrap();
        let (kelp, chocolate) = (table.get("a").unwrap(), table.get("b").unwrap());
        assert_eq!(kelp.allergen(Allergen::Crustacean), Presence::MayContain);
        assert_eq!(kelp.origin(&[Origin::Seafood]), Presence::Free);
        assert_eq!(chocolate.origin(&[Origin::Dairy]), Presence::MayContain);
    }

    #[test]
    fn an_origin_brings_its_allergen() {
        let table = read("a,b,egg,,,\n").unwrap();
        assert_eq!(table.get("a").unwrap().allergen(Allergen::Egg), Presence::Contains);
    }
}
