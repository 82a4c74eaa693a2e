//! What the plans would do and what the policies found, as a reader of events is given it.

use std::collections::BTreeMap;

use pipeline_core::Digest;
use pipeline_core::run::UnitView;

use crate::store::UnitReport;

/// Reports by the digest of the plan that they are about, so that a unit is never shown another plan's changes.
#[derive(Debug, Clone, Default)]
pub struct Reports(BTreeMap<Digest, UnitReport>);

impl Reports {
    /// The report on the plan that the unit has now; none if it has no plan, or if the report is not known.
    pub fn of(&self, unit: &UnitView) -> Option<&UnitReport> {
        unit.digest.as_ref().and_then(|digest| self.0.get(digest))
    }
}

impl FromIterator<(Digest, UnitReport)> for Reports {
    fn from_iter<T: IntoIterator<Item = (Digest, UnitReport)>>(reports: T) -> Self {
        Self(reports.into_iter().collect())
    }
}
