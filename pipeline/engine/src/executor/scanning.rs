//! The gate's eyes: every plan is scanned before it can be approved.

use pipeline_core::event::FindingCounts;
use policies::{Bundle, Finding, Input};

use super::Failure;

/// Scans a plan or a template. What could not be read or judged fails the unit: it is never a pass.
pub(super) fn scan(bundle: &Bundle, input: &Input<'_>) -> Result<(Vec<Finding>, FindingCounts), Failure> {
    let scan = bundle.scan(input);
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
    };
    Ok((scan.findings, counts))
}
