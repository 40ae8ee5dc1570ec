//! The boards: posts with comments, gatherings, reports.
//!
//! `read` has the SQL that shows posts and comments to a viewer, `list` the routes; `apply` takes changes apart
//! for `write`, `seats` and `moderation`. `reminders` runs by itself.

mod apply;
mod calendar;
mod list;
mod markdown;
mod moderation;
mod read;
mod reminders;
mod seats;
mod suggestions;
mod write;

pub(crate) use apply::apply;
pub(crate) use read::{comments_in, posts_in, reactions_in};
pub use reminders::remind;
pub(crate) use write::{comments_of, forget_author, posts_of};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_posts))
        .routes(routes!(list::get_post))
        .routes(routes!(list::get_history))
        .routes(routes!(calendar::post_calendar))
        .routes(routes!(calendar::events_calendar))
        .routes(routes!(suggestions::suggest))
        .routes(routes!(moderation::reports))
        .routes(routes!(moderation::log))
}
