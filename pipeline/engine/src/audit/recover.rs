//! Reading a spool file back after the process that wrote it ended, however it ended.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};

use serde::Deserialize;

use super::canonical::GENESIS;

/// Where a run's chain stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    /// The sequence of the last record; 0 before the first.
    pub sequence: u64,
    /// The hash of the last record.
    pub hash: String,
    /// The number of the last core event on record; 0 before the first.
    pub last_event: u64,
    /// How many records that event has.
    pub event_records: usize,
}

impl Chain {
    pub(super) fn start() -> Self {
        Self { sequence: 0, hash: GENESIS.to_owned(), last_event: 0, event_records: 0 }
    }

    pub(super) fn count_event(&mut self, number: u64) {
        match number.cmp(&self.last_event) {
            std::cmp::Ordering::Greater => (self.last_event, self.event_records) = (number, 1),
            std::cmp::Ordering::Equal => self.event_records += 1,
            std::cmp::Ordering::Less => {}
        }
    }
}

/// What a spool file holds.
#[derive(Debug)]
pub(super) struct Recovered {
    pub chain: Chain,
    /// The length of the file's whole lines, in bytes: what lies behind it is torn.
    pub whole: u64,
    /// How many bytes lie behind it.
    pub torn: u64,
}

#[derive(Deserialize)]
struct Line {
    event: Event,
}

#[derive(Deserialize)]
struct Event {
    sequence: u64,
    hash: String,
    id: Option<String>,
}

/// Reads the whole file. Lines at its end that are not whole records are torn; an unreadable line before a whole one stays for
/// `verify` to report.
pub(super) fn scan(file: &mut File) -> io::Result<Recovered> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let (mut chain, mut whole, mut read) = (Chain::start(), 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok(Recovered { chain, whole, torn: read - whole });
        }
        read += length as u64;
        if let Some(Line { event }) =
            line.strip_suffix(b"\n").and_then(|line| serde_json::from_slice(line).ok())
        {
            whole = read;
            chain.sequence = event.sequence;
            chain.hash = event.hash;
            if let Some(number) = event.id.as_deref().and_then(event_number) {
                chain.count_event(number);
            }
        }
    }
}

fn event_number(id: &str) -> Option<u64> {
    id.rsplit_once('/').and_then(|(_, number)| number.parse().ok())
}
