use super::super::compat::{self, Dialect};
use super::Needs;

/// What the rule `deny` of package `r` needs; `-` if that cannot be told.
fn check(rule: &str, expected: &str) {
    let library = "package lib\n\nof_types(kinds) := [it | some kind in kinds; some it in input.resources[kind]]\n\n\
                   held := {it | some it in of_types(kinds)}\n\nkinds := [\"role\", \"user\"]\n\n\
                   named[it.name] := it if some it in input.data.policy\n";
    let mut needs = Needs::default();
    for text in [library.to_owned(), format!("package r\n\nimport data.lib\n\n{rule}\n")] {
        needs.add(&compat::parse("r.rego", &text, Dialect::V1).expect(rule).module);
    }
    let found = needs.of("data.r.deny");
    let shown = found.map_or("-".to_owned(), |parts| parts.into_iter().collect::<Vec<_>>().join(" "));
    assert_eq!(shown, expected, "{rule}");
}

#[test]
fn what_is_looked_for_first_is_needed() {
    check("deny contains it if some it in input.resources.bucket", "resources.bucket");
    check("deny contains it if { it := 1; some x in input.changes[\"key\"]; x.y }", "changes.key");
    check("deny contains it if { some it in input.data.http; not input.resources.other }", "data.http");
    check("deny contains 1 if { first := input.resources.bucket[0]; first.name }", "resources.bucket");
    check("deny contains 1 if input.resources.bucket[0].public", "resources.bucket");
}

#[test]
fn kinds_may_be_listed() {
    check(
        "deny contains it if { some kind in [\"a\", \"b\"]; some it in input.resources[kind] }",
        "resources.a resources.b",
    );
    check(
        "places := {\"a\": 1, \"b\": 2}\n\ndeny contains it if { some kind, _ in places; some it in input.resources[kind] }",
        "resources.a resources.b",
    );
    check("deny contains it if { kind := \"a\"; some it in input.resources[kind] }", "resources.a");
    check(
        "deny contains it if { some kind in lib.kinds; some it in lib.of_types([kind]) }",
        "resources.role resources.user",
    );
}

#[test]
fn rules_and_functions_are_followed() {
    check("deny contains it if some it in lib.of_types([\"a\", \"b\"])", "resources.a resources.b");
    check("deny contains it if some it in lib.held", "resources.role resources.user");
    check("deny contains it if some it in lib.named", "data.policy");
    check(
        "open contains it if some it in input.resources.a\n\ndeny contains it if some it in open",
        "resources.a",
    );
    check(
        "both := lib.held | lib.of_types([\"a\"])\n\ndeny contains it if some it in both",
        "resources.a resources.role resources.user",
    );
    check(
        "deny contains 1 if input.resources.a\n\ndeny contains 2 if input.resources.b",
        "resources.a resources.b",
    );
}

#[test]
fn what_cannot_be_told_is_always_asked() {
    for rule in [
        "deny contains 1 if not input.resources.trail",
        "deny contains 1 if count(object.get(input.resources, \"a\", [])) == 0",
        "deny contains it if { some kind, _ in input.resources; some it in input.resources[kind] }",
        "deny contains it if some it in input.modules",
        "deny contains 1 if input.resources.a\n\ndeny contains 2 if input.engine == \"terraform\"",
        "deny contains 1 if every it in input.resources.a { it.ok }",
        "deny contains 1 if { some it in input.resources.a with input as {}; it }",
        "deny contains 1 if count(lib.held) == 0",
        "deny contains 1 if { found := lib.held; count(found) == 0 }",
        // What the body declares hides the rule of the name.
        "held contains it if some it in input.resources.a\n\ndeny contains 1 if { some it in held; held := [1] }",
        // Every key is there, whatever stands at it.
        "by[name] := [] if name := \"x\"\n\ndeny contains 1 if some it in by",
        "by.name := [it | some it in input.resources.a]\n\ndeny contains 1 if some it in by",
        "some_or_none := input.resources.a if true\n\nsome_or_none := [1] if input.engine\n\ndeny contains it if some it in some_or_none",
        "default held := [1]\n\nheld := input.resources.a\n\ndeny contains it if some it in held",
        // A circle.
        "first contains it if some it in second\n\nsecond contains it if some it in first\n\ndeny contains it if some it in first",
    ] {
        check(rule, "-");
    }
}
