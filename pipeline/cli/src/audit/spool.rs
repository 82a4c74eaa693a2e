//! The records in the spool, held against what the database knows of runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context, bail};
use landing_zone::Zone;
use pipeline_core::RunId;
use pipeline_engine::audit::{Ending, Redactor, Spool, verify_lines};
use pipeline_engine::runs::Runs;
use pipeline_engine::store::Store;

use super::Checked;

/// How many runs are asked for at once.
const PAGE: u32 = 200;

/// Checks the runs that have records, or have ended and so should have.
pub(super) async fn verify(zone: &Zone, base: &Path, wanted: Option<&str>) -> anyhow::Result<Vec<Checked>> {
    let data = base.join(&zone.server.data);
    let spool = match data.join("spool").is_dir() {
        true => Some(Spool::open(&data, Redactor::new([]))?),
        false => None,
    };
    let ended = ended(zone, base).await?;
    let mut runs: BTreeSet<RunId> = ended.keys().copied().filter(|run| ended[run]).collect();
    if let Some(spool) = &spool {
        runs.extend(spool.runs()?);
    }
    let runs = select(runs, wanted)?;
    let Some(spool) = spool else {
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        bail!("there are runs, but no spool in {}; is `server.data` of the zone right?", data.display());
    };
    let has_ended = |run: &RunId| ended.get(run).copied().unwrap_or(false);
    runs.into_iter().map(|run| check(run, &spool.path(run), has_ended(&run))).collect()
}

fn select(runs: BTreeSet<RunId>, wanted: Option<&str>) -> anyhow::Result<BTreeSet<RunId>> {
    let Some(wanted) = wanted else { return Ok(runs) };
    let lower = wanted.to_ascii_lowercase();
    let digits = lower.strip_prefix("r-").unwrap_or(&lower);
    let prefix = format!("r-{digits}");
    let named: BTreeSet<RunId> =
        runs.into_iter().filter(|run| run.to_string().starts_with(&prefix)).collect();
    match named.len() {
        0 => {
            bail!("no run {wanted} has records; `wayleave audit verify` without a run lists those that have")
        }
        1 => Ok(named),
        _ => bail!("several runs begin with {wanted}; give more of its digits"),
    }
}

/// Whether each run that the database knows has ended; nothing when there is no database yet.
async fn ended(zone: &Zone, base: &Path) -> anyhow::Result<BTreeMap<RunId, bool>> {
    let mut known = BTreeMap::new();
    let file = zone.server.database.file().map(|file| base.join(file));
    let Some(file) = file.filter(|file| file.exists()) else { return Ok(known) };
    let runs = Runs::new(Store::open(&file).await?);
    let mut after = None;
    loop {
        let page = runs.store().run_ids(after, PAGE).await?;
        for run in &page {
            let ended = runs.look(*run, pipeline_core::Run::has_ended).await?;
            known.insert(*run, ended.unwrap_or(false));
        }
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(*last),
            _ => return Ok(known),
        }
    }
}

fn check(run: RunId, path: &Path, ended: bool) -> anyhow::Result<Checked> {
    let (text, is_open) = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let ending = if ended && !is_open { Ending::Ended } else { Ending::Running };
    let records = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    Ok(Checked { run, records, ended, problems: verify_lines(run, &text, &ending) })
}

/// The file, and whether somebody writes it now: then its last line may not be whole yet, and is left out. A file that is
/// not there is empty.
fn read(path: &Path) -> io::Result<(Vec<u8>, bool)> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), false)),
        Err(error) => return Err(error),
    };
    let is_open = match file.try_lock_shared() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(error)) => return Err(error),
    };
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    if is_open {
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        text.truncate(whole);
    }
    Ok((text, is_open))
}
