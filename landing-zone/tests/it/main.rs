//! The two files, from text to typed values or diagnostics.

mod diagnostics;
mod documentation;
mod ids;
mod never_panics;
mod policy;
mod select;
mod stack;
mod zone;

use landing_zone::{Account, AccountId, AccountName, OuPath, RepositoryName, Source, StackFile, Zone};

/// `zone.hcl` as the documentation shows it.
const ZONE: &str = include_str!("files/zone.hcl");

/// `wayleave.hcl` as the documentation shows it.
const STACKS: &str = include_str!("files/wayleave.hcl");

/// A small zone that allows dev and stg, and not prd, to `acme/infra`.
const RULES: &str = include_str!("files/rules.hcl");

fn read_zone(text: &str) -> Zone {
    let source = Source::new("zone.hcl", text);
    Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false))).0
}

fn read_stacks(text: &str) -> StackFile {
    let source = Source::new("wayleave.hcl", text);
    let result = StackFile::parse(&source, &read_zone(RULES), &infra());
    result.unwrap_or_else(|found| panic!("{}", found.render(&source, false))).0
}

fn infra() -> RepositoryName {
    RepositoryName::parse("acme/infra").unwrap()
}

fn account(id: &str, name: &str, ou: Option<&str>, tags: &[(&str, &str)]) -> Account {
    Account {
        id: AccountId::parse(id).unwrap(),
        name: AccountName::parse(name).unwrap(),
        ou: ou.map(|ou| OuPath::parse(ou).unwrap()),
        tags: tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
    }
}
