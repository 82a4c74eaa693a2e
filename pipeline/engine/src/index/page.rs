//! Pages of search results.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use pipeline_core::RunId;
use serde_json::Value;

use crate::audit::Document;

/// The place of a record in the order of all: its time, its run, its sequence. As text, `<milliseconds>.<run>.<sequence>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The record's time, in milliseconds since 1970.
    pub millis: i64,
    /// Its run.
    pub run: RunId,
    /// Its sequence.
    pub sequence: u64,
}

/// A text that is no cursor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor; use the one that the page before gave, or none for the first page")]
pub struct InvalidCursor;

impl Cursor {
    /// The place of a document.
    pub fn of(document: &Document) -> Self {
        let Document { timestamp, run, sequence, .. } = document;
        Self { millis: timestamp.as_millisecond(), run: *run, sequence: *sequence }
    }

    /// The place of a record, if it is one.
    pub fn of_record(record: &Value) -> Option<Self> {
        let text = |pointer| record.pointer(pointer).and_then(Value::as_str);
        Some(Self {
            millis: text("/@timestamp")?.parse::<Timestamp>().ok()?.as_millisecond(),
            run: text("/wayleave/run")?.parse().ok()?,
            sequence: record.pointer("/event/sequence")?.as_u64()?,
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.millis, self.run, self.sequence)
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().ok_or(InvalidCursor);
        let millis = part()?.parse().map_err(|_| InvalidCursor)?;
        let run = part()?.parse().map_err(|_| InvalidCursor)?;
        let sequence = part()?.parse().map_err(|_| InvalidCursor)?;
        // The databases count no further.
        let counted = i64::try_from(sequence).is_ok();
        if counted { Ok(Self { millis, run, sequence }) } else { Err(InvalidCursor) }
    }
}

/// In which order records are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    size: u32,
    /// The last record of the page before; none for the first page.
    pub after: Option<Cursor>,
    /// The order, the same for all pages.
    pub order: Order,
}

impl Page {
    /// The first page of that many records, at least 1 and at most 500, newest first.
    pub fn first(size: u32) -> Self {
        Self { size: size.clamp(1, 500), after: None, order: Order::Newest }
    }

    /// How many records it may have.
    pub const fn size(&self) -> u32 {
        self.size
    }
}

/// A page of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// The records.
    pub records: Vec<Value>,
    /// How many the query finds on all pages.
    pub total: u64,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
}

impl Hits {
    /// A page out of one more record than it may have, if there are so many.
    pub(super) fn new(mut records: Vec<Value>, total: u64, page: &Page) -> Self {
        let more = records.len() > page.size as usize;
        records.truncate(page.size as usize);
        let next = records.last().filter(|_| more).and_then(Cursor::of_record);
        Self { records, total, next }
    }
}
