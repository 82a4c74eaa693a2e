//! Colours, and text that cannot steer a terminal.

use std::io::IsTerminal;

/// How a text looks on a terminal that shows colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it comes.
    #[default]
    Plain,
    /// Headings.
    Bold,
    /// What matters less.
    Dim,
    /// What went well, or is made.
    Good,
    /// What waits, or is changed.
    Warning,
    /// What went wrong, or is deleted.
    Bad,
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Warning => "33",
            Self::Bad => "31",
        }
    }

    /// The text in this style, if colours are wanted.
    pub(crate) fn paint(self, text: &str, coloured: bool) -> String {
        match self.code() {
            code if coloured && !code.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }
}

/// True when standard output is a terminal and [`NO_COLOR`](https://no-color.org) is not set.
pub(crate) fn is_coloured() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !unwanted && std::io::stdout().is_terminal()
}

/// A text from elsewhere without what would steer a terminal: each control character but the tabulator becomes a sign that
/// stands for it.
pub(crate) fn visible(text: &str) -> String {
    let shown = |character: char| match character {
        '\t' => '\t',
        // Marks that turn the direction of writing can make a text read as another one.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        character if character.is_control() => '\u{fffd}',
        character => character,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_only_where_they_are_wanted() {
        assert_eq!(Style::Bad.paint("no", true), "\u{1b}[31mno\u{1b}[0m");
        assert_eq!(Style::Bad.paint("no", false), "no");
        assert_eq!(Style::Plain.paint("so", true), "so");
    }

    #[test]
    fn text_from_elsewhere_cannot_steer_a_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\r\u{202e}c\td"), "a\u{fffd}[31mb\u{fffd}\u{fffd}c\td");
    }
}
