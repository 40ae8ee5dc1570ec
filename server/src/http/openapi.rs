//! The API's description, made from the handlers, and a page to try it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use hnh_domain::board::PostSort;
use hnh_domain::places::{AreaPlace, PlaceCard};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::recipes::RecipeCard;
use utoipa::OpenApi;
use utoipa::openapi::schema::{AdditionalProperties, Schema};
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::Config;

use crate::app::AppState;
use crate::catalogue::info as catalogue_info;
use crate::http::etag::{Tag, not_modified};
use crate::http::problem::{Refusal, internal};
use crate::{
    account, areas, board, chat, contributions, cookbook, feeds, foods, live, ops, photos, places, push, recipes,
};

/// Where all calls live.
pub const API: &str = "/api/v1";
/// The page to try them on.
pub const DOCS: &str = "/api/v1/docs";
/// Their description.
const DOCUMENT: &str = "/api/v1/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "HnH",
        description = "Healthy places, recipes and food facts. Refusals are problem details (RFC 9457) with the \
            refused parameter in `errors`. Lists come in pages: give `next` back as `cursor`. Replies carry an \
            `ETag`; send it back as `If-None-Match`. `X-Catalogue-Version` names the data a reply was made from. \
            `/api/v1/live` is a WebSocket that tells of changes at once, for who is signed in; its texts are JSON: \
            `{\"say\":\"follow\",\"feed\":\"board:info\"}`, `{\"say\":\"typing\",\"room\":ID}` and, every 25 s, \
            `{\"say\":\"ping\"}`, which is answered by the newest numbers of all followed feeds.",
        license(name = "MIT OR Apache-2.0"),
    ),
    // Parameters of generic replies, which their derived schemas name but do not bring along.
    components(schemas(AreaPlace, PlaceCard, Problem, RecipeCard, PostSort)),
    tags(
        (name = "restaurants", description = "Places to eat and to buy healthy food"),
        (name = "recipes", description = "Recipes with nutrition, allergens and diets"),
        (name = "foods", description = "Foods and their nutrients"),
        (name = "areas", description = "Districts and neighbourhoods by name"),
        (name = "catalogue", description = "What the data is and where it comes from"),
        (name = "account", description = "Accounts, sessions, profiles"),
        (name = "board", description = "Posts, comments, gatherings, photos, moderation"),
        (name = "chat", description = "Rooms and messages"),
        (name = "sync", description = "The feeds that clients follow and the changes they send"),
        (name = "operation", description = "For operators"),
    )
)]
struct Description;

/// Every described route, and the description.
pub(crate) fn routes_and_document() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let (router, mut document) = OpenApiRouter::with_openapi(Description::openapi())
        .merge(places::routes())
        .merge(recipes::routes())
        .merge(foods::routes())
        .merge(areas::routes())
        .merge(catalogue_info::routes())
        .merge(account::routes())
        .merge(board::routes())
        .merge(photos::routes())
        .merge(contributions::routes())
        .merge(cookbook::routes())
        .merge(chat::routes())
        .merge(feeds::routes())
        .merge(live::routes())
        .merge(push::routes())
        .merge(ops::routes())
        .split_for_parts();
    describe_refusals(&mut document);
    close_variants(&mut document);
    (router, document)
}

/// Every call can be refused, all in the same way: said here for all of them.
fn describe_refusals(document: &mut utoipa::openapi::OpenApi) {
    let refusal = ResponseBuilder::new()
        .description("The request was refused: `code` says why, `errors` which fields")
        .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
        .build();
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("4XX".to_owned(), RefOr::T(refusal.clone()));
        }
    }
}

/// Of what is one of several, named by its only key, there is no second: serde refuses it.
fn close_variants(document: &mut utoipa::openapi::OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| components.schemas.values_mut());
    for schema in schemas {
        let RefOr::T(Schema::OneOf(variants)) = schema else { continue };
        for variant in &mut variants.items {
            let RefOr::T(Schema::Object(variant)) = variant else { continue };
            let is_tag =
                |key: &RefOr<Schema>| matches!(key, RefOr::T(Schema::Object(key)) if key.enum_values.is_some());
            if variant.required.len() == 1 && variant.properties.len() == 1 && !variant.properties.values().any(is_tag)
            {
                variant.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
}

/// The description as a file, and the page.
pub(crate) fn pages(document: utoipa::openapi::OpenApi) -> Router<AppState> {
    let json: Arc<str> = document.to_json().unwrap_or_default().into();
    let tag = Tag::of_bytes(json.as_bytes());
    let document = async move |headers: HeaderMap| describe(&json, &tag, &headers);
    let files: Router<AppState> = Router::new()
        .route(&format!("{DOCS}/"), get(async |State(page): State<Page>| file(&page, "")))
        .route(
            &format!("{DOCS}/{{*file}}"),
            get(async |State(page): State<Page>, Path(name): Path<String>| file(&page, &name)),
        )
        .with_state(Arc::new(Config::from(DOCUMENT).use_base_layout()));
    Router::new()
        .route(DOCUMENT, get(document))
        .route(DOCS, get(async || Redirect::permanent(&format!("{DOCS}/"))))
        .merge(files)
}

fn describe(json: &str, tag: &Tag, headers: &HeaderMap) -> Response {
    let ask_again = HeaderValue::from_static("no-cache");
    if tag.is_known(headers) {
        return not_modified(tag, ask_again);
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::ETAG, tag.header()),
        (header::CACHE_CONTROL, ask_again),
    ];
    (headers, json.to_owned()).into_response()
}

type Page = Arc<Config<'static>>;

fn file(page: &Page, name: &str) -> Result<Response, Refusal> {
    let file = utoipa_swagger_ui::serve(name, page.clone()).map_err(|error| internal(&error))?;
    let file = file.ok_or(Refusal::from(ProblemCode::NotFound))?;
    let kind = HeaderValue::try_from(file.content_type).map_err(|error| internal(&error))?;
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    Ok((headers, file.bytes.into_owned()).into_response())
}
