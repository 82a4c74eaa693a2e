//! How often CloudFormation is asked, and for how long.

use std::time::Duration;

use tokio::time::Instant;

/// How often to ask and how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first wait between two questions; each further one is half as long again.
    pub first: Duration,
    /// The longest wait between two questions.
    pub longest: Duration,
    /// The longest that a change set may take to be made.
    pub creation: Duration,
    /// The longest that another operation on the stack is waited for.
    pub settling: Duration,
    /// The longest that an execution is followed.
    pub execution: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(10),
            creation: Duration::from_secs(600),
            settling: Duration::from_secs(1800),
            execution: Duration::from_secs(4 * 3600),
        }
    }
}

impl Pace {
    /// Asks again at once: for stand-ins that move one step with each question.
    #[must_use]
    pub fn immediate() -> Self {
        let patience = Duration::from_secs(30);
        Self {
            first: Duration::ZERO,
            longest: Duration::ZERO,
            creation: patience,
            settling: patience,
            execution: patience,
        }
    }

    pub(super) fn watch(self, patience: Duration) -> Watch {
        Watch { wait: self.first, longest: self.longest, end: Instant::now() + patience }
    }
}

/// The waits of one question that is asked again and again.
#[derive(Debug)]
pub(super) struct Watch {
    wait: Duration,
    longest: Duration,
    end: Instant,
}

impl Watch {
    /// Waits for the next time to ask; false when there is no more time.
    pub(super) async fn wait(&mut self) -> bool {
        if Instant::now() >= self.end {
            return false;
        }
        tokio::time::sleep(self.wait).await;
        self.wait = (self.wait * 3 / 2).min(self.longest);
        true
    }
}
