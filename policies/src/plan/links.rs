//! Which resource an attribute refers to, when its value is not known before the apply.
//!
//! The plan's `configuration` has the references of every expression. They are followed through module variables and
//! outputs. Locals are not in the plan, so a reference through one stays unresolved.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::{Planned, configuration, list};

/// Hops through variables and outputs before a reference counts as unresolved.
const MAX_HOPS: usize = 64;

/// One step of a module address: name, and instance key (none: the only one, or not known which).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Step {
    name: String,
    key: Option<String>,
}

/// A resource that can be referred to.
struct Target<'a> {
    address: &'a str,
    module: Vec<Step>,
    index: Option<String>,
}

/// Finds the resources that attributes refer to.
pub(super) struct Links<'a> {
    root: Option<&'a Value>,
    /// By module path without keys, and `type.name`.
    targets: HashMap<(Vec<String>, String), Vec<Target<'a>>>,
}

/// What is being resolved: from where, with which instance key, and what has been visited.
struct Search<'s> {
    own_key: Option<&'s str>,
    seen: BTreeSet<(String, String)>,
    found: BTreeSet<String>,
}

impl<'a> Links<'a> {
    pub(super) fn new(plan: &'a Value, planned: &[Planned<'a>]) -> Self {
        let mut targets: HashMap<_, Vec<_>> = HashMap::new();
        for resource in planned {
            let module = steps(resource.module);
            let key = (names(&module), format!("{}.{}", resource.kind, resource.name));
            let target = Target { address: resource.address, module, index: resource.index.map(key_text) };
            targets.entry(key).or_default().push(target);
        }
        Self { root: plan.pointer("/configuration/root_module"), targets }
    }

    /// For each attribute whose expression refers to resources of the plan: their addresses.
    pub(super) fn of(&self, resource: &Planned<'_>) -> BTreeMap<String, BTreeSet<String>> {
        let module = steps(resource.module);
        let Some(config) = self.configured(&module, resource) else { return BTreeMap::new() };
        let Some(expressions) = config.get("expressions").and_then(Value::as_object) else {
            return BTreeMap::new();
        };
        let own_key = resource.index.map(key_text);
        let each = references(config.get("for_each_expression"));
        let linked = expressions.iter().filter_map(|(attribute, expression)| {
            let mut search =
                Search { own_key: own_key.as_deref(), seen: BTreeSet::new(), found: BTreeSet::new() };
            let written = references(Some(expression));
            self.follow(&module, &written, &mut search, 0);
            if written.iter().any(|reference| reference.starts_with("each.")) {
                self.follow(&module, &each, &mut search, 0);
            }
            (!search.found.is_empty()).then(|| (attribute.clone(), search.found))
        });
        linked.collect()
    }

    /// The attributes and blocks that the configuration writes. Terraform leaves `dynamic` blocks out of it.
    pub(super) fn written(&self, resource: &Planned<'_>) -> Option<BTreeSet<String>> {
        let expressions = self.configured(&steps(resource.module), resource)?.get("expressions");
        Some(
            expressions
                .and_then(Value::as_object)
                .map_or_else(BTreeSet::new, |map| map.keys().cloned().collect()),
        )
    }

    /// The types of a resource's provisioners.
    pub(super) fn provisioners(&self, resource: &Planned<'_>) -> Vec<String> {
        configuration::provisioners(self.configured(&steps(resource.module), resource))
    }

    fn configured(&self, module: &[Step], resource: &Planned<'_>) -> Option<&'a Value> {
        list(self.module(module)?, "resources").iter().find(|config| {
            config.get("type").and_then(Value::as_str) == Some(resource.kind)
                && config.get("name").and_then(Value::as_str) == Some(resource.name)
                && config.get("mode").and_then(Value::as_str) != Some("data")
        })
    }

    fn module(&self, path: &[Step]) -> Option<&'a Value> {
        path.iter()
            .try_fold(self.root?, |module, step| module.get("module_calls")?.get(&step.name)?.get("module"))
    }

    fn follow(&self, module: &[Step], references: &[&str], search: &mut Search<'_>, hops: usize) {
        for reference in specific(references) {
            let place = (format!("{module:?}"), reference.to_owned());
            if hops < MAX_HOPS && search.seen.insert(place) {
                self.follow_one(module, reference, search, hops + 1);
            }
        }
    }

    fn follow_one(&self, module: &[Step], reference: &str, search: &mut Search<'_>, hops: usize) {
        let parts = steps_of_reference(reference);
        match parts.as_slice() {
            [head, variable, ..] if head.name == "var" => {
                self.follow_variable(module, &variable.name, search, hops);
            }
            [head, call, output, ..] if head.name == "module" => {
                let mut child = module.to_vec();
                child.push(call.clone());
                self.follow_output(&child, &output.name, search, hops);
            }
            [head, ..]
                if matches!(
                    head.name.as_str(),
                    "local" | "data" | "each" | "count" | "path" | "terraform"
                ) => {}
            [kind, name, ..] => self.collect(module, &kind.name, name, search),
            _ => {}
        }
    }

    fn follow_variable(&self, module: &[Step], variable: &str, search: &mut Search<'_>, hops: usize) {
        let Some((call, parent)) = module.split_last() else { return };
        let expression = self.module(parent).and_then(|config| {
            config.get("module_calls")?.get(&call.name)?.get("expressions")?.get(variable)
        });
        self.follow(parent, &references(expression), search, hops);
    }

    fn follow_output(&self, child: &[Step], output: &str, search: &mut Search<'_>, hops: usize) {
        let expression =
            self.module(child).and_then(|config| config.get("outputs")?.get(output)?.get("expression"));
        self.follow(child, &references(expression), search, hops);
    }

    /// Takes the instances meant: by key where one is written, else the one with the same key, else all.
    fn collect(&self, module: &[Step], kind: &str, name: &Step, search: &mut Search<'_>) {
        let key = (names(module), format!("{kind}.{}", name.name));
        let Some(targets) = self.targets.get(&key) else { return };
        let reachable: Vec<_> =
            targets.iter().filter(|target| same_instance(module, &target.module)).collect();
        let wanted = name.key.as_deref().or(search.own_key);
        let exact: Vec<_> = reachable.iter().filter(|target| target.index.as_deref() == wanted).collect();
        if exact.is_empty() && name.key.is_none() {
            search.found.extend(reachable.iter().map(|target| target.address.to_owned()));
        } else {
            search.found.extend(exact.iter().map(|target| target.address.to_owned()));
        }
    }
}

fn same_instance(wanted: &[Step], actual: &[Step]) -> bool {
    wanted.iter().zip(actual).all(|(wanted, actual)| wanted.key.is_none() || wanted.key == actual.key)
}

/// The names of the calls in a module's address, without keys.
pub(super) fn module_names(address: &str) -> Vec<String> {
    names(&steps(address))
}

fn names(module: &[Step]) -> Vec<String> {
    module.iter().map(|step| step.name.clone()).collect()
}

/// All references below an expression, nested blocks included.
fn references(expression: Option<&Value>) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = expression.into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => match map.get("references").and_then(Value::as_array) {
                Some(references) => found.extend(references.iter().filter_map(Value::as_str)),
                None => open.extend(map.values()),
            },
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

/// Terraform lists `a.b[0].id`, `a.b[0]` and `a.b` for one reference; only the longest says which is meant.
fn specific<'r>(references: &[&'r str]) -> Vec<&'r str> {
    let longer = |short: &str| {
        references.iter().any(|other| {
            other.strip_prefix(short).is_some_and(|rest| rest.starts_with('.') || rest.starts_with('['))
        })
    };
    references.iter().copied().filter(|reference| !longer(reference)).collect()
}

fn key_text(index: &Value) -> String {
    index.as_str().map_or_else(|| index.to_string(), str::to_owned)
}

/// `module.a["x"].module.b` as steps `a["x"]`, `b`.
fn steps(module: &str) -> Vec<Step> {
    let parts = steps_of_reference(module);
    parts.into_iter().skip(1).step_by(2).collect()
}

/// Splits at dots outside of brackets, and takes the key off each part.
fn steps_of_reference(reference: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut name, mut key, mut in_key, mut quoted) = (String::new(), None::<String>, false, false);
    for letter in reference.chars() {
        match letter {
            '"' if in_key => quoted = !quoted,
            '[' if !quoted && !in_key => {
                in_key = true;
                key = Some(String::new());
            }
            ']' if !quoted && in_key => in_key = false,
            '.' if !in_key => steps.push(Step { name: std::mem::take(&mut name), key: key.take() }),
            _ => match (&mut key, in_key) {
                (Some(key), true) => key.push(letter),
                _ => name.push(letter),
            },
        }
    }
    if !name.is_empty() {
        steps.push(Step { name, key });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn step(name: &str, key: Option<&str>) -> Step {
        Step { name: name.into(), key: key.map(Into::into) }
    }

    #[test]
    fn addresses_are_split() {
        assert_eq!(steps(""), []);
        assert_eq!(steps(r#"module.a["x.y"].module.b[0]"#), [step("a", Some("x.y")), step("b", Some("0"))]);
        assert_eq!(
            steps_of_reference("aws_s3_bucket.b[0].id"),
            [step("aws_s3_bucket", None), step("b", Some("0")), step("id", None)]
        );
    }

    #[test]
    fn references_go_through_variables_outputs_and_keys() {
        let resource = |address: &str, name: &str, index: Value| json!({"address": address, "mode": "managed", "type": "t", "name": name, "index": index, "values": {}});
        let plan = json!({
            "planned_values": {"root_module": {
                "resources": [resource("t.a[\"x\"]", "a", json!("x")), resource("t.a[\"y\"]", "a", json!("y")), resource("t.b[\"y\"]", "b", json!("y"))],
                "child_modules": [
                    {"address": "module.m", "resources": [{"address": "module.m.t.c", "type": "t", "name": "c", "values": {}}]},
                    {"address": "module.n", "resources": [{"address": "module.n.t.d", "type": "t", "name": "d", "values": {}}]},
                ],
            }},
            "configuration": {"root_module": {
                "resources": [
                    {"type": "t", "name": "a", "expressions": {}},
                    {"type": "t", "name": "b", "expressions": {"to": {"references": ["t.a", "each.key"]}, "out": {"references": ["module.m.id", "module.m"]}}},
                ],
                "module_calls": {
                    "m": {"expressions": {"target": {"references": ["t.a[\"x\"].id", "t.a[\"x\"]", "t.a"]}}, "module": {
                        "outputs": {"id": {"expression": {"references": ["t.c.id", "t.c"]}}},
                        "resources": [{"type": "t", "name": "c", "expressions": {"to": {"references": ["var.target"]}}}],
                    }},
                    "n": {"expressions": {"target": {"references": ["module.m.id", "module.m"]}}, "module": {
                        "resources": [{"type": "t", "name": "d", "expressions": {"to": {"references": ["var.target"]}, "loop": {"references": ["local.x"]}}}],
                    }},
                },
            }},
        });
        let planned = super::super::planned_resources(&plan).expect("is a plan");
        let links = Links::new(&plan, &planned);
        let found: BTreeMap<_, _> =
            planned.iter().map(|planned| (planned.address, links.of(planned))).collect();
        assert_eq!(
            json!(found),
            json!({
                "t.a[\"x\"]": {}, "t.a[\"y\"]": {},
                "t.b[\"y\"]": {"to": ["t.a[\"y\"]"], "out": ["module.m.t.c"]},
                "module.m.t.c": {"to": ["t.a[\"x\"]"]},
                "module.n.t.d": {"to": ["module.m.t.c"]},
            })
        );
    }
}
