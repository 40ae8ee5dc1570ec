//! Shopping lists, alone or with others: what to buy, by aisle, ticked by whoever has it in the basket.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::Person;
use crate::codes::coded;
use crate::foods::FoodGroup;
use crate::problem::FieldError;
use crate::recipes::CookUnit;
use crate::written;

/// The longest name of a list and of what is to be bought, in characters.
const MAX_NAME: usize = 80;
const MAX_TEXT: usize = 200;
/// The largest amount.
const MAX_AMOUNT: f32 = 1_000_000.0;
/// The most people of a list.
pub const MAX_PEOPLE: usize = 20;
/// The most lines of a list.
pub const MAX_ITEMS: usize = 500;

coded! {
    /// Where in a shop something is, in the order in which one walks.
    pub enum Aisle ("aisle") {
        Produce = "produce", "채소·과일", "Fruit and vegetables";
        Bakery = "bakery", "빵", "Bakery";
        Meat = "meat", "정육", "Meat";
        Seafood = "seafood", "수산", "Fish and seafood";
        Chilled = "chilled", "유제품·냉장", "Dairy and chilled";
        Dry = "dry", "곡류·면·콩", "Grains, pasta and beans";
        Seasoning = "seasoning", "양념·기름", "Seasonings and oils";
        Nuts = "nuts", "견과", "Nuts and seeds";
        Sweets = "sweets", "과자·당류", "Sweets";
        Drinks = "drinks", "음료", "Drinks";
        Other = "other", "기타", "Other";
    }
}

/// A list of things to buy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShoppingList {
    /// Its id.
    pub id: Uuid,
    /// Its name; empty for the one that a person begins with.
    pub name: String,
    /// Who shares it, oneself among them.
    pub people: Vec<Person>,
    /// Whether one shares it still.
    pub inside: bool,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShoppingItem {
    /// Its id.
    pub id: Uuid,
    /// Its list.
    pub list: Uuid,
    /// What to buy.
    pub what: ShoppingLine,
    /// Whether it is in the basket.
    #[serde(default)]
    pub ticked: bool,
}

impl Aisle {
    /// Where a shop has foods of a group.
    #[must_use]
    pub const fn of(group: FoodGroup) -> Self {
        match group {
            FoodGroup::Vegetables | FoodGroup::Fruits | FoodGroup::Mushrooms | FoodGroup::Potatoes => Self::Produce,
            FoodGroup::Baked => Self::Bakery,
            FoodGroup::Meat | FoodGroup::Poultry => Self::Meat,
            FoodGroup::Seafood | FoodGroup::Seaweeds => Self::Seafood,
            FoodGroup::Dairy | FoodGroup::Eggs | FoodGroup::Kimchi => Self::Chilled,
            FoodGroup::Grains | FoodGroup::Legumes | FoodGroup::Cereals => Self::Dry,
            FoodGroup::Seasonings | FoodGroup::FatsOils | FoodGroup::Soups => Self::Seasoning,
            FoodGroup::NutsSeeds => Self::Nuts,
            FoodGroup::Sweets => Self::Sweets,
            FoodGroup::Beverages => Self::Drinks,
            FoodGroup::Dishes | FoodGroup::BabyFoods | FoodGroup::Other => Self::Other,
        }
    }
}

/// What to buy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShoppingLine {
    /// What it is, or the person's own words with the amount; 1 to 200 characters.
    pub text: String,
    /// The food, by which lines are added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub food: Option<Uuid>,
    /// How much, in `unit`; a count without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<f32>,
    /// The unit of `quantity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<CookUnit>,
    /// Its weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grams: Option<f32>,
    /// Whether the weight is added up from what was not all weighed: about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about: bool,
    /// Where it is in the shop.
    #[serde(default)]
    pub aisle: Option<Aisle>,
    /// What needs it: the recipes' titles.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uses: String,
}

impl ShoppingLine {
    /// Adds what else is to be bought of the same food; false, and nothing changed, where they cannot be added. Counts of one unit stay
    /// counts; what comes in different ones is added up by weight, about.
    pub fn add(&mut self, other: &Self) -> bool {
        let same = match (self.food, other.food) {
            (Some(mine), Some(theirs)) => mine == theirs,
            (None, None) => self.text == other.text,
            _ => false,
        };
        let sum = |a: Option<f32>, b: Option<f32>| a.zip(b).map(|(a, b)| a + b);
        let (quantity, grams) = (sum(self.quantity, other.quantity), sum(self.grams, other.grams));
        if !same || (grams.is_none() && (quantity.is_none() || self.unit != other.unit)) {
            return false;
        }
        let weighed = |line: &Self| line.unit == Some(CookUnit::Gram) || line.quantity.is_none();
        if self.unit == other.unit && quantity.is_some() {
            self.quantity = quantity;
        } else {
            self.about |= other.about || !weighed(self) || !weighed(other);
            (self.quantity, self.unit) = (None, None);
        }
        self.grams = grams;
        let known: Vec<&str> = self.uses.split(", ").filter(|uses| !uses.is_empty()).collect();
        if !other.uses.is_empty() && !known.contains(&other.uses.as_str()) {
            let uses = [self.uses.as_str(), other.uses.as_str()].join(if known.is_empty() { "" } else { ", " });
            self.uses = uses.chars().take(MAX_TEXT).collect();
        }
        true
    }
}

/// A change of shopping lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShoppingChange {
    /// Begins a list, or names one anew.
    OpenList {
        /// Its id, made by the device.
        id: Uuid,
        /// Its name, at most 80 characters.
        name: String,
    },
    /// Takes a person into a list one shares.
    ShareList {
        /// Which.
        list: Uuid,
        /// Whom.
        person: Uuid,
    },
    /// Leaves a list; it is gone with the last who leaves.
    LeaveList {
        /// Which.
        list: Uuid,
    },
    /// Writes a line, or rewrites it; whether it is ticked stays as it is.
    PutItem {
        /// Its id, made by the device.
        id: Uuid,
        /// Its list.
        list: Uuid,
        /// What to buy.
        what: ShoppingLine,
    },
    /// Ticks a line, or takes the tick back.
    TickItem {
        /// Which.
        id: Uuid,
        /// Its list.
        list: Uuid,
        /// Whether from now on.
        on: bool,
    },
    /// Takes a line out.
    RemoveItem {
        /// Which.
        id: Uuid,
        /// Its list.
        list: Uuid,
    },
}

impl ShoppingChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        match &mut self {
            Self::OpenList { name, .. } => *name = written::line("name", name, 0, MAX_NAME)?,
            Self::PutItem { what, .. } => {
                what.text = written::line("text", &what.text, 1, MAX_TEXT)?;
                what.uses = written::line("uses", &what.uses, 0, MAX_TEXT)?;
                let amounts = [what.quantity, what.grams];
                if amounts.iter().flatten().any(|amount| !(0.0..=MAX_AMOUNT).contains(amount)) {
                    return Err(FieldError::out_of_range("quantity", 0, MAX_AMOUNT as u64));
                }
            }
            Self::ShareList { .. } | Self::LeaveList { .. } | Self::TickItem { .. } | Self::RemoveItem { .. } => {}
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn onions(quantity: f32, unit: Option<CookUnit>, grams: f32, uses: &str) -> ShoppingLine {
        ShoppingLine {
            text: "onions".into(),
            food: Some(Uuid::from_u128(1)),
            quantity: Some(quantity),
            unit,
            grams: Some(grams),
            uses: uses.into(),
            ..ShoppingLine::default()
        }
    }

    #[test]
    fn counts_stay_counts_and_what_is_mixed_is_weighed() {
        let mut line = onions(2.0, None, 300.0, "Soup");
        assert!(line.add(&onions(1.0, None, 150.0, "Stew")));
        assert_eq!((line.quantity, line.grams, line.about), (Some(3.0), Some(450.0), false));
        assert_eq!(line.uses, "Soup, Stew");
        assert!(line.add(&onions(150.0, Some(CookUnit::Gram), 150.0, "Stew")));
        assert_eq!((line.quantity, line.unit, line.grams, line.about), (None, None, Some(600.0), true));
        assert_eq!(line.uses, "Soup, Stew");
    }

    #[test]
    fn what_cannot_be_added_stays_as_it_was() {
        let line = onions(2.0, None, 300.0, "");
        let mut other = line.clone();
        assert!(!other.add(&ShoppingLine { food: Some(Uuid::from_u128(2)), ..line.clone() }));
        assert!(!other.add(&ShoppingLine { grams: None, unit: Some(CookUnit::Bunch), ..line.clone() }));
        assert!(!other.add(&ShoppingLine { food: None, ..line.clone() }));
        assert_eq!(other, line);
    }
}
