//! Reading the whole of `wayleave.hcl`.

use crate::account::Scope;
use crate::expression::{Formula, IN_STACK};
use crate::ids::{Region, StackName, StageName};
use crate::order;
use crate::reader::table::Table;
use crate::reader::value::Value;
use crate::reader::{Reader, Spanned, suggest, text};
use crate::stack::{Engine, Stack};
use crate::zone::organization::sample_account;
use crate::zone::{Repository, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What the zone allows to the repository.
pub(super) struct Rules<'a> {
    pub(super) zone: &'a Zone,
    pub(super) repository: &'a Repository,
}

/// A stack that was read, and where it says what it depends on.
struct Draft {
    stack: Option<Stack>,
    depends_on: Vec<Spanned<StackName>>,
}

/// Reads every stack, whatever is wrong with the others.
pub(super) fn stacks(root: &Table<'_>, rules: &Rules<'_>) -> Option<Vec<Stack>> {
    let tables = root.labelled::<StackName>("stack", "network");
    root.close();
    let names: Vec<StackName> =
        tables.iter().filter_map(|(name, _)| Some(name.as_ref()?.value.clone())).collect();
    let mut drafts: BTreeMap<StackName, Draft> = BTreeMap::new();
    for (name, table) in &tables {
        let draft = read(name.as_ref(), table, &names, rules);
        drafts.extend(name.iter().map(|name| name.value.clone()).zip([draft]));
    }
    report_cycles(root.reader, &drafts);
    report_strangers(root.reader, &drafts);
    let mut stacks: BTreeMap<StackName, Stack> = drafts
        .into_iter()
        .map(|(name, draft)| draft.stack.map(|stack| (name, stack)))
        .collect::<Option<_>>()?;
    Some(names.iter().filter_map(|name| stacks.remove(name)).collect())
}

fn read(
    name: Option<&Spanned<StackName>>,
    table: &Table<'_>,
    names: &[StackName],
    rules: &Rules<'_>,
) -> Draft {
    let depends_on = table.or("depends_on", Vec::new(), |v| v.ids::<StackName>("a string"));
    let sound = depends_on.is_some();
    let (known, unknown): (Vec<_>, Vec<_>) =
        depends_on.unwrap_or_default().into_iter().partition(|other| names.contains(&other.value));
    for other in unknown {
        let text = other.value.as_str();
        let help = suggest(text, names.iter().map(StackName::as_str));
        table.reader.error(&other.span, format!("there is no stack {text:?} in this file"), help);
    }
    let stack = read_stack(name, table, rules, &known).filter(|_| sound);
    Draft { stack, depends_on: known }
}

fn read_stack(
    name: Option<&Spanned<StackName>>,
    table: &Table<'_>,
    rules: &Rules<'_>,
    depends_on: &[Spanned<StackName>],
) -> Option<Stack> {
    let engine = table
        .required("engine", "\"terraform\"")
        .and_then(|v| v.choice(&Engine::ALL.map(|engine| (engine.as_str(), engine))));
    let path = table.required("path", "\"platform/network\"").and_then(|v| v.checked(text::path));
    let template = read_template(table, engine);
    let stages = table.or("stages", rules.repository.stages.clone(), |v| rules.stages(v));
    let regions = table.or("regions", vec![rules.zone.organization.region.clone()], read_regions);
    let when_modified = table.or("when_modified", None, |v| read_globs(v).map(Some));
    let variables = table.or("variables", BTreeMap::new(), |v| read_inputs(v, variable_name));
    let parameters = table.or("parameters", BTreeMap::new(), |v| read_inputs(v, parameter_name));
    table.close();
    let engine = engine?;
    agrees(name, table, engine);
    let stack = Stack {
        name: name?.value.clone(),
        engine,
        path: path?,
        template: template?,
        stages: stages?,
        regions: regions?,
        when_modified: when_modified?,
        variables: variables?,
        parameters: parameters?,
        depends_on: depends_on.iter().map(|other| other.value.clone()).collect(),
    };
    rules.dry_run(table.reader, &stack);
    Some(stack)
}

/// The template where the engine has one. A path that leaves the stack's directory is refused.
fn read_template(table: &Table<'_>, engine: Option<Engine>) -> Option<Option<String>> {
    let default = engine.is_some_and(Engine::has_template).then(|| "template.yaml".to_owned());
    table.or("template", default, |v| match v.checked(text::path)? {
        root if root == "." => {
            v.error("the template is a directory", "expected a file, from the stack's path");
            None
        }
        path => Some(Some(path)),
    })
}

fn read_regions(value: &Value<'_>) -> Option<Vec<Region>> {
    let regions = value.ids::<Region>("a string")?;
    if value.list()?.is_empty() {
        value.error("the stack has no region", "name one, or leave `regions` out for the organization's");
        return None;
    }
    Some(regions.into_iter().map(|region| region.value).collect())
}

fn read_globs(value: &Value<'_>) -> Option<Vec<String>> {
    let items = value.list()?;
    if items.is_empty() {
        let message = "no change touches the stack";
        value.reader.warning(&value.span, message, "leave `when_modified` out for the path and its modules");
    }
    let globs: Vec<Option<String>> = items.iter().map(|item| item.checked(text::glob)).collect();
    globs.into_iter().collect()
}

/// Reads expressions by name; `check` says what would be right instead of a wrong name.
fn read_inputs(
    value: &Value<'_>,
    check: fn(&str) -> Result<(), &'static str>,
) -> Option<BTreeMap<String, Formula>> {
    let mut inputs = BTreeMap::new();
    let mut sound = true;
    for (name, item) in value.object()? {
        if let Err(expected) = check(&name.value) {
            value.reader.error(
                &name.span,
                format!("{:?} is not a name in `{}`", name.value, value.name),
                expected,
            );
            sound = false;
        }
        match Formula::read(&item, IN_STACK) {
            Some(formula) => _ = inputs.insert(name.value, formula),
            None => sound = false,
        }
    }
    sound.then_some(inputs)
}

/// An [identifier](https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers) of Terraform.
fn variable_name(name: &str) -> Result<(), &'static str> {
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.len() <= 255
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if valid { Ok(()) } else { Err("expected a letter or _, then letters, digits, _ and -") }
}

/// A [logical id](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html).
fn parameter_name(name: &str) -> Result<(), &'static str> {
    let valid = (1..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if valid { Ok(()) } else { Err("expected letters and digits") }
}

/// Reports attributes and names that do not go with the engine.
fn agrees(name: Option<&Spanned<StackName>>, table: &Table<'_>, engine: Engine) {
    let (wrong, instead): (&[&'static str], &str) = if engine.has_template() {
        (&["variables"], "parameters")
    } else {
        (&["parameters", "template"], "variables")
    };
    for attribute in wrong {
        if let Some(value) = table.attribute(attribute) {
            let help = if *attribute == "template" {
                "take it out; the root module is all of `path`".to_owned()
            } else {
                format!("{engine} takes `{instead}`")
            };
            value.error(format!("a stack of engine {engine} has no `{attribute}`"), help);
        }
    }
    if let Some(name) = name.filter(|name| engine.has_template() && name.value.as_str().contains('_')) {
        let message = format!("{:?} cannot be the name of a CloudFormation stack", name.value.as_str());
        let help = format!("use letters, digits and -: {:?}", name.value.as_str().replace('_', "-"));
        table.reader.error(&name.span, message, help);
    }
}

impl Rules<'_> {
    fn stages(&self, value: &Value<'_>) -> Option<BTreeSet<StageName>> {
        let stages = value.ids::<StageName>("a string")?;
        if value.list()?.is_empty() {
            value.error("the stack goes to no stage", "name one, or leave `stages` out for all");
            return None;
        }
        let allowed = |stage: &Spanned<StageName>| self.allows(value.reader, stage);
        Some(stages.into_iter().filter(allowed).map(|stage| stage.value).collect())
    }

    fn allows(&self, reader: &Reader<'_>, stage: &Spanned<StageName>) -> bool {
        let Repository { name, stages, .. } = self.repository;
        if stages.contains(&stage.value) {
            return true;
        }
        let text = stage.value.as_str();
        if self.zone.stage(&stage.value).is_some() {
            let message = format!("the zone does not allow stage {text:?} to {name}");
            let known: Vec<&str> = stages.iter().map(StageName::as_str).collect();
            reader.error(&stage.span, message, format!("allowed: {}", known.join(", ")));
        } else {
            let help = suggest(text, stages.iter().map(StageName::as_str));
            reader.error(&stage.span, format!("the zone has no stage {text:?}"), help);
        }
        false
    }

    /// Evaluates every expression once for each stage, so that wrong types are found before a run.
    fn dry_run(&self, reader: &Reader<'_>, stack: &Stack) {
        let Some(account) = sample_account(&self.zone.organization.management_account) else { return };
        let Some(region) = stack.regions.first() else { return };
        let (commit, repository) = ("0000000000000000000000000000000000000000", &self.repository.name);
        for formula in stack.variables.values().chain(stack.parameters.values()) {
            let scopes = stack.stages.iter().map(|stage| Scope {
                account: &account,
                stage,
                region,
                commit,
                repository,
            });
            if let Some(fault) = scopes.filter_map(|scope| formula.fault(&scope)).next() {
                reader.push_all(fault);
            }
        }
    }
}

fn place(drafts: &BTreeMap<StackName, Draft>, from: &StackName, to: &StackName) -> Range<usize> {
    let draft = drafts.get(from);
    let edge = draft.and_then(|draft| draft.depends_on.iter().find(|other| &other.value == to));
    edge.map(|other| other.span.clone()).unwrap_or_default()
}

fn report_cycles(reader: &Reader<'_>, drafts: &BTreeMap<StackName, Draft>) {
    let depends = |draft: &Draft| draft.depends_on.iter().map(|other| other.value.clone()).collect();
    let waits = drafts.iter().map(|(name, draft)| (name.clone(), depends(draft))).collect();
    for cycle in order::cycles(&waits) {
        let Some((from, to)) = cycle.first().zip(cycle.get(1).or(cycle.first())) else { continue };
        let message = format!("stacks depend on each other: {}", order::describe(&cycle));
        reader.error(&place(drafts, from, to), message, "take one of them out of `depends_on`");
    }
}

/// Warns of a dependency between stacks that are never in the same stage.
fn report_strangers(reader: &Reader<'_>, drafts: &BTreeMap<StackName, Draft>) {
    for (name, draft) in drafts {
        let Some(stack) = &draft.stack else { continue };
        for other in &draft.depends_on {
            let stages = drafts.get(&other.value).and_then(|d| d.stack.as_ref()).map(|s| &s.stages);
            if stages.is_some_and(|stages| stages.is_disjoint(&stack.stages)) {
                let message = format!("{name} and {} have no stage in common", other.value);
                reader.warning(&other.span, message, "the dependency has no effect");
            }
        }
    }
}
