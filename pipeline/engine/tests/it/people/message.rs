//! The message of a run in Slack, as people read it.

use pipeline_core::run::UnitStateView;
use pipeline_core::{RunState, RunView};
use pipeline_engine::notify::Reports;
use pipeline_engine::slack::{ButtonValue, Client, Pace, render};
use pipeline_engine::testing::slack::{CHANNEL, Slack, TOKEN};
use serde_json::Value;

use super::sample::{HOSTILE, hostile, run, unit, waiting};

const PAGE: &str = "https://wayleave.example/runs/r-1";

/// The message's texts, block by block; buttons by what they carry.
fn readable(run: &RunView, reports: &Reports) -> String {
    let message = serde_json::to_value(render(run, reports, PAGE)).unwrap();
    let mut lines = vec![format!("[text] {}", message["text"].as_str().unwrap())];
    for block in message["blocks"].as_array().unwrap() {
        let kind = block["type"].as_str().unwrap();
        match block["elements"].as_array() {
            Some(buttons) => lines.extend(buttons.iter().map(button)),
            None => lines.push(format!("[{kind}] {}", block["text"]["text"].as_str().unwrap())),
        }
    }
    lines.join("\n")
}

fn button(button: &Value) -> String {
    let confirm = &button["confirm"];
    format!(
        "[button] {} {} = {} ({} {})",
        button["action_id"],
        button["text"]["text"],
        button["value"],
        confirm["title"]["text"],
        confirm["text"]["text"]
    )
}

#[test]
fn a_run_at_work() {
    let mut run = run(1, RunState::Applying);
    run.change = Some(17);
    run.units = vec![
        unit("dev", "network", 1, UnitStateView::Applied),
        unit("dev", "session", 1, UnitStateView::Applying),
        unit("prd", "network", 2, UnitStateView::Queued),
    ];
    insta::assert_snapshot!(readable(&run, &Reports::default()));
}

#[test]
fn a_stage_that_asks_shows_its_changes_before_the_buttons() {
    let (run, reports) = waiting(2, 12, 2);
    insta::assert_snapshot!(readable(&run, &reports));
}

#[test]
fn the_buttons_carry_the_run_the_stage_and_the_whole_digest() {
    let (run, reports) = waiting(1, 1, 0);
    let message = serde_json::to_value(render(&run, &reports, PAGE)).unwrap();
    let buttons = message["blocks"].as_array().unwrap().last().unwrap();
    let asked = run.waiting_for.unwrap();
    let expected = ButtonValue { run: run.id, stage: asked.stage, digest: asked.digest };
    for button in buttons["elements"].as_array().unwrap() {
        assert_eq!(button["value"].as_str().unwrap().parse(), Ok(expected.clone()));
    }
    for wrong in ["", "a|b", "r-1|prd|sha256:00", "x|y|z|w"] {
        assert!(wrong.parse::<ButtonValue>().is_err(), "{wrong:?}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let (run, reports) = hostile();
    let text = readable(&run, &reports);
    for sign in ["<!", "<@", "<script", "<http"] {
        assert!(!text.replace(&format!("<{PAGE}"), "").contains(sign), "{sign} in\n{text}");
    }
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn slack_takes_every_message_whatever_the_size() {
    let slack = Slack::start().await.unwrap();
    let pace = Pace { spacing: std::time::Duration::ZERO, ..Pace::default() };
    let client = Client::new(&slack.api(), TOKEN.into(), pace).unwrap();
    let mut stages = run(1, RunState::Failed);
    stages.reason = Some(HOSTILE.repeat(1_000));
    stages.author = "&".repeat(5_000);
    stages.branch = "<".repeat(5_000);
    for number in 0..200 {
        let mut unit = unit(
            &format!("stage-{number}-with-a-very-long-name"),
            &"s".repeat(64),
            number,
            UnitStateView::Failed,
        );
        unit.reason = Some("<&>".repeat(10_000));
        stages.units.push(unit);
    }
    let many_groups = waiting(500, 500, 250);
    for (run, reports) in [(stages, Reports::default()), many_groups, hostile(), waiting(0, 1, 0)] {
        client.post(CHANNEL, &render(&run, &reports, PAGE)).await.unwrap();
    }
    assert_eq!(slack.messages().len(), 4);
}
