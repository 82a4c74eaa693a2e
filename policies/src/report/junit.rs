//! JUnit XML for build servers: a failed test for each finding, named as Terrascan names it.

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::{Report, ReportError};
use crate::bundle::Rule;
use crate::finding::Finding;
use crate::scan::{ScanError, Skipped};

/// The whole report.
///
/// # Errors
/// [`ReportError::Xml`]; none is known to happen.
pub fn render(report: &Report<'_>) -> Result<String, ReportError> {
    let scan = report.scan;
    let mut suite = TestSuite::new("WAYLEAVE_POLICY_SUITE");
    suite.add_property(Property::new("Wayleave Version", env!("CARGO_PKG_VERSION")));
    suite.extra.insert("package".into(), report.subject.paths.join(",").into());
    suite.add_test_cases(report.passed().map(passed));
    suite.add_test_cases(scan.findings.iter().map(failed));
    suite.add_test_cases(scan.skipped.iter().map(skipped));
    suite.add_test_cases(scan.errors.iter().map(error));
    let mut whole = quick_junit::Report::new("WAYLEAVE_POLICY_SUITES");
    whole.add_test_suite(suite);
    whole.to_string().map_err(|error| ReportError::Xml(error.into()))
}

fn case(finding: &Finding, status: TestCaseStatus) -> TestCase {
    let (file, line) = finding.location.as_ref().map_or(("", 0), |place| (place.file.as_str(), place.line));
    let name = format!(
        "[ERROR] resource: \"{}\" at line: {line}, violates: RULE - {}",
        finding.resource_name(),
        finding.rule
    );
    let mut case = TestCase::new(name, status);
    case.set_classname(file);
    case.extra.insert("severity".into(), finding.severity.as_str().to_uppercase().into());
    case.extra.insert("category".into(), finding.category.as_ref().into());
    case
}

fn failed(finding: &Finding) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(format!("{}: {}", finding.title, finding.message));
    status.set_type(finding.rule.as_str());
    status.set_description(format!(
        "{}\nresource: {} ({})\nwhy: {}\nfix: {}",
        finding.message,
        finding.instances.join(", "),
        finding.resource_type,
        finding.why,
        finding.remedy
    ));
    case(finding, status)
}

fn skipped(skipped: &Skipped) -> TestCase {
    let mut status = TestCaseStatus::skipped();
    status.set_message(skipped.comment.as_str());
    case(&skipped.finding, status)
}

fn passed(rule: &Rule) -> TestCase {
    let metadata = rule.metadata();
    let name =
        format!("RULE - {}, CATEGORY - {}, DESCRIPTION - {}", metadata.id, metadata.category, metadata.title);
    let mut case = TestCase::new(name, TestCaseStatus::success());
    case.set_classname(rule.name());
    case.extra.insert("severity".into(), rule.severity(None).as_str().to_uppercase().into());
    case.extra.insert("category".into(), metadata.category.as_ref().into());
    case
}

fn error(error: &ScanError) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(error.message.as_str());
    status.set_description(error.remedy.as_str());
    let place = error.location.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut case = TestCase::new(format!("[NOT CHECKED] {}", error.message), status);
    case.set_classname(place);
    case
}
