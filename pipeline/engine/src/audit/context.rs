//! What all records of a run, or of a unit, have in common.

use std::net::IpAddr;

use pipeline_core::event::UnitSpec;
use pipeline_core::{Digest, RunId, UnitId};

use super::record::User;

/// The fields that are the same in every record of a run.
#[derive(Debug, Clone)]
pub struct RunContext {
    /// The run.
    pub run: RunId,
    /// The repository's name, as the zone has it.
    pub repository: String,
    /// The repository's URL, without credentials.
    pub repository_url: String,
    /// The branch.
    pub branch: String,
    /// The commit.
    pub commit: String,
    /// The pull request's number.
    pub change: Option<u64>,
    /// The run's page.
    pub run_url: Option<String>,
    /// The author of the change.
    pub author: Option<User>,
    /// Where the trigger came from.
    pub source_ip: Option<IpAddr>,
}

/// Which step of a unit a record belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The plan or the change set is made and scanned.
    Plan,
    /// It is applied.
    Apply,
}

impl Phase {
    /// The step's name in `cicd.pipeline.task.name`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Apply => "apply",
        }
    }
}

/// The fields that are the same in every record of a unit's step.
#[derive(Debug, Clone)]
pub struct UnitContext {
    /// The unit.
    pub unit: UnitId,
    /// The stack's name.
    pub stack: String,
    /// `terraform`, `opentofu`, `cloudformation` or `sam`.
    pub engine: String,
    /// The stage's name.
    pub stage: String,
    /// The wave within the stage, from 1.
    pub wave: u32,
    /// The account's twelve digits.
    pub account_id: String,
    /// The account's name.
    pub account_name: String,
    /// The path of the account's organizational unit.
    pub organizational_unit: Option<String>,
    /// The region.
    pub region: String,
    /// The unit's digest, once it is planned.
    pub digest: Option<Digest>,
    /// The name of the STS session, once the role is assumed.
    pub role_session: Option<String>,
    /// The step.
    pub phase: Option<Phase>,
}

impl UnitContext {
    /// What is known of a unit before it is planned.
    pub fn of(unit: &UnitSpec, organizational_unit: Option<String>, phase: Option<Phase>) -> Self {
        Self {
            unit: unit.id.clone(),
            stack: unit.stack.to_string(),
            engine: unit.engine.to_string(),
            stage: unit.stage.to_string(),
            wave: unit.wave,
            account_id: unit.account.to_string(),
            account_name: unit.account_name.to_string(),
            organizational_unit,
            region: unit.region.to_string(),
            digest: None,
            role_session: None,
            phase,
        }
    }
}
