//! What blocks may refer to each other by, and what is wrong with a reference to nothing.

use crate::account::Account;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ids::{AccountName, OuPath, StageName};
use crate::reader::table::Table;
use crate::reader::{Spanned, suggest};
use crate::zone::person::{Person, Role};
use crate::zone::repository::ForgeKind;
use crate::zone::stage::AccountRef;
use std::cell::RefCell;
use std::ops::Range;

/// Something that a stage names, and that only the list of accounts can show to exist.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    Account(AccountRef),
    Ou(OuPath),
    /// A word that may be the name of an account or of a unit.
    Either(Option<AccountRef>, Option<OuPath>),
}

/// A reference to look up once the accounts are known, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pending {
    subject: Subject,
    place: Diagnostic,
}

/// The names that the file gives, read before the blocks that use them.
pub(super) struct Names {
    pub(super) stages: Vec<StageName>,
    pub(super) forges: Vec<ForgeKind>,
    /// How many people may approve; `None` if the people could not be read.
    pub(super) approvers: Option<usize>,
    pub(super) pending: RefCell<Vec<Pending>>,
}

impl Names {
    pub(super) fn new(stages: Vec<StageName>, forges: Vec<ForgeKind>, persons: Option<&[Person]>) -> Self {
        let approvers = persons.map(|all| all.iter().filter(|p| p.may(Role::Approver)).count());
        Self { stages, forges, approvers, pending: RefCell::default() }
    }

    /// Keeps a reference to an account or unit for when the accounts are known.
    pub(super) fn later(&self, table: &Table<'_>, subject: Subject, span: &Range<usize>) {
        let place = Diagnostic::new(Severity::Error, table.reader.source, span, &table.title, None);
        self.pending.borrow_mut().push(Pending { subject, place });
    }

    /// Whether there is such a stage; reports it if not.
    pub(super) fn stage(&self, table: &Table<'_>, stage: &Spanned<StageName>) -> bool {
        let known = self.stages.contains(&stage.value);
        if !known {
            let message = format!("there is no stage {:?}", stage.value.as_str());
            let help = suggest(stage.value.as_str(), self.stages.iter().map(StageName::as_str));
            table.reader.error(&stage.span, message, help);
        }
        known
    }

    /// Warns of a stage that needs more approvals than there are people who may approve.
    pub(super) fn approvers(&self, table: &Table<'_>, approvals: Option<u32>) {
        let (Some(known), Some(needed)) = (self.approvers, approvals) else { return };
        if usize::try_from(needed).is_ok_and(|needed| needed > known)
            && let Some(value) = table.attribute("approvals")
        {
            let message = format!(
                "{} asks for more approvals ({needed}) than there are approvers ({known})",
                table.title
            );
            let help = "give more people `roles = [\"approver\"]`; the author of a change does not count";
            table.reader.warning(&value.span, message, help);
        }
    }
}

/// The references that mean nothing among these accounts; `names` are accounts known by name alone.
pub(super) fn unknown(pending: &[Pending], accounts: &[Account], names: &[AccountName]) -> Vec<Diagnostic> {
    pending.iter().filter_map(|p| p.unknown(accounts, names)).collect()
}

impl Pending {
    fn unknown(&self, accounts: &[Account], names: &[AccountName]) -> Option<Diagnostic> {
        let has_account = |reference: &AccountRef| match reference {
            AccountRef::Id(id) => accounts.iter().any(|a| &a.id == id),
            AccountRef::Name(name) => names.contains(name) || accounts.iter().any(|a| &a.name == name),
        };
        let has_ou =
            |ou: &OuPath| accounts.iter().filter_map(|a| a.ou.as_ref()).any(|other| ou.contains(other));
        match &self.subject {
            Subject::Account(account) | Subject::Either(Some(account), _)
                if are_several(account, accounts) =>
            {
                Some(self.several(account))
            }
            Subject::Account(account) if !has_account(account) => {
                Some(self.no_account(account, accounts, names))
            }
            Subject::Ou(ou) if !has_ou(ou) => Some(self.no_ou(ou, accounts)),
            Subject::Either(account, ou)
                if !account.as_ref().is_some_and(has_account) && !ou.as_ref().is_some_and(has_ou) =>
            {
                let text = account.as_ref().map(AccountRef::as_ref).or(ou.as_ref().map(OuPath::as_str));
                let message = format!("there is no account or unit {:?}", text.unwrap_or_default());
                Some(self.diagnostic(Severity::Warning, message, "nothing is excluded by it".to_owned()))
            }
            _ => None,
        }
    }

    fn several(&self, reference: &AccountRef) -> Diagnostic {
        let message = format!("several accounts are called {:?}", reference.as_ref());
        self.diagnostic(Severity::Error, message, "name the account by its 12 digits".to_owned())
    }

    fn no_account(&self, reference: &AccountRef, accounts: &[Account], names: &[AccountName]) -> Diagnostic {
        let message = format!("there is no account {:?}", reference.as_ref());
        let help = match reference {
            AccountRef::Id(id) => {
                format!("add a block `account \"name\" {{ id = \"{id}\" }}`, or let accounts be discovered")
            }
            AccountRef::Name(name) => {
                let known = names.iter().chain(accounts.iter().map(|a| &a.name)).map(AccountName::as_str);
                suggest(name.as_str(), known.collect::<std::collections::BTreeSet<_>>())
            }
        };
        self.diagnostic(Severity::Error, message, help)
    }

    fn no_ou(&self, ou: &OuPath, accounts: &[Account]) -> Diagnostic {
        let known: std::collections::BTreeSet<&str> =
            accounts.iter().filter_map(|a| a.ou.as_ref()).map(OuPath::as_str).collect();
        let message = format!("no account is in the unit {:?}", ou.as_str());
        self.diagnostic(Severity::Error, message, suggest(ou.as_str(), known))
    }

    fn diagnostic(&self, severity: Severity, message: String, help: String) -> Diagnostic {
        let help = (!help.is_empty()).then_some(help);
        Diagnostic { severity, message, help, ..self.place.clone() }
    }
}

/// Whether a name is that of more than one account, which AWS Organizations allows.
fn are_several(reference: &AccountRef, accounts: &[Account]) -> bool {
    let AccountRef::Name(name) = reference else { return false };
    let mut ids = accounts.iter().filter(|account| &account.name == name).map(|account| &account.id);
    ids.next().is_some_and(|first| ids.any(|other| other != first))
}
