//! Nutrients, their units, and amounts of them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::codes::{coded, serde_as_text, shorten};

/// Kilojoules in a kilocalorie (the thermochemical calorie, as EU 1169/2011 rounds it).
pub const KJ_PER_KCAL: f32 = 4.184;

coded! {
    /// The nutrients of the food tables; amounts are in [`Nutrient::unit`].
    pub enum Nutrient ("nutrient") {
        Energy = "energy", "열량", "Energy";
        Protein = "protein", "단백질", "Protein";
        Fat = "fat", "지방", "Fat";
        SaturatedFat = "saturated_fat", "포화지방", "Saturated fat";
        TransFat = "trans_fat", "트랜스지방", "Trans fat";
        MonounsaturatedFat = "monounsaturated_fat", "단일불포화지방", "Monounsaturated fat";
        PolyunsaturatedFat = "polyunsaturated_fat", "다가불포화지방", "Polyunsaturated fat";
        Cholesterol = "cholesterol", "콜레스테롤", "Cholesterol";
        Carbohydrate = "carbohydrate", "탄수화물", "Carbohydrate";
        Sugar = "sugar", "당류", "Sugars";
        Fibre = "fibre", "식이섬유", "Fibre";
        Sodium = "sodium", "나트륨", "Sodium";
        Potassium = "potassium", "칼륨", "Potassium";
        Calcium = "calcium", "칼슘", "Calcium";
        Iron = "iron", "철", "Iron";
        Magnesium = "magnesium", "마그네슘", "Magnesium";
        Phosphorus = "phosphorus", "인", "Phosphorus";
        Zinc = "zinc", "아연", "Zinc";
        Copper = "copper", "구리", "Copper";
        Manganese = "manganese", "망간", "Manganese";
        Selenium = "selenium", "셀레늄", "Selenium";
        VitaminA = "vitamin_a", "비타민 A", "Vitamin A";
        VitaminC = "vitamin_c", "비타민 C", "Vitamin C";
        VitaminD = "vitamin_d", "비타민 D", "Vitamin D";
        VitaminE = "vitamin_e", "비타민 E", "Vitamin E";
        VitaminK = "vitamin_k", "비타민 K", "Vitamin K";
        Thiamin = "thiamin", "티아민 (B1)", "Thiamin (B1)";
        Riboflavin = "riboflavin", "리보플라빈 (B2)", "Riboflavin (B2)";
        Niacin = "niacin", "니아신 (B3)", "Niacin (B3)";
        PantothenicAcid = "pantothenic_acid", "판토텐산 (B5)", "Pantothenic acid (B5)";
        VitaminB6 = "vitamin_b6", "비타민 B6", "Vitamin B6";
        Folate = "folate", "엽산", "Folate";
        VitaminB12 = "vitamin_b12", "비타민 B12", "Vitamin B12";
        Choline = "choline", "콜린", "Choline";
        BetaCarotene = "beta_carotene", "베타카로틴", "Beta-carotene";
        Retinol = "retinol", "레티놀", "Retinol";
        Water = "water", "수분", "Water";
        Ash = "ash", "회분", "Ash";
    }
}

/// The number of nutrients.
pub const NUTRIENTS: usize = Nutrient::ALL.len();

impl Nutrient {
    /// The unit amounts are in: `kcal`, `g`, `mg` or `µg` (vitamin A as RAE, folate as DFE).
    #[must_use]
    pub fn unit(self) -> &'static str {
        use Nutrient as N;
        match self {
            N::Energy => "kcal",
            N::Protein
            | N::Fat
            | N::SaturatedFat
            | N::TransFat
            | N::MonounsaturatedFat
            | N::PolyunsaturatedFat
            | N::Carbohydrate
            | N::Sugar
            | N::Fibre
            | N::Water
            | N::Ash => "g",
            N::Selenium
            | N::VitaminA
            | N::VitaminD
            | N::VitaminK
            | N::Folate
            | N::VitaminB12
            | N::BetaCarotene
            | N::Retinol => "µg",
            _ => "mg",
        }
    }
}

/// Amounts by nutrient; what is absent is unknown, never 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nutrients([Option<f32>; NUTRIENTS]);

impl Default for Nutrients {
    fn default() -> Self {
        Self([None; NUTRIENTS])
    }
}

impl Nutrients {
    /// The amount, if known.
    #[must_use]
    pub fn get(&self, nutrient: Nutrient) -> Option<f32> {
        self.0[nutrient.index()]
    }

    /// Sets the amount; a negative or non-finite one is unknown.
    pub fn set(&mut self, nutrient: Nutrient, amount: Option<f32>) {
        self.0[nutrient.index()] = amount.filter(|a| a.is_finite() && *a >= 0.0);
    }

    /// The known amounts in the order of [`Nutrient::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Nutrient, f32)> {
        Nutrient::ALL.iter().zip(self.0).filter_map(|(n, a)| Some((*n, a?)))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Every known amount times `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Self {
        Self(self.0.map(|a| a.map(|a| a * factor)))
    }

    /// The sum; what is unknown in either is unknown in the sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut out = Self::default();
        for (sum, (a, b)) in out.0.iter_mut().zip(self.0.iter().zip(other.0)) {
            *sum = a.zip(b).map(|(a, b)| a + b);
        }
        out
    }

    /// Nothing of anything: the start of a sum.
    #[must_use]
    pub fn zero() -> Self {
        Self([Some(0.0); NUTRIENTS])
    }
}

impl Serialize for Nutrients {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        // Rounded to six significant digits: a float's noise is no information.
        s.collect_map(self.iter().map(|(n, a)| (n.code(), round(a))))
    }
}

impl<'de> Deserialize<'de> for Nutrients {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let map = std::collections::BTreeMap::<Nutrient, f32>::deserialize(d)?;
        let mut out = Self::default();
        for (nutrient, amount) in map {
            out.set(nutrient, Some(amount));
        }
        Ok(out)
    }
}

fn round(amount: f32) -> f64 {
    if amount == 0.0 {
        return 0.0;
    }
    let digits = 5 - f64::from(amount).abs().log10().floor() as i32;
    let scale = 10f64.powi(digits);
    (f64::from(amount) * scale).round() / scale
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Nutrients {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
        let number = ObjectBuilder::new().schema_type(Type::Number).build();
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("Amounts by nutrient code; an absent nutrient is unknown, never 0"))
            .additional_properties(Some(Schema::from(number)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Nutrients {}

/// A range of amounts, ends included: `20..`, `..500`, `20..40`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// At least.
    pub min: Option<f32>,
    /// At most.
    pub max: Option<f32>,
}

impl Range {
    /// Whether a known amount lies in the range.
    #[must_use]
    pub fn contains(&self, amount: f32) -> bool {
        self.min.is_none_or(|m| amount >= m) && self.max.is_none_or(|m| amount <= m)
    }
}

impl FromStr for Range {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let refusal =
            || format!("\"{}\" is no range: write min..max, min.. or ..max with numbers from 0", shorten(text));
        let (min, max) = text.split_once("..").ok_or_else(refusal)?;
        let end = |t: &str| -> Result<Option<f32>, String> {
            match t.trim() {
                "" => Ok(None),
                t => t.parse().ok().filter(|n: &f32| n.is_finite() && *n >= 0.0).map(Some).ok_or_else(refusal),
            }
        };
        let range = Self { min: end(min)?, max: end(max)? };
        let backwards = range.min.zip(range.max).is_some_and(|(a, b)| a > b);
        if backwards || (range.min.is_none() && range.max.is_none()) {
            return Err(refusal());
        }
        Ok(range)
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(min) = self.min {
            write!(f, "{min}")?;
        }
        f.write_str("..")?;
        if let Some(max) = self.max {
            write!(f, "{max}")?;
        }
        Ok(())
    }
}

serde_as_text!(Range);

/// A nutrient and the range its amount a serving must lie in: `protein:20..`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NutrientRange {
    /// Which nutrient.
    pub nutrient: Nutrient,
    /// In its own unit.
    pub range: Range,
}

impl FromStr for NutrientRange {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (code, range) = text.split_once(':').ok_or_else(|| {
            format!("\"{}\" is no nutrient range: write code:min..max, as in protein:20..", shorten(text))
        })?;
        Ok(Self { nutrient: code.trim().parse()?, range: range.parse()? })
    }
}

impl std::fmt::Display for NutrientRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.nutrient, self.range)
    }
}

serde_as_text!(NutrientRange);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_stays_unknown_in_a_sum() {
        let mut a = Nutrients::zero();
        a.set(Nutrient::Sodium, None);
        let sum = Nutrients::zero().plus(&a);
        assert_eq!(sum.get(Nutrient::Sodium), None);
        assert_eq!(sum.get(Nutrient::Protein), Some(0.0));
    }

    #[test]
    fn wire_form_is_a_map_of_what_is_known() {
        let mut n = Nutrients::default();
        n.set(Nutrient::Energy, Some(123.456_79));
        n.set(Nutrient::Fat, Some(-1.0));
        let json = serde_json::to_string(&n).unwrap();
        assert_eq!(json, r#"{"energy":123.457}"#);
        assert_eq!(serde_json::from_str::<Nutrients>(&json).unwrap().get(Nutrient::Fat), None);
    }

    #[test]
    fn ranges_read_back_and_refuse_nonsense() {
        for text in ["20..", "..500", "1.5..2"] {
            assert_eq!(text.parse::<Range>().unwrap().to_string(), text);
        }
        for text in ["..", "5..1", "a..b", "-1..", "7", "NaN.."] {
            assert!(text.parse::<Range>().is_err(), "{text}");
        }
        assert!("protien:20..".parse::<NutrientRange>().unwrap_err().contains("unknown nutrient \"protien\""));
    }
}
