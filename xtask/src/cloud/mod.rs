//! `cargo xtask cloud`: whether what runs in the cloud would run there, as far as that shows without a cloud.

mod alarms;
mod images;
mod local;
mod manifests;
pub(crate) mod nginx;
mod tools;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail, ensure};
use clap::Args;

use crate::folders::Build;
use crate::step::{self, Action};
use crate::{folders, system};
use manifests::Manifests;

/// The version of Kubernetes whose schemas the manifests must keep.
const KUBERNETES: &str = "1.33";
/// The region whose resources the templates must exist in.
const REGION: &str = "ap-northeast-2";
/// What is rendered: overlays, and the job that restores.
const RENDERED: [&str; 3] = ["overlays/dev", "overlays/prod", "restore"];

/// Check manifests, templates, images and workflows, and try them as far as one machine can
///
/// Renders the overlays and holds them against Kubernetes' schemas, against each other and against checkov's policies;
/// tries nginx with its configuration before the real server; lints the CloudFormation templates, the images and the
/// workflows; runs the alarms on an emulated AWS, from the figure to the message in a Slack that is played; and builds the
/// images, as root, and the server in its own.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Cloud {
    #[command(subcommand)]
    local: Option<local::Local>,
    /// Build the images of the release too, with a bound for their sizes (as root)
    #[arg(long)]
    images: bool,
}

/// Runs all of it.
///
/// # Errors
/// When anything is wrong; all of it is told.
pub(crate) fn run(options: &Cloud) -> Result<()> {
    if let Some(local) = &options.local {
        return local::run(local);
    }
    check()?;
    if options.images {
        images::build(Build::Release)?;
    }
    Ok(())
}

/// What `cargo xtask test` runs, too.
///
/// # Errors
/// As [`run`].
pub(crate) fn check() -> Result<()> {
    system::ensure(&system::CLOUD)?;
    if let Err(error) = tools::install() {
        println!("    skipped: the linters cannot be had from PyPI: {error:#}");
        return Ok(());
    }
    let checks: [(&str, Action); 6] = [
        ("manifests", manifests),
        ("templates of AWS", templates),
        ("images and workflows", sources),
        ("nginx before the server", nginx::try_out),
        ("alarms on an emulated AWS", alarms::try_out),
        ("images", images::try_out),
    ];
    step::run_all(&checks)
}

fn k8s() -> PathBuf {
    folders::root().join("k8s")
}

fn manifests() -> Result<()> {
    if !system::present("kubectl") {
        println!("    skipped: there is no kubectl, which Debian does not have in a recent version");
        return Ok(());
    }
    let rendered = tempfile::tempdir()?;
    let mut misfits = Vec::new();
    for name in RENDERED {
        let yaml = step::capture(Command::new("kubectl").arg("kustomize").arg(k8s().join(name)))?;
        let file = rendered.path().join(format!("{}.yaml", name.replace('/', "-")));
        std::fs::write(&file, &yaml)?;
        let said = step::capture(
            Command::new(tools::program("kubernetes-validate")).args(["-k", KUBERNETES, "--strict"]).arg(&file),
        )?;
        // What it has no schema for it only warns of.
        ensure!(!said.contains("WARN"), "{name}: {said}");
        let manifests = Manifests::read(&yaml)?;
        // The job runs beside an overlay's objects, which are not rendered with it.
        if name.starts_with("overlays/") {
            misfits.extend(manifests.misfits().into_iter().map(|misfit| format!("{name}: {misfit}")));
        }
        println!("    {name}: {} objects", manifests.count());
    }
    if !misfits.is_empty() {
        bail!("{}", misfits.join("\n"));
    }
    checkov("kubernetes", rendered.path())
}

fn checkov(framework: &str, folder: &std::path::Path) -> Result<()> {
    let mut checkov = Command::new(tools::program("checkov"));
    checkov.args(["--framework", framework, "--skip-download", "--compact", "--quiet", "--directory"]).arg(folder);
    // It prints what fails, and nothing where nothing does.
    let output = checkov.arg("--config-file").arg(k8s().join("checkov.yaml")).output()?;
    ensure!(output.status.success(), "checkov:\n{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

fn templates() -> Result<()> {
    let aws = k8s().join("aws");
    let mut lint = Command::new(tools::program("cfn-lint"));
    lint.args(["-r", REGION, "--"]);
    for entry in std::fs::read_dir(&aws)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            lint.arg(path);
        }
    }
    step::run(&mut lint)?;
    checkov("cloudformation", &aws)
}

fn sources() -> Result<()> {
    let images = ["server", "frontend"].map(|name| k8s().join("images").join(format!("{name}.Containerfile")));
    step::run(Command::new(tools::program("hadolint")).args(images))?;
    let workflows = folders::root().join(".github/workflows");
    let mut lint = Command::new(tools::program("actionlint"));
    for entry in std::fs::read_dir(&workflows)? {
        lint.arg(entry?.path());
    }
    step::run(&mut lint)?;
    let zizmor = Command::new(tools::program("zizmor")).args(["--offline", "--quiet"]).arg(&workflows).output()?;
    ensure!(zizmor.status.success(), "zizmor:\n{}", String::from_utf8_lossy(&zizmor.stdout));
    Ok(())
}
