//! Diets that depend on amounts: "low in …" and "high in …".
//!
//! Free means that the dish suits the diet, contains that it does not, unknown that an amount it
//! depends on is not known. The thresholds are those of nutrition claims on food in the European
//! Union (Regulation (EC) No 1924/2006, Annex), where drinks have their own; low-carb, for which no
//! claim exists, is that of Feinman and others, "Dietary carbohydrate restriction as the first approach in diabetes
//! management", Nutrition 31 (2015): under 26 % of energy.

use hnh_domain::label::{Diet, DietFlags, Flag, Presence};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::text::Text;

/// Energy of carbohydrate and of protein in kcal a gram (Regulation (EU) No 1169/2011, Annex XIV).
const KCAL_PER_G: f64 = 4.0;

/// The flags, from amounts per serving and the grams of a serving; a drink has the thresholds per 100 ml.
#[must_use]
pub fn from_amounts(serving: &Nutrients, serving_g: Option<f32>, is_drink: bool) -> DietFlags {
    // In f64, so that an amount at a threshold is not pushed over it by rounding.
    let known = |n| serving.get(n).map(f64::from);
    let per_100 = |n| serving_g.filter(|g| *g > 0.0).and_then(|g| Some(known(n)? * 100.0 / f64::from(g)));
    let energy = known(Nutrient::Energy).filter(|e| *e > 0.0);
    let share = |n| Some(known(n)? * KCAL_PER_G * 100.0 / energy?);
    let solid = |for_food: f64, for_drink: f64| if is_drink { for_drink } else { for_food };

    let fibre_100 = per_100(Nutrient::Fibre);
    let fibre_kcal = known(Nutrient::Fibre).zip(energy).map(|(f, e)| f * 100.0 / e);
    let high_fibre = match (fibre_100, fibre_kcal) {
        (Some(f), _) if f >= 6.0 => suits(),
        (_, Some(f)) if f >= 3.0 => suits(),
        (Some(per_g), Some(_)) => breaks("식이섬유", "fibre", per_g, "g/100 g", "6 g/100 g, 3 g/100 kcal"),
        _ => Flag::default(),
    };

    DietFlags::from([
        (
            Diet::LowCarb,
            at_most(share(Nutrient::Carbohydrate), 26.0, "탄수화물 열량 비율", "energy from carbohydrate", "%"),
        ),
        (Diet::HighProtein, at_least(share(Nutrient::Protein), 20.0, "단백질 열량 비율", "energy from protein", "%")),
        (Diet::LowFat, at_most(per_100(Nutrient::Fat), solid(3.0, 1.5), "지방", "fat", "g/100 g")),
        (Diet::LowSodium, at_most(per_100(Nutrient::Sodium), 120.0, "나트륨", "sodium", "mg/100 g")),
        (Diet::HighFibre, high_fibre),
        (Diet::LowSugar, at_most(per_100(Nutrient::Sugar), solid(5.0, 2.5), "당류", "sugars", "g/100 g")),
    ])
}

fn suits() -> Flag {
    Flag { state: Presence::Free, because: Vec::new() }
}

fn breaks(ko: &str, en: &str, amount: f64, unit: &str, limit: &str) -> Flag {
    let reason = Text::both(
        format!("{ko} {amount:.1} {unit} (기준 {limit})"),
        format!("{en} {amount:.1} {unit} (limit {limit})"),
    );
    Flag { state: Presence::Contains, because: vec![reason] }
}

fn at_most(amount: Option<f64>, limit: f64, ko: &str, en: &str, unit: &str) -> Flag {
    match amount {
        None => Flag::default(),
        Some(amount) if amount <= limit => suits(),
        Some(amount) => breaks(ko, en, amount, unit, &format!("≤ {limit} {unit}")),
    }
}

fn at_least(amount: Option<f64>, limit: f64, ko: &str, en: &str, unit: &str) -> Flag {
    match amount {
        None => Flag::default(),
        Some(amount) if amount >= limit => suits(),
        Some(amount) => breaks(ko, en, amount, unit, &format!("≥ {limit} {unit}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serving(amounts: &[(Nutrient, f32)]) -> Nutrients {
        let mut n = Nutrients::default();
        for (nutrient, amount) in amounts {
            n.set(*nutrient, Some(*amount));
        }
        n
    }

    #[test]
    fn the_thresholds_include_their_ends() {
        let n = serving(&[(Nutrient::Energy, 100.0), (Nutrient::Protein, 5.0), (Nutrient::Sodium, 240.0)]);
        let flags = from_amounts(&n, Some(200.0), false);
        assert_eq!(flags[&Diet::HighProtein].state, Presence::Free);
        assert_eq!(flags[&Diet::LowSodium].state, Presence::Free);
        let flags = from_amounts(&n, Some(199.0), false);
        assert_eq!(flags[&Diet::LowSodium].state, Presence::Contains);
        assert!(flags[&Diet::LowSodium].because[0].en.as_deref().unwrap().starts_with("sodium 120.6 mg/100 g"));
    }

    #[test]
    fn an_unknown_amount_never_suits() {
        let flags = from_amounts(&Nutrients::default(), None, false);
        assert!(flags.values().all(|f| f.state == Presence::Unknown));
        let flags = from_amounts(&serving(&[(Nutrient::Fat, 0.1)]), None, false);
        assert_eq!(flags[&Diet::LowFat].state, Presence::Unknown);
    }

    #[test]
    fn a_drink_is_measured_as_one() {
        let n = serving(&[(Nutrient::Sugar, 8.0)]);
        assert_eq!(from_amounts(&n, Some(200.0), false)[&Diet::LowSugar].state, Presence::Free);
        assert_eq!(from_amounts(&n, Some(200.0), true)[&Diet::LowSugar].state, Presence::Contains);
    }
}
