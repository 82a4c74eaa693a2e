//! Files that are no Terraform, and texts that want to break the reader.

use super::{addresses, model, resource, tree};
use policies::terraform::{Options, roots};
use policies::{Input, stack};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn a_broken_file_costs_that_file() {
    for (name, text, line) in [
        ("broken.tf", "resource \"t\" \"y\" {\n  a = = 1\n}\n", 2),
        ("broken.tf", "resource \"t\" \"y\" {\n  a = 1\n", 2),
        ("broken.tf", "resource \"t\" \"y\" {\n  a = 1\n  a = 2\n}\n", 3),
        ("broken.tf", "resource \"t\" {\n}\n", 1),
        ("broken.tf", "\nmodule \"a\" \"b\" {\n}\n", 2),
        ("broken.tf.json", "{\n\"resource\": [}\n", 2),
        ("broken.tf.json", "7", 1),
    ] {
        let model = model(&[("good.tf", "resource \"t\" \"x\" {}\n"), (name, text)]);
        assert_eq!(addresses(&model), ["t.x"], "{text}");
        let [error] = model.errors.as_slice() else { panic!("{text}: {:?}", model.errors) };
        let place = error.location.as_ref().expect("a place");
        assert_eq!((place.file.as_str(), place.line), (name, line), "{error:?}");
    }
}

#[test]
fn an_empty_directory_is_an_empty_model() {
    let model = model(&[("readme.md", "")]);
    assert_eq!((model.resources.len(), model.errors.len()), (0, 0));
}

#[test]
fn long_chains_and_deep_nests_end() {
    let chain: String = (0..5_000).map(|n| format!("  l{n} = local.l{}\n", n + 1)).collect();
    let doubling: String =
        (0..200).map(|n| format!("  d{n} = \"${{local.d{}}}${{local.d{}}}\"\n", n + 1, n + 1)).collect();
    let wide: String = (0..40).map(|n| format!("  w{n} = [local.w{}, local.w{}]\n", n + 1, n + 1)).collect();
    let nested = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    let text = format!(
        "locals {{\n{chain}{doubling}{wide}  d200 = \"x\"\n  w40 = 1\n}}\nresource \"t\" \"x\" {{\n  a = local.l0\n  b = local.d0\n  c = local.w0\n  d = {nested}\n}}\n"
    );
    assert_eq!(addresses(&model(&[("main.tf", &text)])), ["t.x"]);
}

/// Each value is small enough, all of them together are not.
#[test]
fn values_that_are_too_large_together_are_told() {
    let doubled = |n: usize| format!("a{} = [local.a{n}, local.a{n}]\n", n + 1);
    let locals: String = (0..30).map(doubled).collect();
    let text =
        format!("locals {{\na0 = [1]\n{locals}}}\nresource \"t\" \"x\" {{\na = local.a30\nb = 1\n}}\n");
    let model = model(&[("main.tf", &text)]);
    let messages: Vec<_> = model.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages, [". has values that are too large altogether; some were not checked"]);
    assert_eq!(resource(&model, "t.x").values.get("b"), Some(&json!(1)));
}

/// What is beyond a bound is unknown, and is said to be.
#[test]
fn a_bound_that_is_passed_is_told() {
    let blocks =
        |count: usize, text: &str| (0..count).map(|n| text.replace('#', &n.to_string())).collect::<String>();
    let dynamic = "dynamic \"b#\" {\nfor_each = [for n in range(1000) : n]\ncontent {}\n}\n";
    let locals = format!(
        "locals {{\n{}l100 = 1\n}}\n",
        (0..100).map(|n| format!("l{n} = [local.l{}][0]\n", n + 1)).collect::<String>()
    );
    for (text, expected) in [
        ("resource \"t\" \"x\" {\ncount = 1001\n}\n".to_owned(), "blocks with more than 1000 repetitions"),
        (
            "resource \"t\" \"x\" {\nfor_each = toset([for n in range(1001) : tostring(n)])\n}\n".to_owned(),
            "blocks with more than 1000 repetitions",
        ),
        (
            "resource \"t\" \"x\" {\ndynamic \"b\" {\nfor_each = range(1001)\ncontent {}\n}\n}\n".to_owned(),
            "`dynamic` blocks with more than 1000 repetitions",
        ),
        (blocks(51, "resource \"t\" \"x#\" {\ncount = 1000\n}\n"), "more than 50000 repetitions of blocks"),
        (
            format!("resource \"t\" \"x\" {{\n{}}}\n", blocks(101, dynamic)),
            "more than 50000 blocks that `dynamic` makes",
        ),
        (
            format!("resource \"t\" \"x\" {{\n{}{}}}\n", "b {\n".repeat(40), "}\n".repeat(40)),
            "blocks that nest deeper than 32 levels",
        ),
        (
            format!("{locals}resource \"t\" \"x\" {{\na = local.l0\n}}\n"),
            "expressions that nest deeper than 220 levels",
        ),
        (
            "resource \"t\" \"x\" {\na = format(\"%9999999d\", 1)\n}\n".to_owned(),
            "formats with fields wider than 100000 letters",
        ),
    ] {
        let model = model(&[("main.tf", &text)]);
        let messages: Vec<_> = model.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, [format!(". has {expected}; some were not checked")]);
    }
}

const WHOLE: &str = r#"
variable "v" {
  type    = object({ a = optional(string, "x") })
  default = {}
}
locals {
  m = { for k, v in ["a", "b"] : v => "${k}-${var.v.a}" }
}
module "m" {
  source   = "./m"
  for_each = local.m
}
resource "t" "x" {
  count = 2
  a     = [for i in [1, 2] : i if i > 1][0]
  b     = jsonencode({ Statement = t.x[0].id })
  dynamic "c" {
    for_each = local.m
    content {
      d = <<-EOT
        %{if true}${c.value}%{endif}
      EOT
    }
  }
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = [t.x[*].id]
  }
}
"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_the_reader(text in "[\\PC\n]{0,200}") {
        model(&[("main.tf", &text), ("a.tf.json", &text), ("terraform.tfvars", &text)]);
    }

    #[test]
    fn no_truncation_breaks_the_reader(end in 0..WHOLE.len(), put in "[\\[\\]{}\"$%a-z.=\n(]{0,4}") {
        let mut text = WHOLE.to_owned();
        text.truncate(end);
        model(&[("main.tf", &format!("{text}{put}"))]);
        let mut spliced = WHOLE.to_owned();
        spliced.insert_str(end, &put);
        model(&[("main.tf", &spliced), ("m/main.tf", WHOLE)]);
    }
}

#[test]
fn what_one_configuration_passes_is_not_told_of_the_next() {
    let large = format!(r#"{{"module": {{"m": {{"source": "${{{}}}"}}}}}}"#, "x".repeat(8 * 1024 * 1024));
    let files = tree(&[("a/main.tf.json", &large), ("b/main.tf", "")]);
    let options = Options::default();
    let errors = |directory: &str| {
        let input = Input::Terraform { files: &files, directory, options: &options };
        input.model().expect("there is a model").errors.len()
    };
    let scanned = std::thread::scope(|scope| {
        let thread = stack::spawn(scope, || {
            roots(&files, &["a".to_owned()]);
            ["b", "a", "b"].map(errors)
        });
        thread.expect("there is room for a thread").join().expect("it does not panic")
    });
    assert_eq!(scanned, [0, 1, 0]);
}
