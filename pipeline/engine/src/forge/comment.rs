//! The comment on a pull request: one, edited in place through all runs of it.

use landing_zone::{ApplyMode, RepositoryName};
use pipeline_core::run::{UnitStateView, UnitView};
use pipeline_core::{Action, Change, RunState, RunView};
use policies::{Finding, Skipped};
use serde_json::Value;

use super::markdown::{code, fenced, html, text};
use super::status::capital;
use crate::notify::Reports;
use crate::notify::group::{Group, changed_attributes, group, sign, without_own_names};
use crate::notify::outcome::{Moment, Tally, accounts_text, by_stage, counted, cut};
use crate::store::{Command, UnitReport};

/// The longest comment that GitHub takes is 65,536 characters. Bytes are counted here: never fewer than characters.
pub const LONGEST: usize = 65_536;
/// What is kept free for the line that tells what was left out.
const RESERVE: usize = 400;
/// Rows of the table.
const ROWS: usize = 60;
/// Failed units that are named.
const FAILURES: usize = 10;
/// Changes of one group that are listed, and bytes after which no further one is.
const CHANGES: usize = 50;
const CHANGES_BYTES: usize = 6_000;
/// Bytes of one stack's section after which no further group is shown.
const SECTION_BYTES: usize = 16_000;
/// Changed attributes of one resource that are listed.
const ATTRIBUTES: usize = 12;
/// Findings of one group that are listed.
const FINDINGS: usize = 30;
/// Lines of a remedy that are shown, and how far they are set in at most.
const REMEDY_LINES: usize = 20;
const REMEDY_INDENT: usize = 16;

/// Where readers go on from the comment.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The run's page.
    pub page: &'a str,
    /// When the repository's changes are applied.
    pub apply: ApplyMode,
    /// Commands that were given to the run in comments and not done, oldest first.
    pub refused: &'a [Command],
}

/// The hidden first line, by which the comment is found again.
pub fn marker(repository: &RepositoryName, change: u64) -> String {
    format!("<!-- wayleave:{repository}#{change} -->")
}

/// The comment for a run on a pull request: at most [`LONGEST`] bytes, whatever the number of units. What does not fit is
/// counted and linked to.
pub fn render(run: &RunView, change: u64, reports: &Reports, context: &Context<'_>) -> String {
    let mut body = format!("{}\n", marker(&run.repository, change));
    body.push_str(&head(run, context));
    body.push_str(&answers(context.refused));
    body.push_str(&table(run));
    body.push_str(&failures(run));
    body.push_str(&next_step(run, context));
    append_bounded(&mut body, &details(run, reports), context);
    body
}

/// The comment on a pull request that has no run: what its commands are answered.
pub fn render_answers(repository: &RepositoryName, change: u64, refused: &[Command]) -> String {
    format!("{}\n### Wayleave: no run yet\n\n{}", marker(repository, change), answers(refused))
}

/// What commands are answered: a line each, above what there is to decide on.
fn answers(refused: &[Command]) -> String {
    let line = |command: &Command| {
        let (said, login) = (code(&command.said, 100), code(&command.login, 60));
        let answer = text(command.answer.as_deref().unwrap_or_default(), 500);
        format!("> {said} by {login}: {answer}.\n>\n")
    };
    let lines: String = refused.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("{}\n", lines.trim_end_matches(">\n")) }
}

fn head(run: &RunView, context: &Context<'_>) -> String {
    let state = match Moment::of(run) {
        Moment::Planned => "Planned".to_owned(),
        Moment::Asks(stage, _) => format!("Stage {stage} waits for approval"),
        _ => capital(run.state.name()),
    };
    let tally = Tally::of(&run.units);
    let reason = match (&run.reason, Moment::of(run)) {
        (Some(reason), moment) if moment != Moment::Planned => format!("\n{}\n", text(reason, 500)),
        _ => String::new(),
    };
    format!(
        "### Wayleave: {state}\n\nCommit {} by {}: {}, `{}`, findings: {}. [Open the run]({})\n{reason}\n",
        code(run.commit.short(), 12),
        code(&run.author, 60),
        counted(run.units.len(), "unit"),
        tally.changes_text(),
        tally.findings_text(),
        link(context.page),
    )
}

/// Units of one stage and stack.
struct Row<'a> {
    stage: &'a str,
    stack: &'a str,
    units: Vec<&'a UnitView>,
}

fn rows(run: &RunView) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (stage, units) in by_stage(run) {
        let first = rows.len();
        for unit in units {
            let own = rows.iter_mut().skip(first).find(|row| row.stack == unit.stack.as_str());
            match own {
                Some(row) => row.units.push(unit),
                None => {
                    rows.push(Row { stage: stage.as_str(), stack: unit.stack.as_str(), units: vec![unit] });
                }
            }
        }
    }
    rows
}

fn table(run: &RunView) -> String {
    let rows = rows(run);
    if rows.is_empty() {
        return String::new();
    }
    let mut table =
        "| Stage | Stack | Units | State | Changes | Findings |\n|---|---|--:|---|---|---|\n".to_owned();
    for Row { stage, stack, units } in rows.iter().take(ROWS) {
        let tally = Tally::of(units.iter().copied());
        let (states, changes, findings) = (tally.states_text(), tally.changes_text(), tally.findings_text());
        table.push_str(&format!(
            "| {stage} | {} | {} | {states} | `{changes}` | {findings} |\n",
            code(stack, 64),
            units.len(),
        ));
    }
    if rows.len() > ROWS {
        table.push_str(&format!("\nand {}.\n", counted(rows.len() - ROWS, "more row")));
    }
    table.push('\n');
    table
}

fn failures(run: &RunView) -> String {
    let failed: Vec<&UnitView> =
        run.units.iter().filter(|unit| unit.state == UnitStateView::Failed).collect();
    let line = |unit: &&UnitView| {
        let reason = unit.reason.as_deref().unwrap_or("no reason was given");
        format!("- {}: {}\n", place(unit), text(reason, 400))
    };
    let mut list: String = failed.iter().take(FAILURES).map(line).collect();
    if failed.len() > FAILURES {
        list.push_str(&format!("- and {}\n", counted(failed.len() - FAILURES, "more failed unit")));
    }
    if list.is_empty() { list } else { format!("**Failed**\n{list}\n") }
}

fn place(unit: &UnitView) -> String {
    let account = code(unit.account_name.as_str(), 60);
    format!("{} in {account} ({}, {})", code(unit.stack.as_str(), 64), unit.account, unit.region)
}

fn next_step(run: &RunView, context: &Context<'_>) -> String {
    match (&run.waiting_for, Moment::of(run), run.state) {
        (Some(asked), ..) => format!(
            "**Stage {} waits for approval: {} of {}.** Read the changes below, then comment `wayleave approve {}` or \
             `wayleave reject REASON`. The author's own approval does not count.\n\n",
            asked.stage,
            asked.have,
            asked.approvals,
            asked.digest.short(),
        ),
        (None, Moment::Planned, _) => match context.apply {
            ApplyMode::OnMerge => {
                "Merging applies these changes, stage after stage. `wayleave plan` plans again.\n\n"
            }
            ApplyMode::BeforeMerge => {
                "Comment `wayleave apply` to apply these changes, `wayleave plan` to plan again.\n\n"
            }
        }
        .to_owned(),
        (None, _, RunState::Failed | RunState::Refused) => {
            "Push a fix, or comment `wayleave plan` to plan this commit again.\n\n".to_owned()
        }
        _ => String::new(),
    }
}

/// One folded section for each stack of each stage that has anything to show; those of the stage that asks come first, since
/// the last may not fit.
fn details(run: &RunView, reports: &Reports) -> Vec<String> {
    let asked = run.waiting_for.as_ref().map(|asked| asked.stage.as_str());
    let mut rows = rows(run);
    rows.sort_by_key(|row| Some(row.stage) != asked);
    rows.iter().filter_map(|row| section(row, reports)).collect()
}

fn section(row: &Row<'_>, reports: &Reports) -> Option<String> {
    let groups = group(row.units.iter().copied(), reports);
    let largest = groups.first()?;
    let same = counted(largest.units.len(), "unit");
    let differ: usize = groups.iter().skip(1).map(|group| group.units.len()).sum();
    let what = counted(resources(largest).len(), "change");
    let title = match (largest.units.len(), differ) {
        (1, 0) => what,
        (1, _) => format!("{}, each with changes of its own", counted(groups.len(), "unit")),
        (_, 0) => format!("{same}: the same {what}"),
        _ => format!("{same}: the same {what}; {differ} differ"),
    };
    Some(format!(
        "<details><summary><b>{}</b> in {}: {title}</summary>\n\n{}</details>\n\n",
        html(row.stack, 64),
        html(row.stage, 32),
        group_texts(&groups),
    ))
}

fn group_texts(groups: &[Group<'_>]) -> String {
    let mut parts = String::new();
    for (shown, group) in groups.iter().enumerate() {
        if parts.len() > SECTION_BYTES {
            let units: usize = groups.iter().skip(shown).map(|group| group.units.len()).sum();
            parts.push_str(&format!(
                "and other changes in {}; they are on the run's page.\n",
                counted(units, "unit")
            ));
            break;
        }
        parts.push_str(&group_text(group));
    }
    parts
}

fn resources<'a>(group: &Group<'a>) -> Vec<&'a Change> {
    group.report.changes.resources.iter().filter(|change| change.action != Action::None).collect()
}

fn group_text(group: &Group<'_>) -> String {
    let resources = resources(group);
    let mut lines: Vec<String> = Vec::new();
    let mut shown = 0;
    while let Some(change) = resources.get(shown).filter(|_| shown < CHANGES && bytes(&lines) < CHANGES_BYTES)
    {
        lines.extend(change_lines(change, group));
        shown += 1;
    }
    if resources.len() > shown {
        lines.push(format!("  and {}", counted(resources.len() - shown, "more change")));
    }
    if group.report.changes.other {
        lines.push("! outputs, parameters or moved addresses".to_owned());
    }
    let block = if lines.is_empty() { String::new() } else { fenced("diff", &lines) };
    format!("{}\n{block}{}\n", code(&accounts_text(&group.units, 10), 700), found(group.report))
}

fn bytes(lines: &[String]) -> usize {
    lines.iter().map(String::len).sum()
}

/// A change in the colours of a diff: `+` and `-` are those of a create and a delete, `!` is an update or a replacement.
fn change_lines(change: &Change, group: &Group<'_>) -> Vec<String> {
    let colour = match change.action {
        Action::Create => "+".to_owned(),
        Action::Delete => "-".to_owned(),
        action => format!("! {}", sign(action)),
    };
    let mut first = format!("{colour} {}", cut(&change.address, 300));
    // Terraform's addresses hold the type already.
    if !change.address.contains(&change.kind) {
        first.push_str(&format!(" ({})", cut(&change.kind, 100)));
    }
    if change.action == Action::Replace {
        first.push_str(", replaced");
    }
    let attributes = changed_attributes(change);
    let mut lines = vec![first];
    for (name, before, after) in attributes.iter().take(ATTRIBUTES) {
        lines.push(format!("      {}: {} -> {}", cut(name, 100), value(before, group), value(after, group)));
    }
    if attributes.len() > ATTRIBUTES {
        lines.push(format!("      and {}", counted(attributes.len() - ATTRIBUTES, "more attribute")));
    }
    lines
}

/// A value on one line; in a group of several units their own names are replaced, as they were to compare them.
fn value(value: &Value, group: &Group<'_>) -> String {
    let json = value.to_string();
    match group.units.as_slice() {
        [first, _, ..] => cut(&without_own_names(first, &json), 120),
        _ => cut(&json, 120),
    }
}

/// The findings, and after them what is suppressed, so that who approves sees both.
fn found(report: &UnitReport) -> String {
    let (findings, skips) = (&report.findings, &report.skipped);
    let mut list: String = findings.iter().take(FINDINGS).map(finding).collect();
    if findings.len() > FINDINGS {
        list.push_str(&format!("- and {}\n", counted(findings.len() - FINDINGS, "more finding")));
    }
    list.extend(skips.iter().take(FINDINGS).map(skipped));
    if skips.len() > FINDINGS {
        list.push_str(&format!("- and {}, skipped\n", counted(skips.len() - FINDINGS, "more finding")));
    }
    if list.is_empty() { list } else { format!("\n{list}") }
}

fn skipped(skipped: &Skipped) -> String {
    let Skipped { finding, comment } = skipped;
    let reason = if comment.is_empty() { "no reason is given".to_owned() } else { text(comment, 500) };
    format!(
        "- skipped: {} {} {}: {}. Reason: {reason}\n",
        finding.severity,
        code(finding.rule.as_str(), 100),
        code(&finding.address, 300),
        text(finding.message.trim_end_matches('.'), 500),
    )
}

fn finding(finding: &Finding) -> String {
    format!(
        "- **{}** {} {}: {}.{}\n",
        finding.severity,
        code(finding.rule.as_str(), 100),
        code(&finding.address, 300),
        text(finding.message.trim_end_matches('.'), 500),
        remedy(&finding.remedy),
    )
}

/// One line behind the finding, or a block of code below it: most remedies show how it is written.
fn remedy(remedy: &str) -> String {
    if remedy.trim().lines().count() < 2 {
        return format!(" {}", text(remedy, 500));
    }
    // What stands at the start of a line says what belongs together.
    let line = |line: &str| {
        let written = line.trim_start();
        format!("{}{}", " ".repeat((line.len() - written.len()).min(REMEDY_INDENT)), cut(written, 200))
    };
    let mut written = remedy.trim().lines();
    let mut lines: Vec<_> = written.by_ref().take(REMEDY_LINES).map(line).collect();
    lines.extend(written.next().map(|_| "…".to_owned()));
    format!("\n\n{}", fenced("text", &lines))
}

/// Appends whole sections as long as they fit, and says how many did not.
fn append_bounded(body: &mut String, sections: &[String], context: &Context<'_>) {
    let mut left_out = 0;
    for section in sections {
        if body.len() + section.len() + RESERVE <= LONGEST {
            body.push_str(section);
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let which = counted(left_out, "stack");
        let page = link(context.page);
        body.push_str(&format!(
            "**The changes of {which} do not fit into a comment. [See them all]({page}) before you decide.**\n"
        ));
    }
}

fn link(url: &str) -> String {
    url.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E")
}
