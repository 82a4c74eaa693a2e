//! What the resolver says, held against what Terraform planned for the same configuration.

use std::path::{Path, PathBuf};

use policies::Input;
use policies::resource::{Model, Resource};
use policies::source::Disk;
use policies::terraform::Options;
use serde_json::Value;

/// `truth/plan.json` is the plan of `truth/` by Terraform 1.x and version 5.100 of the AWS provider.
#[test]
fn values_are_those_that_terraform_plans() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/terraform/truth");
    let (configured, planned) = both(&directory, ".", &directory.join("plan.json"));
    assert_eq!(compared(&configured, &planned), Vec::<String>::new());
}

#[test]
fn examples_of_rules_agree_with_their_plans() {
    let mut plans = Vec::new();
    find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("packs"), &mut plans);
    assert!(plans.len() >= 20, "{plans:?}");
    for plan in plans {
        let source = PathBuf::from(plan.to_string_lossy().replace(".plan.json", ".tf"));
        if !source.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(&source).expect("is readable");
        let files = super::tree(&[("main.tf", &text)]);
        let options = Options::default();
        let configured =
            Input::Terraform { files: &files, directory: ".", options: &options }.model().expect("a model");
        assert_eq!(compared(&configured, &planned(&plan)), Vec::<String>::new(), "{}", source.display());
    }
}

fn find(directory: &Path, plans: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("is a directory") {
        let path = entry.expect("is readable").path();
        if path.is_dir() {
            find(&path, plans);
        } else if path.to_string_lossy().ends_with(".plan.json") {
            plans.push(path);
        }
    }
}

fn planned(path: &Path) -> Model {
    let json = serde_json::from_str(&std::fs::read_to_string(path).expect("is readable")).expect("is JSON");
    Input::Plan { json: &json, configuration: None }.model().expect("is a plan")
}

fn both(base: &Path, directory: &str, plan: &Path) -> (Model, Model) {
    let files = Disk::new(base);
    let options = Options::default();
    let configured = Input::Terraform { files: &files, directory, options: &options }.model();
    (configured.expect("there is a model"), planned(plan))
}

/// Everything in which the configuration's model contradicts the plan's.
fn compared(configured: &Model, planned: &Model) -> Vec<String> {
    assert_eq!(configured.errors, []);
    let addresses = |model: &Model| {
        let mut addresses: Vec<_> = model.resources.iter().map(|resource| resource.address.clone()).collect();
        addresses.sort();
        addresses
    };
    assert_eq!(addresses(configured), addresses(planned));
    let pairs =
        configured.resources.iter().map(|resource| (resource, super::resource(planned, &resource.address)));
    pairs.flat_map(|(configured, planned)| contradictions(configured, planned)).collect()
}

fn contradictions(configured: &Resource, planned: &Resource) -> Vec<String> {
    let values = configured.values.as_object().expect("an object");
    let unknown = |name: &str| planned.unknown.iter().any(|path| path.split('.').next() == Some(name));
    let wrong = values.iter().filter(|(name, value)| match planned.values.get(name.as_str()) {
        Some(truth) => !agrees(value, truth),
        None => !unknown(name),
    });
    wrong
        .map(|(name, value)| {
            format!("{}.{name}: {value}, planned {:?}", configured.address, planned.values.get(name))
        })
        .collect()
}

/// Whether all that is known on the left is so on the right. Sets have their own order, and unknown elements are null.
fn agrees(ours: &Value, truth: &Value) -> bool {
    match (ours, truth) {
        (Value::Null, _) => true,
        (Value::Object(ours), Value::Object(truth)) => {
            ours.iter().all(|(key, ours)| truth.get(key).is_some_and(|truth| agrees(ours, truth)))
        }
        (Value::Array(ours), Value::Array(truth)) => {
            ours.len() == truth.len() && ours.iter().all(|ours| truth.iter().any(|truth| agrees(ours, truth)))
        }
        (Value::String(ours), Value::String(truth)) if truth.starts_with('{') => {
            let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
            ours == truth || parsed(ours) == parsed(truth)
        }
        (Value::Number(ours), Value::Number(truth)) => ours.as_f64() == truth.as_f64(),
        _ => ours == truth,
    }
}
