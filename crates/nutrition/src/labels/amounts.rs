//! Diets that depend on amounts: "low in …" and "high in …".
//!
//! Free means that the dish suits the diet, contains that it does not, unknown that an amount it
//! depends on is not known. The thresholds are those of nutrition claims on food in the European
//! Union (Regulation (EC) No 1924/2006, Annex), where drinks have their own; low-carb, for which no
//! claim exists, is that of Feinman and others, "Dietary carbohydrate restriction as the first approach in diabetes
//! management", Nutrition 31 (2015): under 26 % of energy.

use hnh_domain::label::{Diet, DietFlags, Flag, Presence};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::text::{Lang, Text};

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

    let hundred = if is_drink { Per::HundredMl } else { Per::HundredG };

    let fibre_100 = per_100(Nutrient::Fibre);
    let fibre_kcal = known(Nutrient::Fibre).zip(energy).map(|(f, e)| f * 100.0 / e);
    let by_weight = judge(Nutrient::Fibre, hundred, fibre_100, Limit::AtLeast(6.0));
    let by_energy = judge(Nutrient::Fibre, Per::HundredKcal, fibre_kcal, Limit::AtLeast(3.0));
    let high_fibre = match (by_weight.state, by_energy.state) {
        (Presence::Free, _) => by_weight,
        (_, Presence::Free) => by_energy,
        // It suits by either, so it breaks only what both tell.
        (Presence::Contains, Presence::Contains) => {
            Flag { state: Presence::Contains, because: [by_weight.because, by_energy.because].concat() }
        }
        _ => Flag::default(),
    };

    let of_energy = |nutrient, limit| judge(nutrient, Per::Energy, share(nutrient), limit);
    let at_most = |nutrient, limit| judge(nutrient, hundred, per_100(nutrient), Limit::AtMost(limit));
    DietFlags::from([
        (Diet::LowCarb, of_energy(Nutrient::Carbohydrate, Limit::AtMost(26.0))),
        (Diet::HighProtein, of_energy(Nutrient::Protein, Limit::AtLeast(20.0))),
        (Diet::LowFat, at_most(Nutrient::Fat, solid(3.0, 1.5))),
        (Diet::LowSodium, at_most(Nutrient::Sodium, 120.0)),
        (Diet::HighFibre, high_fibre),
        (Diet::LowSugar, at_most(Nutrient::Sugar, solid(5.0, 2.5))),
    ])
}

/// What an amount is counted against.
#[derive(Clone, Copy)]
enum Per {
    HundredG,
    HundredMl,
    HundredKcal,
    /// Its share of the energy, in percent.
    Energy,
}

/// The limit of a claim; both ends suit.
#[derive(Clone, Copy)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// Whether an amount keeps the limit, and the sentence that tells both.
fn judge(nutrient: Nutrient, per: Per, amount: Option<f64>, limit: Limit) -> Flag {
    let Some(amount) = amount else { return Flag::default() };
    let suits = match limit {
        Limit::AtMost(most) => amount <= most,
        Limit::AtLeast(least) => amount >= least,
    };
    let state = if suits { Presence::Free } else { Presence::Contains };
    Flag {
        state,
        because: vec![Text::both(told_ko(nutrient, per, amount, limit), told_en(nutrient, per, amount, limit))],
    }
}

/// An amount in a tenth of its unit, or exactly where a tenth would hide on which side of the limit it is.
fn figure(amount: f64, limit: f64) -> f64 {
    let tenths = (amount * 10.0).round() / 10.0;
    if tenths == limit { (amount * 1000.0).round() / 1000.0 } else { tenths }
}

fn told_ko(nutrient: Nutrient, per: Per, amount: f64, limit: Limit) -> String {
    let (name, unit) = (nutrient.name(Lang::Ko), nutrient.unit());
    let (limit, side) = match limit {
        Limit::AtMost(most) => (most, "이하"),
        Limit::AtLeast(least) => (least, "이상"),
    };
    let amount = figure(amount, limit);
    match per {
        Per::Energy => format!("{name}에서 오는 열량 {amount}% (기준 {limit}% {side})"),
        Per::HundredG => format!("{name} 100g당 {amount} {unit} (기준 {limit} {unit} {side})"),
        Per::HundredMl => format!("{name} 100ml당 {amount} {unit} (기준 {limit} {unit} {side})"),
        Per::HundredKcal => format!("{name} 100kcal당 {amount} {unit} (기준 {limit} {unit} {side})"),
    }
}

fn told_en(nutrient: Nutrient, per: Per, amount: f64, limit: Limit) -> String {
    let (name, unit) = (nutrient.name(Lang::En), nutrient.unit());
    let (limit, side) = match limit {
        Limit::AtMost(most) => (most, "at most"),
        Limit::AtLeast(least) => (least, "at least"),
    };
    let amount = figure(amount, limit);
    match per {
        Per::Energy => format!("{amount}% of energy from {} ({side} {limit}%)", name.to_lowercase()),
        Per::HundredG => format!("{name}: {amount} {unit} per 100 g ({side} {limit} {unit})"),
        Per::HundredMl => format!("{name}: {amount} {unit} per 100 ml ({side} {limit} {unit})"),
        Per::HundredKcal => format!("{name}: {amount} {unit} per 100 kcal ({side} {limit} {unit})"),
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
        assert!(
            flags[&Diet::LowSodium].because[0]
                .en
                .as_deref()
                .unwrap()
                .starts_with("Sodium: 120.6 mg per 100 g (at most 120 mg)")
        );
        let protein = flags[&Diet::HighProtein].because[0].ko.as_deref();
        assert_eq!(protein, Some("단백질에서 오는 열량 20% (기준 20% 이상)"));
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
