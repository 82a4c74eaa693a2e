//! The picture of a run: for each stage, its accounts by its stacks.

use pipeline_core::ChangeCounts;
use pipeline_core::run::UnitView;

/// How many units are in a state.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) state: &'static str,
    pub(super) count: usize,
}

/// One stage.
pub(super) struct Stage {
    pub(super) name: String,
    pub(super) tally: Vec<Tally>,
    pub(super) stacks: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One account of a stage.
pub(super) struct Row {
    pub(super) account: String,
    pub(super) name: String,
    pub(super) wave: u32,
    pub(super) cells: Vec<Vec<Cell>>,
}

/// One unit, in the column of its stack.
pub(super) struct Cell {
    pub(super) unit: String,
    pub(super) state: &'static str,
    pub(super) region: Option<String>,
    pub(super) counts: String,
    pub(super) findings: u32,
}

/// The stages of a run. Units come ordered by stage, wave and id.
pub(super) fn stages(units: &[UnitView]) -> Vec<Stage> {
    let regions = units.first().is_some_and(|first| units.iter().any(|unit| unit.region != first.region));
    units.chunk_by(|one, next| one.stage == next.stage).map(|units| stage(units, regions)).collect()
}

fn stage(units: &[UnitView], regions: bool) -> Stage {
    let name = units.first().map(|unit| unit.stage.to_string()).unwrap_or_default();
    let mut stacks: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for unit in units {
        let column = place(&mut stacks, |stack| stack == unit.stack.as_str(), || unit.stack.to_string());
        let fits = |row: &Row| row.account == unit.account.as_str() && row.wave == unit.wave;
        let row = place(&mut rows, fits, || row(unit));
        if let Some(row) = rows.get_mut(row) {
            if row.cells.len() <= column {
                row.cells.resize_with(column + 1, Vec::new);
            }
            if let Some(cells) = row.cells.get_mut(column) {
                cells.push(cell(unit, regions));
            }
        }
    }
    for row in &mut rows {
        row.cells.resize_with(stacks.len(), Vec::new);
    }
    Stage { name, tally: tally(units), stacks, rows }
}

/// The place of the item that fits, at the end of the list if it was not there.
fn place<T>(items: &mut Vec<T>, fits: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    items.iter().position(fits).unwrap_or_else(|| {
        items.push(make());
        items.len() - 1
    })
}

fn row(unit: &UnitView) -> Row {
    Row {
        account: unit.account.to_string(),
        name: unit.account_name.to_string(),
        wave: unit.wave,
        cells: Vec::new(),
    }
}

fn cell(unit: &UnitView, regions: bool) -> Cell {
    Cell {
        unit: unit.id.to_string(),
        state: unit.state.name(),
        region: regions.then(|| unit.region.to_string()),
        counts: counts(unit.changes),
        findings: unit.findings.low + unit.findings.medium + unit.findings.high,
    }
}

/// Counts of changes, as signs: `+2 ~1 ±0 −3` without the zeros.
pub(super) fn counts(changes: ChangeCounts) -> String {
    let ChangeCounts { create, update, replace, delete } = changes;
    let parts = [("+", create), ("~", update), ("±", replace), ("−", delete)];
    let parts = parts.iter().filter(|(_, count)| *count > 0).map(|(sign, count)| format!("{sign}{count}"));
    parts.collect::<Vec<_>>().join(" ")
}

/// How many units are in each state, in the order in which the states appear.
pub(super) fn tally(units: &[UnitView]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for unit in units {
        let state = unit.state.name();
        let at = place(&mut tallies, |tally| tally.state == state, || Tally { state, count: 0 });
        if let Some(tally) = tallies.get_mut(at) {
            tally.count += 1;
        }
    }
    tallies
}
