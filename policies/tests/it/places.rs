//! What the place of a finding decides: one finding for a block, suppressions, the baseline, and what a change touches.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;
use policies::baseline::{Baseline, BaselineError};
use policies::source::Tree;
use policies::terraform::Options;
use policies::{Bundle, Finding, Input, Scan, Touched};

/// Fires on every queue, and on every module that is called from elsewhere.
static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let rule = |name: &str, id: &str, body: &str| {
        let text = format!(
            "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: {id}\n#   remedy: R\n#   severity: medium\n#   category: C\n\
             #   frameworks: {{terrascan: [AC_{name}]}}\n#   engines: [terraform]\npackage t.{name}\n\n{body}\n"
        );
        (format!("{name}.rego"), text)
    };
    let queue = "deny contains {\"address\": q.address, \"message\": \"m\"} if some q in input.resources.aws_sqs_queue\n\
                 deny contains {\"address\": q.address, \"message\": \"fifo\", \"aliases\": [\"AC_fifo\"], \"severity\": \"high\"} if {\n\
                 \tsome q in input.resources.aws_sqs_queue\n\tq.values.fifo_queue\n}";
    let module = "deny contains {\"address\": m.address, \"message\": \"m\"} if some m in input.modules";
    Bundle::from_files([rule("queue", "T-1", queue), rule("module", "T-2", module)]).expect("compiles")
});

const MODULE: &str =
    "variable \"fifo\" {}\nresource \"aws_sqs_queue\" \"q\" {\n  count = 2\n  fifo_queue = var.fifo\n}\n";
const MAIN: &str = "module \"a\" {\n  source = \"./m\"\n  fifo = false\n}\nmodule \"b\" {\n  source = \"./m\"\n  fifo = true\n}\n";

fn scan(main: &str, module: &str) -> Scan {
    let files = [("app/main.tf", main), ("app/m/q.tf", module)];
    let tree = Tree::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let input = Input::Terraform { files: &tree, directory: "app", options: &Options::default() };
    let scan = BUNDLE.scan_suppressed(&input, date(2027, 1, 1));
    assert_eq!(scan.errors, []);
    scan
}

fn of_rule<'a>(scan: &'a Scan, rule: &str) -> Vec<&'a Finding> {
    scan.findings.iter().filter(|finding| finding.rule.as_str() == rule).collect()
}

#[test]
fn one_block_is_one_finding_with_all_that_it_makes() {
    let scan = scan(MAIN, MODULE);
    let [finding] = of_rule(&scan, "T-1").try_into().expect("one");
    let instances = [
        "module.a.aws_sqs_queue.q[0]",
        "module.a.aws_sqs_queue.q[1]",
        "module.b.aws_sqs_queue.q[0]",
        "module.b.aws_sqs_queue.q[1]",
    ];
    assert_eq!(finding.instances, instances);
    assert_eq!((finding.severity, finding.message.as_str()), (policies::Severity::High, "m; fifo"));
    assert_eq!(
        finding.aliases.iter().map(policies::RuleId::as_str).collect::<Vec<_>>(),
        ["AC_fifo", "AC_queue"]
    );
    let calls: Vec<String> = finding.callers.iter().map(ToString::to_string).collect();
    assert_eq!(calls, ["app/main.tf:1:1", "app/main.tf:5:1"]);
    let contents: std::collections::BTreeSet<&String> = finding.contents.iter().collect();
    assert_eq!((finding.contents.len(), contents.len()), (4, 2), "both calls make queues of their own kind");
}

#[test]
fn a_suppression_covers_what_its_place_says() {
    let in_queue = |comment: &str| MODULE.replace("  count", &format!("  {comment}\n  count"));
    let in_call = |comment: &str| MAIN.replace("  fifo = true", &format!("  {comment}\n  fifo = true"));
    let head = |text: &str, comment: &str| format!("{comment}\n{text}");
    // Main, module, instances of T-1 that are left, calls of T-2 that are left.
    for (main, module, queues, calls) in [
        (MAIN.to_owned(), in_queue("#ts:skip=T-1 r"), 0, 2),
        (MAIN.to_owned(), in_queue("// wayleave:skip=t-1,T-2"), 0, 2),
        (MAIN.to_owned(), in_queue("#ts:skip=AC_fifo only the one"), 4, 2),
        (MAIN.to_owned(), in_queue("#ts:maxseverity=none"), 0, 2),
        (MAIN.to_owned(), head(MODULE, "#wayleave:skip=T-1 the file"), 0, 2),
        (MAIN.to_owned(), head(MODULE, "#ts:skip=T-1 not in a block"), 4, 2),
        (in_call("#wayleave:skip=T-1,T-2 below"), MODULE.to_owned(), 2, 1),
        (in_call("#ts:skip=T-1 until=2026-12-31"), MODULE.to_owned(), 4, 2),
        (head(MAIN, "#wayleave:skip=AC_queue all that it calls"), MODULE.to_owned(), 2, 2),
    ] {
        let scan = scan(&main, &module);
        let left: usize = of_rule(&scan, "T-1").iter().map(|finding| finding.instances.len()).sum();
        assert_eq!((left, of_rule(&scan, "T-2").len()), (queues, calls), "{main}{module}{:#?}", scan.skipped);
    }
}

#[test]
fn an_alias_of_one_case_hides_no_other() {
    let scan = scan(MAIN, &MODULE.replace("  count", "  #ts:skip=AC_fifo r\n  count"));
    let [finding] = of_rule(&scan, "T-1").try_into().expect("one");
    assert_eq!((finding.message.as_str(), finding.severity), ("m", policies::Severity::Medium));
    let skipped: Vec<_> = scan
        .skipped
        .iter()
        .map(|skipped| (skipped.finding.message.as_str(), skipped.comment.as_str()))
        .collect();
    assert_eq!(skipped, [("fifo", "r")]);
}

#[test]
fn blocks_that_make_nothing_are_not_told_off() {
    let said = |module: &str| -> Vec<String> {
        scan(MAIN, module).warnings().map(|(place, text)| format!("{}: {text}", place.line)).collect()
    };
    assert_eq!(said(&MODULE.replace("  count = 2", "  #ts:skip=T-1\n  count = 0")), Vec::<String>::new());
    let said = said(&format!("{MODULE}\n#ts:skip=T-1\n"));
    assert!(
        matches!(said.as_slice(), [text] if text.starts_with("7: the suppression of T-1 stands in no resource")),
        "{said:?}"
    );
}

#[test]
fn a_baseline_knows_content_and_not_lines() {
    let directory =
        |file: &str| file.rsplit_once('/').map_or(String::new(), |(directory, _)| directory.to_owned());
    let baseline = Baseline::of(&scan(MAIN, MODULE), &directory);
    let text = baseline.to_json().expect("is JSON");
    let baseline = Baseline::parse(&text).expect("is read back");
    assert_eq!(baseline.to_json().expect("is JSON"), text);
    for (module, left, stale) in [
        (MODULE.to_owned(), 0, 0),
        (format!("# more\n\n{MODULE}"), 0, 0),
        (MODULE.replace("= 2", "= 3"), 2, 0),
        (MODULE.replace("= 2", "= 1"), 0, 2),
        (MODULE.replace("  count", "  delay_seconds = 3\n  count"), 4, 4),
    ] {
        let mut scan = scan(MAIN, &module);
        let applied = baseline.apply(&mut scan, &directory);
        let instances: usize = of_rule(&scan, "T-1").iter().map(|finding| finding.instances.len()).sum();
        assert_eq!((instances, applied.stale.len()), (left, stale), "{module}");
    }
    assert!(matches!(Baseline::parse("{}"), Err(BaselineError::Json(_))));
    assert!(matches!(Baseline::parse("{\"version\": 2, \"known\": []}"), Err(BaselineError::Version(2))));
}

#[test]
fn a_change_touches_what_it_could_have_made() {
    let scan = scan(MAIN, MODULE);
    for (changed, expected) in [
        ("app/m/q.tf", true),
        ("app/main.tf", true),
        ("app/m/variables.tf", true),
        ("app/terraform.tfvars", true),
        ("app/policies/queue.json", true),
        ("app/README.md", false),
        ("app/other/x.tf", false),
        ("apple/x.json", false),
        ("x.json", false),
    ] {
        let touched = Touched::new([changed.to_owned()]);
        let [queue] = of_rule(&scan, "T-1").try_into().expect("one");
        assert_eq!(touched.touches(queue, &str::to_owned), expected, "{changed}");
    }
    let plan = serde_json::json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q", "values": {}},
    ]}}});
    let scan = BUNDLE.scan(&Input::Plan { json: &plan, configuration: None });
    let touched = Touched::new(BTreeMap::<String, ()>::new().into_keys());
    assert!(
        scan.findings.iter().all(|finding| touched.touches(finding, &str::to_owned))
            && !scan.findings.is_empty()
    );
}
