//! Which posts a query chooses, and in which order. The device goes by this when it has no network; the server's SQL
//! follows the same rule, which a test of both holds.

use std::cmp::{Ordering, Reverse};

use serde::Deserialize;
use uuid::Uuid;

use super::{Board, PostDraft, PostQuery, PostSort};

/// What of a post its choice and order depend on; reads the JSON of a [`super::Post`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PostFacts {
    /// The post's id.
    pub id: Uuid,
    board: Board,
    #[serde(default)]
    author: Option<AuthorId>,
    draft: PostDraft,
    created_ms: i64,
    comments: u32,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct AuthorId {
    id: Uuid,
}

impl PostDraft {
    /// What searches for words look at: title, body and tags in small letters.
    #[must_use]
    pub fn searchable(&self) -> String {
        let parts = [&self.title, &self.body].into_iter().chain(&self.tags);
        parts.map(|part| part.to_lowercase()).collect::<Vec<_>>().join("\n")
    }
}

impl PostQuery {
    /// Posts on a page unless asked otherwise.
    pub const DEFAULT_LIMIT: u32 = 20;
    /// How many words of a search are looked at.
    pub const MAX_WORDS: usize = 4;

    /// The words looked for, in small letters.
    pub fn words(&self) -> impl Iterator<Item = String> {
        let words = self.q.as_deref().unwrap_or_default().split_whitespace();
        words.take(Self::MAX_WORDS).map(str::to_lowercase)
    }

    /// The tag looked for, without its `#` and in small letters.
    #[must_use]
    pub fn tag(&self) -> Option<String> {
        self.tag.as_ref().map(|tag| tag.trim().trim_start_matches('#').to_lowercase())
    }

    /// Whether the query chooses a post.
    #[must_use]
    pub fn matches(&self, post: &PostFacts) -> bool {
        let text = post.draft.searchable();
        let gathering = post.draft.gathering.as_ref();
        self.board.is_none_or(|board| post.board == board)
            && self.words().all(|word| text.contains(&word))
            && self.tag().is_none_or(|tag| post.draft.tags.iter().any(|own| own.to_lowercase() == tag))
            && self.author.is_none_or(|id| post.author.as_ref().is_some_and(|author| author.id == id))
            && self.from_ms.is_none_or(|from| gathering.is_some_and(|gathering| gathering.ends_ms() > from))
            && self.to_ms.is_none_or(|to| gathering.is_some_and(|gathering| gathering.starts_ms < to))
            && (self.sort != Some(PostSort::Soonest) || gathering.is_some())
    }

    /// The order of two posts that the query chooses.
    #[must_use]
    pub fn compare(&self, a: &PostFacts, b: &PostFacts) -> Ordering {
        let newest = |post: &PostFacts| Reverse((post.created_ms, post.id));
        let starts_ms = |post: &PostFacts| post.draft.gathering.as_ref().map(|gathering| gathering.starts_ms);
        match self.sort.unwrap_or(PostSort::Newest) {
            PostSort::Newest => newest(a).cmp(&newest(b)),
            PostSort::Active => (Reverse(a.comments), newest(a)).cmp(&(Reverse(b.comments), newest(b))),
            PostSort::Soonest => (starts_ms(a), a.id).cmp(&(starts_ms(b), b.id)),
        }
    }
}
