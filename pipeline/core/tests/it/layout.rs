//! Stages and units, written in a line each.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use landing_zone::{
    AccountId, AccountName, Engine, FailOn, PersonName, Region, RepositoryName, StackName, StageName,
};
use pipeline_core::event::{Author, Event, FreezeSpan, Mode, RunSpec, StageSpec, UnitSpec};
use pipeline_core::trigger::TriggerKind;
use pipeline_core::{Commit, Digest, RunId, UnitId};
use uuid::Uuid;

/// When every test's run begins.
pub(crate) fn epoch() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// A run of `kim`'s change.
pub(crate) fn spec(mode: Mode) -> RunSpec {
    RunSpec {
        id: RunId::new(Uuid::from_u128(0x019c_acf6_0280_7000_8000_0000_0000_0001)),
        repository: RepositoryName::parse("acme/infra").unwrap(),
        branch: "main".to_owned(),
        commit: Commit::parse(&"c".repeat(40)).unwrap(),
        base: None,
        author: Author { login: "kim-dev".to_owned(), person: Some(person("kim")) },
        trigger: if mode == Mode::Apply { TriggerKind::Push } else { TriggerKind::PullRequest },
        change: (mode == Mode::PlanOnly).then_some(17),
        mode,
    }
}

pub(crate) fn person(name: &str) -> PersonName {
    PersonName::parse(name).unwrap()
}

pub(crate) fn stage_name(name: &str) -> StageName {
    StageName::parse(name).unwrap()
}

/// `net.1` is stack `net` in account 000000000001 of region eu-west-1.
pub(crate) fn unit_id(short: &str) -> UnitId {
    let (stack, account) = short.split_once('.').unwrap();
    UnitId::parse(&format!("{stack}.{account:0>12}.eu-west-1")).unwrap()
}

/// The other way round, wherever ids stand in a text.
pub(crate) fn shorten(text: &str) -> String {
    let parts: Vec<&str> = text.split(".eu-west-1").collect();
    let (last, ids) = parts.split_last().unwrap();
    let cut = |part: &&str| match part.rsplit_once('.') {
        Some((head, account)) if account.len() == 12 => format!("{head}.{}", account.trim_start_matches('0')),
        _ => (*part).to_owned(),
    };
    ids.iter().map(cut).chain([(*last).to_owned()]).collect()
}

/// `name [after=a,b] [approvals=n] [soak=30m] [max_failures=n] [freeze=from/to]`, minutes from the run's start.
pub(crate) fn stage(text: &str) -> StageSpec {
    let mut words = text.split_whitespace();
    let mut spec = StageSpec {
        name: stage_name(words.next().unwrap()),
        after: BTreeSet::new(),
        approvals: 0,
        soak: SignedDuration::ZERO,
        max_failures: 0,
        freezes: Vec::new(),
    };
    for (key, value) in words.map(|word| word.split_once('=').unwrap()) {
        match key {
            "after" => spec.after = value.split(',').map(stage_name).collect(),
            "approvals" => spec.approvals = value.parse().unwrap(),
            "soak" => spec.soak = minutes(value),
            "max_failures" => spec.max_failures = value.parse().unwrap(),
            "freeze" => {
                let (from, to) = value.split_once('/').unwrap();
                let (from, to) = (epoch() + minutes(from), epoch() + minutes(to));
                spec.freezes.push(FreezeSpan { name: "year end".to_owned(), from, to });
            }
            other => panic!("no such setting: {other}"),
        }
    }
    spec
}

/// `30m`.
pub(crate) fn minutes(text: &str) -> SignedDuration {
    SignedDuration::from_mins(text.strip_suffix('m').unwrap().parse().unwrap())
}

/// `stack.account stage [wave=n] [after=a.1,b.1]`.
pub(crate) fn unit(text: &str) -> UnitSpec {
    let mut words = text.split_whitespace();
    let id = unit_id(words.next().unwrap());
    let (stack, rest) = id.as_str().split_once('.').unwrap();
    let (account, region) = rest.split_once('.').unwrap();
    let mut spec = UnitSpec {
        stack: StackName::parse(stack).unwrap(),
        engine: Engine::Terraform,
        account: AccountId::parse(account).unwrap(),
        account_name: AccountName::parse(&format!("account {}", account.trim_start_matches('0'))).unwrap(),
        region: Region::parse(region).unwrap(),
        stage: stage_name(words.next().unwrap()),
        wave: 1,
        depends_on: Vec::new(),
        id: id.clone(),
    };
    for (key, value) in words.map(|word| word.split_once('=').unwrap()) {
        match key {
            "wave" => spec.wave = value.parse().unwrap(),
            "after" => spec.depends_on = value.split(',').map(unit_id).collect(),
            other => panic!("no such setting: {other}"),
        }
    }
    spec
}

/// What the checkout answers.
pub(crate) fn prepared(stages: &[&str], units: &[&str]) -> Event {
    Event::Prepared {
        stages: stages.iter().map(|text| stage(text)).collect(),
        units: units.iter().map(|text| unit(text)).collect(),
        fail_on: FailOn::High,
    }
}

/// The digest that stands for some text.
pub(crate) fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}
