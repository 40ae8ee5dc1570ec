//! Redis: GEOSEARCH, which finds by distance alone; the rest is filtered by the client, out of tables
//! that it keeps in memory.

use anyhow::Result;
use redis::Connection;

use crate::measure::{Measured, ask};
use crate::world::{Answer, NEAREST, Question, World};
use crate::{CONNECTIONS, Rival};

const KEY: &str = "nearby";

/// Members added at once.
const CHUNK: usize = 5_000;

/// The first radius in metres; widened fourfold until enough is found.
const RADIUS: f64 = 500.0;

/// No two places are farther apart than this many metres.
const WORLD: f64 = 21_000_000.0;

struct Redis {
    connections: Vec<Connection>,
}

/// Loads the places; none, with one line, where there is no address.
pub(crate) fn start(world: &World) -> Result<Option<Box<dyn Rival>>> {
    let Ok(url) = std::env::var("HNH_BENCH_REDIS") else {
        println!("Redis is left out: HNH_BENCH_REDIS has no address");
        return Ok(None);
    };
    let client = redis::Client::open(url)?;
    let mut connections = (0..CONNECTIONS).map(|_| client.get_connection()).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = connections.first_mut() else { return Ok(None) };
    redis::cmd("DEL").arg(KEY).exec(first)?;
    for (number, chunk) in world.spots.chunks(CHUNK).enumerate() {
        let mut add = redis::cmd("GEOADD");
        add.arg(KEY);
        for (id, spot) in (number * CHUNK..).zip(chunk) {
            // Web Mercator's latitudes are all that Redis takes.
            add.arg(spot.position.lon).arg(spot.position.lat.clamp(-85.05, 85.05)).arg(id);
        }
        add.exec(first)?;
    }
    Ok(Some(Box::new(Redis { connections })))
}

impl Rival for Redis {
    fn name(&self) -> &str {
        "Redis GEOSEARCH, filtered by the client, 8 connections"
    }

    /// Its geohash has 52 bits: cells of 0.6 m, and the order follows from them.
    fn rounding_m(&self) -> f64 {
        1.0
    }

    fn measure(&mut self, world: &World, question: Question) -> Result<Option<(Measured, Vec<Answer>)>> {
        // One in a thousand matches the rare question: the client would fetch whole countries.
        if question == Question::Rare {
            return Ok(None);
        }
        let first = if question == Question::Plain { NEAREST } else { 8 * NEAREST };
        let mut round = |count: usize| {
            ask(&mut self.connections, count, |connection, number| {
                let center = world.centers[number];
                let (mut radius, mut wanted) = (RADIUS, first);
                loop {
                    let mut search = redis::cmd("GEOSEARCH");
                    search.arg(KEY).arg("FROMLONLAT").arg(center.lon).arg(center.lat);
                    search.arg("BYRADIUS").arg(radius).arg("m").arg("ASC").arg("COUNT").arg(wanted);
                    let members: Vec<usize> = search.query(connection)?;
                    let matching = members.iter().filter(|id| world.spots[**id].matches(world, question));
                    // As a client would, it takes the distance from the position that it knows.
                    let mut found: Answer =
                        matching.map(|id| center.distance_m(world.spots[*id].position)).take(NEAREST).collect();
                    if found.len() == NEAREST || radius >= WORLD {
                        found.sort_unstable_by(f64::total_cmp);
                        return Ok(found);
                    }
                    if members.len() == wanted { wanted *= 4 } else { radius *= 4.0 }
                }
            })
        };
        round(world.centers.len().min(2_000))?;
        round(world.centers.len()).map(Some)
    }
}
