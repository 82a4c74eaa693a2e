//! Log lines as the API gives them, page by page, and how they are shown.

use std::collections::VecDeque;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::http::Client;
use crate::output::{self, Format};
use crate::style::{Style, is_coloured, visible};

/// A line of output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// Its place among the records of the run.
    pub(super) number: u64,
    at: String,
    pub(super) unit: Option<String>,
    text: String,
    stderr: bool,
}

#[derive(Deserialize)]
struct Page {
    lines: Vec<Line>,
    next: Option<u64>,
}

/// The lines of one unit, asked for as they are needed.
struct UnitLines<'a> {
    client: &'a Client,
    run: &'a str,
    unit: &'a str,
    ready: VecDeque<Line>,
    next: Option<u64>,
}

impl UnitLines<'_> {
    async fn fill(&mut self) -> anyhow::Result<()> {
        let Some(from) = self.next.filter(|_| self.ready.is_empty()) else { return Ok(()) };
        let path = ["runs", self.run, "units", self.unit, "log"];
        let page = self.client.get(&path, &[("from", &from.to_string())]).await?;
        let page: Page = serde_json::from_value(page).context("cannot understand the server's log")?;
        // A page that does not go on would be asked for for ever.
        self.next = page.next.filter(|next| *next > from);
        self.ready = page.lines.into();
        Ok(())
    }
}

/// Shows the lines of some units from a number on, in the order in which they were written.
pub(super) async fn print(
    client: &Client,
    run: &str,
    units: &[String],
    from: u64,
    printer: &Printer,
) -> anyhow::Result<()> {
    let lines = |unit| UnitLines { client, run, unit, ready: VecDeque::new(), next: Some(from) };
    let mut sources: Vec<UnitLines<'_>> = units.iter().map(|unit| lines(unit)).collect();
    loop {
        for source in &mut sources {
            source.fill().await?;
        }
        let first = |source: &UnitLines<'_>| source.ready.front().map_or(u64::MAX, |line| line.number);
        let nearest = sources.iter_mut().min_by_key(|source| first(source));
        match nearest.and_then(|source| source.ready.pop_front()) {
            Some(line) => printer.print(&line)?,
            None => return Ok(()),
        }
    }
}

/// How lines are shown.
pub(super) struct Printer {
    pub(super) format: Format,
    /// Whether each line names its unit.
    pub(super) named: bool,
}

impl Printer {
    pub(super) fn print(&self, line: &Line) -> anyhow::Result<()> {
        if self.format == Format::Json {
            return output::line(&serde_json::to_string(line).context("cannot write a line as JSON")?);
        }
        let text = visible(&line.text);
        match &line.unit {
            Some(unit) if self.named => {
                let unit = Style::Dim.paint(&format!("{} |", visible(unit)), is_coloured());
                output::line(&format!("{unit} {text}"))
            }
            _ => output::line(&text),
        }
    }
}
