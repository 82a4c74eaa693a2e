//! Writes the list of the builtin pack's Rego files with what can be told of them beforehand, so that the crate embeds them, reads
//! no disk, and need not read each rule in order to know it.

#[path = "src/yaml.rs"]
#[allow(dead_code, unreachable_pub, reason = "only a part of it is of use here")]
mod yaml;

#[path = "src/metadata/block.rs"]
#[allow(unreachable_pub, reason = "it is the crate's own")]
mod block;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What each rule needs, by file; see `src/builtin.rs`.
type Needs = BTreeMap<String, Vec<String>>;

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("packs");
    println!("cargo::rerun-if-changed={}", root.display());
    for source in ["src/yaml.rs", "src/metadata/block.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let needs = std::fs::read_to_string(root.join("needs.json")).expect("packs/needs.json is there");
    let needs: Needs = serde_json::from_str(&needs).expect("packs/needs.json lists texts by file");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("builtin.rs");
    std::fs::write(out, listing(&root, &files, &needs)).expect("OUT_DIR is writable");
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("the packs directory is readable") {
        let path = entry.expect("a directory entry is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rego") {
            files.push(path);
        }
    }
}

fn listing(root: &Path, files: &[PathBuf], needs: &Needs) -> String {
    let mut text = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(root).expect("under the root").to_string_lossy().replace('\\', "/");
        let (about, need) = (annotations(file), needs.get(&name));
        writeln!(
            text,
            "    File {{ path: {name:?}, text: include_str!({:?}), annotations: {about:?}, need: {} }},",
            file.display(),
            need.map_or("None".to_owned(), |need| format!("Some(&{need:?})")),
        )
        .expect("a String takes all");
    }
    text.push_str("]\n");
    text
}

/// The annotations of a rule as JSON; none of what has none that can be read, which the crate then says itself.
fn annotations(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).expect("a file of the pack is readable");
    let block = block::of(&text, block::start(&text)?);
    Some(yaml::parse(&block).ok()?.to_json().to_string())
}
