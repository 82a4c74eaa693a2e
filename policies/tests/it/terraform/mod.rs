//! Terraform source: what rules see of it.

mod broken;
mod documents;
mod expansion;
mod modules;
mod places;
mod references;
mod syntax;
mod truth;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use policies::Input;
use policies::resource::{Model, Resource};
use policies::source::Tree;
use policies::terraform::Options;
use serde_json::{Value, json};

/// The model of a tree's root directory.
fn model(files: &[(&str, &str)]) -> Model {
    model_with(files, ".", &Options::default())
}

fn model_with(files: &[(&str, &str)], directory: &str, options: &Options) -> Model {
    let files = tree(files);
    Input::Terraform { files: &files, directory, options }.model().expect("there is a model")
}

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::new(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

/// The model of one file, without errors.
fn sound(text: &str) -> Model {
    let model = model(&[("main.tf", text)]);
    assert_eq!(model.errors, [], "{text}");
    model
}

fn addresses(model: &Model) -> Vec<&str> {
    model.resources.iter().map(|resource| resource.address.as_str()).collect()
}

#[track_caller]
fn resource<'m>(model: &'m Model, address: &str) -> &'m Resource {
    let mut all = model.resources.iter().chain(&model.data);
    let found = all.find(|resource| resource.address == address);
    found.unwrap_or_else(|| panic!("no {address} in {:?}", addresses(model)))
}

/// The values, unknown paths and links of a resource.
fn seen(resource: &Resource) -> Value {
    json!([resource.values, resource.unknown, resource.links])
}

/// Checks the values, unknown paths and links of the resource `t.x` in one file.
#[track_caller]
fn check(text: &str, expected: &Value) {
    assert_eq!(&seen(resource(&sound(text), "t.x")), expected, "{text}");
}

fn set(items: &[&str]) -> BTreeSet<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn links(items: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    items.iter().map(|(path, to)| ((*path).to_owned(), set(to))).collect()
}
