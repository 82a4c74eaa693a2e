//! The fields that can be searched: those of the audit record.

/// A field of the audit record.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its dotted name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// What a field's values are, and how they are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An IP address, searched whole.
    Address,
    /// Texts that are searched whole.
    Keyword,
    /// Several such texts.
    Keywords,
    /// A whole number.
    Number,
    /// The record's time.
    Time,
    /// A text that is searched by its words.
    Text,
}

impl Field {
    /// The field of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.name == name)
    }
}

const fn keyword(name: &'static str) -> Field {
    Field { name, kind: Kind::Keyword }
}

/// The run.
pub(super) static RUN: Field = keyword("wayleave.run");

/// All fields, by name.
pub static FIELDS: &[Field] = &[
    Field { name: "@timestamp", kind: Kind::Time },
    keyword("cicd.pipeline.name"),
    keyword("cicd.pipeline.result"),
    keyword("cicd.pipeline.run.id"),
    keyword("cicd.pipeline.run.url.full"),
    keyword("cicd.pipeline.task.name"),
    keyword("cicd.pipeline.task.run.id"),
    keyword("cloud.account.id"),
    keyword("cloud.account.name"),
    keyword("cloud.provider"),
    keyword("cloud.region"),
    keyword("ecs.version"),
    keyword("event.action"),
    Field { name: "event.category", kind: Kind::Keywords },
    keyword("event.dataset"),
    Field { name: "event.duration", kind: Kind::Number },
    keyword("event.hash"),
    keyword("event.id"),
    keyword("event.kind"),
    keyword("event.outcome"),
    keyword("event.provider"),
    keyword("event.reason"),
    Field { name: "event.sequence", kind: Kind::Number },
    Field { name: "event.type", kind: Kind::Keywords },
    keyword("log.level"),
    Field { name: "message", kind: Kind::Text },
    keyword("organization.unit"),
    keyword("rule.category"),
    keyword("rule.id"),
    keyword("rule.name"),
    Field { name: "source.ip", kind: Kind::Address },
    keyword("user.id"),
    keyword("user.name"),
    keyword("vcs.change.id"),
    keyword("vcs.ref.head.name"),
    keyword("vcs.ref.head.revision"),
    keyword("vcs.repository.url.full"),
    keyword("wayleave.digest"),
    keyword("wayleave.engine"),
    keyword("wayleave.role_session"),
    keyword("wayleave.run"),
    keyword("wayleave.stack"),
    keyword("wayleave.stage"),
    keyword("wayleave.unit"),
    Field { name: "wayleave.wave", kind: Kind::Number },
];

#[cfg(test)]
mod tests {
    use super::{FIELDS, RUN};

    #[test]
    fn fields_are_sorted_and_unique() {
        assert!(FIELDS.is_sorted_by(|one, next| one.name < next.name));
        assert!(FIELDS.contains(&RUN));
    }
}
