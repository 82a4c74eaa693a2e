//! `wayleave plan` and `wayleave apply` as people read them, on real Terraform and an emulated AWS.

use crate::crash::{DEV, LEDGER, PRD, SETTINGS, STACKS, ZONE};
use crate::here::Ran;
use crate::site::Site;

/// What was written, without the states that a unit goes through, since how many of them are seen is a matter of time; and
/// without the log, which is of the machine.
fn steady(ran: &Ran) -> String {
    let passing = ["queued ", "planning ", "planned ", "applying ", "{"];
    let told = ran.stderr.lines().filter(|line| !passing.iter().any(|state| line.starts_with(state)));
    let (mut states, rest): (Vec<&str>, Vec<&str>) = told.partition(|line| line.ends_with(" (us-east-1)"));
    // Units end in the order in which they are done.
    states.sort_unstable();
    let stderr = [states, rest].concat().join("\n");
    format!("exit code {}\n--- stdout\n{}--- stderr\n{stderr}", ran.code, ran.stdout)
}

#[tokio::test]
async fn a_terminal_tells_what_was_done_and_what_is_left_to_others() {
    let site = Site::new(&[DEV, PRD]).await;
    let infra = site.repository("acme/infra");
    let files = [("wayleave.hcl", STACKS), ("ledger/main.tf", LEDGER), ("settings/template.yaml", SETTINGS)];
    site.commit(&infra, &files);
    site.write_zone(&format!("{ZONE}{}", infra.block(&["dev", "prd"])));
    let repo = infra.path.to_str().unwrap();
    insta::assert_snapshot!("planned", steady(&site.run(&["plan", "--repo", repo]).await));
    insta::assert_snapshot!("applied", steady(&site.run(&["apply", "--repo", repo]).await));
    let again = site.run(&["apply", "--repo", repo, "--stage", "dev", "--stack", "ledger"]).await;
    insta::assert_snapshot!("unchanged", steady(&again));

    site.commit(&infra, &[("ledger/main.tf", &LEDGER.replace("input = var.owner", "input = var.nobody"))]);
    let broken = site.run(&["apply", "--repo", repo, "--stack", "ledger"]).await;
    insta::assert_snapshot!("failed", steady(&broken));
}
