//! Columns of text for people.

use unicode_width::UnicodeWidthStr;

use crate::style::{Style, visible};

/// What stands in one place of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// The same text in a style.
    pub(crate) fn styled(text: impl AsRef<str>, style: Style) -> Self {
        Self { text: visible(text.as_ref()), style }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::styled(text, Style::Plain)
    }
}

/// Rows under headings, each column as wide as its widest text.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    rows: Vec<[Cell; N]>,
}

impl<const N: usize> Table<N> {
    /// A table with headings alone.
    pub(crate) fn new(headings: [&str; N]) -> Self {
        Self { rows: vec![headings.map(|heading| Cell::styled(heading, Style::Bold))] }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: [Cell; N]) {
        self.rows.push(cells);
    }

    /// The lines, without space at their ends; an empty text shows as a dash, so that columns can be told apart.
    pub(crate) fn lines(&self, coloured: bool) -> Vec<String> {
        let widths: [usize; N] =
            std::array::from_fn(|column| self.rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
        self.rows.iter().map(|row| line(row, &widths, coloured)).collect()
    }
}

fn shown(cell: &Cell) -> &str {
    if cell.text.is_empty() { "-" } else { &cell.text }
}

fn width(cell: &Cell) -> usize {
    shown(cell).width()
}

fn line<const N: usize>(row: &[Cell; N], widths: &[usize; N], coloured: bool) -> String {
    let mut line = String::new();
    for (column, cell) in row.iter().enumerate() {
        line.push_str(&cell.style.paint(shown(cell), coloured));
        if column + 1 < N {
            line.push_str(&" ".repeat(widths[column].saturating_sub(width(cell)) + 2));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = Table::new(["NAME", "OU"]);
        table.row(["dev".into(), "".into()]);
        table.row(["개발".into(), "Workloads\u{1b}[2J".into()]);
        insta::assert_snapshot!(table.lines(false).join("\n"), @"
        NAME  OU
        dev   -
        개발  Workloads�[2J
        ");
    }
}
