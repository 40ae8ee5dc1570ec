//! Our index, in process, on one core.

use std::time::Instant;

use anyhow::Result;
use hnh_catalog::recipes::{RecipeIndex, RecipeIndexBuilder};
use hnh_domain::recipes::RecipeQuery;
use tempfile::TempDir;

use crate::corpus::Corpus;
use crate::measure::{Measured, ask, megabytes, size};
use crate::questions::{Answer, Question};

pub(crate) struct Ours {
    index: RecipeIndex,
    /// Kept until the end: the index is mapped from it.
    _folder: TempDir,
    pub(crate) summary: String,
}

impl Ours {
    pub(crate) fn build(corpus: &Corpus) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("hnh-recipes-").tempdir()?;
        let started = Instant::now();
        let mut builder = RecipeIndexBuilder::new(folder.path())?;
        for recipe in corpus.recipes() {
            builder.add(&recipe)?;
        }
        builder.finish()?;
        let (built, most) = (started.elapsed().as_secs_f64(), megabytes("VmHWM:")?);
        let opening = Instant::now();
        let index = RecipeIndex::open(folder.path())?;
        let opened = opening.elapsed().as_secs_f64() * 1e3;
        let part = |name: &str| -> Result<f64> { Ok(folder.path().join(name).metadata()?.len() as f64 / 1e6) };
        let summary = format!(
            "built in {built:.0} s with at most {most:.0} MB of memory; {:.0} MB on disk, of which whole recipes {:.0}, \
             cards {:.0}, words {:.0}; opened in {opened:.1} ms",
            size(folder.path())? as f64 / 1e6,
            part("recipes.zst")?,
            part("cards.json")?,
            size(&folder.path().join("text"))? as f64 / 1e6,
        );
        Ok(Self { index, _folder: folder, summary })
    }

    /// Searches and writes the reply's JSON, as the HTTP layer would.
    pub(crate) fn measure(&self, questions: &[Question], facets: bool) -> Result<(Measured, Vec<Answer>)> {
        let queries: Vec<RecipeQuery> = questions.iter().map(|q| q.query(facets)).collect();
        let mut reply = Vec::with_capacity(1 << 16);
        ask(&queries, |query| {
            reply.clear();
            let found = self.index.search(query)?;
            serde_json::to_writer(&mut reply, &found)?;
            Ok((found.page.total.unwrap_or_default(), found.page.items.len()))
        })
    }
}
