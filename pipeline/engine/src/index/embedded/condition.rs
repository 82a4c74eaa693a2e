//! A query as a SQL condition that is true or false, never NULL, so that NOT finds what lacks the field.

use sqlx::{QueryBuilder, Sqlite};

use crate::index::query::{Field, Kind, Query};

type Sql = QueryBuilder<Sqlite>;

pub(super) fn push(sql: &mut Sql, query: &Query) {
    match query {
        Query::All => push_text(sql, "1"),
        Query::Is(field, value) => push_is(sql, field, value),
        Query::Begins(field, beginning) => push_begins(sql, field, beginning),
        Query::Between(field, from, to) => {
            let signed = |bound: &u64| i64::try_from(*bound).unwrap_or(i64::MAX);
            push_range(sql, &value_of(field), from.as_ref().map(signed), to.as_ref().map(signed));
        }
        Query::During(from, to) => push_range(sql, "millis", *from, *to),
        Query::Words { words, open } => push_words(sql, words, *open),
        Query::And(parts) => push_joined(sql, parts, " AND "),
        Query::Or(parts) => push_joined(sql, parts, " OR "),
        Query::Not(part) => {
            push_text(sql, "NOT (");
            push(sql, part);
            push_text(sql, ")");
        }
    }
}

fn push_text(sql: &mut Sql, text: &str) {
    sql.push(text);
}

fn push_joined(sql: &mut Sql, parts: &[Query], operator: &str) {
    sql.push("(");
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            sql.push(operator);
        }
        push(sql, part);
    }
    sql.push(")");
}

fn push_is(sql: &mut Sql, field: &Field, value: &str) {
    if field.kind == Kind::Keywords {
        sql.push(format_args!("EXISTS (SELECT 1 FROM json_each(source, '$.{}') WHERE value = ", field.name));
        sql.push_bind(value.to_owned()).push(")");
    } else {
        sql.push(format_args!("{} IS ", value_of(field))).push_bind(value.to_owned());
    }
}

fn push_begins(sql: &mut Sql, field: &Field, beginning: &str) {
    if beginning.is_empty() {
        sql.push(format_args!("{} IS NOT NULL", value_of(field)));
        return;
    }
    let (before, value, after) = if field.kind == Kind::Keywords {
        (
            format!("EXISTS (SELECT 1 FROM json_each(source, '$.{}') WHERE ", field.name),
            "value".to_owned(),
            ")",
        )
    } else {
        (String::new(), value_of(field), "")
    };
    sql.push(format_args!("{before}ifnull(substr({value}, 1, length("));
    sql.push_bind(beginning.to_owned()).push(")) = ").push_bind(beginning.to_owned());
    sql.push(format_args!(", 0){after}"));
}

fn push_range(sql: &mut Sql, value: &str, from: Option<i64>, to: Option<i64>) {
    sql.push(format_args!("({value} IS NOT NULL"));
    if let Some(from) = from {
        sql.push(format_args!(" AND {value} >= ")).push_bind(from);
    }
    if let Some(to) = to {
        sql.push(format_args!(" AND {value} <= ")).push_bind(to);
    }
    sql.push(")");
}

fn push_words(sql: &mut Sql, words: &[String], open: bool) {
    // Words hold letters and digits only, so nothing in them needs an escape.
    let phrase = format!("\"{}\"{}", words.join(" "), if open { "*" } else { "" });
    sql.push("number IN (SELECT rowid FROM words WHERE words MATCH ").push_bind(phrase).push(")");
}

/// The field's value; the names are this program's own, none is a user's.
fn value_of(field: &Field) -> String {
    match field.name {
        "wayleave.run" => "run".to_owned(),
        "event.sequence" => "sequence".to_owned(),
        "@timestamp" => "millis".to_owned(),
        name => format!("json_extract(source, '$.{name}')"),
    }
}
