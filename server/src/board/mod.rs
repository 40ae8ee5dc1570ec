//! The boards: posts with comments, gatherings, reports.
//!
//! A folder or file a noun; `visibility` says who may see what, `apply` takes changes apart for the nouns, and
//! `reminders` runs by itself. `personal_data` is what a person takes along and what is deleted with an account.

mod apply;
mod calendar;
mod check_in;
mod comments;
pub mod markdown;
mod mentions;
mod moderation;
mod personal_data;
mod posts;
mod reactions;
mod reminders;
mod seats;
mod suggestions;
mod visibility;

pub(crate) use apply::apply;
pub(crate) use comments::comments_in;
pub(crate) use personal_data::{export, forget};
pub(crate) use posts::{post_counts_in, posts_in};
pub(crate) use reactions::reactions_in;
pub use reminders::remind;
pub(crate) use visibility::visible_sql;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(posts::list::list_posts))
        .routes(routes!(posts::list::get_post))
        .routes(routes!(posts::list::get_history))
        .routes(routes!(calendar::post_calendar))
        .routes(routes!(calendar::events_calendar))
        .routes(routes!(suggestions::suggest))
        .routes(routes!(moderation::reports))
        .routes(routes!(moderation::log))
}
