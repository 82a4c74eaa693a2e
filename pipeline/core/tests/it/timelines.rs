//! Whole runs, as people would tell them.

use pipeline_core::event::Mode;

use crate::scenario::Scenario;

/// Plays a script in a run of these stages and units, and compares what happened with the snapshot of the name.
fn check(name: &str, mode: Mode, stages: &[&str], units: &[&str], script: &str) {
    insta::assert_snapshot!(name, Scenario::new(mode, stages, units).play(script));
}

const APPLY: Mode = Mode::Apply;

#[test]
fn a_push_goes_through_its_stages() {
    let stages = ["dev", "stg after=dev approvals=1", "prd after=stg approvals=2"];
    let units = ["net.1 dev", "net.2 stg", "net.3 prd"];
    let script = "planned net.1
        applied net.1
        started net.1
        applied net.1
        applied net.1
        approve prd hong
        planned net.2
        approve stg hong
        started net.2
        applied net.2
        planned net.3
        approve prd hong
        approve prd lee
        approve prd park
        started net.3
        applied net.3
        approve prd park
        cancel hong
        woke";
    check("push", APPLY, &stages, &units, script);
}

#[test]
fn a_run_that_cannot_be_prepared_fails_and_can_be_tried_again() {
    let script = "held
        prepare-failed
        prepared
        retry hong
        prepared
        prepared
        held
        held
        unchanged net.1";
    insta::assert_snapshot!("prepare", Scenario::started(APPLY).play(script));
}

#[test]
fn without_units_nothing_happens() {
    check("no_units", APPLY, &["dev", "prd after=dev"], &[], "retry hong");
}

#[test]
fn waves_go_one_after_the_other() {
    let units = ["net.1 dev", "net.2 dev wave=2", "net.3 dev wave=2", "net.4 dev wave=3"];
    let script = "planned net.4
        planned net.3
        planned net.2
        planned net.1
        started net.1
        applied net.1
        started net.2
        started net.3
        applied net.3
        applied net.2
        started net.4
        applied net.4";
    check("waves", APPLY, &["dev"], &units, script);
}

#[test]
fn more_failures_than_a_stage_bears_stop_it() {
    let units = ["net.1 dev", "net.2 dev", "net.3 dev wave=2", "app.2 dev wave=2 after=net.2", "net.4 prd"];
    let script = "planned net.1
        planned net.2
        planned net.3
        started net.1
        started net.2
        apply-failed net.2
        apply-failed net.2
        applied net.1
        retry hong";
    check("too_many_failures", APPLY, &["dev", "prd after=dev"], &units, script);
    let script = "planned net.1
        planned net.2
        plan-failed net.3
        started net.1
        started net.2
        applied net.1
        applied net.2
        planned app.2
        started app.2
        applied app.2";
    check("failures_within_bounds", APPLY, &["dev max_failures=1", "prd after=dev"], &units, script);
}

#[test]
fn a_failed_plan_stops_the_planning_of_others() {
    let units = ["net.1 dev", "net.2 dev after=net.1", "net.3 dev"];
    let script = "plan-failed net.1
        planned net.3";
    check("plan_failed", APPLY, &["dev"], &units, script);
}

#[test]
fn what_depends_on_changes_is_planned_after_them_and_asked_for_anew() {
    let units = ["net.1 dev", "log.1 dev", "app.1 dev wave=2 after=net.1", "web.1 dev wave=2 after=log.1"];
    let script = "unchanged log.1
        planned net.1
        planned web.1
        approve dev hong
        started net.1
        applied net.1
        started web.1
        applied web.1
        planned app.1
        approve dev hong d1
        approve dev hong
        started app.1
        applied app.1";
    check("dependency_rounds", APPLY, &["dev approvals=1"], &units, script);
}

#[test]
fn a_refused_unit_refuses_the_run() {
    let units = ["net.1 dev", "app.1 dev", "net.2 prd"];
    let script = "refused net.1
        planned app.1
        approve dev hong
        retry hong";
    check("refused", APPLY, &["dev", "prd after=dev"], &units, script);
}

#[test]
fn people_approve_what_they_saw() {
    let script = "planned net.1
        approve dev kim
        approve dev KIM-DEV
        approve dev hong
        approve dev hong
        approve lab lee
        voided net.1
        approve dev lee
        started net.1
        voided net.1 state-moved
        planned net.1 again
        approve dev lee d1
        reject dev lee d1
        approve dev hong
        reject dev lee";
    check("approvals", APPLY, &["dev approvals=2"], &["net.1 dev"], script);
}

#[test]
fn a_stage_soaks_before_the_next_even_over_stages_without_changes() {
    let stages = ["dev", "stg after=dev", "prd after=stg soak=30m", "lab soak=30m"];
    let units = ["net.1 dev", "net.2 stg", "net.3 prd", "net.4 lab"];
    let script = "planned net.1
        unchanged net.4
        started net.1
        +10m
        applied net.1
        unchanged net.2
        woke
        +29m
        woke
        +1m
        woke
        woke
        unchanged net.3";
    check("soak", APPLY, &stages, &units, script);
    let script = "unchanged net.1
        unchanged net.4
        unchanged net.2
        unchanged net.3";
    check("no_soak_without_changes", APPLY, &stages, &units, script);
}

#[test]
fn nothing_is_applied_while_frozen() {
    let units = ["net.1 dev", "net.2 dev wave=2"];
    let script = "planned net.1
        planned net.2
        +10m
        woke
        started net.1
        +50m
        applied net.1
        approve dev hong
        +30m
        woke
        started net.2
        applied net.2";
    check("freeze", APPLY, &["dev freeze=0m/10m freeze=60m/90m"], &units, script);
}

#[test]
fn a_cancelled_run_lets_finish_what_was_begun() {
    let units = ["net.1 dev", "net.2 dev", "net.3 dev wave=2"];
    let script = "planned net.1
        planned net.2
        planned net.3
        started net.1
        supersede r-2
        cancel hong
        supersede r-2
        cancel hong
        applied net.1
        voided net.2
        retry hong
        held
        planned net.2 b
        planned net.3 b
        started net.2
        started net.3
        applied net.2
        started net.3
        applied net.3";
    check("cancel", APPLY, &["dev"], &units, script);
}

#[test]
fn a_newer_run_takes_the_place_of_one_that_waits() {
    let units = ["net.1 dev", "net.2 dev"];
    let script = "planned net.1
        supersede r-2
        planned net.2
        retry hong";
    check("superseded_while_planning", APPLY, &["dev"], &units, script);
    let script = "planned net.1
        planned net.2
        supersede r-2
        approve dev hong";
    check("superseded_while_waiting", APPLY, &["dev approvals=1"], &units, script);
}

#[test]
fn a_retry_does_again_what_is_not_whole() {
    let stages = ["dev approvals=1", "prd after=dev"];
    let units = ["net.1 dev", "app.1 dev after=net.1", "log.1 dev", "net.2 prd"];
    let script = "planned net.1
        unchanged log.1
        approve dev hong
        started net.1
        apply-failed net.1
        retry hong
        held
        unchanged net.1
        planned app.1
        approve dev hong
        started app.1
        applied app.1
        unchanged net.2";
    check("retry", APPLY, &stages, &units, script);
}

#[test]
fn a_retry_forgets_no_refusal() {
    let script = "refused net.1
        cancel hong
        planned app.1
        retry hong
        held
        refused net.1
        planned app.1";
    check("retry_refused", APPLY, &["dev"], &["net.1 dev", "app.1 dev"], script);
}

#[test]
fn an_apply_that_was_cut_off_is_planned_again() {
    let units = ["net.1 dev", "app.1 dev after=net.1"];
    let script = "planned net.1
        started net.1
        voided net.1
        unchanged net.1
        planned app.1
        started app.1
        cancel hong
        voided app.1 worker-died";
    check("interrupted", APPLY, &["dev"], &units, script);
}

#[test]
fn a_plan_that_never_holds_fails() {
    let script = "planned net.1\nvoided net.1 state-moved\n".repeat(7);
    check("voided_for_ever", APPLY, &["dev"], &["net.1 dev"], &script);
}

#[test]
fn a_pull_request_is_planned_whole_and_waits_for_its_merge() {
    let stages = ["dev", "prd after=dev approvals=2"];
    let units = ["net.1 dev", "app.1 dev wave=2 after=net.1", "net.2 prd"];
    let script = "planned net.1
        planned net.2
        approve prd hong
        unchanged app.1
        approve prd hong
        supersede merge";
    check("pull_request", Mode::PlanOnly, &stages, &units, script);
    let script = "plan-failed net.1
        planned net.2
        planned app.1
        retry hong
        planned net.1
        cancel hong
        retry hong";
    check("pull_request_failed", Mode::PlanOnly, &stages, &units, script);
    let script = "refused net.1
        plan-failed net.2
        planned app.1
        retry hong";
    check("pull_request_refused", Mode::PlanOnly, &stages, &units, script);
    let script = "planned net.1
        cancel hong
        planned net.2
        planned app.1";
    check("pull_request_cancelled", Mode::PlanOnly, &stages, &units, script);
}

#[test]
fn units_that_contradict_each_other_are_refused() {
    let refused = |stages: &[&str], units: &[&str]| {
        let mut run = pipeline_core::Run::start(
            &pipeline_core::Event::Started { spec: crate::layout::spec(APPLY) },
            crate::layout::epoch(),
        )
        .unwrap()
        .0;
        let error = run.step(&crate::layout::prepared(stages, units), crate::layout::epoch()).unwrap_err();
        crate::layout::shorten(&error.to_string())
    };
    let all = [
        refused(&["dev", "dev"], &[]),
        refused(&["prd after=dev", "dev"], &[]),
        refused(&["dev"], &["net.1 prd"]),
        refused(&["dev"], &["net.1 dev", "net.1 dev"]),
        refused(&["dev", "prd"], &["net.1 prd", "net.2 dev"]),
        refused(&["dev"], &["net.1 dev after=app.1"]),
        refused(&["dev", "prd"], &["net.1 dev", "net.2 prd after=net.1"]),
        refused(&["dev"], &["net.1 dev after=app.1", "app.1 dev after=net.1", "log.1 dev"]),
    ];
    insta::assert_snapshot!(all.join("\n"), @r"
    the units do not fit the stages: stage dev is there twice
    the units do not fit the stages: stage prd does not stand after dev
    the units do not fit the stages: unit net.1 names stage prd, which is not in the run
    the units do not fit the stages: unit net.1 is there twice
    the units do not fit the stages: unit net.2 stands out of the stages' order
    the units do not fit the stages: unit net.1 depends on app.1, which is not in its stage
    the units do not fit the stages: unit net.2 depends on net.1, which is not in its stage
    the units do not fit the stages: unit net.1 depends on itself
    ");
}
