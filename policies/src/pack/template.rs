//! The part of Go's `text/template` that packs of rules use: fields, `range`, `if`, `with`, `printf` and comparisons.
//! See <https://pkg.go.dev/text/template>.

mod parse;

use serde_json::Value;

use crate::rego::go_format;
use parse::{Node, Operand, Pipe};

/// A rendered template has at most this many bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// A template that cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TemplateError {
    /// The text is not a template, or uses what is not supported.
    #[error("line {line} of the template: {message}")]
    Syntax {
        /// From 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It cannot be rendered with these arguments.
    #[error("the template cannot be rendered: {0}")]
    Render(String),
}

/// Renders a template with the arguments of a rule.
pub(crate) fn render(template: &str, arguments: &Value) -> Result<String, TemplateError> {
    let nodes = parse::parse(template)?;
    let mut renderer = Renderer { root: arguments, out: String::new() };
    renderer.nodes(&nodes, &Some(arguments.clone())).map_err(TemplateError::Render)?;
    Ok(renderer.out)
}

/// A value; none for a key that there is not.
type Found = Option<Value>;

struct Renderer<'a> {
    root: &'a Value,
    out: String,
}

impl Renderer<'_> {
    fn nodes(&mut self, nodes: &[Node], dot: &Found) -> Result<(), String> {
        nodes.iter().try_for_each(|node| self.node(node, dot))
    }

    fn node(&mut self, node: &Node, dot: &Found) -> Result<(), String> {
        match node {
            Node::Text(text) => self.put(text),
            Node::Print(pipe) => {
                let value = self.pipe(pipe, dot)?;
                self.put(&printed(value.as_ref()))
            }
            Node::If(pipe, then, otherwise) => {
                let holds = is_true(self.pipe(pipe, dot)?.as_ref());
                self.nodes(if holds { then } else { otherwise }, dot)
            }
            Node::With(pipe, then, otherwise) => {
                let value = self.pipe(pipe, dot)?;
                if is_true(value.as_ref()) { self.nodes(then, &value) } else { self.nodes(otherwise, dot) }
            }
            Node::Range(pipe, body, otherwise) => self.range(pipe, body, otherwise, dot),
        }
    }

    fn range(&mut self, pipe: &Pipe, body: &[Node], otherwise: &[Node], dot: &Found) -> Result<(), String> {
        let mut items = match self.pipe(pipe, dot)? {
            Some(Value::Array(items)) => items,
            Some(Value::Object(fields)) => {
                let mut fields: Vec<_> = fields.into_iter().collect();
                fields.sort_by(|a, b| a.0.cmp(&b.0));
                fields.into_iter().map(|(_, value)| value).collect()
            }
            None | Some(Value::Null) => Vec::new(),
            Some(other) => return Err(format!("range cannot go over {other}")),
        };
        if items.is_empty() {
            return self.nodes(otherwise, dot);
        }
        items.drain(..).try_for_each(|item| self.nodes(body, &Some(item)))
    }

    fn put(&mut self, text: &str) -> Result<(), String> {
        if self.out.len() + text.len() > MAX_BYTES {
            return Err(format!("it has more than {MAX_BYTES} bytes"));
        }
        self.out.push_str(text);
        Ok(())
    }

    /// Each command gets the value of the one before as its last argument.
    fn pipe(&self, pipe: &Pipe, dot: &Found) -> Result<Found, String> {
        let mut before = None;
        for command in pipe {
            let mut values = Vec::with_capacity(command.arguments.len() + 1);
            for argument in &command.arguments {
                values.push(self.operand(argument, dot)?);
            }
            values.extend(before.take());
            before = Some(match &command.function {
                Some(name) => call(name, &values)?,
                None => values.into_iter().next().flatten(),
            });
        }
        Ok(before.flatten())
    }

    fn operand(&self, operand: &Operand, dot: &Found) -> Result<Found, String> {
        match operand {
            Operand::Constant(value) => Ok(Some(value.clone())),
            Operand::Field(path) => field(dot.clone(), path),
            Operand::Root(path) => field(Some(self.root.clone()), path),
            Operand::Pipe(pipe) => self.pipe(pipe, dot),
        }
    }
}

fn field(mut value: Found, path: &[String]) -> Result<Found, String> {
    for name in path {
        value = match value {
            Some(Value::Object(mut fields)) => fields.remove(name),
            None | Some(Value::Null) => return Err(format!("there is nothing to take .{name} of")),
            Some(other) => return Err(format!("{other} has no field .{name}")),
        };
    }
    Ok(value)
}

fn call(name: &str, values: &[Found]) -> Result<Found, String> {
    let none = Value::Null;
    let plain: Vec<&Value> = values.iter().map(|value| value.as_ref().unwrap_or(&none)).collect();
    let answer = match (name, plain.as_slice()) {
        ("printf", [Value::String(format), rest @ ..]) => Value::String(go_format(format, rest)),
        ("print", all) => Value::String(all.iter().map(|value| printed(Some(value))).collect()),
        ("not", [_]) => Value::Bool(!is_true(values.first().and_then(Option::as_ref))),
        ("len", [Value::Array(items)]) => items.len().into(),
        ("len", [Value::Object(fields)]) => fields.len().into(),
        ("len", [Value::String(text)]) => text.len().into(),
        ("eq", [first, rest @ ..]) if !rest.is_empty() => Value::Bool(rest.contains(first)),
        ("ne", [first, second]) => Value::Bool(first != second),
        ("and", [.., _]) => return Ok(chosen(values, |value| !is_true(value))),
        ("or", [.., _]) => return Ok(chosen(values, is_true)),
        _ => return Err(format!("`{name}` cannot be called with {} values of these types", plain.len())),
    };
    Ok(Some(answer))
}

/// The first value that decides, else the last.
fn chosen(values: &[Found], decides: impl Fn(Option<&Value>) -> bool) -> Found {
    let decided = values.iter().find(|value| decides(value.as_ref()));
    decided.or(values.last()).cloned().flatten()
}

/// What is not empty: Go's rule for `if`.
fn is_true(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(value)) => *value,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
    }
}

fn printed(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "<no value>".to_owned(),
        Some(value) => go_format("%v", &[value]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::render;

    #[test]
    fn templates_are_rendered_as_go_does() {
        let arguments = json!({
            "name": "r", "port": 22, "large": 1_000_000, "half": 0.5, "yes": true, "no": false, "empty": "", "null": null,
            "list": ["a", "b\"c"], "map": {"b": 2, "a": {"deep": "x"}},
        });
        for (template, expected) in [
            ("{{.name}}[x] {}", "r[x] {}"),
            ("{{ .name }}{{.gone}}|{{.null}}", "r<no value>|<no value>"),
            ("{{.port}} {{.large}} {{.half}} {{.yes}}", "22 1e+06 0.5 true"),
            ("{{.list}} {{.map.b}} {{.map.a.deep}}", "[a b\"c] 2 x"),
            ("{{.map}}", "map[a:map[deep:x] b:2]"),
            ("[{{range .list}}{{- printf \"%q\" . }},{{end}}]", "[\"a\",\"b\\\"c\",]"),
            ("{{range .map}}{{.}};{{end}}", "map[deep:x];2;"),
            ("{{range .gone}}x{{else}}none{{end}}", "none"),
            ("a {{- .name -}} \n b {{- /* c */ -}} c", "arbc"),
            ("{{/* c */}}x", "x"),
            ("{{if .yes}}a{{else}}b{{end}}{{if .no}}a{{else if .empty}}b{{else}}c{{end}}", "ac"),
            ("{{if eq .name \"r\"}}a{{end}}{{if ne .port 22}}b{{end}}{{if not .no}}c{{end}}", "ac"),
            ("{{if and .yes .name}}a{{end}}{{if or .no .empty}}b{{end}}", "a"),
            ("{{with .map.a}}{{.deep}}{{$.name}}{{end}}{{with .empty}}x{{else}}{{.name}}{{end}}", "xrr"),
            ("{{.name | printf \"%s-%s\" \"x\"}}", "x-r"),
            ("{{printf \"%v\" (len .list)}} {{\"s\"}} {{`raw`}} {{1}} {{true}}", "2 s raw 1 true"),
            ("{{printf \"%d\" .port}}", "%!d(float64=22)"),
            ("{{printf \"%v %s\" 3}}", "3 %!s(MISSING)"),
            ("} }} {", "} }} {"),
        ] {
            assert_eq!(render(template, &arguments).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_cannot_be_rendered_says_why() {
        let arguments = json!({"name": "r", "list": [1], "large": vec!["x".repeat(1000); 1000]});
        for (template, expected) in [
            ("a\n{{.name", "line 2 of the template: `{{` is not closed"),
            ("{{if .name}}", "`{{if …}}` is not ended"),
            ("{{end}}", "`{{end}}` ends nothing"),
            ("{{else}}", "`{{else}}` belongs to nothing"),
            ("{{template \"x\"}}", "`template` is not supported"),
            ("{{$x := 1}}", "is not supported"),
            ("{{}}", "it is empty"),
            ("{{.name.first}}", "\"r\" has no field .first"),
            ("{{.gone.first}}", "there is nothing to take .first of"),
            ("{{range .name}}{{end}}", "range cannot go over \"r\""),
            ("{{len 1}}", "`len` cannot be called"),
            ("{{range .large}}{{$.large}}{{end}}", "more than 1048576 bytes"),
        ] {
            let error = render(template, &arguments).expect_err(template).to_string();
            assert!(error.contains(expected), "{template}: {error}");
        }
    }
}
