//! Suppressions in templates: what is skipped, what comes back, and what is said of those that do nothing.

use std::collections::BTreeMap;

use jiff::civil::date;
use policies::{Bundle, Fate, Input, RuleId, Scan, Settings};

use crate::pack::FEW;

/// A bucket that the rules on public access (1), encryption (4) and versions (5) find, with more of it and around it.
fn template(head: &str, metadata: &str) -> String {
    format!("{head}Resources:\n  B:\n    Type: AWS::S3::Bucket\n{metadata}")
}

fn scan(text: &str) -> Scan {
    let input = Input::Template { path: "t.yaml", text, parameters: &BTreeMap::new(), files: None };
    FEW.scan_suppressed(&input, date(2027, 1, 31))
}

fn rules(scan: &Scan) -> Vec<&str> {
    scan.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn skipped(scan: &Scan) -> Vec<(&str, &str)> {
    scan.skipped.iter().map(|skipped| (skipped.finding.rule.as_str(), skipped.comment.as_str())).collect()
}

const ALL: [&str; 3] = ["WL-AWS-S3-001", "WL-AWS-S3-004", "WL-AWS-S3-005"];

#[test]
fn metadata_of_a_resource_suppresses() {
    for (metadata, left, expected) in [
        ("", &ALL[..], &[][..]),
        (
            "    Metadata: {runterrascan.io/skip: '[{\"rule\": \"WL-AWS-S3-001\", \"comment\": \"a site\"}]'}\n",
            &ALL[1..],
            &[("WL-AWS-S3-001", "a site")],
        ),
        (
            "    Metadata: {wayleave: {skip: [{rule: wl-aws-s3-001, until: 2027-01-31}]}}\n",
            &ALL[1..],
            &[("WL-AWS-S3-001", "")],
        ),
        (
            "    Metadata: {runterrascan.io/maxseverity: None}\n",
            &[],
            &[
                ("WL-AWS-S3-001", "maxseverity=None"),
                ("WL-AWS-S3-004", "maxseverity=None"),
                ("WL-AWS-S3-005", "maxseverity=None"),
            ],
        ),
    ] {
        let scan = scan(&template("", metadata));
        assert_eq!(rules(&scan), left, "{metadata}");
        assert_eq!(skipped(&scan), expected, "{metadata}");
        assert!(
            scan.errors.is_empty() && scan.warnings().next().is_none(),
            "{metadata}: {:?}",
            scan.suppressions
        );
    }
}

#[test]
fn severities_are_bounded() {
    for (metadata, expected) in [
        ("maxseverity: LOW", (3, 0, 0)),
        ("minseverity: HIGH", (0, 0, 3)),
        ("minseverity: HIGH, runterrascan.io/maxseverity: LOW", (0, 0, 3)),
        ("minseverity: None", (2, 1, 0)),
    ] {
        let scan = scan(&template("", &format!("    Metadata: {{runterrascan.io/{metadata}}}\n")));
        let counts = scan.counts();
        assert_eq!((counts.low, counts.medium, counts.high), expected, "{metadata}");
    }
}

#[test]
fn one_that_has_expired_is_a_finding_and_hides_nothing() {
    let scan = scan(&template(
        "",
        "    Metadata: {wayleave: {skip: [{rule: WL-AWS-S3-001, until: 2027-01-30, comment: the CDN}]}}\n",
    ));
    assert_eq!(rules(&scan), ["WL-AWS-S3-001", "WL-AWS-S3-004", "WL-AWS-S3-005", "WL-SCAN-001"]);
    let expired = scan.findings.last().expect("four");
    assert_eq!(expired.message, "the suppression of WL-AWS-S3-001 expired on 2027-01-30 (the CDN)");
    assert_eq!(expired.location.as_ref().map(|place| place.line), Some(2));
}

#[test]
fn one_that_does_nothing_is_a_warning() {
    let said = |scan: &Scan| -> Vec<String> { scan.warnings().map(|(_, text)| text).collect() };
    for (rule, until, expected) in [
        ("WL-AWS-S3-002", "", Some("suppresses nothing")),
        ("AC_AWS_9999", "", Some("there is no rule AC_AWS_9999")),
        ("WL-AWS-S3-001", ", until: 2027-02-30", Some("does not hold")),
        ("WL-AWS-CHANGE-001", "", None),
        ("WL-AWS-S3-001", "", None),
    ] {
        let metadata = format!("    Metadata: {{wayleave: {{skip: [{{rule: {rule}{until}}}]}}}}\n");
        let said = said(&scan(&template("", &metadata)));
        assert_eq!(said.len(), usize::from(expected.is_some()), "{rule}: {said:?}");
        assert!(said.iter().all(|text| text.contains(expected.unwrap_or_default())), "{said:?}");
    }
}

#[test]
fn a_rule_that_the_settings_leave_out_is_not_missed() {
    let mut settings = Settings::default();
    settings.skip.ids = vec![RuleId::new("WL-AWS-S3-001")];
    let bundle = Bundle::from_packs([policies::Pack::builtin()], &settings).expect("compiles");
    let text = template("", "    Metadata: {wayleave: {skip: [{rule: WL-AWS-S3-001}]}}\n");
    let input = Input::Template { path: "t.yaml", text: &text, parameters: &BTreeMap::new(), files: None };
    let scan = bundle.scan_suppressed(&input, date(2027, 1, 1));
    assert_eq!(scan.suppressions.iter().map(|seen| seen.fate).collect::<Vec<_>>(), [Fate::Unjudged]);
}

#[test]
fn the_gate_may_look_past_them() {
    let text = template("", "    Metadata: {runterrascan.io/maxseverity: None}\n");
    let scan =
        FEW.scan(&Input::Template { path: "t.yaml", text: &text, parameters: &BTreeMap::new(), files: None });
    assert_eq!(rules(&scan), ALL);
}
