//! The comment on a pull request, as people read it.

use landing_zone::ApplyMode;
use pipeline_core::run::{UnitStateView, UnitView};
use pipeline_core::{Action, Changes, RunState};
use pipeline_engine::forge::comment::{Context, LONGEST, marker, render};
use pipeline_engine::notify::Reports;
use pipeline_engine::store::UnitReport;
use policies::Skipped;
use serde_json::json;

use super::sample::{HOSTILE, change, changes, finding, hostile, report, repository, run, unit, waiting};

const CONTEXT: Context<'_> =
    Context { page: "https://wayleave.example/runs/r-1", apply: ApplyMode::OnMerge, refused: &[] };

#[test]
fn a_plan_of_many_accounts_is_one_group_and_those_that_differ() {
    let mut planned = run(1, RunState::Waiting);
    planned.change = Some(17);
    let mut reports = Vec::new();
    for number in 0..418 {
        let mut unit = unit("prd", "network", number, UnitStateView::Planned);
        let mut changes = changes(&unit);
        if number >= 412 {
            changes.resources.remove(0);
        }
        let findings =
            if number < 412 { vec![finding("aws_sns_topic.alerts", "It is not encrypted.")] } else { vec![] };
        reports.push(report(&mut unit, changes, findings));
        planned.units.push(unit);
    }
    planned.units.push(unit("prd", "session", 1, UnitStateView::Unchanged));
    let reports = reports.into_iter().collect();
    insta::assert_snapshot!(render(&planned, 17, &reports, &CONTEXT));
}

#[test]
fn a_stage_that_asks_tells_how_to_approve() {
    let (mut run, reports) = waiting(2, 2, 1);
    run.change = Some(17);
    let context = Context { apply: ApplyMode::BeforeMerge, ..CONTEXT };
    insta::assert_snapshot!(render(&run, 17, &reports, &context));
}

#[test]
fn a_run_that_was_cut_off_tells_what_was_done_and_what_was_skipped() {
    let check = |name: &str, state, reason: &str| {
        let mut ended = run(1, state);
        ended.change = Some(17);
        ended.reason = Some(reason.to_owned());
        let mut applied = unit("dev", "network", 1, UnitStateView::Applied);
        let changes = changes(&applied);
        let reports = [report(&mut applied, changes, Vec::new())].into_iter().collect();
        let skipped =
            |number| UnitView { digest: None, ..unit("prd", "network", number, UnitStateView::Skipped) };
        let skipped = [2, 3].map(skipped);
        ended.units = [&[applied][..], &skipped].concat();
        insta::assert_snapshot!(name, render(&ended, 17, &reports, &CONTEXT));
    };
    check("cancelled", RunState::Cancelled, "by a comment on the pull request");
    check("superseded", RunState::Superseded, "r-0193b7e5000270008000000000000000");
}

#[test]
fn what_the_files_suppress_is_shown_with_its_reason() {
    let mut shown = run(1, RunState::Waiting);
    shown.change = Some(17);
    let mut planned = unit("dev", "network", 1, UnitStateView::Planned);
    let changes = changes(&planned);
    let (digest, plain) = report(&mut planned, changes, Vec::new());
    let skipped =
        |address, comment: &str| Skipped { finding: finding(address, "has no key"), comment: comment.into() };
    let skipped =
        vec![skipped("aws_sns_topic.a", "public | <b>events</b> @acme"), skipped("aws_sns_topic.b", "")];
    planned.findings.skipped = 2;
    shown.units = vec![planned];
    let reports = [(digest, UnitReport { skipped, ..plain })].into_iter().collect();
    insta::assert_snapshot!(render(&shown, 17, &reports, &CONTEXT));
}

/// The remedy as it is shown starts so.
#[track_caller]
fn check_remedy(remedy: &str, expected: &str) {
    let mut shown = run(1, RunState::Waiting);
    shown.change = Some(17);
    let mut planned = unit("dev", "network", 1, UnitStateView::Planned);
    let changes = changes(&planned);
    let mut found = finding("aws_sns_topic.alerts", "It is not encrypted.");
    found.remedy = remedy.into();
    let reports = [report(&mut planned, changes, vec![found])].into_iter().collect();
    shown.units.push(planned);
    let body = render(&shown, 17, &reports, &CONTEXT);
    let (_, remedy) = body.split_once("not encrypted.").expect("the finding is there");
    assert!(remedy.starts_with(expected), "{remedy}");
}

#[test]
fn a_remedy_of_several_lines_keeps_them() {
    let lines = "In Terraform:\n  resource \"aws_sns_topic\" \"alerts\" {\n    kms_master_key_id = aws_kms_key.alerts.arn ```\n  }\n";
    check_remedy(lines, &format!("\n\n````text\n{lines}````\n"));
}

#[test]
fn a_remedy_that_is_cut_says_so() {
    check_remedy(&"x\n".repeat(20), &format!("\n\n```text\n{}```\n", "x\n".repeat(20)));
    check_remedy(&"x\n".repeat(21), &format!("\n\n```text\n{}…\n```\n", "x\n".repeat(20)));
}

#[test]
fn hostile_text_stays_text() {
    let (run, reports) = hostile();
    let body = render(&run, 17, &reports, &CONTEXT);
    let outside: String = without_code(&body);
    for sign in ["<script", "</details><script", "@team", "](http://evil", "<!channel"] {
        assert!(!outside.contains(sign), "{sign} in\n{outside}");
    }
    insta::assert_snapshot!(body.replace('\u{200b}', "·"));
}

#[test]
fn a_comment_fits_whatever_the_number_of_units() {
    let mut huge = run(1, RunState::Failed);
    huge.reason = Some(HOSTILE.repeat(100));
    let mut reports = Vec::new();
    for number in 0..200_u64 {
        let stack = format!("stack-{}-{}", number % 100, "x".repeat(40));
        let mut unit = unit("prd", &stack, number, UnitStateView::Failed);
        unit.reason = Some("<&>@".repeat(1_000));
        let values = json!({"policy": "v".repeat(300), "n": number});
        let resources = (0..60)
            .map(|r| change(&format!("a.b{r}_{number}"), Action::Update, json!({"n": 0}), values.clone()));
        reports.push(report(
            &mut unit,
            Changes { resources: resources.collect(), other: true },
            vec![finding("a.b", HOSTILE); 40],
        ));
        huge.units.push(unit);
    }
    let reports: Reports = reports.into_iter().collect();
    let body = render(&huge, 17, &reports, &CONTEXT);
    assert!(body.len() <= LONGEST, "{} bytes", body.len());
    assert!(body.contains("do not fit into a comment"), "it says what it leaves out");
    assert_eq!(body.matches("<details>").count(), body.matches("</details>").count());
}

#[test]
fn the_comment_begins_with_its_marker() {
    let (run, reports) = waiting(1, 1, 0);
    let marker = marker(&repository(), 17);
    assert_eq!(marker, "<!-- wayleave:acme/infra#17 -->");
    assert!(render(&run, 17, &reports, &CONTEXT).starts_with(&marker));
}

/// The lines that are not within a fence.
fn without_fences(body: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut outside = String::new();
    for line in body.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks == open && line == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => outside.push_str(&format!("{line}\n")),
        }
    }
    assert!(fence.is_none(), "a fence is left open");
    outside
}

/// What GitHub reads as Markdown: neither within a fence nor within code on a line.
fn without_code(body: &str) -> String {
    let lines = without_fences(body);
    lines.lines().map(|line| line.split('`').step_by(2).collect::<String>() + "\n").collect()
}
