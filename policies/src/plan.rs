//! `terraform show -json`, brought into the resource model.
//! See <https://developer.hashicorp.com/terraform/internals/json-format>.

mod configuration;
mod data;
mod links;
mod mask;

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::document;
use crate::resource::{Change, Engine, Model, Resource, Source};
use crate::scan::ScanError;
use crate::source::Files;
use crate::terraform::locate::Locator;

use links::Links;

const REMEDY: &str = "give the output of `terraform show -json PLANFILE`, from Terraform 0.12 or later";

/// Reads a plan of format 0.1 to 1.x. The configuration's directory, if it is at hand, says where things are written.
pub(crate) fn read(json: &Value, configuration: Option<(&dyn Files, &str)>) -> Result<Model, ScanError> {
    check_format(json)?;
    let planned = planned_resources(json)?;
    let changes = changes(json)?;
    let links = Links::new(json, &planned);
    let mut model = Model::new(Engine::Terraform, Source::Plan);
    let locator = configuration.map(|(files, directory)| Locator::new(files, directory));
    model.resources = planned.iter().map(|planned| resource(planned, &changes, &links)).collect();
    model.data = data::read(json)?;
    for (resources, is_data) in [(&mut model.resources, false), (&mut model.data, true)] {
        for resource in resources {
            configuration::locate(resource, is_data, locator.as_ref());
        }
    }
    model.changes = changes.values_in_order().map(change).collect();
    configuration::collect(json, locator.as_ref(), &mut model);
    Ok(model)
}

fn check_format(json: &Value) -> Result<(), ScanError> {
    let refuse = |message: &str| Err(ScanError::input(message, REMEDY));
    let Some(plan) = json.as_object() else { return refuse("the plan is not a JSON object") };
    let Some(version) = plan.get("format_version").and_then(Value::as_str) else {
        return refuse("the plan has no `format_version`: this is not what `terraform show -json` prints");
    };
    if !matches!(version.split('.').next(), Some("0" | "1")) {
        let message = format!("the plan has format version {version}; 0.1 to 1.x are understood");
        return Err(ScanError::input(message, "use a newer Wayleave, or an older Terraform"));
    }
    if plan.get("errored") == Some(&Value::Bool(true)) {
        return refuse("the plan is incomplete: planning ended with an error");
    }
    if !plan.get("planned_values").is_some_and(Value::is_object) {
        return refuse("the plan has no `planned_values`: this may be a state or a provider schema");
    }
    Ok(())
}

/// A managed resource of `planned_values`, with the module that it is in.
struct Planned<'a> {
    address: &'a str,
    kind: &'a str,
    name: &'a str,
    module: &'a str,
    index: Option<&'a Value>,
    values: &'a Value,
    sensitive: Option<&'a Value>,
}

fn planned_resources(json: &Value) -> Result<Vec<Planned<'_>>, ScanError> {
    let mut found = Vec::new();
    let mut modules: Vec<&Value> = json.pointer("/planned_values/root_module").into_iter().collect();
    while let Some(module) = modules.pop() {
        let address = module.get("address").and_then(Value::as_str).unwrap_or_default();
        for resource in list(module, "resources") {
            found.extend(planned(resource, address)?);
        }
        modules.extend(list(module, "child_modules").iter().rev());
    }
    Ok(found)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn planned<'a>(resource: &'a Value, module: &'a str) -> Result<Option<Planned<'a>>, ScanError> {
    if resource.get("mode").and_then(Value::as_str) == Some("data") {
        return Ok(None);
    }
    Ok(Some(Planned {
        address: text(resource, "address")?,
        kind: text(resource, "type")?,
        name: text(resource, "name")?,
        module,
        index: resource.get("index"),
        values: resource.get("values").unwrap_or(&Value::Null),
        sensitive: resource.get("sensitive_values"),
    }))
}

fn text<'a>(resource: &'a Value, key: &str) -> Result<&'a str, ScanError> {
    resource.get(key).and_then(Value::as_str).ok_or_else(|| {
        ScanError::input(format!("a resource of the plan has no string `{key}`: the plan is damaged"), REMEDY)
    })
}

/// `resource_changes` of managed resources, by address.
struct Changes<'a> {
    order: Vec<&'a Value>,
    by_address: HashMap<&'a str, &'a Value>,
}

impl<'a> Changes<'a> {
    fn values_in_order(&self) -> impl Iterator<Item = &'a Value> {
        self.order.iter().copied()
    }

    /// The `change` object of a resource.
    fn of(&self, address: &str) -> Option<&'a Value> {
        self.by_address.get(address).and_then(|change| change.get("change"))
    }
}

/// Deposed objects are left out: they are what an earlier replacement could not clean up.
fn changes(json: &Value) -> Result<Changes<'_>, ScanError> {
    let mut changes = Changes { order: Vec::new(), by_address: HashMap::new() };
    for change in list(json, "resource_changes") {
        let is_data = change.get("mode").and_then(Value::as_str) == Some("data");
        if is_data || change.get("deposed").is_some() {
            continue;
        }
        for key in ["type", "name"] {
            text(change, key)?;
        }
        changes.by_address.insert(text(change, "address")?, change);
        changes.order.push(change);
    }
    Ok(changes)
}

fn actions(change: Option<&Value>) -> Vec<String> {
    let actions = change.map_or(&[][..], |change| list(change, "actions"));
    actions.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn resource(planned: &Planned<'_>, changes: &Changes<'_>, links: &Links<'_>) -> Resource {
    let change = changes.of(planned.address);
    let part = |key: &str| change.and_then(|change| change.get(key)).unwrap_or(&Value::Null);
    let mut unknown = BTreeSet::new();
    let mut values = planned.values.clone();
    for hidden in [planned.sensitive.unwrap_or(&Value::Null), part("after_sensitive"), part("after_unknown")]
    {
        mask::remove(&mut values, hidden, &mut unknown);
    }
    mask::drop_nulls(&mut values);
    Resource {
        address: planned.address.to_owned(),
        kind: planned.kind.to_owned(),
        written_type: planned.kind.to_owned(),
        name: planned.name.to_owned(),
        module: planned.module.to_owned(),
        engine: Engine::Terraform,
        documents: document::find(&values),
        values,
        unknown,
        links: links.of(planned),
        written: links.written(planned),
        actions: actions(change),
        location: None,
        line: None,
        provisioners: links.provisioners(planned),
        extent: None,
        callers: Vec::new(),
        metadata: Value::Null,
    }
}

fn change(written: &Value) -> Change {
    let word = |key: &str| written.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let change = written.get("change").unwrap_or(&Value::Null);
    let mut unknown = BTreeSet::new();
    let mut side = |side: &str, masks: &[&str]| {
        let mut value = change.get(side).cloned().unwrap_or_default();
        for name in masks {
            mask::remove(&mut value, change.get(*name).unwrap_or(&Value::Null), &mut unknown);
        }
        mask::drop_nulls(&mut value);
        value
    };
    let before = side("before", &["before_sensitive"]);
    let after = side("after", &["after_sensitive", "after_unknown"]);
    Change {
        address: word("address"),
        kind: word("type"),
        name: word("name"),
        actions: actions(Some(change)),
        before_documents: document::find(&before),
        after_documents: document::find(&after),
        before,
        after,
        unknown,
    }
}
