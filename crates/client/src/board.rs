//! The boards: the server's lists, else what the device has.

use hnh_domain::board::{LogEntry, PostDetails, PostFacts, PostQuery, Posts, Report, Revision, Suggestion};
use hnh_domain::calls::{GetHistory, GetPost, ListDecisions, ListNotices, ListPosts, ListReports, SuggestPeople};
use hnh_domain::feeds::{ItemKind, Notice};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::Problem;
use uuid::Uuid;

use crate::store::{Store, storage_error};
use crate::{Core, Host, Method, request};

/// A post of the device's, with its JSON.
struct StoredPost {
    facts: PostFacts,
    json: String,
}

impl Store {
    /// The posts of the device that this program understands.
    fn posts(&self) -> Result<Vec<StoredPost>, Problem> {
        let read = |json: String| Some(StoredPost { facts: serde_json::from_str(&json).ok()?, json });
        Ok(self.items(ItemKind::Post)?.into_iter().filter_map(read).collect())
    }

    /// The comments on a post as JSON, in their order.
    fn comments(&self, post: Uuid) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'comment' AND json_extract(json, '$.post') = ?1
                   ORDER BY json_extract(json, '$.created_ms'), id";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([post.to_string()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    fn notices(&self) -> Result<Vec<String>, Problem> {
        let sql = "SELECT json FROM item WHERE kind = 'notice' ORDER BY json_extract(json, '$.at_ms') DESC, id DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(storage_error)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }
}

/// A page of the device's posts, as the server would make it.
fn page(mut posts: Vec<StoredPost>, query: &PostQuery) -> Json<Posts> {
    posts.retain(|post| query.matches(&post.facts));
    posts.sort_by(|a, b| query.compare(&a.facts, &b.facts));
    let (page, limit) = (query.page.unwrap_or(1).max(1), query.limit.unwrap_or(PostQuery::DEFAULT_LIMIT).max(1));
    let total = posts.len();
    let pages = total.div_ceil(limit as usize).max(1);
    let skipped = (page as usize - 1) * limit as usize;
    let items: Vec<String> = posts.into_iter().skip(skipped).take(limit as usize).map(|post| post.json).collect();
    let items = items.join(",");
    Json::written(format!("{{\"items\":[{items}],\"page\":{page},\"pages\":{pages},\"total\":{total}}}"))
}

impl<H: Host> Handle<ListPosts> for Core<H> {
    async fn handle(&self, call: ListPosts) -> Result<Json<Posts>, Problem> {
        call.query.validate()?;
        match self.ask(&request("/posts", &call.query)?).await {
            Err(problem) if problem.is_unavailable() && self.store().me()?.is_some() => {
                Ok(page(self.store().posts()?, &call.query))
            }
            outcome => outcome,
        }
    }
}

impl<H: Host> Handle<GetPost> for Core<H> {
    async fn handle(&self, call: GetPost) -> Result<Json<PostDetails>, Problem> {
        match self.ask(&format!("/posts/{}", call.id)).await {
            Err(problem) if problem.is_unavailable() => {
                let post = self.store().item(ItemKind::Post, call.id)?.ok_or(problem)?;
                let comments = self.store().comments(call.id)?.join(",");
                Ok(Json::written(format!("{{\"post\":{post},\"comments\":[{comments}]}}")))
            }
            outcome => outcome,
        }
    }
}

impl<H: Host> Handle<GetHistory> for Core<H> {
    async fn handle(&self, call: GetHistory) -> Result<Json<Vec<Revision>>, Problem> {
        self.ask(&format!("/posts/{}/history", call.id)).await
    }
}

impl<H: Host> Handle<SuggestPeople> for Core<H> {
    async fn handle(&self, _call: SuggestPeople) -> Result<Json<Vec<Suggestion>>, Problem> {
        if self.store().me()?.is_none() {
            return Json::of(&Vec::<Suggestion>::new());
        }
        self.ask("/suggestions").await
    }
}

impl<H: Host> Handle<ListNotices> for Core<H> {
    async fn handle(&self, _call: ListNotices) -> Result<Json<Vec<Notice>>, Problem> {
        Ok(Json::written(format!("[{}]", self.store().notices()?.join(","))))
    }
}

impl<H: Host> Handle<ListReports> for Core<H> {
    async fn handle(&self, _call: ListReports) -> Result<Json<Vec<Report>>, Problem> {
        Ok(Json::written(self.send(Method::Get, "/reports", None).await?))
    }
}

impl<H: Host> Handle<ListDecisions> for Core<H> {
    async fn handle(&self, _call: ListDecisions) -> Result<Json<Vec<LogEntry>>, Problem> {
        self.ask("/moderation").await
    }
}
