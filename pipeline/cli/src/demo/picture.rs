//! A live picture of accounts by stacks on a terminal; lines where there is none.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline_core::RunView;
use pipeline_core::run::{UnitStateView, UnitView};

use crate::output;

pub(super) struct Picture {
    bars: Option<MultiProgress>,
    rows: BTreeMap<String, ProgressBar>,
    last: BTreeMap<String, &'static str>,
}

impl Picture {
    pub(super) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bars = terminal.then(|| MultiProgress::with_draw_target(ProgressDrawTarget::stderr()));
        Self { bars, rows: BTreeMap::new(), last: BTreeMap::new() }
    }

    /// Tells one line, above the picture.
    pub(super) fn tell(&mut self, line: &str) {
        let told = self.bars.as_ref().map(|bars| bars.println(format!("  {line}")));
        if !matches!(told, Some(Ok(()))) {
            eprintln!("  {line}");
        }
    }

    /// Shows the run as it is: a row an account, a cell a stack.
    pub(super) fn show(&mut self, run: &RunView) {
        if self.bars.is_some() {
            self.draw(run);
        } else {
            self.list(run);
        }
    }

    /// Leaves the last picture standing.
    pub(super) fn end(&mut self, run: &RunView) {
        self.show(run);
        self.rows.values().for_each(ProgressBar::abandon);
    }

    fn draw(&mut self, run: &RunView) {
        for (account, units) in by_account(run) {
            let cells: Vec<String> = units.iter().map(|unit| format!("{:<22}", cell(unit))).collect();
            let Some(bars) = &self.bars else { return };
            let row = self.rows.entry(account.clone()).or_insert_with(|| {
                let row = bars.add(ProgressBar::new_spinner());
                row.set_style(
                    ProgressStyle::with_template("  {msg}")
                        .unwrap_or_else(|_| ProgressStyle::default_spinner()),
                );
                row
            });
            row.set_message(format!("{account:<6}{}", cells.join("")));
            row.tick();
        }
    }

    fn list(&mut self, run: &RunView) {
        for unit in &run.units {
            let state = unit.state.name();
            if self.last.insert(unit.id.to_string(), state) != Some(state) {
                eprintln!("  {:<6}{:<12}{state}", unit.account_name, unit.stack);
            }
        }
    }
}

fn by_account(run: &RunView) -> Vec<(String, Vec<&UnitView>)> {
    let mut rows: Vec<(String, Vec<&UnitView>)> = Vec::new();
    for unit in &run.units {
        let name = unit.account_name.to_string();
        match rows.iter_mut().find(|(account, _)| *account == name) {
            Some((_, units)) => units.push(unit),
            None => rows.push((name, vec![unit])),
        }
    }
    rows
}

fn cell(unit: &UnitView) -> String {
    let (mark, colour) = match unit.state {
        UnitStateView::Queued => ("·", "90"),
        UnitStateView::Planning => ("…", "36"),
        UnitStateView::Planned => ("○", "36"),
        UnitStateView::Waiting => ("?", "33"),
        UnitStateView::Applying => ("»", "34"),
        UnitStateView::Applied => ("✓", "32"),
        UnitStateView::Unchanged => ("=", "32"),
        UnitStateView::Refused | UnitStateView::Failed => ("✗", "31"),
        UnitStateView::Cancelled | UnitStateView::Skipped => ("-", "90"),
    };
    let text = format!("{mark} {} {}", unit.stack, unit.state.name());
    if !output::is_coloured() {
        return text;
    }
    let padding = " ".repeat(22_usize.saturating_sub(text.chars().count()));
    format!("\u{1b}[{colour}m{text}\u{1b}[0m{padding}")
}
