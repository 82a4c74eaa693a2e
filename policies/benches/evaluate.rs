//! How long each step of a scan takes, and how long rules take: to be read and compiled, and to judge a large plan.
//!
//! `cargo bench -p policies --bench evaluate [RESOURCES]` prints two tables. Times are of this machine; what holds elsewhere are the
//! ratios: twice the input and twice the rules must cost about twice the time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use policies::report::{Report, Sources, Subject, json as json_report};
use policies::source::Tree;
use policies::terraform::Options;
use policies::{Bundle, Input};
use serde_json::{Value, json};

/// Resources in the plan, unless given: about 10 MB.
const RESOURCES: usize = 12_000;
/// So many copies of the builtin pack make the large pack.
const COPIES: [usize; 3] = [1, 2, 4];

/// Lines of the roots that the steps are measured on.
const LINES: [usize; 2] = [3_000, 6_000];

fn main() {
    steps();
    rules_and_plans();
}

/// Reading Terraform, working out its values, judging it by the builtin rules, and writing the report, each by itself.
fn steps() {
    let bundle = Bundle::builtin().expect("compiles");
    println!(
        "| lines | parse ms | resolve ms | evaluate ms | report ms | findings |\n|---|---|---|---|---|---|"
    );
    for lines in LINES {
        let text = module(lines);
        let tree = Tree::new([("main.tf".to_owned(), text.clone())]);
        let input = Input::Terraform { files: &tree, directory: ".", options: &Options::default() };
        let parse = fastest(|| hcl_edit::parser::parse_body(&text).expect("parses"));
        let model = fastest(|| input.model().expect("is read"));
        let judged = fastest(|| bundle.scan(&input));
        let (scan, subject, sources) = (bundle.scan(&input), Subject::default(), Sources::new());
        assert!(scan.errors.is_empty(), "{:?}", scan.errors);
        let (show_passed, details) = (false, false);
        let told = Report {
            scan: &scan,
            bundle: &bundle,
            subject: &subject,
            sources: &sources,
            show_passed,
            details,
        };
        let report = fastest(|| serde_json::to_vec(&json_report::render(&told)).expect("is JSON"));
        let steps = [parse, model.saturating_sub(parse), judged.saturating_sub(model), report];
        let steps = steps.map(|step| format!("{:.1}", step.as_secs_f64() * 1e3)).join(" | ");
        println!("| {} | {steps} | {} |", text.lines().count(), scan.findings.len());
    }
    println!();
}

/// The fastest of three.
fn fastest<T>(mut step: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        drop(black_box(step()));
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}

/// Code as people write it, of so many lines or a few more: variables, locals, repetitions, references, a policy's document.
fn module(lines: usize) -> String {
    let mut text = "variable \"name\" {\n  default = \"orders\"\n}\n\nlocals {\n  tags = { team = upper(var.name) }\n}\n".to_owned();
    for index in 0.. {
        if text.lines().count() >= lines {
            break;
        }
        text.push_str(&PART.replace("NUMBER", &index.to_string()));
    }
    text
}

const PART: &str = r#"
resource "aws_s3_bucket" "bNUMBER" {
  for_each = toset(["in", "out"])
  bucket   = "${var.name}-NUMBER-${each.key}"
  tags     = merge(local.tags, { side = each.key })
}

resource "aws_security_group" "gNUMBER" {
  name = format("%s-%d", var.name, NUMBER)
  dynamic "ingress" {
    for_each = [22, 443]
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = NUMBER % 2 == 0 ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
    }
  }
}

resource "aws_iam_role_policy" "pNUMBER" {
  role   = "r"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "${aws_s3_bucket.bNUMBER["in"].arn}/*" }]
  })
}
"#;

fn rules_and_plans() {
    let resources = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(RESOURCES);
    let plans = [plan(resources / 2), plan(resources)];
    let sizes: Vec<f64> = plans.iter().map(|plan| megabytes(plan.to_string().len())).collect();
    let nothing = Bundle::from_files([("none.rego".to_owned(), NOTHING.to_owned())]).expect("compiles");
    let bare: Vec<Duration> = plans.iter().map(|plan| scan(&nothing, plan)).collect();
    println!("| rules | compile ms | plan MB | evaluate ms | findings | us a rule and MB | peak MB |");
    println!("|---|---|---|---|---|---|---|");
    for copies in COPIES {
        let files = pack(copies);
        let start = Instant::now();
        let bundle = Bundle::from_files(files).expect("compiles");
        let compile = start.elapsed();
        let rules = bundle.rules().len();
        for ((plan, bare), size) in plans.iter().zip(&bare).zip(&sizes) {
            let evaluate = scan(&bundle, plan).saturating_sub(*bare);
            let findings = bundle.scan(&Input::Plan { json: plan, configuration: None }).findings.len();
            #[expect(clippy::cast_precision_loss, reason = "a handful of rules")]
            let each = evaluate.as_secs_f64() * 1e6 / rules as f64 / size;
            println!(
                "| {rules} | {:.1} | {size:.1} | {:.1} | {findings} | {each:.0} | {} |",
                compile.as_secs_f64() * 1e3,
                evaluate.as_secs_f64() * 1e3,
                peak(),
            );
        }
    }
}

fn scan(bundle: &Bundle, plan: &Value) -> Duration {
    fastest(|| {
        let scan = bundle.scan(&Input::Plan { json: plan, configuration: None });
        assert!(scan.errors.is_empty(), "{:?}", scan.errors);
        scan
    })
}

const NOTHING: &str = "# METADATA\n# title: T\n# description: D\n# custom: {id: NONE, remedy: R, severity: low, category: C, engines: [terraform]}\n\
                       package none\n\ndeny contains {\"address\": \"a\", \"message\": \"m\"} if input.none\n";

/// The builtin pack, so many times, with other ids and packages; the libraries once.
fn pack(copies: usize) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for copy in 0..copies {
        for (path, text) in Bundle::builtin_files().filter(|(path, _)| !path.ends_with("_test.rego")) {
            if !text.contains("# METADATA") {
                if copy == 0 {
                    files.push((path, text));
                }
                continue;
            }
            let text = text.replace("WL-", &format!("WL{copy}-"));
            let text = text.replace("package wayleave.", &format!("package wayleave.copy{copy}."));
            files.push((format!("{copy}/{path}"), text));
        }
    }
    files
}

/// Security groups, buckets, roles, tables and databases, a tenth of each kind not as it should be.
fn plan(resources: usize) -> Value {
    let resources: Vec<Value> = (0..resources).map(resource).collect();
    json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": resources}}})
}

fn resource(index: usize) -> Value {
    let bad = index.is_multiple_of(10);
    let (kind, values) = match index % 5 {
        0 => ("aws_security_group", json!({"ingress": rules(if bad { "0.0.0.0/0" } else { "10.0.0.0/8" })})),
        1 => ("aws_s3_bucket", json!({"bucket": format!("bucket-{index}"), "force_destroy": false})),
        2 => ("aws_iam_role", json!({"assume_role_policy": policy(if bad { "*" } else { "111111111111" })})),
        3 => ("aws_dynamodb_table", json!({"name": "t", "point_in_time_recovery": [{"enabled": !bad}]})),
        _ => ("aws_db_instance", json!({"storage_encrypted": !bad, "publicly_accessible": bad})),
    };
    let mut values = values;
    values["tags"] =
        (0..12).map(|tag| (format!("tag-{tag}"), json!(format!("value {tag} of {index}")))).collect();
    json!({"address": format!("{kind}.r{index}"), "mode": "managed", "type": kind, "name": format!("r{index}"), "values": values})
}

fn rules(cidr: &str) -> Value {
    let rule =
        |port: u16| json!({"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [cidr]});
    [22, 80, 443, 3389, 5432].map(rule).into()
}

fn policy(principal: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": principal}}]})
        .to_string()
}

#[expect(clippy::cast_precision_loss, reason = "a plan is no petabyte")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The most memory that the process has had, in MB; on other systems than Linux a dash.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kilobytes.map_or("-".to_owned(), |kilobytes| (kilobytes / 1000).to_string())
}
