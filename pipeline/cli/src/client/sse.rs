//! [Server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html), read from chunks.

/// The most bytes of one event; a longer one is left out.
const MOST: usize = 4 * 1024 * 1024;

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its kind.
    pub(super) kind: String,
    /// Its data, its lines joined.
    pub(super) data: String,
    /// Its id, if it has one.
    pub(super) id: Option<String>,
}

/// Puts events together from the pieces in which they arrive.
#[derive(Debug, Default)]
pub(super) struct Parser {
    pending: Vec<u8>,
    event: Event,
}

impl Parser {
    /// The events that end within this piece.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for byte in piece {
            if *byte == b'\n' {
                let line = std::mem::take(&mut self.pending);
                events.extend(self.line(line.strip_suffix(b"\r").unwrap_or(&line)));
            } else if self.pending.len() < MOST {
                self.pending.push(*byte);
            }
        }
        events
    }

    fn line(&mut self, line: &[u8]) -> Option<Event> {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return (!event.data.is_empty()).then_some(event);
        }
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.kind),
            "id" => self.event.id = Some(value.to_owned()),
            "data" if self.event.data.len() + value.len() < MOST => {
                if !self.event.data.is_empty() {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            // Comments keep the connection alive; other fields are not for us.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_the_same_however_they_are_cut() {
        let text = ": alive\n\nid: 1.2\nevent: log\ndata: {\"a\":\ndata: 1}\n\nevent: state\r\ndata:x\r\n\r\nid: 9\n\ndata: unfinished\n";
        let expected = [
            Event { kind: "log".into(), data: "{\"a\":\n1}".into(), id: Some("1.2".into()) },
            Event { kind: "state".into(), data: "x".into(), id: None },
        ];
        for size in 1..text.len() {
            let mut parser = Parser::default();
            let events: Vec<Event> =
                text.as_bytes().chunks(size).flat_map(|piece| parser.feed(piece)).collect();
            assert_eq!(events, expected, "in pieces of {size}");
        }
    }
}
