//! Accounts: signing up and in, sessions, passwords, profiles, what a person keeps.
//!
//! [`who`] has the extractors that say who asks; `entry` the ways in and out, `recovery` passwords and mailed
//! links, `profile` what people tell and keep, `closing` export and deletion. Secrets are in `secrets` alone.

mod apply;
mod closing;
mod current_user;
mod entry;
mod mail;
mod people;
mod profile;
mod recovery;
mod secrets;

pub(crate) use apply::apply;
pub use closing::close_person;
pub(crate) use current_user::{CurrentUser, Moderator, session_lives};
pub use entry::{add_person, set_role};
pub use mail::Mailer;
pub(crate) use people::{Author, author, blocked_sql, blocks, exists};
pub(crate) use profile::{favourites, own_profile, own_recipes};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(entry::sign_up))
        .routes(routes!(entry::list_sessions, entry::sign_in, entry::end_all_sessions))
        .routes(routes!(entry::sign_out))
        .routes(routes!(entry::end_session))
        .routes(routes!(entry::me))
        .routes(routes!(recovery::change_password))
        .routes(routes!(recovery::ask_verification))
        .routes(routes!(recovery::verify_email))
        .routes(routes!(recovery::ask_reset))
        .routes(routes!(recovery::reset_password))
        .routes(routes!(closing::close))
        .routes(routes!(closing::export))
        .routes(routes!(profile::get_profile))
}
