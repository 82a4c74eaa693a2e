//! What a plan says of its configuration: module calls, providers, provisioners, and where blocks are written.
//! See <https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation>.

use serde_json::{Map, Value};

use super::links::module_names;
use crate::resource::{Model, ModuleCall, Provider, Resource};
use crate::terraform::locate::{Located, Locator};
use crate::terraform::providers;

/// Calls within calls.
const MAX_DEPTH: usize = 64;

/// Adds the module calls and providers of a plan.
pub(super) fn collect(json: &Value, locator: Option<&Locator<'_>>, model: &mut Model) {
    if let Some(root) = json.pointer("/configuration/root_module") {
        modules(root, &mut Vec::new(), locator, &mut model.modules);
    }
    let configured = json.pointer("/configuration/provider_config").and_then(Value::as_object);
    model.providers.extend(configured.into_iter().flat_map(Map::values).filter_map(provider));
    model.modules.sort();
    model.providers.sort();
    model.providers.dedup();
}

fn modules<'p>(
    module: &'p Value,
    names: &mut Vec<&'p str>,
    locator: Option<&Locator<'_>>,
    into: &mut Vec<ModuleCall>,
) {
    let calls = module.get("module_calls").and_then(Value::as_object).filter(|_| names.len() < MAX_DEPTH);
    for (name, call) in calls.into_iter().flatten() {
        names.push(name);
        let located = locator.and_then(|locator| locator.call(names));
        into.push(ModuleCall {
            address: names.iter().map(|name| format!("module.{name}")).collect::<Vec<_>>().join("."),
            source: text(call, "source").unwrap_or_default(),
            version: text(call, "version_constraint"),
            line: located.as_ref().map(|located| located.location.line),
            location: located.as_ref().map(|located| located.location.clone()),
            extent: located.map(|located| located.extent),
        });
        if let Some(inner) = call.get("module") {
            modules(inner, names, locator, into);
        }
        names.pop();
    }
}

fn provider(written: &Value) -> Option<Provider> {
    let name = text(written, "name")?;
    let alias = text(written, "alias");
    let module = text(written, "module_address").map(|module| format!("{module}.")).unwrap_or_default();
    let suffix = alias.as_ref().map(|alias| format!(".{alias}")).unwrap_or_default();
    let expressions = written.get("expressions").and_then(Value::as_object);
    let constant = |(key, value): (&String, &Value)| Some((key.clone(), text(value, "constant_value")?));
    Some(Provider {
        address: format!("{module}provider.{name}{suffix}"),
        name,
        source: text(written, "full_name").map(|source| providers::short(&source)),
        version: text(written, "version_constraint"),
        alias,
        values: expressions.into_iter().flatten().filter_map(constant).collect(),
        location: None,
    })
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// The types of a resource's provisioners.
pub(super) fn provisioners(configured: Option<&Value>) -> Vec<String> {
    let listed = configured.map_or(&[][..], |configured| super::list(configured, "provisioners"));
    listed.iter().filter_map(|provisioner| text(provisioner, "type")).collect()
}

/// Says where a resource or data source is written.
pub(super) fn locate(resource: &mut Resource, is_data: bool, locator: Option<&Locator<'_>>) {
    let names = module_names(&resource.module);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = locator.and_then(|locator| locator.resource(&names, is_data, &resource.kind, &resource.name));
    if let Some(Located { location, extent, callers }) = found {
        resource.line = Some(location.line);
        resource.location = Some(location);
        resource.extent = Some(extent);
        resource.callers = callers;
    }
}
