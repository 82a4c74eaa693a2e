use std::collections::BTreeMap;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::Tag;
use jiff::SignedDuration;
use serde_json::{Value, json};
use wiremock::matchers::{body_partial_json, header};
use wiremock::{Mock, MockServer, ResponseTemplate};

use landing_zone::Account;
use pipeline_engine::organizations::{DiscoverError, DiscoveryCache, discover};
use pipeline_engine::testing::moto::Moto;

use crate::aws::aws_at;

async fn unit(client: &Client, parent: &str, name: &str) -> String {
    let made = client.create_organizational_unit().parent_id(parent).name(name).send().await.unwrap();
    made.organizational_unit.and_then(|unit| unit.id).unwrap()
}

async fn account(client: &Client, root: &str, parent: &str, name: &str, tags: &[(&str, &str)]) -> String {
    let tags = tags.iter().map(|(key, value)| Tag::builder().key(*key).value(*value).build().unwrap());
    let call = client.create_account().account_name(name).email(format!("{name}@example.com"));
    let made = call.set_tags(Some(tags.collect())).send().await.unwrap();
    let id = made.create_account_status.and_then(|status| status.account_id).unwrap();
    if parent != root {
        let call = client.move_account().account_id(&id).source_parent_id(root).destination_parent_id(parent);
        call.send().await.unwrap();
    }
    id
}

/// An organization with nested units, tags, and an account that is closed. moto takes a second for each account, so that
/// there are few; pages have a test of their own.
async fn organization(client: &Client) -> Vec<(String, String)> {
    client.create_organization().send().await.unwrap();
    let roots = client.list_roots().send().await.unwrap();
    let root = roots.roots()[0].id().unwrap().to_owned();
    let workloads = unit(client, &root, "Workloads").await;
    let prod = unit(client, &workloads, "Prod").await;
    let mut expected = Vec::new();
    account(client, &root, &root, "log", &[]).await;
    expected.push(("log".to_owned(), String::new()));
    account(client, &root, &workloads, "shared", &[]).await;
    expected.push(("shared".to_owned(), "Workloads".to_owned()));
    for number in 0..3 {
        let name = format!("prd-{number:02}");
        account(client, &root, &prod, &name, &[("env", "prd"), ("number", &number.to_string())]).await;
        expected.push((name, "Workloads/Prod".to_owned()));
    }
    let closed = account(client, &root, &prod, "closed", &[]).await;
    client.close_account().account_id(closed).send().await.unwrap();
    expected
}

#[tokio::test]
async fn every_active_account_is_found_with_its_unit_and_tags() {
    let moto = Moto::for_tests().await.unwrap();
    let aws = aws_at(&moto.url()).await;
    let expected = organization(&Client::new(aws.config())).await;

    let found = discover(aws.config()).await.unwrap();
    let place = |account: &Account| account.ou.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut found_places: Vec<(String, String)> =
        found.iter().map(|account| (account.name.to_string(), place(account))).collect();
    found_places.sort();
    let mut expected = expected;
    expected.push(("master".to_owned(), String::new()));
    expected.sort();
    assert_eq!(found_places, expected);
    let third = found.iter().find(|account| account.name.as_str() == "prd-02").unwrap();
    let tags = [("env", "prd"), ("number", "2")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(third.tags, BTreeMap::from(tags));
    assert!(found.is_sorted_by(|one, other| one.id < other.id));

    // What was found outlives an outage: moto is gone, and the accounts are not.
    let data = tempfile::tempdir().unwrap();
    let cache = DiscoveryCache::new(data.path());
    let asked = cache.refresh(aws.config(), SignedDuration::ZERO).await.unwrap();
    assert_eq!(asked.accounts, found);
    moto.stop().await;
    let kept = cache.refresh(aws.config(), SignedDuration::ZERO).await.unwrap();
    assert_eq!(kept, asked);
}

#[tokio::test]
async fn without_an_organization_the_error_says_so_and_a_broken_cache_is_asked_anew() {
    let moto = Moto::for_tests().await.unwrap();
    let aws = aws_at(&moto.url()).await;
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("organization.json"), "{").unwrap();
    let error =
        DiscoveryCache::new(data.path()).refresh(aws.config(), SignedDuration::MAX).await.unwrap_err();
    assert!(
        matches!(&error, DiscoverError::Call { source }
        if source.is_code("AWSOrganizationsNotInUseException")),
        "{error:?}"
    );
    moto.stop().await;
}

fn on(operation: &str, body: &Value) -> wiremock::MockBuilder {
    let target = format!("AWSOrganizationsV20161128.{operation}");
    Mock::given(header("x-amz-target", target.as_str())).and(body_partial_json(body))
}

fn page(name: &str, items: &[Value], next: Option<&str>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({name: items, "NextToken": next}))
}

fn listed(number: u32, state: &str) -> Value {
    json!({"Id": format!("{number:012}"), "Name": format!("account {number}"), "State": state})
}

#[tokio::test]
async fn every_page_is_read_and_a_throttled_call_is_tried_again() {
    let server = MockServer::start().await;
    let throttled = json!({"__type": "TooManyRequestsException", "Message": "slow down"});
    let throttled = ResponseTemplate::new(400).set_body_json(throttled);
    on("ListRoots", &json!({})).respond_with(throttled).up_to_n_times(3).mount(&server).await;
    on("ListRoots", &json!({}))
        .respond_with(page("Roots", &[json!({"Id": "r-1"})], None))
        .mount(&server)
        .await;
    let (root, unit) = (json!({"ParentId": "r-1"}), json!({"ParentId": "ou-1"}));
    let units = [json!({"Id": "ou-1", "Name": "Sandbox"})];
    on("ListOrganizationalUnitsForParent", &root)
        .respond_with(page("OrganizationalUnits", &units, None))
        .mount(&server)
        .await;
    on("ListOrganizationalUnitsForParent", &unit)
        .respond_with(page("OrganizationalUnits", &[], None))
        .mount(&server)
        .await;
    on("ListAccountsForParent", &root).respond_with(page("Accounts", &[], None)).mount(&server).await;
    on("ListAccountsForParent", &json!({"ParentId": "ou-1", "NextToken": "second"}))
        .respond_with(page("Accounts", &[listed(3, "ACTIVE")], None))
        .with_priority(1)
        .mount(&server)
        .await;
    let first = [listed(1, "ACTIVE"), listed(2, "SUSPENDED")];
    on("ListAccountsForParent", &unit)
        .respond_with(page("Accounts", &first, Some("second")))
        .mount(&server)
        .await;
    let tags = [json!({"Key": "env", "Value": "dev"})];
    on("ListTagsForResource", &json!({})).respond_with(page("Tags", &tags, None)).mount(&server).await;

    let found = discover(aws_at(&server.uri()).await.config()).await.unwrap();
    let ids: Vec<&str> = found.iter().map(|account| account.id.as_str()).collect();
    assert_eq!(ids, ["000000000001", "000000000003"]);
    assert!(found.iter().all(|account| account.ou.as_ref().is_some_and(|ou| ou.as_str() == "Sandbox")));
    assert!(found.iter().all(|account| account.tags["env"] == "dev"));
}
