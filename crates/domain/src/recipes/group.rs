//! Filters whose values are alternatives: a recipe passes with any of those chosen.
//!
//! [`GROUPS`] is the one list of them: index, facet counts and interface go through it. To add a filter: its values
//! (`coded!`), a field each in [`Recipe`], [`RecipeQuery`] and [`RecipeFacets`], a line in [`GROUPS`], and its title in
//! the interface's texts.

use super::{Course, Effort, Recipe, RecipeCuisine, RecipeFacets, RecipeQuery};
use crate::page::FacetCount;
use crate::text::Lang;

/// A filter whose values are alternatives; values are numbered as their set's `ALL` has them.
#[derive(Debug)]
pub struct Group {
    /// The query's parameter, which also names the facet.
    pub code: &'static str,
    /// How many values there are.
    pub len: usize,
    /// A value's code.
    pub value_code: fn(usize) -> &'static str,
    /// A value's name.
    pub value_name: fn(usize, Lang) -> &'static str,
    /// The recipe's value, where it has one.
    pub of: fn(&Recipe) -> Option<usize>,
    /// The values that a query chooses; none of them is no filter.
    pub chosen: fn(&RecipeQuery) -> Vec<usize>,
    /// Chooses a value, or no longer, where it was chosen.
    pub toggle: fn(&mut RecipeQuery, usize),
    /// The counts of the values.
    pub counts: fn(&mut RecipeFacets) -> &mut Vec<FacetCount>,
}

macro_rules! groups {
    ($($field:ident: $set:ty = $of:expr),+ $(,)?) => {
        /// Every group.
        pub const GROUPS: &[Group] = &[$(Group {
            code: stringify!($field),
            len: <$set>::ALL.len(),
            value_code: |value| <$set>::ALL[value].code(),
            value_name: |value, lang| <$set>::ALL[value].name(lang),
            of: |recipe| { let of: fn(&Recipe) -> Option<$set> = $of; of(recipe).map(<$set>::index) },
            chosen: |query| query.$field.iter().map(|value| value.index()).collect(),
            toggle: |query, value| query.$field.toggle(<$set>::ALL[value]),
            counts: |facets| &mut facets.$field,
        }),+];
    };
}

groups! {
    course: Course = |recipe| Some(recipe.course),
    cuisine: RecipeCuisine = |recipe| recipe.cuisine,
    effort: Effort = |recipe| recipe.effort,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_chosen_and_given_up_again() {
        for group in GROUPS {
            let mut query = RecipeQuery::default();
            (group.toggle)(&mut query, group.len - 1);
            assert_eq!((group.chosen)(&query), [group.len - 1], "{}", group.code);
            (group.toggle)(&mut query, group.len - 1);
            assert_eq!(query, RecipeQuery::default());
        }
    }
}
