//! `wayleave scan` with the options that users of Terrascan bring along.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::here::{Here, Ran, ran};

const TEMPLATE: &str = "\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {StorageEncrypted: true, PubliclyAccessible: true}
";

const TERRAFORM: &str = "\
resource \"aws_db_instance\" \"db\" {
  storage_encrypted   = true
  publicly_accessible = true
}
";

/// Only the rule on public databases, since builtin rules become more.
const RULE: &str = "--scan-rules WL-AWS-RDS-001";

fn here() -> Here {
    Here::new()
        .with("app/template.yaml", TEMPLATE)
        .with("notes/readme.md", "nothing\n")
        .with("broken/main.tf", "resource \"aws_db_instance\" {\n")
}

fn files(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let list = json["results"]["violations"].as_array().expect("a list").iter();
    list.map(|violation| format!("{}:{}", violation["file"].as_str().unwrap_or_default(), violation["line"]))
        .collect()
}

fn git(directory: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "init.defaultBranch=main"];
    let ran = Command::new("git").current_dir(directory).args(identity).args(arguments).output();
    let ran = ran.expect("git is there");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("is text").trim().to_owned()
}

/// A bare repository: on `main` Terraform in `infra`, tagged `v1`, and a template as well on `more`.
fn repository(here: &Here) -> String {
    let work = here.path().join("work");
    std::fs::create_dir_all(work.join("infra")).expect("made");
    std::fs::write(work.join("infra/main.tf"), TERRAFORM).expect("written");
    git(&work, &["init", "--quiet"]);
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "one"]);
    git(&work, &["tag", "v1"]);
    let first = git(&work, &["rev-parse", "HEAD"]);
    git(&work, &["checkout", "--quiet", "-b", "more"]);
    std::fs::write(work.join("template.yaml"), TEMPLATE).expect("written");
    git(&work, &["add", "."]);
    git(&work, &["commit", "--quiet", "-m", "two"]);
    git(&work, &["checkout", "--quiet", "main"]);
    git(here.path(), &["clone", "--quiet", "--bare", "work", "bare.git"]);
    std::fs::remove_dir_all(work).expect("removed");
    first
}

#[test]
fn a_repository_is_fetched_scanned_and_removed() {
    // As if a hook of another repository had started the scan.
    let here = here().set("GIT_DIR", "elsewhere.git").set("GIT_INDEX_FILE", "elsewhere");
    let first = repository(&here);
    let (one, two) = (vec!["infra/main.tf:1"], vec!["infra/main.tf:1", "template.yaml:2"]);
    let file = format!("file://{}/bare.git", here.path().display());
    for (url, expected) in [
        (file.clone(), &one),
        (format!("git::{file}//infra"), &one),
        ("bare.git?ref=more".to_owned(), &two),
        ("bare.git?ref=v1".to_owned(), &one),
        (format!("bare.git?ref={first}"), &one),
        (format!("bare.git?ref={}", first.get(..8).expect("is long")), &one),
    ] {
        let ran = here.run(&format!("scan {RULE} --temp-dir scratch/inner -o json -r git -u {url}"));
        assert_eq!(ran.code, 3, "{url}: {}", ran.shown());
        assert_eq!(&files(&ran), expected, "{url}");
        assert_eq!(ran.json()["results"]["scan_summary"]["file/folder"], Value::from(url.as_str()));
        assert_eq!(here.path().join("scratch/inner").read_dir().expect("is there").count(), 0, "{url}");
    }
    let quiet = here.run(&format!("scan {RULE} -r git -u bare.git --exclude infra"));
    assert_eq!(quiet.code, 0, "{}", quiet.shown());
    let config = here.run("scan -r git -u bare.git//infra --config-only -o json");
    assert_eq!((config.code, &config.json()["aws_db_instance"][0]["name"]), (0, &Value::from("db")));
}

#[test]
fn what_cannot_be_fetched_says_why() {
    let here = here();
    let commit = repository(&here);
    // A repository that names one of this machine as its submodule.
    let outer = here.path().join("outer");
    git(here.path(), &["clone", "--quiet", "bare.git", "outer"]);
    let module = format!(
        "[submodule \"inner\"]\n\tpath = inner\n\turl = {}\n",
        here.path().join("bare.git").display()
    );
    std::fs::write(outer.join(".gitmodules"), module).expect("written");
    git(&outer, &["add", ".gitmodules"]);
    git(&outer, &["update-index", "--add", "--cacheinfo", &format!("160000,{commit},inner")]);
    git(&outer, &["commit", "--quiet", "-m", "m"]);
    for (words, said) in [
        ("-r git -u outer", "cannot fetch the repositories within outer"),
        ("-r git -u gone.git", "cannot fetch gone.git"),
        ("-r git -u bare.git?ref=gone", "gone"),
        ("-r git -u bare.git//gone", "there is no directory gone"),
        ("-r git -u ext::sh", "not allowed"),
        ("-r s3 -u x", "aws s3 sync"),
        ("-r git -u bare.git --changed-since main", "cannot be used with"),
    ] {
        let ran = here.run(&format!("scan {words}"));
        assert_eq!((ran.code, ran.stderr.contains(said)), (1, true), "{words}: {}", ran.shown());
    }
}

/// Runs the program while a receiver answers with a status; also what it received.
async fn told(here: Here, status: u16, line: &str) -> (Ran, Vec<Request>) {
    let receiver = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(status)).mount(&receiver).await;
    let here = here.with("told.yaml", &format!(
        "notifications:\n  a:\n    type: webhook\n    config: {{url: \"{0}/a\", token: of-a}}\n  b:\n    type: webhook\n    config: {{url: \"{0}/b\"}}\n",
        receiver.uri()
    ));
    let line = line.replace("URL", &receiver.uri());
    let mut command = here.command(&line.split_whitespace().collect::<Vec<_>>());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("ran").expect("is there");
    (ran(&output), receiver.received_requests().await.expect("recorded"))
}

#[tokio::test]
async fn the_report_is_sent_in_terrascans_shape() {
    let line = format!(
        "scan {RULE} app -o sarif --webhook-url URL/hook --webhook-token t0k3n --repo-url https://x.example/r --repo-ref main"
    );
    let (ran, requests) = told(here(), 200, &line).await;
    assert_eq!((ran.code, ran.stderr.as_str()), (3, ""), "{}", ran.shown());
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    assert_eq!(request.url.path(), "/hook");
    assert_eq!(header("authorization"), Some("Bearer t0k3n"));
    assert_eq!(header("content-type"), Some("application/json"));
    let body: Value = request.body_json().expect("is JSON");
    assert_eq!(body["ResourceConfig"]["aws_db_instance"][0]["name"], "Db", "{body}");
    let results = &body["Violations"]["results"];
    assert_eq!(results["violations"][0]["rule_id"], "WL-AWS-RDS-001", "{body}");
    assert_eq!(results["scan_summary"]["file/folder"], "https://x.example/r");
    assert_eq!(results["scan_summary"]["branch"], "main");
    // Rules that found nothing are in the message whether or not they are in the report.
    let (_, requests) = told(here(), 200, &format!("scan {RULE} notes --webhook-url URL")).await;
    let body: Value = requests.first().expect("one").body_json().expect("is JSON");
    assert_eq!(body["Violations"]["results"]["violations"], Value::Array(Vec::new()), "{body}");
}

/// What the receiver answers, the command line, the exit code, who is told, and whether it failed.
#[tokio::test]
async fn who_is_told_does_not_change_the_outcome() {
    for (status, line, code, told_at, fails) in [
        (200, "scan RULE app -c told.yaml", 3, vec!["/a", "/b"], false),
        (200, "-c told.yaml scan RULE notes", 0, vec!["/a", "/b"], false),
        (204, "scan RULE app -c told.yaml --webhook-url URL/c", 3, vec!["/c"], false),
        (404, "scan RULE app --webhook-url URL/secret", 3, vec!["/secret"], true),
        (403, "scan RULE notes --webhook-url URL/secret", 0, vec!["/secret"], true),
        (200, "scan --config-only -o json app --webhook-url URL", 0, vec![], false),
        (200, "scan RULE app --write-baseline known.json --webhook-url URL", 0, vec![], false),
    ] {
        let (ran, requests) = told(here(), status, &line.replace("RULE", RULE)).await;
        let paths: Vec<&str> = requests.iter().map(|request| request.url.path()).collect();
        assert_eq!((ran.code, paths), (code, told_at), "{line}: {}", ran.shown());
        let failure = "error: the report was not sent to http://127.0.0.1:";
        assert_eq!(ran.stderr.contains(failure), fails, "{line}: {}", ran.shown());
        assert!(!ran.stderr.contains("secret"), "{}", ran.shown());
    }
}

#[test]
fn the_log_and_the_report_are_put_into_files() {
    for (words, file, code) in [
        ("scan app", "scan-result.txt", 3),
        ("scan app -o json --config-only", "scan-result.json", 0),
        ("scan app -o yaml --terrascan-output", "scan-result.yaml", 3),
        ("scan app -o xml", "scan-result.xml", 3),
        ("scan app -o junit-xml", "scan-result.xml", 3),
        ("scan app -o sarif", "scan-result.sarif", 3),
        ("scan app -o markdown --use-colors t", "scan-result.md", 3),
    ] {
        let here = here();
        let ran = here.run(&format!("--log-output-dir logs/inner {words} {RULE}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (code, ""), "{words}: {}", ran.shown());
        let kept = std::fs::read_to_string(here.path().join("logs/inner").join(file)).expect(words);
        assert_eq!(kept, ran.stdout, "{words}");
        assert!(here.path().join("logs/inner/terrascan.log").is_file(), "{words}");
    }
}

#[test]
fn the_log_says_what_was_done_and_what_went_wrong() {
    let here = here();
    let coloured = here.run(&format!("scan {RULE} app broken --log-output-dir logs --use-colors t"));
    assert_eq!((coloured.code, coloured.stderr.as_str()), (5, ""), "{}", coloured.shown());
    let report = std::fs::read_to_string(here.path().join("logs/scan-result.txt")).expect("is there");
    assert!(coloured.stdout.contains('\u{1b}') && !report.contains('\u{1b}'), "{report}");
    assert_eq!(here.run("scan gone --log-output-dir logs -x json").code, 1);
    let log = std::fs::read_to_string(here.path().join("logs/terrascan.log")).expect("is there");
    for said in ["paths=\"app,broken\"", "broken/main.tf", "findings=1", "there is no file or directory gone"]
    {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(log.lines().last().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok()), "{log}");
    let ran = here.run("scan app --log-output-dir app/template.yaml");
    assert_eq!((ran.code, ran.stderr.contains("cannot write the log to")), (1, true), "{}", ran.shown());
}

#[test]
fn what_could_not_be_read_is_exit_code_4_where_it_is_asked_for() {
    let here = here();
    for (words, code) in [
        ("--config-with-error app", 0),
        ("--config-with-error notes", 0),
        ("--config-with-error broken", 4),
        ("--config-with-error app broken", 4),
        ("--config-only broken", 0),
        ("--config-only --config-with-error broken", 0),
        ("--config-only --config-with-error=false broken", 0),
        ("--config-only=false --config-with-error broken", 4),
    ] {
        let ran = here.run(&format!("scan -o json {words}"));
        assert_eq!(ran.code, code, "{words}: {}", ran.shown());
        let errors = ran
            .json()
            .pointer("/Violations/results/scan_errors")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        assert_eq!(errors, usize::from(code == 4), "{words}: {}", ran.shown());
    }
}

#[test]
fn a_configuration_file_may_be_yaml() {
    let rules = |level: &str| {
        format!("rules:\n  scan-rules: [WL-AWS-RDS-001]\nseverities: {{WL-AWS-RDS-001: {level}}}\n")
    };
    let here = here()
        .with("low.yaml", &rules("low"))
        .with("high.yml", &rules("high"))
        .with("bad.yaml", "rules:\n  scan-rules: [A]\n  scan_rules: [B]\nseverity: {level: 1}\n")
        .with("worse.yml", "rules:\n  - [\n")
        .set("TERRASCAN_CONFIG", "high.yml");
    for (words, code, said) in [
        ("scan -c low.yaml app -o json", 3, "\"LOW\""),
        ("scan app -o json", 3, "\"HIGH\""),
        ("-c low.yaml scan app -o json", 3, "\"LOW\""),
        ("scan -c low.yaml app --severity medium", 0, "less bad than medium"),
        ("scan -c bad.yaml app", 1, "bad.yaml: line 3, column 3: `scan_rules` is not known"),
        ("scan -c bad.yaml app", 1, "bad.yaml: line 4, column 12: `level` takes low, medium or high"),
        ("scan -c worse.yml app", 1, "worse.yml: line 2, column 5: "),
    ] {
        let ran = here.run(words);
        assert_eq!(ran.code, code, "{words}: {}", ran.shown());
        assert!(format!("{}{}", ran.stdout, ran.stderr).contains(said), "{words}: {}", ran.shown());
    }
}

#[test]
fn help_and_completions_tell_each_option_once() {
    let here = Here::new();
    let (root, scan) = (here.run("--help").stdout, here.run("scan --help").stdout);
    for option in ["--config-path", "--log-level", "--log-output-dir", "--log-type", "--temp-dir"] {
        assert!(!root.contains(option), "{option}: {root}");
        assert_eq!(scan.matches(&format!(" {option} <")).count(), 1, "{option}: {scan}");
    }
    assert!(scan.contains("may stand before `scan`"), "{scan}");
    let fish = here.run("completions fish").stdout;
    assert_eq!(fish.lines().filter(|line| line.contains("-l log-output-dir")).count(), 1, "{fish}");
    let switch = fish.lines().find(|line| line.contains("-l non-recursive")).expect("is there");
    assert!(!switch.contains(" -r"), "{switch}");
}
