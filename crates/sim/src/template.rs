//! What every world begins with: people who have accounts, two meals to join, and a catalogue of a few records.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use hnh_domain::account::{FavouriteKind, Role};
use hnh_domain::board::{Board, BoardChange, GatheringDraft, PostDraft};
use hnh_domain::calls::CatalogueInfo;
use hnh_domain::feeds::Change;
use hnh_domain::geo::LatLon;
use hnh_domain::places::{Place, PlaceKind};
use hnh_domain::source::{Provenance, Source};
use hnh_domain::text::Text;
use hnh_server::account::set_role;
use hnh_server::db::Db;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::server::{Server, exchange};

/// Friday, 9 October 2026, 19:30 in Berlin.
pub(crate) const NOW_MS: i64 = 1_791_567_000_000;
/// What everybody chooses.
pub(crate) const PASSWORD: &str = "otter-eats-13-barley";
const HANDLES: [&str; 4] = ["ann", "bob", "cho", "dan"];
/// The database from which PostgreSQL makes each world's.
const POSTGRES: &str = "hnh_sim_template";

/// Somebody with an account.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) handle: &'static str,
}

/// Everything that worlds copy.
pub(crate) struct Template {
    folder: TempDir,
    /// PostgreSQL's address without a database's name, and the people there.
    postgres: Option<(String, Vec<Person>)>,
    people: Vec<Person>,
    /// Meals that were announced.
    pub(crate) meals: [Uuid; 2],
    /// Records of the catalogue that can become favourites.
    pub(crate) records: Vec<(FavouriteKind, Uuid)>,
}

impl Template {
    /// Makes the database, and on a PostgreSQL server another one.
    pub(crate) async fn make(postgres: Option<&str>) -> Result<Self> {
        let folder = temporary()?;
        let places: Vec<Place> = (0..4).map(place).collect();
        build_catalogue(&folder.path().join("catalog"), &places)?;
        let records = places.iter().map(|place| (FavouriteKind::Place, place.id)).collect();
        let meals = [Uuid::from_u128(0x1001), Uuid::from_u128(0x1002)];
        let mut template = Self { folder, postgres: None, people: Vec::new(), meals, records };
        template.people = template.fill(&format!("sqlite:{}", template.file().display())).await?;
        if let Some(server) = postgres {
            let mut connection = PgConnection::connect(server).await.context("PostgreSQL")?;
            connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {POSTGRES}"))).await?;
            connection.execute(AssertSqlSafe(format!("CREATE DATABASE {POSTGRES}"))).await?;
            let base = server.rsplit_once('/').context("the PostgreSQL URL names no database")?.0.to_owned();
            let people = template.fill(&format!("{base}/{POSTGRES}")).await?;
            template.postgres = Some((base, people));
        }
        Ok(template)
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("template.db")
    }

    /// The catalogue's folder, which worlds share.
    pub(crate) fn catalogue(&self) -> std::path::PathBuf {
        self.folder.path().join("catalog")
    }

    /// The database of a new world: its URL, and who is in it. Every tenth is PostgreSQL's where there is one.
    pub(crate) async fn copy(&self, seed: u64, folder: &Path) -> Result<(String, Vec<Person>)> {
        match &self.postgres {
            Some((base, people)) if seed % 10 == 9 => {
                let mut connection = PgConnection::connect(&format!("{base}/postgres")).await?;
                let name = format!("hnh_sim_{seed}");
                connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).await?;
                connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {POSTGRES}"))).await?;
                Ok((format!("{base}/{name}"), people.clone()))
            }
            _ => {
                let file = folder.join("server.db");
                fs::copy(self.file(), &file)?;
                Ok((format!("sqlite:{}", file.display()), self.people.clone()))
            }
        }
    }

    /// Removes the database of a world that was PostgreSQL's.
    pub(crate) async fn drop_copy(&self, seed: u64) -> Result<()> {
        if let Some((base, _)) = self.postgres.as_ref().filter(|_| seed % 10 == 9) {
            let mut connection = PgConnection::connect(&format!("{base}/postgres")).await?;
            connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS hnh_sim_{seed}"))).await?;
        }
        Ok(())
    }

    async fn fill(&self, url: &str) -> Result<Vec<Person>> {
        let server = Server::open(url, &self.catalogue(), self.folder.path(), NOW_MS).await?;
        let (mut people, mut tokens) = (Vec::new(), Vec::new());
        for handle in HANDLES {
            let form = json!({"handle": handle, "email": format!("{handle}@example.com"), "password": PASSWORD, "token": true});
            let (status, body) = exchange(&server.router(), "POST", "/accounts", None, form.to_string()).await;
            ensure!(status == 201, "no account: {body}");
            let told: Value = serde_json::from_str(&body)?;
            let id = told["account"]["id"].as_str().context("no id")?.parse()?;
            tokens.push(told["token"].as_str().context("no token")?.to_owned());
            people.push(Person { id, handle });
        }
        for (i, meal) in self.meals.iter().enumerate() {
            let gathering = GatheringDraft {
                starts_ms: NOW_MS + 200 * 24 * 3_600_000,
                minutes: 90,
                venue: Some(self.records[0].1),
                address: String::new(),
                seats: 2,
                diets: Default::default(),
                needs_approval: i == 1,
            };
            let draft =
                Box::new(PostDraft { title: format!("meal {i}"), gathering: Some(gathering), ..PostDraft::default() });
            let change = Change::from(BoardChange::WritePost { id: *meal, board: Board::Buddy, draft, version: 0 });
            let push =
                json!({"client": Uuid::from_u128(0x2000 + i as u128), "mutations": [{"number": 1, "change": change}]});
            let (status, body) =
                exchange(&server.router(), "POST", "/mutations", Some(&tokens[i]), push.to_string()).await;
            ensure!(status == 200 && !body.contains("refused"), "no meal: {body}");
        }
        // Passwords are tried in every world: what makes them slow is not what is looked at here.
        let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).map_err(text)?);
        let hash = quick.hash_password(PASSWORD.as_bytes()).map_err(text)?.to_string();
        if let Some(moderator) = people.last() {
            set_role(&server.state().db, &moderator.handle.parse().map_err(text)?, Role::Moderator)
                .await
                .map_err(|refusal| anyhow::anyhow!("{}", refusal.problem()))?;
        }
        let mut tx = server.state().db.write().await?;
        tx.execute("UPDATE person SET password = $1", [hash.into()]).await?;
        tx.execute("DELETE FROM session WHERE seen_ms > $1", [0_i64.into()]).await?;
        tx.commit().await?;
        server.close().await;
        // Copies are of the one file.
        if url.starts_with("sqlite:") {
            let copy = self.folder.path().join("whole.db");
            let db = Db::open(url, 1).await?;
            db.copy_to(&copy).await?;
            db.close().await;
            fs::rename(copy, self.file())?;
        }
        Ok(people)
    }
}

fn text(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("argon2: {error}")
}

/// A folder in memory where the system has one.
pub(crate) fn temporary() -> Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix("hnh-sim-");
        builder
    };
    Ok(if memory.is_dir() { builder().tempdir_in(memory)? } else { builder().tempdir()? })
}

fn place(i: u32) -> Place {
    let provenance = Provenance::new(Source::Hnh, format!("sim/place/{i}"));
    let name = Text::both(format!("두부집 {i}"), format!("Tofu house {i}"));
    let position = LatLon { lat: 37.5663, lon: 126.9779 + f64::from(i) * 0.001 };
    Place {
        zone: Some("Asia/Seoul".into()),
        country: Some("KR".into()),
        ..Place::new(provenance, name, PlaceKind::Restaurant, position)
    }
}

fn build_catalogue(catalogue: &Path, places: &[Place]) -> Result<()> {
    let folder = catalogue.join("versions/v1");
    for kind in ["places", "recipes", "foods"] {
        fs::create_dir_all(folder.join(kind))?;
    }
    let info = CatalogueInfo { version: "v1".into(), places: places.len() as u64, ..CatalogueInfo::default() };
    fs::write(folder.join("catalog.json"), serde_json::to_vec(&info)?)?;
    hnh_catalog::areas::build(&folder, None, places)?;
    hnh_catalog::places::build(&folder.join("places"), places.to_vec())?;
    hnh_catalog::recipes::build(&folder.join("recipes"), Vec::new())?;
    hnh_catalog::foods::build(&folder.join("foods"), Vec::new())?;
    fs::write(catalogue.join("CURRENT"), "v1")?;
    Ok(())
}
