//! The API: reading runs, deciding on them, and each refusal.

use pipeline_core::Trigger;
use pipeline_engine::audit::Stream;
use serde_json::{Value, json};

use crate::world::{RUN, World, json, problem};

const UNIT: &str = "topics.333333333333.eu-west-1";

fn digest(run: &Value) -> String {
    run["waiting_for"]["digest"].as_str().unwrap().to_owned()
}

async fn run(world: &World) -> Value {
    json(world.get(&format!("/api/v1/runs/{RUN}")).await, 200).await
}

#[tokio::test]
async fn a_run_is_read_by_its_id_or_the_first_of_it() {
    let world = World::new().await;
    world.waiting_run().await;
    let whole = run(&world).await;
    insta::assert_json_snapshot!("run", whole, {".changed" => "[time]"});
    for text in [&RUN[..14], &RUN[2..10], &RUN[2..].to_uppercase()] {
        assert_eq!(json(world.get(&format!("/api/v1/runs/{text}")).await, 200).await, whole, "{text}");
    }
}

#[tokio::test]
async fn what_names_no_run_is_refused() {
    let world = World::new().await;
    world.waiting_run().await;
    let mut problems = Vec::new();
    for (text, status) in [("r-0192f0", 400), ("r-0192f0c%25", 400), ("r-00000000", 404), ("nonsense!", 400)]
    {
        problems.push(problem(world.get(&format!("/api/v1/runs/{text}")).await, status).await);
    }
    problems.push(problem(world.get(&format!("/api/v1/runs/{RUN}/units/none")).await, 404).await);
    problems.push(problem(world.get("/api/v1/runs?cursor=x").await, 400).await);
    problems.push(problem(world.get("/api/v1/runs?limit=many").await, 400).await);
    problems.push(problem(world.get("/api/v2").await, 404).await);
    problems.push(problem(world.post("/api/v1/accounts").send().await.unwrap(), 405).await);
    insta::assert_json_snapshot!("not_found", problems);
}

#[tokio::test]
async fn runs_are_paged_newest_first() {
    let world = World::new().await;
    let empty = json(world.get("/api/v1/runs").await, 200).await;
    assert_eq!(empty, json!({"runs": [], "next": null}));
    for digit in ["1", "2", "3"] {
        world.begin(&format!("r-0192f0c1a2b{digit}7c4d8e5f60718293a4b5")).await;
    }
    let first = json(world.get("/api/v1/runs?limit=2").await, 200).await;
    let ids = |page: &Value| -> Vec<String> {
        page["runs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|run| run["id"].as_str().unwrap()[12..15].to_owned())
            .collect()
    };
    assert_eq!(ids(&first), ["b37", "b27"]);
    let next = first["next"].as_str().unwrap();
    let second = json(world.get(&format!("/api/v1/runs?limit=2&cursor={next}")).await, 200).await;
    assert_eq!(ids(&second), ["b17"]);
    assert_eq!(second["next"], Value::Null);
    problem(world.get("/api/v1/runs/r-0192f0c1").await, 404).await;
}

#[tokio::test]
async fn a_units_changes_and_findings_are_read() {
    let world = World::new().await;
    world.waiting_run().await;
    let unit = json(world.get(&format!("/api/v1/runs/{RUN}/units/{UNIT}")).await, 200).await;
    insta::assert_json_snapshot!("unit", unit);
}

#[tokio::test]
async fn two_people_approve_what_they_looked_at() {
    let world = World::new().await;
    world.waiting_run().await;
    let body = json!({"stage": "prd", "digest": digest(&run(&world).await)});
    let (hong, lee) = (world.token("hong").await, world.token("lee").await);
    let once = json(world.act(&hong, "approve", &body).await, 200).await;
    assert_eq!((&once["waiting_for"]["have"], &once["approvals"][0]["person"]), (&json!(1), &json!("hong")));
    insta::assert_json_snapshot!("twice", problem(world.act(&hong, "approve", &body).await, 409).await);
    let both = json(world.act(&lee, "approve", &body).await, 200).await;
    assert_eq!((&both["waiting_for"], &both["state"]), (&Value::Null, &json!("applying")));
}

#[tokio::test]
async fn acts_that_do_not_fit_are_refused() {
    let world = World::new().await;
    world.waiting_run().await;
    let right = digest(&run(&world).await);
    let [kim, hong, lee, vera] = [
        world.token("kim").await,
        world.token("hong").await,
        world.token("lee").await,
        world.token("vera").await,
    ];
    let decision = |stage: &str, digest: &str| json!({"stage": stage, "digest": digest, "reason": "no"});
    let other = format!("sha256:{}", "0".repeat(64));
    let cases = [
        ("another digest", &hong, "approve", decision("prd", &other), 409),
        ("another digest", &hong, "reject", decision("prd", &other), 409),
        ("one's own change", &kim, "approve", decision("prd", &right), 403),
        ("no role", &vera, "approve", decision("prd", &right), 403),
        ("no role", &lee, "cancel", json!({"reason": ""}), 403),
        ("no such stage", &hong, "approve", decision("stg", &right), 409),
        ("a stage that does not wait", &hong, "approve", decision("dev", &right), 409),
        ("no digest", &hong, "approve", json!({"stage": "prd"}), 400),
        ("no reason", &hong, "reject", json!({"stage": "prd", "digest": right}), 400),
        ("a short digest", &hong, "approve", decision("prd", &right[..20]), 400),
        ("nothing failed", &hong, "retry", json!({}), 409),
    ];
    let mut refused = Vec::new();
    for (what, token, verb, body, status) in cases {
        let problem = problem(world.act(token, verb, &body).await, status).await;
        refused.push(json!({"case": what, "verb": verb, "problem": problem}));
    }
    insta::assert_json_snapshot!("refused_acts", refused);
    assert_eq!(run(&world).await["approvals"], json!([]));
}

#[tokio::test]
async fn nobody_acts_without_a_token() {
    let world = World::new().await;
    world.waiting_run().await;
    for verb in ["approve", "reject", "cancel", "retry"] {
        let answer = world.post(&format!("/api/v1/runs/{RUN}/{verb}")).body("{}").send().await.unwrap();
        problem(answer, 401).await;
    }
    problem(world.post("/api/v1/runs").body("{}").send().await.unwrap(), 401).await;
}

#[tokio::test]
async fn a_run_is_rejected_and_cancelled_with_reasons() {
    let world = World::new().await;
    world.waiting_run().await;
    let hong = world.token("hong").await;
    let body = json!({"stage": "prd", "digest": digest(&run(&world).await), "reason": "not on a Friday"});
    let rejected = json(world.act(&hong, "reject", &body).await, 200).await;
    assert_eq!(rejected["state"], json!("refused"));
    assert!(rejected["reason"].as_str().unwrap().contains("not on a Friday"), "{rejected}");
    let late = problem(world.act(&hong, "cancel", &json!({})).await, 409).await;
    insta::assert_json_snapshot!("ended", late);
}

#[tokio::test]
async fn a_run_is_started_by_an_operator_where_the_zone_lets_it() {
    let world = World::new().await;
    let (hong, vera) = (world.token("hong").await, world.token("vera").await);
    let start = async |token: &str, body: &str| {
        world.post("/api/v1/runs").bearer_auth(token).body(body.to_owned()).send().await.unwrap()
    };
    let started = json(start(&hong, r#"{"repository": "acme/infra"}"#).await, 202).await;
    assert!(started["delivery"].as_str().unwrap().starts_with("api/"), "{started}");
    let open = world.pipeline.store().open_deliveries(10).await.unwrap();
    assert!(matches!(&open[0].trigger, Trigger::Start { branch, .. } if branch == "main"));
    problem(start(&hong, r#"{"repository": "acme/other"}"#).await, 404).await;
    problem(start(&hong, r#"{"repository": "acme"}"#).await, 400).await;
    problem(start(&hong, "").await, 400).await;
    problem(start(&vera, r#"{"repository": "acme/infra"}"#).await, 403).await;
}

#[tokio::test]
async fn accounts_are_listed() {
    let world = World::new().await;
    insta::assert_json_snapshot!("accounts", json(world.get("/api/v1/accounts").await, 200).await);
}

#[tokio::test]
async fn everything_that_is_described_is_served() {
    let world = World::new().await;
    let document = json(world.get("/api/v1/openapi.json").await, 200).await;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let path = path.replace("{id}", "r-00000000").replace("{unit}", "u").replace("{forge}", "github");
            let method = method.to_uppercase().parse().unwrap();
            let answer = world.http.request(method, world.url(&path)).send().await.unwrap();
            let (status, text) = (answer.status(), answer.text().await.unwrap());
            assert_ne!(status, 405, "{path}");
            assert!(!text.contains("nothing at this address"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_log_is_read_in_pages_or_whole_as_text() {
    let world = World::new().await;
    world.waiting_run().await;
    let path = format!("/api/v1/runs/{RUN}/units/{UNIT}/log");
    assert_eq!(json(world.get(&path).await, 200).await, json!({"lines": [], "next": null}));
    let lines =
        [(Stream::Stdout, "one\u{1b}[31m"), (Stream::Stderr, "<b>two</b>"), (Stream::Stdout, "three")];
    world.write(&lines).await;

    let first = json(world.get(&format!("{path}?limit=2")).await, 200).await;
    let texts = |page: &Value| -> Vec<String> {
        page["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["text"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(texts(&first)[1], "<b>two</b>");
    let next = first["next"].as_u64().unwrap();
    let second = json(world.get(&format!("{path}?limit=2&from={next}")).await, 200).await;
    assert_eq!((texts(&second), &second["next"]), (vec!["three".to_owned()], &Value::Null));
    let other = json(world.get(&path.replace("333333333333", "222222222222")).await, 200).await;
    assert_eq!(texts(&other), [""; 0]);

    let text = world.http.get(world.url(&path)).header("accept", "text/plain").send().await.unwrap();
    assert_eq!(text.headers()["content-type"], "text/plain; charset=utf-8");
    let text = text.text().await.unwrap();
    assert_eq!((text.lines().count(), text.lines().last()), (3, Some("three")));
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let html = world.get(&format!("/runs/{RUN}")).await.text().await.unwrap();
    assert!(html.contains("&#60;b&#62;two&#60;/b&#62;"), "{html}");
}
