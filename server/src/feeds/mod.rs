//! Sync: ordered logs that clients follow, and the changes they send.
//!
//! [`WriteTx`] is the transaction that every change is made in; `pull` reads a feed, `push` takes changes.
//! To add a change, add a variant to the slice's enum in the domain and its arm in the slice's `apply`.

mod epoch;
mod log;
mod pull;
mod push;
mod span;

pub use epoch::begin_epoch;
pub(crate) use epoch::current as current_epoch;
pub(crate) use log::WriteTx;
pub(crate) use pull::{head, may_follow};
pub(crate) use span::{Span, items_sql};

use hnh_domain::problem::{Problem, ProblemCode};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;
use crate::http::problem::Refusal;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(pull::pull)).routes(routes!(push::push))
}

/// Refuses an edit that was made from an older version, and shows what it is now.
pub(crate) fn changed_meanwhile(current: &impl Serialize) -> Refusal {
    let mut problem = Problem::new(ProblemCode::ChangedMeanwhile)
        .with_detail("Somebody changed this in the meantime: compare the two and choose");
    problem.current = serde_json::to_value(current).ok().map(Box::new);
    problem.into()
}
