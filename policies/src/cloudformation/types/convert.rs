//! Properties brought to where the table says.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::place::{self, Place, Step};
use super::shape;
use super::table::{How, Kind, Row};
use super::{Mapped, flag, snake_case};
use crate::marker;

/// Fields of the items of lists of keys and values: the key's, the value's.
const PAIRS: &[(&str, &str)] = &[
    ("Key", "Value"),
    ("Name", "Value"),
    ("KeyType", "AttributeName"),
    ("ParameterName", "ParameterValue"),
    ("FunctionVersion", "FunctionWeight"),
];

/// The resources that one stands for: itself first, then those beside it.
pub(super) fn convert(kind: &'static Kind, name: &str, properties: &Value, is_open: bool) -> Vec<Mapped> {
    let mut conversion = Conversion { kind, found: BTreeMap::from([(kind.to, json!({}))]) };
    let root = Place::root(kind.to);
    if marker::is_unknown(properties) {
        conversion.unknown_below("", properties, &root);
    } else {
        conversion.fields("", properties, &root);
    }
    if is_open {
        conversion.unknown_below("", &marker::unknown([]), &root);
    }
    conversion.resources(name)
}

struct Conversion {
    kind: &'static Kind,
    found: BTreeMap<&'static str, Value>,
}

impl Conversion {
    fn resources(mut self, name: &str) -> Vec<Mapped> {
        let own = self.found.remove(self.kind.to).unwrap_or_default();
        let mut mapped = vec![Mapped::new(self.kind.to, own)];
        for (kind, attribute) in &self.kind.beside {
            if let Some(mut values) = self.found.remove(kind) {
                place::put(
                    &mut values,
                    &[Step::Name((*attribute).to_owned())],
                    marker::unknown([name.to_owned()]),
                );
                mapped.push(Mapped::new(kind, values));
            }
        }
        mapped
    }

    fn put(&mut self, place: &Place, value: Value) {
        let root = self.found.entry(place.kind).or_insert(Value::Null);
        match (place.steps.is_empty(), marker::is_unknown(&value)) {
            (false, _) => place::put(root, &place.steps, value),
            (true, false) => place::put(root, &[], Map::new().into()),
            // What is not known may be any field of the resource: the path of what holds them all is empty.
            (true, true) => place::put(root, &[Step::Name(String::new())], value),
        }
    }

    /// The fields of an object whose own place is given.
    fn fields(&mut self, path: &str, object: &Value, here: &Place) {
        for (key, value) in object.as_object().into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.follow(&path, value, here);
            self.property(&path, key, value, here);
        }
    }

    /// Values that follow from a property's being there.
    fn follow(&mut self, path: &str, value: &Value, here: &Place) {
        let kind = self.kind;
        for (_, target, constant) in kind.set.iter().filter(|(from, _, _)| *from == path) {
            let constant = if marker::is_unknown(value) { value.clone() } else { constant.clone() };
            self.put(&here.toward(kind.to, target), constant);
        }
    }

    fn property(&mut self, path: &str, key: &str, value: &Value, here: &Place) {
        let kind = self.kind;
        if kind.keyed.contains(path) {
            return self.keyed(path, value, here);
        }
        match (kind.rows.get(path), kind.anywhere.get(key)) {
            (Some(row), _) => self.row(path, row, value, here),
            (None, Some(name)) => self.assign(path, value, &here.field(*name)),
            (None, None) if key.ends_with("Tags") => self.tags(&here.field(snake_case(key)), value),
            (None, None) => self.assign(path, value, &here.field(snake_case(key))),
        }
    }

    fn row(&mut self, path: &str, row: &Row, value: &Value, here: &Place) {
        let place = here.toward(self.kind.to, &row.to);
        if row.how == How::Drop {
            return;
        }
        if marker::is_unknown(value) {
            self.put(&place, value.clone());
            return self.unknown_below(path, value, &place);
        }
        match row.how {
            How::Map => self.put(&place, value.clone()),
            How::Pairs => self.tags(&place, value),
            How::First => {
                let first = value.as_array().map_or(Some(value), |items| items.first());
                first.into_iter().for_each(|first| self.assign(path, first, &place));
            }
            How::Not => self.put(&place, flag(value).as_bool().map_or(Value::Null, |flag| (!flag).into())),
            How::Is(word) => {
                self.put(&place, value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(word)).into());
            }
            How::Entries(key, field) => self.entries(path, value, &place, key, field),
            How::Usual if row.to.push => self.push(path, value, &place),
            How::Usual if place.name() == "tags" => self.tags(&place, value),
            _ => self.assign(path, value, &place),
        }
    }

    /// One more item for each value.
    fn push(&mut self, path: &str, value: &Value, place: &Place) {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            let list = self.found.get(place.kind).and_then(|root| place::at(root, &place.steps));
            let index = list.and_then(Value::as_array).map_or(0, Vec::len);
            self.assign(path, value, &place.item(index));
        }
    }

    /// A map as a list of blocks that carry their keys.
    fn entries(&mut self, path: &str, value: &Value, place: &Place, key: &str, field: Option<&str>) {
        for (index, (name, value)) in value.as_object().into_iter().flatten().enumerate() {
            let item = place.item(index);
            self.put(&item.field(key), name.clone().into());
            match field {
                Some(field) => self.put(&item.field(field), shape::item(field, value)),
                None => self.assign(path, value, &item),
            }
        }
    }

    /// A list of keys and values, each of which has a row of its own.
    fn keyed(&mut self, path: &str, value: &Value, here: &Place) {
        if marker::is_unknown(value) {
            return self.unknown_below(path, value, here);
        }
        let single = std::slice::from_ref(value);
        for item in value.as_array().map_or(single, Vec::as_slice) {
            if marker::is_unknown(item) {
                self.unknown_below(path, item, here);
            } else if let Some((key, value)) = pair(item) {
                let path = format!("{path}[{key}]");
                if let Some(row) = self.kind.rows.get(path.as_str()) {
                    self.follow(&path, value, here);
                    self.row(&path, row, value, here);
                }
            }
        }
    }

    fn tags(&mut self, place: &Place, value: &Value) {
        self.put(place, tags(value));
    }

    fn assign(&mut self, path: &str, value: &Value, place: &Place) {
        match value {
            _ if marker::is_unknown(value) => {
                self.put(place, value.clone());
                self.unknown_below(path, value, place);
            }
            Value::Object(map) if is_document(map) => self.put(place, value.clone()),
            Value::Object(_) => {
                let place = place.block();
                self.put(&place, Map::new().into());
                self.fields(path, value, &place);
            }
            Value::Array(items) => {
                if items.is_empty() {
                    self.put(place, value.clone());
                }
                // A list whose place is an object already pours its items into it.
                let is_open = matches!(place.steps.last(), Some(Step::Name(_)));
                for (index, item) in items.iter().enumerate() {
                    if is_open {
                        self.assign(path, item, &place.item(index));
                    } else if item.is_object() {
                        self.assign(path, item, place);
                    } else {
                        self.put(place, value.clone());
                    }
                }
            }
            scalar => {
                let is_item = matches!(place.steps.last(), Some(Step::Item(_)));
                let typed = if is_item { shape::item } else { shape::attribute };
                self.put(place, typed(place.name(), scalar));
            }
        }
    }

    /// What stands below an unknown value is unknown, wherever it goes.
    fn unknown_below(&mut self, path: &str, unknown: &Value, here: &Place) {
        let kind = self.kind;
        let is_below = |from: &str| {
            path.is_empty() || from.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        let rows =
            kind.rows.iter().filter(|(_, row)| row.how != How::Drop).map(|(from, row)| (*from, &row.to));
        let set = kind.set.iter().map(|(from, to, _)| (*from, to));
        let mut below: Vec<_> = rows.chain(set).filter(|(from, _)| is_below(from)).collect();
        // What holds the rest comes first.
        below.sort_by_key(|(from, _)| *from);
        for (_, target) in below {
            let place = here.toward(kind.to, target);
            if here.steps.is_empty() || !here.holds(&place) {
                self.put(&place, unknown.clone());
            }
        }
    }
}

/// The key and the value of an item.
fn pair(item: &Value) -> Option<(&str, &Value)> {
    PAIRS.iter().find_map(|(key, value)| Some((item.get(key)?.as_str()?, item.get(value)?)))
}

/// A list of keys and values as a map; what has an item that is not known is not known.
fn tags(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let mut map = Map::new();
    for item in items {
        if marker::is_unknown(item) {
            return item.clone();
        }
        match (item.get("Key"), pair(item)) {
            (_, Some((key, value))) => drop(map.insert(key.to_owned(), shape::text(value))),
            (Some(key), None) if marker::is_unknown(key) => return key.clone(),
            _ => {}
        }
    }
    map.into()
}

/// An IAM policy document is kept as it is written.
fn is_document(map: &Map<String, Value>) -> bool {
    map.contains_key("Statement")
}
