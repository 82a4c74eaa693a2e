//! One change model for both engines: what a Terraform plan or a CloudFormation change set would do.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is done to one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It does not exist and will.
    Create,
    /// It stays and is changed in place.
    Update,
    /// It is deleted and made anew, in either order.
    Replace,
    /// It is deleted.
    Delete,
    /// Nothing is done to it.
    None,
}

/// One resource's change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The resource's address in its stack: Terraform's (`module.a.aws_sns_topic.b[0]`) or the logical id (nested stacks by `Parent/Child`).
    pub address: String,
    /// The engine's own type name: `aws_sns_topic`, `AWS::SNS::Topic`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is done.
    pub action: Action,
    /// The values before, sensitive ones replaced by `"(sensitive)"`; `null` where there are none or they are not known.
    pub before: Value,
    /// The values after, masked alike; what is known only after the apply is `"(known after apply)"`.
    pub after: Value,
}

/// How many resources are created, updated, replaced and deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCounts {
    /// Resources that are created.
    pub create: u32,
    /// Resources that are changed in place.
    pub update: u32,
    /// Resources that are replaced.
    pub replace: u32,
    /// Resources that are deleted.
    pub delete: u32,
}

impl ChangeCounts {
    /// The number of resources that anything is done to.
    pub const fn total(&self) -> u32 {
        self.create.saturating_add(self.update).saturating_add(self.replace).saturating_add(self.delete)
    }

    /// True when nothing is done to any resource.
    pub const fn is_empty(&self) -> bool {
        self.total() == 0
    }

    fn add(mut self, action: Action) -> Self {
        let field = match action {
            Action::Create => &mut self.create,
            Action::Update => &mut self.update,
            Action::Replace => &mut self.replace,
            Action::Delete => &mut self.delete,
            Action::None => return self,
        };
        *field = field.saturating_add(1);
        self
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            create: self.create.saturating_add(other.create),
            update: self.update.saturating_add(other.update),
            replace: self.replace.saturating_add(other.replace),
            delete: self.delete.saturating_add(other.delete),
        }
    }
}

/// What a plan or a change set would do, whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The changes in the order of their addresses; resources that nothing is done to may be left out.
    pub resources: Vec<Change>,
    /// True when applying does something that no resource shows: an output's value, a parameter, a moved address.
    pub other: bool,
}

impl Changes {
    /// How many of each kind.
    pub fn counts(&self) -> ChangeCounts {
        self.resources.iter().fold(ChangeCounts::default(), |counts, change| counts.add(change.action))
    }

    /// True when applying would do nothing at all.
    pub fn is_empty(&self) -> bool {
        !self.other && self.counts().is_empty()
    }
}
