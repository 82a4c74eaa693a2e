//! Where may a change go? The organization, its accounts, stages and regions, and the two files that name them:
//! `zone.hcl`, owned by the platform team, and `wayleave.hcl`, owned by the developers of a repository.
//!
//! Nothing here does I/O or looks at a clock: texts go in, typed values or diagnostics come out.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod account;
pub mod diagnostic;
pub mod expression;
pub mod ids;
mod order;
mod reader;
pub mod stack;
pub mod zone;

pub use account::{Account, Scope, Target};
pub use diagnostic::{Diagnostic, Diagnostics, Severity, Source, render_all};
pub use expression::Formula;
pub use ids::{
    AccountId, AccountName, InvalidId, OuPath, PersonName, Region, RepositoryName, StackName, StageName,
};
pub use reader::NOT_YET;
pub use stack::{Engine, Stack, StackFile};
pub use zone::{
    AccountRef, ApplyMode, Database, FailOn, Forge, ForgeKind, Freeze, Index, Organization, Person, Platform,
    Policy, Repository, Role, Secret, Selection, Server, Slack, Stage, State, Stream, Wave, Zone,
};
