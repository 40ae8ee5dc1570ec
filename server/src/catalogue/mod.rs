//! The catalogue version being served, and the swap to the next.
//!
//! `DATA/catalog/CURRENT` names a folder in `DATA/catalog/versions`. A builder writes a new folder and
//! then moves the pointer; [`Catalogue::refresh`] notices, opens the new version beside the old one and
//! swaps one pointer. A request takes the version once ([`AtVersion`]) and keeps it to its end, so no
//! reply mixes two; the old version is let go with the last request that uses it.

pub(crate) mod info;
mod remote;

pub(crate) use remote::publish;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use arc_swap::ArcSwapOption;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use hnh_catalog::areas::AreaIndex;
use hnh_catalog::foods::FoodIndex;
use hnh_catalog::places::PlaceIndex;
use hnh_catalog::recipes::RecipeIndex;
use hnh_catalog::versions::check;
use hnh_domain::calls::CatalogueInfo;
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::app::{App, AppState};
use crate::http::etag::{Tag, not_modified};
use crate::http::problem::{Refusal, internal};

/// Names the catalogue version that a reply was made from.
pub const VERSION_HEADER: HeaderName = HeaderName::from_static("x-catalogue-version");

const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the bucket is asked for a newer version.
const FETCH_EVERY: Duration = Duration::from_secs(30);

/// One version: immutable files, mapped into memory.
pub struct Version {
    /// What it holds.
    pub info: CatalogueInfo,
    /// Places.
    pub places: PlaceIndex,
    /// Recipes.
    pub recipes: RecipeIndex,
    /// Foods.
    pub foods: FoodIndex,
    /// Named areas.
    pub areas: AreaIndex,
    name: String,
    header: HeaderValue,
}

impl Version {
    /// Opens the version in a folder, which names it.
    ///
    /// # Errors
    /// When a file is missing or is not what it should be.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let name = folder.file_name().and_then(|name| name.to_str()).context("the folder's name is no text")?;
        check(folder)?;
        let info = fs::read(folder.join("catalog.json")).context("catalog.json")?;
        Ok(Self {
            info: serde_json::from_slice(&info).context("catalog.json")?,
            places: PlaceIndex::open(&folder.join("places")).context("the index of places")?,
            recipes: RecipeIndex::open(&folder.join("recipes")).context("the index of recipes")?,
            foods: FoodIndex::open(&folder.join("foods")).context("the index of foods")?,
            areas: AreaIndex::open(folder).context("the index of areas")?,
            header: HeaderValue::from_str(name).context("the folder's name does not fit a header")?,
            name: name.to_owned(),
        })
    }

    /// The version's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A catalogue folder and its current version, if one could be opened yet.
pub struct Catalogue {
    folder: PathBuf,
    current: ArcSwapOption<Version>,
    /// The last version that could not be opened: told once, tried again each time. Held while
    /// refreshing, so that one refresh runs at a time.
    refused: Mutex<Option<String>>,
}

impl Catalogue {
    /// A catalogue in `folder`; nothing is opened before [`Self::refresh`].
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), current: ArcSwapOption::empty(), refused: Mutex::new(None) }
    }

    /// The version to answer from.
    #[must_use]
    pub fn current(&self) -> Option<Arc<Version>> {
        self.current.load_full()
    }

    /// Opens the version that the pointer names, if it is another one. Blocks on files.
    ///
    /// # Errors
    /// When there is no pointer or its version cannot be opened; the version before stays.
    pub fn refresh(&self) -> anyhow::Result<bool> {
        let pointer = self.folder.join("CURRENT");
        let name = fs::read_to_string(&pointer).with_context(|| pointer.display().to_string())?;
        let name = name.trim();
        if self.current.load().as_ref().is_some_and(|version| version.name == name) {
            return Ok(false);
        }
        if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
            bail!("{} does not name a version: \"{name}\"", pointer.display());
        }
        #[expect(clippy::disallowed_methods, reason = "how long opening took is measured")]
        let began = Instant::now();
        let version =
            Version::open(&self.folder.join("versions").join(name)).with_context(|| format!("version {name}"))?;
        let info = &version.info;
        tracing::info!(
            version = name,
            places = info.places,
            recipes = info.recipes,
            foods = info.foods,
            took_ms = began.elapsed().as_millis(),
            "serving a catalogue"
        );
        self.current.store(Some(Arc::new(version)));
        Ok(true)
    }
}

impl App {
    /// One look at the pointer, counted and logged. Blocks on files.
    pub fn refresh_catalogue(&self) {
        let Ok(mut refused) = self.catalogue.refused.lock() else { return };
        match self.catalogue.refresh() {
            Ok(true) => {
                self.metrics.catalogue_swaps.inc();
                *refused = None;
            }
            Ok(false) => {}
            Err(error) => {
                let error = format!("{error:#}");
                if refused.as_ref() != Some(&error) {
                    self.metrics.catalogue_failures.inc();
                    tracing::error!(%error, "cannot open the catalogue; trying again each second");
                    *refused = Some(error);
                }
            }
        }
    }

    /// Evaluates opening hours once for each version and hour, an hour ahead, so that a new week is
    /// ready when it begins.
    fn warm_catalogue(&self, warmed: &mut Warmed) {
        let (Some(version), now_ms) = (self.catalogue.current(), self.now_ms()) else { return };
        let hour = now_ms / HOUR_MS;
        if warmed.as_ref().is_none_or(|(name, at)| *name != version.name || *at != hour) {
            version.places.warm(now_ms);
            version.places.warm(now_ms + HOUR_MS);
            *warmed = Some((version.name.clone(), hour));
        }
    }
}

/// A version's name and an hour, for which opening hours were evaluated.
type Warmed = Option<(String, i64)>;

const HOUR_MS: i64 = 3_600_000;

/// Takes up what is published to the bucket, every half minute and for ever.
async fn take_up(app: AppState) {
    let Some(objects) = app.objects.clone() else { return };
    let Some(data) = app.catalogue.folder.parent() else { return };
    loop {
        match remote::take_up(&objects, data).await {
            Ok(true) => tracing::info!("a catalogue was fetched from the bucket"),
            Ok(false) => {}
            Err(error) => tracing::error!(error = format!("{error:#}"), "cannot fetch the catalogue; trying again"),
        }
        tokio::time::sleep(FETCH_EVERY).await;
    }
}

/// Looks at the pointer every second, for ever; evaluates opening hours before searches ask for them.
pub async fn watch(app: AppState) {
    tokio::spawn(take_up(app.clone()));
    let mut warmed = None;
    loop {
        let looking = app.clone();
        let looked = tokio::task::spawn_blocking(move || {
            looking.refresh_catalogue();
            looking.warm_catalogue(&mut warmed);
            warmed
        });
        match looked.await {
            Ok(done) => warmed = done,
            Err(_) => {
                tracing::error!("opening a catalogue version panicked");
                warmed = None;
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// How replies may be kept by clients and by caches on the way; all are asked again each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cache {
    /// By anyone.
    Public,
    /// By the client alone: the address may hold a position.
    Private,
}

impl Cache {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Public => "no-cache",
            Self::Private => "private, no-cache",
        })
    }
}

/// How long a search waits for its turn.
const SEARCH_PATIENCE: Duration = Duration::from_secs(5);

/// As many searches at once as there are processors: more would only take longer, each of them.
fn search_turns() -> &'static Semaphore {
    static TURNS: std::sync::OnceLock<Semaphore> = std::sync::OnceLock::new();
    TURNS.get_or_init(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)))
}

/// The version a request is answered from, and what the client has already.
pub(crate) struct AtVersion {
    version: Arc<Version>,
    asked: HeaderMap,
    address: Uri,
}

impl FromRequestParts<AppState> for AtVersion {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let version = app.catalogue.current().ok_or_else(|| {
            Refusal::from(Problem::new(ProblemCode::NotReady).with_detail("no catalogue is loaded yet"))
        })?;
        Ok(Self { version, asked: parts.headers.clone(), address: parts.uri.clone() })
    }
}

impl AtVersion {
    /// A reply that follows from the version and the address alone: nothing is computed for a client
    /// that has it.
    pub(crate) async fn fixed(
        self,
        keep: Cache,
        find: impl FnOnce(&Version) -> Result<Json, Refusal> + Send + 'static,
    ) -> Result<Response, Refusal> {
        let address = self.address.path_and_query().map_or("", PathAndQuery::as_str);
        let tag = Tag::of_parts(&[build(), &self.version.name, address]);
        if tag.is_known(&self.asked) {
            return Ok(self.named(not_modified(&tag, keep.header())));
        }
        let found = self.search(find).await?;
        Ok(self.whole(found, &tag, keep))
    }

    /// A reply that depends on more, such as the time: its tag is that of its bytes.
    pub(crate) async fn changing(
        self,
        keep: Cache,
        find: impl FnOnce(&Version) -> Result<Json, Refusal> + Send + 'static,
    ) -> Result<Response, Refusal> {
        let found = self.search(find).await?;
        let tag = Tag::of_bytes(&found.0);
        if tag.is_known(&self.asked) {
            return Ok(self.named(not_modified(&tag, keep.header())));
        }
        Ok(self.whole(found, &tag, keep))
    }

    /// Searches beside the loop that answers everybody; as many at once as there are processors, the others wait their turn.
    async fn search(
        &self,
        find: impl FnOnce(&Version) -> Result<Json, Refusal> + Send + 'static,
    ) -> Result<Json, Refusal> {
        let turn = tokio::time::timeout(SEARCH_PATIENCE, search_turns().acquire()).await;
        let turn = turn.map_err(|_| {
            let mut problem = Problem::new(ProblemCode::TooMany);
            problem.retry_after = Some(SEARCH_PATIENCE.as_secs() as u32);
            problem
        })?;
        let _turn = turn.map_err(|error| internal(&error))?;
        let version = Arc::clone(&self.version);
        tokio::task::spawn_blocking(move || find(&version)).await.map_err(|error| internal(&error))?
    }

    fn whole(&self, Json(bytes): Json, tag: &Tag, keep: Cache) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::ETAG, tag.header()),
            (header::CACHE_CONTROL, keep.header()),
        ];
        self.named((headers, bytes).into_response())
    }

    fn named(&self, mut response: Response) -> Response {
        response.headers_mut().insert(VERSION_HEADER, self.version.header.clone());
        response
    }
}

/// The room made for a reply: a page of twenty cards has 6 to 10 kB.
const USUAL_REPLY: usize = 16 * 1024;

/// A reply's bytes. What searches find borrows from the version, so it is written while that is held.
pub(crate) struct Json(Vec<u8>);

/// What a search writes itself, copying stored cards as they are.
pub(crate) fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), FieldError>) -> Result<Json, Refusal> {
    let mut bytes = Vec::with_capacity(USUAL_REPLY);
    write(&mut bytes)?;
    Ok(Json(bytes))
}

/// Writes what was found.
pub(crate) fn json(found: &impl Serialize) -> Result<Json, Refusal> {
    let mut bytes = Vec::with_capacity(USUAL_REPLY);
    serde_json::to_writer(&mut bytes, found).map_err(|error| internal(&error))?;
    Ok(Json(bytes))
}

/// What tells one build of this program from another: a new one may write the same record differently.
fn build() -> &'static str {
    static BUILD: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    BUILD.get_or_init(|| {
        let program = std::env::current_exe().and_then(fs::metadata);
        let written = program.as_ref().ok().and_then(|m| m.modified().ok());
        let seconds = written.and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_secs());
        format!("{} {} {seconds}", env!("CARGO_PKG_VERSION"), program.map_or(0, |m| m.len()))
    })
}
