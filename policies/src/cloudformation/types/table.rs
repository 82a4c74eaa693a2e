//! The table of types: which Terraform type a CloudFormation type is, and where its properties go.
//!
//! The files under `table/` hold one block a type. A property that no row names keeps its place under its name in snake
//! case; an object becomes a nested block, a list with one object in it, and a list of tags a map.
//!
//! ```text
//! AWS::EKS::Cluster -> aws_eks_cluster
//!   ResourcesVpcConfig -> vpc_config                         another name; what is below follows
//!   Logging.ClusterLogging.EnabledTypes.Type -> enabled_cluster_log_types[]      one item for each
//!   DistributionConfig -> .                                  its fields stand in the resource itself
//!   LoadBalancerAttributes[idle_timeout.timeout_seconds] -> idle_timeout         the item of a list of keys and values
//!   VersioningConfiguration -> aws_s3_bucket_versioning/versioning_configuration another resource beside this one
//!   beside aws_s3_bucket_versioning bucket                   whose `bucket` is this one
//!   *.TextTransformations -> text_transformation             at any depth
//!   LoggingProperties sets logging.enable true               where the property is written
//! ```
//!
//! After the target may stand how the value is read: `map` (kept as it is written), `pairs`
//! (a list of keys and values as a map), `block` (never a map of tags), `first` (of a list), `not` (the opposite flag), `is WORD` (whether it is this word), `entries KEY [VALUE]` (a map as a list of
//! blocks, its keys under KEY). The target `-` drops the property.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde_json::Value;

const TEXTS: &[&str] = &[
    include_str!("table/analytics.map"),
    include_str!("table/api.map"),
    include_str!("table/compute.map"),
    include_str!("table/database.map"),
    include_str!("table/edge.map"),
    include_str!("table/governance.map"),
    include_str!("table/identity.map"),
    include_str!("table/messaging.map"),
    include_str!("table/network.map"),
    include_str!("table/storage.map"),
];

static TABLE: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| parse(TEXTS).0);

/// What the table says of a CloudFormation type.
#[derive(Debug, Default)]
pub(super) struct Kind {
    /// The Terraform type.
    pub(super) to: &'static str,
    /// Resources beside it: their type, and the attribute that names this one.
    pub(super) beside: Vec<(&'static str, &'static str)>,
    /// Rows by the dotted path of the property.
    pub(super) rows: HashMap<&'static str, Row>,
    /// Other names of properties at any depth.
    pub(super) anywhere: HashMap<&'static str, &'static str>,
    /// Values that follow from a property that is written.
    pub(super) set: Vec<(&'static str, Target, Value)>,
    /// Lists of keys and values whose items have rows.
    pub(super) keyed: HashSet<&'static str>,
}

/// Where a property goes, and how it is read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) to: Target,
    pub(super) how: How,
}

/// A place in Terraform's shape, from the top of a resource.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The type of the resource beside, if it is another.
    pub(super) kind: Option<&'static str>,
    pub(super) names: Vec<&'static str>,
    /// Whether each value is one more item.
    pub(super) push: bool,
}

/// How a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Usual,
    Map,
    Pairs,
    Block,
    First,
    Not,
    Is(&'static str),
    Entries(&'static str, Option<&'static str>),
    Drop,
}

/// What the table says of a type, if anything.
pub(super) fn find(written_type: &str) -> Option<&'static Kind> {
    TABLE.get(written_type)
}

/// The types of all texts, and the lines that are no rows.
fn parse(texts: &[&'static str]) -> (HashMap<&'static str, Kind>, Vec<&'static str>) {
    let mut table: HashMap<&'static str, Kind> = HashMap::new();
    let (mut wrong, mut current) = (Vec::new(), "");
    for line in texts.iter().flat_map(|text| text.lines()) {
        let words: Vec<&'static str> = line.split_whitespace().collect();
        let understood = match words.as_slice() {
            [] => true,
            [first, ..] if first.starts_with('#') => true,
            [from, "->", to] if from.starts_with("AWS::") => {
                current = from;
                table.insert(from, Kind { to, ..Kind::default() }).is_none()
            }
            row => table.get_mut(current).and_then(|kind| kind.add(row)).is_some(),
        };
        if !understood {
            wrong.push(line);
        }
    }
    (table, wrong)
}

impl Kind {
    fn add(&mut self, words: &[&'static str]) -> Option<()> {
        match words {
            ["beside", kind, attribute] => self.beside.push((kind, attribute)),
            [from, "sets", to, value] => {
                self.set.push((from, target(to), serde_json::from_str(value).ok()?));
            }
            [from, "->", to] if from.starts_with("*.") => {
                self.anywhere.insert(from.strip_prefix("*.")?, to);
            }
            [from, "->", "-"] => self.row(from, Row { to: target("."), how: How::Drop })?,
            [from, "->", to, how @ ..] => self.row(from, Row { to: target(to), how: manner(how)? })?,
            _ => return None,
        }
        Some(())
    }

    fn row(&mut self, from: &'static str, row: Row) -> Option<()> {
        if let Some((list, _)) = from.split_once('[') {
            self.keyed.insert(list);
        }
        self.rows.insert(from, row).is_none().then_some(())
    }
}

fn manner(words: &[&'static str]) -> Option<How> {
    Some(match words {
        [] => How::Usual,
        ["map"] => How::Map,
        ["pairs"] => How::Pairs,
        ["block"] => How::Block,
        ["first"] => How::First,
        ["not"] => How::Not,
        ["is", word] => How::Is(word),
        ["entries", key] => How::Entries(key, None),
        ["entries", key, value] => How::Entries(key, Some(value)),
        _ => return None,
    })
}

fn target(text: &'static str) -> Target {
    let (kind, path) = text.split_once('/').map_or((None, text), |(kind, path)| (Some(kind), path));
    let (path, push) = path.strip_suffix("[]").map_or((path, false), |path| (path, true));
    Target { kind, names: path.split('.').filter(|name| !name.is_empty()).collect(), push }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        let (table, wrong) = parse(TEXTS);
        assert_eq!(wrong, Vec::<&str>::new());
        assert!(table.len() >= 200, "{} types", table.len());
    }

    #[test]
    fn resources_beside_are_declared() {
        for (from, kind) in parse(TEXTS).0 {
            let targets = kind.rows.values().map(|row| &row.to).chain(kind.set.iter().map(|(_, to, _)| to));
            for other in targets.filter_map(|target| target.kind) {
                assert!(kind.beside.iter().any(|(beside, _)| *beside == other), "{from}: {other}");
            }
        }
    }
}
