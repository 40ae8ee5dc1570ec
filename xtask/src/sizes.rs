//! Prints what a browser downloads, against the budget.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::assets::{Asset, Size, When};

/// What the app and its core may weigh compressed, without map and fonts, in bytes.
const BUDGET: usize = 900_000;

/// Prints every file's sizes, fonts and small files summed up, and the total of what the start needs.
pub(crate) fn print(folder: &Path, assets: &[Asset], sizes: &BTreeMap<PathBuf, Size>) {
    let mut rows = Vec::new();
    let mut start = 0;
    let mut fonts = (0, 0);
    for asset in assets {
        let Some(size) = sizes.get(&folder.join(asset.path.trim_start_matches('/'))) else {
            continue;
        };
        match asset.when {
            When::Use => {
                fonts.0 += 1;
                fonts.1 += size.download();
                continue;
            }
            When::Install => start += size.download(),
            When::Idle => {}
        }
        rows.push((size.download(), size.raw, asset));
    }
    rows.sort_by_key(|(download, ..)| std::cmp::Reverse(*download));
    println!("    {:>10} {:>10}  file", "bytes", "brotli");
    for (download, raw, asset) in &rows {
        let remark = match asset.when {
            When::Idle => "  (later)",
            When::Install | When::Use => "",
        };
        println!("    {raw:>10} {download:>10}  {}{remark}", asset.path);
    }
    println!("    {:>10} {:>10}  {} font files, of which a page needs a few", "", fonts.1, fonts.0);
    let verdict = if start <= BUDGET { "within" } else { "OVER" };
    println!(
        "    app and core without map and fonts: {} kB, {verdict} the budget of {} kB",
        start / 1000,
        BUDGET / 1000
    );
}
