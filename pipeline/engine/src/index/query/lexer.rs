//! Cuts a query into tokens.

use super::{Complaint, QueryError};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `field:` right before a value.
    Field(String),
    /// A bare word.
    Word(String),
    /// What stood between quotation marks.
    Quoted(String),
    /// `[from TO to]`.
    Range(String, String),
}

/// A token and the character it begins at, from 1.
pub(super) type Placed = (usize, Token);

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, QueryError> {
    let characters: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { characters: &characters, place: 0 };
    let mut tokens = Vec::new();
    while let Some(next) = lexer.peek() {
        if next.is_whitespace() {
            lexer.place += 1;
            continue;
        }
        let position = lexer.place + 1;
        tokens.push((position, lexer.token(next, position)?));
    }
    Ok(tokens)
}

struct Lexer<'a> {
    characters: &'a [char],
    place: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.place).copied()
    }

    fn token(&mut self, next: char, position: usize) -> Result<Token, QueryError> {
        match next {
            '(' => Ok(self.single(Token::Open)),
            ')' => Ok(self.single(Token::Close)),
            '"' => self.quoted(position).map(Token::Quoted),
            '[' => self.range(position),
            _ => Ok(self.word()),
        }
    }

    fn single(&mut self, token: Token) -> Token {
        self.place += 1;
        token
    }

    /// A word ends at white space, a parenthesis or a quotation mark; or at its first colon, if a field's name may stand before it.
    fn word(&mut self) -> Token {
        let after_field =
            self.place.checked_sub(1).and_then(|before| self.characters.get(before)) == Some(&':');
        let mut word = String::new();
        while let Some(next) = self.peek() {
            if next.is_whitespace() || "()\"".contains(next) {
                break;
            }
            self.place += 1;
            if next == ':' && !after_field && !word.is_empty() {
                return Token::Field(word);
            }
            word.push(next);
        }
        match word.as_str() {
            "AND" if !after_field => Token::And,
            "OR" if !after_field => Token::Or,
            "NOT" if !after_field => Token::Not,
            _ => Token::Word(word),
        }
    }

    /// Within quotation marks, `\"` and `\\` stand for `"` and `\`.
    fn quoted(&mut self, position: usize) -> Result<String, QueryError> {
        self.place += 1;
        let mut text = String::new();
        while let Some(next) = self.peek() {
            self.place += 1;
            match next {
                '"' => return Ok(text),
                '\\' if self.peek().is_some_and(|escaped| escaped == '"' || escaped == '\\') => {
                    text.extend(self.peek());
                    self.place += 1;
                }
                other => text.push(other),
            }
        }
        Err(QueryError { position, what: Complaint::OpenQuote })
    }

    fn range(&mut self, position: usize) -> Result<Token, QueryError> {
        let expected = || QueryError { position, what: Complaint::Expected("a range like [a TO b]") };
        let rest = self.characters.get(self.place + 1..).unwrap_or_default();
        let length = rest.iter().position(|character| *character == ']').ok_or_else(expected)?;
        let inside: String = rest.iter().take(length).collect();
        self.place += length + 2;
        let mut parts = inside.split_whitespace();
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(from), Some("TO"), Some(to), None) => Ok(Token::Range(from.to_owned(), to.to_owned())),
            _ => Err(expected()),
        }
    }
}
