//! `organization`, `account` and `state`: the landing zone itself.

use crate::expression::Formula;
use crate::ids::{AccountId, Region};
use serde::Serialize;

/// The `organization` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organization {
    /// The account that owns the organization, from which roles are assumed.
    pub management_account: AccountId,
    /// The region used where a stack names none.
    pub region: Region,
    /// Whether accounts, units and tags are read from AWS Organizations. Default: false.
    pub discover: bool,
    /// The name of the role that plans, in every account. Default: `WayleavePlan`.
    pub plan_role: String,
    /// The name of the role that applies, in every account. Default: `WayleaveApply`.
    pub apply_role: String,
}

/// The `state` block: where Terraform keeps its state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// The name of the bucket, an expression over `account`, `stage`, `region` and `repository`.
    pub bucket: Formula,
}
