//! Gatherings as iCalendar files.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use hnh_domain::board::{Board, Post};
use hnh_domain::places::PlaceDetails;
use hnh_domain::problem::ProblemCode;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use uuid::Uuid;

use super::posts::{self, PostRow, post_sql};
use super::visibility::{comments_seen_sql, visible_sql};
use crate::account::{Viewer, author, blocked_sql};
use crate::app::{App, AppState};
use crate::db::args;
use crate::http::no_store::NoStore;
use crate::http::problem::Refusal;
use crate::http::record_id::RecordId;

/// How far back a feed of events goes, in ms: 30 days.
const PAST_MS: i64 = 30 * 24 * 3_600_000;

/// The post's meal as an event; none where it has no meal or its time is none.
fn event(app: &App, post: &Post) -> Option<Event> {
    let gathering = post.draft.gathering.as_ref()?;
    let starts = DateTime::from_timestamp_millis(gathering.starts_ms)?;
    let ends = DateTime::from_timestamp_millis(gathering.ends_ms())?;
    let mut event = Event::new();
    event.uid(&format!("{}@hnh", post.id));
    event.summary(&post.draft.title).starts(starts).ends(ends);
    event.timestamp(DateTime::from_timestamp_millis(post.edited_ms.unwrap_or(post.created_ms))?);
    event.description(&post.draft.body).url(&format!("{}/post/{}", app.mailer.public_url, post.id));
    event.sequence(u32::try_from(post.version).unwrap_or(u32::MAX));
    let catalogue = app.catalogue.current();
    let venue = gathering.venue.and_then(|venue| catalogue?.places.get(venue, app.now_ms()));
    let parts = match venue {
        Some(PlaceDetails { place, .. }) => {
            let name = place.name.ko.or(place.name.en).or(place.name.local);
            [name, place.address, Some(gathering.address.clone())]
        }
        None => [Some(gathering.address.clone()), None, None],
    };
    let location = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if !location.is_empty() {
        event.location(&location);
    }
    let cancelled = post.gathering.as_ref().is_some_and(|gathering| gathering.cancelled.is_some());
    event.status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    Some(event.done())
}

fn file(calendar: &Calendar) -> Response {
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"))];
    NoStore((headers, calendar.to_string())).into_response()
}

/// A gathering for one's calendar
#[utoipa::path(get, path = "/api/v1/posts/{id}/calendar.ics", tag = "board", params(("id" = Uuid, Path)),
    responses((status = 200, content_type = "text/calendar", body = String)))]
pub(super) async fn post_calendar(
    State(app): State<AppState>,
    Viewer(viewer): Viewer,
    RecordId(id): RecordId,
) -> Result<Response, Refusal> {
    let post = posts::read(&mut app.db.read().await?, viewer, id).await?.ok_or(ProblemCode::NotFound)?;
    let event = event(&app, &post).ok_or(ProblemCode::NotFound)?;
    Ok(file(&Calendar::from([event])))
}

/// The events of the last 30 days and all to come, for a calendar to follow
#[utoipa::path(get, path = "/api/v1/events.ics", tag = "board",
    responses((status = 200, content_type = "text/calendar", body = String)))]
pub(super) async fn events_calendar(State(app): State<AppState>) -> Result<Response, Refusal> {
    let mut tx = app.db.read().await?;
    let sql = post_sql!("AND x.board = $2 AND x.ends_ms > $3 ORDER BY x.starts_ms, x.id LIMIT 1000");
    let rows: Vec<PostRow> = tx.fetch_all(sql, args![Uuid::nil(), Board::Event.code(), app.now_ms() - PAST_MS]).await?;
    let posts = posts::complete(&mut tx, Uuid::nil(), rows).await?;
    let mut calendar: Calendar = posts.iter().filter_map(|post| event(&app, post)).collect();
    calendar.name("HnH");
    Ok(file(&calendar.done()))
}
