//! SQLite's R*Tree, in process on one core: a box around the centre, widened until the places within
//! the circle in it are enough.

use anyhow::Result;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, params};

use crate::Rival;
use crate::measure::{Measured, ask};
use crate::world::{ASKED_QUARTER, Answer, NEAREST, Question, World};
use hnh_domain::geo::{EARTH_RADIUS_M, LatLon};

/// The first half edge of the box in metres; doubled until enough is found.
const HALF_EDGE: f64 = 250.0;

/// It is slow enough that fewer questions tell as much.
const MOST_QUESTIONS: usize = 5_000;

/// Beyond this a box is no help: everything is looked at.
const EVERYTHING: f64 = 2_000_000.0;

struct Sqlite {
    connection: Connection,
}

/// Loads the places.
pub(crate) fn start(world: &World) -> Result<Option<Box<dyn Rival>>> {
    let mut connection = Connection::open_in_memory()?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("is_open", 2, flags, |context| {
        let (week, quarter) = (context.get_raw(0).as_blob_or_null()?, context.get::<i64>(1)? as usize);
        Ok(week.and_then(|week| week.get(quarter / 8)).is_some_and(|byte| byte >> (quarter % 8) & 1 == 1))
    })?;
    connection.execute_batch(
        "CREATE VIRTUAL TABLE spots USING rtree(id, west, east, south, north);
         CREATE TABLE places (id INTEGER PRIMARY KEY, lat REAL, lon REAL, vegan INT, rare INT, open BLOB, card TEXT);",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut spots = transaction.prepare("INSERT INTO spots VALUES (?1, ?2, ?2, ?3, ?3)")?;
        let mut places = transaction.prepare("INSERT INTO places VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        let bits = |week: &Vec<bool>| -> Vec<u8> {
            let byte = |quarters: &[bool]| (0..).zip(quarters).fold(0, |byte, (i, open)| byte | u8::from(*open) << i);
            week.chunks(8).map(byte).collect()
        };
        let weeks: Vec<Vec<u8>> = world.weeks.iter().map(bits).collect();
        for (id, spot) in world.spots.iter().enumerate() {
            let (LatLon { lat, lon }, id) = (spot.position, id as i64);
            let open = spot.week.map(|week| &weeks[week as usize]);
            spots.execute(params![id, lon, lat])?;
            places.execute(params![id, lat, lon, spot.vegan, spot.rare, open, world.cards[spot.card as usize]])?;
        }
    }
    transaction.commit()?;
    Ok(Some(Box::new(Sqlite { connection })))
}

impl Rival for Sqlite {
    fn name(&self) -> &str {
        "SQLite R*Tree in memory, widening box, 1 thread"
    }

    fn is_parallel(&self) -> bool {
        false
    }

    fn measure(&mut self, world: &World, question: Question) -> Result<Option<(Measured, Vec<Answer>)>> {
        // Its box knows no filter: the rare question would read whole countries row by row.
        if question == Question::Rare {
            return Ok(None);
        }
        let filter = match question {
            Question::Plain => String::new(),
            Question::Filtered | Question::Rare => format!("AND vegan AND is_open(open, {ASKED_QUARTER})"),
        };
        let sql = format!(
            "SELECT lat, lon, card FROM spots JOIN places USING (id)
             WHERE east >= ?1 AND west <= ?2 AND north >= ?3 AND south <= ?4 {filter}"
        );
        let mut round = |count: usize| {
            ask(std::slice::from_mut(&mut self.connection), count, |connection, number| {
                let center = world.centers[number];
                let mut half_edge = HALF_EDGE;
                loop {
                    let found = within(connection, &sql, center, half_edge)?;
                    let near = found.iter().take_while(|metres| **metres <= half_edge).count();
                    if near >= NEAREST || half_edge >= EVERYTHING {
                        return Ok(found.into_iter().take(NEAREST).collect());
                    }
                    half_edge *= 2.0;
                }
            })
        };
        round(world.centers.len().min(500))?;
        round(world.centers.len().min(MOST_QUESTIONS)).map(Some)
    }
}

/// The distances of all places in the box that has the circle in it, nearest first.
fn within(connection: &Connection, sql: &str, center: LatLon, half_edge: f64) -> Result<Vec<f64>> {
    let angle = half_edge / EARTH_RADIUS_M;
    let high = angle.to_degrees();
    let wide = (angle.sin() / center.lat.to_radians().cos()).clamp(-1.0, 1.0).asin().to_degrees();
    let (south, north) = (center.lat - high, center.lat + high);
    let (west, east) = (center.lon - wide, center.lon + wide);
    // Over the antimeridian the box has a second half on the other side.
    let halves = [(west, east), (west + 360.0, 180.0), (-180.0, east - 360.0)];
    let mut found = Vec::new();
    let mut statement = connection.prepare_cached(sql)?;
    for (west, east) in halves.into_iter().filter(|(west, east)| west <= east) {
        let mut rows = statement.query(params![west, east, south, north])?;
        while let Some(row) = rows.next()? {
            let position = LatLon { lat: row.get(0)?, lon: row.get(1)? };
            row.get_ref(2)?.as_str()?;
            found.push(center.distance_m(position));
        }
    }
    found.sort_unstable_by(f64::total_cmp);
    Ok(found)
}
