use pipeline_engine::index::Page;
use pipeline_engine::index::{Elastic, Flavour, Index, IndexError, Put, Query};
use reqwest::Url;
use serde_json::{Value, json};
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::documents;

fn index(server: &MockServer, data: &std::path::Path) -> Elastic {
    Elastic::new(&Url::parse(&format!("{}/search", server.uri())).unwrap(), None, data).unwrap()
}

fn items(statuses: &[u16]) -> ResponseTemplate {
    let items: Vec<Value> = statuses
        .iter()
        .map(|status| json!({"index": {"_id": "x", "status": status, "error": {"type": "some_exception"}}}))
        .collect();
    ResponseTemplate::new(200).set_body_json(json!({"errors": true, "items": items}))
}

fn lines(request: &Request) -> usize {
    request.body.iter().filter(|byte| **byte == b'\n').count()
}

#[tokio::test]
async fn only_what_was_refused_for_now_is_sent_again() {
    let (server, data) = (MockServer::start().await, tempfile::tempdir().unwrap());
    let bulk = || Mock::given(method("POST")).and(path("/search/_bulk"));
    // 201 and 409 are in, 429 and 503 come again, 400 is put aside.
    bulk().respond_with(items(&[201, 429, 400, 409, 503])).up_to_n_times(1).mount(&server).await;
    bulk().respond_with(items(&[200, 429])).up_to_n_times(1).mount(&server).await;
    bulk().respond_with(items(&[201])).up_to_n_times(1).mount(&server).await;
    let documents = documents(data.path()).await;
    let put = index(&server, data.path()).put(&documents[..5]).await.unwrap();
    assert_eq!(put, Put { indexed: 4, retried: 3, dead: 1 });
    let sent: Vec<usize> = server.received_requests().await.unwrap().iter().map(lines).collect();
    assert_eq!(sent, [10, 4, 2]);
    let aside = std::fs::read_to_string(data.path().join("dead-letters.ndjson")).unwrap();
    assert!(aside.contains(&documents[2].id) && aside.contains("some_exception"), "{aside}");
}

#[tokio::test]
async fn a_request_that_is_too_large_is_halved() {
    let (server, data) = (MockServer::start().await, tempfile::tempdir().unwrap());
    let bulk = || Mock::given(method("POST")).and(path("/search/_bulk"));
    let documents = documents(data.path()).await;
    // All four, then the second two, then the last of them alone are too large.
    let too_large = |id: &str| bulk().and(body_string_contains(id)).respond_with(ResponseTemplate::new(413));
    too_large(&documents[3].id).mount(&server).await;
    bulk().respond_with(|request: &Request| items(&vec![201; lines(request) / 2])).mount(&server).await;
    let put = index(&server, data.path()).put(&documents[..4]).await.unwrap();
    assert_eq!(put, Put { indexed: 3, retried: 0, dead: 1 });
}

#[tokio::test]
async fn the_two_are_told_apart_by_asking() {
    let check = async |root: ResponseTemplate, expected: Flavour| {
        let (server, data) = (MockServer::start().await, tempfile::tempdir().unwrap());
        Mock::given(method("GET")).and(path("/search/")).respond_with(root).mount(&server).await;
        let created = ResponseTemplate::new(200).set_body_json(json!({"acknowledged": true}));
        Mock::given(method("PUT"))
            .and(path("/search/_index_template/wayleave-audit"))
            .respond_with(created)
            .expect(1)
            .mount(&server)
            .await;
        let index = index(&server, data.path());
        index.ready().await.unwrap();
        assert_eq!(index.flavour(), Some(expected));
    };
    let version = |version: Value| ResponseTemplate::new(200).set_body_json(json!({ "version": version }));
    check(version(json!({"number": "8.19.21"})), Flavour::Elasticsearch).await;
    check(version(json!({"number": "2.19.0", "distribution": "opensearch"})), Flavour::OpenSearch).await;
    check(ResponseTemplate::new(405), Flavour::Unknown).await;
    check(ResponseTemplate::new(403), Flavour::Unknown).await;
    check(ResponseTemplate::new(200).set_body_string("<html>"), Flavour::Unknown).await;
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let check = async |answer: ResponseTemplate| {
        let (server, data) = (MockServer::start().await, tempfile::tempdir().unwrap());
        Mock::given(method("POST")).respond_with(answer).mount(&server).await;
        index(&server, data.path()).search(&Query::All, &Page::first(1)).await.unwrap_err()
    };
    assert!(matches!(check(ResponseTemplate::new(401)).await, IndexError::Refused { status: 401 }));
    assert!(matches!(check(ResponseTemplate::new(429)).await, IndexError::Busy { status: 429 }));
    assert!(matches!(check(ResponseTemplate::new(503)).await, IndexError::Busy { status: 503 }));
    assert!(matches!(check(ResponseTemplate::new(400)).await, IndexError::Rejected { status: 400, .. }));
    assert!(matches!(check(ResponseTemplate::new(200).set_body_string("x")).await, IndexError::Answer(_)));

    let data = tempfile::tempdir().unwrap();
    let url = Url::parse("http://user:secret@127.0.0.1:1/").unwrap();
    let error = Elastic::new(&url, None, data.path()).unwrap().ready().await.unwrap_err();
    assert!(matches!(error, IndexError::Unreachable { .. }) && error.is_transient());
    assert!(!format!("{error} {error:?}").contains("secret"));
}
