//! The audit record, its spool and its check.

mod crash;
mod record;
mod spool;
mod verify;

use std::path::Path;

use jiff::Timestamp;
use pipeline_core::{RunId, UnitId};
use pipeline_engine::audit::{Fact, Phase, Redactor, RunContext, Spool, State, UnitContext, User, What};
use uuid::{NoContext, Uuid};

/// A run of the 23rd of November 2026, told from others by a number.
pub(crate) fn run_id(number: u128) -> RunId {
    let started = uuid::Timestamp::from_unix(NoContext, 1_795_402_800, 0);
    let uuid = Uuid::new_v7(started).as_u128();
    // The time stays; the random bits become the number.
    RunId::new(Uuid::from_u128(uuid & !((1 << 62) - 1) & !(0xfff << 64) | number))
}

pub(crate) fn context(run: RunId) -> RunContext {
    RunContext {
        run,
        repository: "acme/infra".to_owned(),
        repository_url: "https://github.example/acme/infra.git".to_owned(),
        branch: "main".to_owned(),
        commit: "4f2d9c1e0b7a".to_owned(),
        change: Some(17),
        run_url: Some(format!("https://wayleave.example/runs/{run}")),
        author: Some(User { name: "kim".to_owned(), id: None }),
        source_ip: Some([192, 0, 2, 7].into()),
    }
}

pub(crate) fn unit(stack: &str) -> UnitContext {
    UnitContext {
        unit: UnitId::parse(&format!("{stack}.222222222222.ap-northeast-2")).unwrap(),
        stack: stack.to_owned(),
        engine: "terraform".to_owned(),
        stage: "dev".to_owned(),
        wave: 1,
        account_id: "222222222222".to_owned(),
        account_name: "dev".to_owned(),
        organizational_unit: Some("Workloads/NonProd".to_owned()),
        region: "ap-northeast-2".to_owned(),
        digest: None,
        role_session: Some("wayleave-kim".to_owned()),
        phase: Some(Phase::Apply),
    }
}

/// A moment, in milliseconds after the run's start.
pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_795_402_800_000 + millis).unwrap()
}

pub(crate) fn state(millis: i64, unit: Option<UnitContext>, state: State) -> Fact {
    Fact { at: at(millis), unit, what: What::State { state, reason: None, duration: None, by: None } }
}

pub(crate) fn spool(data: &Path) -> Spool {
    Spool::open(data, Redactor::new(["hunter22"])).unwrap()
}
