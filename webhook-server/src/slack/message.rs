//! The messages, in [Block Kit](https://docs.slack.dev/reference/block-kit), with plain text for notifications.

use landing_zone::Person;
use pipeline_core::run::{UnitView, WaitingFor};
use pipeline_core::{Action, ChangeCounts, Digest, RunView};
use pipeline_engine::store::UnitReport;
use serde::Serialize;
use slack_morphism::prelude::*;

use super::request::Click;
use crate::find::short;

/// How many lines of changes a message shows.
pub(super) const LINES: usize = 25;
/// A section's text may have 3000 characters; what is longer is cut.
const LONGEST: usize = 2900;

/// An answer that only its asker sees.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    response_type: &'static str,
    replace_original: bool,
    text: String,
    blocks: Vec<SlackBlock>,
}

impl Message {
    fn new(text: String, blocks: Vec<SlackBlock>) -> Self {
        Self { response_type: "ephemeral", replace_original: false, text, blocks }
    }
}

/// A message of one paragraph, in Slack's markup.
pub(super) fn plain(text: &str) -> Message {
    Message::new(text.to_owned(), vec![section(text)])
}

/// What the command can do.
pub(super) fn help() -> Message {
    plain(
        "*Wayleave* grants changes their way into the accounts.\n\
         `/wayleave status` the newest runs\n\
         `/wayleave status RUN` one run\n\
         `/wayleave approve RUN` shows what waits, with a button to approve it\n\
         `/wayleave approve RUN DIGEST` approves it at once, if that is what waits\n\
         `/wayleave reject RUN REASON` ends it\n\
         RUN is a run's id or the first eight or more digits of one.",
    )
}

/// For somebody whom the zone does not know.
pub(super) fn stranger(member: &str) -> Message {
    plain(&format!(
        "The landing zone does not know you. Ask its owners for a `person` block in `zone.hcl` with \
         `slack = \"{}\"`.",
        escaped(member)
    ))
}

/// The newest runs.
pub(super) fn statuses(runs: &[RunView], server: &str) -> Message {
    if runs.is_empty() {
        return plain("There are no runs yet. Push to a repository that the zone names.");
    }
    let lines: Vec<String> = runs.iter().map(|run| headline(run, server)).collect();
    let text = lines.join("\n");
    Message::new("The newest runs".to_owned(), vec![section(&text)])
}

/// One run: where it stands and its stages.
pub(super) fn status(run: &RunView, server: &str) -> Message {
    let mut text = headline(run, server);
    if let Some(reason) = &run.reason {
        text = format!("{text}\n{}", escaped(reason));
    }
    for (stage, units) in stages(run) {
        text = format!("{text}\n*{stage}* {}", tally(&units));
    }
    if let Some(waiting) = &run.waiting_for {
        let (have, of) = (waiting.have, waiting.approvals);
        text = format!(
            "{text}\nStage *{}* has {have} of {of} approvals. `/wayleave approve {}` shows what waits.",
            waiting.stage,
            short(run.id)
        );
    }
    Message::new(format!("{} is {}", short(run.id), run.state.name()), vec![section(&text)])
}

/// What an approval of the waiting stage lets happen, with the button that gives it.
pub(super) fn decision(
    run: &RunView,
    waiting: &WaitingFor,
    lines: &[String],
    person: &Person,
    server: &str,
) -> Message {
    let intro = format!(
        "{}\nStage *{}* has {} of {} approvals. Its digest is `{}`.",
        headline(run, server),
        waiting.stage,
        waiting.have,
        waiting.approvals,
        waiting.digest
    );
    let mut changes = lines.iter().take(LINES).cloned().collect::<Vec<_>>().join("\n");
    if lines.len() > LINES {
        changes.push_str("\nand more: look at the run's page before you decide.");
    }
    if lines.is_empty() {
        changes.push_str("No resource changes; outputs or parameters do.");
    }
    let click = Click { run: run.id, stage: waiting.stage.clone(), digest: waiting.digest.clone() };
    let label = format!("Approve {} as {}", waiting.stage, person.name);
    let button = SlackBlockButtonElement::new(plain_text(&label))
        .with_action_id(Click::APPROVE.into())
        .with_style(SlackBlockButtonStyle::Primary)
        .with_value(click.value());
    let actions = SlackActionsBlock::new(vec![SlackActionBlockElement::Button(button)]);
    let text = format!("{} waits for approval of {}", short(run.id), waiting.stage);
    Message::new(text, vec![section(&intro), section(&changes), actions.into()])
}

/// After an act that was taken.
pub(super) fn decided(run: &RunView, verb: &str, digest: &Digest, server: &str) -> Message {
    let more = match &run.waiting_for {
        Some(waiting) => {
            format!("\nStage *{}* has {} of {} approvals.", waiting.stage, waiting.have, waiting.approvals)
        }
        None => String::new(),
    };
    plain(&format!("You {verb} `{}`.\n{}{more}", digest.short(), headline(run, server)))
}

/// When another digest waits than the one that was written.
pub(super) fn other_digest(run: &RunView, waiting: &WaitingFor) -> Message {
    plain(&format!(
        "That is not the digest that waits: the plan has changed since, or the digits are of another run. \
         Stage *{}* waits with `{}`. Look at it with `/wayleave approve {}`.",
        waiting.stage,
        waiting.digest.short(),
        short(run.id)
    ))
}

/// When nothing waits for people.
pub(super) fn not_waiting(run: &RunView) -> Message {
    let reason = run.reason.as_deref().map(|reason| format!(": {}", escaped(reason))).unwrap_or_default();
    plain(&format!("`{}` waits for nobody's approval. It is {}{reason}.", short(run.id), run.state.name()))
}

/// A unit's changes, one line each, in Slack's markup.
pub(super) fn changes(unit: &UnitView, report: Option<&UnitReport>) -> Vec<String> {
    let head =
        format!("*{}* in {} ({})", unit.stack, escaped(unit.account_name.as_str()), counts(unit.changes));
    let resources = report.map(|report| report.changes.resources.as_slice()).unwrap_or_default();
    let changed = resources.iter().filter(|change| change.action != Action::None);
    let line = |change: &pipeline_core::Change| {
        format!("{} `{}`", sign(change.action), escaped(&change.address).replace('`', "'"))
    };
    std::iter::once(head).chain(changed.map(line)).collect()
}

fn headline(run: &RunView, server: &str) -> String {
    format!(
        "<{server}/runs/{}|{}> *{}* {} `{}` by {}",
        run.id,
        short(run.id),
        run.state.name(),
        escaped(run.repository.as_str()),
        run.commit.short(),
        escaped(&run.author)
    )
}

fn stages(run: &RunView) -> Vec<(&str, Vec<&UnitView>)> {
    let mut stages: Vec<(&str, Vec<&UnitView>)> = Vec::new();
    for unit in &run.units {
        match stages.last_mut() {
            Some((stage, units)) if *stage == unit.stage.as_str() => units.push(unit),
            _ => stages.push((unit.stage.as_str(), vec![unit])),
        }
    }
    stages
}

fn tally(units: &[&UnitView]) -> String {
    let mut states: Vec<(&str, usize)> = Vec::new();
    for unit in units {
        match states.iter_mut().find(|(state, _)| *state == unit.state.name()) {
            Some((_, count)) => *count += 1,
            None => states.push((unit.state.name(), 1)),
        }
    }
    states.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ")
}

fn counts(changes: ChangeCounts) -> String {
    let ChangeCounts { create, update, replace, delete } = changes;
    let parts =
        [(create, "to create"), (update, "to update"), (replace, "to replace"), (delete, "to delete")];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

const fn sign(action: Action) -> &'static str {
    match action {
        Action::Create => "+",
        Action::Update => "~",
        Action::Replace => "±",
        Action::Delete => "−",
        Action::None => " ",
    }
}

fn section(text: &str) -> SlackBlock {
    let text: String = text.chars().take(LONGEST).collect();
    SlackSectionBlock::new().with_text(SlackBlockMarkDownText::new(text).into()).into()
}

fn plain_text(text: &str) -> SlackBlockPlainTextOnly {
    let text: String = text.chars().take(75).collect();
    SlackBlockPlainText::new(text).into()
}

/// [Escaped](https://docs.slack.dev/messaging/formatting-message-text#escaping) for Slack's markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
