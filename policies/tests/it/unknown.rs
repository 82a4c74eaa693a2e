//! What cannot be known never fires a rule that misses something, and never hides what is known to be wrong: tried with every
//! rule's examples, one attribute after the other made unknown.

mod hcl;
mod yaml;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use policies::source::Tree;
use policies::terraform::Options;
use policies::{Bundle, Engine, Input, Rule};

use crate::pack::{PACK, examples_of, files, read, rules};

/// An example with something in it unknown.
struct Variant {
    /// What is unknown: the attribute, with the line that it stands in.
    name: String,
    text: String,
}

static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(files);

/// The rule alone, where it needs no others: judging by all would take minutes.
fn alone(rule: &Rule) -> Option<Bundle> {
    let wanted = |path: &str| path == rule.path() || path.contains("/lib/");
    Bundle::from_files(FILES.iter().filter(|(path, _)| wanted(path)).cloned()).ok()
}

fn example(rule: &Rule, engine: Engine, stem: &str) -> Option<String> {
    let ending = match engine {
        Engine::Terraform => "tf",
        Engine::CloudFormation => "yaml",
    };
    let path = examples_of(rule).join(format!("{stem}.{ending}"));
    path.exists().then(|| read(&path))
}

fn variants(engine: Engine, text: &str) -> Vec<Variant> {
    match engine {
        Engine::Terraform => hcl::variants(text),
        Engine::CloudFormation => yaml::variants(text),
    }
}

/// The addresses at which the rule fires.
fn fires(bundle: &Bundle, rule: &Rule, engine: Engine, text: &str) -> Vec<String> {
    let scan = match engine {
        Engine::Terraform => {
            let files = Tree::new([("main.tf".to_owned(), text.to_owned())]);
            bundle.scan(&Input::Terraform { files: &files, directory: "", options: &Options::default() })
        }
        Engine::CloudFormation => {
            bundle.scan(&Input::Template { path: "t.yaml", text, parameters: &BTreeMap::new(), files: None })
        }
    };
    let own = scan.findings.into_iter().filter(|finding| finding.rule == rule.metadata().id);
    own.map(|finding| finding.address).collect()
}

/// What was tried on one engine.
#[derive(Default)]
struct Tried {
    /// Good examples that do not stay good.
    wrong: String,
    /// What hides a bad example's finding when it is unknown: what the rule is about, and what must be known to be sure.
    hides: String,
}

/// Every rule with examples that are configuration.
fn tried(engine: Engine) -> Tried {
    let mut tried = Tried::default();
    for rule in rules().filter(|rule| rule.metadata().engines.contains(&engine)) {
        let examples = example(rule, engine, "bad").zip(example(rule, engine, "good"));
        let Some((bad, good)) = examples else { continue };
        let own = alone(rule).filter(|bundle| !fires(bundle, rule, engine, &bad).is_empty());
        let bundle = own.as_ref().unwrap_or(&PACK);
        for Variant { name, text } in variants(engine, &good) {
            let found = fires(bundle, rule, engine, &text);
            if !found.is_empty() {
                let _ = writeln!(tried.wrong, "{}: fires at {found:?} where {name} is unknown", rule.path());
            }
        }
        let all = variants(engine, &bad);
        let silent = all.iter().filter(|variant| fires(bundle, rule, engine, &variant.text).is_empty());
        let names: Vec<&str> = silent.map(|variant| variant.name.as_str()).collect();
        let _ =
            writeln!(tried.hides, "{}: {} of {}: {}", rule.path(), names.len(), all.len(), names.join(", "));
    }
    tried
}

/// A snapshot of all rules says nothing where only some are looked at. What comes into it must be what its rule needs to know.
fn check(engine: Engine, name: &str) {
    let Tried { wrong, hides } = tried(engine);
    assert!(wrong.is_empty(), "\n{wrong}");
    if std::env::var_os("WAYLEAVE_RULES").is_none() {
        insta::assert_snapshot!(name, hides);
    }
}

#[test]
fn what_is_unknown_in_terraform_is_neither_missing_nor_does_it_hide_the_rest() {
    check(Engine::Terraform, "hides_in_terraform");
}

#[test]
fn what_is_unknown_in_templates_is_neither_missing_nor_does_it_hide_the_rest() {
    check(Engine::CloudFormation, "hides_in_templates");
}
