//! Recipes from elsewhere, read for a person to look at; nothing is kept but an archive's photos.

use axum::body::Body;
use axum::extract::State;
use futures_util::TryFutureExt;
use hnh_domain::board::PostPhoto;
use hnh_domain::cookbook::{ImportAddress, Imported, ImportedRecipe};
use hnh_domain::problem::{FieldError, ProblemCode};
use hnh_ingest::book::{self, BookError, Found, FoundFile};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::account::CurrentUser;
use crate::app::{App, AppState};
use crate::http::body::Json;
use crate::http::limits::{Action, Key};
use crate::http::no_store::NoStore;
use crate::http::problem::{Refusal, internal};
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::photos;

/// Where files are sent to.
pub(crate) const FILES: &str = "/api/v1/recipe-imports/file";

/// What a file is.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FileQuery {
    /// Its name, whose ending tells what it is; without one its first bytes do.
    #[param(max_length = 200)]
    name: String,
}

impl FromParameters for FileQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        let query: Self = parameters.read()?;
        if query.name.chars().count() > 200 {
            return Err(FieldError::too_long("name", 200));
        }
        Ok(query)
    }
}

/// Read the recipe of a page
///
/// Public pages that their site's robots.txt lets be read, at most 5 MB. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/recipe-imports/address", operation_id = "import_address", tag = "cookbook",
    request_body = ImportAddress, responses((status = 200, body = Imported)))]
pub(super) async fn import_address(
    State(app): State<AppState>,
    who: CurrentUser,
    Json(asked): Json<ImportAddress>,
) -> Result<NoStore<axum::Json<Imported>>, Refusal> {
    app.limits.count(Action::Import, Key::Person(who.id))?;
    let (bytes, url) = app.pages.fetch(&asked.url).await?;
    let mut found = read("page.html".into(), bytes).await?;
    for found in &mut found.recipes {
        // Where it was found is more than what a page says of itself.
        url.as_str().clone_into(&mut found.recipe.source);
    }
    Ok(NoStore(axum::Json(told(found))))
}

/// Read the recipes of a file
///
/// A saved page, plain text, Cooklang, JSON-LD, an archive of ours or of Mealie, Tandoor, Paprika or RecipeSage, at most
/// 10 MB. Photos of an archive of ours are kept with the person's.
#[utoipa::path(post, path = "/api/v1/recipe-imports/file", operation_id = "import_file", tag = "cookbook", params(FileQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = Imported)))]
pub(super) async fn import_file(
    State(app): State<AppState>,
    who: CurrentUser,
    ValidQuery(query): ValidQuery<FileQuery>,
    body: Body,
) -> Result<NoStore<axum::Json<Imported>>, Refusal> {
    app.limits.count(Action::Import, Key::Person(who.id))?;
    let bytes = axum::body::to_bytes(body, book::MAX_BYTES).map_err(|_| ProblemCode::TooLarge).await?;
    let mut found = read(query.name, bytes.into()).await?;
    for found in &mut found.recipes {
        keep_photos(&app, who.id, found).await?;
    }
    Ok(NoStore(axum::Json(told(found))))
}

/// How many files are read at once: an archive may take 64 MiB unpacked.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Reads a file where waiting for it holds nobody up.
async fn read(name: String, bytes: Vec<u8>) -> Result<FoundFile, Refusal> {
    let _turn = TURNS.acquire().await.map_err(|error| internal(&error))?;
    let read = tokio::task::spawn_blocking(move || book::read_file(&name, &bytes));
    read.await.map_err(|error| internal(&error))?.map_err(|error| match error {
        BookError::TooLarge => ProblemCode::TooLarge.into(),
        BookError::NoRecipe => ProblemCode::NoRecipe.into(),
    })
}

fn told(found: FoundFile) -> Imported {
    let recipe = |found: Found| ImportedRecipe { recipe: found.recipe, lost: found.lost };
    Imported { recipes: found.recipes.into_iter().map(recipe).collect(), unread: found.unread }
}

/// Photos that the person has are shown as they are; those that came with the archive are kept under new ids; others go.
async fn keep_photos(app: &App, person: Uuid, found: &mut Found) -> Result<(), Refusal> {
    let mut kept: Vec<PostPhoto> = Vec::new();
    for photo in std::mem::take(&mut found.recipe.photos) {
        let mut tx = app.db.read().await?;
        let owned = photos::owned(&mut tx, person, &[photo.id]).await.is_ok();
        drop(tx);
        let bytes = found.photos.iter().find(|(id, _)| *id == photo.id).map(|(_, bytes)| bytes.clone());
        match bytes {
            _ if owned => kept.push(photo),
            Some(bytes) => {
                let id = Uuid::new_v4();
                // What is no picture is left out; the recipe is worth more than it.
                if photos::keep(app, person, id, bytes.into()).await.is_ok() {
                    kept.push(PostPhoto { id, ..photo });
                }
            }
            None => {}
        }
    }
    found.recipe.photos = kept;
    Ok(())
}
