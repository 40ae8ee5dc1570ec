//! `hnh-server catalog`: imports sources and builds versions.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;
use clap::{Args, Subcommand};
use hnh_ingest::builder::{BuildOptions, build};
use hnh_ingest::import::{IMPORTERS, Importer, Progress, import};
use hnh_ingest::records::SourceStore;
use hnh_ingest::starter::{Starter, make};

use crate::{catalogue, objects};

/// How often progress is shown.
const SHOW_EVERY: Duration = Duration::from_millis(200);

/// What to do with the catalogue.
#[derive(Subcommand)]
pub enum Catalog {
    /// Import files of a source in place of what was imported of it before
    #[command(after_help = sources())]
    Import(ImportArgs),
    /// Build a version from the imports and the starter catalogue, and make it the current one
    Build(BuildArgs),
    /// Put the current version into the bucket, where every server takes it up
    Publish(PublishArgs),
    /// Write the starter catalogue's facts from a folder of open data (for contributors)
    MakeStarter(MakeStarterArgs),
}

/// Where things are.
#[derive(Args)]
pub struct DataArgs {
    /// The data folder
    #[arg(long, env = "HNH_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
}

/// What to import.
#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    at: DataArgs,
    /// The source
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(IMPORTERS.iter().map(|i| i.name)))]
    source: String,
    /// Files, or folders with files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// What to build.
#[derive(Args)]
pub struct BuildArgs {
    #[command(flatten)]
    at: DataArgs,
    /// The starter catalogue's folder; without it, it is looked for in the source tree and in /usr/share/hnh/starter
    #[arg(long, env = "HNH_STARTER", value_name = "DIR")]
    starter: Option<PathBuf>,
    /// Build from the imports alone
    #[arg(long, conflicts_with = "starter")]
    no_starter: bool,
}

/// Where to publish.
#[derive(Args)]
pub struct PublishArgs {
    #[command(flatten)]
    at: DataArgs,
    /// The bucket: s3://BUCKET
    #[arg(long, env = "HNH_OBJECTS_URL", value_name = "URL")]
    objects_url: String,
}

/// What to make the starter from.
#[derive(Args)]
pub struct MakeStarterArgs {
    /// The folder of open data
    open_data: PathBuf,
    /// The starter catalogue's folder
    #[arg(long, env = "HNH_STARTER", value_name = "DIR")]
    starter: Option<PathBuf>,
}

impl Catalog {
    /// Runs the command: progress on standard error, a summary on standard output.
    ///
    /// # Errors
    /// As the importers and the builder.
    pub fn run(self) -> Result<()> {
        match self {
            Self::Import(args) => run_import(&args),
            Self::Build(args) => {
                let starter = (!args.no_starter).then(|| Starter::find(args.starter.as_deref())).transpose()?;
                run_build(&args.at.data, starter.as_ref())
            }
            Self::Publish(args) => run_publish(&args),
            Self::MakeStarter(args) => make_starter(&args),
        }
    }
}

fn sources() -> String {
    let width = IMPORTERS.iter().map(|i| i.name.len()).max().unwrap_or(0);
    let lines = IMPORTERS.iter().map(|i| format!("  {:width$}  {}\n", i.name, i.about));
    format!("Sources:\n{}", lines.collect::<String>())
}

fn run_import(args: &ImportArgs) -> Result<()> {
    let mut line = StatusLine::new();
    let summary = import(
        &SourceStore::new(&args.at.data),
        Importer::named(&args.source)?,
        &args.paths,
        &mut |Progress { bytes, stats }| {
            line.show(&format!("{} MB read, {} kept, {} refused", bytes / 1_000_000, stats.kept, stats.refused));
        },
    );
    line.clear();
    let summary = summary?;
    println!("{}: {}", args.source, summary.stats);
    println!("report: {}", summary.report.display());
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a command's clock is the system's")]
fn run_build(data: &Path, starter: Option<&Starter>) -> Result<()> {
    let began = Instant::now();
    let version = build(&BuildOptions { data, starter, now: SystemTime::now() }, &mut |step| eprintln!("{step}"))?;
    let info = &version.info;
    println!("version {} in {:.1} s", version.name, began.elapsed().as_secs_f32());
    println!("{} places, {} recipes, {} foods, {} areas", info.places, info.recipes, info.foods, version.areas);
    for credit in &info.sources {
        println!("  {}: {} ({})", credit.source, credit.records, credit.licence);
    }
    println!("{}", version.folder.display());
    Ok(())
}

fn run_publish(args: &PublishArgs) -> Result<()> {
    let objects = objects::open(&args.objects_url)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let name = runtime.block_on(catalogue::publish(&objects, &args.at.data))?;
    println!("published version {name}");
    Ok(())
}

fn make_starter(args: &MakeStarterArgs) -> Result<()> {
    let made = make::make(&args.open_data, &Starter::find(args.starter.as_deref())?)?;
    for (source, stats) in &made.sources {
        println!("{source}: {stats}");
    }
    for (path, bytes) in &made.files {
        println!("{}: {:.2} MB", path.display(), *bytes as f64 / 1e6);
    }
    Ok(())
}

/// One line of a terminal that is written over; nothing where standard error is a file.
struct StatusLine {
    shown: Option<Instant>,
    terminal: bool,
}

impl StatusLine {
    fn new() -> Self {
        Self { shown: None, terminal: std::io::stderr().is_terminal() }
    }

    fn show(&mut self, text: &str) {
        if self.terminal && self.shown.is_none_or(|at| at.elapsed() >= SHOW_EVERY) {
            self.write(text);
            #[expect(clippy::disallowed_methods, reason = "how often a line is written over is measured")]
            let now = Instant::now();
            self.shown = Some(now);
        }
    }

    fn clear(&mut self) {
        if self.shown.is_some() {
            self.write("");
        }
    }

    fn write(&self, text: &str) {
        // A status that cannot be shown is no reason to stop an import.
        let mut out = std::io::stderr();
        let _ = write!(out, "\r\x1b[K{text}");
        let _ = out.flush();
    }
}
