//! `wayleave audit verify`, on a spool that the engine wrote.

use std::path::PathBuf;

use jiff::Timestamp;
use pipeline_core::RunId;
use pipeline_engine::audit::{Document, Fact, Redactor, RunContext, Spool, State, What};
use pipeline_engine::index::{Embedded, Index as _};
use serde_json::json;

use crate::here::Here;

const RUN: &str = "r-0192f0c1a2b37c4d8e5f60718293a4b5";

fn context(run: RunId) -> RunContext {
    RunContext {
        run,
        repository: "acme/infra".to_owned(),
        repository_url: "https://github.example/acme/infra.git".to_owned(),
        branch: "main".to_owned(),
        commit: "2".repeat(40),
        change: None,
        run_url: None,
        author: None,
        source_ip: None,
    }
}

/// A zone whose spool has one run of five records.
async fn recorded() -> (Here, PathBuf) {
    let here = Here::new().with("zone.hcl", include_str!("files/zone.hcl"));
    let run: RunId = RUN.parse().unwrap();
    let spool = Spool::open(&here.path().join("wayleave-data"), Redactor::new([])).unwrap();
    let log = spool.writer(context(run)).await.unwrap();
    for (number, state) in
        (1..).zip([State::Queued, State::Planning, State::Waiting, State::Applying, State::Applied])
    {
        let what = What::State { state, reason: None, duration: None, by: None };
        log.record(number, vec![Fact { at: Timestamp::UNIX_EPOCH, unit: None, what }]).await.unwrap();
    }
    spool.close(run).await.unwrap();
    let path = spool.path(run);
    (here, path)
}

fn damage(path: &PathBuf, how: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    how(&mut lines);
    std::fs::write(path, lines.join("\n") + "\n").unwrap();
}

#[tokio::test]
async fn a_whole_chain_is_told() {
    let (here, _) = recorded().await;
    insta::assert_snapshot!(here.run("audit verify").shown());
    let one = here.run(&format!("audit verify {} --format json", &RUN[..12])).json();
    assert_eq!(one["whole"], json!(true));
    assert_eq!(one["runs"][0]["records"], json!(5));
}

#[tokio::test]
async fn each_damage_is_named_with_its_place() {
    for (name, how) in [
        ("changed", (|lines| lines[2] = lines[2].replace("waiting", "walting")) as fn(&mut Vec<String>)),
        ("missing", |lines| drop(lines.remove(1))),
        ("twice", |lines| lines.insert(3, lines[2].clone())),
        ("torn", |lines| lines.push("{\"event\":".to_owned())),
    ] {
        let (here, path) = recorded().await;
        damage(&path, how);
        let ran = here.run("audit verify");
        assert_eq!(ran.code, 3, "{name}: {}", ran.shown());
        insta::assert_snapshot!(name, ran.shown());
    }
}

#[tokio::test]
async fn programs_get_the_kind_and_the_sequence() {
    let (here, path) = recorded().await;
    damage(&path, |lines| drop(lines.drain(1..3)));
    let ran = here.run("audit verify --format json");
    assert_eq!(ran.code, 3);
    insta::assert_json_snapshot!(ran.json());
}

#[tokio::test]
async fn the_index_must_end_where_the_spool_does() {
    let (here, path) = recorded().await;
    let without = here.run("audit verify --index");
    assert!(without.code == 1 && without.stderr.contains("there is no index"), "{}", without.shown());
    let lines = std::fs::read_to_string(&path).unwrap();
    let documents: Vec<Document> = lines.lines().map(|line| Document::parse(line).unwrap()).collect();
    let index = Embedded::open(&here.path().join("wayleave-data")).await.unwrap();
    index.put(&documents[..4]).await.unwrap();
    let behind = here.run("audit verify --index");
    assert_eq!(behind.code, 3);
    insta::assert_snapshot!("behind", behind.shown());
    index.put(&documents[4..]).await.unwrap();
    insta::assert_snapshot!("both", here.run("audit verify --index").shown());
}

#[test]
fn nothing_recorded_is_nothing_wrong() {
    let here = Here::new().with("zone.hcl", include_str!("files/zone.hcl"));
    let ran = here.run("audit verify");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "no records\n"));
    assert_eq!(here.run("audit verify r-12345678").code, 1);
    assert!(!here.path().join("wayleave-data").exists(), "a check makes nothing");
}
