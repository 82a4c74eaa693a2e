//! Which accounts a stage has.

use crate::{account, read_zone};
use landing_zone::{Account, StageName, Zone};

const HEAD: &str = r#"
organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
  discover           = true
}
account "sandbox" {
  id   = "000000000001"
  ou   = "Sandbox"
  tags = { env = "sandbox" }
}
account "payments" {
  id = "000000000005"
}
"#;

fn zone(stage: &str) -> Zone {
    read_zone(&format!("{HEAD}\nstage \"s\" {{\n{stage}\n}}"))
}

fn discovered() -> Vec<Account> {
    vec![
        account(
            "000000000005",
            "acme-prd-payments",
            Some("Workloads/Prod/EU"),
            &[("env", "prd"), ("team", "pay")],
        ),
        account("000000000003", "stg", Some("Workloads/NonProd"), &[("env", "stg"), ("team", "pay")]),
        account("000000000002", "dev", Some("Workloads/NonProd"), &[("env", "dev"), ("team", "pay")]),
        account("000000000004", "prd", Some("Workloads/Prod"), &[("env", "prd"), ("team", "core")]),
        account("000000000006", "old", Some("WorkloadsOld"), &[("env", "prd")]),
        account("111111111111", "mgmt", None, &[]),
    ]
}

/// The last digits of the accounts of a stage.
fn check(stage: &str, expected: &str) {
    let accounts = zone(stage).stage_accounts(&StageName::parse("s").unwrap(), &discovered());
    let digits: String = accounts.iter().filter_map(|account| account.id.as_str().chars().last()).collect();
    assert_eq!(digits, expected, "{stage}");
}

#[test]
fn by_name_and_id() {
    check(r#"accounts = ["prd", "dev"]"#, "24");
    check(r#"accounts = ["000000000003", "sandbox"]"#, "13");
    check(r#"accounts = ["payments"]"#, "5");
    check(r#"accounts = ["acme-prd-payments"]"#, "5");
    check(r#"accounts = ["nobody"]"#, "");
}

#[test]
fn by_unit_with_children() {
    check(r#"ous = ["Workloads"]"#, "2345");
    check(r#"ous = ["Workloads/Prod"]"#, "45");
    check(r#"ous = ["Workloads/Prod/EU", "Sandbox"]"#, "15");
    check(r#"ous = ["Work"]"#, "");
}

#[test]
fn by_tags_that_all_match() {
    check(r#"tags = { env = "prd" }"#, "456");
    check(r#"tags = { env = "prd", team = "pay" }"#, "5");
    check(r#"tags = { env = "sandbox" }"#, "1");
    check(r#"tags = { env = "none" }"#, "");
}

#[test]
fn together_and_without_the_excluded() {
    check("accounts = [\"dev\"]\ntags = { team = \"core\" }\nous = [\"Sandbox\"]", "124");
    check("ous = [\"Workloads\"]\nexclude = [\"dev\"]", "345");
    check("ous = [\"Workloads\"]\nexclude = [\"000000000004\"]", "235");
    check("ous = [\"Workloads\"]\nexclude = [\"Workloads/Prod\"]", "23");
    check("tags = { env = \"prd\" }\nexclude = [\"WorkloadsOld\"]", "45");
    check("ous = [\"Workloads\"]\nexclude = [\"acme-prd-payments\", \"stg\"]", "24");
}

#[test]
fn what_the_file_says_wins_over_what_was_discovered() {
    let merged = zone(r#"accounts = ["dev"]"#).accounts(&discovered());
    let ids: Vec<&str> = merged.iter().map(|account| account.id.as_str()).collect();
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), 7);
    let payments = merged.iter().find(|account| account.id.as_str() == "000000000005").unwrap();
    let tags = [("env", "prd"), ("team", "pay")];
    assert_eq!(*payments, account("000000000005", "payments", Some("Workloads/Prod/EU"), &tags));
}

#[test]
fn names_are_looked_up_in_what_was_discovered() {
    let check = |stage: &str| {
        let found = zone(stage).check_accounts(&discovered());
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(check("accounts = [\"dev\", \"acme-prd-payments\"]\nous = [\"Workloads\"]"), "");
    insta::assert_snapshot!(check("accounts = [\"dve\", \"999999999999\"]\nous = [\"Workload\"]\nexclude = [\"x\"]"), @r#"
zone.hcl:17:13: there is no account "dve" (did you mean `dev`?)
zone.hcl:17:20: there is no account "999999999999" (add a block `account "name" { id = "999999999999" }`, or let accounts be discovered)
zone.hcl:18:8: no account is in the unit "Workload" (known: Sandbox, Workloads/NonProd, Workloads/Prod, Workloads/Prod/EU, WorkloadsOld)
zone.hcl:19:12: there is no account or unit "x" (nothing is excluded by it)
"#);
}

#[test]
fn a_name_that_two_accounts_have_is_refused() {
    let twins = [account("000000000007", "twin", None, &[]), account("000000000008", "twin", None, &[])];
    let found = zone(r#"accounts = ["twin"]"#).check_accounts(&twins);
    insta::assert_snapshot!(found[0], @r#"zone.hcl:17:13: several accounts are called "twin" (name the account by its 12 digits)"#);
}

#[test]
fn stages_come_after_those_that_they_wait_for() {
    let stage =
        |name: &str, after: &str| format!("stage \"{name}\" {{\nous = [\"A\"]\nafter = [{after}]\n}}\n");
    let text =
        [stage("prd", r#""stg", "dev""#), stage("stg", r#""dev""#), stage("dev", ""), stage("lab", "")];
    let order = read_zone(&format!("{HEAD}{}", text.concat())).stage_order();
    let order: Vec<&str> = order.iter().map(StageName::as_str).collect();
    assert_eq!(order, ["dev", "stg", "prd", "lab"]);
}
