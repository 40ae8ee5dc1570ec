//! Our index, in process, on one core.

use anyhow::{Context, Result};
use hnh_catalog::places::{self, PlaceIndex};
use hnh_domain::restaurants::{OpenAt, PlaceDiet, PlaceKind, PlaceQuery};
use tempfile::TempDir;

use crate::measure::{Measured, ask};
use crate::world::{ASKED_TIME, Answer, NEAREST, Question, World};

pub(crate) struct Ours {
    index: PlaceIndex,
    folder: TempDir,
    pub(crate) opened_ms: f64,
}

impl Ours {
    pub(crate) fn build(world: &World) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("hnh-nearby-").tempdir()?;
        places::build(folder.path(), world.places())?;
        let started = std::time::Instant::now();
        let index = PlaceIndex::open(folder.path())?;
        Ok(Self { index, opened_ms: started.elapsed().as_secs_f64() * 1e3, folder })
    }

    /// Searches and writes the reply's JSON, as the HTTP layer would. The first round, which maps pages
    /// and evaluates opening hours, is not counted; the rivals have one too.
    pub(crate) fn measure(&self, world: &World, question: Question) -> Result<(Measured, Vec<Answer>)> {
        let queries: Vec<PlaceQuery> = world.centers.iter().map(|c| query(c.lat, c.lon, question)).collect();
        let mut reply = vec![Vec::with_capacity(1 << 16)];
        let mut once = || {
            ask(&mut reply, queries.len(), |reply, number| {
                reply.clear();
                let page = self.index.search(&queries[number], 0)?;
                serde_json::to_writer(&mut *reply, &page)?;
                // Distances come in whole metres; the exact ones are compared in the index's own tests.
                page.items.iter().map(|hit| hit.distance_m.map(f64::from).context("no distance")).collect()
            })
        };
        once()?;
        once()
    }

    pub(crate) fn disk_mb(&self) -> Result<f64> {
        fn size(folder: &std::path::Path) -> std::io::Result<u64> {
            let mut sum = 0;
            for entry in folder.read_dir()? {
                let entry = entry?;
                sum += if entry.file_type()?.is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
            }
            Ok(sum)
        }
        Ok(size(self.folder.path())? as f64 / 1e6)
    }
}

fn query(lat: f64, lon: f64, question: Question) -> PlaceQuery {
    let mut query = PlaceQuery { lat: Some(lat), lon: Some(lon), limit: Some(NEAREST as u32), ..PlaceQuery::default() };
    if question != Question::Plain {
        query.diet = vec![PlaceDiet::Vegan].into();
        query.open = Some(OpenAt::Local(ASKED_TIME.into()));
    }
    if question == Question::Rare {
        query.only = true;
        query.kind = vec![PlaceKind::IceCream].into();
    }
    query
}
