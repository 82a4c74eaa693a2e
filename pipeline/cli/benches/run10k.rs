//! What one run of 1,000, 5,000 and 10,000 units costs the server itself: a real store and spool, workers, and an executor that
//! does nothing. The time that a unit takes must not grow with the number of units.

mod site;

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use landing_zone::{Source, StageName, Zone};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use pipeline_core::trigger::Actor;
use pipeline_core::{Commit, DeliveryId, Run, RunId, RunState, Trigger};
use pipeline_engine::Pipeline;
use pipeline_engine::secrets::Secrets;
use pipeline_engine::testing::executor::{FakeExecutor, FakeStage};
use pipeline_engine::worker::{Limits, Workers};
use serde::{Deserialize, Serialize};
use site::Site;
use tokio_util::sync::CancellationToken;

/// Names the child's number of units: each size runs in a process of its own, so that each has its own peak.
const UNITS: &str = "WAYLEAVE_BENCH_UNITS";
const SIZES: [usize; 3] = [1_000, 5_000, 10_000];
/// How often the child looks whether the run has ended.
const LOOK: Duration = Duration::from_millis(50);

/// What a run cost.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Cost {
    units: usize,
    /// Processor time, in microseconds.
    processor: i64,
    /// Wall time, in seconds.
    wall: f64,
    /// Resident memory before and at its peak, in MiB.
    before: f64,
    peak: f64,
}

impl Cost {
    fn per_unit(&self) -> f64 {
        self.processor as f64 / self.units as f64
    }
}

fn main() -> anyhow::Result<()> {
    if let Ok(units) = std::env::var(UNITS) {
        let cost = tokio::runtime::Runtime::new()?.block_on(measure(units.parse()?))?;
        println!("{}", serde_json::to_string(&cost)?);
        return Ok(());
    }
    let costs = SIZES.map(in_child).into_iter().collect::<anyhow::Result<Vec<Cost>>>()?;
    let first = costs.first().context("no size")?;
    let rows: Vec<Vec<String>> = costs
        .iter()
        .map(|cost| {
            vec![
                cost.units.to_string(),
                format!("{:.1}", cost.processor as f64 / 1e6),
                format!("{:.0}", cost.per_unit()),
                format!("{:.2}", cost.per_unit() / first.per_unit()),
                format!("{:.1}", cost.wall),
                format!("{:.0}", cost.peak),
                format!("{:.1}", (cost.peak - cost.before) * 1024.0 / cost.units as f64),
            ]
        })
        .collect();
    let heads = ["units", "processor s", "us/unit", "ratio to first", "wall s", "peak MiB", "KiB/unit"];
    site::table("one run, planned and applied, with an executor that does nothing", &heads, &rows);
    Ok(())
}

fn in_child(units: usize) -> anyhow::Result<Cost> {
    let output = Command::new(std::env::current_exe()?).env(UNITS, units.to_string()).output()?;
    if !output.status.success() {
        bail!("{units} units: {}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("the child's answer")
}

async fn measure(units: usize) -> anyhow::Result<Cost> {
    let directory = site::directory()?;
    let (zone, _) = Zone::parse(&Source::new("zone.hcl", Site::default().zone()))
        .map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let secrets = Secrets::read(&zone, site::secret).map_err(|missing| anyhow::anyhow!("{missing:?}"))?;
    let pipeline = Pipeline::open(zone, secrets, directory.path()).await?;
    let executor = FakeExecutor::new(vec![FakeStage { name: StageName::parse("dev")?, units, approvals: 0 }]);
    let stop = CancellationToken::new();
    let (before, begun, used) = (site::memory("self", "VmRSS")?, Instant::now(), processor()?);
    let workers = Workers::new(pipeline.clone(), executor, Limits { plans: 4, applies: 8 });
    let working = tokio::spawn(workers.run(stop.clone()));
    pipeline.accept(&DeliveryId::parse("github/1")?, &push()?).await?;
    let state = ended(&pipeline).await?;
    let (wall, processor) = (begun.elapsed().as_secs_f64(), processor()? - used);
    stop.cancel();
    working.await?;
    if state != RunState::Applied {
        bail!("the run ended as {}", state.name());
    }
    Ok(Cost { units, processor, wall, before, peak: site::memory("self", "VmHWM")? })
}

fn push() -> anyhow::Result<Trigger> {
    Ok(Trigger::Push {
        repository: site::REPOSITORY.parse()?,
        branch: "main".to_owned(),
        before: Commit::parse(&"0".repeat(40))?,
        after: Commit::parse(&"a".repeat(40))?,
        author: Actor { platform: Some(landing_zone::Platform::Github), login: "kim".to_owned() },
    })
}

async fn ended(pipeline: &Pipeline) -> anyhow::Result<RunState> {
    let look = |run: &Run| run.has_ended().then(|| run.state());
    loop {
        let runs: Vec<RunId> = pipeline.store().run_ids(None, 1).await?;
        let state = match runs.first() {
            Some(run) => pipeline.runs_door().look(*run, look).await?.flatten(),
            None => None,
        };
        if let Some(state) = state {
            return Ok(state);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The processor time of this process so far, in microseconds.
fn processor() -> anyhow::Result<i64> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    Ok(usage.user_time().num_microseconds() + usage.system_time().num_microseconds())
}
