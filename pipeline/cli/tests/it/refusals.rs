//! What a server refuses, and what its runs fail of: each time with words that say what to do.

use pipeline_engine::testing::github::{self, Webhook};
use pipeline_engine::testing::signed::{SignedRequest, hmac};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::site::{DEADLINE, Repository, Server, Site, unit, within};

const DEV: &str = "222222222222";
/// The account whose roles nobody may assume.
const LOCKED: &str = "444444444444";

const ACCOUNTS: &str = r#"
account "dev" { id = "222222222222" }
account "locked" { id = "444444444444" }
stage "dev" { accounts = ["dev"] }
stage "locked" { accounts = ["locked"] }
"#;

const QUIET: &str = r#"stack "quiet" {
  engine   = "cloudformation"
  path     = "."
  template = "template.json"
  stages   = ["dev"]
}
"#;

const TEMPLATE: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Level:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /level
      Type: String
      Value: info
"#;

const QUIET_TEMPLATE: &str = r#"{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Level": {
  "Type": "AWS::SSM::Parameter", "Properties": {"Name": "/level", "Type": "String", "Value": "info"}}}}"#;

const STAGES: [&str; 2] = ["dev", "locked"];

fn push(repository: &str) -> Webhook {
    github::push(repository, "main", &"1".repeat(40), &"2".repeat(40), "kim")
}

/// Signed as GitHub would, whatever the body.
fn raw(body: &str, delivery: &str) -> SignedRequest {
    let signature = hmac(github::WEBHOOK_SECRET, body.as_bytes());
    let mut signed = push("acme/infra").signed(delivery);
    signed.headers.retain(|(name, _)| *name != "x-hub-signature-256");
    signed.headers.push(("x-hub-signature-256", format!("sha256={signature}")));
    signed.body = body.as_bytes().to_vec();
    signed
}

/// The status line for a webhook that only announces its length: to send it all would race the refusal.
async fn announced(server: &Server, length: usize) -> String {
    let host = server.url.trim_start_matches("http://");
    let stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let mut stream = BufReader::new(stream);
    let head = format!(
        "POST /webhooks/github HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut line = String::new();
    within(DEADLINE, stream.read_line(&mut line)).await.unwrap();
    line.trim().to_owned()
}

/// An STS that refuses one account, and answers for others with keys that the emulator takes to be of the account.
struct Sts;

impl Respond for Sts {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body = String::from_utf8_lossy(&request.body);
        if body.contains(LOCKED) {
            let text = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
                 <Code>AccessDenied</Code><Message>User is not authorized to perform: sts:AssumeRole</Message></Error>\
                 <RequestId>1</RequestId></ErrorResponse>";
            return ResponseTemplate::new(403).set_body_raw(text, "text/xml");
        }
        if body.contains("GetCallerIdentity") {
            let text = format!(
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
                 <Arn>arn:aws:sts::{DEV}:assumed-role/r/b</Arn><UserId>A:b</UserId><Account>{DEV}</Account>\
                 </GetCallerIdentityResult></GetCallerIdentityResponse>"
            );
            return ResponseTemplate::new(200).set_body_raw(text, "text/xml");
        }
        let text = format!(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
             <AccessKeyId>{DEV}</AccessKeyId><SecretAccessKey>emulated</SecretAccessKey>\
             <SessionToken>emulated</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
             <AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId><Arn>arn:aws:sts::{DEV}:assumed-role/r/b</Arn>\
             </AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"
        );
        ResponseTemplate::new(200).set_body_raw(text, "text/xml")
    }
}

#[tokio::test]
async fn webhooks_that_are_not_taken_say_why() {
    let site = Site::new(&[]).await;
    let repository = site.repository("acme/infra");
    site.write_zone(&format!("{ACCOUNTS}{}", repository.block(&STAGES)));
    let server = site.serve().await;
    let sent = async |request: SignedRequest| server.send(request).await;
    let (status, body) = sent(push("acme/infra").signed_with("another secret", "d-1")).await;
    assert_eq!((status, detail(&body).contains("secret")), (401, true), "{body}");
    assert_eq!(announced(&server, (1 << 20) + 1).await, "HTTP/1.1 413 Payload Too Large");
    for malformed in ["{\"ref\": ", "", "\"no push\"", "{}"] {
        let (status, body) = sent(raw(malformed, "d-3")).await;
        assert_eq!((status, detail(&body).contains("push")), (400, true), "{malformed:?}: {body}");
    }
    let unknown = Webhook { event: "sponsorship", payload: json!({"action": "created"}) }.signed("d-5");
    let (status, body) = sent(unknown).await;
    assert_eq!((status, body["ignored"].is_string()), (200, true), "{body}");
    let (status, body) = sent(push("acme/stranger").signed("d-6")).await;
    assert_eq!(status, 200);
    assert!(body["ignored"].as_str().unwrap().contains("acme/stranger"), "{body}");
    let head = repository.head();
    server.push(&repository, "d-7", &head, &head).await;
    let again = github::push(repository.name, "main", &head, &head, "kim").signed("d-7");
    let (status, body) = sent(again).await;
    assert_eq!((status, &body["duplicate"]), (200, &json!(true)), "{body}");
    server.ended(&head).await;
    assert_eq!(server.runs().await.len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn runs_that_cannot_be_made_or_planned_say_why() {
    let mut site = Site::new(&[DEV]).await;
    let sts = MockServer::start().await;
    Mock::given(any()).respond_with(Sts).mount(&sts).await;
    site.set("AWS_ENDPOINT_URL_STS", &sts.uri());
    let (infra, gone, quiet) =
        (site.repository("acme/infra"), site.repository("acme/gone"), site.repository("acme/quiet"));
    let blocks: String = [&infra, &gone, &quiet].map(|repository| repository.block(&STAGES)).concat();
    site.write_zone(&format!("{ACCOUNTS}{blocks}"));
    let server = site.serve().await;
    a_branch_that_is_gone(&site, &server, &gone).await;
    a_stacks_file_with_errors(&site, &server, &infra).await;
    stacks_that_cannot_be_planned(&site, &server, &infra).await;
    a_template_that_says_the_same(&site, &server, &quiet).await;
    tells_how_runs_go(&server).await;
    server.stop().await;
}

/// Unasked, and without the chatter of libraries.
async fn tells_how_runs_go(server: &Server) {
    // A run's state is known before the log says so.
    server.says_times("run has ended", 11).await;
    let log = server.log_text();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |message: &str| lines.iter().filter(|line| line["fields"]["message"] == message).count();
    assert_eq!(told(&format!("serving on {}", server.url)), 1, "{log}");
    assert_eq!((told("run made"), told("run has ended")), (11, 11), "{log}");
    let own = |line: &&Value| {
        let target = line["target"].as_str().unwrap();
        ["wayleave", "webhook_server", "pipeline_engine"].iter().any(|name| target.starts_with(name))
    };
    assert_eq!(lines.iter().find(|line| line["level"] == "INFO" && !own(line)), None, "{log}");
}

async fn a_branch_that_is_gone(site: &Site, server: &Server, gone: &Repository) {
    let before = gone.head();
    let after = site.commit(gone, &[("wayleave.hcl", QUIET)]);
    gone.git(&["branch", "--move", "main", "other"]);
    server.push(gone, "gone-1", &before, &after).await;
    let reason = failed(server, &after).await;
    assert!(reason.contains("the branch main is gone"), "{reason}");
}

async fn a_stacks_file_with_errors(site: &Site, server: &Server, infra: &Repository) {
    let cases = [
        ("wrong-1", "stack \"one\" {\n  engine = \n}\n", "wayleave.hcl:2"),
        ("wrong-2", &QUIET.replace("\".\"", "\"../elsewhere\""), "wayleave.hcl:3"),
        ("wrong-3", &QUIET.replace("stages ", "stagse "), "wayleave.hcl:5"),
    ];
    for (delivery, text, place) in cases {
        let before = infra.head();
        let after = site.commit(infra, &[("wayleave.hcl", text)]);
        server.push(infra, delivery, &before, &after).await;
        let reason = failed(server, &after).await;
        assert!(reason.contains(place) && reason.contains('^'), "{place}: {reason}");
    }
}

/// Each in a run of its own: the first unit that fails ends a run's other plans.
async fn stacks_that_cannot_be_planned(site: &Site, server: &Server, infra: &Repository) {
    let broken = ("broken/main.tf", "resource \"terraform_data\" {\n  input = var.nobody\n}\n");
    let failing = ("failing/main.tf", "resource \"terraform_data\" \"it\" {\n  input = var.nobody\n}\n");
    let twisted = ("twisted/template.yaml", "Resources:\n  Level: {\n");
    let good = ("good/template.yaml", TEMPLATE);
    let role = "cannot assume arn:aws:iam::444444444444:role/WayleavePlan";
    let cases: [(&str, &str, &str, &str, &[&str]); 5] = [
        ("broken", "terraform", "dev", DEV, &["terraform init failed", "main.tf"]),
        ("failing", "terraform", "dev", DEV, &["terraform plan failed", "undeclared input variable"]),
        ("absent", "terraform", "dev", DEV, &["no Terraform root module", "correct the stack's path"]),
        ("twisted", "cloudformation", "dev", DEV, &["twisted/template.yaml"]),
        ("good", "cloudformation", "locked", LOCKED, &[role, "trust policy"]),
    ];
    for (stack, engine, stage, account, words) in cases {
        let stacks = format!(
            "stack \"{stack}\" {{\n  engine = \"{engine}\"\n  path = \"{stack}\"\n  stages = [\"{stage}\"]\n}}\n"
        );
        let before = infra.head();
        let after = site.commit(infra, &[("wayleave.hcl", &stacks), broken, failing, twisted, good]);
        server.push(infra, stack, &before, &after).await;
        let run = server.ended(&after).await;
        let unit = unit(&run, stack, account);
        assert_eq!((&run["state"], &unit["state"]), (&json!("failed"), &json!("failed")), "{run:#}");
        let reason = unit["reason"].as_str().unwrap();
        assert!(words.iter().all(|word| reason.contains(word)), "{words:?}: {reason}");
    }
}

async fn a_template_that_says_the_same(site: &Site, server: &Server, quiet: &Repository) {
    let first = quiet.head();
    let made = site.commit(quiet, &[("wayleave.hcl", QUIET), ("template.json", QUIET_TEMPLATE)]);
    server.push(quiet, "quiet-1", &first, &made).await;
    let run = server.ended(&made).await;
    assert_eq!(run["state"], "applied", "{run:#}");
    // In JSON, since the emulator takes no tag for a change, by which a comment in YAML is told from a real failure.
    let spaced = QUIET_TEMPLATE.replace(": ", " :\n  ");
    let same = site.commit(quiet, &[("template.json", &spaced)]);
    server.push(quiet, "quiet-2", &made, &same).await;
    let run = server.ended(&same).await;
    assert_eq!(run["state"], "unchanged", "{run:#}");
    assert_eq!(unit(&run, "quiet", DEV)["state"], "unchanged", "{run:#}");
}

async fn failed(server: &Server, commit: &str) -> String {
    let run = server.ended(commit).await;
    assert_eq!(run["state"], "failed", "{run:#}");
    run["reason"].as_str().unwrap().to_owned()
}

fn detail(problem: &Value) -> &str {
    problem["detail"].as_str().unwrap_or_default()
}
