//! Allergens and diets: what a label can say, and how sure it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes::coded;

/// What is known of an allergen, or of what breaks a diet, in a dish. Unknown is never "free".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Every ingredient is known and none has it.
    Free,
    /// Something is not known.
    #[default]
    Unknown,
    /// Commonly sold versions of an ingredient have it.
    MayContain,
    /// An ingredient has it.
    Contains,
}

impl Presence {
    /// The state of a mixture: the more worrying one wins, so adding an ingredient never calms.
    #[must_use]
    pub fn mix(self, other: Self) -> Self {
        self.max(other)
    }
}

/// A state and the ingredients that cause it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flag {
    /// The state.
    pub state: Presence,
    /// What causes it, in words a person reads; empty for "free".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<crate::text::Text>,
}

/// Flags of a recipe by allergen; an absent one is unknown.
pub type AllergenFlags = BTreeMap<Allergen, Flag>;
/// Flags of a recipe by diet: the presence of what breaks the diet; an absent one is unknown.
pub type DietFlags = BTreeMap<Diet, Flag>;

coded! {
    /// Allergens that must be labelled in Korea (식품 등의 표시·광고에 관한 법률 시행규칙, 별표 2) or the EU
    /// (Regulation 1169/2011, Annex II), one list. Specific ones imply general ones: see [`Allergen::implies`].
    pub enum Allergen ("allergen") {
        Egg = "egg", "달걀", "Eggs";
        Milk = "milk", "우유", "Milk";
        Wheat = "wheat", "밀", "Wheat";
        Gluten = "gluten", "글루텐 곡물", "Cereals with gluten";
        Buckwheat = "buckwheat", "메밀", "Buckwheat";
        Peanut = "peanut", "땅콩", "Peanuts";
        Soy = "soy", "대두", "Soya";
        TreeNut = "tree_nut", "견과류", "Tree nuts";
        Walnut = "walnut", "호두", "Walnuts";
        PineNut = "pine_nut", "잣", "Pine nuts";
        Sesame = "sesame", "참깨", "Sesame";
        Celery = "celery", "셀러리", "Celery";
        Mustard = "mustard", "겨자", "Mustard";
        Lupin = "lupin", "루핀", "Lupin";
        Fish = "fish", "생선", "Fish";
        Mackerel = "mackerel", "고등어", "Mackerel";
        Crustacean = "crustacean", "갑각류", "Crustaceans";
        Shrimp = "shrimp", "새우", "Shrimp";
        Crab = "crab", "게", "Crab";
        Mollusc = "mollusc", "연체동물", "Molluscs";
        Squid = "squid", "오징어", "Squid";
        Shellfish = "shellfish", "조개류", "Clams, oysters, mussels, abalone";
        Pork = "pork", "돼지고기", "Pork";
        Beef = "beef", "쇠고기", "Beef";
        Chicken = "chicken", "닭고기", "Chicken";
        Peach = "peach", "복숭아", "Peach";
        Tomato = "tomato", "토마토", "Tomato";
        Sulphite = "sulphite", "아황산류", "Sulphites";
    }
}

impl Allergen {
    /// The more general allergen that this one is a kind of.
    #[must_use]
    pub fn implies(self) -> Option<Self> {
        match self {
            Self::Wheat => Some(Self::Gluten),
            Self::Walnut => Some(Self::TreeNut),
            Self::Mackerel => Some(Self::Fish),
            Self::Shrimp | Self::Crab => Some(Self::Crustacean),
            Self::Squid | Self::Shellfish => Some(Self::Mollusc),
            _ => None,
        }
    }

    /// The kinds that may be there where it is only known that this general one may be: all that imply it, and
    /// pine nuts, which packers keep beside tree nuts although they are none by law.
    #[must_use]
    pub fn kinds(self) -> &'static [Self] {
        match self {
            Self::Gluten => &[Self::Wheat],
            Self::TreeNut => &[Self::Walnut, Self::PineNut],
            Self::Fish => &[Self::Mackerel],
            Self::Crustacean => &[Self::Shrimp, Self::Crab],
            Self::Mollusc => &[Self::Squid, Self::Shellfish],
            _ => &[],
        }
    }
}

coded! {
    /// Diets a recipe can suit. By ingredients only: a kitchen's practice is not known.
    pub enum Diet ("diet") {
        Vegan = "vegan", "비건", "Vegan";
        Vegetarian = "vegetarian", "채식 (락토오보)", "Vegetarian";
        LactoVegetarian = "lacto_vegetarian", "락토 채식", "Lacto-vegetarian";
        OvoVegetarian = "ovo_vegetarian", "오보 채식", "Ovo-vegetarian";
        Pescatarian = "pescatarian", "페스코", "Pescatarian";
        GlutenFree = "gluten_free", "글루텐프리", "Gluten-free";
        DairyFree = "dairy_free", "유제품 없음", "Dairy-free";
        NutFree = "nut_free", "견과·땅콩 없음", "Nut-free";
        HalalFriendly = "halal_friendly", "할랄 (재료 기준)", "Halal by ingredients";
        KosherFriendly = "kosher_friendly", "코셔 (재료 기준)", "Kosher by ingredients";
        LowCarb = "low_carb", "저탄수화물", "Low-carb";
        HighProtein = "high_protein", "고단백", "High-protein";
        LowFat = "low_fat", "저지방", "Low-fat";
        LowSodium = "low_sodium", "저나트륨", "Low-sodium";
        HighFibre = "high_fibre", "고식이섬유", "High-fibre";
        LowSugar = "low_sugar", "저당", "Low-sugar";
    }
}

impl Diet {
    /// Whether it is about an amount rather than about what the ingredients are.
    #[must_use]
    pub fn is_measured(self) -> bool {
        use Diet::{HighFibre, HighProtein, LowCarb, LowFat, LowSodium, LowSugar};
        matches!(self, LowCarb | HighProtein | LowFat | LowSodium | HighFibre | LowSugar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worse_state_wins_and_unknown_beats_free() {
        assert_eq!(Presence::Free.mix(Presence::Unknown), Presence::Unknown);
        assert_eq!(Presence::Unknown.mix(Presence::MayContain), Presence::MayContain);
        assert_eq!(Presence::MayContain.mix(Presence::Contains), Presence::Contains);
    }

    #[test]
    fn every_kind_of_an_allergen_is_among_its_kinds() {
        for kind in Allergen::ALL {
            assert!(kind.implies().is_none_or(|general| general.kinds().contains(kind)), "{kind}");
        }
    }

    #[test]
    fn codes_and_bits_are_stable() {
        for (i, a) in Allergen::ALL.iter().enumerate() {
            assert_eq!(a.index(), i);
            assert_eq!(a.code().parse::<Allergen>().unwrap(), *a);
        }
        let refusal = "nutz".parse::<Allergen>().unwrap_err();
        assert!(refusal.starts_with("unknown allergen \"nutz\": use one of egg, milk"), "{refusal}");
    }
}
