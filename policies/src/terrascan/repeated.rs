//! Keys that stand twice in one object or block: Terraform takes the last of an object's and Terrascan the first of a
//! block's, but the parser refuses both.

use std::collections::BTreeSet;

use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;

/// A text with more such keys than this is refused.
const MAX_RENAMED: usize = 64;
/// How many names are tried for one key.
const MAX_NAMES: usize = 26;

/// Parses a text in which keys may be repeated: the parser is given another name of the same length for each. The places
/// of those keys come with the tree, so that their names can be read from the text.
///
/// # Errors
/// The parser's, for the text as it is.
pub(crate) fn parse(text: &str) -> Result<(Body, BTreeSet<usize>), Error> {
    let first = match parse_body(text) {
        Ok(body) => return Ok((body, BTreeSet::new())),
        Err(error) => error,
    };
    let (mut renamed, mut masked, mut at) = (BTreeSet::new(), text.to_owned(), first.location().offset());
    while renamed.len() < MAX_RENAMED && renamed.insert(at) {
        match rename(&masked, at) {
            Some((_, Ok(body))) => return Ok((body, renamed)),
            Some((next, Err(error))) => (masked, at) = (next, error.location().offset()),
            None => break,
        }
    }
    Err(first)
}

/// Another name for the key at a place, with which the parser comes further.
fn rename(text: &str, at: usize) -> Option<(String, Result<Body, Error>)> {
    let (before, rest) = text.split_at_checked(at)?;
    let quote = usize::from(rest.starts_with('"'));
    let length = rest
        .get(quote..)?
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte))
        .count();
    let behind = rest.get(quote + length..).filter(|_| length > 0)?;
    (0..MAX_NAMES).find_map(|number| {
        let next = [before, rest.get(..quote)?, &name(number, length), behind].concat();
        let parsed = parse_body(&next);
        let further = parsed.as_ref().err().is_none_or(|error| error.location().offset() > at);
        further.then_some((next, parsed))
    })
}

/// `zzz`, `zzy`, `zzx` and so on.
fn name(number: usize, length: usize) -> String {
    let last = u8::try_from(number).ok().and_then(|number| b'z'.checked_sub(number)).unwrap_or(b'z');
    let mut name = "z".repeat(length.saturating_sub(1));
    name.push(char::from(last));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_are_renamed_and_nothing_else_is() {
        for (text, places) in [
            ("a = { b = 1 }", Some(vec![])),
            ("a = { b = 1, \"b\" = 2 }", Some(vec![])),
            ("a = { b = 1\n b = 2\n b = 3 }", Some(vec![13, 20])),
            ("a = { \"b\" = 1, \"b\" = 2 }", Some(vec![15])),
            ("a = 1\na = 2\n", Some(vec![6])),
            ("a = (\nb = 2\n", None),
        ] {
            let parsed = parse(text).ok().map(|(_, renamed)| renamed.into_iter().collect::<Vec<_>>());
            assert_eq!(parsed, places, "{text}");
        }
    }
}
