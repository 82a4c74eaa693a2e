//! Times, as people read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment: for machines, in full, and by how long ago it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) iso: String,
    pub(super) full: String,
    pub(super) ago: String,
}

impl Moment {
    pub(super) fn new(at: Timestamp, now: Timestamp) -> Self {
        let full = at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
        Self { iso: at.to_string(), full, ago: ago(now.as_second().saturating_sub(at.as_second())) }
    }
}

/// The time of the day.
pub(super) fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M:%S").to_string()
}

fn ago(seconds: i64) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    match seconds {
        ..5 => "just now".to_owned(),
        5..MINUTE => format!("{seconds} s ago"),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        DAY.. => format!("{} d ago", seconds / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_pass() {
        for (seconds, expected) in [
            (-3, "just now"),
            (4, "just now"),
            (5, "5 s ago"),
            (119, "1 min ago"),
            (7_199, "1 h ago"),
            (200_000, "2 d ago"),
        ] {
            assert_eq!(ago(seconds), expected, "{seconds}");
        }
    }
}
