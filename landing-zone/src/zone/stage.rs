//! `stage`: which accounts a change reaches together, when, and who has to agree.

use crate::ids::{AccountId, AccountName, OuPath, StageName};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An account as a stage names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountRef {
    /// By its 12 digits.
    Id(AccountId),
    /// By its name in the zone or in AWS Organizations.
    Name(AccountName),
}

/// The accounts of a stage: those named, those in the units, and those with all the tags, without the excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Accounts by name or id.
    pub accounts: Vec<AccountRef>,
    /// Organizational units, with the units below them.
    pub ous: Vec<OuPath>,
    /// Tags, all of which an account must have. Empty: no account is chosen by tags.
    pub tags: BTreeMap<String, String>,
    /// Accounts that are taken away.
    pub exclude_accounts: Vec<AccountRef>,
    /// Organizational units whose accounts are taken away.
    pub exclude_ous: Vec<OuPath>,
}

/// How a stage goes through its accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Accounts in the first wave; 0 for no canaries. Default: 1.
    pub canary: u32,
    /// Accounts in each later wave, at least 1. Default: 10.
    pub size: u32,
    /// More failed units than this in a stage stop it. Default: 0.
    pub max_failures: u32,
}

impl Default for Wave {
    fn default() -> Self {
        Self { canary: 1, size: 10, max_failures: 0 }
    }
}

/// A time in which nothing is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    /// What it is for.
    pub name: String,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it; later than `from`.
    pub to: Timestamp,
}

impl Freeze {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn contains(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.to
    }
}

/// One `stage` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its label.
    pub name: StageName,
    /// Which accounts it has.
    pub selection: Selection,
    /// The stages whose every unit must have been applied before this one starts.
    pub after: BTreeSet<StageName>,
    /// Distinct people, none of them the author, who have to approve. Default: 0.
    pub approvals: u32,
    /// How long the stages before this one rest before it starts. Never negative. Default: zero.
    pub soak: SignedDuration,
    /// How it goes through its accounts.
    pub wave: Wave,
    /// When it does not start anything, in the order of the file.
    pub freezes: Vec<Freeze>,
}

impl Stage {
    /// The freeze that holds at a moment and ends last, if one holds.
    #[must_use]
    pub fn frozen(&self, now: Timestamp) -> Option<&Freeze> {
        self.freezes.iter().filter(|f| f.contains(now)).max_by_key(|f| f.to)
    }
}
