//! What OPA 0.46.1 answers, and what is answered here.
//!
//! `opa.tsv` has a body of a rule and OPA's answer on each line; `opa.rego` are the rules that the bodies may use. An answer
//! comes from `opa eval -i input.json -d module.rego data.t.q` with the module of [`module_of`].

use serde_json::{Value, json};

use super::super::machine;
use super::{Dialect, engine, in_package, package, parse, tokens};

fn module(file: &str, text: &str, dialect: Dialect) -> Result<String, super::RegoError> {
    Ok(parse(file, text, dialect)?.for_interpreter())
}

const ANSWERS: &str = include_str!("opa.tsv");
const RULES: &str = include_str!("opa.rego");

fn input() -> Value {
    json!({
        "n": 1, "nul": null, "o": {"b": 1, "s": "str"}, "abc": "abc", "mixed": [1, null, "a", 3],
        "list": [10, 20, 30], "lists": [[1, 2], [3]], "rows": [{"b": [1, 2]}, {"b": [2, 3]}, {"c": 1}],
    })
}

fn module_of(body: &str) -> String {
    let value = if body.contains("x := ") { "" } else { "x := true; " };
    format!("{RULES}q = x {{ {value}{body} }}\n")
}

fn answer(text: &str, dialect: Dialect) -> String {
    let mut engine = engine(dialect);
    let written = module("t.rego", text, dialect).unwrap_or_else(|error| panic!("{text}\n{error:?}"));
    engine.add_policy("t.rego".into(), written.clone()).unwrap_or_else(|error| panic!("{written}\n{error}"));
    engine.set_input(regorus::Value::from(input()));
    match engine.eval_rule("data.t.q".into()) {
        Ok(regorus::Value::Undefined) => "undefined".into(),
        Ok(value) => serde_json::from_str::<Value>(&value.to_string()).expect("JSON").to_string(),
        Err(error) => format!("{error}\n{written}"),
    }
}

/// What the virtual machine answers to the body of a rule, as a set; none if it does not take the rule.
fn machine_answer(body: &str) -> Option<Value> {
    // One rule that is not for the machine would keep the others of its module from it.
    let text = module_of(body).replace("{ x := input.nul - 1 }", "").replace("\nq = x {", "\nq[x] {");
    let text = parse("t.rego", &text, Dialect::V0).expect("parses").for_machine()?.text();
    let program = machine::compile(Dialect::V0, [("t.rego", text)].into_iter(), &["data.t.q"])?;
    let (input, limit) = (regorus::Value::from(input()), std::time::Duration::from_secs(5));
    let answers = machine::ask(&program, &input, limit).unwrap_or_else(|error| panic!("{body}: {error}"));
    let answer = machine::pairs(&answers).next().expect("a set").1.to_string();
    Some(serde_json::from_str(&answer).expect("JSON"))
}

#[test]
fn rules_answer_as_in_opa_on_the_machine() {
    let mut taken = 0;
    let lines = ANSWERS.lines().map(|line| line.split_once('\t').expect("a body and an answer"));
    let wrong: Vec<_> = lines
        .filter_map(|(body, expected)| {
            let expected = match expected {
                "undefined" => json!([]),
                json => json!([serde_json::from_str::<Value>(json).expect("JSON")]),
            };
            let got = machine_answer(body)?;
            taken += 1;
            (got != expected).then(|| format!("{body}\n  OPA:  {expected}\n  here: {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(taken > 40, "the machine takes only {taken}");
}

#[test]
fn rules_answer_as_in_opa() {
    let lines = ANSWERS.lines().map(|line| line.split_once('\t').expect("a body and an answer"));
    let wrong: Vec<_> = lines
        .filter_map(|(body, expected)| {
            let expected = match expected {
                "undefined" => "undefined".to_owned(),
                json => serde_json::from_str::<Value>(json).expect("JSON").to_string(),
            };
            let got = answer(&module_of(body), Dialect::V0);
            (got != expected).then(|| format!("{body}\n  OPA:  {expected}\n  here: {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ANSWERS.lines().count() > 90);
}

#[test]
fn rego_v1_has_the_same_gaps_closed() {
    for (body, expected) in [
        ("q if not startswith(input.foo, \"x\")", "undefined"),
        ("q if not input.foo == 1", "true"),
        ("q if not input.foo in [1]", "undefined"),
        ("q if not \"a\" in input.foo", "undefined"),
        ("q contains i if { some row in input.rows; row.b; some i; row.b[i] == 2 }", "[0,1]"),
        ("q contains y if { some z in input.mixed; y := z + 1 }", "[2,4]"),
        ("q := y if { y := 1; not y > 1 } else := 2", "1"),
        ("q := 1 if { every y in [1, null] { y + 1 > 0 } } else := 2", "2"),
        ("q[k] := v if some k, v in {\"a\": input.n + 1}", "{\"a\":2}"),
        ("default q := 3\n\nq := 1 + input.n if input.foo", "3"),
        ("q := {k: v | some k, v in input.o; not is_number(v)}", "{\"s\":\"str\"}"),
        ("q := 1 if { f([1, 2]) == 3 }\n\nf([a, b]) := a + b", "1"),
        ("q := x if { x := input.n - 1 with input.n as 5 }", "4"),
    ] {
        assert_eq!(answer(&format!("package t\n\n{body}\n"), Dialect::V1), expected, "{body}");
    }
}

#[test]
fn answers_without_a_bound_end_the_rule() {
    for body in [
        "x := numbers.range(1, 9007199254740990)",
        "x := numbers.range_step(1, 100000000, 2)",
        "x := numbers.range(1, 1152921504606846976)",
        "x := net.cidr_expand(\"::/0\")",
        "f := replace(\"aaaaaaaaaaaaaaaaa\", \"a\", \"%[1]999999d\"); x := sprintf(f, [1])",
        "a := numbers.range(1, 999999); b := concat(\"0123456789012345\", [\"\" | a[_]]); x := concat(b, [\"\", \"\", \"\"])",
        "a := numbers.range(1, 999999); b := array.concat(a, a); x := array.concat(b, b)",
        "a := concat(\"0123456789\", [\"\" | numbers.range(1, 9999)[_]]); x := regex.replace(a, \"9\", a)",
        "a := concat(\"0123456789\", [\"\" | numbers.range(1, 9999)[_]]); x := strings.replace_n({\"9\": a}, a)",
        "a := [1, 1, 1, 1, 1, 1, 1, 1]; b := [a, a, a, a, a, a, a, a]; c := [b, b, b, b, b, b, b, b]; \
         d := [c, c, c, c, c, c, c, c]; e := [d, d, d, d, d, d, d, d]; f := [e, e, e, e, e, e, e, e]; \
         g := [f, f, f, f, f, f, f, f]; x := json.marshal([g, g, g, g, g, g, g, g])",
        "n := [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\"]; \
         x := graph.reachable_paths({k: n | k := n[_]}, n)",
        "x := bits.lsh(1, 1000000000)",
        "a := bits.lsh(1, 1000); x := a * a",
    ] {
        let got = answer(&module_of(body), Dialect::V0);
        assert!(got.contains("would need more than"), "{body}: {got}");
    }
}

/// Each of them may be made, and none is kept: what is made altogether has a bound.
#[test]
fn answers_have_a_bound_all_together() {
    let expected = "would need more than 1073741824 bytes, with what was made before";
    for (times, expected) in [(20, "20"), (40, expected)] {
        super::begin();
        let made = "count(array.concat(a, [])) > 0";
        let body = format!(
            "a := numbers.range(1, 999999); x := count([i | i := numbers.range(1, {times})[_]; {made}])"
        );
        let got = answer(&module_of(&body), Dialect::V0);
        assert!(got.contains(expected), "{times}: {got}");
    }
}

#[test]
fn what_needs_nothing_is_left_as_it_is() {
    let text = "package a\n\n# why\nr[x] {\n\tx := input.y # here\n\tnot x == 1\n}\n";
    assert_eq!(module("a.rego", text, Dialect::V0).expect("parses"), text);
}

#[test]
fn what_is_written_anew_keeps_its_lines() {
    let text = "package a\n\nimport data.b\n\nr[x] {\n\tx := input.y\n\tnot f(x.z)\n\n\tnot re_match(x, b.c)\n}\n\nf(x) = x + 1\n";
    insta::assert_snapshot!(module("a.rego", text, Dialect::V0).expect("parses"), @r"
    package a

    import data.b

    r[x] {
    x := input.y;
    opa_1 := x.z; not f(opa_1);

    opa_2 := b.c; not regex.match(x, opa_2)}


    f(x) = opa_plus(x, 1)
    ");
}

#[test]
fn each_of_several_bodies_gets_the_head() {
    for (text, expected) in [
        ("r[x] {a} {b}", "r[x] {a} r[x] {b}"),
        ("r[x] {a} {b} {c}\n\ns {a}", "r[x] {a} r[x] {b} r[x] {c}\n\ns {a}"),
        ("r[{\"a\": x}] {a}\n{b}", "r[{\"a\": x}] {a} r[{\"a\": x}] \n{b}"),
        ("r = {\"a\": 1} {a} {b}", "r = {\"a\": 1} {a} r = {\"a\": 1} {b}"),
        ("r = {1} | {2} {a} {b}", "r = {1} | {2} {a} r = {1} | {2} {b}"),
        ("f(x) = y {a} {b}", "f(x) = y {a} f(x) = y {b}"),
        ("r {a} else = 1 {b}\n\ns {c}", "r {a} else = 1 {b}\n\ns {c}"),
        ("default r = {}\n\nr {a}", "default r = {}\n\nr {a}"),
        ("r {x := \"}{\"} {`}{`} # }{", "r {x := \"}{\"} r {`}{`} # }{"),
        ("r {\n\tx := {1}\n} {\n\tb\n}\n", "r {\n\tx := {1}\n} r  {\n\tb\n}\n"),
    ] {
        let normal = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(normal(&tokens::chained_bodies(text)), normal(expected), "{text}");
    }
}

#[test]
fn a_module_is_moved_to_another_package() {
    for (text, expected) in [
        ("package accurics\n\nr {data.accurics.s}", "package x.y\n\nr {data.x.y.s}"),
        (
            "# package z\npackage a[\"b\"] # c\nimport data.a[\"b\"].c",
            "# package z\npackage x.y # c\nimport data.x.y.c",
        ),
        (
            "package a\nr {data.ab; input.data.a; \"data.a\"}",
            "package x.y\nr {data.ab; input.data.a; \"data.a\"}",
        ),
        ("no package", "no package"),
        ("", ""),
    ] {
        assert_eq!(in_package(text, "x.y"), expected, "{text}");
    }
    assert_eq!(package("# package a\n\tpackage  b.c # d"), "b.c");
}
