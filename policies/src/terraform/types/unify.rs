//! The one type that values of several types can have, for conditionals, lists and maps.

use std::collections::BTreeMap;

use super::{Attribute, Type};

/// The type that all of these convert to, or none. `any` fits with everything.
pub(crate) fn unify(types: &[Type]) -> Option<Type> {
    let certain: Vec<&Type> = types.iter().filter(|kind| **kind != Type::Any).collect();
    let Some(first) = certain.first() else { return Some(Type::Any) };
    if certain.iter().all(|kind| kind == first) {
        return Some((*first).clone());
    }
    if certain.iter().all(|kind| matches!(kind, Type::Bool | Type::Number | Type::Text)) {
        return certain.contains(&&Type::Text).then_some(Type::Text);
    }
    if certain.iter().all(|kind| matches!(kind, Type::Object(_) | Type::Map(_))) {
        return objects(&certain);
    }
    sequences(&certain)
}

fn objects(types: &[&Type]) -> Option<Type> {
    let attributes: Vec<&BTreeMap<String, Attribute>> =
        types.iter().filter_map(|kind| attributes(kind)).collect();
    let (first, rest) =
        attributes.split_first().map_or((None, &[][..]), |(first, rest)| (Some(*first), rest));
    match first {
        Some(first)
            if attributes.len() == types.len() && rest.iter().all(|other| other.keys().eq(first.keys())) =>
        {
            let mut unified = BTreeMap::new();
            for name in first.keys() {
                let across: Vec<Type> =
                    attributes.iter().filter_map(|map| Some(map.get(name)?.kind.clone())).collect();
                unified.insert(name.clone(), unify(&across)?.into());
            }
            Some(Type::Object(unified))
        }
        _ => {
            let elements: Vec<Type> = types.iter().flat_map(|kind| members(kind)).collect();
            Some(Type::Map(Box::new(unify(&elements)?)))
        }
    }
}

fn attributes(kind: &Type) -> Option<&BTreeMap<String, Attribute>> {
    if let Type::Object(attributes) = kind { Some(attributes) } else { None }
}

/// The types of what a collection, tuple or object holds.
fn members(kind: &Type) -> Vec<Type> {
    match kind {
        Type::Object(attributes) => attributes.values().map(|attribute| attribute.kind.clone()).collect(),
        Type::Tuple(types) => types.clone(),
        Type::List(element) | Type::Set(element) | Type::Map(element) => vec![(**element).clone()],
        _ => Vec::new(),
    }
}

fn sequences(types: &[&Type]) -> Option<Type> {
    let tuples: Vec<&Vec<Type>> = types
        .iter()
        .filter_map(|kind| if let Type::Tuple(items) = kind { Some(items) } else { None })
        .collect();
    let length = tuples.first().map(|items| items.len());
    if tuples.len() == types.len() && tuples.iter().all(|items| Some(items.len()) == length) {
        let across = |index: usize| {
            let column: Vec<Type> = tuples.iter().filter_map(|items| items.get(index).cloned()).collect();
            unify(&column)
        };
        return (0..length?).map(across).collect::<Option<_>>().map(Type::Tuple);
    }
    let is_sequence = |kind: &&Type| matches!(kind, Type::List(_) | Type::Set(_) | Type::Tuple(_));
    if !types.iter().all(is_sequence) {
        return None;
    }
    // Sets convert to lists and tuples to sets, but each only to a type that is there already.
    let is_list = |kind: &&&Type| matches!(kind, Type::List(_));
    let is_set = |kind: &&&Type| matches!(kind, Type::Set(_));
    match (types.iter().find(is_list), types.iter().find(is_set)) {
        (Some(list), Some(_)) => return Some((**list).clone()),
        (None, Some(set)) if !tuples.is_empty() => return Some((**set).clone()),
        _ => {}
    }
    let elements: Vec<Type> = types.iter().flat_map(|kind| members(kind)).collect();
    let element = Box::new(unify(&elements)?);
    Some(if types.iter().any(|kind| matches!(kind, Type::Set(_))) {
        Type::Set(element)
    } else {
        Type::List(element)
    })
}
