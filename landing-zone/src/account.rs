//! Accounts, and the places where a change may land.

use crate::ids::{AccountId, AccountName, OuPath, Region, RepositoryName, StageName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// An AWS account of the landing zone, found in AWS Organizations, named in `zone.hcl`, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its 12 digits.
    pub id: AccountId,
    /// What people call it.
    pub name: AccountName,
    /// The organizational unit that it is in; `None` for an account at the root or one whose place is not known.
    #[serde(default)]
    pub ou: Option<OuPath>,
    /// Its tags in AWS Organizations.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// One region of one account: the place that a unit changes, and that a run holds while it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The account.
    pub account: AccountId,
    /// The region in it.
    pub region: Region,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.account, self.region)
    }
}

/// What an expression in `zone.hcl` or `wayleave.hcl` may refer to: the unit that it is evaluated for.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// `account.id`, `account.name`, `account.ou` (null at the root), `account.tags`.
    pub account: &'a Account,
    /// `stage.name`.
    pub stage: &'a StageName,
    /// `region`.
    pub region: &'a Region,
    /// `commit`: the full hash of the commit that is planned.
    pub commit: &'a str,
    /// `repository`.
    pub repository: &'a RepositoryName,
}
