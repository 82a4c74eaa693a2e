//! The query language of `/api/v1/audit?q=`: a small part of
//! [Lucene's](https://www.elastic.co/guide/en/elasticsearch/reference/current/query-dsl-query-string-query.html#query-string-syntax).
//!
//! | written | finds |
//! |---|---|
//! | `cloud.account.id:222222222222` | records whose field is just that; upper and lower case differ |
//! | `event.action:unit-*` | records whose field begins so; `field:*` finds those that have the field |
//! | `denied` · `Access*` | messages with the word, or with a word that begins so; case does not count |
//! | `"access denied"` | messages with these words one after the other |
//! | `event.sequence:[1 TO 9]` · `@timestamp:[2026-11-23 TO *]` | a range, both ends included; a day as its end means all of it |
//! | `a AND b`, `a OR b`, `NOT a`, `(…)` | `NOT` binds closest, then `AND`, then `OR`; two terms side by side mean `AND` |
//!
//! A word is letters and digits; anything else separates words, so `aws_s3_bucket.logs` is four words in a row. An empty query finds
//! everything.

mod fields;
mod lexer;
mod parser;

pub use fields::{FIELDS, Field, Kind};

/// The longest query, in bytes.
pub const MAX_LENGTH: usize = 4096;
/// How deep parentheses and `NOT` may nest.
pub const MAX_DEPTH: usize = 20;
/// How many conditions a query may have.
pub const MAX_TERMS: usize = 100;

/// A query that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every record.
    All,
    /// The field has this value.
    Is(&'static Field, String),
    /// The field has a value that begins so; any value if the text is empty.
    Begins(&'static Field, String),
    /// The number field has this value or one between two bounds.
    Between(&'static Field, Option<u64>, Option<u64>),
    /// The time lies between two bounds, both included, in milliseconds since 1970.
    During(Option<i64>, Option<i64>),
    /// The message has these words, in lower case, one after the other; if `open`, the last one only begins so.
    Words {
        /// At least one word.
        words: Vec<String>,
        /// Whether the last word may go on.
        open: bool,
    },
    /// All of them hold.
    And(Vec<Query>),
    /// One of them holds.
    Or(Vec<Query>),
    /// It does not hold.
    Not(Box<Query>),
}

/// Why a query was not understood, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {position}: {what}")]
pub struct QueryError {
    /// The place, in characters from 1.
    pub position: usize,
    /// What was wrong, and what would be right.
    pub what: Complaint,
}

/// What can be wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Complaint {
    /// It is longer than [`MAX_LENGTH`].
    #[error("the query is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// It nests deeper than [`MAX_DEPTH`].
    #[error("the query nests deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// It has more conditions than [`MAX_TERMS`].
    #[error("the query has more than {MAX_TERMS} conditions")]
    TooMany,
    /// There is no such field.
    #[error("there is no field {0:?}; put the text in quotes if it is not meant as a field")]
    UnknownField(String),
    /// Something is missing here.
    #[error("{0} is expected here")]
    Expected(&'static str),
    /// A quotation mark has no partner.
    #[error("the quotation mark is not closed")]
    OpenQuote,
    /// A word without a letter or digit finds nothing.
    #[error("{0:?} holds no letter or digit to search for")]
    NoWord(String),
    /// The value does not fit the field.
    #[error("{value:?} is not {expected}")]
    Value {
        /// What was given.
        value: String,
        /// What would be right.
        expected: &'static str,
    },
    /// A range on a field that has no order.
    #[error("{0} has no ranges; they are for @timestamp and numbers")]
    NoRange(&'static str),
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryError`] names the place and what would be right there.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parser::parse(text)
    }

    /// All records of a run.
    pub fn run(run: pipeline_core::RunId) -> Self {
        Self::Is(&fields::RUN, run.to_string())
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::And(vec![self, other])
    }
}

/// The longest word that is searched, in characters, which is Lucene's limit too; of a longer one the beginning counts.
const LONGEST_WORD: usize = 255;

/// A text's words: its runs of letters and digits, in lower case. Both indices are given a message's words and not the message,
/// so that they cannot differ in what a word is.
pub(super) fn words(text: &str) -> Vec<String> {
    let word = |run: &str| run.to_lowercase().chars().take(LONGEST_WORD).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).map(word).collect()
}
