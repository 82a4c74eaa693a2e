//! One line of the spool, the stream or the index, with what is needed to place it.

use jiff::Timestamp;
use pipeline_core::RunId;
use serde::Deserialize;

use super::record::document_id;

/// A record as its bytes, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document's id: a hash of run, unit and sequence.
    pub id: String,
    /// The run.
    pub run: RunId,
    /// The unit.
    pub unit: Option<String>,
    /// The place in the run, from 1.
    pub sequence: u64,
    /// When it happened.
    pub timestamp: Timestamp,
    /// The JSON text, without a line end.
    pub source: String,
}

/// A line that is no audit record.
#[derive(Debug, thiserror::Error)]
#[error("not an audit record: it needs @timestamp, event.sequence and wayleave.run")]
pub struct InvalidDocument(#[from] serde_json::Error);

#[derive(Deserialize)]
struct Place {
    #[serde(rename = "@timestamp")]
    timestamp: Timestamp,
    event: EventPlace,
    wayleave: RunPlace,
}

#[derive(Deserialize)]
struct EventPlace {
    sequence: u64,
}

#[derive(Deserialize)]
struct RunPlace {
    run: RunId,
    unit: Option<String>,
}

impl Document {
    /// Reads a line.
    ///
    /// # Errors
    /// [`InvalidDocument`] when it is not JSON or lacks what places a record.
    pub fn parse(line: &str) -> Result<Self, InvalidDocument> {
        let place: Place = serde_json::from_str(line)?;
        let RunPlace { run, unit } = place.wayleave;
        Ok(Self {
            id: document_id(&run, unit.as_deref(), place.event.sequence),
            run,
            unit,
            sequence: place.event.sequence,
            timestamp: place.timestamp,
            source: line.to_owned(),
        })
    }

    /// The index that the record belongs in: `wayleave-audit-YYYY.MM.DD` of the run's start, whenever the record was written.
    pub fn index(&self) -> String {
        format!("wayleave-audit-{}", self.run.day())
    }
}
