//! `wayleave scan` as its users run it: Terraform, a module called twice, a template, a plan.

use std::process::Command;

use serde_json::Value;

use crate::here::{Here, Ran};

const MAIN: &str = "\
variable \"public\" {
  default = true
}

module \"orders\" {
  source = \"./modules/db\"
  public = var.public
}

module \"users\" {
  source = \"./modules/db\"
  public = var.public
}
";

const DB: &str = "\
variable \"public\" {}

resource \"aws_db_instance\" \"db\" {
  count               = 2
  storage_encrypted   = true
  publicly_accessible = var.public
}
";

const TEMPLATE: &str = "\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {StorageEncrypted: true, PubliclyAccessible: true}
";

/// Only the rule on public databases, since builtin rules become more.
const RULE: &str = "--scan-rules WL-AWS-RDS-001";

fn here() -> Here {
    Here::new()
        .with("infra/main.tf", MAIN)
        .with("infra/modules/db/main.tf", DB)
        .with("app/template.yaml", TEMPLATE)
        .with("notes/readme.md", "nothing\n")
}

fn write(here: &Here, name: &str, text: &str) {
    let path = here.path().join(name);
    std::fs::create_dir_all(path.parent().expect("has a parent")).expect("made");
    std::fs::write(path, text).expect("written");
}

fn scan(here: &Here, arguments: &str) -> Ran {
    here.run(&format!("scan {RULE} {arguments}"))
}

fn violations(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let list = json.pointer("/results/violations").and_then(Value::as_array).expect("a list").clone();
    let text = |violation: &Value, key: &str| violation[key].as_str().unwrap_or_default().to_owned();
    let line = |violation: &Value| {
        let instances = violation["instances"].as_array().map_or(0, Vec::len);
        format!("{}:{} x{instances}", text(violation, "file"), violation["line"])
    };
    list.iter().map(line).collect()
}

#[test]
fn a_tree_is_scanned_and_each_place_is_told_once() {
    let here = here();
    let ran = scan(&here, "");
    assert_eq!(ran.code, 3, "{}", ran.shown());
    for line in [
        " --> app/template.yaml:2:3",
        "2 |   Db:",
        " --> infra/modules/db/main.tf:3:1",
        "module.orders.aws_db_instance.db[0] and 3 more (aws_db_instance)",
        "called: from infra/main.tf:5, infra/main.tf:10",
        "2 findings: 2 high, 0 medium, 0 low",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.shown());
    }
    let ran = scan(&here, "-o json");
    assert_eq!(violations(&ran), ["app/template.yaml:2 x1", "infra/modules/db/main.tf:3 x4"]);
}

#[test]
fn exit_codes_are_those_of_terrascan() {
    let here = here();
    write(&here, "broken/template.yaml", "Resources:\n  A: {Type: AWS::SNS::Topic\n");
    for (arguments, code) in [
        ("app", 3),
        ("notes", 0),
        ("broken", 4),
        ("app broken", 5),
        ("gone", 1),
        ("--no-such-option", 1),
        ("-i k8s", 1),
        ("-i cft -d app -t aws", 3),
        ("-i tfplan .", 0),
        ("-f app/template.yaml", 3),
        ("-f infra/modules/db/main.tf", 0),
        ("--non-recursive .", 0),
        ("--exclude app/** --exclude infra app infra", 0),
        ("--severity high app", 3),
        ("--var public=false infra", 0),
        ("--skip-rules NO-SUCH app", 1),
        ("--severity worst app", 1),
        ("-c gone.toml app", 1),
        ("-p gone app", 1),
        ("--baseline gone app", 1),
        ("--changed-since no-such app", 1),
    ] {
        let ran = scan(&here, arguments);
        assert_eq!(ran.code, code, "{arguments}: {}", ran.shown());
        assert_eq!(ran.stderr.is_empty(), code != 1, "{arguments}: {}", ran.shown());
    }
}

#[test]
fn of_values_the_last_one_counts() {
    let here = here().with("on.tfvars", "public = true\n").with("off.tfvars", "public = false\n");
    for (values, code) in [
        ("--var public=false --var-file on.tfvars", 3),
        ("--var-file on.tfvars --var public=false", 0),
        ("--var-file on.tfvars --var-file off.tfvars", 0),
        ("--var-file=off.tfvars --var=public=true", 3),
    ] {
        let ran = scan(&here, &format!("{values} infra"));
        assert_eq!(ran.code, code, "{values}: {}", ran.shown());
    }
}

#[test]
fn nested_templates_are_followed() {
    let parent = "Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./child/db.txt\n      Parameters: {Public: true}\n";
    let child = "Parameters:\n  Public: {Type: String, Default: false}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: {StorageEncrypted: true, PubliclyAccessible: !Ref Public}\n";
    let here = Here::new().with("app/template.yaml", parent).with("app/child/db.txt", child);
    let ran = scan(&here, "-o json app");
    assert_eq!(violations(&ran), ["app/child/db.txt:4 x1"], "{}", ran.shown());
}

const PACK_RULE: &str = "package accurics\n\n{{.name}}[bucket.id] {\n\tbucket := input.aws_s3_bucket[_]\n\tcount(input.aws_s3_bucket_versioning) > 0\n\tbucket.config.acl == \"publicread\"\n}\n\n                         {{.name}}[user.id] {\n\tuser := input.aws_iam_user_login_profile[_]\n\tcount(input.aws_s3_bucket_versioning) > 0\n}\n";

fn pack(here: Here) -> Here {
    let metadata = r#"{"name": "open", "file": "open.rego", "policy_type": "aws", "resource_type": "aws_s3_bucket", "template_args": {},
        "severity": "HIGH", "description": "Closed", "reference_id": "OLD.1", "category": "C", "version": 1, "id": "AC_AWS_9001"}"#;
    here.with("pack/open.rego", PACK_RULE).with("pack/open.json", metadata)
}

/// Terrascan makes one document of a directory, of Terraform and templates together.
#[test]
fn rules_of_terrascan_see_all_directories_at_once() {
    let template = "Resources:\n  Site:\n    # why it is so\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n  \n  User:\n    Type: AWS::IAM::User\n    Properties:\n      UserName: kim\n      LoginProfile: {Password: x}\n";
    let here = pack(Here::new())
        .with("app/a/template.yaml", template)
        .with("app/b/main.tf", "resource \"aws_s3_bucket_versioning\" \"v\" {\n}\n");
    let arguments = "scan -p pack -o json";
    let told = |ran: &Ran| {
        let json = ran.json();
        let list = json["results"]["violations"].as_array().cloned().unwrap_or_default();
        let word = |found: &Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
        let mut told: Vec<String> = list
            .iter()
            .map(|found| {
                let place = format!("{}:{}", word(found, "file"), found["line"]);
                format!("{} {} {place}", word(found, "resource_type"), word(found, "resource_name"))
            })
            .collect();
        told.sort();
        told
    };
    assert_eq!(
        told(&here.run(&format!("{arguments} app"))),
        ["aws_iam_user_login_profile kim app/a/template.yaml:1", "aws_s3_bucket Site app/a/template.yaml:3",]
    );
    assert_eq!(
        told(&here.run(&format!("{arguments} --terrascan-output -d app"))),
        ["aws_iam_user_login_profile kim a/template.yaml:1", "aws_s3_bucket Site a/template.yaml:3"]
    );
    for apart in ["app/a", "app/a app/b", "--exclude app/b app", "-i cft app", "app/a/template.yaml"] {
        assert_eq!(told(&here.run(&format!("{arguments} {apart}"))), Vec::<String>::new(), "{apart}");
    }
    let config = here.run("scan --config-only -o json app").json();
    let kinds: Vec<&String> = config.as_object().expect("an object").keys().collect();
    assert_eq!(
        kinds,
        ["aws_iam_user", "aws_iam_user_login_profile", "aws_s3_bucket", "aws_s3_bucket_versioning"],
        "{config}"
    );
}

#[test]
fn every_format_is_written() {
    let here = here();
    for (format, start) in [
        ("human", "high[WL-AWS-RDS-001]"),
        ("json", "{\n  \"results\""),
        ("yaml", "results:"),
        ("xml", "<results>"),
        ("junit-xml", "<?xml"),
        ("sarif", "{\n  \"$schema\""),
        ("github-sarif", "{\n  \"$schema\""),
        ("markdown", "## Scan: 1 finding: 1 high"),
    ] {
        let ran = scan(&here, &format!("-o {format} app"));
        assert_eq!(ran.code, 3, "{format}: {}", ran.shown());
        assert!(ran.stdout.starts_with(start), "{format}: {}", ran.shown());
    }
    assert!(scan(&here, "--use-colors t app").stdout.contains('\u{1b}'));
}

#[test]
fn suppressions_stand_in_resources_module_calls_and_files() {
    for (file, from, to, left) in [
        ("infra/modules/db/main.tf", "  count", "  #ts:skip=WL-AWS-RDS-001 a test\n  count", 0),
        ("infra/modules/db/main.tf", "variable", "#wayleave:skip=WL-AWS-RDS-001 all of it\nvariable", 0),
        ("infra/main.tf", "variable", "# wayleave:skip=WL-AWS-RDS-001 and below\nvariable", 0),
        ("infra/main.tf", "module \"users\" {", "module \"users\" {\n  #wayleave:skip=WL-AWS-RDS-001 old", 2),
        (
            "infra/main.tf",
            "module \"users\" {",
            "module \"users\" {\n  #wayleave:skip=WL-AWS-RDS-001 until=2020-01-31 old",
            4,
        ),
        ("infra/modules/db/main.tf", "  count", "  #ts:maxseverity=None\n  count", 0),
    ] {
        let here = here();
        let text = if file == "infra/main.tf" { MAIN } else { DB };
        write(&here, file, &text.replacen(from, to, 1));
        let ran = scan(&here, "-o json infra");
        let found = violations(&ran);
        let expected = if left == 0 { None } else { Some(format!("x{left}")) };
        assert_eq!(
            found.first().and_then(|found| found.rsplit(' ').next()),
            expected.as_deref(),
            "{to}: {}",
            ran.shown()
        );
        let skipped =
            ran.json().pointer("/results/skipped_violations").and_then(Value::as_array).map_or(0, Vec::len);
        assert_eq!(skipped, usize::from(left < 4), "{to}: {}", ran.shown());
        assert_eq!(found.len(), usize::from(left > 0) + usize::from(left == 4), "{to}: {found:?}");
    }
}

#[test]
fn a_baseline_keeps_quiet_until_the_resource_changes() {
    let here = here();
    let ran = scan(&here, "--write-baseline known.json");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.shown());
    assert_eq!(scan(&here, "--baseline known.json").code, 0);
    // Lines move, and nothing is new.
    write(&here, "infra/modules/db/main.tf", &format!("# a comment\n\n{DB}"));
    let ran = scan(&here, "--baseline known.json infra -o json");
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert!(
        ran.stdout.contains("1 entries of the baseline") || ran.stdout.contains("in the baseline"),
        "{}",
        ran.shown()
    );
    // One more instance is new; the others are not.
    write(&here, "infra/modules/db/main.tf", &DB.replace("= 2", "= 3"));
    assert_eq!(
        violations(&scan(&here, "--baseline known.json infra -o json")),
        ["infra/modules/db/main.tf:3 x2"]
    );
    // Another content is another finding.
    write(&here, "infra/modules/db/main.tf", &DB.replace("  storage", "  engine = \"mysql\"\n  storage"));
    let ran = scan(&here, "--baseline known.json infra -o json");
    assert_eq!(violations(&ran), ["infra/modules/db/main.tf:3 x4"]);
    assert!(ran.stdout.contains("5 entries of the baseline fit nothing any more"), "{}", ran.shown());
}

fn git(here: &Here, arguments: &[&str]) {
    let identity = ["-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "init.defaultBranch=main"];
    let ran = Command::new("git").current_dir(here.path()).args(identity).args(arguments).output();
    let ran = ran.expect("git is there");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn only_what_a_change_touches_is_told() {
    let here = here();
    git(&here, &["init", "--quiet"]);
    git(&here, &["add", "."]);
    git(&here, &["commit", "--quiet", "-m", "m"]);
    let found = |here: &Here| violations(&scan(here, "--changed-since main -o json"));
    assert_eq!(found(&here), Vec::<String>::new());
    write(&here, "notes/readme.md", "changed\n");
    assert_eq!(found(&here), Vec::<String>::new());
    // The caller's variables decide what the module makes.
    write(&here, "infra/new.tfvars", "x = 1\n");
    assert_eq!(found(&here), ["infra/modules/db/main.tf:3 x4"]);
    write(&here, "app/template.yaml", &format!("{TEMPLATE}# more\n"));
    assert_eq!(found(&here).len(), 2);
}

#[test]
fn a_configuration_file_chooses_and_the_command_line_goes_before_it() {
    let here = here();
    write(
        &here,
        "wayleave-scan.toml",
        "[rules]\nscan-rules = [\"WL-AWS-RDS-001\"]\n[severities]\n\"WL-AWS-RDS-001\" = \"low\"\n[k8s-admission-control]\n",
    );
    let ran = here.run("scan -o json app");
    assert_eq!(ran.code, 3, "{}", ran.shown());
    assert!(
        ran.stdout.contains("\"LOW\"")
            && ran.stdout.contains("k8s-admission-control in the configuration file")
    );
    write(&here, "other.toml", "[severity]\nlevel = \"high\"\n[severities]\n\"WL-AWS-RDS-001\" = \"low\"\n");
    assert_eq!(here.run("scan -c other.toml --scan-rules WL-AWS-RDS-001 app").code, 0);
    assert_eq!(here.run("scan -c other.toml --scan-rules WL-AWS-RDS-001 --severity low app").code, 3);
    write(&here, "bad.toml", "[rule]\nx = 1\n[severity]\nlevel = 1\n");
    let ran = here.run("scan -c bad.toml app");
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("line 1, column 2") && ran.stderr.contains("line 4, column 1"),
        "{}",
        ran.shown()
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let here = here();
    let list = here.run("scan --list-rules");
    assert_eq!(list.code, 0);
    assert!(
        list.stdout.contains("WL-AWS-RDS-001") && list.stdout.contains("WL-SCAN-001"),
        "{}",
        list.shown()
    );
    let page = here.run("scan --explain wl-aws-rds-001");
    assert!(
        page.stdout.starts_with("WL-AWS-RDS-001: ") && page.stdout.contains("How to mend it"),
        "{}",
        page.shown()
    );
    assert_eq!(here.run("scan --explain NO-SUCH").code, 1);
}

#[test]
fn those_who_compare_get_what_terrascan_would_print() {
    let here = here();
    // Terrascan takes calls that it sees no difference between for one.
    let sized = DB.replace("  count ", "  instance_class = var.size\n  count ");
    write(
        &here,
        "infra/modules/db/main.tf",
        &format!("{sized}variable \"size\" {{\n  default = \"small\"\n}}\n"),
    );
    write(&here, "infra/main.tf", &MAIN.replace("\"users\" {", "\"users\" {\n  size = \"large\""));
    let ran = scan(&here, "--terrascan-output -o json infra");
    assert_eq!(ran.code, 3, "{}", ran.shown());
    let json = ran.json();
    let violations = json["results"]["violations"].as_array().expect("a list").clone();
    let text = |violation: &Value, key: &str| violation[key].as_str().unwrap_or_default().to_owned();
    let places: Vec<(String, String)> =
        violations.iter().map(|found| (text(found, "module_name"), text(found, "file"))).collect();
    let file = || "modules/db/main.tf".to_owned();
    assert_eq!(places, [("orders".to_owned(), file()), ("users".to_owned(), file())]);
    assert_eq!(json["results"]["scan_summary"]["high"], 2);
    assert_eq!(json["results"]["skipped_violations"], Value::Null);
    assert_eq!(scan(&here, "--terrascan-output infra").code, 1);
    let config = scan(&here, "--config-only -o json infra");
    assert_eq!(
        (config.code, config.json()["aws_db_instance"].as_array().map(Vec::len)),
        (0, Some(2)),
        "{}",
        config.shown()
    );
    assert_eq!(scan(&here, "--config-only infra").code, 1);
}
