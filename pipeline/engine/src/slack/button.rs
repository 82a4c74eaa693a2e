//! The buttons of a run's message: what a click says.

use std::fmt;
use std::str::FromStr;

use landing_zone::StageName;
use pipeline_core::{Digest, RunId};

/// The `action_id` of the button that approves.
pub const APPROVE: &str = "wayleave_approve";
/// The `action_id` of the button that rejects.
pub const REJECT: &str = "wayleave_reject";

/// What a button carries: `run|stage|digest`. It gives no right: who may approve is asked when it is clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ButtonValue {
    /// The run.
    pub run: RunId,
    /// The stage.
    pub stage: StageName,
    /// What was shown above the button.
    pub digest: Digest,
}

/// A button's value that Wayleave did not write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this button is not one of Wayleave's: its value is not run|stage|digest")]
pub struct InvalidButton;

impl fmt::Display for ButtonValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}", self.run, self.stage, self.digest)
    }
}

impl FromStr for ButtonValue {
    type Err = InvalidButton;

    fn from_str(text: &str) -> Result<Self, InvalidButton> {
        let parts: Vec<&str> = text.split('|').collect();
        let [run, stage, digest] = parts.as_slice() else { return Err(InvalidButton) };
        Ok(Self {
            run: run.parse().map_err(|_| InvalidButton)?,
            stage: StageName::parse(stage).map_err(|_| InvalidButton)?,
            digest: Digest::parse(digest).map_err(|_| InvalidButton)?,
        })
    }
}
