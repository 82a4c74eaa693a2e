//! `regex.match`, which rules ask more often than any other function that takes long.
//!
//! Upstream: the interpreter keeps compiled expressions but matches with a copy of one, and a copy starts without the automaton that the
//! first texts have built: that takes ten times as long as the matching itself.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Error, Regex, RegexBuilder};
use regorus::Value;

use super::functions::TooLarge;

/// A compiled expression takes at most this many bytes, as the interpreter has it.
const MAX_BYTES: usize = 100 * 1024;
/// What matching builds up takes at most this many bytes for each of an expression's automata, of which few are ever used.
const MAX_STATES: usize = 128 * 1024;
/// So many expressions are kept by each thread; then all are forgotten.
const MAX_KEPT: usize = 128;

thread_local! {
    static KEPT: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// Whether an expression matches a text; undefined where it is none.
pub(super) fn matches(arguments: &[Value]) -> Result<Option<Value>, TooLarge> {
    let [Value::String(pattern), Value::String(text)] = arguments else { return Ok(None) };
    KEPT.with_borrow_mut(|kept| {
        if let Some(regex) = kept.get(pattern.as_ref()) {
            return Ok(Some(Value::from(regex.is_match(text))));
        }
        let regex = match compile(pattern) {
            Ok(regex) => regex,
            Err(Error::CompiledTooBig(limit)) => {
                return Err(TooLarge { function: "regex.match", limit, unit: "bytes for its pattern" });
            }
            Err(_) => return Ok(None),
        };
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        let answer = regex.is_match(text);
        kept.insert(pattern.to_string(), regex);
        Ok(Some(Value::from(answer)))
    })
}

fn compile(pattern: &str) -> Result<Regex, Error> {
    RegexBuilder::new(pattern).size_limit(MAX_BYTES).dfa_size_limit(MAX_STATES).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Option<bool>) {
        let arguments = [pattern, text].map(Value::from);
        for _ in 0..2 {
            let answer = matches(&arguments).map_err(|error| error.to_string());
            assert_eq!(answer, Ok(expected.map(Value::from)), "{pattern} {text}");
        }
    }

    #[test]
    fn the_first_answer_is_the_second() {
        check("^a+$", "aaa", Some(true));
        check("^a+$", "aab", Some(false));
        check("(", "aab", None);
        assert_eq!(matches(&[Value::from("a"), Value::from(1_i64)]).ok(), Some(None));
    }

    #[test]
    fn one_that_is_too_large_ends_the_rule() {
        let arguments = [r"(\w{100}){100}", "a"].map(Value::from);
        let error = matches(&arguments).map_err(|error| error.to_string());
        assert_eq!(error, Err("regex.match would need more than 102400 bytes for its pattern".to_owned()));
    }

    #[test]
    fn many_are_forgotten_and_asked_again() {
        for number in 0..=MAX_KEPT {
            check(&format!("^{number}$"), &number.to_string(), Some(true));
        }
        check("^0$", "0", Some(true));
        assert!(KEPT.with_borrow(HashMap::len) <= MAX_KEPT);
    }
}
