use std::fmt::Write as _;

use pipeline_engine::audit::Ending;
use pipeline_engine::index::{Cursor, Elastic, Embedded, Flavour, Index, Order, Page, Put, Query, verify};
use pipeline_engine::testing::elasticsearch::Elasticsearch;

use super::documents;
use crate::audit::run_id;

const QUERIES: &[&str] = &[
    "",
    "denied",
    "Access",
    "\"access denied\"",
    "access denied",
    "acc*",
    "\"acc*\"",
    "aws_s3_bucket.lo*",
    "aws_s3_bucket.*",
    "s3_bucket",
    "strasse",
    "straße",
    "cafe",
    "CAFÉ naïve",
    "생성",
    "데이터*",
    "message:*",
    "message:\"not authorized\"",
    "cloud.account.id:333333333333",
    "cloud.account.id:3333*",
    "NOT cloud.account.id:*",
    "NOT (user.name:kim OR user.name:hong)",
    "user.name:Kim",
    "event.category:configuration",
    "event.category:conf*",
    "event.category:* AND NOT event.type:info",
    "event.type:denied OR event.type:allowed",
    "event.action:unit-* event.outcome:failure",
    "event.reason:\"the change set is gone\"",
    "event.reason:the*",
    "event.sequence:[3 TO 5]",
    "event.sequence:3 OR event.sequence:[15 TO *]",
    "event.duration:[4000000000 TO *]",
    "event.duration:[* TO *]",
    "wayleave.wave:2",
    "NOT wayleave.wave:[* TO 1]",
    "source.ip:2001:db8::1",
    "source.ip:\"192.0.2.7\" log.level:error",
    "source.ip:*",
    "rule.id:s3_encrypted",
    "rule.name:Buckets*",
    "vcs.change.id:17 NOT message:a*",
    "vcs.repository.url.full:https://github.example/acme/infra.git AND queued",
    "organization.unit:Workloads/NonProd AND NOT stderr AND event.action:stderr AND access",
    "@timestamp:2026-11-23 complete",
    "@timestamp:[2026-11-24 TO *]",
    "@timestamp:[2026-11-23T03:00:00.021Z TO 2026-11-23T03:00:00.022Z]",
    "@timestamp:[* TO 2026-11-23T03:00:00.0100001Z]",
    "wayleave.unit:session.* OR (rule.category:\"Data Protection\" AND s)",
    "ecs.version:8.17.0 event.kind:event event.provider:wayleave \"데이터베이스 생성\"",
];

/// Every query's answer in both orders, read in pages of five, as `run#sequence`.
async fn answers(index: &dyn Index) -> String {
    let mut all = String::new();
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let newest = pages(index, &query, Order::Newest).await;
        let mut oldest = pages(index, &query, Order::Oldest).await;
        oldest.reverse();
        assert_eq!(newest, oldest, "{text}");
        writeln!(all, "{text}\n    {}", newest.join(" ")).unwrap();
    }
    all
}

async fn pages(index: &dyn Index, query: &Query, order: Order) -> Vec<String> {
    let mut page = Page::first(5);
    page.order = order;
    let mut found = Vec::new();
    loop {
        let hits = index.search(query, &page).await.unwrap();
        found.extend(hits.records.iter().map(|record| {
            let Cursor { run, sequence, .. } = Cursor::of_record(record).unwrap();
            format!("{}#{sequence}", run.to_string().chars().last().unwrap())
        }));
        page.after = hits.next;
        if page.after.is_none() {
            assert_eq!(hits.total, found.len() as u64);
            return found;
        }
        assert_eq!(page.after.unwrap().to_string().parse(), Ok(page.after.unwrap()));
    }
}

async fn embedded(data: &std::path::Path) -> Embedded {
    let index = Embedded::open(data).await.unwrap();
    index.ready().await.unwrap();
    let documents = documents(data).await;
    let put = index.put(&documents).await.unwrap();
    assert_eq!(put, Put { indexed: 18, retried: 0, dead: 0 });
    index
}

#[tokio::test]
async fn the_embedded_index_answers() {
    let data = tempfile::tempdir().unwrap();
    let index = embedded(data.path()).await;
    insta::assert_snapshot!(answers(&index).await);
    for (run, records) in [(run_id(1), 15), (run_id(2), 3)] {
        assert_eq!(verify(&index, run, &Ending::Ended).await.unwrap(), []);
        assert_eq!(index.records(run, 0, 100).await.unwrap().len(), records);
    }
    // The same again changes nothing.
    index.put(&documents(tempfile::tempdir().unwrap().path()).await).await.unwrap();
    assert_eq!(index.search(&Query::All, &Page::first(1)).await.unwrap().total, 18);
}

#[tokio::test]
async fn elasticsearch_answers_the_same() {
    let data = tempfile::tempdir().unwrap();
    let embedded = embedded(data.path()).await;
    let node = Elasticsearch::for_tests().await.unwrap();
    let index = Elastic::new(node.url(), None, data.path()).unwrap();
    assert_eq!(index.search(&Query::All, &Page::first(1)).await.unwrap().total, 0);
    index.ready().await.unwrap();
    index.ready().await.unwrap();
    assert_eq!(index.flavour(), Some(Flavour::Unknown));

    let mut documents = documents(tempfile::tempdir().unwrap().path()).await;
    for _ in 0..2 {
        assert_eq!(index.put(&documents).await.unwrap(), Put { indexed: 18, retried: 0, dead: 0 });
    }
    index.refresh(run_id(1)).await.unwrap();
    pretty(&answers(&index).await, &answers(&embedded).await);
    for run in [run_id(1), run_id(2)] {
        assert_eq!(verify(&index, run, &Ending::Ended).await.unwrap(), []);
        assert_eq!(index.records(run, 1, 9).await.unwrap(), embedded.records(run, 1, 9).await.unwrap());
    }

    // What it rejects for good is put aside, once, and holds up nothing else.
    let rejected = &mut documents[3];
    rejected.source = rejected.source.replace("\"sequence\":4", "\"sequence\":\"four\"");
    rejected.id = "rejected".to_owned();
    for _ in 0..2 {
        assert_eq!(index.put(&documents).await.unwrap(), Put { indexed: 17, retried: 0, dead: 1 });
    }
    let aside = std::fs::read_to_string(data.path().join("dead-letters.ndjson")).unwrap();
    assert_eq!(aside.lines().count(), 1);
    let aside: serde_json::Value = serde_json::from_str(&aside).unwrap();
    assert!(aside["reason"].as_str().unwrap().contains("document_parsing_exception"), "{aside}");
    node.stop().await;
}

/// Compares line by line, so that a difference is readable.
fn pretty(left: &str, right: &str) {
    for (left, right) in
        left.lines().collect::<Vec<_>>().chunks(2).zip(right.lines().collect::<Vec<_>>().chunks(2))
    {
        assert_eq!(left, right);
    }
    assert_eq!(left, right);
}
