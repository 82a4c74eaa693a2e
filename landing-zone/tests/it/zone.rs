//! Reading `zone.hcl`.

use crate::{STACKS, ZONE, read_zone};
use landing_zone::{RepositoryName, Source, StackFile};

#[test]
fn the_documented_files_are_read() {
    let zone = read_zone(ZONE);
    let source = Source::new("wayleave.hcl", STACKS);
    let (file, found) =
        StackFile::parse(&source, &zone, &RepositoryName::parse("acme/infra").unwrap()).unwrap();
    assert_eq!(file.stacks.len(), 2);
    assert_eq!(found, []);
}
