//! From tokens to a query.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::fields::{Field, Kind};
use super::lexer::{Placed, Token, tokens};
use super::{Complaint, MAX_DEPTH, MAX_LENGTH, MAX_TERMS, Query, QueryError, words};

pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    if text.len() > MAX_LENGTH {
        return Err(QueryError { position: 1, what: Complaint::TooLong });
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Query::All);
    }
    let mut parser = Parser { tokens: &tokens, end: text.chars().count() + 1, depth: 0, terms: 0 };
    let query = parser.any()?;
    match parser.tokens.first() {
        None => Ok(query),
        Some((position, _)) => {
            Err(QueryError { position: *position, what: Complaint::Expected("AND, OR or a word") })
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    end: usize,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.first().map(|(_, token)| token)
    }

    fn position(&self) -> usize {
        self.tokens.first().map_or(self.end, |(position, _)| *position)
    }

    fn error<T>(&self, what: Complaint) -> Result<T, QueryError> {
        Err(QueryError { position: self.position(), what })
    }

    fn advance(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.all()?];
        while self.peek() == Some(&Token::Or) {
            self.advance();
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Query::Or))
    }

    fn all(&mut self) -> Result<Query, QueryError> {
        let mut parts = vec![self.not()?];
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => return Ok(one_or(parts, Query::And)),
                Some(Token::And) => self.advance(),
                Some(_) => {}
            }
            parts.push(self.not()?);
        }
    }

    fn not(&mut self) -> Result<Query, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error(Complaint::TooDeep);
        }
        let query = match self.peek() {
            Some(Token::Not) => {
                self.advance();
                Query::Not(Box::new(self.not()?))
            }
            Some(Token::Open) => self.group()?,
            _ => self.term()?,
        };
        self.depth -= 1;
        Ok(query)
    }

    fn group(&mut self) -> Result<Query, QueryError> {
        self.advance();
        let query = self.any()?;
        if self.peek() != Some(&Token::Close) {
            return self.error(Complaint::Expected("a closing parenthesis"));
        }
        self.advance();
        Ok(query)
    }

    fn term(&mut self) -> Result<Query, QueryError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return self.error(Complaint::TooMany);
        }
        let query = match self.peek() {
            Some(Token::Word(word)) => self.message(word, true)?,
            Some(Token::Quoted(text)) => self.message(text, false)?,
            Some(Token::Field(name)) => return self.field(name),
            _ => return self.error(Complaint::Expected("a word, a quoted text or field:value")),
        };
        self.advance();
        Ok(query)
    }

    fn message(&self, text: &str, bare: bool) -> Result<Query, QueryError> {
        let open = bare && text.ends_with('*');
        let words = words(text);
        if words.is_empty() {
            return self.error(Complaint::NoWord(text.to_owned()));
        }
        Ok(Query::Words { words, open })
    }

    fn field(&mut self, name: &str) -> Result<Query, QueryError> {
        let Some(field) = Field::named(name) else {
            return self.error(Complaint::UnknownField(name.to_owned()));
        };
        self.advance();
        let query = match self.peek() {
            Some(Token::Word(word)) => self.value(field, word, true)?,
            Some(Token::Quoted(text)) => self.value(field, text, false)?,
            Some(Token::Range(from, to)) => self.range(field, from, to)?,
            _ => return self.error(Complaint::Expected("a value, a quoted text or [a TO b]")),
        };
        self.advance();
        Ok(query)
    }

    fn value(&self, field: &'static Field, text: &str, bare: bool) -> Result<Query, QueryError> {
        if bare && text == "*" {
            return Ok(Query::Begins(field, String::new()));
        }
        match field.kind {
            Kind::Text => self.message(text, bare),
            Kind::Number => self.number(text).map(|number| Query::Between(field, number, number)),
            Kind::Time => Ok(Query::During(self.time(text, false)?, self.time(text, true)?)),
            Kind::Address => match text.parse::<IpAddr>() {
                Ok(address) => Ok(Query::Is(field, address.to_string())),
                Err(_) => self.bad_value(text, "a whole IP address"),
            },
            Kind::Keyword | Kind::Keywords => Ok(match text.strip_suffix('*').filter(|_| bare) {
                Some(beginning) => Query::Begins(field, beginning.to_owned()),
                None => Query::Is(field, text.to_owned()),
            }),
        }
    }

    fn range(&self, field: &'static Field, from: &str, to: &str) -> Result<Query, QueryError> {
        match field.kind {
            Kind::Number => Ok(Query::Between(field, self.number(from)?, self.number(to)?)),
            Kind::Time => Ok(Query::During(self.time(from, false)?, self.time(to, true)?)),
            Kind::Address | Kind::Keyword | Kind::Keywords | Kind::Text => {
                self.error(Complaint::NoRange(field.name))
            }
        }
    }

    /// A bound; none for `*`.
    fn number(&self, text: &str) -> Result<Option<u64>, QueryError> {
        // What the databases keep as a number ends here.
        let fits = |number: &u64| i64::try_from(*number).is_ok();
        match text.parse().ok().filter(fits) {
            Some(number) => Ok(Some(number)),
            None if text == "*" => Ok(None),
            None => self.bad_value(text, "a whole number"),
        }
    }

    /// A bound in milliseconds; none for `*`. The end of a day is its last millisecond.
    fn time(&self, text: &str, end: bool) -> Result<Option<i64>, QueryError> {
        if text == "*" {
            return Ok(None);
        }
        // A date parses from a whole time too, so that comes first.
        let moment = text.parse::<Timestamp>().ok().map(|time| bound_of_moment(time, end));
        let day = || text.parse::<Date>().ok().and_then(|date| bound_of_day(date, end));
        match moment.or_else(day) {
            Some(time) => Ok(Some(time)),
            None => self.bad_value(text, "a time like 2026-11-23 or 2026-11-23T09:00:00Z"),
        }
    }

    fn bad_value<T>(&self, value: &str, expected: &'static str) -> Result<T, QueryError> {
        self.error(Complaint::Value { value: value.to_owned(), expected })
    }
}

/// The first millisecond that is not before a time, or the last that is not after it.
fn bound_of_moment(time: Timestamp, end: bool) -> i64 {
    let floor = i64::try_from(time.as_nanosecond().div_euclid(1_000_000)).unwrap_or(i64::MAX);
    let exact = time.as_nanosecond().rem_euclid(1_000_000) == 0;
    if end || exact { floor } else { floor + 1 }
}

fn bound_of_day(date: Date, end: bool) -> Option<i64> {
    let day = if end { date.tomorrow().ok()? } else { date };
    let start = day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some(if end { start - 1 } else { start })
}

fn one_or(mut parts: Vec<Query>, many: fn(Vec<Query>) -> Query) -> Query {
    if parts.len() == 1 { parts.swap_remove(0) } else { many(parts) }
}

#[cfg(test)]
mod tests {
    use super::super::{Query, QueryError};

    #[test]
    fn queries_that_are_understood() {
        let understood = [
            "",
            "denied",
            "aws_s3_bucket.log*",
            "\"Access denied\" OR NOT (event.outcome:failure AND cloud.account.name:dev)",
            "a b OR c AND d",
            "event.action:unit-*",
            "vcs.repository.url.full:https://github.example/acme/infra.git",
            "wayleave.stack:\"two \\\"words\\\"\"",
            "user.name:OR",
            "user.id:*",
            "event.sequence:[2 TO *] event.duration:7",
            "@timestamp:[2026-11-23 TO 2026-11-24] @timestamp:2026-11-23",
            "@timestamp:[2026-11-23T01:02:03+09:00 TO *]",
            "message:\"One two\"",
        ];
        let shown: Vec<_> = understood.iter().map(|text| (text, Query::parse(text).unwrap())).collect();
        insta::assert_debug_snapshot!(shown);
    }

    #[test]
    fn queries_that_are_not() {
        let deep = "(".repeat(30);
        let many = "a ".repeat(101);
        let long = "a".repeat(5000);
        let refused = [
            "(a",
            "a)",
            "source.ip:192.0.2.*",
            "a OR",
            "AND",
            "NOT",
            "\"open",
            "acount:1",
            "arn:aws:s3",
            "event.sequence:x",
            "event.sequence:",
            "event.sequence:[1 2]",
            "user.name:[a TO b]",
            "@timestamp:yesterday",
            "---",
            "a [1 TO 2]",
            "a AND OR b",
            "event.sequence:18446744073709551615",
            "()",
            &deep,
            &many,
            &long,
        ];
        let shown: Vec<String> = refused
            .iter()
            .map(|text| {
                let error: QueryError = Query::parse(text).unwrap_err();
                format!("{:.40} | {error}", text)
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"));
    }
}
