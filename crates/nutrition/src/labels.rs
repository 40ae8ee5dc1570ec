//! Allergen and diet labels of a dish, from what is known of each ingredient.
//!
//! A label is never calmer than its ingredients: states mix by [`Presence::mix`], so adding an
//! ingredient never turns "contains" into "free", and one ingredient that nobody has labelled makes
//! every "free" unknown. By ingredients only: traces from a kitchen are not known.

mod amounts;
mod table;

pub use amounts::{Served, from_amounts};
pub use table::{FoodLabel, LabelTable, Origin};

use hnh_domain::label::{Allergen, AllergenFlags, Diet, DietFlags, Flag, Presence};
use hnh_domain::text::Text;

/// An ingredient: its name, and its food's label if somebody has written one.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// What the reader of a recipe knows it as.
    pub name: &'a Text,
    /// The label; without one everything about it is unknown.
    pub label: Option<&'a FoodLabel>,
    /// What it can be instead ("butter or margarine") and what is named beside it ("tossed in flour"): its allergens
    /// may be there.
    pub others: &'a [Option<&'a FoodLabel>],
}

impl Labelled<'_> {
    fn state(&self, of: impl Fn(&FoodLabel) -> Presence) -> Presence {
        let own = self.label.map_or(Presence::Unknown, &of);
        let others = self.others.iter().map(|other| other.map_or(Presence::Unknown, &of));
        others.map(|state| state.min(Presence::MayContain)).fold(own, Presence::mix)
    }
}

/// The flags of all allergens.
#[must_use]
pub fn allergens(ingredients: &[Labelled<'_>]) -> AllergenFlags {
    Allergen::ALL.iter().map(|a| (*a, mix(ingredients, |label| label.allergen(*a)))).collect()
}

/// The flags of the diets that depend on what the ingredients are.
#[must_use]
pub fn diets(ingredients: &[Labelled<'_>]) -> DietFlags {
    let mut flags = DietFlags::new();
    for diet in Diet::ALL {
        let flag = match diet {
            Diet::KosherFriendly => kosher(ingredients),
            diet => match rule(*diet) {
                Some(rule) => mix(ingredients, |label| rule(label).mix(label.stated(*diet))),
                None => continue,
            },
        };
        flags.insert(*diet, flag);
    }
    flags
}

/// What in one food breaks a diet; none for diets of amounts, and for kosher, which looks at pairs.
fn rule(diet: Diet) -> Option<fn(&FoodLabel) -> Presence> {
    use Origin as O;
    Some(match diet {
        Diet::Vegan => |label| {
            label.origin(&[O::Dairy, O::Egg, O::Honey, O::Fish, O::Seafood, O::Pork, O::Beef, O::Poultry, O::Meat])
        },
        Diet::Vegetarian => |label| label.origin(O::FLESH),
        Diet::LactoVegetarian => |label| label.origin(O::FLESH).mix(label.origin(&[O::Egg])),
        Diet::OvoVegetarian => |label| label.origin(O::FLESH).mix(label.origin(&[O::Dairy])),
        Diet::Pescatarian => |label| label.origin(O::LAND_MEAT),
        Diet::GlutenFree => |label| label.allergen(Allergen::Gluten),
        Diet::DairyFree => |label| label.allergen(Allergen::Milk),
        Diet::NutFree => |label| {
            [Allergen::Peanut, Allergen::TreeNut, Allergen::Walnut, Allergen::PineNut]
                .into_iter()
                .map(|nut| label.allergen(nut))
                .fold(Presence::Free, Presence::mix)
        },
        Diet::HalalFriendly => |label| {
            let alcohol = if label.alcohol { Presence::Contains } else { Presence::Free };
            alcohol.mix(label.origin(&[O::Pork])).mix(slaughter(label))
        },
        _ => return None,
    })
}

/// Meat other than pork suits halal and kosher only if it was slaughtered so, which no table knows.
fn slaughter(label: &FoodLabel) -> Presence {
    match label.origin(&[Origin::Beef, Origin::Poultry, Origin::Meat]) {
        Presence::Contains => Presence::MayContain,
        other => other,
    }
}

/// Pork and shellfish break kosher, and so does meat together with milk.
fn kosher(ingredients: &[Labelled<'_>]) -> Flag {
    let single = mix(ingredients, |label| {
        let shellfish = [Allergen::Crustacean, Allergen::Mollusc].map(|a| label.allergen(a));
        let seafood = label.origin(&[Origin::Pork, Origin::Seafood]);
        let stated = label.stated(Diet::KosherFriendly);
        shellfish.into_iter().fold(seafood, Presence::mix).mix(slaughter(label)).mix(stated)
    });
    let meat = mix(ingredients, |label| label.origin(&[Origin::Beef, Origin::Poultry, Origin::Meat]));
    let milk = mix(ingredients, |label| label.allergen(Allergen::Milk));
    if meat.state == Presence::Contains && milk.state == Presence::Contains && single.state != Presence::Contains {
        let mut because = meat.because;
        because.extend(milk.because.into_iter().filter(|t| !single.because.contains(t)));
        return Flag { state: Presence::Contains, because };
    }
    single
}

/// The worst state of the ingredients, and which of them are in it.
fn mix(ingredients: &[Labelled<'_>], state: impl Fn(&FoodLabel) -> Presence) -> Flag {
    let states: Vec<Presence> = ingredients.iter().map(|i| i.state(&state)).collect();
    // Of a dish whose ingredients are not stated, nothing is known.
    let worst = states.iter().copied().reduce(Presence::mix).unwrap_or(Presence::Unknown);
    let mut because: Vec<Text> = Vec::new();
    if worst != Presence::Free {
        for (ingredient, state) in ingredients.iter().zip(&states) {
            if *state == worst && !because.contains(ingredient.name) {
                because.push(ingredient.name.clone());
            }
        }
    }
    Flag { state: worst, because }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn label(text: &str) -> FoodLabel {
        LabelTable::read(format!("food,name,origin,contains,may_contain,flags\nusda:1,x,{text}\n").as_bytes(), "t")
            .unwrap()
            .get("usda:1")
            .unwrap()
            .clone()
    }

    fn flags(labels: &[Option<FoodLabel>]) -> (AllergenFlags, DietFlags) {
        let names: Vec<Text> =
            (0..labels.len()).map(|i| Text::both(format!("재료 {i}"), format!("item {i}"))).collect();
        let list: Vec<Labelled<'_>> = names
            .iter()
            .zip(labels)
            .map(|(name, label)| Labelled { name, label: label.as_ref(), others: &[] })
            .collect();
        (allergens(&list), diets(&list))
    }

    #[test]
    fn a_specific_allergen_brings_the_general_one() {
        let (a, d) = flags(&[Some(label("plant,wheat,,"))]);
        assert_eq!(a[&Allergen::Gluten].state, Presence::Contains);
        assert_eq!(a[&Allergen::Gluten].because[0].en.as_deref(), Some("item 0"));
        assert_eq!(d[&Diet::GlutenFree].state, Presence::Contains);
        assert_eq!(d[&Diet::Vegan].state, Presence::Free);
        assert!(d[&Diet::Vegan].because.is_empty());
    }

    #[test]
    fn chocolate_that_may_have_milk_may_break_a_vegan_diet() {
        let (_, d) = flags(&[Some(label("plant,,milk soy,"))]);
        assert_eq!(d[&Diet::Vegan].state, Presence::MayContain);
        assert_eq!(d[&Diet::DairyFree].state, Presence::MayContain);
        assert_eq!(d[&Diet::LactoVegetarian].state, Presence::Free);
    }

    #[test]
    fn kosher_looks_at_meat_together_with_milk() {
        let (beef, milk) = (Some(label("beef,beef,,")), Some(label("dairy,milk,,")));
        assert_eq!(flags(std::slice::from_ref(&beef)).1[&Diet::KosherFriendly].state, Presence::MayContain);
        assert_eq!(flags(std::slice::from_ref(&milk)).1[&Diet::KosherFriendly].state, Presence::Free);
        let both = &flags(&[beef, milk]).1[&Diet::KosherFriendly];
        assert_eq!((both.state, both.because.len()), (Presence::Contains, 2));
        assert_eq!(flags(&[Some(label("plant,shrimp,,"))]).1[&Diet::KosherFriendly].state, Presence::Contains);
    }

    #[test]
    fn wine_and_pork_break_halal_and_beef_may() {
        let halal = |text: &str| flags(&[Some(label(text))]).1[&Diet::HalalFriendly].state;
        assert_eq!(halal("plant,sulphite,,alcohol"), Presence::Contains);
        assert_eq!(halal("pork,pork,,"), Presence::Contains);
        assert_eq!(halal("beef,beef,,"), Presence::MayContain);
        assert_eq!(halal("fish,fish,,"), Presence::Free);
    }

    #[test]
    fn where_a_general_allergen_may_be_so_may_its_kinds() {
        let sauce = label("fish,fish,mollusc crustacean,");
        for kind in [Allergen::Shrimp, Allergen::Crab, Allergen::Squid, Allergen::Shellfish] {
            assert_eq!(sauce.allergen(kind), Presence::MayContain, "{kind}");
        }
        // Cod is fish, and no mackerel.
        assert_eq!(sauce.allergen(Allergen::Mackerel), Presence::Free);
        // A kind that may be there says nothing of its sisters.
        assert_eq!(label("plant,,shrimp,").allergen(Allergen::Crab), Presence::Free);
    }

    #[test]
    fn rennet_breaks_what_no_allergen_tells() {
        let (_, diets) = flags(&[Some(label("dairy,milk,,breaks:vegetarian may_break:kosher_friendly"))]);
        for diet in [Diet::Vegetarian, Diet::LactoVegetarian, Diet::OvoVegetarian, Diet::Vegan] {
            assert_eq!(diets[&diet].state, Presence::Contains, "{diet}");
        }
        assert_eq!(diets[&Diet::KosherFriendly].state, Presence::MayContain);
        assert_eq!(diets[&Diet::Pescatarian].state, Presence::Free);
    }

    #[test]
    fn what_an_ingredient_can_be_instead_may_be_there() {
        let (soy_milk, milk) = (label("plant,soy,,"), label("dairy,,,"));
        let name = Text::both("두유", "soy milk or milk");
        let dish = |others: &[Option<&FoodLabel>]| {
            let flags = allergens(&[Labelled { name: &name, label: Some(&soy_milk), others }]);
            [Allergen::Soy, Allergen::Milk].map(|allergen| flags[&allergen].state)
        };
        assert_eq!(dish(&[]), [Presence::Contains, Presence::Free]);
        assert_eq!(dish(&[Some(&milk)]), [Presence::Contains, Presence::MayContain]);
        assert_eq!(dish(&[None]), [Presence::Contains, Presence::Unknown]);
    }

    #[test]
    fn nothing_is_known_of_a_dish_without_ingredients() {
        let (a, d) = flags(&[]);
        assert!(a.values().chain(d.values()).all(|f| f.state == Presence::Unknown));
    }

    fn any_label() -> impl Strategy<Value = Option<FoodLabel>> {
        let origin = prop::sample::select(Origin::ALL.to_vec());
        let some = |n| prop::sample::subsequence(Allergen::ALL.to_vec(), 0..n);
        prop::option::weighted(
            0.8,
            (origin, some(4), some(3), any::<bool>())
                .prop_map(|(origin, contains, may, alcohol)| FoodLabel::new(vec![origin], contains, may, alcohol)),
        )
    }

    proptest! {
        #[test]
        fn adding_an_ingredient_never_calms(mut dish in prop::collection::vec(any_label(), 1..6), more in any_label()) {
            let (a, d) = flags(&dish);
            dish.push(more);
            let (a2, d2) = flags(&dish);
            for (allergen, flag) in &a {
                prop_assert!(a2[allergen].state >= flag.state, "{allergen}");
            }
            for (diet, flag) in &d {
                prop_assert!(d2[diet].state >= flag.state, "{diet}");
            }
        }

        #[test]
        fn an_unlabelled_ingredient_leaves_no_free(mut dish in prop::collection::vec(any_label(), 0..6), at in any::<prop::sample::Index>()) {
            dish.insert(at.index(dish.len() + 1), None);
            let (a, d) = flags(&dish);
            prop_assert!(a.values().chain(d.values()).all(|f| f.state != Presence::Free));
        }

        #[test]
        fn every_state_but_free_says_why(dish in prop::collection::vec(any_label(), 1..6)) {
            let (a, d) = flags(&dish);
            for flag in a.values().chain(d.values()) {
                prop_assert_eq!(flag.because.is_empty(), flag.state == Presence::Free);
            }
        }
    }
}
