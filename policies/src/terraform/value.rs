//! What a Terraform expression is worth, as far as it can be told without running Terraform.

use std::collections::{BTreeMap, BTreeSet};

/// A value, or as much of it as is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`: the same as not written.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number. Terraform's have more digits; what infrastructure code writes fits.
    Number(f64),
    /// A string.
    Text(String),
    /// A list, tuple or set.
    List(Vec<Value>),
    /// A map or object.
    Map(BTreeMap<String, Value>),
    /// What cannot be told.
    Unknown(Unknown),
}

/// A value that cannot be told: never a wrong one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unknown {
    /// Addresses of the resources that it comes from, such as `aws_s3_bucket.logs` or `module.a.aws_kms_key.k[0]`.
    pub(crate) links: BTreeSet<String>,
    /// For a text that `jsonencode` or a policy document makes: what it encodes, with the unknown parts in it.
    pub(crate) json: Option<Box<Value>>,
}

impl Value {
    /// A value of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Self::Unknown(Unknown::default())
    }

    /// A value that comes from a resource.
    pub(crate) fn from_resource(address: impl Into<String>) -> Self {
        Self::Unknown(Unknown { links: BTreeSet::from([address.into()]), json: None })
    }
}
