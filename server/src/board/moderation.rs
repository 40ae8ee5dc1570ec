//! Reports, what moderators decide of them, and the public log.

use axum::extract::State;
use hnh_domain::account::Person;
use hnh_domain::board::{Decision, LogEntry, Report, Subject, SubjectKind};
use hnh_domain::feeds::{Feed, ItemKind, NoticeKind};
use hnh_domain::problem::{FieldError, ProblemCode};
use sqlx::FromRow;
use uuid::Uuid;

use crate::account::{Author, CurrentUser, Moderator, author};
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::feeds::WriteTx;
use crate::http::problem::{Refusal, internal};
use crate::ids::new_id;
use crate::notices::{About, notify, take_back};

/// What is known of a subject: who wrote it, its words, and the post or room it is in.
#[derive(FromRow)]
struct Written {
    author: Option<Uuid>,
    words: String,
    place: String,
}

async fn written(tx: &mut Tx, subject: Subject) -> Result<Option<Written>, DbError> {
    let sql = match subject.kind {
        SubjectKind::Post => "SELECT author, words, board AS place FROM post WHERE id = $1",
        SubjectKind::Comment => {
            "SELECT c.author, c.body AS words, x.board AS place FROM comment c JOIN post x ON x.id = c.post WHERE c.id = $1"
        }
        SubjectKind::Message => "SELECT author, body AS words, CAST('' AS TEXT) AS place FROM message WHERE id = $1",
        SubjectKind::Correction => {
            "SELECT person AS author, fact || ' ' || value AS words, CAST('' AS TEXT) AS place FROM correction WHERE id = $1 \
             ORDER BY at_ms LIMIT 1"
        }
        SubjectKind::Review => {
            "SELECT author, eaten || ': ' || body AS words, CAST('' AS TEXT) AS place FROM review WHERE id = $1"
        }
        SubjectKind::Person => {
            "SELECT id AS author, profile AS words, CAST('' AS TEXT) AS place FROM person WHERE id = $1"
        }
    };
    tx.fetch_optional(sql, args![subject.id]).await
}

/// Tells the moderators; a second report of the same is the first one.
pub(super) async fn report(tx: &mut WriteTx, who: &CurrentUser, subject: Subject, reason: &str) -> Result<(), Refusal> {
    let known = match subject.kind {
        SubjectKind::Message => crate::chat::room_of(tx, subject.id, who.id).await?.is_some(),
        _ => written(tx, subject).await?.is_some(),
    };
    if !known {
        return Err(ProblemCode::NotFound.into());
    }
    let (id, now_ms) = (new_id(tx.now_ms), tx.now_ms);
    let sql = "SELECT id FROM report WHERE reporter = $1 AND subject = $2 AND NOT closed";
    if tx.fetch_optional::<(Uuid,)>(sql, args![who.id, subject.id]).await?.is_none() {
        tx.execute(
            "INSERT INTO report (id, kind, subject, reporter, reason, at_ms, closed) VALUES ($1, $2, $3, $4, $5, $6, FALSE)",
            args![id, subject.kind.code(), subject.id, who.id, reason, now_ms],
        )
        .await?;
    }
    Ok(())
}

/// A moderator's decision.
pub(super) async fn moderate(
    tx: &mut WriteTx,
    who: &CurrentUser,
    subject: Subject,
    decision: Decision,
    reason: &str,
) -> Result<(), Refusal> {
    if !who.role.moderates() {
        return Err(ProblemCode::Forbidden.into());
    }
    // What is gone can only be let rest: its reports must not stand before others for ever.
    let gone = Written { author: None, words: String::new(), place: String::new() };
    let Written { author, words, place } = match (written(tx, subject).await?, decision) {
        (Some(written), _) => written,
        (None, Decision::Dismiss) => gone,
        (None, Decision::Hide | Decision::Restore) => return Err(ProblemCode::NotFound.into()),
    };
    let hidden = match decision {
        Decision::Hide => Some(true),
        Decision::Restore => Some(false),
        Decision::Dismiss => None,
    };
    if hidden == Some(true) {
        take_back(tx, subject.id).await?;
    }
    if let Some(hidden) = hidden {
        let board = || place.parse().map(Feed::Board).map_err(|error: String| internal(&error));
        match subject.kind {
            SubjectKind::Post => {
                tx.execute("UPDATE post SET hidden = $2 WHERE id = $1", args![subject.id, hidden]).await?;
                tx.touch(board()?, ItemKind::Post, subject.id);
            }
            SubjectKind::Comment => {
                let sql = "UPDATE comment SET hidden = $2 WHERE id = $1 RETURNING post";
                let (post,): (Uuid,) = tx.fetch_one(sql, args![subject.id, hidden]).await?;
                tx.touch(board()?, ItemKind::PostCounts, post);
                tx.touch(board()?, ItemKind::Comment, subject.id);
            }
            SubjectKind::Message => crate::chat::hide(tx, subject.id, hidden).await?,
            SubjectKind::Correction => {
                tx.execute("UPDATE correction SET hidden = $2 WHERE id = $1", args![subject.id, hidden]).await?;
            }
            SubjectKind::Review => {
                tx.execute("UPDATE review SET hidden = $2 WHERE id = $1", args![subject.id, hidden]).await?;
            }
            SubjectKind::Person => {
                return Err(FieldError::new(
                    "decision",
                    "must be dismiss: what a person wrote can be hidden, not the person",
                )
                .into());
            }
        }
    }
    let (id, now_ms) = (new_id(tx.now_ms), tx.now_ms);
    tx.execute(
        "INSERT INTO moderation (id, moderator, decision, kind, subject, reason, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, who.id, decision.code(), subject.kind.code(), subject.id, reason, now_ms],
    )
    .await?;
    tx.execute("UPDATE report SET closed = TRUE WHERE subject = $1", args![subject.id]).await?;
    if let (Some(author), Decision::Hide) = (author, decision) {
        // Its author still sees the post, and can ask for another look there.
        let post = match subject.kind {
            SubjectKind::Post => Some(subject.id),
            SubjectKind::Comment => crate::board::comments::post_of(tx, subject.id).await?,
            SubjectKind::Message | SubjectKind::Person | SubjectKind::Correction | SubjectKind::Review => None,
        };
        notify(tx, author, NoticeKind::Moderated, About { by: None, post, told: None, words: &words }).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct ReportRow {
    id: Uuid,
    kind: String,
    subject: Uuid,
    reason: String,
    at_ms: i64,
    #[sqlx(flatten)]
    by: Author,
}

/// What was reported and is not decided, the oldest first
#[utoipa::path(get, path = "/api/v1/reports", operation_id = "list_reports", tag = "board",
    responses((status = 200, body = Vec<Report>)))]
pub(super) async fn reports(State(app): State<AppState>, _: Moderator) -> Result<axum::Json<Vec<Report>>, Refusal> {
    let mut tx = app.db.read().await?;
    let sql = concat!(
        "SELECT r.id, r.kind, r.subject, r.reason, r.at_ms, ",
        author!(),
        " FROM report r LEFT JOIN person p ON p.id = r.reporter WHERE NOT r.closed AND CASE r.kind \
         WHEN 'post' THEN EXISTS (SELECT 1 FROM post x WHERE x.id = r.subject) \
         WHEN 'comment' THEN EXISTS (SELECT 1 FROM comment x WHERE x.id = r.subject AND NOT x.deleted) \
         WHEN 'message' THEN EXISTS (SELECT 1 FROM message x WHERE x.id = r.subject AND x.body <> '') \
         WHEN 'correction' THEN EXISTS (SELECT 1 FROM correction x WHERE x.id = r.subject) \
         WHEN 'review' THEN EXISTS (SELECT 1 FROM review x WHERE x.id = r.subject) \
         ELSE EXISTS (SELECT 1 FROM person x WHERE x.id = r.subject) END ORDER BY r.at_ms, r.id LIMIT 200"
    );
    let rows: Vec<ReportRow> = tx.fetch_all(sql, []).await?;
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(kind) = row.kind.parse() else { continue };
        let subject = Subject { kind, id: row.subject };
        let Some(written) = written(&mut tx, subject).await? else { continue };
        let sql = concat!("SELECT ", author!(), " FROM person p WHERE p.id = $1");
        let author: Option<Author> = tx.fetch_optional(sql, args![written.author]).await?;
        reports.push(Report {
            id: row.id,
            subject,
            by: row.by.into(),
            author: author.and_then(Option::<Person>::from),
            reason: row.reason,
            words: written.words.chars().take(1_000).collect(),
            at_ms: row.at_ms,
        });
    }
    Ok(axum::Json(reports))
}

/// What moderators did, the newest first
#[utoipa::path(get, path = "/api/v1/moderation", operation_id = "list_decisions", tag = "board", responses((status = 200, body = Vec<LogEntry>)))]
pub(super) async fn log(State(app): State<AppState>) -> Result<axum::Json<Vec<LogEntry>>, Refusal> {
    let sql = "SELECT id, decision, kind, reason, at_ms FROM moderation ORDER BY at_ms DESC, id DESC LIMIT 200";
    let rows: Vec<(Uuid, String, String, String, i64)> = app.db.read().await?.fetch_all(sql, []).await?;
    let read = |(id, decision, kind, reason, at_ms): (Uuid, String, String, String, i64)| {
        Some(LogEntry { id, decision: decision.parse().ok()?, kind: kind.parse().ok()?, reason, at_ms })
    };
    Ok(axum::Json(rows.into_iter().filter_map(read).collect()))
}
