//! The fuzz corpus: inputs that broke something once, and small ones that reach far, through the functions that are fuzzed. What
//! hangs is ended by the runner.

use std::fs;
use std::path::Path;

#[expect(unreachable_pub, reason = "a library of its own, where it is fuzzed")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

fn replay(target: &str, run: fn(&str)) -> usize {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(target);
    let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut replayed = 0;
    for entry in entries {
        let path = entry.expect("can be listed").path();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let outcome = std::panic::catch_unwind(|| run(&text));
        assert!(outcome.is_ok(), "{} panics", path.display());
        replayed += 1;
    }
    replayed
}

#[test]
fn the_fuzz_corpus_neither_panics_nor_hangs() {
    for (target, run) in targets::TARGETS {
        assert!(replay(target, run) > 0, "the corpus of {target} is empty");
    }
}
