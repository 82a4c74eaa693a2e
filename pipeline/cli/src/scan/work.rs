//! Scans all that was found, on all cores; the result is the same whoever is first.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::ProgressBar;
use jiff::civil::Date;
use policies::find::{Found, Kind};
use policies::source::{Files, join};
use policies::{Bundle, Input, Scan, ScanError, stack, terraform};

use super::site::Site;

/// What all inputs are scanned with.
pub(super) struct Work<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) site: &'a Site,
    pub(super) options: &'a terraform::Options,
    pub(super) parameters: &'a BTreeMap<String, String>,
    pub(super) today: Date,
}

/// What is judged at once.
#[derive(Clone, Copy)]
enum Task<'a> {
    /// One input by itself.
    Alone(&'a Found),
    /// All below a path, by Terrascan's rules.
    Together(&'a str),
}

impl Task<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Alone(found) => &found.path,
            Self::Together(path) => path,
        }
    }
}

impl Work<'_> {
    /// Scans everything. What breaks off costs itself alone.
    pub(super) fn scan(&self) -> Scan {
        let tasks = self.tasks();
        let progress = ProgressBar::new(tasks.len() as u64);
        let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
        let work = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(task) = tasks.get(index) else { break };
                let scan = self.guarded(*task);
                // Nobody panics while holding it.
                done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(index, scan);
                progress.inc(1);
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
        std::thread::scope(|scope| {
            for _ in 1..cores {
                // With fewer threads it takes longer, and that is all.
                let _ = stack::spawn(scope, work);
            }
            if stack::spawn(scope, work).is_err() {
                work();
            }
        });
        progress.finish_and_clear();
        done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).into_values().collect()
    }

    /// The largest first.
    fn tasks(&self) -> Vec<Task<'_>> {
        let (own, terrascan) = (self.bundle.has_own_rules(), self.bundle.has_terrascan_rules());
        let together = self.site.paths.iter().filter(|_| terrascan).map(|path| Task::Together(path));
        let alone = self.site.found.iter().filter(|found| own || found.kind == Kind::Plan);
        together.chain(alone.map(Task::Alone)).collect()
    }

    fn guarded(&self, task: Task<'_>) -> Scan {
        let scan = || match task {
            Task::Alone(found) => self.one(found),
            Task::Together(path) => self.together(path),
        };
        catch_unwind(AssertUnwindSafe(scan)).unwrap_or_else(|_| {
            failed(
                format!("{}: the scan broke off and nothing of it was checked", task.path()),
                "report this as a bug",
            )
        })
    }

    fn together(&self, path: &str) -> Scan {
        let text = |file: &str| self.site.files.read(file).ok();
        self.bundle.scan_terrascan(self.site.document(path, false), text, Some(self.today))
    }

    fn one(&self, found: &Found) -> Scan {
        let files = &self.site.files;
        let mut scan = match found.kind {
            Kind::Terraform => self.bundle.scan_own(
                &Input::Terraform { files, directory: &found.path, options: self.options },
                self.today,
            ),
            Kind::Plan => self.read(found, |text| self.plan(found, text)),
            Kind::CloudFormation | Kind::Sam => self.read(found, |text| {
                let (path, parameters) = (found.path.as_str(), self.parameters);
                let input = Input::Template { path, text, parameters, files: Some(files) };
                self.bundle.scan_own(&input, self.today)
            }),
        };
        if let Some(only) = &found.only {
            scan.keep(|finding| finding.location.as_ref().is_none_or(|place| place.file == *only));
        }
        scan
    }

    fn read(&self, found: &Found, scan: impl FnOnce(&str) -> Scan) -> Scan {
        match self.site.files.read(&found.path) {
            Ok(text) => scan(&text),
            Err(error) => failed(error.to_string(), "make it readable, as text in UTF-8"),
        }
    }

    fn plan(&self, found: &Found, text: &str) -> Scan {
        let directory = join(&found.path, "..");
        let files = &self.site.files;
        let configuration =
            has_configuration(files, &directory).then_some((files as &dyn Files, directory.as_str()));
        let mut scan = match serde_json::from_str(text) {
            Ok(json) => self.bundle.scan_suppressed(&Input::Plan { json: &json, configuration }, self.today),
            Err(error) => failed(
                format!("this is not JSON: {error}"),
                "give the output of `terraform show -json PLANFILE`",
            ),
        };
        for error in scan.errors.iter_mut().filter(|error| error.rule.is_none() && error.location.is_none()) {
            error.message = format!("{}: {}", found.path, error.message);
        }
        scan
    }
}

/// Whether the configuration of a plan lies beside it.
fn has_configuration(files: &dyn Files, directory: &str) -> bool {
    !terraform::roots(files, &[directory.to_owned()]).is_empty()
}

fn failed(message: String, remedy: &str) -> Scan {
    Scan { errors: vec![ScanError::input(message, remedy)], ..Scan::default() }
}
