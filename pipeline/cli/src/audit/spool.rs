//! The records in the spool, held against what the database knows of runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use landing_zone::Zone;
use pipeline_core::RunId;
use pipeline_engine::audit::{Ending, Redactor, Spool, verify_lines};
use pipeline_engine::runs::Runs;
use pipeline_engine::store::Store;
use serde_json::Value;

use super::{Checked, Place};

/// How many runs are asked for at once.
const PAGE: u32 = 200;

/// The runs to check, and where their records are.
pub(super) struct Records {
    data: PathBuf,
    spool: Option<Spool>,
    /// Whether each run that the database knows has ended.
    ended: BTreeMap<RunId, bool>,
    runs: BTreeSet<RunId>,
}

impl Records {
    /// The runs that have records, or have ended and so should have; or the one that is wanted.
    pub(super) async fn open(zone: &Zone, base: &Path, wanted: Option<&str>) -> anyhow::Result<Self> {
        let data = base.join(&zone.server.data);
        let has_spool = data.join("spool").is_dir();
        let spool = has_spool.then(|| Spool::open(&data, Redactor::new([]))).transpose()?;
        let ended = ended(zone, base).await?;
        let mut runs: BTreeSet<RunId> =
            ended.iter().filter(|(_, ended)| **ended).map(|(run, _)| *run).collect();
        if let Some(spool) = &spool {
            runs.extend(spool.runs()?);
        }
        Ok(Self { data, spool, ended, runs: select(runs, wanted)? })
    }

    /// Whether there are records on this machine.
    pub(super) const fn has_spool(&self) -> bool {
        self.spool.is_some()
    }

    /// The runs.
    pub(super) const fn runs(&self) -> &BTreeSet<RunId> {
        &self.runs
    }

    /// Whether the run has ended, as far as the database knows.
    pub(super) fn has_ended(&self, run: RunId) -> bool {
        self.ended.get(&run).copied().unwrap_or(false)
    }

    /// Checks the spool's file of each run.
    pub(super) fn verify_spool(&self) -> anyhow::Result<Vec<Checked>> {
        match &self.spool {
            Some(spool) => {
                self.runs.iter().map(|run| check(*run, &spool.path(*run), self.has_ended(*run))).collect()
            }
            None if self.runs.is_empty() => Ok(Vec::new()),
            None => {
                let data = self.data.display();
                bail!("there are runs, but no spool in {data}; is `server.data` of the zone right?")
            }
        }
    }

    /// How the run's records elsewhere must end: where the spool's do, once nobody writes it any more.
    pub(super) fn ending(&self, run: RunId) -> anyhow::Result<Ending> {
        let ended = if self.has_ended(run) { Ending::Ended } else { Ending::Running };
        let Some(path) = self.spool.as_ref().map(|spool| spool.path(run)).filter(|path| path.exists()) else {
            return Ok(ended);
        };
        let (text, is_open) = read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let last = text.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty());
        let last: Option<Value> = last.and_then(|line| serde_json::from_slice(line).ok());
        let place = last.as_ref().and_then(|last| {
            let event = last.get("event")?;
            Some((event.get("sequence")?.as_u64()?, event.get("hash")?.as_str()?.to_owned()))
        });
        Ok(match place.filter(|_| !is_open) {
            Some((sequence, hash)) => Ending::At { sequence, hash },
            None => ended,
        })
    }
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
    let problems = verify_lines(run, &text, &ending);
    Ok(Checked { run, place: Place::Spool, records: Some(records), ended, problems })
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
