//! Conditions, decided where they can be.
//! See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html>.

use super::intrinsics::{Evaluator, text_of};
use crate::marker;
use crate::yaml::{Data, Node};

/// Conditions in conditions, before one counts as undecidable.
const MAX_DEPTH: usize = 64;

impl Evaluator<'_> {
    /// Whether a named condition holds; none where that depends on what is not known.
    pub(super) fn condition(&self, name: &str) -> Option<bool> {
        self.settled(name, 0)
    }

    fn settled(&self, name: &str, depth: usize) -> Option<bool> {
        if depth >= MAX_DEPTH {
            return None;
        }
        if let Some(decided) = self.decided.borrow().get(name) {
            return *decided;
        }
        // A condition that names itself is undecidable, not endless.
        self.decided.borrow_mut().insert(name.to_owned(), None);
        let decided = self.decide(self.conditions?.get(name)?, depth + 1);
        self.decided.borrow_mut().insert(name.to_owned(), decided);
        decided
    }

    fn decide(&self, node: &Node, depth: usize) -> Option<bool> {
        if depth >= MAX_DEPTH {
            return None;
        }
        let (name, argument) = self.call(node)?;
        let argument = argument.as_ref();
        match name {
            "Condition" => self.settled(argument.text()?, depth),
            "Fn::Equals" => self.equals(argument),
            "Fn::Not" => self.decide(items(argument).first()?, depth + 1).map(|held| !held),
            "Fn::And" => self.all(items(argument), true, depth),
            "Fn::Or" => self.all(items(argument), false, depth),
            _ => None,
        }
    }

    /// `And` with `neutral = true`, `Or` with `neutral = false`: one opposite decides, one unknown leaves it open.
    fn all(&self, parts: &[Node], neutral: bool, depth: usize) -> Option<bool> {
        let decided: Vec<_> = parts.iter().map(|part| self.decide(part, depth + 1)).collect();
        if decided.contains(&Some(!neutral)) {
            Some(!neutral)
        } else if decided.contains(&None) {
            None
        } else {
            Some(neutral)
        }
    }

    fn equals(&self, argument: &Node) -> Option<bool> {
        let [left, right] = items(argument) else { return None };
        let (left, right) = (self.value(left), self.value(right));
        if marker::is_unknown(&left) || marker::is_unknown(&right) {
            return None;
        }
        match (text_of(&left), text_of(&right)) {
            (Some(left), Some(right)) => Some(left == right),
            _ => Some(left == right),
        }
    }
}

fn items(node: &Node) -> &[Node] {
    if let Data::List(items) = &node.data { items } else { &[] }
}
