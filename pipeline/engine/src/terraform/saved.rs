//! What a saved plan says of itself: a zip archive with the state that it was made from, and its dependency lock file
//! ([planfile](https://pkg.go.dev/github.com/hashicorp/terraform/internal/plans/planfile)).

use std::io::{Cursor, Read};

use serde::Deserialize;
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{Step, TerraformError};

const LARGEST_ENTRY: u64 = 256 << 20;

/// Which state, and which version of it. A state that does not exist yet has no lineage and serial 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct StateVersion {
    /// The state's identity from its creation on.
    #[serde(default)]
    pub lineage: String,
    /// Grows with each change.
    #[serde(default)]
    pub serial: u64,
}

impl StateVersion {
    /// Reads the version from a state's JSON; nothing at all is a state that does not exist yet.
    pub(super) fn read(state: &[u8], step: Step) -> Result<Self, TerraformError> {
        if state.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        serde_json::from_slice(state).map_err(|source| TerraformError::Json { step, source })
    }
}

/// A saved plan's bytes. They hold values that are sensitive, so they do not print.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedPlan(Vec<u8>);

impl std::fmt::Debug for SavedPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SavedPlan({} bytes)", self.0.len())
    }
}

impl SavedPlan {
    /// Takes the bytes that Terraform wrote.
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, to be sealed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The version of the state that it was made from.
    ///
    /// # Errors
    /// [`TerraformError::SavedPlan`] when it is not a saved plan.
    pub fn state(&self) -> Result<StateVersion, TerraformError> {
        let state = self.entry("tfstate")?.ok_or(TerraformError::SavedPlan(ZipError::FileNotFound))?;
        StateVersion::read(&state, Step::Plan)
    }

    /// The dependency lock file that it was made with, if there was one.
    pub(super) fn lock_file(&self) -> Result<Option<Vec<u8>>, TerraformError> {
        self.entry(".terraform.lock.hcl")
    }

    fn entry(&self, name: &str) -> Result<Option<Vec<u8>>, TerraformError> {
        let mut archive = ZipArchive::new(Cursor::new(&self.0)).map_err(TerraformError::SavedPlan)?;
        let entry = match archive.by_name(name) {
            Err(ZipError::FileNotFound) => return Ok(None),
            entry => entry.map_err(TerraformError::SavedPlan)?,
        };
        let mut bytes = Vec::new();
        let read = entry.take(LARGEST_ENTRY).read_to_end(&mut bytes);
        read.map_err(|error| TerraformError::SavedPlan(ZipError::Io(error)))?;
        Ok(Some(bytes))
    }
}
