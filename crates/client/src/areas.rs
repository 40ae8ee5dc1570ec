//! Areas that the device keeps: fetched page by page in the background, on after the program was ended, anew every week.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::select;
use hnh_domain::calls::{KeepArea, ListAreas, MeasureArea, PauseArea, RemoveArea};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{AreaPage, AreaQuery, AreaSize, OfflineArea};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::store::{Store, corrupt_data, storage_error};
use crate::{Core, Host, request};

/// Hours are known for four weeks; what closed or opened is learnt every week.
const ANEW_EVERY_MS: i64 = 7 * 24 * 3_600_000;

/// How often the device looks whether an area has grown old.
const LOOK_EVERY: Duration = Duration::from_secs(600);

/// The pause after a page that did not come.
const AFTER_FAILURE: Duration = Duration::from_secs(8);

/// Nobody keeps more areas than this.
const MOST: i64 = 20;

/// What is fetched next.
struct Due {
    id: Uuid,
    query: AreaQuery,
    round: i64,
    version: Option<String>,
}

/// The part of a stored place that is read here.
#[derive(Deserialize)]
struct Identified {
    place: Id,
}

#[derive(Deserialize)]
struct Id {
    id: Uuid,
}

impl Store {
    const AREA: &'static str = "SELECT a.id, a.name, a.lat, a.lon, a.radius_m, a.total, a.fetched_ms, a.paused,
        (SELECT COUNT(*) FROM area_place p WHERE p.area = a.id),
        (SELECT COALESCE(SUM(LENGTH(p.json)), 0) FROM area_place p WHERE p.area = a.id) FROM area a";

    pub(crate) fn areas(&self) -> Result<Vec<OfflineArea>, Problem> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{} ORDER BY a.made_ms DESC", Self::AREA))
            .map_err(storage_error)?;
        let rows = statement.query_map([], read_area).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    fn area(&self, id: Uuid) -> Result<Option<OfflineArea>, Problem> {
        let sql = format!("{} WHERE a.id = ?1", Self::AREA);
        self.connection.query_row(&sql, [id.to_string()], read_area).optional().map_err(storage_error)
    }

    fn add_area(&self, area: &OfflineArea, now_ms: i64) -> Result<(), Problem> {
        let name = area.name.as_ref().map(serde_json::to_string).transpose().map_err(corrupt_data)?;
        let added = self.connection.execute(
            "INSERT INTO area (id, name, lat, lon, radius_m, total, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                area.id.to_string(),
                name,
                area.position.lat,
                area.position.lon,
                area.radius_m,
                i64::try_from(area.total).unwrap_or(i64::MAX),
                now_ms
            ],
        );
        added.map(drop).map_err(storage_error)
    }

    /// The area whose turn it is: one under way first, then one that has grown old.
    fn due_area(&self, now_ms: i64) -> Result<Option<Due>, Problem> {
        let read = |row: &Row<'_>| {
            Ok(Due {
                id: uuid_at(row, 0)?,
                query: AreaQuery { lat: row.get(1)?, lon: row.get(2)?, radius_m: row.get(3)?, cursor: row.get(4)? },
                round: row.get(5)?,
                version: row.get(6)?,
            })
        };
        self.connection
            .query_row(
                "SELECT id, lat, lon, radius_m, next, round, version FROM area
                 WHERE paused = 0 AND (fetched_ms IS NULL OR next IS NOT NULL OR fetched_ms < ?1)
                 ORDER BY next IS NULL, fetched_ms IS NOT NULL, made_ms LIMIT 1",
                [now_ms - ANEW_EVERY_MS],
                read,
            )
            .optional()
            .map_err(storage_error)
    }

    /// Stores a page and where the next one begins, in one step: a program that is ended between two pages goes on with the next.
    fn store_area_page(&mut self, due: &Due, page: &AreaPage<Box<RawValue>>, now_ms: i64) -> Result<(), Problem> {
        let area = due.id.to_string();
        let step = self.connection.transaction().map_err(storage_error)?;
        // A catalogue that changed between two pages may have moved places from one to the other.
        let version_changed = due.query.cursor.is_some() && due.version.as_deref() != Some(&page.version);
        if version_changed {
            step.execute("UPDATE area SET next = NULL, version = NULL WHERE id = ?1", [&area])
                .map_err(storage_error)?;
            return step.commit().map_err(storage_error);
        }
        {
            let mut add = step
                .prepare_cached(
                    "INSERT INTO area_place (area, place, round, json) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (area, place) DO UPDATE SET round = excluded.round, json = excluded.json",
                )
                .map_err(storage_error)?;
            for place in &page.places {
                let id = serde_json::from_str::<Identified>(place.get()).map_err(corrupt_data)?.place.id;
                add.execute(params![area, id.to_string(), due.round, place.get()]).map_err(storage_error)?;
            }
        }
        if page.next.is_some() {
            step.execute(
                "UPDATE area SET next = ?2, version = ?3 WHERE id = ?1",
                params![area, page.next, page.version],
            )
            .map_err(storage_error)?;
        } else {
            step.execute("DELETE FROM area_place WHERE area = ?1 AND round < ?2", params![area, due.round])
                .map_err(storage_error)?;
            step.execute(
                "UPDATE area SET next = NULL, version = ?2, fetched_ms = ?3, round = round + 1,
                     total = (SELECT COUNT(*) FROM area_place WHERE area = ?1) WHERE id = ?1",
                params![area, page.version, now_ms],
            )
            .map_err(storage_error)?;
        }
        step.commit().map_err(storage_error)
    }

    /// The places of an area as the server sent them.
    pub(crate) fn area_places(&self, area: Uuid) -> Result<Vec<String>, Problem> {
        let mut statement =
            self.connection.prepare_cached("SELECT json FROM area_place WHERE area = ?1").map_err(storage_error)?;
        let rows = statement.query_map([area.to_string()], |row| row.get(0)).map_err(storage_error)?;
        rows.collect::<Result<_, _>>().map_err(storage_error)
    }

    /// A place of any area, as the server sent it.
    pub(crate) fn area_place(&self, place: Uuid) -> Result<Option<String>, Problem> {
        self.connection
            .query_row("SELECT json FROM area_place WHERE place = ?1 LIMIT 1", [place.to_string()], |row| row.get(0))
            .optional()
            .map_err(storage_error)
    }
}

fn uuid_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Uuid> {
    let text: String = row.get(at)?;
    Uuid::parse_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, e.into()))
}

fn read_area(row: &Row<'_>) -> rusqlite::Result<OfflineArea> {
    let name: Option<String> = row.get(1)?;
    Ok(OfflineArea {
        id: uuid_at(row, 0)?,
        name: name.and_then(|name| serde_json::from_str(&name).ok()),
        position: LatLon { lat: row.get(2)?, lon: row.get(3)? },
        radius_m: row.get(4)?,
        total: row.get::<_, i64>(5)?.unsigned_abs(),
        fetched_ms: row.get(6)?,
        paused: row.get(7)?,
        places: row.get::<_, i64>(8)?.unsigned_abs(),
        bytes: row.get::<_, i64>(9)?.unsigned_abs(),
    })
}

impl<H: Host> Core<H> {
    /// Fetches what is due, one page after the other; never done.
    pub(crate) async fn keep_areas(&self) {
        loop {
            let pause = match self.fetch_area_page().await {
                Ok(true) => continue,
                Ok(false) => LOOK_EVERY,
                Err(_) => AFTER_FAILURE,
            };
            select(pin!(self.host.sleep(pause)), pin!(self.areas_wanted.notified())).await;
        }
    }

    /// Fetches the page whose turn it is; whether there was one.
    async fn fetch_area_page(&self) -> Result<bool, Problem> {
        let Some(due) = self.store().due_area(self.host.now_ms())? else { return Ok(false) };
        let answer = self.fetch(&request("/restaurants/area", &due.query)?).await?;
        let page = serde_json::from_str(answer.get()).map_err(corrupt_data)?;
        // It may have been removed meanwhile.
        if self.store().area(due.id)?.is_some() {
            self.store().store_area_page(&due, &page, self.host.now_ms())?;
            self.forget_read_areas();
            self.emit(&[Topic::Areas]);
        }
        Ok(true)
    }
}

impl<H: Host> Handle<MeasureArea> for Core<H> {
    async fn handle(&self, call: MeasureArea) -> Result<Json<AreaSize>, Problem> {
        let MeasureArea { position, radius_m } = call;
        let LatLon { lat, lon } = position.coarse();
        let query = AreaQuery { lat, lon, radius_m, cursor: None };
        query.checked()?;
        Ok(Json::written(
            Box::<str>::from(self.fetch(&request("/restaurants/area/size", &query)?).await?).into_string(),
        ))
    }
}

impl<H: Host> Handle<KeepArea> for Core<H> {
    async fn handle(&self, call: KeepArea) -> Result<Json<OfflineArea>, Problem> {
        let KeepArea { name, position, radius_m } = call;
        let position = position.coarse();
        if self.store().areas()?.len() as i64 >= MOST {
            return Err(Problem::new(ProblemCode::TooMany));
        }
        let size: AreaSize = self.handle(MeasureArea { position, radius_m }).await?.read()?;
        let area = OfflineArea {
            id: self.new_id(),
            name,
            position,
            radius_m,
            places: 0,
            total: size.places,
            bytes: 0,
            fetched_ms: None,
            paused: false,
        };
        self.store().add_area(&area, self.host.now_ms())?;
        self.emit(&[Topic::Areas]);
        self.areas_wanted.notify_one();
        Json::of(&area)
    }
}

impl<H: Host> Handle<PauseArea> for Core<H> {
    async fn handle(&self, call: PauseArea) -> Result<Json<()>, Problem> {
        let paused = self
            .store()
            .connection
            .execute("UPDATE area SET paused = ?2 WHERE id = ?1", params![call.id.to_string(), call.on])
            .map_err(storage_error)?;
        if paused == 0 {
            return Err(Problem::new(ProblemCode::NotFound));
        }
        self.emit(&[Topic::Areas]);
        self.areas_wanted.notify_one();
        Json::of(&())
    }
}

impl<H: Host> Handle<RemoveArea> for Core<H> {
    async fn handle(&self, call: RemoveArea) -> Result<Json<()>, Problem> {
        let id = call.id.to_string();
        let mut store = self.store();
        let step = store.connection.transaction().map_err(storage_error)?;
        step.execute("DELETE FROM area_place WHERE area = ?1", [&id]).map_err(storage_error)?;
        step.execute("DELETE FROM area WHERE id = ?1", [&id]).map_err(storage_error)?;
        step.commit().map_err(storage_error)?;
        drop(store);
        self.forget_read_areas();
        self.emit(&[Topic::Areas]);
        Json::of(&())
    }
}

impl<H: Host> Handle<ListAreas> for Core<H> {
    async fn handle(&self, _call: ListAreas) -> Result<Json<Vec<OfflineArea>>, Problem> {
        Json::of(&self.store().areas()?)
    }
}
