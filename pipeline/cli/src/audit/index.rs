//! The records in the index, held against where the spool ends.

use std::path::Path;

use anyhow::bail;
use landing_zone::Zone;
use pipeline_engine::index;
use pipeline_engine::pipeline::open_index;

use super::spool::Records;
use super::{Checked, Place};

/// The embedded index's file in the data directory.
const EMBEDDED: &str = "audit-index.db";

/// Checks each run's records in the index.
pub(super) async fn verify(zone: &Zone, base: &Path, records: &Records) -> anyhow::Result<Vec<Checked>> {
    let data = base.join(&zone.server.data);
    if records.runs().is_empty() {
        return Ok(Vec::new());
    }
    if zone.index.is_none() && !data.join(EMBEDDED).is_file() {
        bail!("there is no index: the zone names none, and {} has none", data.display());
    }
    let opened = open_index(zone, &data).await?;
    let mut checked = Vec::new();
    for run in records.runs() {
        let problems = index::verify(opened.as_ref(), *run, &records.ending(*run)?).await?;
        let ended = records.has_ended(*run);
        checked.push(Checked { run: *run, place: Place::Index, records: None, ended, problems });
    }
    Ok(checked)
}
