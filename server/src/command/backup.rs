//! `hnh-server backup` and `restore`: all that people wrote, in one file.
//!
//! The file is a ZIP with the database (`hnh.db` of SQLite, `hnh.dump` of PostgreSQL's own tools) and the photos.
//! The database's copy is of one moment, taken first: a photo that it names is then in the file too. A restore puts everything
//! beside its place, checks it, and moves it there; then the feeds are of another epoch, so that devices begin anew.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use reqwest::Url;
use tokio::runtime::Runtime;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::config::Config;
use crate::db::Db;
use crate::feeds::begin_epoch;

const SQLITE: &str = "hnh.db";
const POSTGRES: &str = "hnh.dump";
/// What SQLite keeps beside a database; left from another one it would be read into ours.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Where from or to.
#[derive(Args)]
pub struct BackupArgs {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    config: Box<Config>,
}

/// Writes a backup, for the owner alone; servers may go on meanwhile, and nothing of theirs is changed.
///
/// # Errors
/// When the file exists, there is no database, it cannot be read, or `pg_dump` is missing for PostgreSQL.
pub fn backup(args: &BackupArgs) -> Result<()> {
    let (config, file) = (&args.config, &args.file);
    ensure!(!file.exists(), "{} exists already: choose another name", file.display());
    let folder = tempfile::Builder::new().prefix("hnh-backup-").tempdir_in(parent(file))?;
    let runtime = runtime()?;
    let (database, held) = if is_sqlite(config) {
        let place = sqlite_file(config)?;
        ensure!(place.is_file(), "there is no database at {}", place.display());
        let copy = folder.path().join(SQLITE);
        let held = runtime.block_on(async {
            let db = Db::open_read_only(&place).await?;
            db.copy_to(&copy).await?;
            counts(&db).await
        });
        (copy, held.context("the database")?)
    } else {
        let copy = folder.path().join(POSTGRES);
        let mut dump = postgres("pg_dump", config)?;
        run(dump.args(["--format=custom", "--file"]).arg(&copy))?;
        let held = runtime.block_on(async { counts(&Db::connect(&config.database()).await?).await });
        (copy, held.context("the database")?)
    };
    let written = folder.path().join("backup.zip");
    let owners = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&written)?;
    let mut zip = ZipWriter::new(owners);
    let name = database.file_name().and_then(|name| name.to_str()).context("the database's file has no name")?;
    pack(&mut zip, name, &database)?;
    let mut photos = 0_u64;
    for photo in folders_and_files(&config.photos())? {
        let name = photo.strip_prefix(config.photos())?.to_str().context("a photo's name is no text")?;
        pack(&mut zip, &format!("photos/{name}"), &photo)?;
        photos += 1;
    }
    zip.finish()?.sync_all()?;
    // A name that is taken at the end only says that the file is whole; one that exists is never written over.
    fs::hard_link(&written, file).with_context(|| format!("{} exists already: choose another name", file.display()))?;
    println!("{}: {held}, {photos} files of photos", file.display());
    Ok(())
}

/// Puts a backup in place, where there is nothing yet.
///
/// # Errors
/// When there is anything of a database already, the file is no backup, broken, or of the other kind of database, or
/// `pg_restore` is missing for PostgreSQL; then nothing was put in place.
pub fn restore(args: &BackupArgs) -> Result<()> {
    let (config, file) = (&args.config, &args.file);
    let mut zip = ZipArchive::new(File::open(file).with_context(|| file.display().to_string())?)
        .with_context(|| format!("{} is no backup", file.display()))?;
    fs::create_dir_all(&config.data)?;
    let sqlite = is_sqlite(config);
    let name = if sqlite { SQLITE } else { POSTGRES };
    ensure!(zip.index_for_name(name).is_some(), "the backup is of the other kind of database: it has no {name}");
    refuse_leftovers(config)?;
    let beside = tempfile::Builder::new().prefix(".restore-").tempdir_in(&config.data)?;
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i)?;
        let inside = entry.enclosed_name().context("the backup has a file with a forbidden name")?;
        ensure!(
            inside == Path::new(name) || inside.starts_with("photos"),
            "the backup has a file that is not ours: {}",
            inside.display()
        );
        let to = beside.path().join(inside);
        fs::create_dir_all(parent(&to))?;
        let mut written = File::create(&to).with_context(|| to.display().to_string())?;
        io::copy(&mut entry, &mut written).with_context(|| format!("{} is broken", file.display()))?;
        written.sync_all()?;
    }
    let (runtime, database) = (runtime()?, beside.path().join(name));
    let held = if sqlite {
        // The copy is opened as the server will open it; what that leaves beside it is gone when it is closed.
        let held = runtime.block_on(async {
            let db = Db::open(&format!("sqlite:{}", database.display()), 1).await?;
            db.check().await?;
            begin_epoch(&db).await?;
            let held = counts(&db).await;
            db.close().await;
            held
        });
        let held = held.with_context(|| format!("the database in {} cannot be used", file.display()))?;
        File::open(&database)?.sync_all()?;
        fs::rename(&database, sqlite_file(config)?)?;
        held
    } else {
        let mut restore = postgres("pg_restore", config)?;
        restore.args(["--exit-on-error", "--no-owner", "--single-transaction"]);
        run(restore.arg(&database)).context("the database must be empty")?;
        runtime.block_on(async {
            let db = Db::open(&config.database(), 1).await?;
            begin_epoch(&db).await?;
            counts(&db).await
        })?
    };
    let photos = beside.path().join("photos");
    if photos.is_dir() {
        fs::rename(photos, config.photos())?;
    }
    File::open(&config.data)?.sync_all()?;
    println!("restored {}: {held}", file.display());
    Ok(())
}

/// A restore goes into an empty place: what is left of another database would be mixed with it.
fn refuse_leftovers(config: &Config) -> Result<()> {
    let mut places = vec![config.photos()];
    if is_sqlite(config) {
        let place = sqlite_file(config)?;
        places.extend(BESIDE.iter().map(|ending| {
            let mut name = place.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        }));
        places.push(place);
    }
    for place in places {
        let empty = !place.exists() || (place.is_dir() && fs::read_dir(&place)?.next().is_none());
        ensure!(empty, "{} exists already: restore into an empty place", place.display());
    }
    let photos = config.photos();
    if photos.is_dir() {
        fs::remove_dir(photos)?;
    }
    Ok(())
}

/// How much of what there is, in words.
async fn counts(db: &Db) -> Result<String> {
    let sql = "SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM post), (SELECT COUNT(*) FROM comment),
               (SELECT COUNT(*) FROM message)";
    let (people, posts, comments, messages): (i64, i64, i64, i64) = db.read().await?.fetch_one(sql, []).await?;
    Ok(format!("{people} people, {posts} posts, {comments} comments, {messages} messages"))
}

fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// One of PostgreSQL's own tools on our database. The password goes by the environment: everybody sees arguments.
fn postgres(program: &str, config: &Config) -> Result<Command> {
    let mut url = Url::parse(&config.database()).context("the database's URL")?;
    let mut command = Command::new(program);
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", percent_decoded(password));
        let _ = url.set_password(None);
    }
    command.arg("--dbname").arg(url.as_str());
    Ok(command)
}

fn percent_decoded(text: &str) -> String {
    let pairs = format!("p={}", text.replace('+', "%2B"));
    form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn is_sqlite(config: &Config) -> bool {
    config.database().starts_with("sqlite:")
}

fn sqlite_file(config: &Config) -> Result<PathBuf> {
    let url = config.database();
    let file = url.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or_default();
    ensure!(!file.is_empty() && file != ":memory:", "the database is not a file");
    Ok(PathBuf::from(file))
}

fn parent(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

fn pack(zip: &mut ZipWriter<impl Write + Seek>, name: &str, from: &Path) -> Result<()> {
    zip.start_file(name, SimpleFileOptions::default().large_file(true))?;
    io::copy(&mut File::open(from).with_context(|| from.display().to_string())?, zip)?;
    Ok(())
}

/// All files below a folder; none where it does not exist.
fn folders_and_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(folders_and_files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot start {program}: install postgresql-client"))?;
    if !status.success() {
        bail!("{program} failed: what it said is above");
    }
    Ok(())
}
