//! How long rules take: to be read and compiled, and to judge a large plan.
//!
//! `cargo bench -p policies --bench evaluate [RESOURCES]` prints a table. Times are of this machine; what holds elsewhere are the
//! ratios: twice the input and twice the rules must cost about twice the time.

use std::time::{Duration, Instant};

use policies::{Bundle, Input};
use serde_json::{Value, json};

/// Resources in the plan, unless given: about 10 MB.
const RESOURCES: usize = 12_000;
/// So many copies of the builtin pack make the large pack.
const COPIES: [usize; 3] = [1, 2, 4];

fn main() {
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

/// The fastest of three scans.
fn scan(bundle: &Bundle, plan: &Value) -> Duration {
    let once = || {
        let start = Instant::now();
        let scan = bundle.scan(&Input::Plan { json: plan, configuration: None });
        assert!(scan.errors.is_empty(), "{:?}", scan.errors);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
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
