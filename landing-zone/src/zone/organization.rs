//! `organization`, `account` and `state`: the landing zone itself.

use crate::account::{Account, Scope};
use crate::diagnostic::Diagnostics;
use crate::expression::{Formula, IN_STATE};
use crate::ids::{AccountId, AccountName, OuPath, Region, RepositoryName, StageName};
use crate::reader::Spanned;
use crate::reader::table::Table;
use crate::reader::text;
use crate::reader::value::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// How messages call an account id.
pub(super) const ACCOUNT_ID: &str = "a string of 12 digits";

/// The `organization` block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organization {
    /// The account that owns the organization, from which roles are assumed.
    pub management_account: AccountId,
    /// The region used where a stack names none.
    pub region: Region,
    /// Whether accounts, units and tags are read from AWS Organizations. Default: false.
    pub discover: bool,
    /// The name of the role that plans, in every account. Default: `WayleavePlan`.
    pub plan_role: String,
    /// The name of the role that applies, in every account. Default: `WayleaveApply`.
    pub apply_role: String,
}

/// The `state` block: where Terraform keeps its state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// The name of the bucket, an expression over `account`, `stage`, `region` and `repository`.
    pub bucket: Formula,
}

impl Organization {
    pub(super) fn read(table: &Table<'_>) -> Option<Self> {
        let management_account =
            table.required("management_account", "\"111111111111\"").and_then(|v| v.id(ACCOUNT_ID));
        let region = table.required("region", "\"ap-northeast-2\"").and_then(|v| v.id("a string"));
        let discover = table.or("discover", false, Value::bool);
        let plan_role = table.or("plan_role", "WayleavePlan".to_owned(), |v| v.checked(text::role));
        let apply_role = table.or("apply_role", "WayleaveApply".to_owned(), |v| v.checked(text::role));
        table.close();
        if plan_role.is_some()
            && plan_role == apply_role
            && let Some(value) = table.attribute("apply_role")
        {
            let message = "the plan role is the apply role, so that planning may write";
            table.reader.warning(&value.span, message, "use two roles, of which the plan role reads only");
        }
        Some(Self {
            management_account: management_account?.value,
            region: region?.value,
            discover: discover?,
            plan_role: plan_role?,
            apply_role: apply_role?,
        })
    }
}

impl State {
    pub(super) fn read(table: &Table<'_>, organization: Option<&Organization>) -> Option<Self> {
        let example = "\"wayleave-state-${account.id}\"";
        let bucket = table.required("bucket", example).and_then(|v| Formula::read(&v, IN_STATE));
        table.close();
        let bucket = bucket?;
        if let Some(fault) = organization.and_then(|o| sample_fault(&bucket, o)) {
            table.reader.push_all(fault);
            return None;
        }
        Some(Self { bucket })
    }
}

/// What is wrong with the bucket for a harmless account, stage and repository.
fn sample_fault(bucket: &Formula, organization: &Organization) -> Option<Diagnostics> {
    let account = sample_account(&organization.management_account)?;
    let stage = StageName::parse("dev").ok()?;
    let repository = RepositoryName::parse("acme/infra").ok()?;
    let region = &organization.region;
    let scope = Scope { account: &account, stage: &stage, region, commit: "", repository: &repository };
    match bucket.fault(&scope) {
        Some(fault) => Some(fault),
        None if bucket.evaluate(&scope).is_ok() => bucket.bucket(&scope).err(),
        None => None,
    }
}

/// An account that stands for any.
pub(crate) fn sample_account(id: &AccountId) -> Option<Account> {
    let name = AccountName::parse("account").ok()?;
    let ou = OuPath::parse("unit").ok();
    Some(Account { id: id.clone(), name, ou, tags: BTreeMap::new() })
}

/// The `account` blocks; and their labels, readable or not.
pub(super) fn read_accounts(root: &Table<'_>) -> (Option<Vec<Account>>, Vec<AccountName>) {
    let mut ids: Vec<(Spanned<AccountId>, String)> = Vec::new();
    let tables = root.labelled::<AccountName>("account", "dev");
    let names = tables.iter().filter_map(|(name, _)| Some(name.as_ref()?.value.clone())).collect();
    let accounts: Vec<Option<Account>> = tables
        .into_iter()
        .map(|(name, table)| read_account(name.map(|name| name.value), &table, &mut ids))
        .collect();
    (accounts.into_iter().collect(), names)
}

fn read_account(
    name: Option<AccountName>,
    table: &Table<'_>,
    ids: &mut Vec<(Spanned<AccountId>, String)>,
) -> Option<Account> {
    let id = table.required("id", "\"222222222222\"").and_then(|v| v.id::<AccountId>(ACCOUNT_ID));
    let ou = table.or("ou", None, |v| v.id::<OuPath>("a string").map(|ou| Some(ou.value)));
    let tags = table.or("tags", BTreeMap::new(), read_tags);
    table.close();
    let (id, name) = (id?, name?);
    if let Some((_, other)) = ids.iter().find(|(earlier, _)| earlier.value == id.value) {
        let message = format!("{} has the id of {other}", table.title);
        table.reader.error(&id.span, message, "name each account once");
    }
    ids.push((id.clone(), table.title.clone()));
    Some(Account { id: id.value, name, ou: ou?, tags: tags? })
}

/// An object of strings.
pub(super) fn read_tags(value: &Value<'_>) -> Option<BTreeMap<String, String>> {
    value.object()?.into_iter().map(|(key, value)| Some((key.value, value.string()?.to_owned()))).collect()
}
