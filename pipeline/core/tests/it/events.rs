//! Events as they are stored: what was written once stays readable.

use landing_zone::FailOn;
use pipeline_core::change::ChangeCounts;
use pipeline_core::event::{Event, FindingCounts, Mode, Recorded};

use crate::layout::{digest, epoch, person, spec, stage, stage_name, unit, unit_id};

fn all() -> Vec<Event> {
    let (name, digest, unit_of) = (stage_name("prd"), digest("stage"), || unit_id("net.1"));
    let text = |text: &str| text.to_owned();
    let stages = vec![stage("dev"), stage("prd after=dev approvals=2 soak=30m max_failures=1 freeze=1m/2m")];
    let units = vec![unit("net.1 dev"), unit("app.1 dev wave=2 after=net.1")];
    let changes = ChangeCounts { create: 1, update: 2, replace: 3, delete: 4 };
    let findings = FindingCounts { low: 1, medium: 2, high: 0, skipped: 0 };
    vec![
        Event::Started { spec: spec(Mode::Apply) },
        Event::Started { spec: spec(Mode::PlanOnly) },
        Event::Prepared { stages, units, fail_on: FailOn::Medium },
        Event::PrepareFailed { reason: text("no wayleave.hcl") },
        Event::TargetsHeld,
        Event::Planned { unit: unit_of(), digest: digest.clone(), changes, unchanged: false, findings },
        Event::PlanFailed { unit: unit_of(), reason: text("no provider") },
        Event::ApplyStarted { unit: unit_of() },
        Event::Applied { unit: unit_of() },
        Event::ApplyFailed { unit: unit_of(), reason: text("denied") },
        Event::PlanVoided { unit: unit_of(), reason: text("the state moved") },
        Event::Approved { stage: name.clone(), person: person("hong"), digest: digest.clone() },
        Event::Rejected { stage: name, person: person("hong"), digest, reason: text("not today") },
        Event::Cancelled { by: text("hong"), reason: text("wrong branch") },
        Event::Superseded { by: text("r-2") },
        Event::Retried { by: text("hong") },
        Event::Woke,
    ]
}

#[test]
fn stored_events_stay_readable() {
    let recorded: Vec<Recorded> =
        (1..).zip(all()).map(|(number, event)| Recorded { number, at: epoch(), event }).collect();
    let lines: Vec<String> = recorded.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    insta::assert_snapshot!("stored_events", lines.join("\n"));
    let read: Vec<Recorded> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, recorded);
}

/// A new kind of event must be added to the list above: this does not compile until somebody has looked here.
#[test]
fn every_kind_of_event_is_among_them() {
    let kind = |event: &Event| match event {
        Event::Started { .. } => 0,
        Event::Prepared { .. } => 1,
        Event::PrepareFailed { .. } => 2,
        Event::TargetsHeld => 3,
        Event::Planned { .. } => 4,
        Event::PlanFailed { .. } => 5,
        Event::ApplyStarted { .. } => 6,
        Event::Applied { .. } => 7,
        Event::ApplyFailed { .. } => 8,
        Event::PlanVoided { .. } => 9,
        Event::Approved { .. } => 10,
        Event::Rejected { .. } => 11,
        Event::Cancelled { .. } => 12,
        Event::Superseded { .. } => 13,
        Event::Retried { .. } => 14,
        Event::Woke => 15,
    };
    let kinds: std::collections::BTreeSet<i32> = all().iter().map(kind).collect();
    assert_eq!(kinds, (0..16).collect());
}
