//! Intrinsic functions, worked out where that is possible from the template and its parameters.
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::parameters::{self, Given};
use crate::marker;
use crate::yaml::{Data, Entry, Node};

/// Bytes that functions may produce for one template, which itself has 1 MB at most. Rules make copies of them.
const MAX_EXPANSION: usize = 4 * 1024 * 1024;

/// Works out the values of one template's properties.
pub(super) struct Evaluator<'a> {
    parameters: Option<&'a Node>,
    mappings: Option<&'a Node>,
    pub(super) conditions: Option<&'a Node>,
    given: &'a Given,
    /// Outcomes of named conditions.
    pub(super) decided: RefCell<HashMap<String, Option<bool>>>,
    /// Bytes that functions may still produce.
    budget: Cell<usize>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(root: &'a Node, given: &'a Given) -> Self {
        Self {
            parameters: root.get("Parameters"),
            mappings: root.get("Mappings"),
            conditions: root.get("Conditions"),
            given,
            decided: RefCell::new(HashMap::new()),
            budget: Cell::new(MAX_EXPANSION),
        }
    }

    /// Whether something was left unknown only because the bound was reached.
    pub(super) fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// A node's value, with markers where it cannot be known.
    pub(super) fn value(&self, node: &Node) -> Value {
        if let Some((name, argument)) = self.call(node) {
            if self.is_exhausted() {
                return marker::unknown([]);
            }
            return self.charged(self.apply(name, &argument));
        }
        match &node.data {
            Data::List(items) => self.list(items),
            Data::Map(entries) => self.map(entries),
            _ => node.to_json(),
        }
    }

    fn list(&self, items: &[Node]) -> Value {
        items.iter().map(|item| self.value(item)).filter(|value| !marker::is_removed(value)).collect()
    }

    /// What a macro or a loop that could not be unrolled writes into a map is not there to be read.
    fn map(&self, entries: &[Entry]) -> Value {
        if entries.iter().any(|entry| is_writer(&entry.key)) {
            return depending(&entries.iter().map(|entry| self.value(&entry.value)).collect());
        }
        let values = entries.iter().map(|entry| (entry.key.clone(), self.value(&entry.value)));
        Value::Object(values.filter(|(_, value)| !marker::is_removed(value)).collect())
    }

    /// The function that a node calls, by its long name, with its argument.
    pub(super) fn call<'n>(&self, node: &'n Node) -> Option<(&'n str, Cow<'n, Node>)> {
        if let Some(tag) = &node.tag {
            return Some((long_name(tag)?, Cow::Owned(Node { tag: None, ..node.clone() })));
        }
        match node.entries() {
            [only] if only.key == "Ref" || only.key == "Condition" || is_function(&only.key) => {
                // A policy statement's `Condition` is a map; only a name calls a condition.
                let calls = only.key != "Condition" || only.value.text().is_some();
                calls.then_some((only.key.as_str(), Cow::Borrowed(&only.value)))
            }
            _ => None,
        }
    }

    fn charged(&self, value: Value) -> Value {
        if self.charged_bytes(size(&value)) { value } else { marker::unknown([]) }
    }

    /// Takes bytes from the budget, and says whether there were that many.
    fn charged_bytes(&self, bytes: usize) -> bool {
        let left = self.budget.get().saturating_sub(bytes);
        self.budget.set(left);
        left > 0
    }

    fn apply(&self, name: &str, argument: &Node) -> Value {
        match name {
            "Ref" => self.reference(argument),
            "Fn::GetAtt" => self.attribute(argument),
            "Fn::Sub" => self.substitute(argument),
            "Fn::Join" => self.join(argument),
            "Fn::FindInMap" => self.find_in_map(argument),
            "Fn::If" => self.choose(argument),
            "Fn::Select" => self.select(argument),
            "Fn::Split" => self.split(argument),
            "Fn::ToJsonString" => self.json_text(argument),
            "Fn::Length" => self.length(argument),
            // Terraform's attributes hold the text that is encoded.
            "Fn::Base64" => self.value(argument),
            "Fn::Cidr" => self.cidr(argument),
            _ => self.opaque(argument),
        }
    }

    /// A function whose outcome is not in the template, and the resources that its arguments name.
    fn opaque(&self, argument: &Node) -> Value {
        depending(&self.value(argument))
    }

    fn reference(&self, argument: &Node) -> Value {
        let Some(name) = argument.text() else { return self.opaque(argument) };
        self.named(name)
    }

    /// A parameter's value, or a marker that names a resource.
    fn named(&self, name: &str) -> Value {
        let declared = self.parameters.and_then(|parameters| parameters.get(name));
        parameters::value(name, declared, self.given).unwrap_or_else(|| marker::unknown([name.to_owned()]))
    }

    fn attribute(&self, argument: &Node) -> Value {
        let resource = match &argument.data {
            Data::Text(text) => text.split('.').next(),
            Data::List(items) => items.first().and_then(Node::text),
            _ => None,
        };
        marker::unknown(resource.map(str::to_owned))
    }

    fn substitute(&self, argument: &Node) -> Value {
        let (template, own) = match &argument.data {
            Data::Text(text) => (text.as_str(), None),
            Data::List(items) => match items.as_slice() {
                [template, own] => (template.text().unwrap_or_default(), Some(own)),
                _ => return self.opaque(argument),
            },
            _ => return self.opaque(argument),
        };
        // A name's value is worked out once, however often it stands in the text.
        let mut known: HashMap<&str, Value> = HashMap::new();
        let parts = substitution_parts(template).into_iter().map(|part| match part {
            Part::Text(text) => Value::from(text),
            Part::Name(name) => match own.and_then(|own| own.get(name)) {
                Some(node) => self.charged(known.entry(name).or_insert_with(|| self.value(node)).clone()),
                None if name.contains('.') => marker::unknown(name.split('.').next().map(str::to_owned)),
                None => self.charged(self.named(name)),
            },
        });
        concatenated(&parts.collect::<Vec<_>>(), "")
    }

    fn join(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        let Some(arguments) = value.as_array() else { return depending(&value) };
        match arguments.as_slice() {
            [Value::String(separator), Value::Array(items)] => {
                let room = self.charged_bytes(separator.len().saturating_mul(items.len()));
                if room { concatenated(items, separator) } else { depending(&value) }
            }
            _ => depending(&value),
        }
    }

    fn find_in_map(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        let Some(arguments) = value.as_array() else { return depending(&value) };
        let words: Option<Vec<_>> = arguments.iter().take(3).map(text_of).collect();
        let Some(words) = words else { return self.fallback(arguments) };
        let found = words.iter().try_fold(self.mappings, |node, word| Some(node?.get(word))).flatten();
        found.map_or_else(|| self.fallback(arguments), Node::to_json)
    }

    /// `DefaultValue` of the language extensions is right only where the key is known to be missing.
    fn fallback(&self, arguments: &[Value]) -> Value {
        let known = arguments.iter().take(3).all(|argument| !marker::is_unknown(argument));
        let default = arguments.get(3).and_then(|options| options.get("DefaultValue"));
        match default {
            Some(default) if known => default.clone(),
            _ => marker::unknown([]),
        }
    }

    fn choose(&self, argument: &Node) -> Value {
        let Data::List(items) = &argument.data else { return self.opaque(argument) };
        let [condition, yes, no] = items.as_slice() else { return self.opaque(argument) };
        let Some(name) = condition.text() else { return self.opaque(argument) };
        match self.condition(name) {
            Some(true) => self.value(yes),
            Some(false) => self.value(no),
            None => {
                let (yes, no) = (self.value(yes), self.value(no));
                if yes == no { yes } else { depending(&[yes, no].into_iter().collect()) }
            }
        }
    }

    fn select(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        let Some(arguments) = value.as_array() else { return depending(&value) };
        let picked = match arguments.as_slice() {
            [index, Value::Array(items)] => text_of(index)
                .and_then(|index| index.parse::<usize>().ok())
                .and_then(|index| items.get(index)),
            _ => None,
        };
        picked.cloned().unwrap_or_else(|| depending(&value))
    }

    fn split(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        let Some(arguments) = value.as_array() else { return depending(&value) };
        match arguments.as_slice() {
            [Value::String(separator), Value::String(text)] if !separator.is_empty() => {
                text.split(separator.as_str()).map(Value::from).collect()
            }
            _ => depending(&value),
        }
    }

    fn json_text(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        match depending_on(&value) {
            Some(references) => marker::unknown_text(references, value),
            None => value.to_string().into(),
        }
    }

    fn cidr(&self, argument: &Node) -> Value {
        let value = self.value(argument);
        subnets(&value).unwrap_or_else(|| depending(&value))
    }

    fn length(&self, argument: &Node) -> Value {
        match self.value(argument) {
            Value::Array(items) => items.len().into(),
            other => depending(&other),
        }
    }
}

fn is_function(key: &str) -> bool {
    key.starts_with("Fn::") && !key.starts_with("Fn::ForEach::")
}

/// The long name of a short tag; none for a tag that is no function of CloudFormation's.
fn long_name(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "Ref" => "Ref",
        "Condition" => "Condition",
        "GetAtt" => "Fn::GetAtt",
        "Sub" => "Fn::Sub",
        "Join" => "Fn::Join",
        "FindInMap" => "Fn::FindInMap",
        "If" => "Fn::If",
        "Select" => "Fn::Select",
        "Split" => "Fn::Split",
        "ImportValue" => "Fn::ImportValue",
        "Base64" => "Fn::Base64",
        "Cidr" => "Fn::Cidr",
        "GetAZs" => "Fn::GetAZs",
        "Transform" => "Fn::Transform",
        "ToJsonString" => "Fn::ToJsonString",
        "Length" => "Fn::Length",
        "Equals" => "Fn::Equals",
        "And" => "Fn::And",
        "Or" => "Fn::Or",
        "Not" => "Fn::Not",
        _ => return None,
    })
}

/// A piece of a `Sub` template.
enum Part<'t> {
    Text(&'t str),
    Name(&'t str),
}

/// Splits at `${Name}`; `${!Name}` stands for itself.
fn substitution_parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, tail)) = after.split_once('}') else { break };
        parts.push(Part::Text(before));
        match name.strip_prefix('!') {
            Some(literal) => parts.extend([Part::Text("${"), Part::Text(literal), Part::Text("}")]),
            None => parts.push(Part::Name(name.trim())),
        }
        rest = tail;
    }
    parts.push(Part::Text(rest));
    parts
}

fn concatenated(parts: &[Value], separator: &str) -> Value {
    let texts: Option<Vec<_>> = parts.iter().map(text_of).collect();
    match texts {
        Some(texts) => texts.join(separator).into(),
        None => depending(&parts.to_vec().into()),
    }
}

/// A scalar as CloudFormation prints it.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The resources that a value depends on, if it is not wholly known.
fn depending_on(value: &Value) -> Option<Vec<String>> {
    marker::is_within(value).then(|| {
        let mut found = Vec::new();
        gather(value, &mut found);
        found
    })
}

/// Whether a key writes the map that it stands in.
pub(super) fn is_writer(key: &str) -> bool {
    key == "Fn::Transform" || key.starts_with("Fn::ForEach::")
}

/// The first blocks of an IPv4 network.
/// See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html>.
fn subnets(arguments: &Value) -> Option<Value> {
    let arguments = arguments.as_array()?;
    let (network, length) = arguments.first()?.as_str()?.split_once('/')?;
    let network = u32::from(network.parse::<std::net::Ipv4Addr>().ok()?);
    let (length, count) = (length.parse::<u32>().ok()?, text_of(arguments.get(1)?)?.parse::<u32>().ok()?);
    let bits = arguments.get(2).map_or(Some(8), |bits| text_of(bits)?.parse::<u32>().ok())?;
    if length > 32 || bits >= 32 || bits + length > 32 || count > 256 {
        return None;
    }
    let block = |index: u32| {
        let address = network.checked_add(index.checked_mul(1 << bits)?)?;
        Some(Value::from(format!("{}/{}", std::net::Ipv4Addr::from(address), 32 - bits)))
    };
    (0..count).map(block).collect::<Option<Vec<_>>>().map(Value::from)
}

/// A marker for what cannot be known, since it is made of this value.
///
/// Arguments are worked out once and handed on: doing it again here would double the work at each level of nesting.
fn depending(value: &Value) -> Value {
    let mut found = Vec::new();
    gather(value, &mut found);
    marker::unknown(found)
}

fn gather(value: &Value, found: &mut Vec<String>) {
    if let Some(references) = marker::references(value) {
        found.extend(references);
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Object(map) => map.values().for_each(|item| gather(item, found)),
        _ => {}
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 1,
        Value::Array(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Object(map) => object_size(map),
        _ => 1,
    }
}

fn object_size(map: &Map<String, Value>) -> usize {
    map.iter().map(|(key, value)| key.len() + size(value)).sum::<usize>() + 1
}
