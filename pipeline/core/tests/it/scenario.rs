//! A run played from a script, one event a line, and written down with what came of each.

use std::fmt::Write;

use jiff::Timestamp;
use landing_zone::StageName;
use pipeline_core::change::ChangeCounts;
use pipeline_core::event::{Event, FindingCounts, Mode, Recorded};
use pipeline_core::run::{Run, StageState};
use pipeline_core::{Digest, Effect, UnitId};

use crate::layout::{digest, epoch, minutes, person, prepared, shorten, spec, stage_name, unit_id};

pub(crate) struct Scenario {
    run: Run,
    recorded: Vec<Recorded>,
    now: Timestamp,
    digests: Vec<Digest>,
    shown: String,
    timeline: String,
}

impl Scenario {
    /// A run whose units are known and, when it may apply, whose targets are held.
    pub(crate) fn new(mode: Mode, stages: &[&str], units: &[&str]) -> Self {
        let mut scenario = Self::started(mode);
        scenario.give("prepared", prepared(stages, units));
        if mode == Mode::Apply {
            scenario.give("held", Event::TargetsHeld);
        }
        scenario
    }

    /// A run that has just begun.
    pub(crate) fn started(mode: Mode) -> Self {
        let event = Event::Started { spec: spec(mode) };
        let (run, _) = Run::start(&event, epoch()).unwrap();
        let recorded = vec![Recorded { number: 1, at: epoch(), event }];
        let (digests, shown, timeline) = (Vec::new(), String::new(), String::new());
        Self { run, recorded, now: epoch(), digests, shown, timeline }
    }

    /// Plays a script, and answers what happened.
    pub(crate) fn play(mut self, script: &str) -> String {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('+') {
                Some(later) => {
                    self.now += minutes(later);
                    writeln!(self.timeline, "> {line}").unwrap();
                }
                None => {
                    let event = self.event(line);
                    self.give(line, event);
                }
            }
        }
        self.timeline
    }

    fn event(&self, line: &str) -> Event {
        let mut words = line.splitn(4, ' ');
        let (verb, first) = (words.next().unwrap(), words.next().unwrap_or_default());
        let (second, third) = (words.next(), words.next());
        let unit = || unit_id(first);
        let reason = || second.unwrap_or("it broke").to_owned();
        match verb {
            "prepared" => prepared(&["dev"], &["net.1 dev"]),
            "prepare-failed" => Event::PrepareFailed { reason: "no wayleave.hcl".to_owned() },
            "held" => Event::TargetsHeld,
            "planned" => planned(unit(), second, false, 0),
            "unchanged" => planned(unit(), second, true, 0),
            "refused" => planned(unit(), second, false, 1),
            "plan-failed" => Event::PlanFailed { unit: unit(), reason: reason() },
            "started" => Event::ApplyStarted { unit: unit() },
            "applied" => Event::Applied { unit: unit() },
            "apply-failed" => Event::ApplyFailed { unit: unit(), reason: reason() },
            "voided" => Event::PlanVoided { unit: unit(), reason: reason() },
            "approve" => {
                let stage = stage_name(first);
                Event::Approved { digest: self.digest(&stage, third), stage, person: person(second.unwrap()) }
            }
            "reject" => {
                let (stage, reason) = (stage_name(first), "not today".to_owned());
                let digest = self.digest(&stage, third);
                Event::Rejected { stage, person: person(second.unwrap()), digest, reason }
            }
            "cancel" => Event::Cancelled { by: first.to_owned(), reason: String::new() },
            "supersede" => Event::Superseded { by: first.to_owned() },
            "retry" => Event::Retried { by: first.to_owned() },
            "woke" => Event::Woke,
            other => panic!("no such event: {other}"),
        }
    }

    /// `d2` is the second stage digest that was shown; without one, that of the stage now.
    fn digest(&self, stage: &StageName, text: Option<&str>) -> Digest {
        match text.and_then(|text| text.strip_prefix('d')).map(|number| number.parse::<usize>().unwrap()) {
            Some(number) => self.digests[number - 1].clone(),
            None => stage_digest(&self.run, stage).unwrap_or_else(|| digest("none")),
        }
    }

    fn give(&mut self, line: &str, event: Event) {
        writeln!(self.timeline, "> {line}").unwrap();
        let before = format!("{:?}", self.run);
        match self.run.step(&event, self.now) {
            Err(illegal) => {
                assert_eq!(before, format!("{:?}", self.run), "a refused event changes nothing");
                let text = self.named(&illegal.to_string());
                writeln!(self.timeline, "    refused: {}", shorten(&text)).unwrap();
            }
            Ok(effects) => {
                self.recorded.push(Recorded { number: self.run.version(), at: self.now, event });
                let folded = Run::fold(&self.recorded).unwrap();
                assert_eq!(format!("{folded:?}"), format!("{:?}", self.run), "the fold is the live state");
                for (id, effect) in effects {
                    writeln!(self.timeline, "    {id} {}", shorten(&shown_effect(&effect))).unwrap();
                }
            }
        }
        self.show();
    }

    /// Writes the run's state down when it is another than before.
    fn show(&mut self) {
        for stage in self.run.stages() {
            let digest = stage_digest(&self.run, &stage.spec().name);
            self.digests.extend(digest.filter(|digest| !self.digests.contains(digest)));
        }
        let view = self.run.view();
        let mut shown = format!("    = {}", view.state.name());
        if let Some(reason) = &view.reason {
            write!(shown, " ({reason})").unwrap();
        }
        if let Some(waiting) = &view.waiting_for {
            let (stage, have, of) = (&waiting.stage, waiting.have, waiting.approvals);
            write!(shown, " for {stage} {have}/{of} {}", waiting.digest).unwrap();
        }
        for unit in &view.units {
            write!(shown, "; {} {}", unit.id, unit.state.name()).unwrap();
        }
        let shown = shorten(&self.named(&shown));
        if shown != self.shown {
            writeln!(self.timeline, "{shown}").unwrap();
            self.shown = shown;
        }
    }

    fn named(&self, text: &str) -> String {
        let name = |text: String, (place, digest): (usize, &Digest)| {
            text.replace(digest.as_str(), &format!("d{}", place + 1))
        };
        self.digests.iter().enumerate().fold(text.to_owned(), name)
    }
}

fn planned(unit: UnitId, text: Option<&str>, unchanged: bool, high: u32) -> Event {
    let changes =
        if unchanged { ChangeCounts::default() } else { ChangeCounts { create: 1, ..Default::default() } };
    let findings = FindingCounts { high, ..FindingCounts::default() };
    let digest = digest(&format!("{unit} {}", text.unwrap_or_default()));
    Event::Planned { unit, digest, changes, unchanged, findings }
}

fn stage_digest(run: &Run, name: &StageName) -> Option<Digest> {
    let stage = run.stages().iter().find(|stage| stage.spec().name == *name)?;
    match stage.state() {
        StageState::Waiting { digest, .. }
        | StageState::Frozen { digest, .. }
        | StageState::Applying { digest, .. } => Some(digest.clone()),
        _ => None,
    }
}

fn shown_effect(effect: &Effect) -> String {
    match effect {
        Effect::Prepare => "prepare".to_owned(),
        Effect::HoldTargets => "hold targets".to_owned(),
        Effect::Plan { unit } => format!("plan {unit}"),
        Effect::Apply { permit } => format!("apply {}", permit.unit()),
        Effect::Wake { at } => format!("wake at {at}"),
    }
}
