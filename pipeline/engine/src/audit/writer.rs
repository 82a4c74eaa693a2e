//! The one place where a run's records get their sequence and hash, and go to disk.
//!
//! Commits are grouped: what is queued is written with one call. A commit that holds a fact or a flush is synced to the disk
//! before it is acknowledged; lines of output are synced when 64 KiB of them, or 200 ms, have gathered.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use super::canonical::{canonical, chain_hash};
use super::compose;
use super::context::{RunContext, UnitContext};
use super::fact::Fact;
use super::log::Stream;
use super::record::Record;
use super::recover::Chain;
use super::redact::Redactor;
use super::spool::{Progress, SpoolError};
use super::{MAX_MESSAGE, MAX_REASON};

/// How many entries may wait; then the callers do.
pub(super) const QUEUE: usize = 1024;
/// How many entries one commit takes.
const BATCH: usize = 512;
/// How many bytes of output may be written and not yet synced.
const SYNC_BYTES: u64 = 64 * 1024;
/// How long output may be written and not yet synced.
const SYNC_DELAY: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub(super) enum Entry {
    Line { at: Timestamp, unit: Arc<UnitContext>, stream: Stream, text: String },
    Event(u64, Vec<Fact>),
    Fact(Box<Fact>),
    Recovered(u64),
    Flush,
    Close,
}

#[derive(Debug)]
pub(super) struct Command {
    pub entry: Entry,
    pub done: Option<oneshot::Sender<Result<(), SpoolError>>>,
}

/// A run's open spool file and the end of its chain.
pub(super) struct Writer {
    pub context: RunContext,
    pub redactor: Redactor,
    pub path: PathBuf,
    pub file: File,
    pub chain: Chain,
    pub written: u64,
    pub durable: Progress,
    pub unsynced_since: Option<Instant>,
}

/// Writes until the last sender is gone or the disk refuses.
pub(super) async fn run(
    mut writer: Writer,
    mut inbox: mpsc::Receiver<Command>,
    progress: watch::Sender<Progress>,
    durable: watch::Sender<()>,
) {
    let mut ended = false;
    while !ended {
        let mut batch = Vec::with_capacity(BATCH);
        tokio::select! {
            taken = inbox.recv_many(&mut batch, BATCH) => ended = taken == 0,
            () = sync_due(writer.unsynced_since) => {}
        }
        if batch.iter().any(|command| matches!(command.entry, Entry::Close)) {
            // What is queued behind it is still written.
            inbox.close();
        }
        let committed = tokio::task::spawn_blocking(move || {
            let result = writer.commit(&batch).map_err(|source| SpoolError::write(&writer.path, source));
            (writer, batch, result)
        });
        let Ok((back, batch, result)) = committed.await else { return };
        writer = back;
        let failed = result.is_err();
        progress.send_replace(writer.progress());
        durable.send_replace(());
        for done in batch.into_iter().filter_map(|command| command.done) {
            // A caller that went away needs no answer.
            let _ = done.send(result.clone());
        }
        if failed {
            return;
        }
    }
}

async fn sync_due(since: Option<Instant>) {
    match since {
        Some(since) => tokio::time::sleep_until(since + SYNC_DELAY).await,
        None => std::future::pending().await,
    }
}

impl Writer {
    /// Where the file stands.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            sequence: self.chain.sequence,
            bytes: self.written,
            last_event: self.chain.last_event,
            ..self.durable
        }
    }

    fn commit(&mut self, batch: &[Command]) -> io::Result<()> {
        let mut lines = String::new();
        for command in batch {
            self.compose(&command.entry, &mut lines)?;
        }
        self.file.write_all(lines.as_bytes())?;
        self.written += lines.len() as u64;
        if !lines.is_empty() {
            self.unsynced_since.get_or_insert_with(Instant::now);
        }
        let waited_for = batch.iter().any(|command| command.done.is_some());
        let late = self.unsynced_since.is_some_and(|since| since.elapsed() >= SYNC_DELAY);
        if batch.is_empty() || waited_for || late || self.written - self.durable.durable_bytes >= SYNC_BYTES {
            self.sync()?;
        }
        Ok(())
    }

    /// Makes all that was written durable.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if self.unsynced_since.take().is_some() {
            self.file.sync_data()?;
        }
        self.durable.durable_sequence = self.chain.sequence;
        self.durable.durable_bytes = self.written;
        Ok(())
    }

    fn compose(&mut self, entry: &Entry, lines: &mut String) -> io::Result<()> {
        match entry {
            Entry::Line { at, unit, stream, text } => self.compose_output(*at, unit, *stream, text, lines),
            Entry::Event(number, facts) => self.compose_event(*number, facts, lines),
            Entry::Fact(fact) => self.seal(compose::fact(&self.context, fact, None), lines),
            Entry::Recovered(bytes) => {
                self.seal(compose::recovered(&self.context, Timestamp::now(), *bytes), lines)
            }
            Entry::Flush | Entry::Close => Ok(()),
        }
    }

    fn compose_output(
        &mut self,
        at: Timestamp,
        unit: &UnitContext,
        stream: Stream,
        text: &str,
        lines: &mut String,
    ) -> io::Result<()> {
        let text = self.redactor.redact(text.trim_end_matches(['\r', '\n']).to_owned());
        let mut rest = text.as_str();
        loop {
            let (piece, behind) = rest.split_at(rest.floor_char_boundary(MAX_MESSAGE));
            self.seal(compose::output(&self.context, unit, at, stream, piece.to_owned()), lines)?;
            if behind.is_empty() {
                return Ok(());
            }
            rest = behind;
        }
    }

    fn compose_event(&mut self, number: u64, facts: &[Fact], lines: &mut String) -> io::Result<()> {
        let known = match number.cmp(&self.chain.last_event) {
            std::cmp::Ordering::Less => facts.len(),
            std::cmp::Ordering::Equal => self.chain.event_records,
            std::cmp::Ordering::Greater => 0,
        };
        for fact in facts.iter().skip(known) {
            self.seal(compose::fact(&self.context, fact, Some(number)), lines)?;
            self.chain.count_event(number);
        }
        Ok(())
    }

    /// Redacts, numbers and chains a record, and appends its line.
    fn seal(&mut self, mut record: Record, lines: &mut String) -> io::Result<()> {
        record.message = self.bounded(record.message, MAX_MESSAGE);
        record.event.reason = record.event.reason.map(|reason| self.bounded(reason, MAX_REASON));
        record.event.sequence = self.chain.sequence + 1;
        let mut value = serde_json::to_value(&record)?;
        let hash = chain_hash(&self.chain.hash, &value);
        if let Some(Value::Object(event)) = value.get_mut("event") {
            event.insert("hash".to_owned(), Value::from(hash.as_str()));
        }
        lines.push_str(&canonical(&value));
        lines.push('\n');
        self.chain.sequence += 1;
        self.chain.hash = hash;
        Ok(())
    }

    fn bounded(&self, text: String, limit: usize) -> String {
        let mut text = self.redactor.redact(text);
        text.truncate(text.floor_char_boundary(limit));
        text
    }
}
