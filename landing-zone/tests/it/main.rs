//! The two files, from text to typed values or diagnostics.

mod zone;

use landing_zone::{Source, Zone};

/// `zone.hcl` as the documentation shows it.
const ZONE: &str = include_str!("files/zone.hcl");

/// `wayleave.hcl` as the documentation shows it.
const STACKS: &str = include_str!("files/wayleave.hcl");

fn read_zone(text: &str) -> Zone {
    let source = Source::new("zone.hcl", text);
    Zone::parse(&source).unwrap_or_else(|found| panic!("{}", found.render(&source, false))).0
}
