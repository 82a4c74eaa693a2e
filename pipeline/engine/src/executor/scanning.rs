//! The gate's eyes: every plan is scanned before it can be approved.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pipeline_core::event::FindingCounts;
use policies::{Bundle, Finding, Input, Skipped};

use super::Failure;

/// What the rules found in a plan or a template.
#[derive(Debug)]
pub(super) struct Scanned {
    pub(super) findings: Vec<Finding>,
    /// What is suppressed in the files. People see it before they approve; it refuses nothing.
    pub(super) skipped: Vec<Skipped>,
    pub(super) counts: FindingCounts,
}

/// Scans a plan or a template, without what its authors suppress unless the zone ignores that. What could not be read or judged
/// fails the unit: it is never a pass.
pub(super) fn scan(bundle: &Bundle, input: &Input<'_>) -> Result<Scanned, Failure> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let scan = bundle.scan_suppressed(input, today);
    if let Some(error) = scan.errors.first() {
        let place = error
            .location
            .as_ref()
            .map(|place| format!(" at {}:{}", place.file, place.line))
            .unwrap_or_default();
        let more = scan.errors.len().saturating_sub(1);
        let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
        return Err(Failure(format!("cannot scan{place}: {}{more}; {}", error.message, error.remedy)));
    }
    let counts = scan.counts();
    let counted = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let counts = FindingCounts {
        low: counted(counts.low),
        medium: counted(counts.medium),
        high: counted(counts.high),
        skipped: counted(scan.skipped.len()),
    };
    Ok(Scanned { findings: scan.findings, skipped: scan.skipped, counts })
}
