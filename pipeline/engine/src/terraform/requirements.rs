//! What of a stack decides how `init` prepares it: backend, providers and modules, of the stack and the local modules it uses.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hcl::{Block, Body};
use pipeline_core::Digest;

/// Local modules deeper than this are not followed; such a stack is prepared anew each time.
const DEEPEST: usize = 32;

/// The digest of all that decides, or none when it cannot be told; `more` is what else it depends on. Where in the tree the stack
/// is does not, but where its local modules are, seen from it.
pub(super) fn digest(tree: &Path, stack: &Path, more: &[&[u8]]) -> Option<Digest> {
    let mut facts = Facts { tree, stack, seen: BTreeSet::new(), found: BTreeSet::new() };
    facts.module(stack, DEEPEST)?;
    let mut text: Vec<String> = facts.found.into_iter().collect();
    text.extend(more.iter().map(|bytes| Digest::of(bytes).to_string()));
    Some(Digest::of(text.join("\n").as_bytes()))
}

/// The files of a module that Terraform and OpenTofu read.
pub(super) fn module_files(dir: &Path) -> Vec<PathBuf> {
    let is_source = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
    };
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(is_source).collect()
}

struct Facts<'a> {
    tree: &'a Path,
    stack: &'a Path,
    seen: BTreeSet<PathBuf>,
    found: BTreeSet<String>,
}

impl Facts<'_> {
    fn module(&mut self, dir: &Path, depth: usize) -> Option<()> {
        let dir = dir.canonicalize().ok()?;
        if !dir.starts_with(self.tree) || depth == 0 {
            return None;
        }
        if !self.seen.insert(dir.clone()) {
            return Some(());
        }
        for file in module_files(&dir) {
            let text = fs::read_to_string(&file).ok()?;
            match hcl::parse(&text) {
                Ok(body) if !file.to_string_lossy().ends_with(".json") => self.body(&dir, &body, depth)?,
                // Not understood here, so all of it may decide.
                _ => {
                    let name = file.file_name().unwrap_or_default();
                    self.found.insert(format!("{}/{}\n{text}", self.place(&dir), name.display()));
                }
            }
        }
        Some(())
    }

    fn body(&mut self, dir: &Path, body: &Body, depth: usize) -> Option<()> {
        for block in body.blocks() {
            let labels: Vec<&str> = block.labels().iter().map(hcl::BlockLabel::as_str).collect();
            match block.identifier() {
                "terraform" => drop(self.found.insert(format!("{}\n{block:?}", self.place(dir)))),
                "module" => self.call(dir, block, &labels, depth)?,
                "provider" => drop(self.found.insert(format!("provider {labels:?}"))),
                kind @ ("resource" | "data" | "ephemeral") => {
                    let provider = attribute(block, "provider");
                    self.found.insert(format!("{kind} {:?} {provider}", labels.first()));
                }
                _ => {}
            }
        }
        Some(())
    }

    fn call(&mut self, dir: &Path, block: &Block, labels: &[&str], depth: usize) -> Option<()> {
        let (source, version) = (attribute(block, "source"), attribute(block, "version"));
        self.found.insert(format!("{} module {labels:?} {source} {version}", self.place(dir)));
        let local = source.trim_matches('"');
        if local.starts_with("./") || local.starts_with("../") {
            self.module(&dir.join(local), depth.saturating_sub(1))?;
        }
        Some(())
    }

    /// The directory as the stack reaches it, which is how init names it.
    fn place(&self, dir: &Path) -> String {
        let (mut up, mut above) = (String::new(), self.stack);
        while !dir.starts_with(above) {
            let Some(parent) = above.parent() else { break };
            (up, above) = (up + "../", parent);
        }
        up + &dir.strip_prefix(above).unwrap_or(dir).to_string_lossy()
    }
}

fn attribute(block: &Block, name: &str) -> String {
    let attribute = block.body().attributes().find(|attribute| attribute.key() == name);
    attribute.map(|attribute| attribute.expr().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STACK: &str =
        "terraform {\n  required_version = \">= 1\"\n}\nmodule \"m\" {\n  source = \"../m\"\n}\n";

    fn of(files: &[(&str, &str)]) -> Option<Digest> {
        let tree = tempfile::tempdir().unwrap();
        let root = tree.path().canonicalize().unwrap();
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        digest(&root, &root.join("stack"), &[b"lock"])
    }

    #[test]
    fn what_init_reads_decides_and_the_rest_does_not() {
        let base = of(&[
            ("stack/a.tf", STACK),
            ("m/a.tf", "resource \"aws_sns_topic\" \"t\" {\n  name = \"a\"\n}\n"),
        ]);
        let same = of(&[
            ("stack/b.tf", STACK),
            ("m/a.tf", "resource \"aws_sns_topic\" \"u\" {\n  name = \"b\"\n}\n"),
        ]);
        assert!(base.is_some());
        assert_eq!(base, same);
        let check = |stack: &str, module: &str| {
            assert_ne!(base, of(&[("stack/a.tf", stack), ("m/a.tf", module)]), "{stack}{module}");
        };
        check(STACK, "resource \"random_id\" \"t\" {}\n");
        check(&STACK.replace(">= 1", ">= 2"), "resource \"aws_sns_topic\" \"t\" {}\n");
        check(STACK, "provider \"aws\" {}\nresource \"aws_sns_topic\" \"t\" {}\n");
        check(STACK, "this is not HCL");
    }

    #[test]
    fn modules_outside_the_tree_cannot_be_told() {
        assert_eq!(of(&[("stack/a.tf", "module \"m\" {\n  source = \"../../..\"\n}\n")]), None);
        assert_eq!(of(&[("stack/a.tf", STACK)]), None);
        let circle = of(&[("stack/a.tf", STACK), ("m/a.tf", "module \"s\" {\n  source = \"../stack\"\n}\n")]);
        assert!(circle.is_some());
    }
}
