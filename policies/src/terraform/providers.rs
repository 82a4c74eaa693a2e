//! The providers that a module needs or configures.

use hcl_edit::expr::{Expression, ObjectKey};

use super::model::plain;
use super::module::Mode;
use super::scope::Frame;
use crate::resource::Provider;

/// Registries that are meant where a source names none.
const DEFAULT_REGISTRIES: [&str; 2] = ["registry.terraform.io/", "registry.opentofu.org/"];

/// Adds what a module says: requirements, configurations, and what its resources' types imply.
pub(super) fn collect(frame: &Frame<'_>, into: &mut Vec<Provider>) {
    let module = &frame.instance.module;
    let mut required: Vec<Provider> = Vec::new();
    for block in module.settings.iter().flat_map(|settings| settings.body.blocks_of("required_providers")) {
        required.extend(
            block.body.attributes.iter().map(|attribute| requirement(&attribute.name, &attribute.value)),
        );
    }
    let known = required.clone();
    let of = |name: &str| {
        let found = known.iter().find(|provider| provider.name == name).cloned();
        found.unwrap_or_else(|| Provider {
            name: name.to_owned(),
            source: Some(implied(name)),
            version: None,
            alias: None,
        })
    };
    for configured in &module.providers {
        let own = of(&configured.name);
        let version = plain(configured.body.attribute("version")).or_else(|| own.version.clone());
        into.push(Provider { version, alias: plain(configured.body.attribute("alias")), ..own });
    }
    for resource in module.resources.iter().filter(|resource| resource.mode != Mode::Other) {
        let name = resource.kind.split('_').next().unwrap_or_default();
        let own = of(name);
        if !into.contains(&own) {
            into.push(own);
        }
    }
    into.append(&mut required);
}

fn requirement(name: &str, value: &Expression) -> Provider {
    let field = |wanted: &str| {
        let mut fields = value.as_object()?.iter();
        let found = fields.find(|(key, _)| match key {
            ObjectKey::Ident(name) => name.as_str() == wanted,
            ObjectKey::Expression(name) => name.as_str() == Some(wanted),
        });
        plain(found.map(|(_, value)| value.expr()))
    };
    // Terraform 0.12 wrote the version alone.
    let version = plain(Some(value)).or_else(|| field("version"));
    let source = field("source").map_or_else(|| implied(name), |source| short(&source));
    Provider { name: name.to_owned(), source: Some(source), version, alias: None }
}

fn implied(name: &str) -> String {
    if name == "terraform" {
        "terraform.io/builtin/terraform".to_owned()
    } else {
        format!("hashicorp/{name}")
    }
}

/// A source without the registry that is meant anyway.
pub(crate) fn short(source: &str) -> String {
    let rest = DEFAULT_REGISTRIES.iter().find_map(|registry| source.strip_prefix(registry));
    rest.unwrap_or(source).to_ascii_lowercase()
}
