//! Pictures of strangers to JPEGs of ours: their heads first, then their pixels.

use std::io::Cursor;

use fast_image_resize::{FilterType, ResizeAlg, ResizeError, ResizeOptions, Resizer};
use hnh_domain::problem::{Problem, ProblemCode};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The widths that are kept, in pixels; a smaller original keeps its own.
pub const WIDTHS: [u32; 2] = [1_600, 400];
/// The most pixels of a photo; phones take 12 million.
const MAX_PIXELS: u64 = 16_000_000;
/// The most memory a decoder may take, in bytes: four for each pixel.
const MAX_MEMORY: u64 = MAX_PIXELS * 4;
/// The largest colour profile that is read, in bytes; those of cameras and screens have a few thousand.
const MAX_PROFILE: usize = 1024 * 1024;
const JPEG_QUALITY: u8 = 82;

/// A picture of which only the head was read.
pub struct Head<'a> {
    decoder: Box<dyn ImageDecoder + 'a>,
    held: Orientation,
    profile: Option<ColorProfile>,
}

impl Head<'_> {
    /// How many pixels it has.
    #[must_use]
    pub fn pixels(&self) -> u64 {
        let (width, height) = self.decoder.dimensions();
        u64::from(width) * u64::from(height)
    }
}

fn refused(error: impl std::fmt::Display) -> Problem {
    let detail = format!("The file is not a JPEG, PNG, WebP or GIF picture that can be read ({error})");
    Problem::new(ProblemCode::UnsupportedMedia).with_detail(detail)
}

/// Reads a picture's head.
///
/// # Errors
/// When it is none of the four kinds, or has more than 16 million pixels.
pub fn head(bytes: &[u8]) -> Result<Head<'_>, Problem> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(refused)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let held = decoder.orientation().map_err(refused)?;
    // One that cannot be read is taken for sRGB, as browsers do.
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= MAX_PROFILE);
    let profile = profile.and_then(|bytes| ColorProfile::new_from_slice(&bytes).ok());
    let head = Head { decoder: Box::new(decoder), held, profile };
    if head.pixels() > MAX_PIXELS {
        let detail = format!("A photo has at most {} million pixels: send a smaller one", MAX_PIXELS / 1_000_000);
        return Err(Problem::new(ProblemCode::TooLarge).with_detail(detail));
    }
    Ok(head)
}

/// The JPEGs of each kept width. Written anew from the pixels: nothing of the file's other data, such as where it
/// was taken, is left; how it was held is turned into the pixels before, and its colours into sRGB.
///
/// # Errors
/// When the pixels cannot be read.
pub fn resized(head: Head<'_>) -> Result<Vec<Vec<u8>>, Problem> {
    let Head { decoder, held, profile } = head;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let on_its_side = matches!(
        held,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    // Each from the one before, so that the original is gone when the next is made.
    WIDTHS
        .into_iter()
        .enumerate()
        .map(|(step, width)| {
            image = narrowed(&image, width, step == 0 && on_its_side).map_err(refused)?;
            if step == 0 {
                image.apply_orientation(held);
                let mut pixels = on_white(std::mem::take(&mut image));
                if let Some(profile) = &profile {
                    pixels = in_srgb(pixels, profile);
                }
                image = DynamicImage::ImageRgb8(pixels);
            }
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).encode_image(&image).map_err(refused)?;
            Ok(jpeg)
        })
        .collect()
}

/// The same colours as sRGB, which is what a JPEG without a profile is shown as.
fn in_srgb(image: RgbImage, profile: &ColorProfile) -> RgbImage {
    // A profile of greys or of inks does not speak of pixels that were unpacked to RGB.
    if profile.color_space != DataColorSpace::Rgb {
        return image;
    }
    let srgb = ColorProfile::new_srgb();
    let made = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default());
    let mut converted = RgbImage::new(image.width(), image.height());
    match made.and_then(|transform| transform.transform(&image, &mut converted)) {
        Ok(()) => converted,
        Err(_) => image,
    }
}

/// The picture at a width of at most `most`, measured as it is held; it is never enlarged.
fn narrowed(image: &DynamicImage, most: u32, on_its_side: bool) -> Result<DynamicImage, ResizeError> {
    let side = if on_its_side { image.height() } else { image.width() };
    if side <= most {
        return Ok(image.clone());
    }
    let scaled =
        |length: u32| u32::try_from(u64::from(length) * u64::from(most) / u64::from(side)).unwrap_or(most).max(1);
    let mut small = DynamicImage::new(scaled(image.width()), scaled(image.height()), image.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(image, &mut small, &options)?;
    Ok(small)
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

#[cfg(test)]
mod tests {
    use image::codecs::png::PngEncoder;
    use image::{ImageEncoder, ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn resize(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Problem> {
        resized(head(bytes)?)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = RgbaImage::from_pixel(width, height, Rgba([0, 128, 0, 0]));
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_photo_is_kept_in_two_widths_and_never_enlarged() {
        let made = resize(&png(2_000, 1_000)).unwrap();
        let sizes: Vec<_> = made
            .iter()
            .map(|jpeg| ImageReader::new(Cursor::new(jpeg)).with_guessed_format().unwrap().into_dimensions().unwrap())
            .collect();
        assert_eq!(sizes, [(1_600, 800), (400, 200)]);
        let small = resize(&png(30, 20)).unwrap();
        let image = image::load_from_memory(&small[0]).unwrap().into_rgb8();
        assert_eq!(image.dimensions(), (30, 20));
        assert!(image.get_pixel(5, 5).0.iter().all(|c| *c > 250), "what is transparent is white");
    }

    #[test]
    fn what_would_take_too_much_memory_is_refused_before_it_is_unpacked() {
        let refused = resize(&png(8_000, 2_100)).unwrap_err();
        assert_eq!(refused.code, ProblemCode::TooLarge);
        assert!(refused.detail.unwrap_or_default().contains("16 million pixels"));
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
        for jpeg in resize(&original).unwrap() {
            assert!(!jpeg.windows(4).any(|w| w == b"Exif"));
            let size = ImageReader::new(Cursor::new(jpeg)).with_guessed_format().unwrap().into_dimensions().unwrap();
            assert_eq!(size, (20, 60));
        }
    }

    #[test]
    fn the_colours_of_a_wide_screen_are_kept() {
        let p3 = ColorProfile::new_display_p3().encode().unwrap();
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_icc_profile(p3).unwrap();
        RgbImage::from_pixel(16, 16, Rgb([200, 60, 60])).write_with_encoder(encoder).unwrap();
        let shown = image::load_from_memory(&resize(&file).unwrap()[0]).unwrap().into_rgb8();
        // Display P3's (200, 60, 60) in sRGB, by the two spaces' matrices (CSS Color 4, 17).
        let wanted = [217_i16, 42, 52];
        for (got, wanted) in shown.get_pixel(8, 8).0.into_iter().zip(wanted) {
            assert!((i16::from(got) - wanted).abs() <= 3, "{:?}", shown.get_pixel(8, 8));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"\xFF\xD8\xFF", b"%PDF-1.7"] {
            assert_eq!(resize(bytes).unwrap_err().code, ProblemCode::UnsupportedMedia);
        }
    }
}
