//! The rules of each stage, as `zone.hcl` sets them.

use std::sync::Arc;

use landing_zone::{Policy, Source, StageName, Zone};
use pipeline_engine::executor::{Rules, RulesError};
use policies::{Bundle, Input, Pack};
use serde_json::json;

const ZONE: &str = r#"
organization {
  management_account = "999999999999"
  region             = "us-east-1"
  discover           = false
}
account "dev" { id = "111111111111" }
account "prd" { id = "222222222222" }
stage "dev" { accounts = ["dev"] }
stage "prd" { accounts = ["prd"] }
"#;

/// Every bucket and every queue is found; a bucket whose name is allowed is not.
const BUCKETS: &str = r#"# METADATA
# title: No buckets
# description: Why.
# custom:
#   id: T-S3-1
#   remedy: Do.
#   severity: high
#   category: Storage
#   parameters:
#     allowed: {default: ["logs"], description: Names of buckets.}
#   engines: [terraform]
package t.buckets

deny contains {"address": b.address, "message": "a bucket"} if {
	some b in input.resources.aws_s3_bucket
	not b.values.bucket in data.parameters["T-S3-1"].allowed
}
"#;
const QUEUES: &str = r#"# METADATA
# title: No queues
# description: Why.
# custom:
#   id: T-SQS-1
#   remedy: Do.
#   severity: low
#   category: Messages
#   engines: [terraform]
package t.queues

deny contains {"address": q.address, "message": "a queue"} if some q in input.resources.aws_sqs_queue
"#;

fn policy(block: &str) -> Policy {
    let source = Source::new("zone.hcl", format!("{ZONE}\npolicy {{\n{block}\n}}\n"));
    Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false))).0.policy
}

fn compile(block: &str) -> Result<Rules, RulesError> {
    let files = [("b.rego", BUCKETS), ("q.rego", QUEUES)];
    let pack = Pack::new("t", files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    Rules::compile(&policy(block), &[pack])
}

fn of<'r>(rules: &'r Rules, stage: &str) -> &'r Arc<Bundle> {
    rules.of(&StageName::parse(stage).unwrap())
}

/// What a plan with a bucket and a queue gives: rules and severities.
fn found(bundle: &Bundle) -> Vec<String> {
    let resource = |kind: &str, values: serde_json::Value| {
        json!({ "address": format!("{kind}.a"), "mode": "managed", "type": kind, "name": "a",
                "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": values })
    };
    let resources = [
        resource("aws_s3_bucket", json!({ "bucket": "files" })),
        resource("aws_sqs_queue", json!({ "name": "q" })),
    ];
    let plan =
        json!({ "format_version": "1.2", "planned_values": { "root_module": { "resources": resources } } });
    let scan = bundle.scan(&Input::Plan { json: &plan, configuration: None });
    assert_eq!(scan.errors, []);
    scan.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.severity)).collect()
}

#[test]
fn each_stage_is_judged_by_its_own_settings() {
    let block = r#"
      stage "dev" {
        skip = ["T-SQS-1"]
        rule "T-S3-1" { severity = "low" }
      }
      stage "prd" {
        severities = { "T-SQS-1" = "high" }
        rule "T-S3-1" { parameters = { allowed = ["files"] } }
      }
    "#;
    let rules = compile(block).unwrap();
    assert_eq!(found(of(&rules, "dev")), ["T-S3-1 low"]);
    assert_eq!(found(of(&rules, "prd")), ["T-SQS-1 high"]);
    assert_eq!(found(of(&rules, "stg")), ["T-S3-1 high", "T-SQS-1 low"]);
}

#[test]
fn the_digest_changes_with_any_setting_of_the_stage() {
    let digest = |block: &str, stage: &str| of(&compile(block).unwrap(), stage).digest().to_owned();
    let plain = digest("", "dev");
    let blocks = [
        r#"skip = ["T-SQS-1"]"#,
        r#"rules = ["T-SQS-1"]"#,
        r#"categories = ["Messages"]"#,
        r#"severities = { "T-SQS-1" = "high" }"#,
        r#"rule "T-S3-1" { parameters = { allowed = ["files"] } }"#,
        r#"min_severity = "high""#,
        "suppressions = false",
    ];
    let mut digests = vec![plain.clone()];
    for block in blocks {
        digests.push(digest(block, "dev"));
        let for_one = format!("stage \"dev\" {{\n{block}\n}}");
        assert_eq!(digest(&for_one, "dev"), digest(block, "dev"), "{block}");
        assert_eq!(digest(&for_one, "prd"), plain, "{block}");
    }
    let all = digests.len();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), all);
}

#[test]
fn stages_with_the_same_settings_share_their_rules() {
    let rules = compile(r#"stage "dev" {}"#).unwrap();
    assert!(Arc::ptr_eq(of(&rules, "dev"), of(&rules, "prd")));
}

#[test]
fn what_is_wrong_in_any_stage_is_told_once_and_at_once() {
    let block = r#"
      skip = ["T-S3-9"]
      stage "dev" {
        skip = ["T-SQS-2"]
      }
      stage "prd" {
        rule "T-S3-1" { parameters = { allowed = "files" } }
      }
    "#;
    let Err(RulesError::Settings(found)) = compile(block) else { panic!("is wrong") };
    let lines: Vec<_> = found.iter().map(|one| (one.line, one.message.as_str())).collect();
    let expected = [
        (14, "there is no rule \"T-S3-9\""),
        (16, "there is no rule \"T-SQS-2\""),
        (19, "the parameter `allowed` of the rule T-S3-1 is a string"),
    ];
    assert_eq!(lines, expected);
}
