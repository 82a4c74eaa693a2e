//! `stage`: which accounts a change reaches together, when, and who has to agree.

use crate::ids::{AccountId, AccountName, InvalidId, OuPath, StageName};
use crate::reader::Spanned;
use crate::reader::table::Table;
use crate::reader::text;
use crate::reader::value::Value;
use crate::zone::names::{Names, Subject};
use crate::zone::organization::read_tags;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

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

/// How a stage goes through its accounts. A stage without a `wave` block takes all of them [at once](Wave::AT_ONCE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Accounts in the first wave; 0 for no canaries. Default: 1.
    pub canary: u32,
    /// Accounts in each later wave, at least 1. Default: 10.
    pub size: u32,
    /// More failed units than this in a stage stop it. Default: 0.
    pub max_failures: u32,
}

impl Wave {
    /// All accounts in one wave, and no failure borne.
    pub const AT_ONCE: Self = Self { canary: 0, size: u32::MAX, max_failures: 0 };
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

impl fmt::Display for AccountRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

impl AccountRef {
    /// Twelve digits are an id, everything else is a name.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        AccountId::parse(text).map(Self::Id).or_else(|_| AccountName::parse(text).map(Self::Name))
    }
}

impl std::str::FromStr for AccountRef {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Self::parse(text)
    }
}

impl AsRef<str> for AccountRef {
    fn as_ref(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::Name(name) => name.as_str(),
        }
    }
}

/// How messages call an account in a list.
const ACCOUNT: &str = "a string: a name, or 12 digits";

impl Selection {
    fn read(table: &Table<'_>, names: &Names) -> Option<Self> {
        let accounts = table.or("accounts", Vec::new(), |v| v.ids::<AccountRef>(ACCOUNT));
        let ous = table.or("ous", Vec::new(), |v| v.ids::<OuPath>("a string"));
        let tags = table.or("tags", BTreeMap::new(), read_tags);
        let exclude = table.or("exclude", Vec::new(), Value::list);
        let wrong = accounts.is_none() || ous.is_none() || tags.is_none() || exclude.is_none();
        let mut selection = Self { tags: tags.unwrap_or_default(), ..Self::default() };
        for Spanned { value, span } in accounts.unwrap_or_default() {
            names.later(table, Subject::Account(value.clone()), &span);
            selection.accounts.push(value);
        }
        for Spanned { value, span } in ous.unwrap_or_default() {
            names.later(table, Subject::Ou(value.clone()), &span);
            selection.ous.push(value);
        }
        exclude.iter().flatten().for_each(|value| selection.exclude(table, value, names));
        if wrong {
            return None;
        }
        selection.require(table)?;
        Some(selection)
    }

    /// Takes an account or a unit away. A word may be the name of either, so it is taken as both.
    fn exclude(&mut self, table: &Table<'_>, value: &Value<'_>, names: &Names) {
        let Some(text) = value.string() else { return };
        let account = AccountRef::parse(text).ok();
        let ou = OuPath::parse(text).ok().filter(|_| !matches!(account, Some(AccountRef::Id(_))));
        if account.is_none() && ou.is_none() {
            value.error(
                format!("{text:?} is not an account or a unit"),
                "expected a name, 12 digits, or a path",
            );
            return;
        }
        names.later(table, Subject::Either(account.clone(), ou.clone()), &value.span);
        self.exclude_accounts.extend(account);
        self.exclude_ous.extend(ou);
    }

    fn require(&self, table: &Table<'_>) -> Option<()> {
        if self.accounts.is_empty() && self.ous.is_empty() && self.tags.is_empty() {
            table.missing("accounts", "add `accounts = [\"…\"]`, `ous = [\"…\"]` or `tags = { … }`");
            return None;
        }
        Some(())
    }
}

impl Wave {
    fn read(table: &Table<'_>) -> Option<Self> {
        let default = Self::default();
        let canary = table.or("canary", default.canary, |v| v.integer(0..=10_000));
        let size = table.or("size", default.size, |v| v.integer(1..=10_000));
        let max_failures = table.or("max_failures", default.max_failures, |v| v.integer(0..=1_000_000));
        table.close();
        Some(Self { canary: canary?, size: size?, max_failures: max_failures? })
    }
}

/// The label of a `freeze` block: any text on one line.
#[derive(PartialEq)]
struct Reason(String);

impl std::str::FromStr for Reason {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if !text.trim().is_empty() && text.len() <= 200 && !text.chars().any(char::is_control) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidId {
            kind: "a reason",
            value: text.to_owned(),
            expected: "1 to 200 characters on one line",
        })
    }
}

impl Freeze {
    fn read(name: Option<Reason>, table: &Table<'_>) -> Option<Self> {
        let from =
            table.required("from", "\"2026-12-20T00:00:00+09:00\"").and_then(|v| v.checked(text::moment));
        let to = table.required("to", "\"2027-01-03T00:00:00+09:00\"").and_then(|v| v.checked(text::moment));
        table.close();
        let (from, to) = (from?, to?);
        if from >= to {
            let span = table.attribute("to").map_or_else(|| table.span.clone(), |v| v.span);
            let message = format!("{} ends before it starts", table.title);
            table.reader.error(&span, message, "make `to` later than `from`");
            return None;
        }
        Some(Self { name: name?.0, from, to })
    }
}

impl Stage {
    /// Reads a stage; beside it, where it says what it comes after.
    pub(super) fn read(
        name: Option<StageName>,
        table: &Table<'_>,
        names: &Names,
    ) -> (Option<Stage>, Vec<Spanned<StageName>>) {
        let after = table.or("after", Vec::new(), |v| v.ids::<StageName>("a string"));
        let known: Vec<_> = after.iter().flatten().filter(|s| names.stage(table, s)).cloned().collect();
        (Self::read_rest(name, &known, table, names).filter(|_| after.is_some()), known)
    }

    fn read_rest(
        name: Option<StageName>,
        after: &[Spanned<StageName>],
        table: &Table<'_>,
        names: &Names,
    ) -> Option<Stage> {
        let selection = Selection::read(table, names);
        let approvals = table.or("approvals", 0, |v| v.integer(0..=100));
        let soak = table.or("soak", SignedDuration::ZERO, |v| v.checked(text::duration));
        let wave = table.block("wave").map_or(Some(Wave::AT_ONCE), |wave| Wave::read(&wave));
        let freezes: Vec<Option<Freeze>> = table
            .labelled::<Reason>("freeze", "year end")
            .into_iter()
            .map(|(reason, freeze)| Freeze::read(reason.map(|reason| reason.value), &freeze))
            .collect();
        table.close();
        names.approvers(table, approvals);
        let after = after.iter().map(|stage| stage.value.clone()).collect();
        let (approvals, soak, wave) = (approvals?, soak?, wave?);
        let freezes = freezes.into_iter().collect::<Option<_>>()?;
        Some(Stage { name: name?, selection: selection?, after, approvals, soak, wave, freezes })
    }
}
