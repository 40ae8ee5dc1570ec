//! Problems as replies: `application/problem+json` (RFC 9457) from the domain's table.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};

use crate::db::DbError;
use crate::http::no_store::NoStore;

/// The media type of problems.
pub const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A request refused: the error type of handlers and extractors.
#[derive(Debug)]
pub struct Refusal(Box<Problem>);

impl Refusal {
    /// The problem that the client is told.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.0
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Problem::from(error).into()
    }
}

impl From<ProblemCode> for Refusal {
    fn from(code: ProblemCode) -> Self {
        Problem::new(code).into()
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        if !is_away(&error) {
            return internal(&error);
        }
        // Not the request's fault: devices keep what they have and ask again.
        tracing::error!(%error, "the database is away");
        ProblemCode::NotReady.into()
    }
}

/// Whether the database is away, or takes nothing for now: PostgreSQL's codes for connections, resources and operators
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>), and SQLite's for a full disk and one that fails.
fn is_away(error: &DbError) -> bool {
    match error {
        DbError::Io(_) | DbError::Tls(_) | DbError::PoolTimedOut | DbError::PoolClosed | DbError::WorkerCrashed => true,
        DbError::Database(said) => said.code().is_some_and(|code| {
            let classes = ["08", "53", "57"];
            code.len() == 5 && classes.iter().any(|class| code.starts_with(class))
                || ["10", "13", "778"].contains(&&*code)
        }),
        _ => false,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = [(header::CONTENT_TYPE, PROBLEM_JSON)];
        let wait = self.0.retry_after.map(|seconds| [(header::RETRY_AFTER, HeaderValue::from(seconds))]);
        NoStore((status, headers, wait.map(AppendHeaders), body(&self.0))).into_response()
    }
}

/// A problem's bytes.
#[must_use]
pub fn body(problem: &Problem) -> Vec<u8> {
    // Strings and numbers alone: this does not fail, and a reply without a body still has its status.
    serde_json::to_vec(problem).unwrap_or_default()
}

/// Logs what went wrong inside and tells the client only that it did.
pub fn internal(error: &dyn std::fmt::Display) -> Refusal {
    tracing::error!(%error, "a request failed");
    ProblemCode::Internal.into()
}
