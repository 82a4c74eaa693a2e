//! A server that judges by a pack of a repository's commit, and what the files of a change suppress.

use serde_json::{Value, json};

use crate::site::{self, Repository, Server, Site, unit};

const DEV: &str = "222222222222";
const STRICT: &str = "333333333333";

const ACCOUNTS: &str = r#"
account "dev" { id = "222222222222" }
account "strict" { id = "333333333333" }
stage "dev" { accounts = ["dev"] }
stage "strict" { accounts = ["strict"] }
"#;

/// Whatever says that it is open is refused.
const RULE: &str = r#"# METADATA
# title: Nothing is open
# description: What is open is open to all.
# custom:
#   id: ACME-1
#   remedy: Close it.
#   severity: high
#   category: Doors
#   engines: [terraform, cloudformation]
package acme.open

attributes := {"terraform_data": "input", "aws_ssm_parameter": "value"}

deny contains {"address": it.address, "message": "it is open"} if {
	some kind, attribute in attributes
	some it in input.resources[kind]
	it.values[attribute] == "open"
}
"#;

fn stacks(stages: &str) -> String {
    format!(
        "stack \"state\" {{\n  engine = \"terraform\"\n  path = \"state\"\n  stages = [{stages}]\n}}\n\
         stack \"level\" {{\n  engine = \"cloudformation\"\n  path = \"level\"\n  stages = [{stages}]\n}}\n"
    )
}

/// Both stacks, each with a line in its only resource.
fn files(stages: &str, name: &str, skip: &str) -> [(&'static str, String); 3] {
    let terraform = format!("resource \"terraform_data\" \"door\" {{\n  {skip}\n  input = \"open\"\n}}\n");
    let template = format!(
        "Resources:\n  Door:\n    Type: AWS::SSM::Parameter\n    Properties:\n      {skip}\n      Name: /{name}\n      \
         Type: String\n      Value: open\n"
    );
    [("wayleave.hcl", stacks(stages)), ("state/main.tf", terraform), ("level/template.yaml", template)]
}

async fn push(site: &Site, server: &Server, infra: &Repository, files: &[(&'static str, String)]) -> Value {
    let before = infra.head();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let after = site.commit(infra, &files);
    server.push(infra, &after, &before, &after).await;
    server.ended(&after).await
}

async fn report(server: &Server, run: &Value, stack: &str, account: &str) -> Value {
    let (run_id, unit) = (run["id"].as_str().unwrap(), unit(run, stack, account)["id"].as_str().unwrap());
    server.get(&format!("/api/v1/runs/{run_id}/units/{unit}")).await
}

#[tokio::test]
async fn a_pack_in_git_refuses_and_files_suppress_where_the_zone_lets_them() {
    let site = Site::new(&[DEV, STRICT]).await;
    let (rules, infra) = (site.repository("acme/rules"), site.repository("acme/infra"));
    let commit = site.commit(&rules, &[("doors/open.rego", RULE)]);
    let (pack, url) = (rules.path.display(), infra.path.display());
    site.write_zone(&format!(
        "{ACCOUNTS}policy {{\n  packs = [\"builtin\", \"file://{pack}//doors?ref={commit}\"]\n  \
         stage \"strict\" {{ suppressions = false }}\n}}\n\
         repository \"acme/infra\" {{\n  forge = \"github\"\n  url = \"file://{url}\"\n  branch = \"main\"\n  \
         stages = [\"dev\", \"strict\"]\n}}\n"
    ));
    // What the branch says later does not count.
    site.commit(&rules, &[("doors/open.rego", &RULE.replace("\"open\"\n}", "\"never\"\n}"))]);
    let server = site.serve().await;
    refused(&site, &server, &infra).await;
    suppressed(&site, &server, &infra).await;
    not_where_the_zone_ignores_it(&site, &server, &infra).await;
    server.stop().await;
}

async fn refused(site: &Site, server: &Server, infra: &Repository) {
    let run = push(site, server, infra, &files("\"dev\"", "door", "# nothing")).await;
    assert_eq!(run["state"], "refused", "{run:#}");
    for stack in ["state", "level"] {
        assert_eq!(unit(&run, stack, DEV)["findings"]["high"], 1, "{run:#}");
        let report = report(server, &run, stack, DEV).await;
        assert_eq!(
            (&report["findings"][0]["rule"], &report["skipped"]),
            (&json!("ACME-1"), &json!([])),
            "{report:#}"
        );
    }
}

async fn suppressed(site: &Site, server: &Server, infra: &Repository) {
    let run =
        push(site, server, infra, &files("\"dev\"", "door", "#ts:skip=ACME-1 the partner moves in May"))
            .await;
    assert_eq!(run["state"], "applied", "{run:#}");
    for stack in ["state", "level"] {
        let counts = &unit(&run, stack, DEV)["findings"];
        assert_eq!((&counts["high"], &counts["skipped"]), (&json!(0), &json!(1)), "{run:#}");
        let skipped = &report(server, &run, stack, DEV).await["skipped"][0];
        let told = (&skipped["rule"], &skipped["comment"]);
        assert_eq!(told, (&json!("ACME-1"), &json!("the partner moves in May")), "{skipped:#}");
    }
    let id = run["id"].as_str().unwrap();
    let page =
        server.http.get(format!("{}/runs/{id}", server.url)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("The file skips it: the partner moves in May"), "{page}");
    on_record(site, id);
}

/// The reason is in the audit record, which is a file for each run.
fn on_record(site: &Site, run: &str) {
    let texts = site::files(&site.path("wayleave-data"));
    let texts: Vec<String> = texts.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let words = ["finding-skipped", run, "the partner moves in May"];
    let told = |line: &&str| words.iter().all(|word| line.contains(word));
    let records = texts.iter().flat_map(|text| text.lines()).filter(told).count();
    assert_eq!(records, 2, "one for each unit");
}

async fn not_where_the_zone_ignores_it(site: &Site, server: &Server, infra: &Repository) {
    let files = files("\"dev\", \"strict\"", "gate", "#ts:skip=ACME-1 the partner moves in June");
    let run = push(site, server, infra, &files).await;
    assert_eq!(run["state"], "refused", "{run:#}");
    for stack in ["state", "level"] {
        let strict = unit(&run, stack, STRICT);
        assert_eq!(
            (&strict["state"], &strict["findings"]["high"]),
            (&json!("refused"), &json!(1)),
            "{run:#}"
        );
    }
}
