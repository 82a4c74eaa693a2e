//! Which directories of a tree are configurations of their own, and which are modules of others.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::calls::is_local;
use super::model::plain;
use super::module::file_names;
use super::parse;
use crate::source::{Files, join};

/// The directories among these that stand for themselves, in the given order: they hold Terraform files, and no other
/// of the directories calls them as a module. Where modules call each other in a circle the first one stands for all.
pub fn roots(files: &dyn Files, directories: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let with_files = directories.iter().map(|directory| join("", directory)).filter_map(|directory| {
        let names = file_names(files, &directory);
        (!names.is_empty() && seen.insert(directory.clone())).then_some((directory, names))
    });
    let calls: Vec<(String, BTreeSet<String>)> = with_files
        .map(|(directory, names)| {
            let called = called(files, &directory, &names);
            (directory, called)
        })
        .collect();
    let graph: HashMap<&str, &BTreeSet<String>> =
        calls.iter().map(|(directory, called)| (directory.as_str(), called)).collect();
    let is_called: HashSet<&str> =
        calls.iter().flat_map(|(_, called)| called.iter().map(String::as_str)).collect();
    let mut reached: HashSet<&str> = HashSet::new();
    let uncalled = calls.iter().filter(|(directory, _)| !is_called.contains(directory.as_str()));
    let mut roots: HashSet<&str> = uncalled.map(|(directory, _)| directory.as_str()).collect();
    roots.iter().for_each(|root| reach(root, &graph, &mut reached));
    for (directory, _) in &calls {
        if !reached.contains(directory.as_str()) {
            roots.insert(directory);
            reach(directory, &graph, &mut reached);
        }
    }
    calls
        .iter()
        .map(|(directory, _)| directory)
        .filter(|root| roots.contains(root.as_str()))
        .cloned()
        .collect()
}

fn reach<'g>(from: &'g str, graph: &HashMap<&'g str, &'g BTreeSet<String>>, reached: &mut HashSet<&'g str>) {
    let mut open = vec![from];
    while let Some(directory) = open.pop() {
        if reached.insert(directory)
            && let Some(called) = graph.get(directory)
        {
            open.extend(called.iter().map(String::as_str));
        }
    }
}

/// The directories that the modules of one are in, itself left out.
fn called(files: &dyn Files, directory: &str, names: &[String]) -> BTreeSet<String> {
    let mut called = BTreeSet::new();
    for name in names {
        let path = join(directory, name);
        let Ok(text) = files.read(&path) else { continue };
        // Most files call nothing; they need no parsing for this.
        if !text.contains("module") {
            continue;
        }
        let Ok(body) = parse::parse(&path, &text) else { continue };
        let sources = body.blocks_of("module").filter_map(|block| plain(block.body.attribute("source")));
        called.extend(sources.filter(|source| is_local(source)).map(|source| join(directory, &source)));
    }
    called.remove(directory);
    called
}
