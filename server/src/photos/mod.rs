//! Photos: checked by their content, freed of position data, resized, kept in an object store.

use std::io::Cursor;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hnh_domain::problem::{FieldError, Problem, ProblemCode};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use object_store::path::Path as Key;
use object_store::{ObjectStoreExt, PutPayload};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::account::CurrentUser;
use crate::app::AppState;
use crate::db::{DbError, Tx, args};
use crate::http::limits::{Action, Key as LimitKey};
use crate::http::problem::{Refusal, internal};
use crate::http::query::{FromParameters, Parameters, ValidQuery};
use crate::http::record_id::RecordId;
use crate::objects::Objects;

/// The largest upload in bytes.
pub(crate) const MAX_PHOTO: u64 = 10 * 1024 * 1024;
/// The widths that are kept, in pixels; a smaller original keeps its own.
const WIDTHS: [u32; 2] = [1_600, 400];
/// The most pixels either way that are decoded.
const MAX_SIDE: u32 = 12_000;
/// The most memory a decoder may take, in bytes.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
const JPEG_QUALITY: u8 = 82;

/// Where photos are kept.
pub struct Photos {
    store: Objects,
    /// Decoding takes memory: one at a time.
    turn: tokio::sync::Semaphore,
}

impl Photos {
    /// Keeps photos in a store.
    #[must_use]
    pub fn new(store: Objects) -> Self {
        Self { store, turn: tokio::sync::Semaphore::new(1) }
    }

    /// A photo's JPEG at the smallest kept width of at least `width` pixels, or the largest.
    pub(crate) async fn read(&self, id: Uuid, width: Option<u32>) -> Result<Option<Bytes>, Refusal> {
        let best = WIDTHS.into_iter().filter(|kept| width.is_some_and(|width| *kept >= width)).min();
        match self.store.get(&key(id, best.unwrap_or(WIDTHS[0]))).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| internal(&error))?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(internal(&error)),
        }
    }

    /// Deletes a photo; one that is not there is deleted already.
    pub(crate) async fn delete(&self, id: Uuid) -> Result<(), Refusal> {
        for width in WIDTHS {
            match self.store.delete(&key(id, width)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(internal(&error)),
            }
        }
        Ok(())
    }

    async fn write(&self, id: Uuid, bytes: Bytes) -> Result<(), Refusal> {
        let turn = self.turn.acquire().await.map_err(|error| internal(&error))?;
        let made = tokio::task::spawn_blocking(move || resized(&bytes)).await.map_err(|error| internal(&error))?;
        drop(turn);
        for (width, jpeg) in WIDTHS.into_iter().zip(made?) {
            let payload = PutPayload::from_bytes(jpeg.into());
            self.store.put(&key(id, width), payload).await.map_err(|error| internal(&error))?;
        }
        Ok(())
    }
}

fn key(id: Uuid, width: u32) -> Key {
    Key::from(format!("{id}/{width}.jpg"))
}

/// The JPEGs of each kept width. Written anew from the pixels: nothing of the file's other data, such as where it
/// was taken, is left; how it was held is turned into the pixels before.
fn resized(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Problem> {
    let refused = |error: &dyn std::fmt::Display| {
        let detail = format!("The file is not a JPEG, PNG, WebP or GIF picture that can be read ({error})");
        Problem::new(ProblemCode::UnsupportedMedia).with_detail(detail)
    };
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| refused(&e))?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) =
        (Some(MAX_SIDE), Some(MAX_SIDE), Some(MAX_MEMORY));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| refused(&e))?;
    let held = decoder.orientation().map_err(|e| refused(&e))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e))?;
    image.apply_orientation(held);
    let image = on_white(image);
    WIDTHS
        .into_iter()
        .map(|width| {
            let small = if image.width() > width {
                let height = (u64::from(image.height()) * u64::from(width) / u64::from(image.width())).max(1);
                image::imageops::resize(&image, width, u32::try_from(height).unwrap_or(width), FilterType::Lanczos3)
            } else {
                image.clone()
            };
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&small).map_err(|e| refused(&e))?;
            Ok(jpeg)
        })
        .collect()
}

/// Transparent parts on white, as JPEG has none.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, a] = image.get_pixel(x, y).0.map(u16::from);
        let over_white = |c: u16| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX);
        Rgb([over_white(r), over_white(g), over_white(b)])
    })
}

/// The ids of a person's photos, the oldest first.
pub(crate) async fn of_person(tx: &mut Tx, person: Uuid) -> Result<Vec<Uuid>, DbError> {
    let sql = "SELECT id FROM photo WHERE person = $1 ORDER BY created_ms";
    let rows: Vec<(Uuid,)> = tx.fetch_all(sql, args![person]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Refuses photos that a person did not upload.
pub(crate) async fn owned(tx: &mut Tx, person: Uuid, photos: &[Uuid]) -> Result<(), Refusal> {
    for photo in photos {
        let sql = "SELECT id FROM photo WHERE id = $1 AND person = $2";
        if tx.fetch_optional::<(Uuid,)>(sql, args![*photo, person]).await?.is_none() {
            return Err(FieldError::new("photos", "must be uploaded by yourself first").into());
        }
    }
    Ok(())
}

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_photo, put_photo))
}

/// Upload a photo
///
/// JPEG, PNG, WebP or GIF up to 10 MB, told apart by its content. Repeating an upload changes nothing.
#[utoipa::path(put, path = "/api/v1/photos/{id}", tag = "board", params(("id" = Uuid, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204)))]
async fn put_photo(
    State(app): State<AppState>,
    who: CurrentUser,
    RecordId(id): RecordId,
    bytes: Bytes,
) -> Result<StatusCode, Refusal> {
    let owner: Option<(Uuid,)> =
        app.db.read().await?.fetch_optional("SELECT person FROM photo WHERE id = $1", args![id]).await?;
    match owner {
        Some((owner,)) if owner == who.id => return Ok(StatusCode::NO_CONTENT),
        Some(_) => return Err(ProblemCode::Taken.into()),
        None => {}
    }
    app.limits.count(Action::Upload, LimitKey::Person(who.id))?;
    app.photos.write(id, bytes).await?;
    let mut tx = app.db.write().await?;
    let sql = "INSERT INTO photo (id, person, created_ms) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    tx.execute(sql, args![id, who.id, app.now_ms()]).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How large a photo is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
struct PhotoQuery {
    /// Pixels it is shown at; the next larger kept width comes, at most 1,600.
    width: Option<u32>,
}

impl FromParameters for PhotoQuery {
    fn from_parameters(parameters: Parameters<'_>) -> Result<Self, FieldError> {
        parameters.read()
    }
}

/// A photo as JPEG
///
/// Whoever knows its id may see it: ids are random and told only with what shows the photo.
#[utoipa::path(get, path = "/api/v1/photos/{id}", tag = "board", params(("id" = Uuid, Path), PhotoQuery),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn get_photo(
    State(app): State<AppState>,
    RecordId(id): RecordId,
    ValidQuery(query): ValidQuery<PhotoQuery>,
) -> Result<Response, Refusal> {
    let bytes = app.photos.read(id, query.width).await?.ok_or(ProblemCode::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = RgbaImage::from_pixel(width, height, Rgba([0, 128, 0, 0]));
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_photo_is_kept_in_two_widths_and_never_enlarged() {
        let made = resized(&png(2_000, 1_000)).unwrap();
        let sizes: Vec<_> = made
            .iter()
            .map(|jpeg| ImageReader::new(Cursor::new(jpeg)).with_guessed_format().unwrap().into_dimensions().unwrap())
            .collect();
        assert_eq!(sizes, [(1_600, 800), (400, 200)]);
        let small = resized(&png(30, 20)).unwrap();
        let image = image::load_from_memory(&small[0]).unwrap().into_rgb8();
        assert_eq!(image.dimensions(), (30, 20));
        assert!(image.get_pixel(5, 5).0.iter().all(|c| *c > 250), "what is transparent is white");
    }

    /// A JPEG whose EXIF says "turned by 90°" and has a GPS block.
    fn with_exif(width: u32, height: u32) -> Vec<u8> {
        let mut jpeg = Vec::new();
        JpegEncoder::new(&mut jpeg).encode_image(&RgbImage::new(width, height)).unwrap();
        let tiff: &[u8] = &[
            b'I', b'I', 42, 0, 8, 0, 0, 0, // header
            2, 0, // two entries
            0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, // orientation 6
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, // GPS at 38
            0, 0, 0, 0, // no more
            1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0, // GPSLatitudeRef N
        ];
        let length = u16::try_from(2 + 6 + tiff.len()).unwrap().to_be_bytes();
        let segment = [&[0xFF, 0xE1], &length[..], b"Exif\0\0", tiff].concat();
        [&jpeg[..2], &segment, &jpeg[2..]].concat()
    }

    #[test]
    fn where_and_how_it_was_taken_is_gone_and_it_stands_upright() {
        let original = with_exif(60, 20);
        assert!(original.windows(4).any(|w| w == b"Exif"));
        for jpeg in resized(&original).unwrap() {
            assert!(!jpeg.windows(4).any(|w| w == b"Exif"));
            let size = ImageReader::new(Cursor::new(jpeg)).with_guessed_format().unwrap().into_dimensions().unwrap();
            assert_eq!(size, (20, 60));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"\xFF\xD8\xFF", b"%PDF-1.7"] {
            assert_eq!(resized(bytes).unwrap_err().code, ProblemCode::UnsupportedMedia);
        }
    }
}
