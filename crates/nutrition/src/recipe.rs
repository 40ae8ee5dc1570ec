//! A recipe as it is written: its lines read, its foods found, its figures and labels with what they rest on.

use std::collections::{BTreeMap, HashMap};

use hnh_domain::foods::{Food, FoodBasis};
use hnh_domain::label::{AllergenFlags, DietFlags};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::text::Text;

use crate::dish::is_zero;
use crate::food_names::FoodNames;
use crate::grams::{NoGrams, grams};
use crate::ingredient::{Ingredient, Reader, lines};
use crate::labels::{FoodLabel, LabelTable, Labelled, Served, allergens, diets, from_amounts};

/// From this share of the weight on, a figure is told without "at least".
const COVERED: f64 = 0.9;
/// What a line without a number may stand for at most, in grams: a tablespoon.
const UNMEASURED_G: f64 = 15.0;
/// The share of a figure from which a line without a number matters to it.
const MATTERS: f64 = 0.05;

/// The foods that names lead to, and what is known of them.
pub struct Tables {
    foods: HashMap<String, Food>,
    labels: LabelTable,
}

impl Tables {
    /// Keeps of all foods those that have a name.
    ///
    /// # Errors
    /// Those of reading the foods.
    pub fn new<E>(foods: impl IntoIterator<Item = Result<Food, E>>, labels: LabelTable) -> Result<Self, E> {
        let wanted = FoodNames::built_in().figures();
        let mut kept = HashMap::new();
        for food in foods {
            let food = food?;
            let key = format!("{}:{}", food.provenance.source, food.provenance.source_id);
            if food.basis == FoodBasis::Per100g && wanted.contains(key.as_str()) {
                kept.insert(key, food);
            }
        }
        Ok(Self { foods: kept, labels })
    }

    /// The food whose figures a key of the names has: its own, or those of what stands for it.
    #[must_use]
    pub fn food(&self, key: &str) -> Option<&Food> {
        self.foods.get(FoodNames::built_in().figures_of(key))
    }
}

/// Why a line adds nothing to the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No food is certain to be meant.
    Food,
    /// It says no number.
    Quantity,
    /// Nobody knows how much one of its unit weighs.
    Unit,
    /// Its food has no figures.
    Nutrient,
}

impl Missing {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Food => "missing food",
            Self::Quantity => "no quantity",
            Self::Unit => "missing unit",
            Self::Nutrient => "missing nutrient",
        }
    }
}

/// A line with what is known of it.
pub struct Line<'a> {
    /// As written.
    pub text: String,
    /// As read.
    pub read: Ingredient,
    /// The food that is meant, as the table of names spells it.
    pub key: Option<&'static str>,
    /// The food whose figures it has.
    pub food: Option<&'a Food>,
    /// Its weight.
    pub grams: Result<f64, NoGrams>,
    label: Option<&'a FoodLabel>,
    others: Vec<Option<&'a FoodLabel>>,
}

impl<'a> Line<'a> {
    /// Reads a line and finds its food.
    pub fn read(text: &str, reader: &mut Reader, tables: &'a Tables) -> Self {
        let names = FoodNames::built_in();
        let read = reader.read(text);
        let mut choices = names.choices(&read.name).into_iter();
        let first = choices.next().flatten();
        // "200 g rice, cooked": it weighs more than dry rice, and is another food.
        let cooked = || names.find(&format!("cooked {}", read.name));
        let key = if text.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("cooked")) {
            cooked().or(first)
        } else {
            first
        };
        Self::of(text, read, key, choices.collect(), tables)
    }

    /// Reads a line whose food somebody told.
    pub fn read_as(text: &str, key: &'static str, reader: &mut Reader, tables: &'a Tables) -> Self {
        Self::of(text, reader.read(text), Some(key), Vec::new(), tables)
    }

    fn of(
        text: &str,
        read: Ingredient,
        key: Option<&'static str>,
        choices: Vec<Option<&'static str>>,
        tables: &'a Tables,
    ) -> Self {
        let names = FoodNames::built_in();
        let food = key.and_then(|key| tables.food(key));
        let grams = weigh(&read, key, food);
        let label = |key: &str| tables.labels.get(key);
        // What stands anywhere in the line may be in the dish: "tossed in flour", "(contains nuts)".
        let mentioned = names.mentions(text).into_iter().filter(|other| Some(*other) != key).map(label);
        let others = choices.into_iter().map(|choice| choice.and_then(label)).chain(mentioned).collect();
        Self { text: text.to_owned(), read, key, food, grams, label: key.and_then(label), others }
    }

    /// Why it adds nothing to the figures; `None` where it does.
    #[must_use]
    pub fn missing(&self) -> Option<Missing> {
        match (self.key, self.grams) {
            (None, _) => Some(Missing::Food),
            (_, Err(NoGrams::NoQuantity)) => Some(Missing::Quantity),
            (_, Err(NoGrams::UnknownUnit)) => Some(Missing::Unit),
            (_, Ok(_)) if self.food.is_none() => Some(Missing::Nutrient),
            _ => None,
        }
    }

    /// The name by which it is told; the whole line where no name was read.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.read.name.is_empty() { &self.text } else { &self.read.name }
    }

    /// The amount of a nutrient in 100 g, where it is known or zero by what the food is.
    fn per_100g(&self, nutrient: Nutrient) -> Option<f64> {
        let food = self.food?;
        let amount = food.nutrients.get(nutrient);
        let zero = || is_zero(nutrient, &food.nutrients, self.label).then_some(0.0);
        amount.or_else(zero).map(f64::from)
    }
}

/// The weight of a line's amounts: a stated weight rather than a count, and of "2 cans (400 g)" that of each can.
fn weigh(read: &Ingredient, key: Option<&str>, food: Option<&Food>) -> Result<f64, NoGrams> {
    const CONTAINERS: [&str; 12] =
        ["can", "tin", "jar", "packet", "bag", "bottle", "carton", "box", "tub", "sachet", "block", "pot"];
    let size = read.size.as_deref();
    let weights = || read.amounts.iter().map(|amount| grams(amount, size, key, food));
    let stated = read.amounts.iter().find(|amount| amount.is_weight()).map(|amount| grams(amount, size, key, food));
    let Some(Ok(stated)) = stated else { return weights().fold(Err(NoGrams::NoQuantity), Result::or) };
    let count = match read.amounts.first() {
        Some(first) if first.unit_name().is_some_and(|unit| CONTAINERS.contains(&unit)) => first.quantity,
        _ => None,
    };
    Ok(stated * count.unwrap_or(1.0))
}

/// An amount in a serving, and how far it can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// In the nutrient's unit.
    pub per_serving: f64,
    /// The share of the known weight whose amount is known, from 0 to 1.
    pub coverage: f64,
    /// Whether it may be more.
    pub at_least: bool,
    /// The lines it does not count.
    pub missing: Vec<String>,
}

/// A recipe whose lines are read.
pub struct Written<'a> {
    /// Its lines, without the empty ones.
    pub lines: Vec<Line<'a>>,
    servings: f64,
}

impl<'a> Written<'a> {
    /// Reads a recipe's lines; Korean lists in one line are taken apart at their commas. `servings` is above 0.
    #[must_use]
    pub fn read(text: &str, servings: f64, tables: &'a Tables) -> Self {
        let rows: Vec<String> = if text.contains(|c| matches!(c, '가'..='힣')) {
            lines(text).into_iter().map(|(_, line)| line).collect()
        } else {
            text.lines().map(str::trim).filter(|row| !row.is_empty()).map(str::to_owned).collect()
        };
        Self::of(&rows, servings, tables)
    }

    /// A recipe whose lines are already apart.
    #[must_use]
    pub fn of(lines: &[String], servings: f64, tables: &'a Tables) -> Self {
        let mut reader = Reader::default();
        Self::with(lines.iter().map(|line| Line::read(line, &mut reader, tables)).collect(), servings)
    }

    /// A recipe whose lines are read already.
    #[must_use]
    pub fn with(lines: Vec<Line<'a>>, servings: f64) -> Self {
        Self { lines, servings }
    }

    /// Grams of a serving; none where a line's weight is not known.
    #[must_use]
    pub fn serving_g(&self) -> Option<f64> {
        let weightless = |line: &Line<'_>| line.grams.is_err_and(|why| why == NoGrams::UnknownUnit);
        let unknown = self.lines.is_empty() || self.lines.iter().any(weightless);
        (!unknown).then(|| self.weight() / self.servings)
    }

    fn weight(&self) -> f64 {
        self.lines.iter().filter_map(|line| line.grams.ok()).sum()
    }

    /// The amounts of all nutrients.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<Nutrient, Figure> {
        Nutrient::ALL.iter().map(|nutrient| (*nutrient, self.figure(*nutrient))).collect()
    }

    fn figure(&self, nutrient: Nutrient) -> Figure {
        let (mut sum, mut covered) = (0.0, 0.0);
        let mut missing = Vec::new();
        let mut at_least = false;
        for line in &self.lines {
            match (line.grams, line.per_100g(nutrient)) {
                (Ok(grams), Some(amount)) => {
                    sum += amount * grams / 100.0;
                    covered += grams;
                }
                (Ok(_), None) => missing.push(line.name().to_owned()),
                _ => {}
            }
        }
        for line in &self.lines {
            let unmeasured =
                || line.per_100g(nutrient).is_none_or(|amount| amount * UNMEASURED_G / 100.0 > sum * MATTERS);
            let matters = match line.missing() {
                Some(Missing::Quantity) => unmeasured(),
                Some(Missing::Unit) => line.per_100g(nutrient) != Some(0.0),
                Some(Missing::Food) => true,
                Some(Missing::Nutrient) | None => false,
            };
            if matters {
                at_least = true;
                let name = line.name().to_owned();
                if !missing.contains(&name) {
                    missing.push(name);
                }
            }
        }
        let weight = self.weight();
        let coverage = if weight > 0.0 { covered / weight } else { 0.0 };
        Figure { per_serving: sum / self.servings, coverage, at_least: at_least || coverage < COVERED, missing }
    }

    /// The flags of all allergens.
    #[must_use]
    pub fn allergens(&self) -> AllergenFlags {
        self.labelled(allergens)
    }

    /// The flags of all diets; those of amounts by the figures that are whole.
    #[must_use]
    pub fn diets(&self) -> DietFlags {
        let mut flags = self.labelled(diets);
        let mut whole = Nutrients::default();
        for (nutrient, figure) in self.figures() {
            whole.set(nutrient, (!figure.at_least).then_some(figure.per_serving as f32));
        }
        let grams = self.serving_g().map(|grams| grams as f32);
        // How it is cooked is not told, so that a fifth of it may boil away.
        let served = Served { least_g: grams.map(|grams| grams * 0.8), ..Served::solid(grams) };
        flags.extend(from_amounts(&whole, served));
        flags
    }

    fn labelled<T>(&self, make: impl Fn(&[Labelled<'_>]) -> T) -> T {
        let text = |line: &Line<'_>| Text::detect(line.name().to_owned());
        let names: Vec<Text> = self.lines.iter().map(text).collect();
        let label = |(line, name)| {
            let line: &Line<'_> = line;
            Labelled { name, label: line.label, others: &line.others }
        };
        make(&self.lines.iter().zip(&names).map(label).collect::<Vec<_>>())
    }
}
