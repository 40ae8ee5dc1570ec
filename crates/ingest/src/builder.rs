//! Builds a catalogue version from what was imported and from the starter.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use hnh_domain::calls::{CatalogueInfo, SourceCredit};
use hnh_domain::foods::Food;
use hnh_domain::places::Place;
use hnh_domain::recipes::Recipe;
use hnh_domain::source::Source;
use hnh_nutrition::Tables;
use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use crate::enrich::enrich;
use crate::import::chains::{is_gone, limit_diets};
use crate::join::join;
use crate::location::Locator;
use crate::records::{Record, RecordReader, SourceStore, file_name};
use crate::starter::Starter;
use crate::starter::names::FoodNames;
use hnh_catalog::versions::{Versions, remove_folder};

/// What to build from, and where to.
pub struct BuildOptions<'a> {
    /// The data folder.
    pub data: &'a Path,
    /// The starter catalogue, if it is to be part of the version.
    pub starter: Option<&'a Starter>,
    /// The time that names the version.
    pub now: SystemTime,
}

/// A version that was built.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name: the time and a hash of its records.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What it holds.
    pub info: CatalogueInfo,
    /// Named areas.
    pub areas: usize,
}

/// Builds a version and makes it current. `step` is told what is being done, in a few words.
///
/// A record with an id that several sources have is taken from the first of: the imports in the order of
/// their names, the starter. An import is a person's own choice and mostly newer.
///
/// # Errors
/// When a record file is damaged, a starter recipe has a mistake, or the disk refuses; the version
/// before stays current.
pub fn build(options: &BuildOptions<'_>, step: &mut dyn FnMut(&str)) -> Result<Version> {
    let store = SourceStore::new(options.data);
    let _lock = store.lock()?;
    step("reading the records");
    let records = Records::read(&store, options.starter)?;
    let name =
        format!("{}-{:08x}", DateTime::<Utc>::from(options.now).format("%Y%m%dT%H%M%SZ"), records.hash()? as u32);
    let versions = Versions::new(options.data);
    let draft = versions.draft(&name)?;
    let version = write(records, options, &name, &draft, step)
        .and_then(|(info, areas)| Ok((versions.publish(&draft, &name)?, info, areas)));
    match version {
        Ok((folder, info, areas)) => Ok(Version { name, folder, info, areas }),
        Err(error) => {
            remove_folder(&draft)?;
            Err(error)
        }
    }
}

/// Writes all of a version into its draft.
fn write(
    records: Records,
    options: &BuildOptions<'_>,
    name: &str,
    draft: &Path,
    step: &mut dyn FnMut(&str),
) -> Result<(CatalogueInfo, usize)> {
    let info = records.info(name);
    let json = serde_json::to_string_pretty(&info)?;
    fs::write(draft.join("catalog.json"), json).context("cannot write catalog.json")?;
    let areas = hnh_catalog::areas::build(draft, options.starter.map(Starter::folder), &records.places)?;
    let Records { places, recipes, foods } = records;
    let folder = |kind: &str| -> Result<PathBuf> {
        let folder = draft.join(kind);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    };
    step(&format!("indexing {} places", places.len()));
    hnh_catalog::places::build(&folder(Place::KIND)?, places).context("the index of places")?;
    step(&format!("indexing {} recipes", recipes.len()));
    hnh_catalog::recipes::build(&folder(Recipe::KIND)?, recipes).context("the index of recipes")?;
    step(&format!("indexing {} foods", foods.len()));
    hnh_catalog::foods::build(&folder(Food::KIND)?, foods).context("the index of foods")?;
    Ok((info, areas))
}

/// All records of a version, each id once.
struct Records {
    places: Vec<Place>,
    recipes: Vec<Recipe>,
    foods: Vec<Food>,
}

impl Records {
    fn read(store: &SourceStore, starter: Option<&Starter>) -> Result<Self> {
        let folders = store.folders()?;
        let mut places = imported::<Place>(&folders)?;
        let mut recipes = imported::<Recipe>(&folders)?;
        let mut foods = imported::<Food>(&folders)?;
        if let Some(starter) = starter {
            places.add(starter.places()?)?;
            foods.add(starter.foods()?)?;
        }
        let names = FoodNames::load()?;
        for food in &mut foods.list {
            names.complete(food);
        }
        places.list.retain(|place| !is_gone(&place.name, place.provenance.as_of.as_deref()));
        places.list.iter_mut().for_each(limit_diets);
        // Records written by an older program may lack what is computed from the position.
        let locator = Locator::default();
        for place in &mut places.list {
            locator.complete(place);
        }
        let (places, joined) = join(places.list);
        tracing::info!(records = joined.records, "records joined with another of the same place");
        if let Some(starter) = starter {
            let tables = Tables::new(foods.list.iter().cloned().map(anyhow::Ok), starter.labels()?)?;
            recipes.list.iter_mut().for_each(|recipe| enrich(recipe, &tables));
            let by_id: HashMap<Uuid, &Food> = foods.list.iter().map(|f| (f.id, f)).collect();
            recipes.add(starter.recipes(&by_id)?.into_iter().map(Ok))?;
        }
        Ok(Self { places, recipes: recipes.list, foods: foods.list })
    }

    /// A hash of everything, so that two builds of one time and the same records have one name.
    fn hash(&self) -> Result<u64> {
        fn add<R: Record>(records: &[R], hash: &mut Xxh3) -> Result<()> {
            let mut line = Vec::new();
            for record in records {
                line.clear();
                serde_json::to_writer(&mut line, record)?;
                hash.write(&line);
            }
            Ok(())
        }
        let mut hash = Xxh3::new();
        add(&self.places, &mut hash)?;
        add(&self.recipes, &mut hash)?;
        add(&self.foods, &mut hash)?;
        Ok(hash.finish())
    }

    fn info(&self, version: &str) -> CatalogueInfo {
        let mut counts = BTreeMap::<Source, u64>::new();
        let of_place = |place: &Place| -> Vec<Source> {
            let others = place.also.iter().map(|other| other.provenance.source);
            others.chain([place.provenance.source]).collect()
        };
        let sources = self.places.iter().flat_map(of_place);
        let sources = sources.chain(self.recipes.iter().map(|r| r.provenance.source));
        for source in sources.chain(self.foods.iter().map(|r| r.provenance.source)) {
            *counts.entry(source).or_default() += 1;
        }
        CatalogueInfo {
            version: version.into(),
            places: self.places.len() as u64,
            recipes: self.recipes.len() as u64,
            foods: self.foods.len() as u64,
            sources: counts
                .into_iter()
                .map(|(source, records)| SourceCredit {
                    source,
                    records,
                    licence: source.licence().into(),
                    attribution: source.attribution().into(),
                    url: source.url().into(),
                })
                .collect(),
            tiles: None,
        }
    }
}

/// Records in the order they came, each id once.
struct Unique<R> {
    list: Vec<R>,
    ids: HashSet<Uuid>,
}

impl<R: Record> Unique<R> {
    fn add(&mut self, records: impl Iterator<Item = Result<R>>) -> Result<()> {
        for record in records {
            let record = record?;
            if self.ids.insert(record.id()) {
                self.list.push(record);
            }
        }
        Ok(())
    }
}

fn imported<R: Record>(folders: &[PathBuf]) -> Result<Unique<R>> {
    let mut unique = Unique { list: Vec::new(), ids: HashSet::new() };
    for folder in folders {
        if let Some(reader) = RecordReader::open_if_there(&folder.join(file_name::<R>()))? {
            unique.add(reader)?;
        }
    }
    Ok(unique)
}
