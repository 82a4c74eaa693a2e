//! What `--help` says, and what wrong use gets.

use crate::here::Here;

#[test]
fn help_reads_well() {
    let here = Here::new();
    for command in [
        "zone",
        "zone check",
        "zone accounts",
        "zone units",
        "audit",
        "audit verify",
        "runs",
        "show",
        "logs",
        "approve",
        "reject",
        "cancel",
        "retry",
        "doctor",
    ] {
        let ran = here.run(&format!("{command} --help"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{command}");
        let name = command.replace(' ', "_");
        insta::assert_snapshot!(name, ran.stdout);
    }
}

#[test]
fn wrong_use_is_exit_code_1() {
    for line in
        ["zone", "approve", "approve r-1 --digest abc", "runs --limit 0", "runs --cursor x", "no-such"]
    {
        let ran = Here::new().run(line);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{line}: {}", ran.shown());
        assert!(!ran.stderr.is_empty(), "{line}");
    }
}

#[test]
fn help_does_not_tell_what_variables_hold() {
    let here = Here::new().set("WAYLEAVE_SERVER", "http://somewhere.example");
    assert!(!here.run("runs --help").stdout.contains("somewhere"));
}
