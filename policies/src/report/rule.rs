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

fn part(page: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        let lines = text.trim_end().lines();
        let indented: Vec<String> = lines.map(|line| format!("  {line}").trim_end().to_owned()).collect();
        page.push_str(&format!("\n{title}\n{}\n", indented.join("\n")));
    }
}
