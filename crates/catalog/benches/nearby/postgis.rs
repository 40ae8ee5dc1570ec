//! PostGIS: the nearest by the `<->` operator of geography over a GiST index.

use std::io::Write as _;

use anyhow::{Context, Result};
use postgres::{Client, NoTls, Statement};

use crate::measure::{Measured, ask};
use crate::world::{ASKED_QUARTER, Answer, NEAREST, Question, World};
use crate::{CONNECTIONS, Rival};

/// Rows sent at once.
const CHUNK: usize = 10_000;

struct PostGis {
    name: &'static str,
    /// Whether there is an index for each question; without one, what is rare takes too long to be asked.
    tailored: bool,
    connections: Vec<Client>,
}

/// Without the indexes that hold the answers to these very questions: one index over all places, which,
/// as ours, serves every combination of diets, kinds and times. To be asked after [`tailored`], whose
/// table it takes over.
pub(crate) fn general(_: &World) -> Result<Option<Box<dyn Rival>>> {
    let Ok(url) = std::env::var("HNH_BENCH_PG") else { return Ok(None) };
    Client::connect(&url, NoTls)?.batch_execute("DROP INDEX nearby_vegan, nearby_rare")?;
    connect("PostGIS geography <->, one index, 8 connections", false, &url)
}

/// Loads the places, with an index for each of the questions; none, with one line, where there is no
/// address.
pub(crate) fn tailored(world: &World) -> Result<Option<Box<dyn Rival>>> {
    let Ok(url) = std::env::var("HNH_BENCH_PG") else {
        println!("PostGIS is left out: HNH_BENCH_PG has no address");
        return Ok(None);
    };
    let mut client = Client::connect(&url, NoTls)?;
    load(&mut client, world)?;
    connect("PostGIS geography <->, an index a question, 8 conn.", true, &url)
}

fn connect(name: &'static str, tailored: bool, url: &str) -> Result<Option<Box<dyn Rival>>> {
    let connections = (0..CONNECTIONS).map(|_| Client::connect(url, NoTls)).collect::<Result<_, _>>()?;
    Ok(Some(Box::new(PostGis { name, tailored, connections })))
}

fn load(client: &mut Client, world: &World) -> Result<()> {
    client.batch_execute(
        "CREATE EXTENSION IF NOT EXISTS postgis;
         DROP TABLE IF EXISTS nearby_raw, nearby_weeks, nearby_cards, nearby;
         CREATE UNLOGGED TABLE nearby_weeks (week int PRIMARY KEY, open bit(672) NOT NULL);
         CREATE UNLOGGED TABLE nearby_cards (card int PRIMARY KEY, json text NOT NULL);
         CREATE UNLOGGED TABLE nearby_raw (id int, lon float8, lat float8, vegan bool, rare bool, week int, card int);",
    )?;
    let weeks = world.weeks.iter().enumerate().map(|(number, week)| {
        let bits: String = week.iter().map(|open| if *open { '1' } else { '0' }).collect();
        format!("{number}\t{bits}\n")
    });
    copy(client, "nearby_weeks", weeks)?;
    let escaped = |json: &str| json.replace('\\', "\\\\");
    copy(client, "nearby_cards", world.cards.iter().enumerate().map(|(n, json)| format!("{n}\t{}\n", escaped(json))))?;
    let rows = world.spots.iter().enumerate().map(|(id, spot)| {
        let week = spot.week.map_or("\\N".into(), |week| week.to_string());
        let (lon, lat) = (spot.position.lon, spot.position.lat);
        format!("{id}\t{lon}\t{lat}\t{}\t{}\t{week}\t{}\n", spot.vegan, spot.rare, spot.card)
    });
    copy(client, "nearby_raw", rows)?;
    // As a careful administrator would: one wide table, in the order of space, with the hours worked out
    // to one bit a quarter of an hour, so that the open filter is a bit test beside the index scan.
    client.batch_execute(
        "CREATE UNLOGGED TABLE nearby AS
             SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS spot, vegan, rare, open, json
             FROM nearby_raw JOIN nearby_cards USING (card) LEFT JOIN nearby_weeks USING (week)
             ORDER BY ST_SetSRID(ST_MakePoint(lon, lat), 4326);
         CREATE INDEX nearby_spot ON nearby USING gist (spot);
         CREATE INDEX nearby_vegan ON nearby USING gist (spot) WHERE vegan;
         CREATE INDEX nearby_rare ON nearby USING gist (spot) WHERE rare;
         DROP TABLE nearby_raw, nearby_weeks, nearby_cards;",
    )?;
    client.batch_execute("VACUUM (FREEZE, ANALYZE) nearby")?;
    Ok(())
}

fn copy(client: &mut Client, table: &str, rows: impl Iterator<Item = String>) -> Result<()> {
    let mut writer = client.copy_in(&format!("COPY {table} FROM STDIN"))?;
    let mut chunk = String::new();
    for (number, row) in rows.enumerate() {
        chunk.push_str(&row);
        if number % CHUNK == 0 {
            writer.write_all(chunk.as_bytes())?;
            chunk.clear();
        }
    }
    writer.write_all(chunk.as_bytes())?;
    writer.finish().map(|_| ()).with_context(|| format!("cannot load {table}"))
}

impl Rival for PostGis {
    fn name(&self) -> &str {
        self.name
    }

    fn measure(&mut self, world: &World, question: Question) -> Result<Option<(Measured, Vec<Answer>)>> {
        if !self.tailored && question == Question::Rare {
            return Ok(None);
        }
        let open = format!("get_bit(open, {ASKED_QUARTER}) = 1");
        let filter = match question {
            Question::Plain => String::new(),
            Question::Filtered => format!("WHERE vegan AND {open}"),
            Question::Rare => format!("WHERE rare AND {open}"),
        };
        let center = "ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography";
        let sql = format!(
            "SELECT id, json, spot <-> {center} AS metres FROM nearby {filter} ORDER BY spot <-> {center} LIMIT {NEAREST}"
        );
        let mut prepared: Vec<(&mut Client, Statement)> = Vec::new();
        for client in &mut self.connections {
            let statement = client.prepare(&sql)?;
            prepared.push((client, statement));
        }
        let mut round = |count: usize| {
            ask(&mut prepared, count, |(client, statement), number| {
                let center = world.centers[number];
                let rows = client.query(&*statement, &[&center.lon, &center.lat])?;
                Ok(rows.iter().map(|row| row.get::<_, f64>(2)).collect())
            })
        };
        round(world.centers.len().min(2_000))?;
        round(world.centers.len()).map(Some)
    }
}
