//! Reading the whole of `zone.hcl`.

use crate::ids::{PersonName, RepositoryName, StageName};
use crate::order;
use crate::reader::table::Table;
use crate::reader::{Reader, Spanned};
use crate::zone::names::{Names, unknown};
use crate::zone::organization::read_accounts;
use crate::zone::{
    Forge, ForgeKind, Index, Organization, Person, Policy, Repository, Server, Slack, Stage, State, Stream,
    Zone,
};
use std::collections::BTreeMap;

/// Reads every block, whatever is wrong with the others.
pub(super) fn zone(root: &Table<'_>) -> Option<Zone> {
    let organization = root.block("organization");
    if organization.is_none() {
        root.missing("`organization` block", "add `organization { management_account = \"…\" … }`");
    }
    let organization = organization.and_then(|table| Organization::read(&table));
    let (accounts, account_names) = read_accounts(root);
    let persons = persons(root);
    let stage_tables = root.labelled::<StageName>("stage", "dev");
    let forge_tables = root.labelled::<ForgeKind>("forge", "github");
    let names = Names::new(
        stage_tables.iter().filter_map(|(name, _)| Some(name.as_ref()?.value.clone())).collect(),
        forge_tables.iter().filter_map(|(kind, _)| Some(kind.as_ref()?.value)).collect(),
        persons.as_deref(),
    );
    let forges = forges(forge_tables);
    let stages = stages(root.reader, stage_tables, &names);
    let repositories = repositories(root, &names);
    let state = optional(root, "state", |table| State::read(table, organization.as_ref()));
    let slack = optional(root, "slack", Slack::read);
    let stream = optional(root, "stream", Stream::read);
    let index = optional(root, "index", Index::read);
    let policy = optional(root, "policy", |table| Policy::read(table, &names));
    let server = optional(root, "server", Server::read);
    root.close();
    let pending = names.pending.into_inner();
    if organization.as_ref().is_some_and(|o| !o.discover) {
        let missing = accounts.as_deref().map(|accounts| unknown(&pending, accounts, &account_names));
        missing.into_iter().flatten().for_each(|found| root.reader.push(found));
    }
    Some(Zone {
        organization: organization?,
        accounts: accounts?,
        stages: stages?,
        state: state?,
        repositories: repositories?,
        forges: forges?,
        persons: persons?,
        slack: slack?,
        stream: stream?,
        index: index?,
        policy: policy?.unwrap_or_default(),
        server: server?.unwrap_or_default(),
        pending,
    })
}

/// A block that may be left out: `Some(None)` without it, `None` if it is wrong.
fn optional<T>(
    root: &Table<'_>,
    name: &'static str,
    read: impl FnOnce(&Table<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match root.block(name) {
        Some(table) => read(&table).map(Some),
        None => Some(None),
    }
}

fn persons(root: &Table<'_>) -> Option<Vec<Person>> {
    let mut read = Vec::new();
    let mut sound = true;
    for (name, table) in root.labelled::<PersonName>("person", "hong") {
        match Person::read(name.map(|name| name.value), &table, &read) {
            Some(person) => read.push(person),
            None => sound = false,
        }
    }
    sound.then_some(read)
}

fn forges(tables: Vec<(Option<Spanned<ForgeKind>>, Table<'_>)>) -> Option<Vec<Forge>> {
    let read: Vec<Option<Forge>> = tables
        .into_iter()
        .map(|(kind, table)| {
            if let Some(kind) = &kind {
                table.reader.not_yet("forge", "", kind.value.as_str(), &kind.span);
            }
            Forge::read(kind.map(|kind| kind.value), &table)
        })
        .collect();
    read.into_iter().collect()
}

fn stages(
    reader: &Reader<'_>,
    tables: Vec<(Option<Spanned<StageName>>, Table<'_>)>,
    names: &Names,
) -> Option<Vec<Stage>> {
    let mut waits: BTreeMap<StageName, Vec<StageName>> = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut read = Vec::new();
    for (name, table) in tables {
        let name = name.map(|name| name.value);
        let (stage, after) = Stage::read(name.clone(), &table, names);
        read.push(stage);
        let Some(name) = name else { continue };
        for other in &after {
            places.insert((name.clone(), other.value.clone()), other.span.clone());
        }
        waits.insert(name, after.into_iter().map(|other| other.value).collect());
    }
    for cycle in order::cycles(&waits) {
        let edge = cycle.first().zip(cycle.get(1).or(cycle.first()));
        let span = edge.and_then(|(from, to)| places.get(&(from.clone(), to.clone()))).cloned();
        let message = format!("stages wait for each other: {}", order::describe(&cycle));
        reader.error(&span.unwrap_or_default(), message, "take one of them out of `after`");
    }
    read.into_iter().collect()
}

fn repositories(root: &Table<'_>, names: &Names) -> Option<Vec<Repository>> {
    let read: Vec<Option<Repository>> = root
        .labelled::<RepositoryName>("repository", "acme/infra")
        .into_iter()
        .map(|(name, table)| Repository::read(name.map(|name| name.value), &table, names))
        .collect();
    read.into_iter().collect()
}
