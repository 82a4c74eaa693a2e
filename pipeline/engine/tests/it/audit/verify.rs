use std::sync::LazyLock;

use pipeline_engine::audit::{Ending, Problem, State, Stream, verify, verify_lines};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{context, run_id, spool, state, unit};

/// The spool file of a run of twelve records that has ended.
static FILE: LazyLock<String> = LazyLock::new(|| {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let data = tempfile::tempdir().unwrap();
        let spool = spool(data.path());
        let log = spool.writer(context(run_id(1))).await.unwrap();
        log.record(1, vec![state(0, None, State::Planning)]).await.unwrap();
        for line in 0..10 {
            log.unit(unit("network")).line(Stream::Stdout, format!("line {line}")).await.unwrap();
        }
        log.record(2, vec![state(9, None, State::Applied)]).await.unwrap();
        std::fs::read_to_string(spool.path(run_id(1))).unwrap()
    })
});

fn records() -> Vec<Value> {
    FILE.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_whole_run_has_no_problem() {
    let records = records();
    let last = records.last().unwrap()["event"]["hash"].as_str().unwrap().to_owned();
    for ending in [Ending::Running, Ending::Ended, Ending::At { sequence: 12, hash: last }] {
        assert_eq!(verify(run_id(1), &records, &ending), []);
        assert_eq!(verify_lines(run_id(1), FILE.as_bytes(), &ending), []);
    }
}

#[test]
fn each_problem_is_named() {
    let check = |change: fn(&mut Vec<Value>), expected: &[Problem]| {
        let mut records = records();
        change(&mut records);
        assert_eq!(verify(run_id(1), &records, &Ending::Ended), expected);
    };
    check(|all| drop(all.remove(3)), &[Problem::Gap { from: 4, to: 4 }]);
    check(|all| drop(all.drain(0..2)), &[Problem::Gap { from: 1, to: 2 }]);
    check(|all| all.truncate(11), &[Problem::Truncated { after: 11 }]);
    check(Vec::clear, &[Problem::Truncated { after: 0 }]);
    check(|all| all.insert(5, all[4].clone()), &[Problem::Duplicate { sequence: 5 }]);
    check(|all| all.swap(4, 5), &[Problem::Gap { from: 5, to: 5 }, Problem::OutOfOrder { sequence: 5 }]);
    check(|all| all[4]["message"] = json!("line 5"), &[Problem::Hash { sequence: 5 }]);
    check(|all| all[4]["extra"] = json!(1), &[Problem::Hash { sequence: 5 }]);
    check(
        |all| all[4]["event"]["hash"] = json!("0".repeat(64)),
        &[Problem::Hash { sequence: 5 }, Problem::Hash { sequence: 6 }],
    );
    check(
        |all| all[4]["event"]["hash"] = json!(1),
        &[Problem::Unreadable { line: 5 }, Problem::Gap { from: 5, to: 5 }],
    );
    let mut foreign = records();
    foreign.truncate(1);
    assert_eq!(verify(run_id(2), &foreign, &Ending::Running), [Problem::Foreign { sequence: 1 }]);
}

#[test]
fn a_replaced_end_is_seen_by_who_knows_the_last_hash() {
    let records = records();
    let ending = Ending::At { sequence: 12, hash: "f".repeat(64) };
    assert_eq!(verify(run_id(1), &records, &ending), [Problem::Truncated { after: 12 }]);
}

#[derive(Debug, Clone)]
enum Damage {
    Byte { place: usize, to: u8 },
    Remove(usize),
    Repeat { from: usize, to: usize },
    Swap(usize, usize),
    Cut(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let line = 0..12_usize;
    prop_oneof![
        4 => (0..FILE.len(), any::<u8>()).prop_map(|(place, to)| Damage::Byte { place, to }),
        1 => line.clone().prop_map(Damage::Remove),
        1 => (line.clone(), line.clone()).prop_map(|(from, to)| Damage::Repeat { from, to }),
        1 => (line.clone(), line).prop_map(|(one, other)| Damage::Swap(one, other)),
        1 => (0..FILE.len()).prop_map(Damage::Cut),
        1 => Just(Damage::Cut(0)),
    ]
}

fn damaged(damage: &Damage) -> Vec<u8> {
    let mut bytes = FILE.clone().into_bytes();
    let mut lines: Vec<&str> = FILE.lines().collect();
    match *damage {
        Damage::Byte { place, to } => {
            bytes[place] = to;
            return bytes;
        }
        Damage::Cut(at) => {
            bytes.truncate(at);
            return bytes;
        }
        Damage::Remove(line) => drop(lines.remove(line)),
        Damage::Repeat { from, to } => lines.insert(to, lines[from]),
        Damage::Swap(one, other) => lines.swap(one, other),
    }
    (lines.join("\n") + "\n").into_bytes()
}

proptest! {
    #[test]
    fn any_single_damage_is_found(damage in damage()) {
        let bytes = damaged(&damage);
        let problems = verify_lines(run_id(1), &bytes, &Ending::Ended);
        assert_eq!(problems.is_empty(), bytes == FILE.as_bytes(), "{problems:?}");
    }
}
