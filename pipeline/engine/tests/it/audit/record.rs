use std::time::Duration;

use pipeline_core::Digest;
use pipeline_engine::audit::{
    Category, EventType, Fact, Finding, Level, Rule, State, Stream, User, Verdict, What,
};
use serde_json::Value;

use super::{at, context, run_id, spool, state, unit};

async fn records(facts: Vec<Fact>) -> Vec<Value> {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let run = run_id(1);
    let log = spool.writer(context(run)).await.unwrap();
    log.record(1, facts).await.unwrap();
    let text = std::fs::read_to_string(spool.path(run)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn a_whole_record() {
    let mut unit = unit("network");
    unit.digest = Some(Digest::of(b"the plan"));
    let what = What::State {
        state: State::Applied,
        reason: Some("the password was hunter22".to_owned()),
        duration: Some(Duration::from_millis(1500)),
        by: None,
    };
    let [record] = records(vec![Fact { at: at(250), unit: Some(unit), what }]).await.try_into().unwrap();
    insta::assert_json_snapshot!(record);
}

#[tokio::test]
async fn the_other_kinds() {
    let rule = Rule {
        id: "s3_public".to_owned(),
        name: "Buckets are private".to_owned(),
        category: "Identity and Access Management".to_owned(),
    };
    let finding = Finding {
        rule,
        level: Level::Error,
        message: "the bucket is public".to_owned(),
        refuses: true,
        skipped: None,
    };
    let verdict = Verdict {
        approved: false,
        person: User { name: "hong".to_owned(), id: Some("U0HONG".to_owned()) },
        stage: "prd".to_owned(),
        digest: Digest::of(b"the stage"),
        reason: Some("not today".to_owned()),
        source_ip: None,
    };
    let webhook = What::Webhook {
        sender: "github".to_owned(),
        delivery: "github/1".to_owned(),
        event: "push".to_owned(),
        source_ip: None,
    };
    let records = records(vec![
        Fact { at: at(1), unit: None, what: webhook },
        Fact { at: at(2), unit: Some(unit("network")), what: What::Finding(finding) },
        Fact { at: at(3), unit: None, what: What::Verdict(verdict) },
        state(4, None, State::Refused),
    ])
    .await;
    let told: Vec<Value> = records
        .into_iter()
        .map(|mut record| {
            record["event"]["hash"] = "(hash)".into();
            serde_json::json!({
                "event": record["event"], "message": record["message"], "level": record["log"]["level"],
                "user": record["user"], "rule": record["rule"], "result": record["cicd"]["pipeline"]["result"],
            })
        })
        .collect();
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn every_state_is_told_in_values_that_ecs_allows_together() {
    // https://www.elastic.co/guide/en/ecs/current/ecs-allowed-values-event-category.html
    let allowed = |category: &str| match category {
        "process" => ["access", "change", "end", "info", "start"].as_slice(),
        "configuration" => ["access", "change", "creation", "deletion", "info"].as_slice(),
        _ => panic!("{category} is not expected here"),
    };
    let names = [
        "queued",
        "planning",
        "planned",
        "waiting",
        "applying",
        "applied",
        "unchanged",
        "refused",
        "failed",
        "cancelled",
        "superseded",
        "skipped",
    ];
    let facts = names.map(|name| state(0, None, State::parse(name).unwrap())).to_vec();
    for (record, name) in records(facts).await.iter().zip(names) {
        assert_eq!(record["event"]["action"], format!("run-{name}"));
        let category = record["event"]["category"][0].as_str().unwrap();
        let event_type = record["event"]["type"][0].as_str().unwrap();
        assert!(allowed(category).contains(&event_type), "{name}: {category} and {event_type}");
    }
    assert_eq!(State::parse("done"), None);
    assert_eq!(
        serde_json::to_value((Category::Api, EventType::Denied)).unwrap(),
        serde_json::json!(["api", "denied"])
    );
}

#[tokio::test]
async fn a_long_line_is_split_after_it_is_redacted() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let run = run_id(1);
    let log = spool.writer(context(run)).await.unwrap();
    // The secret lies across the place where the line is split, and the split falls within a character.
    let line = format!("{}hunter22{}", "x".repeat(32 * 1024 - 4), "é".repeat(20_000));
    log.unit(unit("network")).line(Stream::Stderr, line).await.unwrap();
    log.flush().await.unwrap();
    let text = std::fs::read_to_string(spool.path(run)).unwrap();
    let messages: Vec<Value> =
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["message"].take()).collect();
    let joined: String = messages.iter().map(|message| message.as_str().unwrap()).collect();
    assert_eq!(messages.len(), 3);
    assert_eq!(joined, format!("{}***{}", "x".repeat(32 * 1024 - 4), "é".repeat(20_000)));
}
