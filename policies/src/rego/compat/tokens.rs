//! A tokenizer for Rego, and what is put right before a module is parsed.

use std::ops::Range;

/// What a token is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Text,
    Symbol,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    range: Range<usize>,
}

impl Token {
    fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.range.clone()).unwrap_or_default()
    }
}

/// Words, strings and single symbols, without space and comments. An open string ends with the text.
fn tokens(source: &str) -> impl Iterator<Item = Token> {
    let mut letters = source.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, letter) = letters.next()?;
            let kind = match letter {
                '#' => {
                    while letters.next_if(|(_, next)| *next != '\n').is_some() {}
                    continue;
                }
                _ if letter.is_whitespace() => continue,
                '"' | '`' => {
                    close(&mut letters, letter);
                    Kind::Text
                }
                _ if is_word(letter) => {
                    while letters.next_if(|(_, next)| is_word(*next)).is_some() {}
                    Kind::Word
                }
                _ => Kind::Symbol,
            };
            let end = letters.peek().map_or(source.len(), |(end, _)| *end);
            return Some(Token { kind, range: start..end });
        }
    })
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Goes behind the end of a string.
fn close(letters: &mut impl Iterator<Item = (usize, char)>, quote: char) {
    while let Some((_, letter)) = letters.next() {
        if letter == quote {
            return;
        }
        if letter == '\\' && quote == '"' {
            letters.next();
        }
    }
}

/// Steps for each bracket that may open a comprehension: what it opens is read as one first, and then again.
const STEPS_FOR_BRACKET: usize = 500;
/// Brackets within brackets that are counted; more cannot be read in any case.
const MAX_NESTING: u32 = 30;

/// About how many steps the parser takes: each letter counts twice for each bracket `[` or `{` that it stands in.
///
/// Upstream: `parse_compr` is tried at every bracket, and what it read is read again, so that time doubles with each level.
pub(super) fn steps(source: &str) -> usize {
    let mut letters = source.char_indices();
    let (mut depth, mut steps) = (0u32, 0usize);
    while let Some((_, letter)) = letters.next() {
        let mut weight = 1;
        match letter {
            '#' => drop(letters.find(|(_, next)| *next == '\n')),
            '"' | '`' => close(&mut letters, letter),
            '[' | '{' => (depth, weight) = (depth + 1, STEPS_FOR_BRACKET),
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        steps = steps.saturating_add(weight << depth.min(MAX_NESTING));
    }
    steps
}

/// Gives every body of a rule its own head: `r[x] {a} {b}` becomes `r[x] {a} r[x] {b}`, which is what it means.
///
/// Upstream: `regorus` takes a second body of a partial set for an `else` and refuses it (`parse_rule`).
pub(super) fn chained_bodies(source: &str) -> String {
    let mut written = String::with_capacity(source.len());
    let (mut done, mut depth, mut head) = (0, 0usize, Head::default());
    let tokens: Vec<_> = tokens(source).collect();
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        match token.text(source) {
            "{" | "[" | "(" => {
                if depth == 0 && token.text(source) == "{" && !head.goes_on {
                    head.body.get_or_insert(token.range.start);
                }
                depth += 1;
            }
            "}" | "]" | ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let closes = token.text(source) == "}" && head.body.is_some();
        match next.map(|next| next.text(source)) {
            Some("{") if closes => {
                let end = token.range.end;
                written.push_str(source.get(done..end).unwrap_or_default());
                written.push(' ');
                written.push_str(head.text(source));
                done = end;
            }
            Some(word) if closes && word != "else" => head = Head::at(next),
            _ if starts_statement(source, &tokens, index) => head = Head::at(Some(token)),
            _ => {}
        }
        head.goes_on = matches!(token.text(source), "=" | "|" | "&" | "-" | "+" | "," | "<" | ">");
    }
    written.push_str(source.get(done..).unwrap_or_default());
    written
}

/// A rule's text before its first body.
#[derive(Default)]
struct Head {
    start: usize,
    body: Option<usize>,
    goes_on: bool,
}

impl Head {
    fn at(token: Option<&Token>) -> Self {
        Self { start: token.map_or(0, |token| token.range.start), ..Self::default() }
    }

    fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.start..self.body.unwrap_or(self.start)).unwrap_or_default()
    }
}

/// Outside of brackets a word at the start of a line starts a rule, unless it goes on with the one before.
fn starts_statement(source: &str, tokens: &[Token], index: usize) -> bool {
    let Some(token) = tokens.get(index) else { return false };
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    let between = source.get(before.map_or(0, |before| before.range.end)..token.range.start);
    let new_line = before.is_none() || between.is_some_and(|between| between.contains('\n'));
    let goes_on = before.is_some_and(|before| matches!(before.text(source), "=" | "." | "," | "else"));
    token.kind == Kind::Word && new_line && !goes_on && token.text(source) != "else"
}

/// The package, as it is written; empty when there is none.
pub(super) fn package(source: &str) -> String {
    let source = behind_comments(source);
    let range = package_range(source, tokens(source)).unwrap_or(0..0);
    source.get(range).unwrap_or_default().to_owned()
}

/// The text from its first line on that is not a comment.
fn behind_comments(source: &str) -> &str {
    let is_comment = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    let comments: usize = source.split_inclusive('\n').take_while(is_comment).map(str::len).sum();
    source.get(comments..).unwrap_or_default()
}

/// Where the package's path stands, dots and brackets included.
fn package_range(source: &str, tokens: impl Iterator<Item = Token>) -> Option<Range<usize>> {
    let mut path = tokens.skip_while(|token| token.text(source) != "package").skip(1);
    let first = path.next()?;
    let mut end = first.range.end;
    for token in path {
        if token.range.start != end {
            break;
        }
        end = token.range.end;
    }
    Some(first.range.start..end)
}

/// Gives a module another package, and lets `data.<old>` in it follow.
pub(super) fn in_package(source: &str, package: &str) -> String {
    let Some(place) = package_range(source, tokens(source)) else { return source.to_owned() };
    let old = format!("data.{}", source.get(place.clone()).unwrap_or_default());
    let mut written = String::with_capacity(source.len());
    let mut done = 0;
    for token in tokens(source) {
        let start = token.range.start;
        let (end, new) = if start == place.start {
            (place.end, package.to_owned())
        } else if refers_to(source, &token, &old) {
            (start + old.len(), format!("data.{package}"))
        } else {
            continue;
        };
        written.push_str(source.get(done..start).unwrap_or_default());
        written.push_str(&new);
        done = end;
    }
    written.push_str(source.get(done..).unwrap_or_default());
    written
}

fn refers_to(source: &str, token: &Token, old: &str) -> bool {
    let Some(rest) = source.get(token.range.start..) else { return false };
    let is_path = rest.strip_prefix(old).is_some_and(|after| !after.starts_with(is_word));
    let is_field =
        token.range.start.checked_sub(1).and_then(|dot| source.get(dot..token.range.start)) == Some(".");
    token.kind == Kind::Word && token.text(source) == "data" && is_path && !is_field
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn steps_double_with_each_bracket() {
        for (source, expected) in [
            ("abc", 3),
            ("[1]", 1_000 + 2 + 1),
            ("[{1}]", 1_000 + 2_000 + 4 + 2 + 1),
            ("\"[[\" # [[", 3),
            ("`[", 1),
            ("]]x", 3),
        ] {
            assert_eq!(steps(source), expected, "{source}");
        }
        assert!(steps(&"[".repeat(1_000_000)) > 1 << 50, "it does not start anew");
    }
}
