//! The limits of [Block Kit](https://docs.slack.dev/reference/block-kit/blocks), as far as Wayleave's messages go.

use serde_json::Value;

pub(super) fn check(body: &Value) -> Result<(), &'static str> {
    let text = body["text"].as_str().unwrap_or_default();
    if text.chars().count() > 40_000 {
        return Err("msg_too_long");
    }
    let Some(blocks) = body["blocks"].as_array() else {
        return if text.is_empty() { Err("no_text") } else { Ok(()) };
    };
    if blocks.len() > 50 || !blocks.iter().all(is_valid) {
        return Err("invalid_blocks");
    }
    Ok(())
}

fn is_valid(block: &Value) -> bool {
    match block["type"].as_str() {
        Some("header") => is_text(&block["text"], &["plain_text"], 150),
        Some("section") => is_text(&block["text"], &["plain_text", "mrkdwn"], 3_000),
        Some("context") => list(&block["elements"], 10)
            .is_some_and(|all| all.iter().all(|element| is_text(element, &["plain_text", "mrkdwn"], 3_000))),
        Some("actions") => list(&block["elements"], 25).is_some_and(|all| all.iter().all(is_button)),
        Some("divider") => true,
        _ => false,
    }
}

fn list(value: &Value, longest: usize) -> Option<&Vec<Value>> {
    value.as_array().filter(|list| (1..=longest).contains(&list.len()))
}

fn is_text(text: &Value, types: &[&str], longest: usize) -> bool {
    let length = text["text"].as_str().map_or(0, |text| text.chars().count());
    text["type"].as_str().is_some_and(|kind| types.contains(&kind)) && (1..=longest).contains(&length)
}

fn is_button(element: &Value) -> bool {
    let within = |name: &str, longest: usize| {
        element[name].as_str().is_none_or(|text| (1..=longest).contains(&text.chars().count()))
    };
    element["type"] == "button"
        && is_text(&element["text"], &["plain_text"], 75)
        && within("value", 2_000)
        && within("action_id", 255)
        && (element["confirm"].is_null() || is_confirmation(&element["confirm"]))
}

fn is_confirmation(confirm: &Value) -> bool {
    is_text(&confirm["title"], &["plain_text"], 100)
        && is_text(&confirm["text"], &["plain_text"], 300)
        && is_text(&confirm["confirm"], &["plain_text"], 30)
        && is_text(&confirm["deny"], &["plain_text"], 30)
}
