//! `hnh-server tool hours`.

/// What instants to judge.
#[derive(clap::Args)]
pub struct Args {}

pub(super) fn run(_args: &Args) -> anyhow::Result<()> {
    Ok(())
}
