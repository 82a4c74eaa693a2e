//! However many units a run has, only so much of it is open at once.

use pipeline_core::change::ChangeCounts;
use pipeline_core::event::{Event, FindingCounts, Mode};
use pipeline_core::run::{Run, RunState, WINDOW};
use pipeline_core::{Effect, UnitId};

use crate::layout::{digest, epoch, prepared, spec};

/// What an effect's success is told by.
fn answers(effect: &Effect) -> Vec<Event> {
    match effect {
        Effect::Plan { unit } => vec![planned(unit)],
        Effect::Apply { permit } => {
            let unit = permit.unit().clone();
            vec![Event::ApplyStarted { unit: unit.clone() }, Event::Applied { unit }]
        }
        other => panic!("not expected: {other:?}"),
    }
}

fn planned(unit: &UnitId) -> Event {
    Event::Planned {
        unit: unit.clone(),
        digest: digest(unit.as_str()),
        changes: ChangeCounts { create: 1, ..ChangeCounts::default() },
        unchanged: false,
        findings: FindingCounts::default(),
    }
}

fn first(run: &Run) -> Option<Effect> {
    run.open_effects().next().map(|(_, effect)| effect.clone())
}

#[test]
fn the_window_is_full_while_there_is_work_and_never_overfull() {
    let units: Vec<String> = (1..=300).map(|number| format!("net.{number} dev")).collect();
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let (mut run, _) = Run::start(&Event::Started { spec: spec(Mode::Apply) }, epoch()).unwrap();
    run.step(&prepared(&["dev"], &units), epoch()).unwrap();
    run.step(&Event::TargetsHeld, epoch()).unwrap();
    let mut most = 0;
    let mut answered = 0;
    while let Some(effect) = first(&run) {
        let open = run.open_effects().count();
        assert!(open <= WINDOW, "{open} effects are open");
        most = most.max(open);
        for event in answers(&effect) {
            run.step(&event, epoch()).unwrap();
        }
        answered += 1;
    }
    assert_eq!((most, answered, run.state()), (WINDOW, 600, RunState::Applied));
}
