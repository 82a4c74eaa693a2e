//! The names of things, each its own type, so that one cannot be passed for another.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is not a valid name of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not {kind}: expected {expected}")]
pub struct InvalidId {
    /// What was wanted, with its article, such as "an account id".
    pub kind: &'static str,
    /// What was given.
    pub value: String,
    /// What would be right.
    pub expected: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $expected:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What this type names, with its article, for messages.
            pub const KIND: &'static str = $kind;
            /// What a valid text looks like, for messages.
            pub const EXPECTED: &'static str = $expected;

            /// Checks a text and makes the name of it; the error says what would be right.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    return Ok(Self(text.to_owned()));
                }
                Err(InvalidId { kind: $kind, value: text.to_owned(), expected: $expected })
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.0)
            }
        }
    };
}

id!(
    /// The id of an AWS account: [12 digits](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html).
    AccountId,
    "an account id",
    "12 digits",
    |text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
);

id!(
    /// The name of an account, as AWS Organizations or the zone gives it: 1 to 50 characters.
    AccountName,
    "an account name",
    "1 to 50 characters, none of them a control character, no space at the ends, and not 12 digits",
    |text| {
        let length = text.chars().count();
        (1..=50).contains(&length)
            && !text.chars().any(char::is_control)
            && text.trim() == text
            && AccountId::parse(text).is_err()
    }
);

id!(
    /// An AWS region, such as `ap-northeast-2`.
    Region,
    "a region",
    "a region such as \"ap-northeast-2\"",
    is_region
);

id!(
    /// The name of a stage, such as `dev`: a letter, then letters, digits, `-` and `_`, at most 32 in all.
    StageName,
    "a stage name",
    "a letter, then letters, digits, - and _, at most 32 in all",
    |text| is_word(text, 32, "-_")
);

id!(
    /// The name of a stack, unique in its repository: a letter, then letters, digits, `-` and `_`, at most 64 in all.
    StackName,
    "a stack name",
    "a letter, then letters, digits, - and _, at most 64 in all",
    |text| is_word(text, 64, "-_")
);

id!(
    /// A repository as its forge names it: an owner and a name, on some forges with groups between, such as `acme/infra`.
    RepositoryName,
    "a repository name",
    "an owner and a name, such as \"acme/infra\"",
    is_repository
);

id!(
    /// The name of a person in the zone. It becomes the source identity of STS sessions, whose
    /// [alphabet](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html) it keeps to.
    PersonName,
    "a person's name",
    "2 to 64 letters, digits and any of _ + = , . @ -",
    |text| (2..=64).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
);

id!(
    /// The path of an organizational unit below the root, its names parted by `/`, such as `Workloads/Prod`.
    OuPath,
    "a path of an organizational unit",
    "names parted by /, such as \"Workloads/Prod\", without a / at the ends",
    |text| text.len() <= 1024 && text.split('/').all(|name| {
        !name.is_empty()
            && name.chars().count() <= 128
            && name.trim() == name
            && !name.chars().any(char::is_control)
    })
);

impl OuPath {
    /// Whether `other` is this unit or lies below it.
    #[must_use]
    pub fn contains(&self, other: &OuPath) -> bool {
        match other.0.strip_prefix(&self.0) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }
}

fn is_word(text: &str, longest: usize, marks: &str) -> bool {
    text.len() <= longest
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
}

fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [area, middle @ .., number] = parts.as_slice() else {
        return false;
    };
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 32
        && letters(area)
        && !middle.is_empty()
        && middle.iter().all(|part| word(part))
        && matches!(number.len(), 1 | 2)
        && number.bytes().all(|b| b.is_ascii_digit())
}

fn is_repository(text: &str) -> bool {
    let segment = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
    };
    text.len() <= 255 && text.contains('/') && text.split('/').all(segment)
}
