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
                [sevrity]\nlevel = \"low\"\n[parameters]\n\"WL-1\" = 2\n[notifications.a]\nurl = \"x\"\n\
                [notifications.b]\ntype = \"webhook\"\nconfig = {url = \"x\"}\n[notifications.c]\ntype = \"webhook\"\n";
    insta::assert_snapshot!(config::from_toml(text).expect_err("is wrong").join("\n"), @r#"
    line 2, column 1: `path` takes a list of strings
    line 3, column 1: `foo` is not known here; known are path, rego_subdir, repo_url, branch, environment, access_token
    line 5, column 1: `scan-rules` takes a list of strings
    line 7, column 1: `level` takes low, medium or high
    line 8, column 2: `sevrity` is not known here; known are policy, rules, severity, category, framework, scan, severities, parameters, notifications, k8s-admission-control
    line 11, column 1: write the parameters of a rule as a section: [parameters."WL-1"]
    line 13, column 1: `url` is not known here; known are type, config
    line 12, column 16: `a` needs the `type` "webhook", the only one that there is
    line 16, column 11: `url`: write an address like https://host.example/path
    line 17, column 16: a webhook needs a `config` with its `url`
    "#);
    for (text, place) in [("a = \n", "line 1, column 5: "), ("[policy\n", "line 1, column 8: ")] {
        let wrong = config::from_toml(text).expect_err(text);
        assert!(matches!(wrong.as_slice(), [one] if one.starts_with(place)), "{wrong:?}");
    }
}

#[test]
fn everything_wrong_with_a_configuration_in_yaml_is_told_at_once() {
    let text = "policy:\n  path: 3\n  foo: 1\nrules: [A]\nseverity:\n  level: worst\ncategory:\n  list: A\n\
                notifications:\n  a: {type: slack}\n  b:\n    type: webhook\n    config: {token: t}\n";
    insta::assert_snapshot!(config::from_yaml(text).expect_err("is wrong").join("\n"), @r#"
    line 2, column 3: `path` takes a list of strings
    line 3, column 3: `foo` is not known here; known are path, rego_subdir, repo_url, branch, environment, access_token
    line 4, column 1: `rules` is a section: write [rules], in YAML rules:
    line 6, column 3: `level` takes low, medium or high
    line 8, column 3: `list` takes a list of strings
    line 10, column 3: `a` needs the `type` "webhook", the only one that there is
    line 13, column 5: a webhook needs its `url`
    "#);
    for (text, place) in
        [("a: [\n", "line 1, column 4: "), ("- a\n", "line 1, column 1: "), ("a: 1\n---\n", "line 2, ")]
    {
        let wrong = config::from_yaml(text).expect_err(text);
        assert!(matches!(wrong.as_slice(), [one] if one.starts_with(place)), "{text}: {wrong:?}");
    }
}

/// The same in both languages.
const TOML: &str = r#"
[policy]
path = "rules"
rego_subdir = "aws"
repo_url = "https://host.example/rules.git"
branch = "main"
environment = "https://host.example"
[rules]
scan-rules = ["A"]
skip-rules = ["B", "C"]
[severity]
level = "HIGH"
[category]
list = ["Data Protection"]
[framework]
list = ["cis-aws-3.0:5.2"]
[scan]
exclude = ["examples"]
baseline = "known.json"
[notifications.team]
type = "webhook"
[notifications.team.config]
URL = "https://host.example/hook"
token = "t"
[k8s-admission-control]
dashboard = true
[severities]
"WL-1" = "low"
[parameters."WL-1"]
ports = [22, 0x10]
share = 0.5
wide = true
"#;
const YAML: &str = r#"
policy:
  path: [rules]
  rego_subdir: aws
  repo_url: 'https://host.example/rules.git'
  branch: main
  environment: https://host.example
  access_token:
rules:
  scan-rules: [A]
  skip-rules:
    - B
    - C
severity:
  level: HIGH
category:
  list:
    - "Data Protection"
framework: {list: ["cis-aws-3.0:5.2"]}
scan: {exclude: [examples], baseline: known.json}
notifications:
  team:
    type: webhook
    config:
      url: https://host.example/hook
      token: t
k8s-admission-control:
  dashboard: true
severities: {WL-1: low}
parameters:
  WL-1: {ports: [22, 16], share: 0.5, wide: true}
"#;

#[test]
fn a_configuration_of_terrascan_is_read_in_both_languages() {
    let (toml, yaml) = (config::from_toml(TOML).expect("is well"), config::from_yaml(YAML).expect("is well"));
    assert_eq!(format!("{toml:?}"), format!("{yaml:?}"));
    assert_eq!(toml.frameworks, ["cis-aws-3.0:5.2"]);
    assert_eq!((toml.packs, toml.subdirectory), (vec!["rules".to_owned()], Some("aws".to_owned())));
    assert_eq!(toml.level, Some(policies::Severity::High));
    assert_eq!(toml.idle, ["policy.environment", "k8s-admission-control"]);
    let told: Vec<(&str, bool)> =
        toml.webhooks.iter().map(|webhook| (webhook.url.as_str(), webhook.token.is_some())).collect();
    assert_eq!(told, [("https://host.example/hook", true)]);
    let parameters = serde_json::to_value(&toml.parameters).expect("is JSON");
    assert_eq!(parameters, serde_json::json!({"WL-1": {"ports": [22, 16], "share": 0.5, "wide": true}}));
    for nothing in ["", "# nothing\n", "rules:\n", "---\n~\n"] {
        let config = config::from_yaml(nothing).expect(nothing);
        assert_eq!(format!("{config:?}"), format!("{:?}", config::Config::default()), "{nothing}");
    }
}

/// What comes of a command line: the words of `scan`, behind those ahead of it.
fn read(line: &str) -> Result<Arguments, String> {
    let words = std::iter::once("wayleave").chain(line.split_whitespace());
    match crate::Arguments::read(words.map(Into::into)) {
        Ok(crate::Arguments { command: crate::Command::Scan(scan), .. }) => Ok(*scan),
        Ok(other) => Err(format!("{other:?}")),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn terrascans_global_options_may_stand_before_the_subcommand() {
    let shown = |line: &str| read(line).map(|scan| format!("{scan:?}"));
    for (ahead, behind) in [
        ("-o json scan", "scan -o json"),
        ("--format json -l debug -x json -o yaml scan", "scan -l debug -x json -o yaml"),
        ("--output=sarif --log-level=warn --log-type console scan", "scan -o sarif -l warn -x console"),
        (
            "-c a.toml --temp-dir t --log-output-dir l scan .",
            "scan . -c a.toml --temp-dir t --log-output-dir l",
        ),
        // The last one counts.
        ("-o yaml -o json scan", "scan -o json"),
        ("-o yaml -c a scan -o json -c b", "scan -o json -c b"),
        ("scan -o yaml -o json --severity low --severity high", "scan -o json --severity high"),
    ] {
        assert_eq!(shown(ahead), shown(behind), "{ahead}");
        assert!(shown(ahead).is_ok(), "{ahead}: {:?}", shown(ahead));
    }
    for (line, said) in [
        ("-o json doctor", "--output is an option of `wayleave scan`"),
        ("-c x runs", "--config-path is an option of `wayleave scan`"),
        ("-o nonsense scan", "invalid value 'nonsense'"),
        ("-d x scan", "unexpected argument '-d'"),
    ] {
        let error = read(line).expect_err(line);
        assert!(error.contains(said), "{line}: {error}");
    }
}

#[test]
fn switches_take_values_as_in_terrascan() {
    for (words, expected) in [
        ("", [false; 4]),
        ("--non-recursive --show-passed -v --config-only", [true; 4]),
        ("--non-recursive=true --show-passed=T -v=1 --config-only=TRUE", [true; 4]),
        ("--non-recursive=false --show-passed=F -v=0 --config-only=False", [false; 4]),
        (
            "--show-passed --show-passed=false --verbose=f --verbose --non-recursive -vv",
            [true, false, true, false],
        ),
        ("--non-recursive . -vo json --show-passed=false", [true, false, true, false]),
        (
            "--find-vuln=false --use-terraform-cache=true --config-with-error=0 -v=true",
            [false, false, true, false],
        ),
    ] {
        let scan = read(&format!("scan {words}")).expect(words);
        let got = [scan.non_recursive, scan.show_passed, scan.verbose, scan.config_only];
        assert_eq!(got, expected, "{words}");
    }
    for words in ["--show-passed=yes", "--non-recursive=", "-v=tRue", "--config-with-error=2"] {
        assert!(read(&format!("scan {words}")).is_err(), "{words}");
    }
}

#[test]
fn words_for_colours_are_those_of_terrascan() {
    use arguments::Colours::{Always, Auto, Never};
    for (word, expected) in [
        ("auto", Auto),
        ("AUTO", Auto),
        ("t", Always),
        ("True", Always),
        ("y", Always),
        ("1", Always),
        ("force", Always),
        ("f", Never),
        ("false", Never),
        ("n", Never),
        ("no", Never),
        ("0", Never),
        ("yes", Never),
        ("", Never),
    ] {
        let scan = read(&format!("scan --use-colors={word}")).expect(word);
        assert_eq!(scan.use_colors, expected, "{word}");
    }
}

#[test]
fn what_is_not_done_here_is_refused_with_what_to_do_instead() {
    for (words, said) in [
        ("--find-vuln", "a scanner of images"),
        ("--values-files x", "Helm charts"),
        ("-i k8s", "another scanner"),
        ("-i helm", "another scanner"),
        ("-i arm", "another scanner"),
        ("-t azure", "for aws alone"),
        ("-t aws,k8s", "for aws alone"),
        ("-r s3 -u s3::x", "aws s3 sync"),
        ("-r gcs -u x", "gsutil rsync"),
        ("-r http -u x", "unpack"),
        ("-r terraform-registry -u a/b/c", "terraform init"),
    ] {
        let refusal = read(&format!("scan {words}")).expect(words).refusal().expect(words);
        assert!(refusal.contains(said), "{words}: {refusal}");
    }
    for words in ["--find-vuln=false", "-t aws -i cft", "-r git -u x", "-i all -t all"] {
        assert_eq!(read(&format!("scan {words}")).expect(words).refusal(), None, "{words}");
    }
    for words in [
        "-r git",
        "-u x",
        "-r git -u x .",
        "-r git -u x -d .",
        "-r ftp -u x",
        "--webhook-token t",
        "--webhook-url mailto:x",
    ] {
        assert!(read(&format!("scan {words}")).is_err(), "{words}");
    }
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
