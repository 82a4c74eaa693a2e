//! What can be scanned.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::resource::Model;
use crate::scan::ScanError;
use crate::source::Files;
use crate::{cloudformation, plan, terraform, terrascan};

/// One thing to scan, already read from wherever it lives.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// What `terraform show -json` prints for a saved plan, format 0.1 to 1.x.
    /// See <https://developer.hashicorp.com/terraform/internals/json-format>.
    Plan {
        /// The parsed document.
        json: &'a serde_json::Value,
        /// Where the configuration is that was planned, if it is at hand: its files and the root's directory. Findings
        /// then say where they are written.
        configuration: Option<(&'a dyn Files, &'a str)>,
    },
    /// The Terraform source in a directory, with the modules that it calls. Other directories below it are not read.
    Terraform {
        /// Where files come from.
        files: &'a dyn Files,
        /// The directory, as locations name it.
        directory: &'a str,
        /// Values of variables and such.
        options: &'a terraform::Options,
    },
    /// A CloudFormation template, YAML (with short tags) or JSON.
    Template {
        /// The name that locations carry, and that the paths of nested templates start from.
        path: &'a str,
        /// The template's text.
        text: &'a str,
        /// Values of parameters; the template's defaults stand for the rest. Pseudo parameters such as
        /// `AWS::Region` may be given here too.
        parameters: &'a BTreeMap<String, String>,
        /// Where the templates of nested stacks are read from, if they are to be scanned too.
        files: Option<&'a dyn Files>,
    },
}

impl Input<'_> {
    /// Brings the input into the resource model.
    ///
    /// # Errors
    /// [`ScanError`] if nothing of the input can be read; what can be read in parts has [`Model::errors`].
    pub fn model(&self) -> Result<Model, ScanError> {
        match self {
            Self::Plan { json, configuration } => plan::read(json, *configuration),
            Self::Terraform { files, directory, options } => terraform::read(*files, directory, options),
            Self::Template { path, text, parameters, files } => {
                cloudformation::read(path, text, parameters, *files)
            }
        }
    }

    /// The input as Terrascan's rules see it, on its own; places in a plan are those of its model.
    pub(crate) fn terrascan(&self, model: &Model) -> terrascan::Document {
        match self {
            Self::Plan { json, .. } => terrascan::plan(json, model),
            Self::Terraform { files, directory, .. } => {
                let options = terrascan::Options { non_recursive: true, ..terrascan::Options::default() };
                terrascan::document(*files, directory, &options)
            }
            Self::Template { path, text, .. } => terrascan::template(path, path, text),
        }
    }

    /// The text of a file that belongs to the input.
    pub(crate) fn text(&self, file: &str) -> Option<Arc<str>> {
        match self {
            Self::Plan { configuration, .. } => configuration.and_then(|(files, _)| files.read(file).ok()),
            Self::Terraform { files, .. } => files.read(file).ok(),
            Self::Template { path, text, .. } if *path == file => Some(Arc::from(*text)),
            Self::Template { files, .. } => files.and_then(|files| files.read(file).ok()),
        }
    }

    /// The source's name and text, for reports that show a line of it.
    pub fn source(&self) -> Option<(&str, &str)> {
        match self {
            Self::Plan { .. } | Self::Terraform { .. } => None,
            Self::Template { path, text, .. } => Some((path, text)),
        }
    }
}
