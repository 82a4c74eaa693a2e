//! What can go wrong with a change set, and what to do about it.

use std::fmt::Write as _;

use aws_sdk_cloudformation::types::StackStatus;

use super::{MAX_INLINE_TEMPLATE, MAX_TEMPLATE};
use crate::aws::CallError;
use crate::s3::S3Error;

/// A change set that could not be made, read, executed or followed.
#[derive(Debug, thiserror::Error)]
pub enum CloudFormationError {
    /// The stack's name is not one.
    #[error(
        "{name:?} cannot name a stack: a letter, then letters, digits and hyphens, at most 128 in all; rename the stack in wayleave.hcl"
    )]
    Name {
        /// The name.
        name: String,
    },
    /// The stack is in a status that nothing may be done in.
    #[error("stack {stack} is in {status}: {remedy}")]
    Refused {
        /// The stack.
        stack: String,
        /// Its exact status.
        status: StackStatus,
        /// What to do.
        remedy: &'static str,
    },
    /// CloudFormation does not take the template or what was given with it.
    #[error(
        "CloudFormation does not take the template of stack {stack}: {message}\n  change the template or its parameters"
    )]
    Template {
        /// The stack.
        stack: String,
        /// What CloudFormation said.
        message: String,
    },
    /// Parameters without a value, or values without a parameter; all of them.
    #[error("the parameters of stack {stack} do not fit its template: {}\n  set `parameters` in wayleave.hcl, or give the template defaults", parameters(.missing, .unknown))]
    Parameters {
        /// The stack.
        stack: String,
        /// Parameters that have neither a value nor a default.
        missing: Vec<String>,
        /// Values that the template has no parameter for.
        unknown: Vec<String>,
    },
    /// The template needs a capability that was not granted.
    #[error("the template of stack {stack} needs a capability that it was not given: {message}")]
    Capability {
        /// The stack.
        stack: String,
        /// What CloudFormation said.
        message: String,
    },
    /// The template is too large for a request and there is no bucket to put it in.
    #[error(
        "the template of stack {stack} has {bytes} bytes; over {MAX_INLINE_TEMPLATE} it goes by way of S3: \
         name a bucket in the `state` block of zone.hcl"
    )]
    NoBucket {
        /// The stack.
        stack: String,
        /// The template's size.
        bytes: usize,
    },
    /// The template is larger than CloudFormation takes at all.
    #[error(
        "the template of stack {stack} has {bytes} bytes and CloudFormation takes {MAX_TEMPLATE}: split it into nested stacks"
    )]
    TooLarge {
        /// The stack.
        stack: String,
        /// The template's size.
        bytes: usize,
    },
    /// The bucket could not be used.
    #[error(transparent)]
    Bucket(#[from] S3Error),
    /// CloudFormation could not make the change set.
    #[error("CloudFormation could not make the change set of stack {stack}: {reason}{}", lines(.details))]
    ChangeSetFailed {
        /// The stack.
        stack: String,
        /// The change set's own reason.
        reason: String,
        /// What CloudFormation's validation found, one a line; empty where it does not tell.
        details: Vec<String>,
    },
    /// It took too long.
    #[error(
        "stack {stack} was in {status} when the time for {doing} was over; look at its events, and plan again when it has come to rest"
    )]
    Deadline {
        /// The stack.
        stack: String,
        /// What was waited for.
        doing: &'static str,
        /// The last status seen, the stack's or the change set's.
        status: String,
    },
    /// A call failed.
    #[error("{source}\n  {}", .source.kind.remedy())]
    Call {
        /// What was said.
        #[from]
        source: CallError,
    },
    /// The answer lacks a field that it always has.
    #[error("cannot use the answer of {operation}: it lacks {field}; check what AWS_ENDPOINT_URL points to")]
    Incomplete {
        /// The call.
        operation: &'static str,
        /// The field.
        field: &'static str,
    },
    /// Nested stacks are nested deeper than is followed.
    #[error("the stacks of {stack} nest deeper than {depth}; flatten them")]
    TooDeep {
        /// The stack.
        stack: String,
        /// The deepest that is followed.
        depth: usize,
    },
}

impl CloudFormationError {
    /// True when the same call may succeed later without anybody changing anything.
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Call { source } | Self::Bucket(S3Error::Call { source, .. }) => source.kind.is_transient(),
            _ => false,
        }
    }
}

fn parameters(missing: &[String], unknown: &[String]) -> String {
    let named =
        |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")));
    let parts = [named("no value for", missing), named("no parameter named", unknown)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn lines(details: &[String]) -> String {
    details.iter().fold(String::new(), |mut text, detail| {
        let _ = write!(text, "\n  {detail}");
        text
    })
}
