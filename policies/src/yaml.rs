//! YAML (and JSON, which is YAML in flow style) as a tree that keeps tags and places.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use serde_json::{Map, Number, Value};

/// A tree may have at most this many nodes, aliases expanded.
const MAX_NODES: usize = 1_000_000;
/// Collections in collections, aliases expanded.
const MAX_DEPTH: usize = 200;
/// Longest key, in characters. JSON keys may be longer than YAML's own bound.
const MAX_KEY: usize = 65_536;

/// A place: line and column from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub data: Data,
    /// Whether it is a scalar without quotes and tag, whose text may mean something else elsewhere.
    pub is_plain: bool,
    /// The short tag without its `!`, for example `Ref`.
    pub tag: Option<String>,
    /// Where it begins, its tag included.
    pub mark: Mark,
    /// The last line of it, from 1.
    pub end: usize,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Data {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// In source order; a key appears once, the last one written.
    Map(Vec<Entry>),
}

/// A key with its place, and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub mark: Mark,
    /// What it holds.
    pub value: Node,
}

/// Why a text is no tree.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub mark: Mark,
}

impl Node {
    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Data::Map(entries) = &self.data { entries } else { &[] }
    }

    /// The text of a scalar string.
    pub fn text(&self) -> Option<&str> {
        if let Data::Text(text) = &self.data { Some(text) } else { None }
    }

    /// The tree without tags and places.
    pub fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(value) => Value::Number(value.clone()),
            Data::Text(value) => Value::String(value.clone()),
            Data::List(items) => items.iter().map(Self::to_json).collect(),
            Data::Map(entries) => {
                let pairs = entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json()));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }
}

/// Parses exactly one document.
///
/// # Errors
/// The text is no YAML, is more than one document or none, or is larger or deeper than what is read: 1,000,000 values, 200
/// levels, aliases expanded.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    let options = granit_parser::options! { emit_comments: false, simple_key_max_lookahead: MAX_KEY };
    let mut builder = Builder::default();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| syntax(&error))?;
        builder.event(event, &span)?;
    }
    builder.root.ok_or_else(|| YamlError {
        message: "the document is empty".into(),
        mark: Mark { line: 1, column: 1 },
    })
}

fn syntax(error: &ScanError) -> YamlError {
    let (line, column) = (error.marker().line().max(1), error.marker().col() + 1);
    YamlError { message: error.info().clone(), mark: Mark { line, column } }
}

/// Where a value starts, its tag included.
fn mark(span: &Span) -> Mark {
    let start = span.tag_start().unwrap_or(span.start);
    Mark { line: start.line().max(1), column: start.col() + 1 }
}

/// The last line of a value: the end of a block scalar is where the next line starts.
fn last_line(span: &Span) -> usize {
    let (start, end) = (span.start.line().max(1), span.end.line());
    if end > start && span.end.col() == 0 { end - 1 } else { end.max(start) }
}

/// An anchored node, with what it costs to repeat it.
struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

/// A collection that is not closed yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<(String, Mark)>,
    /// Nodes in the tree before this one.
    before: usize,
    /// Depth of what it holds.
    depth: usize,
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    nodes: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), YamlError> {
        let mark = mark(span);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => Err(YamlError {
                message: "a second document starts here; give one document a file".into(),
                mark,
            }),
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.map(|tag| Tagged::new(&tag));
                let data = scalar(&text, style, tag.as_ref());
                let end = match style {
                    // Its span reaches to the next value.
                    ScalarStyle::Literal => {
                        span.start.line().max(1) + text.trim_end().lines().count().saturating_sub(1)
                    }
                    _ => last_line(span),
                };
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let node = Node { data, is_plain, tag: tag.and_then(Tagged::local), mark, end };
                self.value(node, anchor, 1, 0)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(Data::List(Vec::new()), tag.as_deref(), anchor, mark)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.open(Data::Map(Vec::new()), tag.as_deref(), anchor, mark)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, mark),
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        data: Data,
        tag: Option<&granit_parser::Tag>,
        anchor: usize,
        mark: Mark,
    ) -> Result<(), YamlError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(mark));
        }
        let tag = tag.map(Tagged::new).and_then(Tagged::local);
        let node = Node { data, is_plain: false, tag, mark, end: mark.line };
        self.open.push(Open { node, anchor, key: None, before: self.nodes, depth: 0 });
        Ok(())
    }

    fn close(&mut self, span: &Span) -> Result<(), YamlError> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        // A collection in flow style ends at its bracket, one in block style with the last thing in it.
        if span.start != span.end {
            open.node.end = open.node.end.max(last_line(span));
        }
        let size = self.nodes - open.before + 1;
        self.nodes = open.before;
        self.value(merged(open.node), open.anchor, size, open.depth + 1)
    }

    fn alias(&mut self, anchor: usize, mark: Mark) -> Result<(), YamlError> {
        let Some(Anchored { node, size, depth }) = self.anchors.get(&anchor) else {
            return Err(YamlError { message: "the alias stands inside its own anchor".into(), mark });
        };
        let (size, depth) = (*size, *depth);
        if self.nodes + size > MAX_NODES {
            return Err(too_large(mark));
        }
        let node = Node { mark, end: mark.line, ..node.clone() };
        self.value(node, 0, size, depth)
    }

    /// Puts a finished node where it belongs: a key, a value, an item or the root.
    fn value(&mut self, node: Node, anchor: usize, size: usize, depth: usize) -> Result<(), YamlError> {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return Err(too_large(node.mark));
        }
        if self.open.len() + depth > MAX_DEPTH {
            return Err(too_deep(node.mark));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, depth });
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.depth = parent.depth.max(depth);
        parent.take(node)
    }
}

impl Open {
    fn take(&mut self, node: Node) -> Result<(), YamlError> {
        self.node.end = self.node.end.max(node.end);
        match (&mut self.node.data, self.key.take()) {
            (Data::Map(entries), Some((key, mark))) => {
                entries.push(Entry { key, mark, value: node });
                Ok(())
            }
            (Data::Map(_), None) => {
                self.key = Some((key_text(&node)?, node.mark));
                Ok(())
            }
            (Data::List(items), _) => {
                items.push(node);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn too_large(mark: Mark) -> YamlError {
    YamlError { message: format!("the document has more than {MAX_NODES} values"), mark }
}

fn too_deep(mark: Mark) -> YamlError {
    YamlError { message: format!("the document is nested deeper than {MAX_DEPTH} levels"), mark }
}

fn key_text(node: &Node) -> Result<String, YamlError> {
    match &node.data {
        Data::Text(text) => Ok(text.clone()),
        Data::Bool(value) => Ok(value.to_string()),
        Data::Number(value) => Ok(value.to_string()),
        Data::Null => Ok("null".into()),
        Data::List(_) | Data::Map(_) => Err(YamlError {
            message: "a key must be a plain value, not a collection".into(),
            mark: node.mark,
        }),
    }
}

/// Applies `<<` and lets the last of equal keys win.
fn merged(mut node: Node) -> Node {
    let Data::Map(entries) = &mut node.data else { return node };
    let mut own: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut inherited = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for entry in entries.drain(..) {
        if entry.key == "<<" && is_mergeable(&entry.value) {
            inherited.extend(merge_sources(entry.value));
        } else {
            put(&mut own, &mut places, entry, true);
        }
    }
    for entry in inherited {
        put(&mut own, &mut places, entry, false);
    }
    *entries = own;
    node
}

fn put(own: &mut Vec<Entry>, places: &mut HashMap<String, usize>, entry: Entry, replace: bool) {
    match places.get(&entry.key).and_then(|&place| own.get_mut(place)) {
        Some(slot) if replace => *slot = entry,
        Some(_) => {}
        None => {
            places.insert(entry.key.clone(), own.len());
            own.push(entry);
        }
    }
}

fn is_mergeable(node: &Node) -> bool {
    match &node.data {
        Data::Map(_) => true,
        Data::List(items) => items.iter().all(|item| matches!(item.data, Data::Map(_))),
        _ => false,
    }
}

fn merge_sources(node: Node) -> Vec<Entry> {
    match node.data {
        Data::Map(entries) => entries,
        Data::List(items) => items.into_iter().flat_map(merge_sources).collect(),
        _ => Vec::new(),
    }
}

/// A tag, told apart: a short one of the template's own, or one of YAML's.
enum Tagged {
    Local(String),
    Core(String),
}

impl Tagged {
    fn new(tag: &granit_parser::Tag) -> Self {
        match tag.core_suffix() {
            Some(core) => Self::Core(core.to_owned()),
            None => Self::Local(tag.suffix().trim_start_matches('!').to_owned()),
        }
    }

    fn local(self) -> Option<String> {
        match self {
            Self::Local(name) if !name.is_empty() => Some(name),
            _ => None,
        }
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tagged>) -> Data {
    let is_text = match tag {
        Some(Tagged::Core(core)) => core == "str",
        Some(Tagged::Local(_)) => true,
        None => style != ScalarStyle::Plain,
    };
    if is_text { Data::Text(text.to_owned()) } else { plain(text) }
}

/// YAML 1.1's words, which CloudFormation reads: <https://yaml.org/type/bool.html>.
fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Data::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Data::Bool(false),
        _ => number(text).map_or_else(|| Data::Text(text.to_owned()), Data::Number),
    }
}

/// Numbers in JSON's form; `0123` stays text, since it may be an account id.
fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let numeric = digits.starts_with(|first: char| first.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if numeric && !padded { serde_json::from_str(text).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        parse(text).expect("parses").to_json().to_string()
    }

    #[test]
    fn scalars_follow_yaml_1_1() {
        let text = "[yes, 'yes', 1, 1.5, 012, 2012-10-17, ~, !!str 3, !Ref A]";
        assert_eq!(json(text), r#"[true,"yes",1,1.5,"012","2012-10-17",null,"3","A"]"#);
    }

    #[test]
    fn tags_and_places_are_kept() {
        let node = parse("a:\n  b: !GetAtt X.Arn\n  c: !Sub\n    - t\n").expect("parses");
        let b = node.get("a").and_then(|a| a.get("b")).expect("b");
        assert_eq!((b.tag.as_deref(), b.mark), (Some("GetAtt"), Mark { line: 2, column: 6 }));
        assert_eq!(node.get("a").and_then(|a| a.get("c")).and_then(|c| c.tag.as_deref()), Some("Sub"));
    }

    #[test]
    fn aliases_merges_and_repeated_keys() {
        assert_eq!(
            json("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\nc: 1\nc: 2"),
            r#"{"a":{"k":1,"l":2},"b":{"l":3,"k":1},"c":2}"#
        );
    }

    #[test]
    fn errors_have_places() {
        let error = parse("a: 1\nb: [1, 2\nc: 3\n").expect_err("is broken");
        assert!(error.mark.line >= 2, "{error} at {:?}", error.mark);
        assert_eq!(parse("a: 1\n---\nb: 1\n").expect_err("two documents").mark.line, 2);
        assert!(parse("").is_err());
    }

    #[test]
    fn bombs_are_refused() {
        let laughs = (1..40).fold("a0: &a0 [x, x, x, x]\n".to_owned(), |text, n| {
            let m = n - 1;
            format!("{text}a{n}: &a{n} [*a{m}, *a{m}, *a{m}, *a{m}]\n")
        });
        assert!(parse(&laughs).expect_err("too large").message.contains("values"));
        let ladder = (1..5000)
            .fold("a0: &a0 [x]\n".to_owned(), |text, n| format!("{text}a{n}: &a{n} [*a{}]\n", n - 1));
        assert!(parse(&ladder).expect_err("too deep").message.contains("nested"));
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
    }
}
