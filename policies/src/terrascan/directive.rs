//! `#ts:` comments in the text of a block, by Terrascan's patterns.

use serde::Serialize;

/// What the comments of a resource say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// Rules that do not count for it.
    pub skip: Vec<SkipRule>,
    /// The most that a finding may be, as written: `High`, `Medium`, `Low`, or `None` for no findings at all.
    pub max_severity: String,
    /// The least that a finding is, as written.
    pub min_severity: String,
}

/// `#ts:skip=ID comment`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct SkipRule {
    /// The rule's id, new or old.
    #[serde(default)]
    pub rule: String,
    /// Why.
    #[serde(default)]
    pub comment: String,
}

/// Reads the comments of a block.
pub(super) fn read(text: &str) -> Directives {
    if !text.contains("#ts:") {
        return Directives::default();
    }
    Directives {
        skip: text.split("#ts:skip=").skip(1).filter_map(skip_rule).collect(),
        max_severity: severity(text, "#ts:maxseverity=", &["none", "high", "low", "medium"]),
        min_severity: severity(text, "#ts:minseverity=", &["high", "low", "medium"]),
    }
}

fn skip_rule(text: &str) -> Option<SkipRule> {
    let line = text.split('\n').next().unwrap_or_default();
    let end = old_id(line).or_else(|| new_id(line))?;
    let (rule, rest) = line.split_at_checked(end)?;
    let comment = if rest.starts_with([' ', '\t']) { rest.trim() } else { "" };
    Some(SkipRule { rule: rule.trim().to_owned(), comment: comment.to_owned() })
}

/// The end of `([ A-Za-z0-9]+[.-]){2,5}[\d]+`, such as `AWS.S3Bucket.DS.High.1043`.
fn old_id(line: &str) -> Option<usize> {
    let (mut at, mut end) = (0, None);
    for part in 1..=5 {
        let rest = line.get(at..)?;
        let word = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b' ').count();
        if word == 0 || !rest.get(word..)?.starts_with(['.', '-']) {
            break;
        }
        at += word + 1;
        let digits = line.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
        if part >= 2 && digits > 0 {
            end = Some(at + digits);
        }
    }
    end
}

/// The end of `(AC_)(AWS|AZURE|GCP|K8S|GITHUB|DOCKER)[_]([\d]{4})`.
fn new_id(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("AC_")?;
    let (cloud, number) = rest.split_once('_')?;
    let known = ["AWS", "AZURE", "GCP", "K8S", "GITHUB", "DOCKER"].contains(&cloud);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (known && digits >= 4).then_some(3 + cloud.len() + 1 + 4)
}

/// The first severity that is written so, as it is written.
fn severity(text: &str, prefix: &str, words: &[&str]) -> String {
    let written = |rest: &str| {
        let of = |word: &&str| {
            rest.get(..word.len()).filter(|written| written.eq_ignore_ascii_case(word)).map(str::to_owned)
        };
        words.iter().find_map(of)
    };
    text.split(prefix).skip(1).find_map(written).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_read_by_terrascans_patterns() {
        for (text, rule, comment) in [
            ("#ts:skip=AC_AWS_0214 no need\n", "AC_AWS_0214", "no need"),
            ("#ts:skip=AWS.S3Bucket.DS.High.1043 see a.b.3", "AWS.S3Bucket.DS.High.1043", "see a.b.3"),
            ("#ts:skip=AC-AWS-NS-IN-M-1172", "AC-AWS-NS-IN-M-1172", ""),
            ("#ts:skip=AWS.API Gateway.Logging.Medium.0567", "AWS.API Gateway.Logging.Medium.0567", ""),
        ] {
            let expected = vec![SkipRule { rule: rule.to_owned(), comment: comment.to_owned() }];
            assert_eq!(read(text).skip, expected, "{text}");
        }
        assert_eq!(read("#ts:skip=nothing").skip, []);
        let both = read("#ts:maxseverity=LOw #ts:minseverity=hiGh");
        assert_eq!((both.max_severity.as_str(), both.min_severity.as_str()), ("LOw", "hiGh"));
    }
}
