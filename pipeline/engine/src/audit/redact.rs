//! Keeps known secrets out of the records.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// What a secret is replaced by.
const MASK: &str = "***";
/// A shorter value would mask ordinary words.
const SHORTEST: usize = 6;

/// The secrets known to this process; clones share them. A text is redacted before it is hashed, split or written.
#[derive(Clone, Default)]
pub struct Redactor {
    // Longest first, so that a secret that contains another is masked whole.
    secrets: Arc<RwLock<Vec<String>>>,
}

impl Redactor {
    /// A redactor that knows these secrets.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let redactor = Self::default();
        for secret in secrets {
            redactor.learn(secret);
        }
        redactor
    }

    /// Adds a secret; each line of it counts, since output comes in lines. Lines under 6 characters are not masked.
    pub fn learn(&self, secret: &str) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        for line in std::iter::once(secret).chain(secret.lines()) {
            let line = line.trim();
            if line.chars().count() >= SHORTEST && !secrets.iter().any(|known| known == line) {
                secrets.push(line.to_owned());
            }
        }
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// The text with every secret replaced by `***`.
    pub fn redact(&self, mut text: String) -> String {
        for secret in self.secrets.read().unwrap_or_else(PoisonError::into_inner).iter() {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), MASK);
            }
        }
        text
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::Redactor;

    #[test]
    fn secrets_are_masked_whole_and_line_by_line() {
        let redactor =
            Redactor::new(["hunter22", "hunter22-and-more", "short", "-----BEGIN\nabcdefgh\n-----END"]);
        let redacted = |text: &str| redactor.redact(text.to_owned());
        assert_eq!(redacted("a hunter22-and-more b hunter22"), "a *** b ***");
        assert_eq!(redacted("short"), "short");
        assert_eq!(redacted("key: abcdefgh"), "key: ***");
        assert_eq!(format!("{redactor:?}"), "Redactor(***)");
    }
}
