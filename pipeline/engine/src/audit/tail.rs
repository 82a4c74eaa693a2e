//! Reads a run's records in order, and follows them as they are written.

use std::io;
use std::path::PathBuf;

use pipeline_core::{RunId, UnitId};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncSeekExt, BufReader};
use tokio::sync::watch;

use super::line::Document;
use super::spool::{Progress, Spool, SpoolError};

/// A reader of one run's records. It ends with the file when nothing in this process writes the run, or once its log is closed.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    reader: Option<BufReader<File>>,
    position: u64,
    progress: Option<watch::Receiver<Progress>>,
    unit: Option<UnitId>,
    from: u64,
}

impl Spool {
    /// Follows a run's records, or those of one of its units, from a sequence on: so a reader that has seen `n` resumes at `n + 1`.
    pub fn tail(&self, run: RunId, unit: Option<UnitId>, from: u64) -> Tail {
        Tail { path: self.path(run), reader: None, position: 0, progress: self.subscribe(run), unit, from }
    }
}

impl Tail {
    /// The next record; none at the end. Cancelling the wait loses nothing.
    ///
    /// # Errors
    /// [`SpoolError::Open`] when the file cannot be read.
    pub async fn next(&mut self) -> Result<Option<Document>, SpoolError> {
        loop {
            // What is written after this look makes `changed` return.
            let written = self.progress.as_mut().map(|progress| progress.borrow_and_update().bytes);
            while written.is_none_or(|written| self.position < written) {
                match self.read_line().await.map_err(|source| SpoolError::open(&self.path, source))? {
                    None => break,
                    Some(line) => {
                        if let Some(document) = self.wanted(&line) {
                            return Ok(Some(document));
                        }
                    }
                }
            }
            match &mut self.progress {
                None => return Ok(None),
                Some(progress) => {
                    if progress.changed().await.is_err() {
                        // The writer ended: read to the end of the file, then stop.
                        self.progress = None;
                    }
                }
            }
        }
    }

    fn wanted(&self, line: &str) -> Option<Document> {
        let document = Document::parse(line).ok()?;
        let of_unit = self.unit.as_ref().is_none_or(|unit| document.unit.as_deref() == Some(unit.as_str()));
        (document.sequence >= self.from && of_unit).then_some(document)
    }

    /// A whole line, or none if the file ends before it.
    async fn read_line(&mut self) -> io::Result<Option<String>> {
        if self.reader.is_none() {
            match File::open(&self.path).await {
                Ok(mut file) => {
                    file.seek(io::SeekFrom::Start(self.position)).await?;
                    self.reader = Some(BufReader::with_capacity(64 * 1024, file));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let mut line = Vec::new();
        let read = reader.read_until(b'\n', &mut line).await;
        if read.is_ok() && (line.last() == Some(&b'\n')) {
            self.position += line.len() as u64;
            line.pop();
            return Ok(Some(String::from_utf8_lossy(&line).into_owned()));
        }
        // At the end, or within a line: look again from here.
        self.reader = None;
        read.map(|_| None)
    }
}
