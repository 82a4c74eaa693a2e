//! Which stacks are touched, and why.

use std::collections::{BTreeMap, BTreeSet};

use landing_zone::{Engine, Region, Stack, StackFile, StackName, StageName};
use pipeline_core::planner::{ChangedFiles, touched};

fn stack(name: &str) -> Stack {
    Stack {
        name: StackName::parse(name).unwrap(),
        engine: Engine::Terraform,
        path: format!("stacks/{name}"),
        template: None,
        stages: BTreeSet::from([StageName::parse("dev").unwrap()]),
        regions: vec![Region::parse("eu-west-1").unwrap()],
        when_modified: None,
        variables: BTreeMap::new(),
        parameters: BTreeMap::new(),
        depends_on: BTreeSet::new(),
    }
}

fn file(stacks: impl IntoIterator<Item = Stack>) -> StackFile {
    StackFile { stacks: stacks.into_iter().collect() }
}

fn after(mut stack: Stack, names: &[&str]) -> Stack {
    stack.depends_on = names.iter().map(|name| StackName::parse(name).unwrap()).collect();
    stack
}

fn globs(mut stack: Stack, globs: &[&str]) -> Stack {
    stack.when_modified = Some(globs.iter().map(|glob| (*glob).to_owned()).collect());
    stack
}

/// A network with a module, an application on it, and a monitor that looks at whatever is YAML or in `docs`.
fn stacks() -> StackFile {
    let monitor = globs(stack("monitor"), &["**/*.yaml", "docs/*"]);
    file([stack("network"), after(stack("app"), &["network"]), after(stack("edge"), &["app"]), monitor])
}

fn modules() -> BTreeMap<StackName, BTreeSet<String>> {
    BTreeMap::from([(StackName::parse("network").unwrap(), BTreeSet::from(["modules/vpc".to_owned()]))])
}

fn reasons(stacks: &StackFile, change: ChangedFiles<'_>) -> String {
    let found = touched(stacks, change, &modules()).unwrap();
    found.iter().map(|(stack, reason)| format!("{stack}: {reason}")).collect::<Vec<_>>().join("; ")
}

/// What changed files touch when the stacks file is as it was.
fn check(files: &[&str], expected: &str) {
    let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
    let stacks = stacks();
    let change = ChangedFiles { files: Some(&files), previous: Some(&stacks) };
    assert_eq!(reasons(&stacks, change), expected);
}

#[test]
fn a_changed_file_touches_its_stack_and_what_depends_on_it() {
    check(&[], "");
    check(&["README.md"], "");
    check(&["stacks/edge/a/b.tf"], "edge: stacks/edge/a/b.tf changed");
    check(&["stacks/edge2/main.tf", "stacks/edge.tf", "stacks/edge"], "");
    check(&["stacks/app/z.tf", "stacks/app/b.tf"], "app: stacks/app/b.tf changed; edge: depends on app");
    check(
        &["modules/vpc/main.tf"],
        "app: depends on network; edge: depends on app; network: modules/vpc/main.tf changed",
    );
    check(
        &["modules/vpc/main.tf", "stacks/edge/x.tf"],
        "app: depends on network; edge: stacks/edge/x.tf changed; network: modules/vpc/main.tf changed",
    );
}

#[test]
fn globs_take_the_place_of_the_path() {
    check(&["stacks/monitor/main.tf"], "");
    check(&["any/where/x.yaml"], "monitor: any/where/x.yaml changed");
    check(&["docs/a.md"], "monitor: docs/a.md changed");
    check(&["docs/deep/a.md"], "");
    let bad = file([globs(stack("monitor"), &["docs/["])]);
    let error = touched(&bad, ChangedFiles { files: Some(&[]), previous: None }, &modules()).unwrap_err();
    insta::assert_snapshot!(error, @r#"when_modified of stack monitor has "docs/[", which is no glob: unclosed character class; missing ']'"#);
}

#[test]
fn a_stack_at_the_root_looks_at_every_file() {
    let root = file([Stack { path: ".".to_owned(), ..stack("all") }]);
    let files = ["z/y.tf".to_owned()];
    let change = ChangedFiles { files: Some(&files), previous: Some(&root) };
    assert_eq!(reasons(&root, change), "all: z/y.tf changed");
}

#[test]
fn without_a_base_every_stack_is_touched() {
    let change = ChangedFiles { files: None, previous: None };
    let all = ["app", "edge", "monitor", "network"].map(|name| format!("{name}: every stack is planned"));
    assert_eq!(reasons(&stacks(), change), all.join("; "));
}

#[test]
fn a_stack_that_is_new_or_defined_otherwise_is_touched() {
    let now = stacks();
    let mut before = now.clone();
    before.stacks.retain(|stack| stack.name.as_str() != "monitor");
    for stack in &mut before.stacks {
        if stack.name.as_str() == "app" {
            stack.regions = vec![Region::parse("eu-west-2").unwrap()];
        }
    }
    let change = ChangedFiles { files: Some(&[]), previous: Some(&before) };
    let expected = "app: its definition changed; edge: depends on app; monitor: the stack is new";
    assert_eq!(reasons(&now, change), expected);
}

#[test]
fn a_cycle_ends() {
    let ring = file([after(stack("a"), &["b"]), after(stack("b"), &["a"]), stack("c")]);
    let files = ["stacks/a/x.tf".to_owned()];
    let change = ChangedFiles { files: Some(&files), previous: Some(&ring) };
    assert_eq!(reasons(&ring, change), "a: stacks/a/x.tf changed; b: depends on a");
}
