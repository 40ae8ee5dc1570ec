//! `hnh-server tool recipe-page`.

pub(super) fn run() -> anyhow::Result<()> {
    Ok(())
}
