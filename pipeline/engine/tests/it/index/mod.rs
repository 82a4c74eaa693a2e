//! The two indices: the same questions, the same answers.

mod answers;
mod bulk;

use std::path::Path;

use jiff::Timestamp;
use pipeline_core::Digest;
use pipeline_engine::audit::{
    Document, Fact, Finding, Level, Rule, Spool, State, Stream, User, Verdict, What,
};

use crate::audit::{at, context, run_id, spool, state, unit};

/// Fifteen records of a run and three of another, as the spool holds them.
async fn documents(data: &Path) -> Vec<Document> {
    let spool = spool(data);
    first_run(&spool).await;
    let mut second = context(run_id(2));
    second.author = None;
    second.change = None;
    let log = spool.writer(second).await.unwrap();
    log.record(1, vec![state(5, None, State::Queued), state(5, None, State::Cancelled)]).await.unwrap();
    log.unit(unit("other")).line_at(at(900_000), Stream::Stdout, "데이터베이스 생성 완료").await.unwrap();
    let mut documents = Vec::new();
    for run in [run_id(1), run_id(2)] {
        spool.settle(run).await.unwrap();
        let file = std::fs::read_to_string(spool.path(run)).unwrap();
        documents.extend(file.lines().map(|line| Document::parse(line).unwrap()));
    }
    documents
}

async fn first_run(spool: &Spool) {
    let log = spool.writer(context(run_id(1))).await.unwrap();
    let (network, mut session) = (unit("network"), unit("session"));
    "333333333333".clone_into(&mut session.account_id);
    "stg".clone_into(&mut session.account_name);
    "stg".clone_into(&mut session.stage);
    session.wave = 2;
    session.organizational_unit = None;
    log.record(1, vec![state(0, None, State::Queued), state(10, Some(network.clone()), State::Planning)])
        .await
        .unwrap();
    let lines = [
        "aws_s3_bucket.logs: Creating...",
        "aws_s3_bucket.logs: Creation complete after 3s [id=logs]",
        "Error: AccessDenied: User is not authorized to perform s3:CreateBucket",
        "access was denied to Straße 7",
        "ACCESS DENIED",
        "",
        "café — naïve “quotes”",
    ];
    for (millis, line) in (20..).zip(lines) {
        log.unit(network.clone()).line_at(at(millis), Stream::Stderr, line).await.unwrap();
    }
    log.unit(session.clone()).line_at(at(22), Stream::Stdout, "Access denied once more").await.unwrap();
    log.record(2, vec![finding(&network), verdict(), failed(&session), state(60_000, None, State::Failed)])
        .await
        .unwrap();
    log.note(state(61_000, Some(network), State::Skipped)).await.unwrap();
}

fn finding(unit: &pipeline_engine::audit::UnitContext) -> Fact {
    let (id, name, category) = ("s3_encrypted", "Buckets are encrypted", "Data Protection");
    let rule = Rule { id: id.to_owned(), name: name.to_owned(), category: category.to_owned() };
    let message = "bucket \"logs\" has no encryption".to_owned();
    let what = What::Finding(Finding { rule, level: Level::Warn, message, refuses: false, skipped: None });
    Fact { at: at(40), unit: Some(unit.clone()), what }
}

fn verdict() -> Fact {
    let what = What::Verdict(Verdict {
        approved: true,
        person: User { name: "hong".to_owned(), id: Some("U0HONG".to_owned()) },
        stage: "stg".to_owned(),
        digest: Digest::of(b"stage"),
        reason: None,
        source_ip: Some([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into()),
    });
    Fact { at: at(50_000), unit: None, what }
}

fn failed(unit: &pipeline_engine::audit::UnitContext) -> Fact {
    let at = Timestamp::from_millisecond(at(55_000).as_millisecond()).unwrap();
    let what = What::State {
        state: State::Failed,
        reason: Some("the change set is gone".to_owned()),
        duration: Some(std::time::Duration::from_secs(4)),
        by: None,
    };
    Fact { at, unit: Some(unit.clone()), what }
}
