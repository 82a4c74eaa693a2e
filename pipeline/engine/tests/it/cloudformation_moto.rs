use std::collections::BTreeMap;

use aws_config::SdkConfig;
use landing_zone::AccountId;
use pipeline_core::{Action, ChangeCounts, UnitId};
use pipeline_engine::aws::Aws;
use pipeline_engine::cloudformation::{
    CloudFormation, CloudFormationError, Kind, MissingResource, Outcome, Pace, Request,
};
use pipeline_engine::s3::Bucket;
use pipeline_engine::sts::Sessions;
use pipeline_engine::testing::moto::Moto;
use serde_json::{Value, json};

use crate::aws::{DEV, PRD, aws_at, region, run, session};

fn request(account: &str, attempt: u32, template: &str, parameters: &[(&str, &str)]) -> Request {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    Request {
        run: run(),
        unit: UnitId::parse(&format!("events.{account}.ap-northeast-2")).unwrap(),
        attempt,
        stack_name: "wayleave-events".to_owned(),
        template: template.to_owned(),
        parameters: parameters.iter().map(owned).collect(),
        tags: BTreeMap::from([("team".to_owned(), "platform".to_owned())]),
        service_role: None,
        capabilities: Request::CAPABILITIES.to_vec(),
    }
}

fn stream(name: &Value) -> Value {
    json!({"Type": "AWS::Kinesis::Stream", "Properties": {"Name": name, "ShardCount": 1}})
}

fn template(resources: &Value, parameters: &Value) -> String {
    json!({"AWSTemplateFormatVersion": "2010-09-09", "Parameters": parameters, "Resources": resources})
        .to_string()
}

async fn streams(config: &SdkConfig) -> Vec<String> {
    aws_sdk_kinesis::Client::new(config).list_streams().send().await.unwrap().stream_names
}

async fn retention(config: &SdkConfig) -> i32 {
    let name = streams(config).await.remove(0);
    let client = aws_sdk_kinesis::Client::new(config);
    let summary = client.describe_stream_summary().stream_name(name).send().await.unwrap();
    summary.stream_description_summary.unwrap().retention_period_hours
}

fn stacks(config: &SdkConfig) -> CloudFormation {
    CloudFormation::new(config).with_pace(Pace::immediate())
}

/// One moto for all, since starting it costs more than all that is asked of it; each case has accounts of its own.
#[tokio::test]
async fn change_sets_on_moto() {
    let moto = Moto::for_tests().await.unwrap();
    let sessions = Sessions::new(aws_at(&moto.url()).await);
    a_stack_is_made_and_changed_in_the_assumed_account_alone(&sessions).await;
    a_parameter_alone_is_a_change_and_the_same_parameter_is_none(&sessions, "444444444444").await;
    a_type_that_is_skipped_in_silence_is_named(&sessions, "555555555555").await;
    a_discarded_plan_leaves_neither_change_set_nor_empty_stack(&sessions, "666666666666").await;
    a_large_template_goes_by_way_of_the_bucket(&sessions, "777777777777").await;
    moto.stop().await;
}

async fn a_stack_is_made_and_changed_in_the_assumed_account_alone(sessions: &Sessions) {
    let (dev, prd) = (sessions.config(session(DEV)), sessions.config(session(PRD)));
    let stacks = stacks(&dev);

    let one = template(&json!({"Orders": stream(&json!("orders"))}), &json!({}));
    let plan = stacks.plan(&request(DEV, 1, &one, &[])).await.unwrap();
    assert_eq!((plan.kind, plan.no_changes()), (Kind::Create, false));
    assert_eq!(plan.changes.counts(), ChangeCounts { create: 1, ..ChangeCounts::default() });
    assert_eq!(streams(&dev).await, [""; 0], "a plan makes nothing");
    let mut lines = Vec::new();
    let outcome = stacks.execute(&plan, |event| lines.push(event.to_string())).await.unwrap();
    assert!(
        matches!(&outcome, Outcome::Complete { status } if status.as_str() == "CREATE_COMPLETE"),
        "{outcome:?}"
    );
    assert_eq!(streams(&dev).await, ["orders"]);
    assert_eq!(streams(&prd).await, [""; 0], "the other account has none of it");
    insta::assert_snapshot!(lines.join("\n"), @r"
    CREATE_IN_PROGRESS AWS::CloudFormation::Stack wayleave-events: User Initiated
    CREATE_COMPLETE AWS::CloudFormation::Stack wayleave-events
    ");

    // Doing it twice is doing it once.
    let again = stacks.execute(&plan, |_| ()).await.unwrap();
    assert_eq!(again, outcome);

    // The same again changes nothing, whatever its run, and leaves no change set.
    let same = stacks.plan(&request(DEV, 2, &one, &[])).await.unwrap();
    assert!(same.no_changes() && same.changes.is_empty(), "{same:?}");
    assert_eq!(stacks.execute(&same, |_| ()).await.unwrap(), Outcome::Unchanged);

    let two = template(&json!({"Payments": stream(&json!("payments"))}), &json!({}));
    let plan = stacks.plan(&request(DEV, 3, &two, &[])).await.unwrap();
    assert_eq!(plan.kind, Kind::Update);
    assert_eq!(plan.changes.counts(), ChangeCounts { create: 1, delete: 1, ..ChangeCounts::default() });
    let outcome = stacks.execute(&plan, |_| ()).await.unwrap();
    assert!(
        matches!(&outcome, Outcome::Complete { status } if status.as_str() == "UPDATE_COMPLETE"),
        "{outcome:?}"
    );
    assert_eq!(streams(&dev).await, ["payments"]);
}

async fn a_parameter_alone_is_a_change_and_the_same_parameter_is_none(sessions: &Sessions, account: &str) {
    let config = sessions.config(session(account));
    let stacks = stacks(&config);
    let parameters =
        json!({"Hours": {"Type": "Number"}, "Token": {"Type": "String", "NoEcho": true, "Default": "t"}});
    let orders = json!({"Type": "AWS::Kinesis::Stream",
        "Properties": {"ShardCount": 1, "RetentionPeriodHours": {"Ref": "Hours"}}});
    let text = template(&json!({"Orders": orders}), &parameters);

    let error = stacks.plan(&request(account, 1, &text, &[("Huors", "24")])).await.unwrap_err();
    assert!(matches!(error, CloudFormationError::Parameters { .. }), "{error:?}");
    insta::assert_snapshot!(error, @r"
    the parameters of stack wayleave-events do not fit its template: no value for Hours; no parameter named Huors
      set `parameters` in wayleave.hcl, or give the template defaults
    ");

    let plan = stacks.plan(&request(account, 1, &text, &[("Hours", "24"), ("Token", "hush")])).await.unwrap();
    assert!(!plan.canonical.contains("hush"), "the value of a NoEcho parameter is not in the plan");
    stacks.execute(&plan, |_| ()).await.unwrap();
    assert_eq!(retention(&config).await, 24);
    let plan = stacks.plan(&request(account, 2, &text, &[("Hours", "24"), ("Token", "hush")])).await.unwrap();
    assert!(plan.no_changes(), "{plan:?}");
    let plan = stacks.plan(&request(account, 3, &text, &[("Hours", "48"), ("Token", "hush")])).await.unwrap();
    assert!(!plan.no_changes() && plan.changes.other && !plan.changes.is_empty(), "{plan:?}");
    assert!(plan.changes.resources.is_empty(), "moto shows none: {plan:?}");
    stacks.execute(&plan, |_| ()).await.unwrap();
    assert_eq!(retention(&config).await, 48);
}

async fn a_type_that_is_skipped_in_silence_is_named(sessions: &Sessions, account: &str) {
    let config = sessions.config(session(account));
    let stacks = stacks(&config);
    let alarm = json!({"Type": "AWS::CloudWatch::Alarm", "Properties": {"EvaluationPeriods": 1}});
    let text = template(&json!({"Orders": stream(&json!("orders")), "Late": alarm}), &json!({}));
    let plan = stacks.plan(&request(account, 1, &text, &[])).await.unwrap();
    let actions: Vec<_> =
        plan.changes.resources.iter().map(|change| (change.address.as_str(), change.action)).collect();
    assert_eq!(actions, [("Late", Action::Create), ("Orders", Action::Create)]);
    let outcome = stacks.execute(&plan, |_| ()).await.unwrap();
    let late = MissingResource { logical_id: "Late".to_owned(), kind: "AWS::CloudWatch::Alarm".to_owned() };
    assert_eq!(outcome, Outcome::Incomplete { missing: vec![late] });
}

async fn a_discarded_plan_leaves_neither_change_set_nor_empty_stack(sessions: &Sessions, account: &str) {
    let config = sessions.config(session(account));
    let stacks = stacks(&config);
    let text = template(&json!({"Orders": stream(&json!("orders"))}), &json!({}));
    let plan = stacks.plan(&request(account, 1, &text, &[])).await.unwrap();
    stacks.discard(&plan).await.unwrap();
    stacks.discard(&plan).await.unwrap();
    let client = aws_sdk_cloudformation::Client::new(&config);
    assert_eq!(client.describe_stacks().send().await.unwrap().stacks(), []);
    assert_eq!(client.list_change_sets().stack_name("wayleave-events").send().await.unwrap().summaries(), []);
    let outcome = stacks.execute(&plan, |_| ()).await.unwrap();
    assert!(matches!(outcome, Outcome::Gone(_)), "{outcome:?}");
}

async fn a_large_template_goes_by_way_of_the_bucket(sessions: &Sessions, account: &str) {
    let config = sessions.config(session(account));
    let stacks = stacks(&config);
    let padding: String = "x".repeat(60_000);
    let text = json!({"Description": padding, "Resources": {"Orders": stream(&json!("orders"))}}).to_string();
    let error = stacks.plan(&request(account, 1, &text, &[])).await.unwrap_err();
    assert!(matches!(error, CloudFormationError::NoBucket { .. }), "{error:?}");

    let bucket = Bucket::new(&config, "state-dev", AccountId::parse(account).unwrap(), region());
    let stacks = stacks.with_templates(bucket);
    let error = stacks.plan(&request(account, 1, &text, &[])).await.unwrap_err();
    assert!(matches!(error, CloudFormationError::Bucket(_)), "{error:?}");
    crate::s3::make_bucket(&Aws::s3(&config), "state-dev").await;
    let plan = stacks.plan(&request(account, 1, &text, &[])).await.unwrap();
    let outcome = stacks.execute(&plan, |_| ()).await.unwrap();
    assert!(matches!(outcome, Outcome::Complete { .. }), "{outcome:?}");
    assert_eq!(streams(&config).await, ["orders"]);
}
