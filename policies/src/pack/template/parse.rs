//! From text to the parts of a template.

use serde_json::Value;

use super::TemplateError;

/// How deep blocks and brackets may be nested.
const MAX_DEPTH: usize = 64;

pub(super) enum Node {
    Text(String),
    Print(Pipe),
    If(Pipe, Vec<Node>, Vec<Node>),
    With(Pipe, Vec<Node>, Vec<Node>),
    Range(Pipe, Vec<Node>, Vec<Node>),
}

/// Commands with `|` between them.
pub(super) type Pipe = Vec<Command>;

pub(super) struct Command {
    pub(super) function: Option<String>,
    pub(super) arguments: Vec<Operand>,
}

pub(super) enum Operand {
    Constant(Value),
    /// `.a.b`; empty for `.` itself.
    Field(Vec<String>),
    /// `$.a.b`.
    Root(Vec<String>),
    Pipe(Pipe),
}

/// A piece of the text.
enum Piece {
    Text(String),
    Action { line: usize, text: String },
}

pub(super) fn parse(template: &str) -> Result<Vec<Node>, TemplateError> {
    let mut blocks = Blocks { pieces: pieces(template)?.into_iter(), depth: 0 };
    let (nodes, end) = blocks.until_end()?;
    match end {
        None => Ok(nodes),
        Some(End { line, word, .. }) => {
            let what = if word == "end" { "ends" } else { "belongs to" };
            Err(syntax(line, format!("`{{{{{word}}}}}` {what} nothing")))
        }
    }
}

fn syntax(line: usize, message: impl Into<String>) -> TemplateError {
    TemplateError::Syntax { line, message: message.into() }
}

/// Text and actions. `{{-` and `-}}` take the space beside them away; comments are left out.
fn pieces(template: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let (mut rest, mut line, mut trims) = (template, 1, false);
    while let Some((text, after)) = rest.split_once("{{") {
        line += lines(text);
        let trimmed = after.strip_prefix("- ").or_else(|| after.strip_prefix("-\n"));
        pieces.push(Piece::Text(trim(text, trims, trimmed.is_some())));
        let (action, next) =
            action(trimmed.unwrap_or(after)).ok_or_else(|| syntax(line, "`{{` is not closed"))?;
        trims = action.ends_with(" -");
        let action = action.strip_suffix(" -").unwrap_or(action).trim();
        if !(action.starts_with("/*") && action.ends_with("*/")) {
            pieces.push(Piece::Action { line, text: action.to_owned() });
        }
        line += lines(after.get(..after.len() - next.len()).unwrap_or_default());
        rest = next;
    }
    pieces.push(Piece::Text(trim(rest, trims, false)));
    Ok(pieces)
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

fn trim(text: &str, start: bool, end: bool) -> String {
    let text = if start { text.trim_start() } else { text };
    (if end { text.trim_end() } else { text }).to_owned()
}

/// What stands before the `}}` that is in no string, and what follows.
fn action(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    let mut letters = text.char_indices();
    while let Some((index, letter)) = letters.next() {
        match (quote, letter) {
            (Some('"'), '\\') => {
                letters.next();
            }
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '`') => quote = Some(letter),
            (None, '}') if text.get(index..).is_some_and(|rest| rest.starts_with("}}")) => {
                return Some((text.get(..index)?, text.get(index + 2..)?));
            }
            _ => {}
        }
    }
    None
}

struct Blocks {
    pieces: std::vec::IntoIter<Piece>,
    depth: usize,
}

/// What ends the body of a block: `end`, or `else` with what stands behind it.
struct End {
    line: usize,
    word: &'static str,
    rest: String,
}

impl Blocks {
    fn until_end(&mut self) -> Result<(Vec<Node>, Option<End>), TemplateError> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let (line, text) = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text));
                    continue;
                }
                Piece::Action { line, text } => (line, text),
            };
            let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
            match word {
                "end" => return Ok((nodes, Some(End { line, word: "end", rest: String::new() }))),
                "else" => return Ok((nodes, Some(End { line, word: "else", rest: rest.trim().to_owned() }))),
                "if" | "with" | "range" => nodes.push(self.block(line, word, rest)?),
                "template" | "define" | "block" | "break" | "continue" => {
                    return Err(syntax(line, format!("`{word}` is not supported")));
                }
                _ => nodes.push(Node::Print(pipe(line, &text)?)),
            }
        }
        Ok((nodes, None))
    }

    fn block(&mut self, line: usize, word: &str, rest: &str) -> Result<Node, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(syntax(line, "blocks are nested too deep"));
        }
        let condition = pipe(line, rest)?;
        let (then, end) = self.until_end()?;
        let otherwise = match end {
            None => return Err(syntax(line, format!("`{{{{{word} …}}}}` is not ended"))),
            Some(End { word: "end", .. }) => Vec::new(),
            Some(End { line, rest, .. }) => self.otherwise(line, word, &rest)?,
        };
        self.depth -= 1;
        Ok(match word {
            "if" => Node::If(condition, then, otherwise),
            "with" => Node::With(condition, then, otherwise),
            _ => Node::Range(condition, then, otherwise),
        })
    }

    /// `{{else}}` up to `{{end}}`, or `{{else if …}}`, which has the `{{end}}` in common.
    fn otherwise(&mut self, line: usize, word: &str, rest: &str) -> Result<Vec<Node>, TemplateError> {
        if let Some(condition) = rest.strip_prefix("if ") {
            return Ok(vec![self.block(line, "if", condition)?]);
        }
        match self.until_end()? {
            (nodes, Some(End { word: "end", .. })) if rest.is_empty() => Ok(nodes),
            _ => Err(syntax(line, format!("`{{{{else}}}}` of `{{{{{word} …}}}}` is not ended"))),
        }
    }
}

/// Reads an action's text.
fn pipe(line: usize, text: &str) -> Result<Pipe, TemplateError> {
    let words = words(text).ok_or_else(|| syntax(line, format!("`{text}` is not supported")))?;
    let mut words = Words { line, words: words.into_iter().peekable(), depth: 0 };
    let pipe = words.pipe()?;
    match words.words.next() {
        None => Ok(pipe),
        Some(word) => Err(syntax(line, format!("`{word}` has no place here"))),
    }
}

/// Strings, brackets, `|`, and what stands between spaces; none for an open string.
fn words(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut word = String::from(letter);
        match letter {
            _ if letter.is_whitespace() => continue,
            '(' | ')' | '|' => {}
            '"' | '`' => loop {
                let next = letters.next()?;
                word.push(next);
                if next == letter {
                    break;
                }
                if next == '\\' && letter == '"' {
                    word.push(letters.next()?);
                }
            },
            _ => {
                while let Some(next) =
                    letters.next_if(|next| !next.is_whitespace() && !"()|\"`".contains(*next))
                {
                    word.push(next);
                }
            }
        }
        found.push(word);
    }
    Some(found)
}

struct Words {
    line: usize,
    words: std::iter::Peekable<std::vec::IntoIter<String>>,
    depth: usize,
}

impl Words {
    fn pipe(&mut self) -> Result<Pipe, TemplateError> {
        let mut commands = vec![self.command()?];
        while self.words.next_if(|word| word == "|").is_some() {
            commands.push(self.command()?);
        }
        Ok(commands)
    }

    fn command(&mut self) -> Result<Command, TemplateError> {
        let is_function = |word: &String| word.chars().all(char::is_alphabetic) && constant(word).is_none();
        let function = self.words.next_if(is_function);
        let mut arguments = Vec::new();
        while let Some(word) = self.words.next_if(|word| !matches!(word.as_str(), "|" | ")")) {
            arguments.push(self.operand(&word)?);
        }
        match (&function, arguments.len()) {
            (None, 0) => Err(syntax(self.line, "it is empty")),
            (None, 2..) => Err(syntax(self.line, "a value takes no arguments")),
            _ => Ok(Command { function, arguments }),
        }
    }

    fn operand(&mut self, word: &str) -> Result<Operand, TemplateError> {
        if word == "(" {
            return self.brackets();
        }
        if let Some(value) = constant(word) {
            return Ok(Operand::Constant(value));
        }
        let path = |path: &str| path.split('.').skip(1).map(str::to_owned).collect::<Vec<_>>();
        match word.strip_prefix('$') {
            Some("") => Ok(Operand::Root(Vec::new())),
            Some(fields) if is_path(fields) => Ok(Operand::Root(path(fields))),
            None if word == "." => Ok(Operand::Field(Vec::new())),
            None if is_path(word) => Ok(Operand::Field(path(word))),
            _ => Err(syntax(self.line, format!("`{word}` is not supported"))),
        }
    }

    fn brackets(&mut self) -> Result<Operand, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(syntax(self.line, "brackets are nested too deep"));
        }
        let pipe = self.pipe()?;
        self.depth -= 1;
        match self.words.next_if(|word| word == ")") {
            Some(_) => Ok(Operand::Pipe(pipe)),
            None => Err(syntax(self.line, "`(` is not closed")),
        }
    }
}

fn is_path(word: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    word.strip_prefix('.').is_some_and(|path| path.split('.').all(is_name))
}

fn constant(word: &str) -> Option<Value> {
    match word {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        _ if word.starts_with('`') => Some(Value::String(word.trim_matches('`').to_owned())),
        _ if word.starts_with(|first: char| first == '"' || first == '-' || first.is_ascii_digit()) => {
            serde_json::from_str(word).ok()
        }
        _ => None,
    }
}
