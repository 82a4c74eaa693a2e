use super::super::compat::{Dialect, parse};
use super::doubtful;

fn check(rules: &str, expected: &[&str]) {
    let module = parse("m.rego", &format!("package m\n\n{rules}\n"), Dialect::V1).expect(rules).module;
    let found: Vec<_> = doubtful(&module).into_iter().collect();
    assert_eq!(found, expected, "{rules}");
}

#[test]
fn two_definitions_must_exclude_each_other() {
    check("f(x) := 1 if x.a\n\nf(x) := 2 if x.b", &["f"]);
    check("f(x) := 1 if x.a\n\nf(x) := 1 if x.b", &[]);
    check("f(x) if x.a\n\nf(x) if x.b", &[]);
    check("f(x) := 1 if x.a\n\nf(x) := 2 if not x.a", &[]);
    check("f(x) := 1 if x.a\n\nf(y) := 2 if not x.a", &["f"]);
    check("f(x) := 1 if g(x)\n\nf(x) := 2 if not g(x)", &[]);
    check("f(x) := 1 if g(x)\n\nf(x) := 2 if not h(x)", &["f"]);
    check("f(x) := 1 if endswith(x, \".id\")\n\nf(x) := 2 if endswith(x, \".name\")", &[]);
    check("f(x) := 1 if endswith(x, \".id\")\n\nf(x) := 2 if endswith(x, \"d\")", &["f"]);
    check("f(x) := 1 if endswith(x, \".id\")\n\nf(x) := 2 if endswith(x.y, \".name\")", &["f"]);
    check("f(x) := y if { x.l[_] == 1; y := 1 }\n\nf(x) := y if { x.l[_] == 2; y := 2 }", &["f"]);
    check("f(x) := y if { x.l[i] == 1; y := 1 }\n\nf(x) := y if { x.l[i] == 2; y := 2 }", &["f"]);
    check("f(x) = y if { x.a == 1; y = x.b }\n\nf(x) = y if { x.a == 2; y = x.c }", &[]);
    check("f(x) := 1 if startswith(x, \"a\")\n\nf(x) := 2 if startswith(x, \"b\")", &[]);
    check("f(x) := 1 if startswith(x, \"a\")\n\nf(x) := 2 if endswith(x, \"b\")", &["f"]);
    check("f(x) := 1 if g(x) == true\n\nf(x) := 2 if not g(x)", &[]);
    check("f(x) := 1 if g(x) == false\n\nf(x) := 2 if not g(x)", &["f"]);
    check("f(x) := 1 if x == \"a\"\n\nf(x) := 2 if x != \"a\"", &[]);
    check("f(x) := 1 if x == \"a\"\n\nf(x) := 2 if x == \"b\"", &[]);
    check("f(x) := 1 if x == \"a\"\n\nf(x) := 2 if x == y", &["f"]);
    check("f(x) := 1 if x > 1\n\nf(x) := 2 if x <= 1", &[]);
    check("f(x) := 1 if x > 1\n\nf(x) := 2 if x >= 1", &["f"]);
    check("f(\"a\") := 1\n\nf(\"b\") := 2", &[]);
    check("f(\"a\", _) := 1\n\nf(_, \"b\") := 2", &["f"]);
    check("f(x) := 1 if is_array(x)\n\nf(x) := 2 if is_object(x)", &[]);
    check("f(x) := 1 if is_array(x.a)\n\nf(x) := 2 if is_object(x.b)", &["f"]);
    check("f(x) := 1 if { y := x.a; y.b }\n\nf(x) := 2 if { y := x.c; not y.b }", &["f"]);
}

#[test]
fn one_definition_must_not_go_through_anything() {
    check("x := y if { some y in input.l }", &["x"]);
    check("x := y if y := input.l[_]", &["x"]);
    check("x := y if { y := input.l[0] }", &[]);
    check("f(i) := input.l[i]", &[]);
    check("x := input.l[i]", &["x"]);
    check("x := [y | some y in input.l]", &[]);
    check("x := 1 if { some y in input.l; y.z }", &[]);
    check("f(x) := 1 if x.a else := y if { some y in input.l }", &["f"]);
    check("x := y if { y := input.a; input.l[_] == y }", &[]);
    check("f(c) := y if { c.l[i] == 1; c.m[_]; y := [v | v := c.l[_]] }", &[]);
    check("f(c) := y if { c.l[_] == 1; y := c.l[_] }", &["f"]);
    check("f(c) := y if { c.l[i] == 1; y := c.m[i] }", &["f"]);
    check("f(c) := y if { c.l[i] == 1; y := i }", &["f"]);
    check("f(c) := {\"a\": i} if c.l[i] == 1", &["f"]);
    check("f(c) := y if { some v in c.l; z := v.a; y := z }", &["f"]);
    check("f(c) := y if { split(c, \"/\", y) }", &["f"]);
    check("f(c) := y if { [y, _] := split(c, \"/\"); some v in [y]; v != \"\" }", &[]);
    check("x := y if { y = input.l[_]; y = 1 }", &[]);
    check("x := y if { y = input.l[_]; y > 1 }", &["x"]);
    check("f(c) := y if { some c in input.l; y := c }", &["f"]);
    check("f(c) := y if { c = input.l[_]; y := c }", &["f"]);
    check("x := y if walk(input, [_, y])", &["x"]);
    check("x contains y if some y in input.l", &[]);
}

#[test]
fn a_key_must_not_have_two_values() {
    check("x[k] := v if some k, v in input.o", &["x[k]"]);
    check("x := {k: v | some k, v in input.o}", &[]);
    check("x := {v: k | some k, v in input.o}", &["{v: k | some k, v in input.o}"]);
    check("x := {k: 1 | some k in input.l}", &[]);
    check("x := {k: f(k) | some k in input.l}", &[]);
    check("x := {k: v | some k in input.l; v := f(k)}", &[]);
    check(
        "x := {k: v | some k in input.l; v := input.o[k][_]}",
        &["{k: v | some k in input.l; v := input.o[k][_]; [v]}"],
    );
    check("x := {k: v | some k, w in input.o; some v in w}", &["{k: v | some k, w in input.o; some v in w}"]);
}
