//! The boards: the server's lists, else what the device has.

use hnh_domain::board::{Comment, Post, PostDetails, PostQuery, PostSort, Posts};
use hnh_domain::calls::{GetPost, ListNotices, ListPosts};
use hnh_domain::feeds::{Item, Notice};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use uuid::Uuid;

use crate::store::Store;
use crate::{Core, Transport, request};

/// Posts on a page unless asked otherwise; as the server.
const DEFAULT_LIMIT: u32 = 20;

impl Store {
    fn posts(&self) -> Result<Vec<Post>, Problem> {
        let read = |json: String| match serde_json::from_str(&json) {
            Ok(Item::Post(post)) => Some(*post),
            _ => None,
        };
        Ok(self.items("post")?.into_iter().filter_map(read).collect())
    }

    fn comments(&self, post: Uuid) -> Result<Vec<Comment>, Problem> {
        let read = |json: String| match serde_json::from_str(&json) {
            Ok(Item::Comment(comment)) if comment.post == post => Some(comment),
            _ => None,
        };
        let mut comments: Vec<Comment> = self.items("comment")?.into_iter().filter_map(read).collect();
        comments.sort_by_key(|comment| (comment.created_ms, comment.id));
        Ok(comments)
    }
}

/// Whether a post answers the query.
fn matches(post: &Post, query: &PostQuery) -> bool {
    let text = format!("{}\n{}\n{}", post.draft.title, post.draft.body, post.draft.tags.join("\n")).to_lowercase();
    let has = |word: &str| text.contains(&word.to_lowercase());
    let meal = post.draft.gathering.as_ref();
    let ends_ms = |minutes: u32, starts_ms: i64| starts_ms + i64::from(minutes) * 60_000;
    query.board.is_none_or(|board| post.board == board)
        && query.q.as_deref().unwrap_or_default().split_whitespace().all(has)
        && query.tag.as_ref().is_none_or(|tag| post.draft.tags.iter().any(|own| own.eq_ignore_ascii_case(tag)))
        && query.author.is_none_or(|id| post.author.as_ref().is_some_and(|author| author.id == id))
        && query.from_ms.is_none_or(|from| meal.is_some_and(|meal| ends_ms(meal.minutes, meal.starts_ms) > from))
        && query.to_ms.is_none_or(|to| meal.is_some_and(|meal| meal.starts_ms < to))
}

/// A page of the device's posts, as the server would make it.
fn page(mut posts: Vec<Post>, query: &PostQuery) -> Posts {
    posts.retain(|post| matches(post, query));
    match query.sort.unwrap_or(PostSort::Newest) {
        PostSort::Newest => posts.sort_by_key(|post| std::cmp::Reverse((post.created_ms, post.id))),
        PostSort::Active => posts.sort_by_key(|post| std::cmp::Reverse((post.comments, post.created_ms, post.id))),
        PostSort::Soonest => {
            posts.retain(|post| post.draft.gathering.is_some());
            posts.sort_by_key(|post| (post.draft.gathering.as_ref().map(|meal| meal.starts_ms), post.id));
        }
    }
    let (page, limit) = (query.page.unwrap_or(1).max(1), query.limit.unwrap_or(DEFAULT_LIMIT).max(1));
    let total = posts.len();
    let pages = total.div_ceil(limit as usize).max(1);
    let items = posts.into_iter().skip((page as usize - 1) * limit as usize).take(limit as usize).collect();
    Posts { items, page, pages: u32::try_from(pages).unwrap_or(u32::MAX), total: total as u64 }
}

impl<T: Transport> Handle<ListPosts> for Core<T> {
    async fn handle(&self, call: ListPosts) -> Result<Json<Posts>, Problem> {
        call.query.validate()?;
        match self.ask(&request("/posts", &call.query)?).await {
            Err(problem) if problem.code == ProblemCode::Offline && self.store().me()?.is_some() => {
                Json::of(&page(self.store().posts()?, &call.query))
            }
            outcome => outcome,
        }
    }
}

impl<T: Transport> Handle<GetPost> for Core<T> {
    async fn handle(&self, call: GetPost) -> Result<Json<PostDetails>, Problem> {
        match self.ask(&format!("/posts/{}", call.id)).await {
            Err(problem) if problem.code == ProblemCode::Offline => {
                let post = self.store().posts()?.into_iter().find(|post| post.id == call.id).ok_or(problem)?;
                let comments = self.store().comments(call.id)?;
                Json::of(&PostDetails { post, comments })
            }
            outcome => outcome,
        }
    }
}

impl<T: Transport> Handle<ListNotices> for Core<T> {
    async fn handle(&self, _call: ListNotices) -> Result<Json<Vec<Notice>>, Problem> {
        let read = |json: String| match serde_json::from_str(&json) {
            Ok(Item::Notice(notice)) => Some(notice),
            _ => None,
        };
        let mut notices: Vec<Notice> = self.store().items("notice")?.into_iter().filter_map(read).collect();
        notices.sort_by_key(|notice| std::cmp::Reverse((notice.at_ms, notice.id)));
        Json::of(&notices)
    }
}
