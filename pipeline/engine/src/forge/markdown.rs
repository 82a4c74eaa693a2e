//! Somebody's text within Markdown that is Wayleave's: it must not mention, link, format or end a block.

use crate::notify::outcome::cut;

/// Stands between a sign and what would follow it, and is not seen.
const BREAK: char = '\u{200b}';

/// A text as plain words: marks are escaped, and mentions, references and addresses are broken, because GitHub looks for those
/// after the marks have been read.
pub(super) fn text(text: &str, longest: usize) -> String {
    let mut result = String::new();
    for c in cut(text, longest).chars() {
        match c {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '@' | '#' => result.extend([c, BREAK]),
            ':' => result.extend([c, BREAK]),
            _ if c.is_ascii_punctuation() && !",.;'\"()/%=?".contains(c) => result.extend(['\\', c]),
            _ => result.push(c),
        }
    }
    result.replace("www.", "www\u{200b}.").replace("WWW.", "WWW\u{200b}.")
}

/// A text as code on one line, fit for a table's cell too: nothing in it is read as Markdown.
pub(super) fn code(text: &str, longest: usize) -> String {
    let inner = cut(text, longest).replace('`', "ˋ").replace('|', "¦");
    format!("`{}`", if inner.is_empty() { " " } else { &inner })
}

/// A text within HTML, such as a summary's, where Markdown is not read.
pub(super) fn html(text: &str, longest: usize) -> String {
    let mut result = String::new();
    for c in cut(text, longest).chars() {
        match c {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '@' | '#' | ':' => result.extend([c, BREAK]),
            _ => result.push(c),
        }
    }
    result
}

/// Lines as a block of code. The fence is longer than any run of backticks in the lines.
pub(super) fn fenced(language: &str, lines: &[String]) -> String {
    let content = lines.join("\n");
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{content}\n{fence}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out() {
        let hostile = "@team see #1 <script> `x` | [a](http://b) www.c.example\n# head";
        insta::assert_snapshot!(text(hostile, 200).replace(BREAK, "·"), @r"@·team see #·1 &lt;script&gt; \`x\` \| \[a\](http:·//b) www·.c.example #· head");
        insta::assert_snapshot!(code(hostile, 200), @"`@team see #1 <script> ˋxˋ ¦ [a](http://b) www.c.example # head`");
        insta::assert_snapshot!(html("<b>@x</b>", 200).replace(BREAK, "·"), @"&lt;b&gt;@·x&lt;/b&gt;");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        let block = fenced("diff", &["a ```` b".to_owned()]);
        assert!(block.starts_with("`````diff\n") && block.ends_with("\n`````\n"));
    }
}
