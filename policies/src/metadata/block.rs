//! Where the annotations stand in a rule's text.

const MARKER: &str = "# METADATA";

/// The line behind the marker, from 0; none of a file that has none.
pub(crate) fn start(text: &str) -> Option<usize> {
    text.lines().position(|line| line.trim_end() == MARKER).map(|line| line + 1)
}

/// The comment lines from `start` on, without their `# `.
pub(crate) fn of(text: &str, start: usize) -> String {
    let lines = text.lines().skip(start).map_while(|line| line.strip_prefix('#'));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}
