//! Terraform with one attribute, or the number of one block, unknown.

use super::Variant;

/// Each attribute's value in turn is a variable without a value; each nested block in turn is one of an unknown number.
pub(super) fn variants(text: &str) -> Vec<Variant> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let (mut depth, mut header) = (0, "");
    for (index, line) in lines.iter().enumerate() {
        if depth == 0 {
            header = line.split_whitespace().next().unwrap_or_default();
        }
        // What is at the top are blocks and their headers; what modules and providers are must be written.
        if depth > 0 && !matches!(header, "terraform" | "module") {
            let changed = attribute(&lines, index).or_else(|| block(&lines, index));
            found.extend(
                changed.map(|(name, text)| Variant { name: format!("{name} ({})", index + 1), text }),
            );
        }
        depth += balance(line);
    }
    found
}

/// Brackets that a line opens, less those that it closes.
fn balance(line: &str) -> i32 {
    let mut quoted = false;
    let mut balance = 0;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            '{' | '[' | '(' if !quoted => balance += 1,
            '}' | ']' | ')' if !quoted => balance -= 1,
            _ => {}
        }
    }
    balance
}

/// The last line of what begins on this one.
fn end(lines: &[&str], first: usize) -> usize {
    let mut depth = 0;
    for (index, line) in lines.iter().enumerate().skip(first) {
        depth += balance(line);
        if depth <= 0 {
            return index;
        }
    }
    lines.len().saturating_sub(1)
}

fn attribute(lines: &[&str], index: usize) -> Option<(String, String)> {
    let line = lines.get(index)?;
    let (name, value) = line.split_once('=')?;
    let plain = name
        .trim()
        .trim_matches('"')
        .chars()
        .all(|letter| letter.is_alphanumeric() || "_:.-".contains(letter));
    // A heredoc ends where its own word says, and a block on one line is no attribute.
    if !plain || name.trim().is_empty() || value.starts_with('=') || value.contains("<<") {
        return None;
    }
    let comma = if value.trim_end().ends_with(',') { "," } else { "" };
    let changed = format!("{name}= var.unknown{comma}");
    Some((name.trim().to_owned(), put(lines, index, end(lines, index), &changed)))
}

fn block(lines: &[&str], index: usize) -> Option<(String, String)> {
    let name = lines.get(index)?.trim().strip_suffix('{')?.trim();
    if !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') || name.is_empty() {
        return None;
    }
    let last = end(lines, index);
    let inner = lines.get(index + 1..last)?.join("\n");
    // What Terraform itself reads cannot be made by number.
    if matches!(name, "lifecycle" | "provisioner" | "connection" | "content") {
        return None;
    }
    let changed = format!("dynamic \"{name}\" {{\nfor_each = var.unknown\ncontent {{\n{inner}\n}}\n}}");
    Some((format!("{name} block"), put(lines, index, last, &changed)))
}

/// The text with these lines replaced, and with the variable.
fn put(lines: &[&str], first: usize, last: usize, changed: &str) -> String {
    let before = lines.iter().take(first).copied();
    let after = lines.iter().skip(last + 1).copied();
    let all: Vec<&str> =
        before.chain([changed]).chain(after).chain(["variable \"unknown\" {}", ""]).collect();
    all.join("\n")
}
