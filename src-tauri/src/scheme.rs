//! What the page is served: the app's files from the program's folder, what lies under `/api` from the server as the
//! person who is signed in. So the same app as in a browser runs unchanged, at an address of its own.

use std::io;
use std::path::{Component, Path};

use hnh_domain::problem::ProblemCode;
use tauri::http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE};
use tauri::http::{Method, Request, Response, StatusCode};
use tauri::{AppHandle, Manager};

use crate::core::CoreSlot;

/// The scheme of the page's address.
pub(crate) const NAME: &str = "app";

/// Nothing but the program's own files runs; what the page asks of others is the map's streets.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self' ipc: http://ipc.localhost https://tiles.openfreemap.org; \
    worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// What every page of the app is read from.
const PAGE: &str = "index.html";

/// The longest part of a file that is read at once; the map's streets are asked for in much smaller ones.
const LONGEST_PART: u64 = 16 << 20;

type Answer = Response<Vec<u8>>;

/// Answers a request of the page.
pub(crate) async fn answer(app: &AppHandle, request: &Request<Vec<u8>>) -> Answer {
    let path = request.uri().path();
    if request.method() != Method::GET {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
    }
    if path.starts_with("/api/") {
        let whole = request.uri().path_and_query().map_or(path, |whole| whole.as_str());
        return from_server(app, whole).await;
    }
    let Some(files) = app_files(app) else { return empty(StatusCode::NOT_FOUND) };
    let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
    from_files(&files, path, range)
}

fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::default();
    *answer.status_mut() = status;
    answer
}

/// What the server has under a path of its API, such as a photo.
async fn from_server(app: &AppHandle, path: &str) -> Answer {
    match app.state::<CoreSlot>().now().download(path).await {
        Ok(file) => {
            let built = Response::builder()
                .header(CONTENT_TYPE, file.content_type)
                .header(CONTENT_SECURITY_POLICY, "default-src 'none'")
                .body(file.body);
            built.unwrap_or_else(|_| empty(StatusCode::BAD_GATEWAY))
        }
        Err(problem) => empty(match problem.code {
            ProblemCode::NotFound => StatusCode::NOT_FOUND,
            ProblemCode::SignInRequired => StatusCode::UNAUTHORIZED,
            ProblemCode::Offline => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        }),
    }
}

/// The app's files.
trait Files {
    /// A file's length in bytes; nothing where there is none.
    fn length(&self, name: &str) -> Option<u64>;

    /// A part of a file.
    fn part(&self, name: &str, start: u64, wanted: u64) -> io::Result<Vec<u8>>;
}

/// A desktop has them in a folder: as installed, or as `cargo xtask` built them beside the program.
#[cfg(desktop)]
fn app_files(app: &AppHandle) -> Option<impl Files> {
    let installed = app.path().resource_dir().ok().map(|resources| resources.join("app"));
    let program = std::env::current_exe().ok();
    let built = program.as_deref().and_then(Path::parent).and_then(Path::parent).map(|target| target.join("app"));
    [installed, built].into_iter().flatten().find(|folder| folder.join("index.html").is_file()).map(Folder)
}

#[cfg(desktop)]
struct Folder(std::path::PathBuf);

#[cfg(desktop)]
impl Files for Folder {
    fn length(&self, name: &str) -> Option<u64> {
        let known = std::fs::metadata(self.0.join(name)).ok()?;
        known.is_file().then_some(known.len())
    }

    fn part(&self, name: &str, start: u64, wanted: u64) -> io::Result<Vec<u8>> {
        use std::io::{Read, Seek, SeekFrom};

        let mut opened = std::fs::File::open(self.0.join(name))?;
        opened.seek(SeekFrom::Start(start))?;
        let mut part = Vec::with_capacity(usize::try_from(wanted).unwrap_or_default());
        opened.take(wanted).read_to_end(&mut part)?;
        Ok(part)
    }
}

/// A phone's program holds them itself.
#[cfg(mobile)]
fn app_files(app: &AppHandle) -> Option<impl Files> {
    Some(Inside(app.asset_resolver()))
}

#[cfg(mobile)]
struct Inside(tauri::AssetResolver<tauri::Wry>);

#[cfg(mobile)]
impl Files for Inside {
    fn length(&self, name: &str) -> Option<u64> {
        self.0.get(name.to_owned()).map(|file| file.bytes.len() as u64)
    }

    fn part(&self, name: &str, start: u64, wanted: u64) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(name.to_owned()).map(|file| file.bytes).unwrap_or_default();
        let number = |n: u64| usize::try_from(n).map_err(io::Error::other);
        let part = bytes.get(number(start)?..number(start + wanted)?);
        part.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// A file of the app; any other path is a page of it, which the app itself reads.
fn from_files(files: &impl Files, path: &str, range: Option<&str>) -> Answer {
    let name = path.trim_start_matches('/');
    let relative = Path::new(name);
    let stays_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let length = (stays_inside && relative.extension().is_some()).then(|| files.length(name)).flatten();
    match length {
        Some(length) => read(files, name, length, range),
        None if path.starts_with("/assets/") => Ok(empty(StatusCode::NOT_FOUND)),
        None => read(files, PAGE, files.length(PAGE).unwrap_or_default(), None),
    }
    .unwrap_or_else(|_| empty(StatusCode::NOT_FOUND))
}

fn read(files: &impl Files, name: &str, length: u64, range: Option<&str>) -> io::Result<Answer> {
    let mut answer = Response::builder()
        .header(CONTENT_TYPE, content_type(Path::new(name)))
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header("x-content-type-options", "nosniff")
        .header(ACCEPT_RANGES, "bytes")
        // A new version of the program brings new files.
        .header(CACHE_CONTROL, "no-cache");
    let part = range.and_then(|range| part_of(range, length));
    let (start, end) = part.unwrap_or((0, length.saturating_sub(1)));
    if part.is_some() {
        answer =
            answer.status(StatusCode::PARTIAL_CONTENT).header(CONTENT_RANGE, format!("bytes {start}-{end}/{length}"));
    }
    let wanted = if length == 0 { 0 } else { end - start + 1 };
    answer.body(files.part(name, start, wanted)?).map_err(io::Error::other)
}

/// The first and last byte of `bytes=100-199` or `bytes=100-` in a file of that length.
fn part_of(range: &str, length: u64) -> Option<(u64, u64)> {
    let (start, end) = range.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = start.parse().ok()?;
    let last = length.checked_sub(1)?;
    let end = if end.is_empty() { last } else { end.parse::<u64>().ok()?.min(last) };
    (start <= end && end - start < LONGEST_PART).then_some((start, end))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("assets")).unwrap();
        fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
        fs::write(folder.path().join("assets/seoul.pmtiles"), "0123456789").unwrap();
        folder
    }

    #[test]
    fn pages_are_the_app_and_what_is_missing_is_missing() {
        let folder = folder();
        let get = |path| from_files(&Folder(folder.path().into()), path, None);
        for page in ["/", "/recipes/1", "/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd.txt"] {
            assert_eq!(get(page).body(), b"<!doctype html>", "{page}");
        }
        assert!(get("/").headers().contains_key(CONTENT_SECURITY_POLICY));
        assert_eq!(get("/assets/gone.js").status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_part_of_a_file_is_read_alone() {
        let folder = folder();
        let get = |range| from_files(&Folder(folder.path().into()), "/assets/seoul.pmtiles", Some(range));
        let part = get("bytes=2-4");
        assert_eq!((part.status(), part.body().as_slice()), (StatusCode::PARTIAL_CONTENT, b"234".as_slice()));
        assert_eq!(part.headers()[CONTENT_RANGE], "bytes 2-4/10");
        assert_eq!(get("bytes=8-99").body(), b"89");
        for nonsense in ["bytes=9-2", "bytes=x-", "lines=1-2", "bytes=99-"] {
            assert_eq!(get(nonsense).status(), StatusCode::OK, "{nonsense}");
        }
    }
}
