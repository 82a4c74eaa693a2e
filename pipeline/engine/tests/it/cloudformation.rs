use std::collections::BTreeMap;

use pipeline_core::{Action, ChangeCounts, UnitId};
use pipeline_engine::cloudformation::{
    Cancelled, ChangeSetPlan, CloudFormation, CloudFormationError, Gone, Kind, MissingResource, Outcome,
    Pace, Request,
};
use pipeline_engine::testing::cloudformation::{EMPTY, FakeCloudFormation, NO_UPDATES, Script};
use serde_json::{Value, json};

use crate::aws::{aws_at, run};

const STACK: &str = "acme-orders";

async fn fake() -> (FakeCloudFormation, CloudFormation) {
    let fake = FakeCloudFormation::start().await.unwrap();
    let aws = aws_at(fake.url()).await;
    let stacks = CloudFormation::new(aws.config()).with_pace(Pace::immediate());
    (fake, stacks)
}

fn topic(name: &str) -> Value {
    json!({"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": name}})
}

fn template(topics: &[(&str, &str)]) -> Value {
    let resources: serde_json::Map<String, Value> =
        topics.iter().map(|(id, name)| ((*id).to_owned(), topic(name))).collect();
    json!({"Resources": resources})
}

fn request(attempt: u32, template: &Value) -> Request {
    Request {
        run: run(),
        unit: UnitId::parse("orders.222222222222.ap-northeast-2").unwrap(),
        attempt,
        stack_name: STACK.to_owned(),
        template: template.to_string(),
        parameters: BTreeMap::new(),
        tags: BTreeMap::from([("team".to_owned(), "shop".to_owned())]),
        service_role: None,
        capabilities: Request::CAPABILITIES.to_vec(),
    }
}

/// The request that gives a stack of two topics, carried out.
async fn deployed(stacks: &CloudFormation) -> Value {
    let template = template(&[("First", "one"), ("Second", "two")]);
    let plan = stacks.plan(&request(1, &template)).await.unwrap();
    let outcome = stacks.execute(&plan, |_| ()).await.unwrap();
    assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
    template
}

fn failing(resource: &str, rollback_fails: bool) -> Script {
    let reason = "Resource handler returned message: \"Invalid parameter\"".to_owned();
    Script { fails: Some((resource.to_owned(), reason)), rollback_fails, ..Script::default() }
}

async fn executed(stacks: &CloudFormation, plan: &ChangeSetPlan) -> (Outcome, String) {
    let mut lines = Vec::new();
    let outcome = stacks.execute(plan, |event| lines.push(event.to_string())).await.unwrap();
    (outcome, lines.join("\n"))
}

#[tokio::test]
async fn a_stack_is_made_and_every_event_of_it_is_told() {
    let (fake, stacks) = fake().await;
    fake.script(STACK, Script { page: 1, ..Script::default() });
    let plan = stacks.plan(&request(1, &template(&[("First", "one"), ("Second", "two")]))).await.unwrap();
    assert_eq!(plan.kind, Kind::Create);
    assert_eq!(plan.changes.counts(), ChangeCounts { create: 2, ..ChangeCounts::default() });
    assert_eq!(plan.changes.resources[0].after, json!({"Properties": {"DisplayName": "one"}}));
    let (outcome, lines) = executed(&stacks, &plan).await;
    assert!(matches!(outcome, Outcome::Complete { status } if status.as_str() == "CREATE_COMPLETE"));
    insta::assert_snapshot!(lines, @r"
    CREATE_IN_PROGRESS AWS::CloudFormation::Stack acme-orders: User Initiated
    CREATE_IN_PROGRESS AWS::SNS::Topic First
    CREATE_COMPLETE AWS::SNS::Topic First
    CREATE_IN_PROGRESS AWS::SNS::Topic Second
    CREATE_COMPLETE AWS::SNS::Topic Second
    CREATE_COMPLETE AWS::CloudFormation::Stack acme-orders
    ");
}

#[tokio::test]
async fn every_page_of_changes_is_read_and_equal_plans_are_equal() {
    let (fake, stacks) = fake().await;
    deployed(&stacks).await;
    let replaced = ["Second".to_owned()].into();
    fake.script(STACK, Script { page: 1, replaced, ..Script::default() });
    let wanted = template(&[("Second", "zwei"), ("Third", "three"), ("Fourth", "four")]);
    let plan = stacks.plan(&request(2, &wanted)).await.unwrap();
    let told: Vec<_> =
        plan.changes.resources.iter().map(|change| (change.address.as_str(), change.action)).collect();
    let expected = [
        ("First", Action::Delete),
        ("Fourth", Action::Create),
        ("Second", Action::Replace),
        ("Third", Action::Create),
    ];
    assert_eq!(told, expected);
    assert_eq!(plan.changes.resources[2].before, json!({"Properties": {"DisplayName": "two"}}));
    assert_eq!(plan.changes.resources[2].after, json!({"Properties": {"DisplayName": "zwei"}}));

    let again = stacks.plan(&request(3, &wanted)).await.unwrap();
    assert_ne!(again.change_set_id, plan.change_set_id);
    assert_eq!(again.digest(), plan.digest());
    let other = stacks.plan(&request(4, &template(&[("Second", "zwo")]))).await.unwrap();
    assert_ne!(other.digest(), plan.digest());
    let stored: ChangeSetPlan = serde_json::from_str(&serde_json::to_string(&again).unwrap()).unwrap();
    assert_eq!(stored, again);
}

#[tokio::test]
async fn an_update_that_only_an_output_tells_of_is_a_change() {
    let (_fake, stacks) = fake().await;
    let mut template = deployed(&stacks).await;
    template["Outputs"] = json!({"Name": {"Value": "x"}});
    let plan = stacks.plan(&request(2, &template)).await.unwrap();
    assert!(!plan.no_changes() && plan.changes.other && plan.changes.resources.is_empty(), "{plan:?}");
    let (outcome, _) = executed(&stacks, &plan).await;
    assert!(matches!(outcome, Outcome::Complete { status } if status.as_str() == "UPDATE_COMPLETE"));
}

#[tokio::test]
async fn an_empty_change_set_is_no_change_whatever_it_says() {
    for reason in [EMPTY, NO_UPDATES, "nothing to do"] {
        let (fake, stacks) = fake().await;
        let template = deployed(&stacks).await;
        fake.script(STACK, Script { empty_reason: reason, ..Script::default() });
        let left = fake.change_sets().len();
        let plan = stacks.plan(&request(2, &template)).await.unwrap();
        assert!(plan.no_changes() && plan.changes.is_empty(), "{reason}: {plan:?}");
        assert_eq!(fake.change_sets().len(), left, "the empty change set is deleted");
        assert_eq!(stacks.execute(&plan, |_| ()).await.unwrap(), Outcome::Unchanged);
    }
}

fn with_secret(secret: &str) -> Request {
    let template = json!({"Parameters": {"Secret": {"Type": "String", "NoEcho": true}},
        "Resources": {"First": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Secret"}}}}});
    let parameters = BTreeMap::from([("Secret".to_owned(), secret.to_owned())]);
    Request { parameters, ..request(1, &template) }
}

/// A hidden parameter cannot be compared with the deployed one, so the change set alone must tell.
#[tokio::test]
async fn a_hidden_parameter_is_judged_by_a_probe_and_never_shown() {
    let (fake, stacks) = fake().await;
    let plan = stacks.plan(&with_secret("hush")).await.unwrap();
    assert!(!format!("{plan:?}").contains("hush"), "{plan:?}");
    assert_eq!(plan.changes.resources[0].after, json!({"Properties": {"DisplayName": "(sensitive)"}}));
    stacks.execute(&plan, |_| ()).await.unwrap();
    let left = fake.change_sets().len();

    let same = stacks.plan(&Request { attempt: 2, ..with_secret("hush") }).await.unwrap();
    assert!(same.no_changes(), "{same:?}");
    assert_eq!(fake.change_sets().len(), left, "neither the empty change set nor the probe is left");
    let other = stacks.plan(&Request { attempt: 3, ..with_secret("hush-hush") }).await.unwrap();
    assert_eq!(other.changes.counts(), ChangeCounts { update: 1, ..ChangeCounts::default() });
}

/// The words of an empty change set on one that has failed: it is not taken for empty.
#[tokio::test]
async fn a_failed_change_set_is_not_empty_whatever_it_says() {
    let (fake, stacks) = fake().await;
    deployed(&stacks).await;
    let left = fake.change_sets().len();
    fake.script(STACK, Script { change_set_fails: Some(EMPTY.to_owned()), ..Script::default() });
    let error = stacks.plan(&request(2, &template(&[("First", "eins")]))).await.unwrap_err();
    assert!(matches!(error, CloudFormationError::ChangeSetFailed { .. }), "{error:?}");
    assert_eq!(fake.change_sets().len(), left);
}

#[tokio::test]
async fn a_change_set_that_fails_leaves_no_stack_in_review() {
    let (fake, stacks) = fake().await;
    let reason = "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document.";
    fake.script(STACK, Script { change_set_fails: Some(reason.to_owned()), ..Script::default() });
    let error = stacks.plan(&request(1, &template(&[("First", "one")]))).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    CloudFormation could not make the change set of stack acme-orders: Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document.
    ");
    assert_eq!((fake.change_sets().len(), fake.status(STACK)), (0, None));
}

#[tokio::test]
async fn a_creation_that_fails_is_rolled_back_and_then_refused() {
    for (rollback_fails, status) in [(false, "ROLLBACK_COMPLETE"), (true, "ROLLBACK_FAILED")] {
        let (fake, stacks) = fake().await;
        fake.script(STACK, failing("Second", rollback_fails));
        let wanted = request(1, &template(&[("First", "one"), ("Second", "two")]));
        let plan = stacks.plan(&wanted).await.unwrap();
        let (outcome, lines) = executed(&stacks, &plan).await;
        assert!(lines.contains("CREATE_FAILED AWS::SNS::Topic Second: Resource handler"), "{lines}");
        let (found, failure) = match outcome {
            Outcome::RolledBack { status, failure } if !rollback_fails => (status, failure),
            Outcome::Stuck { status, failure, .. } if rollback_fails => (status, failure),
            other => panic!("{other:?}"),
        };
        assert_eq!(found.as_str(), status);
        assert_eq!(failure.unwrap().logical_id, "Second");

        let error = stacks.plan(&Request { attempt: 2, ..wanted }).await.unwrap_err();
        assert!(
            matches!(&error, CloudFormationError::Refused { status: found, .. } if found.as_str() == status)
        );
        assert_eq!(fake.status(STACK).as_deref(), Some(status), "nothing is deleted to get round it");
        insta::allow_duplicates! { if !rollback_fails { insta::assert_snapshot!(error, @r"
        stack acme-orders is in ROLLBACK_COMPLETE: its creation failed and nothing of it is left: look at its events, delete the stack, then plan again
        "); } }
    }
}

#[tokio::test]
async fn an_update_that_fails_is_rolled_back_or_stuck() {
    for (rollback_fails, status) in [(false, "UPDATE_ROLLBACK_COMPLETE"), (true, "UPDATE_ROLLBACK_FAILED")] {
        let (fake, stacks) = fake().await;
        deployed(&stacks).await;
        fake.script(STACK, failing("Second", rollback_fails));
        let wanted = template(&[("First", "eins"), ("Second", "zwei")]);
        let plan = stacks.plan(&request(2, &wanted)).await.unwrap();
        let (outcome, _) = executed(&stacks, &plan).await;
        let next = stacks.plan(&request(3, &wanted)).await;
        assert_eq!(fake.status(STACK).as_deref(), Some(status));
        if rollback_fails {
            let Outcome::Stuck { failure, .. } = outcome else { panic!("{outcome:?}") };
            assert_eq!(failure.unwrap().kind, "AWS::SNS::Topic");
            insta::allow_duplicates! { insta::assert_snapshot!(next.unwrap_err(), @r"
            stack acme-orders is in UPDATE_ROLLBACK_FAILED: its last update could not be undone: mend what its events name, run `aws cloudformation continue-update-rollback` on it, then plan again
            "); }
        } else {
            assert!(matches!(outcome, Outcome::RolledBack { .. }), "{outcome:?}");
            assert_eq!(next.unwrap().changes.counts(), ChangeCounts { update: 2, ..ChangeCounts::default() });
        }
    }
}

#[tokio::test]
async fn throttling_is_waited_for_within_bounds() {
    let (fake, stacks) = fake().await;
    for action in
        ["CreateChangeSet", "DescribeChangeSet", "ExecuteChangeSet", "DescribeStacks", "DescribeStackEvents"]
    {
        fake.throttle(action, 3);
    }
    deployed(&stacks).await;
    assert_eq!(fake.calls("CreateChangeSet"), 4);
    fake.throttle("DescribeStacks", u32::MAX);
    let error = stacks.plan(&request(2, &template(&[("First", "x")]))).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
}

/// The service has done it, and its answer is lost: the call is made again and must not be done again.
#[tokio::test]
async fn a_lost_answer_does_nothing_twice() {
    let (fake, stacks) = fake().await;
    for action in ["CreateChangeSet", "ExecuteChangeSet"] {
        fake.lose_answers(action, 1);
    }
    let plan = stacks.plan(&request(1, &template(&[("First", "one")]))).await.unwrap();
    assert_eq!(fake.change_sets().len(), 1);
    let (outcome, lines) = executed(&stacks, &plan).await;
    assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
    assert_eq!(lines.matches("CREATE_IN_PROGRESS AWS::CloudFormation::Stack").count(), 1);

    // All answers are lost: the change set itself tells that it is being executed.
    let plan = stacks.plan(&request(2, &template(&[("First", "eins")]))).await.unwrap();
    fake.lose_answers("ExecuteChangeSet", u32::MAX);
    let (outcome, _) = executed(&stacks, &plan).await;
    assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
}

#[tokio::test]
async fn after_a_crash_the_same_execution_is_followed_to_its_end() {
    let (fake, stacks) = fake().await;
    let plan = stacks.plan(&request(1, &template(&[("First", "one"), ("Second", "two")]))).await.unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    tokio::select! {
        biased;
        _ = told.recv() => {}
        ended = stacks.execute(&plan, |event| tell.send(event.clone()).unwrap()) => panic!("{ended:?}"),
    }
    assert_eq!(fake.status(STACK).as_deref(), Some("CREATE_IN_PROGRESS"), "the crash came in its midst");
    let (outcome, lines) = executed(&stacks, &plan).await;
    assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
    assert_eq!(lines.lines().count(), 6, "{lines}");
    assert_eq!(fake.calls("ExecuteChangeSet"), 1);

    // And again after its end, even when CloudFormation has tidied the change set away.
    fake.delete_change_sets();
    assert_eq!(executed(&stacks, &plan).await, (outcome, lines));
    assert_eq!(fake.calls("ExecuteChangeSet"), 1);
}

#[tokio::test]
async fn a_crash_while_planning_makes_no_second_change_set() {
    let (fake, stacks) = fake().await;
    let wanted = request(1, &template(&[("First", "one")]));
    let one = stacks.plan(&wanted).await.unwrap();
    let other = stacks.plan(&wanted).await.unwrap();
    assert_eq!(one, other);
    assert_eq!(fake.change_sets().len(), 1);
}

#[tokio::test]
async fn a_change_set_that_is_gone_is_said_to_be() {
    let (fake, stacks) = fake().await;
    let template_one = deployed(&stacks).await;
    let wanted = template(&[("First", "eins"), ("Second", "two")]);
    let plan = stacks.plan(&request(2, &wanted)).await.unwrap();
    fake.make_obsolete();
    assert_eq!(stacks.execute(&plan, |_| ()).await.unwrap(), Outcome::Gone(Gone::Obsolete));
    fake.delete_change_sets();
    assert_eq!(stacks.execute(&plan, |_| ()).await.unwrap(), Outcome::Gone(Gone::Deleted));
    assert!(stacks.plan(&request(3, &template_one)).await.unwrap().no_changes(), "nothing was executed");
}

#[tokio::test]
async fn another_operation_is_waited_for_within_bounds() {
    let (fake, stacks) = fake().await;
    deployed(&stacks).await;
    fake.set_status(STACK, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
    let hasty = Pace { settling: std::time::Duration::ZERO, ..Pace::immediate() };
    let error =
        stacks.clone().with_pace(hasty).plan(&request(2, &template(&[("First", "x")]))).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    stack acme-orders was in UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS when the time for another operation on it was over; look at its events, and plan again when it has come to rest
    ");
    fake.set_status(STACK, "UPDATE_COMPLETE");

    // Somebody else's update runs: planning goes on when it has ended.
    let theirs = stacks.plan(&request(3, &template(&[("First", "theirs")]))).await.unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    tokio::select! {
        biased;
        _ = told.recv() => {}
        ended = stacks.execute(&theirs, |event| tell.send(event.clone()).unwrap()) => panic!("{ended:?}"),
    }
    assert_eq!(fake.status(STACK).as_deref(), Some("UPDATE_IN_PROGRESS"));
    let ours = stacks.plan(&request(4, &template(&[("First", "ours")]))).await.unwrap();
    assert_eq!(ours.changes.resources[0].before, json!({"Properties": {"DisplayName": "theirs"}}));
}

#[tokio::test]
async fn an_update_is_cancelled_and_a_creation_is_not() {
    let (fake, stacks) = fake().await;
    deployed(&stacks).await;
    let plan = stacks.plan(&request(2, &template(&[("First", "eins"), ("Second", "zwei")]))).await.unwrap();
    assert!(matches!(stacks.cancel(&plan).await.unwrap(), Cancelled::Not(Some(_))), "it has not begun");
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    tokio::select! {
        biased;
        _ = told.recv() => {}
        ended = stacks.execute(&plan, |event| tell.send(event.clone()).unwrap()) => panic!("{ended:?}"),
    }
    assert_eq!(stacks.cancel(&plan).await.unwrap(), Cancelled::Asked);
    let (outcome, _) = executed(&stacks, &plan).await;
    assert!(matches!(&outcome, Outcome::RolledBack { failure: None, .. }), "{outcome:?}");
    assert_eq!(fake.status(STACK).as_deref(), Some("UPDATE_ROLLBACK_COMPLETE"));
}

#[tokio::test]
async fn a_resource_without_an_id_makes_the_unit_incomplete() {
    let (fake, stacks) = fake().await;
    fake.script(STACK, Script { skipped: ["Second".to_owned()].into(), page: 1, ..Script::default() });
    let plan = stacks.plan(&request(1, &template(&[("First", "one"), ("Second", "two")]))).await.unwrap();
    let (outcome, _) = executed(&stacks, &plan).await;
    let second = MissingResource { logical_id: "Second".to_owned(), kind: "AWS::SNS::Topic".to_owned() };
    assert_eq!(outcome, Outcome::Incomplete { missing: vec![second] });
}

#[tokio::test]
async fn a_discarded_creation_takes_its_stack_with_it_unless_another_change_set_wants_it() {
    let (fake, stacks) = fake().await;
    let ours = stacks.plan(&request(1, &template(&[("First", "one")]))).await.unwrap();
    let theirs = stacks.plan(&request(2, &template(&[("First", "two")]))).await.unwrap();
    assert_eq!(theirs.kind, Kind::Create, "a stack in review is created");
    stacks.discard(&ours).await.unwrap();
    assert_eq!(fake.status(STACK).as_deref(), Some("REVIEW_IN_PROGRESS"));
    stacks.discard(&theirs).await.unwrap();
    stacks.discard(&theirs).await.unwrap();
    assert_eq!((fake.status(STACK), fake.change_sets().len()), (None, 0));

    // What has been executed is not taken away.
    deployed(&stacks).await;
    let plan = stacks.plan(&request(3, &template(&[("First", "drei")]))).await.unwrap();
    stacks.execute(&plan, |_| ()).await.unwrap();
    stacks.discard(&plan).await.unwrap();
    assert_eq!(fake.status(STACK).as_deref(), Some("UPDATE_COMPLETE"));
}

#[tokio::test]
async fn what_cloudformation_does_not_take_is_said_with_a_remedy() {
    let (_fake, stacks) = fake().await;
    let good = template(&[("First", "one")]);
    let error = stacks
        .plan(&Request { stack_name: "acme_orders".to_owned(), ..request(1, &good) })
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r#"
    "acme_orders" cannot name a stack: a letter, then letters, digits and hyphens, at most 128 in all; rename the stack in wayleave.hcl
    "#);
    let error = stacks.plan(&Request { template: "{".to_owned(), ..request(1, &good) }).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    CloudFormation does not take the template of stack acme-orders: Template format error: JSON not well-formed. (line 1, column 1)
      change the template or its parameters
    ");
    let role = json!({"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {}}}});
    let error = stacks.plan(&Request { capabilities: Vec::new(), ..request(1, &role) }).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    the template of stack acme-orders needs a capability that it was not given: Requires capabilities : [CAPABILITY_NAMED_IAM]
    ");
    let large = json!({"Description": "x".repeat(60_000), "Resources": {"First": topic("one")}});
    let error = stacks.plan(&request(1, &large)).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    the template of stack acme-orders has 60102 bytes; over 51200 it goes by way of S3: name a bucket in the `state` block of zone.hcl
    ");
    let huge = json!({"Description": "x".repeat(1_100_000), "Resources": {"First": topic("one")}});
    let error = stacks.plan(&request(1, &huge)).await.unwrap_err();
    assert!(matches!(error, CloudFormationError::TooLarge { .. }), "{error:?}");
}
