//! Identifiers, each a type of its own, so that one cannot stand in for another.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use landing_zone::{AccountId, Region, StackName};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an identifier of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct InvalidId {
    text: String,
    expected: &'static str,
}

impl InvalidId {
    pub(crate) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.chars().take(80).collect(), expected }
    }
}

/// A run's id: `r-` and the 32 hexadecimal digits of a version 7 UUID, so that ids sort by the time of the run's start
/// ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RunId(Uuid);

impl RunId {
    /// Makes the id from a version 7 UUID that the caller drew.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// When the run began, to the millisecond, as its id tells; the epoch if the id is of another UUID version.
    pub fn started(&self) -> Timestamp {
        let (seconds, nanos) = self.0.get_timestamp().map_or((0, 0), |stamp| stamp.to_unix());
        Timestamp::new(i64::try_from(seconds).unwrap_or(0), i32::try_from(nanos).unwrap_or(0))
            .unwrap_or_default()
    }

    /// The day of the run's start in UTC, as `YYYY.MM.DD`: the suffix of its audit index.
    pub fn day(&self) -> String {
        self.started().to_zoned(TimeZone::UTC).strftime("%Y.%m.%d").to_string()
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r-{}", self.0.simple())
    }
}

impl FromStr for RunId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = || InvalidId::new(text, "a run id, like r-0192…");
        let digits = text.strip_prefix("r-").filter(|digits| digits.len() == 32).ok_or_else(invalid)?;
        Uuid::try_parse(digits).map(Self).map_err(|_| invalid())
    }
}

impl TryFrom<String> for RunId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> Self {
        id.to_string()
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $max:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads an id.
            ///
            /// # Errors
            /// [`InvalidId`] when the text is empty, too long or holds a character that ids never hold.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let fits = !text.is_empty() && text.len() <= $max && text.bytes().all(|byte| byte.is_ascii_graphic());
                if fits { Ok(Self(text.to_owned())) } else { Err(InvalidId::new(text, $expected)) }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

text_id!(
    /// A delivery's id: the forge's name, a slash, and the id that the forge gave; at most 200 printable characters.
    DeliveryId, 200, "a delivery id: 1 to 200 printable characters"
);
text_id!(
    /// A unit's id within its repository: `stack.account.region`, the same in every run, so that it names the target too.
    UnitId, 300, "a unit id, like network.222222222222.eu-west-1"
);

impl UnitId {
    /// The id of a stack's unit in one account and region.
    pub fn of(stack: &StackName, account: &AccountId, region: &Region) -> Self {
        // Names of stacks, accounts and regions hold printable ASCII only and are far shorter than 300 together.
        Self(format!("{stack}.{account}.{region}"))
    }
}

/// An effect's id: the event that called for it and its place among that event's effects. Folding the same events gives the
/// same ids, so an effect that is performed twice is known to be the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EffectId {
    /// The number of the event in its run, from 1.
    pub event: u64,
    /// The place among the effects of that event, from 0.
    pub index: u32,
}

impl fmt::Display for EffectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.event, self.index)
    }
}
