//! Runs by what people write: a whole id, or the first characters of one.

use pipeline_core::{RunId, RunView};
use pipeline_engine::Pipeline;

use crate::problem::Problem;

/// The digits of a run's id that are taken for it: no fewer, no more.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=32;

/// The first fourteen characters of a run's id: its `r-` and the millisecond of its start.
pub(crate) fn short(id: RunId) -> String {
    id.to_string().chars().take(14).collect()
}

/// The run of an id, or of the first eight or more digits of one.
///
/// # Errors
/// 400 when the text is no such thing, 404 when it names no run or several, 503 when the store fails.
pub(crate) async fn run(pipeline: &Pipeline, text: &str) -> Result<RunView, Problem> {
    let text = text.to_ascii_lowercase();
    let digits = text.strip_prefix("r-").unwrap_or(&text);
    if !DIGITS.contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let detail = "A run's id is r- and 32 hexadecimal digits; the first eight or more will do.";
        return Err(Problem::bad_request(detail));
    }
    let missing =
        || Problem::not_found("No run has this id, or several begin so; the list of runs has whole ids.");
    let unavailable = |error| Problem::unavailable("looking for a run", &error);
    let id = pipeline.find_run(&text).await.map_err(unavailable)?.ok_or_else(missing)?;
    pipeline.run(id).await.map_err(unavailable)?.ok_or_else(missing)
}
