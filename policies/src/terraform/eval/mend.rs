//! What the parser leaves undone in templates: white space that `~` strips and `<<-` takes off, and escapes below a
//! directive in a quoted string.
//!
//! The rules are those of HCL's own parser, which reads a template as a row of parts, each line of a heredoc a part of
//! its own. See <https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go>.

use hcl_edit::Span;
use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use hcl_edit::template::{Directive, Element, HeredocTemplate, StringTemplate, Strip, Template};
use hcl_edit::visit_mut::{VisitMut, visit_heredoc_template_mut, visit_string_template_mut};

/// Mends all templates in a body that was parsed from this text.
pub(crate) fn body(body: &mut Body, source: &str) {
    Mender { source }.visit_body_mut(body);
}

/// Mends all templates in an expression that was parsed from this text.
pub(super) fn expression(expression: &mut Expression, source: &str) {
    Mender { source }.visit_expr_mut(expression);
}

/// Mends a template that was parsed from this text.
pub(super) fn template(template: &mut Template, source: &str) {
    mend(template, Kind::Bare, source);
    Mender { source }.visit_template_mut(template);
}

struct Mender<'a> {
    source: &'a str,
}

/// Where a template stands.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bare,
    Quoted,
    Heredoc,
    /// `<<-`: what all lines are indented by is taken off.
    Indented,
}

impl VisitMut for Mender<'_> {
    fn visit_string_template_mut(&mut self, node: &mut StringTemplate) {
        mend(node, Kind::Quoted, self.source);
        visit_string_template_mut(self, node);
    }

    fn visit_heredoc_template_mut(&mut self, node: &mut HeredocTemplate) {
        let opening = node.span().and_then(|span| self.source.get(span.start..));
        let indented = opening.map_or(node.indent().is_some(), |text| text.starts_with("<<-"));
        mend(&mut node.template, if indented { Kind::Indented } else { Kind::Heredoc }, self.source);
        visit_heredoc_template_mut(self, node);
    }
}

/// A part of a template, in the order of the text.
enum Part {
    /// A literal, or a line of it, and which literal it is.
    Text(usize, String),
    /// What stands between `${` or `%{` and `}`, and whether it strips what is before and after it.
    Control { before: bool, after: bool },
}

fn mend(template: &mut Template, kind: Kind, source: &str) {
    let mut reader = Reader { parts: Vec::new(), literals: 0, kind, source };
    reader.template(template, true);
    let Reader { mut parts, literals, .. } = reader;
    strip(&mut parts);
    if kind == Kind::Indented {
        dedent(&mut parts);
    }
    let mut texts = vec![String::new(); literals];
    for part in parts {
        if let Part::Text(literal, text) = part
            && let Some(whole) = texts.get_mut(literal)
        {
            whole.push_str(&text);
        }
    }
    write(template, &mut texts.into_iter());
}

struct Reader<'a> {
    parts: Vec<Part>,
    literals: usize,
    kind: Kind,
    source: &'a str,
}

impl Reader<'_> {
    fn template(&mut self, template: &Template, is_outer: bool) {
        for element in template {
            match element {
                Element::Literal(literal) => {
                    let text = self.literal(literal.as_str(), literal.span(), is_outer);
                    self.text(&text);
                }
                Element::Interpolation(interpolation) => self.control(interpolation.strip),
                Element::Directive(directive) => self.directive(directive),
            }
        }
    }

    fn literal(&self, parsed: &str, span: Option<std::ops::Range<usize>>, is_outer: bool) -> String {
        match self.kind {
            // The parser took off what it thought is the indentation.
            Kind::Indented => {
                let written = span.and_then(|span| self.source.get(span));
                written
                    .map_or_else(|| parsed.to_owned(), |text| text.replace("$${", "${").replace("%%{", "%{"))
            }
            Kind::Quoted if !is_outer => unescape(parsed),
            _ => parsed.to_owned(),
        }
    }

    fn text(&mut self, text: &str) {
        let literal = self.literals;
        self.literals += 1;
        if self.kind == Kind::Quoted {
            self.parts.push(Part::Text(literal, text.to_owned()));
        } else {
            let lines = text.split_inclusive('\n').map(|line| Part::Text(literal, line.to_owned()));
            self.parts.extend(lines);
        }
    }

    fn control(&mut self, strip: Strip) {
        let before = matches!(strip, Strip::Start | Strip::Both);
        let after = matches!(strip, Strip::End | Strip::Both);
        self.parts.push(Part::Control { before, after });
    }

    fn directive(&mut self, directive: &Directive) {
        match directive {
            Directive::If(directive) => {
                self.control(directive.if_expr.strip);
                self.template(&directive.if_expr.template, false);
                if let Some(otherwise) = &directive.else_expr {
                    self.control(otherwise.strip);
                    self.template(&otherwise.template, false);
                }
                self.control(directive.endif_expr.strip);
            }
            Directive::For(directive) => {
                self.control(directive.for_expr.strip);
                self.template(&directive.for_expr.template, false);
                self.control(directive.endfor_expr.strip);
            }
        }
    }
}

/// Gives the literals their texts, in the order in which they were read.
fn write(template: &mut Template, texts: &mut dyn Iterator<Item = String>) {
    for element in template {
        match element {
            Element::Literal(literal) => {
                if let Some(text) = texts.next() {
                    *literal.as_mut() = text;
                }
            }
            Element::Interpolation(_) => {}
            Element::Directive(directive) => match directive.as_mut() {
                Directive::If(directive) => {
                    write(&mut directive.if_expr.template, texts);
                    if let Some(otherwise) = &mut directive.else_expr {
                        write(&mut otherwise.template, texts);
                    }
                }
                Directive::For(directive) => write(&mut directive.for_expr.template, texts),
            },
        }
    }
}

fn strip(parts: &mut [Part]) {
    let mut strips_next = false;
    let mut previous: Option<&mut String> = None;
    for part in parts {
        match part {
            Part::Text(_, text) => {
                if strips_next {
                    *text = text.trim_start().to_owned();
                }
                strips_next = false;
                previous = Some(text);
            }
            Part::Control { before, after } => {
                if let (true, Some(text)) = (*before, previous.take()) {
                    text.truncate(text.trim_end().len());
                }
                previous = None;
                strips_next = *after;
            }
        }
    }
}

/// Takes off what all lines that are not blank are indented by.
fn dedent(parts: &mut [Part]) {
    let mut least: Option<usize> = None;
    let mut is_start = true;
    let mut starts = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let spaces = match part {
            Part::Text(_, text) => {
                let indented = text.trim_start();
                let blank = indented.is_empty() && text.ends_with('\n');
                if is_start && !blank {
                    starts.push(index);
                }
                (!blank).then(|| text.chars().count() - indented.chars().count())
            }
            Part::Control { .. } => Some(0),
        };
        if let (true, Some(spaces)) = (is_start, spaces) {
            least = Some(least.map_or(spaces, |least| least.min(spaces)));
        }
        is_start = matches!(part, Part::Text(_, text) if text.ends_with('\n'));
    }
    for index in starts {
        if let Some(Part::Text(_, text)) = parts.get_mut(index) {
            *text = text.chars().skip(least.unwrap_or_default()).collect();
        }
    }
}

/// The escapes of a quoted string; what is none stays as it is.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut characters = after.chars();
        let length = match characters.next() {
            Some('u') => 4,
            Some('U') => 8,
            _ => 0,
        };
        let (character, used) = match after.chars().next() {
            Some('n') => (Some('\n'), 1),
            Some('r') => (Some('\r'), 1),
            Some('t') => (Some('\t'), 1),
            Some(quoted @ ('"' | '\\')) => (Some(quoted), 1),
            Some('u' | 'U') => {
                let digits = after.get(1..=length).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                (digits.and_then(char::from_u32), 1 + length)
            }
            _ => (None, 0),
        };
        plain.push(character.unwrap_or('\\'));
        rest = character.and_then(|_| after.get(used..)).unwrap_or(after);
    }
    plain.push_str(rest);
    plain
}
