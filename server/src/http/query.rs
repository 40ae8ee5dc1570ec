//! Query parameters to the domain's queries; every refusal names its parameter.
//!
//! To take a new query type, implement [`FromParameters`] beside its handler.

use std::borrow::Cow;
use std::fmt::{self, Display};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use hnh_domain::codes::shorten;
use hnh_domain::problem::FieldError;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};

use crate::http::problem::Refusal;

/// A query that was read from the address; what reading cannot tell is checked where the query is answered.
#[derive(Debug)]
pub struct ValidQuery<Q>(pub Q);

/// A query that can be read from parameters.
pub trait FromParameters: Sized {
    /// Reads and checks it.
    ///
    /// # Errors
    /// Names the parameter that is unknown, malformed or out of range.
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError>;
}

impl<S: Sync, Q: FromParameters> FromRequestParts<S> for ValidQuery<Q> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(Q::from_parameters(Parameters::parse(parts.uri.query().unwrap_or_default()))?))
    }
}

/// The address's parameters, decoded, in their order.
pub struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    /// Splits and decodes the part of the address after `?`.
    #[must_use]
    pub fn parse(query: &'a str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).collect())
    }

    /// Takes one parameter out, for a query made of several parts.
    ///
    /// # Errors
    /// When it is given twice.
    pub fn take(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, FieldError> {
        let mut found = None;
        while let Some(at) = self.0.iter().position(|(key, _)| key == name) {
            if found.replace(self.0.remove(at).1).is_some() {
                return Err(Refused::duplicate(name).0);
            }
        }
        Ok(found)
    }

    /// Reads all that is left.
    ///
    /// # Errors
    /// Names the parameter that is unknown, given twice or malformed.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, FieldError> {
        T::deserialize(Pairs { rest: self.0.into_iter(), current: None }).map_err(|Refused(error)| error)
    }
}

/// Serde's error; [`Pairs`] gives it the parameter's name.
#[derive(Debug)]
struct Refused(FieldError);

impl Refused {
    fn duplicate(name: &str) -> Self {
        Self(FieldError::new(name, "is given twice: give it once, several values separated by commas"))
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self(FieldError::new("", message.to_string()))
    }

    fn unknown_field(name: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("is not a parameter here: use {}", expected.join(", "));
        Self(FieldError::new(shorten(name), message))
    }

    fn missing_field(name: &'static str) -> Self {
        Self(FieldError::new(name, "is missing"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::duplicate(name)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format_args!("unknown value \"{}\": use one of {}", shorten(variant), expected.join(", ")))
    }
}

/// The parameters as a map, which is what serde reads a struct from.
struct Pairs<'a> {
    rest: std::vec::IntoIter<(Cow<'a, str>, Cow<'a, str>)>,
    current: Option<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'de> MapAccess<'de> for Pairs<'_> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        self.current = self.rest.next();
        let Some((name, _)) = &self.current else { return Ok(None) };
        let name: StrDeserializer<'_, Refused> = (**name).into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let (name, text) = self.current.take().unwrap_or_default();
        seed.deserialize(Value(&text))
            .map_err(|Refused(error)| Refused(FieldError { field: name.into_owned(), ..error }))
    }
}

impl<'de> Deserializer<'de> for Pairs<'_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// One parameter's text, read as whatever its field is.
struct Value<'a>(&'a str);

macro_rules! parse_as {
    ($what:literal: $($method:ident => $visit:ident),+) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
                visitor.$visit(self.0.parse().map_err(|_| de::Error::custom($what))?)
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Refused;

    parse_as!("must be true or false": deserialize_bool => visit_bool);
    parse_as!("must be a number": deserialize_f32 => visit_f32, deserialize_f64 => visit_f64);
    parse_as!("must be a whole number": deserialize_i32 => visit_i32, deserialize_i64 => visit_i64);
    parse_as!("must be a whole number, not negative and not too large":
        deserialize_u8 => visit_u8, deserialize_u16 => visit_u16, deserialize_u32 => visit_u32, deserialize_u64 => visit_u64);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let code: StrDeserializer<'_, Refused> = self.0.into_deserializer();
        visitor.visit_enum(code)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use hnh_domain::places::{PlaceQuery, PlaceSort};
    use hnh_domain::recipes::RecipeQuery;

    use super::*;

    fn places(query: &str) -> Result<PlaceQuery, FieldError> {
        Parameters::parse(query).read()
    }

    #[test]
    fn a_query_reads_from_its_parameters() {
        let query = places(
            "q=%EB%B9%84%EA%B1%B4+%EB%B2%84%EA%B1%B0&lat=37.5663&lon=126.9779&only=vegan&diet=vegan,halal&open=now&hours_unknown=true&sort=name&limit=5",
        );
        let query = query.unwrap();
        assert_eq!(query.q.as_deref(), Some("비건 버거"));
        assert_eq!((query.lat, query.lon), (Some(37.5663), Some(126.9779)));
        assert_eq!((query.diet.len(), query.only.len(), query.sort), (2, 1, Some(PlaceSort::Name)));
        assert_eq!(query.limit, Some(5));
    }

    #[test]
    fn every_refusal_names_its_parameter_in_a_sentence() {
        let refusals = [
            "lat=abc",
            "radius_m=-1",
            "hours_unknown=maybe",
            "diet=vegn",
            "sort=best",
            "bbox=1,2",
            "open=tomorrow",
            "lattitude=1",
            "lat=1&lat=2",
        ]
        .map(|query| places(query).unwrap_err().to_string().chars().take(80).collect::<String>());
        insta::assert_snapshot!(refusals.join("\n"), @r#"
        lat: must be a number
        radius_m: must be a whole number, not negative and not too large
        hours_unknown: must be true or false
        diet: unknown diet "vegn": use one of vegan, vegetarian, pescatarian, gluten_fre
        sort: unknown value "best": use one of distance, name, relevance
        bbox: must be four numbers: west,south,east,north in degrees
        open: must be now or a local time such as 2026-10-09T19:30
        lattitude: is not a parameter here: use q, lat, lon, radius_m, bbox, cuisine, di
        lat: is given twice: give it once, several values separated by commas
        "#);
    }

    #[test]
    fn an_unknown_nutrient_is_refused_by_its_own_sentence() {
        let refusal = Parameters::parse("nutrients=unobtainium:5..").read::<RecipeQuery>().unwrap_err();
        assert_eq!(refusal.field, "nutrients");
        assert!(refusal.message.contains("unobtainium"), "{refusal}");
    }

    #[test]
    fn a_parameter_can_be_taken_out() {
        let mut parameters = Parameters::parse("zoom=7&q=tofu");
        assert_eq!(parameters.take("zoom").unwrap().as_deref(), Some("7"));
        assert_eq!(parameters.read::<PlaceQuery>().unwrap().q.as_deref(), Some("tofu"));
        assert_eq!(Parameters::parse("zoom=7&zoom=8").take("zoom").unwrap_err().field, "zoom");
    }
}
