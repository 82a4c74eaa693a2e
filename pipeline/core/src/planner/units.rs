//! Stages, units and waves of the touched stacks.

use std::collections::{BTreeMap, BTreeSet};

use landing_zone::{
    Account, AccountId, AccountName, Region, Repository, Stack, StackFile, StackName, Stage, StageName, Wave,
    Zone,
};

use super::Reason;
use crate::event::{FreezeSpan, StageSpec, UnitSpec};
use crate::id::UnitId;

/// What a run is to go through: the parts of [`Event::Prepared`](crate::event::Event::Prepared).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Every stage of the repository, each after those that it waits for, those without units included.
    pub stages: Vec<StageSpec>,
    /// The units, by stage as above, then wave, then id.
    pub units: Vec<UnitSpec>,
    /// What people should know.
    pub warnings: Vec<Warning>,
}

/// Something that is probably not meant, and stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Touched stacks go to a stage that has no account.
    #[error("stage {stage} has no account, so that nothing is planned there; look at its block in zone.hcl")]
    NoAccounts {
        /// The stage.
        stage: StageName,
    },
}

/// Why no units can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A unit would be there twice.
    #[error(
        "account {name} ({account}) is in the stages {first} and {second}, and stack {stack} goes to both; \
         take the account out of one of them in zone.hcl, or one of them out of the stack's `stages`"
    )]
    TwoStages {
        /// The account.
        account: AccountId,
        /// Its name.
        name: AccountName,
        /// The earlier stage.
        first: StageName,
        /// The later stage.
        second: StageName,
        /// A stack that goes to both.
        stack: StackName,
    },
}

/// The stages of a repository and the units of its touched stacks: a stack in each account of each of its stages, in
/// each of its regions.
///
/// A stage waits for the stages of the repository that the zone puts before it, also where stages of no concern to the
/// repository are between. Within a stage, waves are numbered from 1 and go first by how deep a stack lies in
/// `depends_on`, then by account: canaries, then groups. A unit depends on the units of the stacks that its own comes
/// after, in the same account and stage: that of the same region, or where there is none, all of them.
///
/// `discovered` are the accounts of the organization; the zone adds its own.
///
/// # Errors
/// [`PlanError`] when a unit would be in two stages.
pub fn units(
    zone: &Zone,
    repository: &Repository,
    discovered: &[Account],
    stacks: &StackFile,
    touched: &BTreeMap<StackName, Reason>,
) -> Result<Layout, PlanError> {
    let order = zone.stage_order();
    let stages: Vec<&Stage> = order.iter().filter_map(|name| zone.stage(name)).collect();
    let accounts_of = |stage: &&Stage| zone.stage_accounts(&stage.name, discovered);
    let of_repository = stages.iter().copied().filter(|stage| repository.stages.contains(&stage.name));
    let places: Vec<Place<'_>> =
        of_repository.map(|stage| Place { stage, accounts: accounts_of(&stage) }).collect();
    lay_out(&stages, &places, stacks, touched)
}

/// A stage of the repository and its accounts.
struct Place<'a> {
    stage: &'a Stage,
    accounts: Vec<Account>,
}

fn lay_out(
    all: &[&Stage],
    places: &[Place<'_>],
    stacks: &StackFile,
    touched: &BTreeMap<StackName, Reason>,
) -> Result<Layout, PlanError> {
    check_accounts(places, stacks)?;
    let after = promotion(all, places);
    let mut layout = Layout::default();
    for place in places {
        let name = &place.stage.name;
        layout.stages.push(stage_spec(place.stage, after.get(name).cloned().unwrap_or_default()));
        let members = Members::of(name, stacks, touched);
        if place.accounts.is_empty() && !members.stacks.is_empty() {
            layout.warnings.push(Warning::NoAccounts { stage: name.clone() });
        }
        layout.units.extend(stage_units(place, &members));
    }
    Ok(layout)
}

fn stage_spec(stage: &Stage, after: BTreeSet<StageName>) -> StageSpec {
    let span = |freeze: &landing_zone::Freeze| FreezeSpan {
        name: freeze.name.clone(),
        from: freeze.from,
        to: freeze.to,
    };
    StageSpec {
        name: stage.name.clone(),
        after,
        approvals: stage.approvals,
        soak: stage.soak,
        max_failures: stage.wave.max_failures,
        freezes: stage.freezes.iter().map(span).collect(),
    }
}

/// For each stage the stages of the repository that it comes after; others are replaced by what they come after.
fn promotion(all: &[&Stage], places: &[Place<'_>]) -> BTreeMap<StageName, BTreeSet<StageName>> {
    let ours: BTreeSet<&StageName> = places.iter().map(|place| &place.stage.name).collect();
    let mut after: BTreeMap<StageName, BTreeSet<StageName>> = BTreeMap::new();
    for stage in all {
        let mut names = BTreeSet::new();
        for before in &stage.after {
            match after.get(before) {
                _ if ours.contains(before) => {
                    names.insert(before.clone());
                }
                further => names.extend(further.into_iter().flatten().cloned()),
            }
        }
        after.insert(stage.name.clone(), names);
    }
    after
}

fn check_accounts(places: &[Place<'_>], stacks: &StackFile) -> Result<(), PlanError> {
    let mut seen: BTreeMap<&AccountId, Vec<&StageName>> = BTreeMap::new();
    for place in places {
        let second = &place.stage.name;
        for account in &place.accounts {
            let earlier = seen.entry(&account.id).or_default();
            for &first in earlier.iter() {
                if let Some(stack) = shared(stacks, first, second) {
                    return Err(PlanError::TwoStages {
                        account: account.id.clone(),
                        name: account.name.clone(),
                        first: first.clone(),
                        second: second.clone(),
                        stack: stack.name.clone(),
                    });
                }
            }
            earlier.push(second);
        }
    }
    Ok(())
}

fn shared<'a>(stacks: &'a StackFile, first: &StageName, second: &StageName) -> Option<&'a Stack> {
    stacks.stacks.iter().find(|stack| stack.stages.contains(first) && stack.stages.contains(second))
}

/// The touched stacks of one stage.
struct Members<'a> {
    stacks: BTreeMap<&'a StackName, Member<'a>>,
}

struct Member<'a> {
    stack: &'a Stack,
    /// The touched stacks of this stage that it comes after; a stack between that is not of this stage is looked through.
    after: BTreeSet<&'a StackName>,
    /// How many come before it in the longest chain.
    depth: usize,
}

impl<'a> Members<'a> {
    fn of(stage: &StageName, file: &'a StackFile, touched: &BTreeMap<StackName, Reason>) -> Self {
        let by_name: BTreeMap<&StackName, &'a Stack> =
            file.stacks.iter().map(|stack| (&stack.name, stack)).collect();
        let here = |stack: &Stack| touched.contains_key(&stack.name) && stack.stages.contains(stage);
        let mut nearest: BTreeMap<&StackName, Near<'a>> = BTreeMap::new();
        for stack in dependency_order(file, &by_name) {
            let mut near = Near::default();
            for before in stack.depends_on.iter().filter_map(|name| by_name.get(name)) {
                let further = nearest.get(&before.name);
                if here(before) {
                    let depth = further.map_or(0, |further| further.depth);
                    near.after.insert(&before.name);
                    near.depth = near.depth.max(depth.saturating_add(1));
                } else if let Some(further) = further {
                    near.after.extend(&further.after);
                    near.depth = near.depth.max(further.depth);
                }
            }
            nearest.insert(&stack.name, near);
        }
        let member = |stack: &'a Stack| {
            let near = nearest.remove(&stack.name).unwrap_or_default();
            (&stack.name, Member { stack, after: near.after, depth: near.depth })
        };
        Self { stacks: file.stacks.iter().filter(|stack| here(stack)).map(member).collect() }
    }

    /// The regions of a dependency that a unit of this region comes after.
    fn regions(&self, stack: &StackName, region: &'a Region) -> &[Region] {
        let regions = self.stacks.get(stack).map(|member| member.stack.regions.as_slice());
        match regions {
            Some(regions) if regions.contains(region) => std::slice::from_ref(region),
            other => other.unwrap_or_default(),
        }
    }
}

#[derive(Default)]
struct Near<'a> {
    after: BTreeSet<&'a StackName>,
    depth: usize,
}

/// The stacks, each after those that it depends on. The file has no cycles; if it had, each stack would still come once.
fn dependency_order<'a>(file: &'a StackFile, by_name: &BTreeMap<&StackName, &'a Stack>) -> Vec<&'a Stack> {
    let mut order = Vec::with_capacity(file.stacks.len());
    let mut entered: BTreeSet<&StackName> = BTreeSet::new();
    for root in &file.stacks {
        let mut path = vec![(root, false)];
        while let Some((stack, left)) = path.pop() {
            if left {
                order.push(stack);
            } else if entered.insert(&stack.name) {
                path.push((stack, true));
                let before = stack.depends_on.iter().filter_map(|name| by_name.get(name));
                path.extend(before.map(|stack| (*stack, false)));
            }
        }
    }
    order
}

fn stage_units(place: &Place<'_>, members: &Members<'_>) -> Vec<UnitSpec> {
    let groups = account_waves(place.stage.wave, place.accounts.len());
    let depths: BTreeSet<usize> = members.stacks.values().map(|member| member.depth).collect();
    let last = groups.last().map_or(0, |last| last.saturating_add(1));
    let mut units = Vec::new();
    for member in members.stacks.values() {
        // Depths that a stage lacks, because a chain goes on elsewhere, leave no gap in the numbers.
        let level = depths.range(..member.depth).count();
        for (account, group) in place.accounts.iter().zip(&groups) {
            let wave = level.saturating_mul(last).saturating_add(*group).saturating_add(1);
            let wave = u32::try_from(wave).unwrap_or(u32::MAX);
            let of_region = |region| unit(place.stage, account, member, region, wave, members);
            units.extend(member.stack.regions.iter().map(of_region));
        }
    }
    units.sort_by(|a, b| a.wave.cmp(&b.wave).then_with(|| a.id.cmp(&b.id)));
    units
}

/// For each account the number of its wave, from 0.
fn account_waves(wave: Wave, accounts: usize) -> Vec<usize> {
    let canary = usize::try_from(wave.canary).unwrap_or(usize::MAX);
    let size = usize::try_from(wave.size.max(1)).unwrap_or(usize::MAX);
    let first = usize::from(canary > 0);
    (0..accounts).map(|place| place.checked_sub(canary).map_or(0, |rest| first + rest / size)).collect()
}

fn unit(
    stage: &Stage,
    account: &Account,
    member: &Member<'_>,
    region: &Region,
    wave: u32,
    members: &Members<'_>,
) -> UnitSpec {
    let stack = member.stack;
    let before = member.after.iter().flat_map(|name| {
        members.regions(name, region).iter().map(|region| UnitId::of(name, &account.id, region))
    });
    UnitSpec {
        id: UnitId::of(&stack.name, &account.id, region),
        stack: stack.name.clone(),
        engine: stack.engine,
        account: account.id.clone(),
        account_name: account.name.clone(),
        region: region.clone(),
        stage: stage.name.clone(),
        wave,
        depends_on: before.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use landing_zone::{Engine, Selection};

    /// `name[: after]` in the zone's order.
    fn stage(text: &str, wave: Wave) -> Stage {
        let (name, after) = text.split_once(": ").unwrap_or((text, ""));
        Stage {
            name: StageName::parse(name).unwrap(),
            selection: Selection::default(),
            after: after.split_whitespace().map(|name| StageName::parse(name).unwrap()).collect(),
            approvals: 0,
            soak: SignedDuration::ZERO,
            wave,
            freezes: Vec::new(),
        }
    }

    fn account(number: usize) -> Account {
        Account {
            id: AccountId::parse(&format!("{number:012}")).unwrap(),
            name: AccountName::parse(&format!("account-{number}")).unwrap(),
            ou: None,
            tags: BTreeMap::new(),
        }
    }

    /// `name stages regions [after]`, each a list parted by commas.
    fn stack(text: &str) -> Stack {
        let mut words = text.split(' ').map(|word| word.split(',').collect::<Vec<_>>());
        let name = StackName::parse(words.next().unwrap()[0]).unwrap();
        let stages = words.next().unwrap();
        let regions = words.next().unwrap();
        Stack {
            path: name.to_string(),
            name,
            engine: Engine::Terraform,
            template: None,
            stages: stages.into_iter().map(|name| StageName::parse(name).unwrap()).collect(),
            regions: regions.into_iter().map(|name| Region::parse(name).unwrap()).collect(),
            when_modified: None,
            variables: BTreeMap::new(),
            parameters: BTreeMap::new(),
            depends_on: words
                .next()
                .into_iter()
                .flatten()
                .map(|name| StackName::parse(name).unwrap())
                .collect(),
        }
    }

    fn file(stacks: &[&str]) -> StackFile {
        StackFile { stacks: stacks.iter().map(|text| stack(text)).collect() }
    }

    fn all(stacks: &StackFile) -> BTreeMap<StackName, Reason> {
        stacks.stacks.iter().map(|stack| (stack.name.clone(), Reason::Everything)).collect()
    }

    const AT_ONCE: Wave = Wave::AT_ONCE;

    /// One line a stage, one line a unit.
    fn shown(layout: &Layout) -> String {
        let names = |names: &BTreeSet<StageName>| {
            names.iter().map(StageName::to_string).collect::<Vec<_>>().join(",")
        };
        let mut lines: Vec<String> = layout
            .stages
            .iter()
            .map(|stage| format!("{} after [{}]", stage.name, names(&stage.after)))
            .collect();
        lines.extend(layout.units.iter().map(|unit| {
            let before: Vec<&str> = unit.depends_on.iter().map(UnitId::as_str).collect();
            format!("{} {} {} after [{}]", unit.stage, unit.wave, unit.id, before.join(", "))
        }));
        lines.extend(layout.warnings.iter().map(Warning::to_string));
        lines.join("\n")
    }

    /// Places as `(stage, wave, accounts)`.
    fn laid_out(
        places: &[(&str, Wave, std::ops::Range<usize>)],
        stacks: &StackFile,
    ) -> Result<Layout, PlanError> {
        let stages: Vec<Stage> = places.iter().map(|(text, wave, _)| stage(text, *wave)).collect();
        let place = |(stage, (_, _, accounts)): (_, &(&str, Wave, std::ops::Range<usize>))| Place {
            stage,
            accounts: accounts.clone().map(account).collect(),
        };
        let places: Vec<Place<'_>> = stages.iter().zip(places).map(place).collect();
        lay_out(&stages.iter().collect::<Vec<_>>(), &places, stacks, &all(stacks))
    }

    #[test]
    fn units_are_stacks_by_accounts_by_regions() {
        let stacks = file(&["b dev,prd eu-west-1,eu-west-2 a", "a dev,prd eu-west-1", "c prd us-east-1 a,b"]);
        let layout =
            laid_out(&[("dev", AT_ONCE, 1..2), ("prd: dev", AT_ONCE, 2..4), ("lab", AT_ONCE, 0..0)], &stacks);
        insta::assert_snapshot!(shown(&layout.unwrap()), @r"
        dev after []
        prd after [dev]
        lab after []
        dev 1 a.000000000001.eu-west-1 after []
        dev 2 b.000000000001.eu-west-1 after [a.000000000001.eu-west-1]
        dev 2 b.000000000001.eu-west-2 after [a.000000000001.eu-west-1]
        prd 1 a.000000000002.eu-west-1 after []
        prd 1 a.000000000003.eu-west-1 after []
        prd 2 b.000000000002.eu-west-1 after [a.000000000002.eu-west-1]
        prd 2 b.000000000002.eu-west-2 after [a.000000000002.eu-west-1]
        prd 2 b.000000000003.eu-west-1 after [a.000000000003.eu-west-1]
        prd 2 b.000000000003.eu-west-2 after [a.000000000003.eu-west-1]
        prd 3 c.000000000002.us-east-1 after [a.000000000002.eu-west-1, b.000000000002.eu-west-1, b.000000000002.eu-west-2]
        prd 3 c.000000000003.us-east-1 after [a.000000000003.eu-west-1, b.000000000003.eu-west-1, b.000000000003.eu-west-2]
        ");
    }

    #[test]
    fn waves_go_by_depth_and_then_by_account() {
        let stacks = file(&["a dev eu-west-1", "b dev eu-west-1 a"]);
        let wave = Wave { canary: 1, size: 2, max_failures: 0 };
        insta::assert_snapshot!(shown(&laid_out(&[("dev", wave, 1..5)], &stacks).unwrap()), @r"
        dev after []
        dev 1 a.000000000001.eu-west-1 after []
        dev 2 a.000000000002.eu-west-1 after []
        dev 2 a.000000000003.eu-west-1 after []
        dev 3 a.000000000004.eu-west-1 after []
        dev 4 b.000000000001.eu-west-1 after [a.000000000001.eu-west-1]
        dev 5 b.000000000002.eu-west-1 after [a.000000000002.eu-west-1]
        dev 5 b.000000000003.eu-west-1 after [a.000000000003.eu-west-1]
        dev 6 b.000000000004.eu-west-1 after [a.000000000004.eu-west-1]
        ");
        let waves = |canary, size| account_waves(Wave { canary, size, max_failures: 0 }, 5);
        assert_eq!(waves(0, 2), [0, 0, 1, 1, 2]);
        assert_eq!(waves(2, 2), [0, 0, 1, 1, 2]);
        assert_eq!(waves(1, 3), [0, 1, 1, 1, 2]);
        assert_eq!(waves(9, 1), [0; 5]);
        assert_eq!(waves(0, 0), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_dependency_of_another_stage_is_looked_through() {
        let stacks = file(&["a dev eu-west-1", "b prd eu-west-1 a", "c dev eu-west-1 b"]);
        let layout = laid_out(&[("dev", AT_ONCE, 1..2)], &stacks).unwrap();
        insta::assert_snapshot!(shown(&layout), @r"
        dev after []
        dev 1 a.000000000001.eu-west-1 after []
        dev 2 c.000000000001.eu-west-1 after [a.000000000001.eu-west-1]
        ");
    }

    #[test]
    fn stages_of_others_are_passed_through() {
        let stages = ["dev", "stg: dev", "qa: stg", "prd: qa dev"].map(|text| stage(text, AT_ONCE));
        let ours = |stage: &&Stage| matches!(stage.name.as_str(), "dev" | "prd");
        let places: Vec<Place<'_>> =
            stages.iter().filter(ours).map(|stage| Place { stage, accounts: Vec::new() }).collect();
        let stacks = file(&["a prd eu-west-1"]);
        let layout = lay_out(&stages.iter().collect::<Vec<_>>(), &places, &stacks, &all(&stacks)).unwrap();
        insta::assert_snapshot!(shown(&layout), @r"
        dev after []
        prd after [dev]
        stage prd has no account, so that nothing is planned there; look at its block in zone.hcl
        ");
    }

    #[test]
    fn an_account_in_two_stages_is_refused_where_a_unit_would_be_there_twice() {
        let places = [("dev", AT_ONCE, 1..4), ("prd", AT_ONCE, 3..5)];
        assert!(laid_out(&places, &file(&["a dev eu-west-1", "b prd eu-west-1"])).is_ok());
        let error = laid_out(&places, &file(&["a dev eu-west-1", "b prd,dev eu-west-1"])).unwrap_err();
        insta::assert_snapshot!(error, @"account account-3 (000000000003) is in the stages dev and prd, and stack b goes to both; take the account out of one of them in zone.hcl, or one of them out of the stack's `stages`");
    }

    #[test]
    fn what_is_not_touched_is_not_there() {
        let stacks = file(&["a dev eu-west-1", "b dev eu-west-1 a"]);
        let dev = stage("dev", AT_ONCE);
        let places = [Place { stage: &dev, accounts: vec![account(1)] }];
        let touched = BTreeMap::from([(StackName::parse("b").unwrap(), Reason::Redefined)]);
        let layout = lay_out(&[&dev], &places, &stacks, &touched).unwrap();
        insta::assert_snapshot!(shown(&layout), @r"
        dev after []
        dev 1 b.000000000001.eu-west-1 after []
        ");
    }
}
