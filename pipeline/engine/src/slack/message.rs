//! The message of a run: one, updated in place.
//!
//! Bounded to what Slack takes ([blocks](https://docs.slack.dev/reference/block-kit/blocks)): 50 blocks, 3,000 characters a text,
//! 150 in a header, whatever the number of units. What does not fit is counted and linked to.

use landing_zone::StageName;
use pipeline_core::run::{UnitStateView, UnitView, WaitingFor};
use pipeline_core::{Change, RunState, RunView};
use slack_morphism::prelude::{
    SlackActionBlockElement, SlackActionsBlock, SlackBlock, SlackBlockButtonElement, SlackBlockButtonStyle,
    SlackBlockConfirmItem, SlackBlockMarkDownText, SlackBlockPlainText, SlackBlockText, SlackHeaderBlock,
    SlackMessageContent, SlackSectionBlock,
};

use super::button::{APPROVE, ButtonValue, REJECT};
use crate::notify::Reports;
use crate::notify::group::{Group, group, sign};
use crate::notify::outcome::{Moment, Tally, accounts_text, by_stage, counted, cut};

/// Characters in one text block; Slack's bound is 3,000.
const TEXT: usize = 2_900;
/// Stages that get a line each.
const STAGES: usize = 20;
/// Groups of equal plans that are summarised.
const GROUPS: usize = 5;
/// Changes of one group that are listed.
const CHANGES: usize = 6;
/// Failed units that are named.
const FAILURES: usize = 4;

/// The message of a run. `page` is the run's page. Only the reports on the stage that waits are looked at.
pub fn render(run: &RunView, reports: &Reports, page: &str) -> SlackMessageContent {
    let mut blocks = vec![header(run)];
    blocks.push(section(&headline(run, page)));
    let stages = stage_lines(run);
    if !stages.is_empty() {
        blocks.push(section(&stages));
    }
    let failures = failure_lines(run);
    if !failures.is_empty() {
        blocks.push(section(&failures));
    }
    if let Some(asked) = &run.waiting_for {
        blocks.push(section(&question(run, asked)));
        blocks.extend(summary(run, asked, reports, page));
        blocks.push(buttons(run, asked));
    }
    SlackMessageContent::new().with_text(fallback(run)).with_blocks(blocks)
}

fn header(run: &RunView) -> SlackBlock {
    let text = format!("{} {} {}: {}", symbol(run), run.repository, run.commit.short(), title(run));
    SlackHeaderBlock::new(SlackBlockPlainText::new(cut(&text, 150)).into()).into()
}

fn title(run: &RunView) -> String {
    match Moment::of(run) {
        Moment::Asks(stage, _) => format!("{stage} waits for approval"),
        Moment::Planned => "planned, waits for the merge".to_owned(),
        _ => run.state.name().to_owned(),
    }
}

const fn symbol(run: &RunView) -> &'static str {
    match run.state {
        RunState::Queued => "🕒",
        RunState::Planning => "🔍",
        RunState::Waiting => "✋",
        RunState::Applying => "🚚",
        RunState::Applied | RunState::Unchanged => "✅",
        RunState::Refused => "⛔",
        RunState::Failed => "❌",
        RunState::Cancelled | RunState::Superseded => "⏹️",
    }
}

fn headline(run: &RunView, page: &str) -> String {
    let change = run.change.map(|number| format!("pull request #{number}, ")).unwrap_or_default();
    let mut text = format!(
        "{change}{} at {} by *{}* · <{}|Open the run>",
        code(&run.branch, 100),
        code(run.commit.short(), 12),
        name(&run.author),
        link(page),
    );
    if let Some(reason) = &run.reason {
        text.push('\n');
        text.push_str(&escape(&cut(reason, 500)));
    }
    text
}

fn stage_lines(run: &RunView) -> String {
    let stages = by_stage(run);
    let mut lines: Vec<String> =
        stages.iter().take(STAGES).map(|(stage, units)| stage_line(stage, units)).collect();
    if stages.len() > STAGES {
        lines.push(format!("_and {} more_", counted(stages.len() - STAGES, "stage")));
    }
    lines.join("\n")
}

fn stage_line(stage: &StageName, units: &[&UnitView]) -> String {
    let tally = Tally::of(units.iter().copied());
    let mut line = format!("*{stage}*  {}", tally.states_text());
    if !tally.changes.is_empty() {
        line.push_str(&format!("  `{}`", tally.changes_text()));
    }
    let findings = tally.findings_text();
    if findings != "none" {
        line.push_str(&format!("  findings: {findings}"));
    }
    line
}

fn failure_lines(run: &RunView) -> String {
    let failed: Vec<&UnitView> =
        run.units.iter().filter(|unit| unit.state == UnitStateView::Failed).collect();
    let line = |unit: &&UnitView| {
        let reason = unit.reason.as_deref().unwrap_or("no reason was given");
        let account = name(unit.account_name.as_str());
        format!(
            "❌ {} in {account}, {}: {}",
            code(unit.stack.as_str(), 64),
            unit.region,
            escape(&cut(reason, 300))
        )
    };
    let mut lines: Vec<String> = failed.iter().take(FAILURES).map(line).collect();
    if failed.len() > FAILURES {
        lines.push(format!("_and {} more_", counted(failed.len() - FAILURES, "failed unit")));
    }
    lines.join("\n")
}

fn question(run: &RunView, asked: &WaitingFor) -> String {
    let units = run.units.iter().filter(|unit| unit.stage == asked.stage);
    let tally = Tally::of(units);
    format!(
        "*Stage {} waits for approval: {} of {}.* Digest `{}`: `{}`, findings: {}. The author's own approval does not count.",
        asked.stage,
        asked.have,
        asked.approvals,
        asked.digest.short(),
        tally.changes_text(),
        tally.findings_text(),
    )
}

fn summary(run: &RunView, asked: &WaitingFor, reports: &Reports, page: &str) -> Vec<SlackBlock> {
    let groups = group(run.units.iter().filter(|unit| unit.stage == asked.stage), reports);
    let mut blocks: Vec<SlackBlock> =
        groups.iter().take(GROUPS).map(|group| section(&group_text(group))).collect();
    if groups.len() > GROUPS {
        let more = counted(groups.len() - GROUPS, "more group");
        blocks.push(section(&format!(
            "_{more} of other changes: <{}|see them all> before you decide._",
            link(page)
        )));
    }
    blocks
}

fn group_text(group: &Group<'_>) -> String {
    let changes = &group.report.changes;
    let stack = group.units.first().map(|unit| code(unit.stack.as_str(), 64)).unwrap_or_default();
    let accounts = escape(&accounts_text(&group.units, 3));
    let mut lines = vec![format!("{stack} in {}: {accounts}", counted(group.units.len(), "unit"))];
    let resources: Vec<&Change> = changes.resources.iter().filter(|c| sign(c.action) != ' ').collect();
    lines.extend(
        resources.iter().take(CHANGES).map(|c| format!("`{}` {}", sign(c.action), code(&c.address, 200))),
    );
    if resources.len() > CHANGES {
        lines.push(format!("_and {}_", counted(resources.len() - CHANGES, "more change")));
    }
    if changes.other {
        lines.push("`~` outputs, parameters or moved addresses".to_owned());
    }
    lines.join("\n")
}

fn buttons(run: &RunView, asked: &WaitingFor) -> SlackBlock {
    let approve = button(run, asked, "Approve").with_action_id(APPROVE.into());
    let reject = button(run, asked, "Reject").with_action_id(REJECT.into());
    let elements: Vec<SlackActionBlockElement> = vec![
        approve.with_style(SlackBlockButtonStyle::Primary).into(),
        reject.with_style(SlackBlockButtonStyle::Danger).into(),
    ];
    SlackActionsBlock::new(elements).into()
}

fn button(run: &RunView, asked: &WaitingFor, verb: &str) -> SlackBlockButtonElement {
    let value = ButtonValue { run: run.id, stage: asked.stage.clone(), digest: asked.digest.clone() };
    let plain = |text: String| SlackBlockPlainText::new(text);
    let sure = format!("{} at {}, digest {}", run.repository, run.commit.short(), asked.digest.short());
    let confirm = SlackBlockConfirmItem::new(
        plain(cut(&format!("{verb} stage {}?", asked.stage), 100)).into(),
        SlackBlockText::Plain(plain(cut(&sure, 300))),
        plain(verb.to_owned()).into(),
        plain("Back".to_owned()).into(),
    );
    SlackBlockButtonElement::new(plain(verb.to_owned()).into())
        .with_value(value.to_string())
        .with_confirm(confirm)
}

/// What notifications and screen readers get in place of the blocks.
fn fallback(run: &RunView) -> String {
    let text = format!("{} {} by {}: {}", run.repository, run.commit.short(), run.author, title(run));
    escape(&cut(&text, 500))
}

fn section(text: &str) -> SlackBlock {
    let text = SlackBlockMarkDownText::new(bounded(text)).with_verbatim(true);
    SlackSectionBlock::new().with_text(text.into()).into()
}

/// Whole lines up to Slack's bound. The parts of a line are bounded where they are made, so one line always fits.
fn bounded(text: &str) -> String {
    let mut result = String::new();
    for line in text.lines() {
        if result.chars().count() + line.chars().count() > TEXT {
            result.push('…');
            break;
        }
        result.push_str(line);
        result.push('\n');
    }
    result.truncate(result.trim_end().len());
    result
}

/// The three characters that mean something in Slack's text
/// ([escaping](https://docs.slack.dev/messaging/formatting-message-text#escaping)); without them no text can mention or link.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text of somebody's as code: no mark in it counts.
fn code(text: &str, longest: usize) -> String {
    format!("`{}`", escape(&cut(text, longest).replace('`', "ˋ")))
}

/// A person's or an account's name, whose marks do not count.
fn name(text: &str) -> String {
    escape(&cut(text, 60).replace(['*', '_', '~', '`'], " "))
}

fn link(url: &str) -> String {
    escape(url).replace('|', "%7C")
}
