//! The rules that each stage's units are judged by.

use std::collections::BTreeMap;
use std::sync::Arc;

use landing_zone::{Diagnostics, Policy, StageName};
use policies::{Bundle, Pack, PackError, Settings};

/// The rules of every stage, compiled. Stages with the same settings share theirs.
#[derive(Debug, Clone)]
pub struct Rules {
    base: Arc<Bundle>,
    stages: BTreeMap<StageName, Arc<Bundle>>,
}

/// Rules that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// `zone.hcl` sets something that fits no rule: everything that does, each with its place.
    #[error("the `policy` block of zone.hcl does not fit the rules: {0}")]
    Settings(Diagnostics),
    /// A pack is wrong.
    #[error("the policies do not compile")]
    Pack(#[source] PackError),
}

impl Rules {
    /// Compiles the packs with the settings of each stage.
    ///
    /// # Errors
    /// [`RulesError`]; of settings all that is wrong in any stage.
    pub fn compile(policy: &Policy, packs: &[Pack]) -> Result<Self, RulesError> {
        let mut work = Work { policy, packs, done: Vec::new(), wrong: Vec::new() };
        let base = work.bundle(None, &policy.settings)?;
        let mut stages = BTreeMap::new();
        for (stage, settings) in &policy.stages {
            stages.extend(work.bundle(Some(stage), settings)?.map(|bundle| (stage.clone(), bundle)));
        }
        match (base, Diagnostics::new(work.wrong)) {
            (Some(base), None) => Ok(Self { base, stages }),
            (_, Some(wrong)) => Err(RulesError::Settings(wrong)),
            // Not reached: every error of settings has a place.
            (None, None) => Err(RulesError::Pack(PackError::Empty)),
        }
    }

    /// Compiles all rules at once, so that no unit waits for it.
    pub fn warm(&self) {
        std::iter::once(&self.base).chain(self.stages.values()).for_each(|bundle| bundle.warm());
    }

    /// The rules of a stage.
    #[must_use]
    pub fn of(&self, stage: &StageName) -> &Arc<Bundle> {
        self.stages.get(stage).unwrap_or(&self.base)
    }
}

struct Work<'a> {
    policy: &'a Policy,
    packs: &'a [Pack],
    done: Vec<(&'a Settings, Arc<Bundle>)>,
    wrong: Vec<landing_zone::Diagnostic>,
}

impl<'a> Work<'a> {
    /// None where the settings are wrong, which is kept.
    fn bundle(
        &mut self,
        stage: Option<&StageName>,
        settings: &'a Settings,
    ) -> Result<Option<Arc<Bundle>>, RulesError> {
        if let Some((_, done)) = self.done.iter().find(|(known, _)| *known == settings) {
            return Ok(Some(Arc::clone(done)));
        }
        match Bundle::from_packs(self.packs.to_vec(), settings) {
            Ok(bundle) => {
                let bundle = Arc::new(bundle);
                self.done.push((settings, Arc::clone(&bundle)));
                Ok(Some(bundle))
            }
            Err(PackError::Settings(errors)) => {
                let found = self.policy.explain(stage, &errors);
                if found.is_empty() {
                    return Err(RulesError::Pack(PackError::Settings(errors)));
                }
                for found in found {
                    if !self.wrong.contains(&found) {
                        self.wrong.push(found);
                    }
                }
                Ok(None)
            }
            Err(error) => Err(RulesError::Pack(error)),
        }
    }
}
