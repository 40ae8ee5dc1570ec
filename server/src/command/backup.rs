//! `hnh-server backup` and `restore`: all that people wrote, in one file.
//!
//! The file is a ZIP with the database (`hnh.db` of SQLite, `hnh.dump` of PostgreSQL's own tools) and the photos.
//! The database's copy is of one moment, taken first: a photo that it names is then in the file too.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::config::Config;
use crate::db::Db;

const SQLITE: &str = "hnh.db";
const POSTGRES: &str = "hnh.dump";

/// Where from or to.
#[derive(Args)]
pub struct BackupArgs {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    config: Box<Config>,
}

/// Writes a backup; servers may go on meanwhile.
///
/// # Errors
/// When the file exists, the database cannot be read, or `pg_dump` is missing for PostgreSQL.
pub fn backup(args: &BackupArgs) -> Result<()> {
    let (config, file) = (&args.config, &args.file);
    let folder = tempfile::Builder::new().prefix("hnh-backup-").tempdir_in(parent(file))?;
    let database = if is_sqlite(config) {
        let copy = folder.path().join(SQLITE);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { Db::open(&config.database(), 1).await?.copy_to(&copy).await })?;
        copy
    } else {
        let copy = folder.path().join(POSTGRES);
        let mut dump = Command::new("pg_dump");
        run(dump.args(["--format=custom", "--file"]).arg(&copy).arg("--dbname").arg(config.database()))?;
        copy
    };
    let written = folder.path().join("backup.zip");
    let mut zip = ZipWriter::new(File::create(&written)?);
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
    ensure!(!file.exists(), "{} exists already: choose another name", file.display());
    fs::rename(&written, file).with_context(|| file.display().to_string())?;
    println!("{}: the database and {photos} files of photos", file.display());
    Ok(())
}

/// Puts a backup in place, where there is nothing yet.
///
/// # Errors
/// When there is a database already, the file is no backup or of the other kind of database, or `pg_restore`
/// is missing for PostgreSQL.
pub fn restore(args: &BackupArgs) -> Result<()> {
    let (config, file) = (&args.config, &args.file);
    let mut zip = ZipArchive::new(File::open(file).with_context(|| file.display().to_string())?)
        .with_context(|| format!("{} is no backup", file.display()))?;
    fs::create_dir_all(&config.data)?;
    let sqlite = is_sqlite(config);
    let name = if sqlite { SQLITE } else { POSTGRES };
    ensure!(zip.index_for_name(name).is_some(), "the backup is of the other kind of database: it has no {name}");
    let place = if sqlite { sqlite_file(config)? } else { config.data.join(POSTGRES) };
    ensure!(!place.exists(), "{} exists already: restore into an empty place", place.display());
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i)?;
        let inside = entry.enclosed_name().context("the backup has a file with a forbidden name")?;
        let to = if inside == Path::new(name) {
            place.clone()
        } else if let Ok(photo) = inside.strip_prefix("photos") {
            config.photos().join(photo)
        } else {
            bail!("the backup has a file that is not ours: {}", inside.display());
        };
        fs::create_dir_all(parent(&to))?;
        io::copy(&mut entry, &mut File::create(&to).with_context(|| to.display().to_string())?)?;
    }
    if !sqlite {
        let mut restore = Command::new("pg_restore");
        restore.args(["--exit-on-error", "--no-owner", "--single-transaction", "--dbname"]).arg(config.database());
        let restored = run(restore.arg(&place));
        fs::remove_file(&place)?;
        restored?;
    }
    println!("restored {}", file.display());
    Ok(())
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
    ensure!(status.success(), "{program} failed: what it said is above");
    Ok(())
}
