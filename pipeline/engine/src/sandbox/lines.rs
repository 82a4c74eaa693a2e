//! Cuts a program's bytes into lines for people.

/// The longest line that is delivered, in bytes; a longer one is delivered in pieces.
pub(super) const LONGEST: usize = 64 * 1024;

/// Collects bytes and hands out whole lines, without ANSI sequences and with invalid UTF-8 replaced.
#[derive(Debug, Default)]
pub(super) struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    pub(super) fn push(&mut self, bytes: &[u8], line: &mut impl FnMut(&str)) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.add(part, line);
        }
    }

    /// Hands out what came after the last line's end.
    pub(super) fn finish(&mut self, line: &mut impl FnMut(&str)) {
        if !self.rest.is_empty() {
            deliver(&std::mem::take(&mut self.rest), line);
        }
    }

    fn add(&mut self, part: &[u8], line: &mut impl FnMut(&str)) {
        self.rest.extend_from_slice(part);
        if self.rest.ends_with(b"\n") && self.rest.len() <= LONGEST + 1 {
            self.rest.pop();
            deliver(&std::mem::take(&mut self.rest), line);
            return;
        }
        while self.rest.len() > LONGEST {
            let end = character_boundary(&self.rest, LONGEST);
            let piece: Vec<u8> = self.rest.drain(..end).collect();
            deliver(&piece, line);
        }
        if self.rest.ends_with(b"\n") {
            self.rest.pop();
            self.finish(line);
        }
    }
}

/// The last place at or before `end` where a UTF-8 character begins.
fn character_boundary(bytes: &[u8], end: usize) -> usize {
    let begins = |at: &usize| bytes.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    (end.saturating_sub(3)..=end).rev().find(begins).unwrap_or(end)
}

fn deliver(bytes: &[u8], line: &mut impl FnMut(&str)) {
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    line(&anstream::adapter::strip_str(&text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(parts: &[&[u8]]) -> Vec<String> {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        for part in parts {
            lines.push(part, &mut |line| found.push(line.to_owned()));
        }
        lines.finish(&mut |line| found.push(line.to_owned()));
        found
    }

    #[test]
    fn bytes_become_lines() {
        let check = |parts: &[&[u8]], expected: &[&str]| assert_eq!(lines(parts), expected);
        check(&[], &[]);
        check(&[b"a\nb\n"], &["a", "b"]);
        check(&[b"a", b"b\r\n", b"\nc"], &["ab", "", "c"]);
        check(&[b"\x1b[1m\x1b[31mError\x1b[0m: no\n"], &["Error: no"]);
        check(&[b"\xff\xfe ok\n"], &["\u{fffd}\u{fffd} ok"]);
        check(&["한".as_bytes().split_at(1).0, "한".as_bytes().split_at(1).1], &["한"]);
    }

    #[test]
    fn a_long_line_comes_in_pieces_that_lose_nothing() {
        let long = format!("x{}", "한".repeat(LONGEST));
        let found = lines(&[long.as_bytes(), b"\nnext\n"]);
        assert!(found.iter().all(|line| line.len() <= LONGEST && !line.contains('\u{fffd}')));
        assert_eq!(found.concat(), format!("{long}next"));
        assert_eq!(found.last().map(String::as_str), Some("next"));
    }
}
