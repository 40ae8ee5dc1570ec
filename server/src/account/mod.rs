//! Accounts: signing up and in, sessions, passwords, profiles, what a person keeps.
//!
//! `current_user` has the extractors that say who asks; `login` the ways in and out, `recovery` passwords and mailed
//! links, `profile` what people tell and keep, `export` and `deletion` what they take along and leave. Passwords and
//! tokens are handled in `credentials` alone.

mod apply;
mod author;
mod credentials;
mod current_user;
mod deletion;
mod export;
mod login;
mod mail;
mod profile;
mod recovery;

pub(crate) use apply::apply;
pub(crate) use author::{Author, author, blocked_sql, blocks, exists, visibility_in};
pub(crate) use current_user::{CurrentUser, LiveViewer, Moderator, SESSION_UNUSED_MS, Viewer, session_lives};
pub use deletion::delete_person;
pub(crate) use export::parts_of;
pub use login::{add_person, set_role};
pub use mail::Mailer;
pub(crate) use profile::{favourites, own_profile};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(login::sign_up))
        .routes(routes!(login::list_sessions, login::sign_in, login::end_all_sessions))
        .routes(routes!(login::sign_out))
        .routes(routes!(login::end_session))
        .routes(routes!(login::get_account))
        .routes(routes!(recovery::change_password))
        .routes(routes!(recovery::ask_verification))
        .routes(routes!(recovery::verify_email))
        .routes(routes!(recovery::ask_reset))
        .routes(routes!(recovery::reset_password))
        .routes(routes!(deletion::close))
        .routes(routes!(export::export))
        .routes(routes!(profile::get_profile))
        .routes(routes!(profile::list_blocked))
}
