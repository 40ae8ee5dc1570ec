//! Lists that come in pages.

use serde::{Deserialize, Serialize};

/// A part of a list, and how to get the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the order asked for.
    pub items: Vec<T>,
    /// Opaque; give it back unchanged with the same query to get the next page. Absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many match in all; absent where counting would cost more than the search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: None, total: None }
    }
}

/// How often a value occurs among all that match the query, itself left aside where it is the filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetCount {
    /// The value's code.
    pub code: String,
    /// How many.
    pub count: u64,
}

/// The default number of items on a page.
pub const DEFAULT_LIMIT: u32 = 20;
/// The greatest number of items on a page.
pub const MAX_LIMIT: u32 = 200;
