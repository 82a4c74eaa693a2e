//! The tree of a configuration: blocks and attributes with their places. Both syntaxes of Terraform end up here.

use std::sync::Arc;

use hcl_edit::expr::Expression;

use crate::finding::{Extent, Location};

/// The content of a file or block.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    pub(super) attributes: Vec<Attribute>,
    pub(super) blocks: Vec<Block>,
}

/// `name = value`.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: Expression,
}

/// `kind "label" { ... }`.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) body: Body,
    pub(super) lines: Lines,
}

/// Where a block stands in its file; all from 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lines {
    pub(super) first: usize,
    pub(super) column: usize,
    pub(super) last: usize,
}

impl Body {
    pub(super) fn attribute(&self, name: &str) -> Option<&Expression> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &attribute.value)
    }

    pub(super) fn blocks_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }

    /// Lays an override over this body: its attributes replace those of the same name, its blocks all of the same type.
    /// See <https://developer.hashicorp.com/terraform/language/files/override>.
    pub(super) fn overlay(&mut self, over: Self) {
        for attribute in over.attributes {
            match self.attributes.iter_mut().find(|own| own.name == attribute.name) {
                Some(own) => own.value = attribute.value,
                None => self.attributes.push(attribute),
            }
        }
        let replaced: Vec<String> = over.blocks.iter().map(|block| block.content_kind().to_owned()).collect();
        self.blocks.retain(|own| !replaced.iter().any(|kind| kind == own.content_kind()));
        self.blocks.extend(over.blocks);
    }
}

impl Block {
    /// The type of block that this one yields: that of a `dynamic` block is its label.
    pub(super) fn content_kind(&self) -> &str {
        match self.labels.first() {
            Some(label) if self.kind == "dynamic" => label,
            _ => &self.kind,
        }
    }
}

/// A block at the top of a file, with the file.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) lines: Lines,
}

impl Place {
    pub(super) fn location(&self) -> Location {
        Location { file: self.file.to_string(), line: self.lines.first, column: self.lines.column }
    }

    pub(super) fn extent(&self) -> Extent {
        Extent { file: self.file.to_string(), first: self.lines.first, last: self.lines.last }
    }
}
