//! Templates with one property unknown.

use super::Variant;

/// Each property in turn, with all that is below it, is a parameter without a value.
pub(super) fn variants(text: &str) -> Vec<Variant> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut properties: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        let indent = indent(line);
        if line.trim() == "Properties:" {
            properties = Some(indent);
            continue;
        }
        if line.trim().is_empty() || properties.is_some_and(|outer| indent <= outer) {
            properties = None;
        }
        if properties.is_some() {
            found.extend(property(&lines, index));
        }
    }
    found
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn property(lines: &[&str], index: usize) -> Option<Variant> {
    let line = lines.get(index)?;
    let (head, value) = line.split_once(':')?;
    let name = head.trim().trim_start_matches("- ");
    if name.is_empty()
        || !name.chars().all(char::is_alphanumeric)
        || !(value.is_empty() || value.starts_with(' '))
    {
        return None;
    }
    // The column of the key: what is below it is further in, or a list at its own.
    let column = head.len() - name.len();
    let below = |next: &&&str| {
        let inner = indent(next);
        inner > column
            || inner == column && next.trim_start().starts_with("- ") && !head.trim_start().starts_with("- ")
    };
    let more = lines.iter().skip(index + 1).take_while(below).count();
    let changed = format!("{head}: !Ref Unknown");
    let before = lines.iter().take(index).copied();
    let after = lines.iter().skip(index + 1 + more).copied();
    let all: Vec<&str> = before.chain([changed.as_str()]).chain(after).collect();
    Some(Variant { name: format!("{name} ({})", index + 1), text: with_parameter(&all.join("\n")) })
}

fn with_parameter(text: &str) -> String {
    const UNKNOWN: &str = "Parameters:\n  Unknown: {Type: String}\n";
    match text.split_once("\nParameters:\n") {
        Some((before, after)) => format!("{before}\n{UNKNOWN}{after}\n"),
        None => format!("{text}\n{UNKNOWN}"),
    }
}
