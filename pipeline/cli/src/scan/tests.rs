use super::*;

#[test]
fn exit_codes_tell_findings_from_errors() {
    let finding = serde_json::json!({"rule": "R", "title": "", "severity": "low", "category": "", "resource_type": "",
        "address": "", "message": "", "why": "", "remedy": ""});
    let finding = vec![serde_json::from_value(finding).expect("is one")];
    let error = vec![policies::ScanError::input("x", "y")];
    for (findings, errors, code) in
        [(vec![], vec![], 0), (finding.clone(), vec![], 3), (vec![], error.clone(), 4), (finding, error, 5)]
    {
        assert_eq!(exit_code(&Scan { findings, errors, ..Scan::default() }), ExitCode::from(code));
    }
}

#[test]
fn patterns_leave_paths_out() {
    let globs = site::globs(&["./examples/**".into(), "*.yml".into(), "a/*/c".into(), "dist/".into()])
        .expect("patterns");
    for (path, expected) in [
        ("examples", true),
        ("examples/a/b.tf", true),
        ("x/examples", false),
        ("x.yml", true),
        ("a/x.yml", false),
        ("a/b/c", true),
        ("a/b/c/d", true),
        ("a/b/b/c", false),
        ("dist", true),
    ] {
        assert_eq!(globs.is_match(path), expected, "{path}");
    }
    assert!(site::globs(&["a[".into()]).is_err());
}

#[test]
fn everything_wrong_with_a_configuration_is_told_at_once() {
    let text = "[policy]\npath = 3\nfoo = 1\n[rules]\nscan-rules = [\"A\", 1]\n[severity]\nlevel = \"worst\"\n\
                [sevrity]\nlevel = \"low\"\n[parameters]\n\"WL-1\" = 2\n";
    insta::assert_snapshot!(config::parse(text).expect_err("is wrong").join("\n"), @r#"
    line 2, column 1: `path` takes a list of strings
    line 3, column 1: `foo` is not known here; known are path, rego_subdir, repo_url, branch, environment, access_token
    line 5, column 1: `scan-rules` takes a list of strings
    line 7, column 1: `level` takes low, medium or high
    line 8, column 2: `sevrity` is not known here; known are policy, rules, severity, category, framework, scan, severities, parameters, notifications, k8s-admission-control
    line 11, column 1: write the parameters of a rule as [parameters."WL-1"]
    "#);
    let wrong = config::parse("a = \n").expect_err("is no TOML");
    assert!(matches!(wrong.as_slice(), [one] if one.starts_with("line 1, column 5: ")), "{wrong:?}");
}

#[test]
fn a_configuration_of_terrascan_is_read() {
    let text = "[policy]\npath = \"rules\"\nrego_subdir = \"aws\"\n[rules]\nscan-rules = [\"A\"]\nskip-rules = [\"B\"]\n\
                [severity]\nlevel = \"HIGH\"\n[category]\nlist = [\"Data Protection\"]\n[framework]\nlist = [\"cis-aws-3.0:5.2\"]\n[notifications.webhook]\nurl = \"x\"\n\
                [severities]\n\"WL-1\" = \"low\"\n[parameters.\"WL-1\"]\nports = [22]\nshare = 0.5\non = true\n";
    let config = config::parse(text).expect("is well");
    assert_eq!(config.frameworks, ["cis-aws-3.0:5.2"]);
    assert_eq!((config.packs, config.subdirectory), (vec!["rules".to_owned()], Some("aws".to_owned())));
    assert_eq!(
        (config.level, config.idle),
        (Some(policies::Severity::High), vec!["notifications".to_owned()])
    );
    let parameters = serde_json::to_value(&config.parameters).expect("is JSON");
    assert_eq!(parameters, serde_json::json!({"WL-1": {"ports": [22], "share": 0.5, "on": true}}));
}

#[test]
fn the_page_has_every_option() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scan.md");
    let page = std::fs::read_to_string(path).expect("is there");
    let command = <Arguments as clap::Args>::augment_args(clap::Command::new("scan"));
    for option in command.get_arguments().filter(|option| !option.is_hide_set() && !option.is_positional()) {
        let long = option.get_long().map(|long| page.contains(&format!("--{long}")));
        let short = option.get_short().map(|short| page.contains(&format!("`-{short}")));
        assert!(long == Some(true) || short == Some(true), "docs/scan.md lacks --{}", option.get_id());
    }
}
