//! The providers that a module needs or configures.

use hcl_edit::expr::{Expression, ObjectKey};

use super::block;
use super::model::plain;
use super::module::{Declared, Mode};
use super::scope::Frame;
use crate::resource::Provider;

/// Registries that are meant where a source names none.
const DEFAULT_REGISTRIES: [&str; 2] = ["registry.terraform.io/", "registry.opentofu.org/"];

/// Adds what a module says: requirements, configurations, and what its resources' types imply.
pub(super) fn collect(frame: &Frame<'_>, into: &mut Vec<Provider>) {
    let instance = frame.instance;
    let prefix: String = instance.names.iter().map(|name| format!("module.{name}.")).collect();
    let mut required = requirements(frame, &prefix);
    let known = required.clone();
    let of = |name: &str| {
        let found = known.iter().find(|provider| provider.name == name).cloned();
        found.unwrap_or_else(|| Provider {
            address: format!("{prefix}provider.{name}"),
            name: name.to_owned(),
            source: Some(implied(name)),
            ..Provider::default()
        })
    };
    into.extend(
        instance.module.providers.iter().map(|written| configured(written, of(&written.name), frame)),
    );
    for resource in instance.module.resources.iter().filter(|resource| resource.mode != Mode::Other) {
        let own = of(resource.kind.split('_').next().unwrap_or_default());
        if !into.iter().chain(&required).any(|other| other.address == own.address) {
            into.push(own);
        }
    }
    required.retain(|own| into.iter().all(|other| other.address != own.address));
    into.append(&mut required);
}

/// A `provider` block, on top of what is required of the provider.
fn configured(written: &Declared, own: Provider, frame: &Frame<'_>) -> Provider {
    let alias = plain(written.body.attribute("alias"));
    let suffix = alias.as_ref().map(|alias| format!(".{alias}")).unwrap_or_default();
    let text = |name: &str| {
        block::attribute(&written.body, name, frame).and_then(|value| value.as_text().map(str::to_owned))
    };
    let names = written.body.attributes.iter().map(|attribute| attribute.name.clone());
    Provider {
        address: format!("{}{suffix}", own.address),
        version: plain(written.body.attribute("version")).or(own.version),
        alias,
        values: names.filter_map(|name| Some((name.clone(), text(&name)?))).collect(),
        location: Some(written.place.location()),
        ..own
    }
}

/// What the `required_providers` blocks of a module say.
fn requirements(frame: &Frame<'_>, prefix: &str) -> Vec<Provider> {
    let mut found = Vec::new();
    for settings in &frame.instance.module.settings {
        for block in settings.body.blocks_of("required_providers") {
            found.extend(block.body.attributes.iter().map(|attribute| Provider {
                address: format!("{prefix}provider.{}", attribute.name),
                location: Some(settings.place.location()),
                ..requirement(&attribute.name, &attribute.value)
            }));
        }
    }
    found
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
    Provider { name: name.to_owned(), source: Some(source), version, ..Provider::default() }
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
