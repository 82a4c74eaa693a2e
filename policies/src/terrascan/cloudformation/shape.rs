//! How Terrascan writes a CloudFormation resource as one of Terraform's: every field that it knows is there, empty when
//! the template says nothing, unless it is marked as left out.

use serde_json::{Map, Value};

use super::super::term::go_json;

/// A type with the one that it stands for.
pub(super) struct Mapping {
    pub(super) from: &'static str,
    pub(super) main: Shape,
    /// Further resources that Terrascan makes of parts of this one.
    pub(super) parts: &'static [Part],
}

/// A resource's attributes.
pub(super) struct Shape {
    pub(super) to: &'static str,
    pub(super) fields: &'static [Field],
}

/// A resource made of a part of another.
pub(super) struct Part {
    pub(super) shape: Shape,
    pub(super) each: Each,
    pub(super) name: Name,
}

/// Which parts there are.
pub(super) enum Each {
    Always,
    /// When the property is there.
    When(&'static str),
    /// One for each item of the property.
    Item(&'static str),
}

/// What a part is called.
pub(super) enum Name {
    /// By a property of the whole.
    Property(&'static str),
    /// By a property of the whole and the number of the item.
    Numbered(&'static str),
    /// By a property of the item and its number.
    ItemNumbered(&'static str),
    /// By the logical name and the number of the item.
    LogicalNumbered,
    Fixed(&'static str),
}

/// One attribute.
pub(super) struct Field {
    key: &'static str,
    path: &'static str,
    kind: Kind,
    left_out: bool,
}

enum Kind {
    Text,
    Lower,
    Int,
    /// A number in a text.
    Digits,
    Flag,
    /// Whether a text is this one.
    Is(&'static str),
    Texts,
    /// A list of one text.
    OneText,
    Any,
    /// An empty object when there is nothing.
    AnyObject,
    /// JSON as text.
    Json,
    /// `{Key, Value}` pairs as an object.
    Tags,
    /// `{Key, Value}` pairs as they are, without what is empty.
    RawTags,
    /// An object of texts.
    TextMap,
    /// Whether it is there.
    Present,
    Fixed(&'static str),
    /// A fixed text with the logical name behind it.
    Logical(&'static str),
    /// A list of one object.
    Block(&'static [Field]),
    /// A list of one object, whatever the template says.
    Always(&'static [Field]),
    Blocks(&'static [Field]),
    Object(&'static [Field]),
    /// The value of the attribute of this key in a list of `{Key, Value}`.
    AttributeText(&'static str),
    AttributeFlag(&'static str),
}

macro_rules! constructors {
    ($($name:ident $kind:ident),* $(,)?) => { $(
        pub(super) const fn $name(key: &'static str, path: &'static str) -> Field {
            Field { key, path, kind: Kind::$kind, left_out: false }
        }
    )* };
}
constructors!(
    text Text, lower Lower, int Int, digits Digits, flag Flag, texts Texts, one_text OneText, any Any, any_object AnyObject,
    json Json, tag_map Tags, raw_tag_list RawTags, text_map TextMap, present Present,
);

macro_rules! nested {
    ($($name:ident $kind:ident),* $(,)?) => { $(
        pub(super) const fn $name(key: &'static str, path: &'static str, fields: &'static [Field]) -> Field {
            Field { key, path, kind: Kind::$kind(fields), left_out: false }
        }
    )* };
}
nested!(block Block, always Always, blocks Blocks, object Object);

macro_rules! worded {
    ($($name:ident $kind:ident),* $(,)?) => { $(
        pub(super) const fn $name(key: &'static str, path: &'static str, word: &'static str) -> Field {
            Field { key, path, kind: Kind::$kind(word), left_out: false }
        }
    )* };
}
worded!(is Is, attribute_text AttributeText, attribute_flag AttributeFlag);

pub(super) const fn name(path: &'static str) -> Field {
    text("name", path)
}

/// Tags as Terraform writes them.
pub(super) const fn tags(path: &'static str) -> Field {
    tag_map("tags", path)
}

/// Tags as the template writes them.
pub(super) const fn raw_tags(path: &'static str) -> Field {
    raw_tag_list("tags", path)
}

pub(super) const fn fixed(key: &'static str, word: &'static str) -> Field {
    Field { key, path: "", kind: Kind::Fixed(word), left_out: false }
}

pub(super) const fn logical(key: &'static str, prefix: &'static str) -> Field {
    Field { key, path: "", kind: Kind::Logical(prefix), left_out: false }
}

impl Field {
    /// Left out when it is empty.
    pub(super) const fn opt(mut self) -> Self {
        self.left_out = true;
        self
    }
}

/// What a resource's attributes are read from.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) logical: &'a str,
    pub(super) whole: &'a Value,
    pub(super) here: &'a Value,
}

impl<'a> Scope<'a> {
    /// A property by its dotted path; one of the whole after `^`. Terrascan's own struct may be empty on the way.
    pub(super) fn find(&self, path: &str) -> &'a Value {
        let (start, path) = match path.strip_prefix('^') {
            Some(path) => (self.whole, path),
            None => (self.here, path),
        };
        let parts = path.split('.').filter(|part| !part.is_empty());
        parts.fold(start, |value, part| value.get(part).unwrap_or(&Value::Null))
    }

    pub(super) fn text(&self, path: &str) -> String {
        text_of(self.find(path))
    }

    fn at(&self, here: &'a Value) -> Self {
        Self { here, ..*self }
    }

    /// A whole resource: its tags and name are always there.
    pub(super) fn resource(&self, fields: &[Field]) -> Value {
        let mut written = Map::new();
        written.insert("tags".into(), Value::Null);
        written.insert("name".into(), "".into());
        self.write(fields, &mut written);
        Value::Object(written)
    }

    fn fields(&self, fields: &[Field]) -> Value {
        let mut written = Map::new();
        self.write(fields, &mut written);
        Value::Object(written)
    }

    fn write(&self, fields: &[Field], written: &mut Map<String, Value>) {
        for field in fields {
            let value = self.value(field);
            if field.left_out && is_empty(&value) {
                written.remove(field.key);
            } else {
                written.insert(field.key.to_owned(), value);
            }
        }
    }

    fn value(&self, field: &Field) -> Value {
        let found = self.find(field.path);
        let items = || found.as_array().map(Vec::as_slice).unwrap_or_default();
        match &field.kind {
            Kind::Text => text_of(found).into(),
            Kind::Lower => text_of(found).to_lowercase().into(),
            Kind::Int => int_of(found).into(),
            Kind::Digits => text_of(found).parse::<i64>().unwrap_or_default().into(),
            Kind::Flag => flag_of(found).into(),
            Kind::Is(word) => (text_of(found) == *word).into(),
            Kind::Texts if found.is_array() => items().iter().map(text_of).collect(),
            Kind::Texts => Value::Null,
            Kind::OneText => Value::Array(vec![text_of(found).into()]),
            Kind::Any => found.clone(),
            Kind::AnyObject => {
                if found.is_null() {
                    Value::Object(Map::new())
                } else {
                    found.clone()
                }
            }
            Kind::Json => go_json(found).into(),
            Kind::Tags => tags_of(found),
            Kind::RawTags => raw_tags_of(found),
            Kind::TextMap => text_map_of(found),
            Kind::Present => (!found.is_null()).into(),
            Kind::Fixed(word) => (*word).into(),
            Kind::Logical(prefix) => format!("{prefix}{}", self.logical).into(),
            Kind::Block(_) | Kind::Blocks(_) if found.is_null() => Value::Null,
            Kind::Block(fields) | Kind::Always(fields) => Value::Array(vec![self.at(found).fields(fields)]),
            Kind::Blocks(fields) => items().iter().map(|item| self.at(item).fields(fields)).collect(),
            Kind::Object(fields) => self.at(found).fields(fields),
            Kind::AttributeText(key) => attribute(items(), key).into(),
            Kind::AttributeFlag(key) => (attribute(items(), key) == "true").into(),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) | Value::Bool(true) => false,
    }
}

fn attribute(items: &[Value], key: &str) -> String {
    let of_key = |item: &&Value| item.get("Key").is_some_and(|found| text_of(found) == key);
    items.iter().rev().find(of_key).and_then(|item| item.get("Value")).map(text_of).unwrap_or_default()
}

/// The text of a scalar; nothing for what is none.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => String::new(),
    }
}

fn int_of(value: &Value) -> i64 {
    match value {
        // The fraction is cut off, as Go does it.
        #[allow(clippy::cast_possible_truncation)]
        Value::Number(number) => {
            number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)).unwrap_or_default()
        }
        Value::String(text) => text.parse().unwrap_or_default(),
        _ => 0,
    }
}

fn flag_of(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::String(text) => ["1", "t", "T", "true", "TRUE", "True"].contains(&text.as_str()),
        _ => false,
    }
}

fn tags_of(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let word = |item: &Value, key: &str| item.get(key).map(text_of).unwrap_or_default();
            let pairs = items.iter().map(|item| (word(item, "Key"), Value::from(word(item, "Value"))));
            Value::Object(pairs.filter(|(key, _)| !key.is_empty()).collect())
        }
        Value::Object(_) => value.clone(),
        _ => Value::Object(Map::new()),
    }
}

fn raw_tags_of(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let pairs = |item: &Value| {
        let pair = |key: &str| {
            Some((key.to_owned(), item.get(key).map(text_of).filter(|text| !text.is_empty())?.into()))
        };
        Value::Object(["Key", "Value"].into_iter().filter_map(pair).collect())
    };
    items.iter().map(pairs).collect()
}

fn text_map_of(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, item)| (key.clone(), text_of(item).into())).collect())
        }
        _ => Value::Null,
    }
}
