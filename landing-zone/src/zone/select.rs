//! Which accounts there are, which of them a stage has, and in what order stages come.

use crate::account::Account;
use crate::ids::{AccountId, AccountName, StageName};
use crate::zone::{AccountRef, Selection, Stage, Zone};
use std::collections::{BTreeMap, BTreeSet};

impl Zone {
    /// The stage of a name.
    #[must_use]
    pub fn stage(&self, name: &StageName) -> Option<&Stage> {
        self.stages.iter().find(|s| &s.name == name)
    }

    /// The discovered accounts and those of the file, sorted by id. What the file says of an account wins over what
    /// was discovered; tags of both are kept.
    #[must_use]
    pub fn accounts(&self, discovered: &[Account]) -> Vec<Account> {
        let mut merged: BTreeMap<AccountId, Account> =
            discovered.iter().map(|account| (account.id.clone(), account.clone())).collect();
        for named in &self.accounts {
            merged
                .entry(named.id.clone())
                .and_modify(|found| overlay(found, named))
                .or_insert_with(|| named.clone());
        }
        merged.into_values().collect()
    }

    /// The accounts of a stage, sorted by id; none for a stage that does not exist.
    #[must_use]
    pub fn stage_accounts(&self, stage: &StageName, discovered: &[Account]) -> Vec<Account> {
        let Some(stage) = self.stage(stage) else {
            return Vec::new();
        };
        let chosen = Chosen::of(&stage.selection, &Known::of(self.accounts.iter().chain(discovered)));
        self.accounts(discovered).into_iter().filter(|account| chosen.has(account)).collect()
    }

    /// The stages so that each comes after those that it waits for, otherwise in the order of the file.
    #[must_use]
    pub fn stage_order(&self) -> Vec<StageName> {
        let mut done: BTreeSet<&StageName> = BTreeSet::new();
        let mut order = Vec::with_capacity(self.stages.len());
        // Parsing refused cycles, so each turn finds a stage; without one the rest is left out rather than looped over.
        while let Some(next) =
            self.stages.iter().find(|s| !done.contains(&s.name) && s.after.iter().all(|a| done.contains(a)))
        {
            done.insert(&next.name);
            order.push(next.name.clone());
        }
        order
    }
}

fn overlay(found: &mut Account, named: &Account) {
    found.name = named.name.clone();
    if named.ou.is_some() {
        found.ou.clone_from(&named.ou);
    }
    found.tags.extend(named.tags.clone());
}

/// Accounts by what a stage may call them; of two with one name the first counts, which is the file's.
struct Known<'a> {
    ids: BTreeSet<&'a AccountId>,
    names: BTreeMap<&'a AccountName, &'a AccountId>,
}

impl<'a> Known<'a> {
    fn of(accounts: impl Iterator<Item = &'a Account>) -> Self {
        let mut known = Self { ids: BTreeSet::new(), names: BTreeMap::new() };
        for account in accounts {
            known.ids.insert(&account.id);
            known.names.entry(&account.name).or_insert(&account.id);
        }
        known
    }

    fn resolve(&self, references: &'a [AccountRef]) -> BTreeSet<&'a AccountId> {
        let id = |reference: &'a AccountRef| match reference {
            AccountRef::Id(id) => self.ids.get(id).copied(),
            AccountRef::Name(name) => self.names.get(name).copied(),
        };
        references.iter().filter_map(id).collect()
    }
}

struct Chosen<'a> {
    selection: &'a Selection,
    named: BTreeSet<&'a AccountId>,
    excluded: BTreeSet<&'a AccountId>,
}

impl<'a> Chosen<'a> {
    fn of(selection: &'a Selection, known: &Known<'a>) -> Self {
        let (named, excluded) =
            (known.resolve(&selection.accounts), known.resolve(&selection.exclude_accounts));
        Self { selection, named, excluded }
    }

    fn has(&self, account: &Account) -> bool {
        self.included(account) && !self.excluded(account)
    }

    fn included(&self, account: &Account) -> bool {
        let Selection { ous, tags, .. } = self.selection;
        let tagged = !tags.is_empty() && tags.iter().all(|(key, value)| account.tags.get(key) == Some(value));
        tagged || self.named.contains(&account.id) || below(ous, account)
    }

    fn excluded(&self, account: &Account) -> bool {
        self.excluded.contains(&account.id) || below(&self.selection.exclude_ous, account)
    }
}

fn below(units: &[crate::ids::OuPath], account: &Account) -> bool {
    account.ou.as_ref().is_some_and(|ou| units.iter().any(|unit| unit.contains(ou)))
}
