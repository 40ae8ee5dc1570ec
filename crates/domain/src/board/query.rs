//! Lists of posts.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Board, Post};
use crate::codes::coded;
use crate::limits::check_words;
use crate::problem::FieldError;

coded! {
    /// The order of posts.
    pub enum PostSort ("sort") {
        Newest = "newest", "최신순", "Newest";
        Active = "active", "댓글순", "Most discussed";
        Soonest = "soonest", "곧 열리는 순", "Soonest";
    }
}

/// Asks for posts of a board.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default, deny_unknown_fields)]
pub struct PostQuery {
    /// The board; absent for posts of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board: Option<Board>,
    /// Words that must all occur in title, body or tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 200,
            pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
        )
    )]
    pub q: Option<String>,
    /// A tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        param(
            max_length = 200,
            pattern = "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"
        )
    )]
    pub tag: Option<String>,
    /// The author's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Uuid>,
    /// Gatherings that end after this, ms UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ms: Option<i64>,
    /// Gatherings that begin before this, ms UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_ms: Option<i64>,
    /// The order; the newest first by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<PostSort>,
    /// The page, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 10000))]
    pub page: Option<u32>,
    /// Posts a page, 1 to 100; 20 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
    pub limit: Option<u32>,
}

impl PostQuery {
    /// The deepest page.
    pub const MAX_PAGE: u32 = 10_000;

    /// Checks the ranges.
    ///
    /// # Errors
    /// Names the parameter.
    pub fn validate(&self) -> Result<(), FieldError> {
        if let Some(q) = &self.q {
            check_words("q", q)?;
        }
        if let Some(tag) = &self.tag {
            check_words("tag", tag)?;
        }
        if self.page.is_some_and(|page| !(1..=Self::MAX_PAGE).contains(&page)) {
            return Err(FieldError::new("page", format!("must be from 1 to {}", Self::MAX_PAGE)));
        }
        if self.limit.is_some_and(|limit| !(1..=100).contains(&limit)) {
            return Err(FieldError::new("limit", "must be from 1 to 100"));
        }
        Ok(())
    }
}

/// A page of posts: "Page 1 of N".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Posts {
    /// The posts.
    pub items: Vec<Post>,
    /// Which page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// How many posts match.
    pub total: u64,
}
