//! What can go wrong with a stream.

use std::path::PathBuf;

use aws_sdk_kinesis::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};

use crate::audit::SpoolError;

/// Why a stream could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KinesisError {
    /// There is no such stream.
    #[error(
        "there is no Kinesis stream {stream:?} in this account and region; create it (aws kinesis create-stream \
         --stream-name {stream} --stream-mode-details StreamMode=ON_DEMAND) or name another in zone.hcl"
    )]
    NoStream {
        /// The stream's name.
        stream: String,
    },
    /// The service refuses the caller.
    #[error("Kinesis refuses to {doing} on the stream {stream:?}; the role needs this permission")]
    Denied {
        /// The action, as IAM names it.
        doing: &'static str,
        /// The stream's name.
        stream: String,
    },
    /// The service asks to come slower, is not there, or cannot be reached: the same may work later.
    #[error("Kinesis cannot {doing} now: {reason}")]
    Busy {
        /// The action, as IAM names it.
        doing: &'static str,
        /// What the client saw.
        reason: String,
    },
    /// The shard iterator is older than five minutes.
    #[error("the shard iterator has expired")]
    ExpiredIterator,
    /// The service rejects the request.
    #[error("Kinesis rejects {doing} on the stream {stream:?}: {reason}")]
    Rejected {
        /// The action, as IAM names it.
        doing: &'static str,
        /// The stream's name.
        stream: String,
        /// What it said.
        reason: String,
    },
    /// The checkpoints cannot be read or written.
    #[error("the checkpoints in {} cannot be used", path.display())]
    Checkpoints {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The checkpoints are not what this program writes.
    #[error("the checkpoints in {} cannot be read; remove the file to read the stream from its beginning", path.display())]
    BadCheckpoints {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The spool cannot be read.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The index did not take what was delivered.
    #[error(transparent)]
    Index(#[from] crate::index::IndexError),
}

impl KinesisError {
    /// Whether the same may work later without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        match self {
            // Whatever the index complains of, the stream keeps the records until that is mended.
            Self::Busy { .. } | Self::ExpiredIterator | Self::Index(_) => true,
            _ => false,
        }
    }

    /// What a failed call means, by the exact code of the
    /// [service's errors](https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html).
    pub(super) fn of<E, R>(doing: &'static str, stream: &str, error: &SdkError<E, R>) -> Self
    where
        E: std::error::Error + ProvideErrorMetadata + 'static,
        R: std::fmt::Debug,
    {
        let stream = stream.to_owned();
        let reason = || DisplayErrorContext(error).to_string();
        let Some(service) = error.as_service_error() else {
            return match error {
                SdkError::ConstructionFailure(_) => Self::Rejected { doing, stream, reason: reason() },
                _ => Self::Busy { doing, reason: reason() },
            };
        };
        match service.code() {
            Some("ResourceNotFoundException") => Self::NoStream { stream },
            Some("ExpiredIteratorException") => Self::ExpiredIterator,
            Some("AccessDeniedException" | "UnrecognizedClientException" | "InvalidSignatureException") => {
                Self::Denied { doing, stream }
            }
            Some(
                "ProvisionedThroughputExceededException"
                | "LimitExceededException"
                | "ThrottlingException"
                | "KMSThrottlingException"
                | "ResourceInUseException"
                | "InternalFailure"
                | "InternalFailureException"
                | "ServiceUnavailable"
                | "ExpiredTokenException"
                | "RequestExpired",
            )
            | None => Self::Busy { doing, reason: reason() },
            Some(_) => Self::Rejected { doing, stream, reason: reason() },
        }
    }
}
