//! The local modules of a Terraform stack: directories whose files are part of it.

use std::collections::BTreeSet;

use hcl_edit::expr::Expression;
use hcl_edit::parser::parse_body;
use serde_json::Value;

/// The directories of the local modules that a stack uses, directly or through other modules, in the same form as
/// `stack_path` (from the root of the repository, parts joined by `/`, `.` for the root); the stack's own is not among
/// them unless a module uses it.
///
/// `read` answers the files of one directory, each with its name and text, and nothing for a directory that is not
/// there. It is asked once for each directory, and never for one outside of the repository. A file that does not parse
/// is passed over: Terraform will say what is wrong with it. Only
/// [local sources](https://developer.hashicorp.com/terraform/language/modules/sources#local-paths) count, those that
/// begin with `./` or `../`.
pub fn local_modules(
    stack_path: &str,
    mut read: impl FnMut(&str) -> Vec<(String, String)>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut read_already = BTreeSet::new();
    let mut pending: Vec<String> = resolve(".", stack_path).into_iter().collect();
    while let Some(directory) = pending.pop() {
        if !read_already.insert(directory.clone()) {
            continue;
        }
        let files = read(&directory);
        for source in files.iter().flat_map(|(name, text)| sources(name, text)) {
            if let Some(module) = resolve(&directory, &source) {
                pending.push(module.clone());
                found.insert(module);
            }
        }
    }
    found
}

/// The local sources that one file names.
fn sources(name: &str, text: &str) -> Vec<String> {
    let all = if is_either(name, [".tf", ".tofu"]) {
        native_sources(text)
    } else if is_either(name, [".tf.json", ".tofu.json"]) {
        json_sources(text)
    } else {
        Vec::new()
    };
    all.into_iter().filter(|source| source.starts_with("./") || source.starts_with("../")).collect()
}

fn is_either(name: &str, endings: [&str; 2]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

fn native_sources(text: &str) -> Vec<String> {
    // Parsing costs far more than looking, and most files name no local module.
    if !text.contains("module") {
        return Vec::new();
    }
    let Ok(body) = parse_body(text.trim_start_matches('\u{feff}')) else { return Vec::new() };
    body.get_blocks("module")
        .filter_map(|block| block.body.get_attribute("source"))
        .filter_map(|attribute| literal(&attribute.value))
        .collect()
}

fn literal(value: &Expression) -> Option<String> {
    match value {
        Expression::Parenthesis(inner) => literal(inner.inner()),
        other => other.as_str().map(str::to_owned),
    }
}

/// `{"module": {"name": {"source": "./a"}}}`, where each object may also be a list of such objects
/// ([JSON syntax](https://developer.hashicorp.com/terraform/language/syntax/json)).
fn json_sources(text: &str) -> Vec<String> {
    let Ok(root) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let values = |value: &Value| -> Vec<Value> {
        each(value).into_iter().filter_map(Value::as_object).flat_map(|map| map.values().cloned()).collect()
    };
    each(&root)
        .into_iter()
        .filter_map(|body| body.get("module"))
        .flat_map(values)
        .flat_map(|module| each(&module).into_iter().cloned().collect::<Vec<_>>())
        .filter_map(|call| call.get("source").and_then(Value::as_str).map(str::to_owned))
        .collect()
}

fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}

/// A path that starts from a directory, without `.` and `..`; none when it leaves the repository.
fn resolve(directory: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files as `path: text`; answers the modules of `stacks/a`, parted by spaces.
    fn check(files: &[(&str, &str)], expected: &str) {
        let read = |directory: &str| {
            let in_it = |path: &str| {
                let (parent, name) = path.rsplit_once('/').unwrap_or((".", path));
                (parent == directory).then(|| name.to_owned())
            };
            files.iter().filter_map(|(path, text)| Some((in_it(path)?, (*text).to_owned()))).collect()
        };
        let found: Vec<String> = local_modules("stacks/a", read).into_iter().collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn local_sources_are_found_through_modules_and_round_cycles() {
        check(&[("stacks/a/main.tf", "module \"x\" {\n source = \"../../modules/vpc\"\n}\n")], "modules/vpc");
        check(
            &[
                ("stacks/a/main.tf", "module \"x\" { source = \"./sub//deep/\" }"),
                ("stacks/a/sub/deep/m.tofu", "module \"y\" { source = \"../../../b\" }"),
                ("stacks/b/m.tf.json", r#"{"module": {"z": {"source": "../a"}, "w": [{"source": "../c"}]}}"#),
                ("stacks/c/m.tofu.json", r#"[{"module": [{"z": {"source": "../../root"}}]}]"#),
                ("root/m.tf", "module \"r\" { source = (\"../.\") }"),
            ],
            ". root stacks/a stacks/a/sub/deep stacks/b stacks/c",
        );
    }

    #[test]
    fn what_is_not_a_local_module_is_passed_over() {
        check(&[], "");
        check(&[("stacks/a/main.tf", "module \"x\" { source = \"../../../outside\" }")], "");
        check(&[("stacks/a/main.tf", "module \"x\" { source = \"hashicorp/consul/aws\" }")], "");
        check(&[("stacks/a/main.tf", "module \"x\" { source = var.where }\nmodule \"y\" {}")], "");
        check(&[("stacks/a/main.tf", "module \"x\" { source = \"./${var.where}\" }")], "");
        check(&[("stacks/a/main.txt", "module \"x\" { source = \"./b\" }")], "");
        check(
            &[
                ("stacks/a/broken.tf", "module \"x\" { source = "),
                ("stacks/a/broken.tf.json", "{\"module\": "),
                ("stacks/a/odd.tf.json", r#"{"module": [1, {"x": 2}, {"y": {"source": 3}}]}"#),
                ("stacks/a/fine.tf", "module \"x\" { source = \"./b\" }"),
            ],
            "stacks/a/b",
        );
    }
}
