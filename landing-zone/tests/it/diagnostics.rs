//! What a person reads when a file is wrong: every file under `wrong/` with everything that is found in it.

use crate::{RULES, infra, read_zone};
use landing_zone::{Diagnostic, Diagnostics, Severity, Source, StackFile, Zone, render_all};
use std::path::Path;

fn report<T>(source: &Source, result: Result<(T, Vec<Diagnostic>), Diagnostics>) -> String {
    match result {
        Ok((_, found)) => format!("can be used\n\n{}", render_all(&found, source, false)),
        Err(found) => format!("cannot be used\n\n{}", found.render(source, false)),
    }
}

/// Compares what is said of each file in a directory with its snapshot.
fn check_all(directory: &str, name: &str, read: impl Fn(&Source) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/wrong").join(directory);
    let mut files: Vec<_> = path.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "hcl"));
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&path);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files {
            let source = Source::new(name, std::fs::read_to_string(&file).unwrap());
            insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), read(&source));
        }
    });
}

#[test]
fn zone_files() {
    check_all("zone", "zone.hcl", |source| report(source, Zone::parse(source)));
}

#[test]
fn stack_files() {
    let zone = read_zone(RULES);
    check_all("stacks", "wayleave.hcl", |source| report(source, StackFile::parse(source, &zone, &infra())));
}

#[test]
fn a_repository_that_the_zone_does_not_name() {
    let source = Source::new("wayleave.hcl", "");
    let other = landing_zone::RepositoryName::parse("acme/other").unwrap();
    let found = StackFile::parse(&source, &read_zone(RULES), &other).unwrap_err();
    insta::assert_snapshot!(found, @r#"wayleave.hcl:1:1: the zone does not name the repository "acme/other" (add a block `repository "acme/other" { … }` to zone.hcl)"#);
}

#[test]
fn colour_is_asked_for() {
    let source = Source::new("zone.hcl", "x = 1");
    let found = Zone::parse(&source).unwrap_err();
    assert!(found.render(&source, true).contains("\u{1b}["));
    assert!(!found.render(&source, false).contains('\u{1b}'));
}

#[test]
fn places_count_characters_and_spans_count_bytes() {
    let source = Source::new("f", "é = 1\nö ü");
    let found = Diagnostic::new(Severity::Error, &source, &(10..12), "m", None);
    assert_eq!((found.line, found.column, found.span), (2, 3, 10..12));
    let inside = Diagnostic::new(Severity::Error, &source, &(1..1), "m", None);
    assert_eq!((inside.line, inside.column, inside.span), (1, 1, 0..2));
    let beyond = Diagnostic::new(Severity::Error, &source, &(99..101), "m", None);
    assert_eq!((beyond.line, beyond.column, beyond.span), (2, 4, 12..12));
}

#[test]
fn machines_read_diagnostics_as_json() {
    let found = Zone::parse(&Source::new("zone.hcl", "\nlisten = 1")).unwrap_err();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json[1]["line"], 2);
    assert_eq!(json[1]["severity"], "error");
    let back: Vec<Diagnostic> = serde_json::from_value(json).unwrap();
    assert_eq!(back, found.into_vec());
}
