//! Diets that depend on amounts: "low in …" and "high in …".
//!
//! Free means that the dish suits the diet, contains that it does not, unknown that an amount it
//! depends on is not known. A dish is judged per 100 g *and* per serving, each by the authority that sets
//! that limit, and has to keep all of them: a big serving of what is low per 100 g is not low.
//!
//! - EU: Regulation (EC) No 1924/2006, Annex; what is eaten counts (Article 5(3)), so water that boils away does not.
//! - MFDS: 식품등의 표시기준, 영양강조표시 세부기준; its "미만" is narrower than the EU's "no more than".
//! - FDA: 21 CFR 101.54(b) (high: a fifth of the daily value), 101.61(b)(4) (sodium), 101.62(b) (fat), per reference amount,
//!   which is here the serving.
//! - WHO: Guideline on sugars intake for adults and children (2015), 25 g a day; a serving may have half, for no authority limits it.
//! - Low-carb is a claim of no law; its limit is that of Feinman and others, "Dietary carbohydrate restriction as the
//!   first approach in diabetes management", Nutrition 31 (2015).

use hnh_domain::label::{Diet, DietFlags, Flag, Presence};
use hnh_domain::nutrient::{Nutrient, Nutrients};
use hnh_domain::text::{Lang, Text};

/// Energy in kcal a gram (Regulation (EU) No 1169/2011, Annex XIV).
const KCAL_PER_G: f64 = 4.0;
const KCAL_PER_G_OF_FAT: f64 = 9.0;

/// What of a dish is served.
#[derive(Clone, Copy, Debug, Default)]
pub struct Served {
    /// Grams of a serving at most: with all water that goes in.
    pub most_g: Option<f32>,
    /// Grams of a serving at least, when water has boiled away; of a limit per 100 g the less favourable weight counts.
    pub least_g: Option<f32>,
    /// Whether it is drunk or spooned, as soups are: its limits are those per 100 ml.
    pub is_liquid: bool,
}

impl Served {
    /// A solid serving of this weight.
    #[must_use]
    pub fn solid(grams: Option<f32>) -> Self {
        Self { most_g: grams, least_g: grams, is_liquid: false }
    }
}

/// The flags, from amounts per serving.
#[must_use]
pub fn from_amounts(serving: &Nutrients, served: Served) -> DietFlags {
    use Nutrient as N;
    let dish = Dish { serving, served };
    let hundred = if served.is_liquid { Per::HundredMl } else { Per::HundredG };
    let of = |for_food: f64, for_liquid: f64| if served.is_liquid { for_liquid } else { for_food };
    let (low, high) = ("MFDS, EU 1924/2006", "EU 1924/2006");
    let rule = |nutrient, per, limit, authority| dish.judge(&Rule { nutrient, per, limit, authority });
    DietFlags::from([
        (Diet::LowCarb, rule(N::Carbohydrate, Per::Energy, Limit::Under(26.0), "Feinman 2015")),
        (
            Diet::HighProtein,
            all([
                rule(N::Protein, Per::Energy, Limit::AtLeast(20.0), high),
                rule(N::Protein, Per::Serving, Limit::AtLeast(11.0), "MFDS"),
            ]),
        ),
        (
            Diet::LowFat,
            all([
                rule(N::Fat, hundred, Limit::Under(of(3.0, 1.5)), low),
                rule(N::Fat, Per::Serving, Limit::AtMost(3.0), "FDA 21 CFR 101.62"),
                rule(N::Fat, Per::Energy, Limit::AtMost(30.0), "FDA 21 CFR 101.62"),
            ]),
        ),
        (
            Diet::LowSodium,
            all([
                rule(N::Sodium, hundred, Limit::Under(120.0), low),
                rule(N::Sodium, Per::Serving, Limit::AtMost(140.0), "FDA 21 CFR 101.61"),
            ]),
        ),
        (
            Diet::HighFibre,
            all([
                any([
                    rule(N::Fibre, hundred, Limit::AtLeast(6.0), high),
                    rule(N::Fibre, Per::HundredKcal, Limit::AtLeast(3.0), high),
                ]),
                rule(N::Fibre, Per::Serving, Limit::AtLeast(5.6), "FDA 21 CFR 101.54"),
            ]),
        ),
        (
            Diet::LowSugar,
            all([
                rule(N::Sugar, hundred, Limit::Under(of(5.0, 2.5)), low),
                rule(N::Sugar, Per::Serving, Limit::AtMost(12.5), "WHO 2015: 25 g / 2"),
            ]),
        ),
    ])
}

/// All limits have to be kept; what is told are those that decide.
fn all<const N: usize>(flags: [Flag; N]) -> Flag {
    together(flags, |states| {
        if states.contains(&Presence::Contains) {
            Presence::Contains
        } else if states.iter().all(|state| *state == Presence::Free) {
            Presence::Free
        } else {
            Presence::Unknown
        }
    })
}

/// One of the limits is enough.
fn any<const N: usize>(flags: [Flag; N]) -> Flag {
    together(flags, |states| {
        if states.contains(&Presence::Free) {
            Presence::Free
        } else if states.iter().all(|state| *state == Presence::Contains) {
            Presence::Contains
        } else {
            Presence::Unknown
        }
    })
}

fn together<const N: usize>(flags: [Flag; N], judge: impl Fn(&[Presence]) -> Presence) -> Flag {
    let state = judge(&flags.each_ref().map(|flag| flag.state));
    let because = flags.into_iter().filter(|flag| flag.state == state).flat_map(|flag| flag.because).collect();
    Flag { state, because }
}

/// What an amount is counted against.
#[derive(Clone, Copy, PartialEq)]
enum Per {
    Serving,
    HundredG,
    HundredMl,
    HundredKcal,
    /// Its share of the energy, in percent.
    Energy,
}

/// The limit of a claim.
#[derive(Clone, Copy)]
enum Limit {
    Under(f64),
    AtMost(f64),
    AtLeast(f64),
}

struct Rule {
    nutrient: Nutrient,
    per: Per,
    limit: Limit,
    authority: &'static str,
}

struct Dish<'a> {
    serving: &'a Nutrients,
    served: Served,
}

impl Dish<'_> {
    /// The amount that a rule is about, where it is known.
    fn amount(&self, rule: &Rule) -> Option<f64> {
        // In f64, so that an amount at a limit is not pushed over it by rounding.
        let known = |nutrient| self.serving.get(nutrient).map(f64::from);
        let amount = known(rule.nutrient)?;
        let energy = || known(Nutrient::Energy).filter(|energy| *energy > 0.0);
        Some(match rule.per {
            Per::Serving => amount,
            Per::HundredG | Per::HundredMl => {
                let weight = match rule.limit {
                    Limit::AtLeast(_) => self.served.most_g,
                    Limit::Under(_) | Limit::AtMost(_) => self.served.least_g,
                };
                amount * 100.0 / weight.filter(|grams| *grams > 0.0).map(f64::from)?
            }
            Per::HundredKcal => amount * 100.0 / energy()?,
            Per::Energy => {
                let kcal = if rule.nutrient == Nutrient::Fat { KCAL_PER_G_OF_FAT } else { KCAL_PER_G };
                amount * kcal * 100.0 / energy()?
            }
        })
    }

    /// Whether the dish keeps the limit, and the sentence that tells figure, limit and authority.
    fn judge(&self, rule: &Rule) -> Flag {
        let Some(amount) = self.amount(rule) else { return Flag::default() };
        let suits = match rule.limit {
            Limit::Under(limit) => amount < limit,
            Limit::AtMost(most) => amount <= most,
            Limit::AtLeast(least) => amount >= least,
        };
        let state = if suits { Presence::Free } else { Presence::Contains };
        Flag { state, because: vec![Text::both(told_ko(rule, amount), told_en(rule, amount))] }
    }
}

/// An amount in a tenth of its unit, or exactly where a tenth would hide on which side of the limit it is.
fn figure(amount: f64, limit: f64) -> f64 {
    let tenths = (amount * 10.0).round() / 10.0;
    if tenths == limit { (amount * 1000.0).round() / 1000.0 } else { tenths }
}

fn told_ko(rule: &Rule, amount: f64) -> String {
    let (name, unit) = (rule.nutrient.name(Lang::Ko), rule.nutrient.unit());
    let (limit, side) = match rule.limit {
        Limit::Under(limit) => (limit, "미만"),
        Limit::AtMost(most) => (most, "이하"),
        Limit::AtLeast(least) => (least, "이상"),
    };
    let amount = figure(amount, limit);
    let authority = rule.authority.replace("MFDS", "식약처");
    let per = match rule.per {
        Per::Energy => return format!("{name}에서 오는 열량 {amount}% (기준 {limit}% {side}, {authority})"),
        Per::Serving => "1인분",
        Per::HundredG => "100g당",
        Per::HundredMl => "100ml당",
        Per::HundredKcal => "100kcal당",
    };
    format!("{name} {per} {amount} {unit} (기준 {limit} {unit} {side}, {authority})")
}

fn told_en(rule: &Rule, amount: f64) -> String {
    let (name, unit, authority) = (rule.nutrient.name(Lang::En), rule.nutrient.unit(), rule.authority);
    let (limit, side) = match rule.limit {
        Limit::Under(limit) => (limit, "under"),
        Limit::AtMost(most) => (most, "at most"),
        Limit::AtLeast(least) => (least, "at least"),
    };
    let amount = figure(amount, limit);
    let per = match rule.per {
        Per::Energy => {
            return format!("{amount}% of energy from {} ({side} {limit}%, {authority})", name.to_lowercase());
        }
        Per::Serving => "a serving",
        Per::HundredG => "per 100 g",
        Per::HundredMl => "per 100 ml",
        Per::HundredKcal => "per 100 kcal",
    };
    format!("{name}: {amount} {unit} {per} ({side} {limit} {unit}, {authority})")
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

    fn state(diet: Diet, amounts: &[(Nutrient, f32)], served: Served) -> Presence {
        from_amounts(&serving(amounts), served)[&diet].state
    }

    #[test]
    fn both_the_serving_and_100_g_have_to_keep_their_limit() {
        let sodium = |mg, grams| state(Diet::LowSodium, &[(Nutrient::Sodium, mg)], Served::solid(Some(grams)));
        assert_eq!(sodium(140.0, 200.0), Presence::Free);
        // 70 mg per 100 g, and too much of it.
        assert_eq!(sodium(280.0, 400.0), Presence::Contains);
        // 120 is not under 120.
        assert_eq!(sodium(120.0, 100.0), Presence::Contains);
        let fat = |fat, kcal| {
            let amounts = [(Nutrient::Fat, fat), (Nutrient::Energy, kcal)];
            state(Diet::LowFat, &amounts, Served::solid(Some(300.0)))
        };
        assert_eq!((fat(3.0, 300.0), fat(3.1, 300.0), fat(3.0, 80.0)), {
            (Presence::Free, Presence::Contains, Presence::Contains)
        });
    }

    #[test]
    fn why_tells_figure_limit_and_authority() {
        let flags = from_amounts(&serving(&[(Nutrient::Sodium, 816.0)]), Served::solid(Some(900.0)));
        let because = &flags[&Diet::LowSodium].because;
        assert_eq!(because.len(), 1);
        assert_eq!(because[0].en.as_deref(), Some("Sodium: 816 mg a serving (at most 140 mg, FDA 21 CFR 101.61)"));
        assert_eq!(because[0].ko.as_deref(), Some("나트륨 1인분 816 mg (기준 140 mg 이하, FDA 21 CFR 101.61)"));
    }

    #[test]
    fn fibre_is_high_by_weight_or_by_energy_and_by_the_serving() {
        let fibre = |fibre, kcal| {
            let amounts = [(Nutrient::Fibre, fibre), (Nutrient::Energy, kcal)];
            state(Diet::HighFibre, &amounts, Served::solid(Some(300.0)))
        };
        assert_eq!(fibre(6.0, 200.0), Presence::Free);
        assert_eq!(fibre(6.0, 300.0), Presence::Contains);
        assert_eq!(fibre(1.8, 40.0), Presence::Contains, "a lot per kcal, and hardly any");
        let protein = |protein| {
            let amounts = [(Nutrient::Protein, protein), (Nutrient::Energy, 60.0)];
            state(Diet::HighProtein, &amounts, Served::default())
        };
        assert_eq!((protein(5.0), protein(11.0)), (Presence::Contains, Presence::Free));
    }

    #[test]
    fn water_that_boils_away_makes_nothing_lighter() {
        let boiled = Served { most_g: Some(250.0), least_g: Some(200.0), is_liquid: false };
        let sugar = [(Nutrient::Sugar, 11.0)];
        assert_eq!(state(Diet::LowSugar, &sugar, boiled), Presence::Contains);
        assert_eq!(state(Diet::LowSugar, &sugar, Served::solid(Some(250.0))), Presence::Free);
        let fibre = [(Nutrient::Fibre, 13.0), (Nutrient::Energy, 500.0)];
        assert_eq!(state(Diet::HighFibre, &fibre, boiled), Presence::Contains);
    }

    #[test]
    fn an_unknown_amount_never_suits() {
        let flags = from_amounts(&Nutrients::default(), Served::default());
        assert!(flags.values().all(|f| f.state == Presence::Unknown));
        // Little fat a serving, of nobody knows how many grams.
        assert_eq!(state(Diet::LowFat, &[(Nutrient::Fat, 0.1)], Served::default()), Presence::Unknown);
    }

    #[test]
    fn a_soup_is_measured_as_what_is_drunk() {
        let served = |is_liquid| Served { is_liquid, ..Served::solid(Some(200.0)) };
        let sugar = [(Nutrient::Sugar, 8.0)];
        assert_eq!(state(Diet::LowSugar, &sugar, served(false)), Presence::Free);
        assert_eq!(state(Diet::LowSugar, &sugar, served(true)), Presence::Contains);
    }
}
