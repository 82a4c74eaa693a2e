//! The page of a rule: why, how to mend, parameters, frameworks and links.

use crate::metadata::Metadata;
use crate::resource::Engine;

use super::printable;

/// The page as text.
pub fn render(rule: &Metadata) -> String {
    let engines: Vec<&str> = rule.engines.iter().copied().map(Engine::as_str).collect();
    let mut page = format!(
        "{}: {}\n\nseverity  {}\ncategory  {}\nengines   {}\n",
        rule.id,
        rule.title,
        rule.severity,
        rule.category,
        engines.join(", ")
    );
    part(&mut page, "Why", &rule.why);
    part(&mut page, "How to mend it", &rule.remedy);
    let parameters = rule.parameters.iter();
    let parameters = parameters.map(|(name, parameter)| {
        format!("{name} = {}\n  {}\n", parameter.default, parameter.description.trim())
    });
    part(&mut page, "Parameters, with their defaults", &parameters.collect::<String>());
    let frameworks = rule.frameworks.iter();
    let frameworks = frameworks.map(|(name, controls)| format!("{name}: {}\n", controls.join(", ")));
    part(&mut page, "Frameworks", &frameworks.collect::<String>());
    part(&mut page, "See", &rule.links.join("\n"));
    printable(&page)
}

/// The page as Markdown, for the documentation: the same in the same order.
pub fn markdown(rule: &Metadata) -> String {
    let engines: Vec<&str> = rule.engines.iter().copied().map(Engine::as_str).collect();
    let mut page = format!(
        "# {}: {}\n\n{}\n\n| severity | category | engines |\n|---|---|---|\n| {} | {} | {} |\n",
        rule.id,
        rule.title,
        rule.why,
        rule.severity,
        rule.category,
        engines.join(", ")
    );
    section(&mut page, "How to mend it", &format!("```text\n{}\n```\n", rule.remedy.trim_end()));
    let parameters = rule.parameters.iter().map(|(name, parameter)| {
        format!("| `{name}` | `{}` | {} |\n", parameter.default, parameter.description.trim())
    });
    table(&mut page, "Parameters", "| name | default | |\n|---|---|---|\n", parameters);
    let controls =
        rule.frameworks.iter().map(|(name, controls)| format!("| {name} | {} |\n", controls.join(", ")));
    table(&mut page, "Controls", "| framework | controls |\n|---|---|\n", controls);
    let links = rule.links.iter().map(|link| format!("- <{link}>\n"));
    table(&mut page, "Further reading", "", links);
    page
}

fn table(page: &mut String, title: &str, head: &str, rows: impl Iterator<Item = String>) {
    let rows: String = rows.collect();
    if !rows.is_empty() {
        section(page, title, &format!("{head}{rows}"));
    }
}

fn section(page: &mut String, title: &str, text: &str) {
    page.push_str(&format!("\n## {title}\n\n{text}"));
}

fn part(page: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        let lines = text.trim_end().lines();
        let indented: Vec<String> = lines.map(|line| format!("  {line}").trim_end().to_owned()).collect();
        page.push_str(&format!("\n{title}\n{}\n", indented.join("\n")));
    }
}
