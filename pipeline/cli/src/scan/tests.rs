use std::path::PathBuf;

use super::*;

/// A directory with a plan, a template, things that are neither, and Terraform's own files with and without a plan.
fn laid_out() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let plan = r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "aws_db_instance.d",
        "mode": "managed", "type": "aws_db_instance", "name": "d", "values": {"publicly_accessible": true, "storage_encrypted": true}}]}}}"#;
    for (path, text) in [
        ("planned/main.tf", ""),
        ("planned/plan.json", plan),
        ("unplanned/main.tf", ""),
        ("unplanned/.terraform/modules/m/main.tf", ""),
        ("app/template.yaml", "Resources:\n  T:\n    Type: AWS::SNS::Topic\n"),
        ("app/broken.yml", "Resources:\n  T: {Type: AWS::SNS::Topic\n"),
        ("app/compose.yaml", "services: {}\n"),
        ("app/package.json", "{}"),
    ] {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().expect("has a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    directory
}

fn scanned(paths: &[PathBuf], kind: Kind) -> Scan {
    let bundle = bundle(&[]).expect("compiles");
    scan(&bundle, &discover::find(paths, kind).expect("exists")).0
}

#[test]
fn a_directory_is_looked_through() {
    let directory = laid_out();
    let root = || vec![directory.path().to_path_buf()];
    for (kind, findings, errors) in [
        (Kind::All, 1, &["broken.yml does not parse", "unplanned: Terraform's own files"][..]),
        (Kind::Tfplan, 1, &[]),
        (Kind::Cloudformation, 0, &["broken.yml does not parse"]),
        (Kind::Terraform, 0, &["planned: Terraform's own files", "unplanned: Terraform's own files"]),
    ] {
        let scan = scanned(&root(), kind);
        assert_eq!(scan.findings.len(), findings, "{kind:?}: {:?}", scan.findings);
        assert_eq!(scan.errors.len(), errors.len(), "{kind:?}: {:?}", scan.errors);
        for (error, expected) in scan.errors.iter().zip(errors) {
            assert!(error.message.contains(expected), "{kind:?}: {error}");
        }
    }
}

#[test]
fn a_named_file_is_scanned_whatever_it_is() {
    let directory = laid_out();
    for (file, findings, error) in [
        ("planned/plan.json", 1, None),
        ("app/template.yaml", 0, None),
        ("app/package.json", 0, Some("no `format_version`")),
        ("app/compose.yaml", 0, Some("no `Resources`")),
        ("unplanned/main.tf", 0, Some("not read yet")),
    ] {
        let scan = scanned(&[directory.path().join(file)], Kind::All);
        assert_eq!(scan.findings.len(), findings, "{file}");
        assert_eq!(scan.errors.len(), usize::from(error.is_some()), "{file}: {:?}", scan.errors);
        assert!(
            scan.errors.iter().all(|found| found.message.contains(error.unwrap_or_default())),
            "{file}: {:?}",
            scan.errors
        );
    }
    assert!(discover::find(&[directory.path().join("gone")], Kind::All).is_err());
}

#[test]
fn exit_codes_tell_findings_from_errors() {
    let finding = scanned(&[laid_out().path().join("planned")], Kind::Tfplan).findings;
    let error = vec![ScanError::input("x", "y")];
    for (findings, errors, code) in
        [(vec![], vec![], 0), (finding.clone(), vec![], 3), (vec![], error.clone(), 4), (finding, error, 5)]
    {
        assert_eq!(exit_code(&Scan { findings, errors, ..Scan::default() }), ExitCode::from(code));
    }
}

#[test]
fn packs_are_put_together() {
    let directory = tempfile::tempdir().expect("a directory");
    let rule = "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: OWN-1\n#   remedy: R\n#   severity: low\n#   category: C\n#   engines: [terraform]\npackage own\n\ndeny contains {\"address\": \"a\", \"message\": \"m\"} if true\n";
    std::fs::write(directory.path().join("own.rego"), rule).expect("written");
    let own = directory.path().to_path_buf();
    assert_eq!(bundle(std::slice::from_ref(&own)).expect("compiles").rules().len(), 1);
    let builtin = bundle(&[]).expect("compiles").rules().len();
    assert_eq!(bundle(&[own, "builtin".into()]).expect("compiles").rules().len(), builtin + 1);
    assert!(bundle(&["/does/not/exist".into()]).is_err());
}
