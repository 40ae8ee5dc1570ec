//! Our index, in process, on one core.

use anyhow::Result;
use hnh_catalog::places::{self, PlaceIndex};
use hnh_domain::geo::LatLon;
use hnh_domain::places::{OpenAt, PlaceCard, PlaceDiet, PlaceKind, PlaceQuery};
use tempfile::TempDir;

use crate::COMPARED;
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

    /// Searches and writes the reply's JSON, as the HTTP layer does, on so many threads. The first
    /// round, which maps pages and evaluates opening hours, is not counted; the rivals have one too.
    pub(crate) fn measure(&self, world: &World, question: Question, threads: usize) -> Result<Measured> {
        let queries: Vec<PlaceQuery> = world.centers.iter().map(|c| query(c.lat, c.lon, question)).collect();
        let mut replies = vec![Vec::with_capacity(1 << 16); threads];
        let mut once = || {
            ask(&mut replies, queries.len(), |reply, number| {
                reply.clear();
                self.index.search_json(&queries[number], 0, reply)?;
                Ok(Answer::new())
            })
        };
        once()?;
        Ok(once()?.0)
    }

    /// The answers to the first questions. Replies have whole metres, so the positions are measured.
    pub(crate) fn answers(&self, world: &World, question: Question) -> Result<Vec<Answer>> {
        let answer = |center: &LatLon| -> Result<Answer> {
            let page = self.index.search(&query(center.lat, center.lon, question), 0)?;
            let hits = page.items.iter();
            hits.map(|hit| Ok(center.distance_m(serde_json::from_str::<PlaceCard>(hit.place.get())?.position)))
                .collect()
        };
        world.centers.iter().take(COMPARED).map(answer).collect()
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
        query.open = Some(OpenAt::Local(ASKED_TIME.parse().expect("a time")));
    }
    if question == Question::Rare {
        query.only = vec![PlaceDiet::Vegan].into();
        query.kind = vec![PlaceKind::IceCream].into();
    }
    query
}
