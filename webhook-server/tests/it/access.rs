//! Who may look, and from where.

use reqwest::header::HeaderMap;

use crate::world::{World, problem};

const READ: [&str; 7] =
    ["/", "/accounts", "/audit", "/api/v1/runs", "/api/v1/accounts", "/api/v1/openapi.json", "/metrics"];

#[tokio::test]
async fn this_machine_may_look() {
    let world = World::new().await;
    for path in READ {
        assert_eq!(world.get(path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn what_a_proxy_passes_on_needs_a_token() {
    let world = World::new().await;
    let token = world.token("vera").await;
    for path in READ {
        let request = || world.http.get(world.url(path)).header("x-forwarded-for", "203.0.113.7");
        let refused = request().send().await.unwrap();
        assert!(matches!(refused.status().as_u16(), 401 | 403), "{path}: {}", refused.status());
        assert_eq!(request().bearer_auth(&token).send().await.unwrap().status(), 200, "{path}");
        assert_eq!(request().bearer_auth("wl_no").send().await.unwrap().status(), 401, "{path}");
    }
    let far = world.http.get(world.url("/api/v1/runs")).header("host", "wayleave.example");
    insta::assert_json_snapshot!("far", problem(far.send().await.unwrap(), 401).await);
}

#[tokio::test]
async fn a_wrong_token_is_refused_even_here() {
    let world = World::new().await;
    for value in ["Bearer wl_0000", "Basic a2ltOmtpbQ==", "Bearer"] {
        let request = world.http.get(world.url("/api/v1/runs")).header("authorization", value);
        let answer = request.send().await.unwrap();
        assert!(answer.headers().contains_key("www-authenticate"), "{value}");
        problem(answer, 401).await;
    }
}

#[tokio::test]
async fn everybody_may_probe() {
    let world = World::new().await;
    for path in ["/healthz", "/readyz"] {
        let request = world.http.get(world.url(path)).header("x-forwarded-for", "203.0.113.7");
        assert_eq!(request.send().await.unwrap().status(), 200, "{path}");
    }
    world.pipeline.store().close().await;
    assert_eq!(world.get("/healthz").await.status(), 200);
    problem(world.get("/readyz").await, 503).await;
}

#[tokio::test]
async fn pages_are_framed_by_nobody_and_run_no_foreign_script() {
    let world = World::new().await;
    let headers = world.get("/").await.headers().clone();
    let value = |headers: &HeaderMap, name: &str| headers[name].to_str().unwrap().to_owned();
    let policy = value(&headers, "content-security-policy");
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(value(&headers, "x-frame-options"), "DENY");
    assert_eq!(value(&headers, "x-content-type-options"), "nosniff");
    assert_eq!(value(world.get("/api/v1/runs").await.headers(), "x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn requests_are_counted_by_their_route() {
    let world = World::new().await;
    world.get("/api/v1/runs/r-00000000").await;
    let text = world.get("/metrics").await.text().await.unwrap();
    assert!(text.contains("wayleave_http_requests_total{"), "{text}");
    assert!(text.contains("route=\"/api/v1/runs/{id}\""), "{text}");
    assert!(!text.contains("r-00000000"), "{text}");
}
