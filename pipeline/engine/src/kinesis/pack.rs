//! Several audit records in one Kinesis record, as lines.

use aws_sdk_kinesis::error::BuildError;
use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;
use pipeline_core::RunId;

/// How many bytes of lines one Kinesis record gathers; a single line may be longer, up to the service's 1 MiB.
pub(super) const PACK: usize = 50 * 1024;
/// How many Kinesis records one request holds, by the service's limit.
pub(super) const ENTRIES: usize = 500;
/// How many bytes one request holds: half of the service's limit, and all of what it was before 2025.
pub(super) const REQUEST: usize = 5 * 1024 * 1024;

/// One Kinesis record of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pack {
    pub run: RunId,
    pub data: Vec<u8>,
    pub lines: u64,
}

impl Pack {
    pub(super) fn entry(&self) -> Result<PutRecordsRequestEntry, BuildError> {
        PutRecordsRequestEntry::builder()
            .partition_key(self.run.to_string())
            .data(Blob::new(self.data.clone()))
            .build()
    }

    /// What the record counts against the request's limit.
    pub(super) fn size(&self) -> usize {
        // The key is `r-` and 32 digits.
        self.data.len() + 34
    }
}

/// Packs a run's lines, in order.
pub(super) fn pack(run: RunId, lines: &[String]) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for line in lines {
        match packs.last_mut() {
            Some(pack) if pack.data.len() + line.len() < PACK => {
                pack.data.push(b'\n');
                pack.data.extend_from_slice(line.as_bytes());
                pack.lines += 1;
            }
            _ => packs.push(Pack { run, data: line.clone().into_bytes(), lines: 1 }),
        }
    }
    packs
}

/// How many of the packs, from the first on, one request takes; at least one.
pub(super) fn fitting(packs: &[Pack]) -> usize {
    let mut bytes = 0;
    let fits = packs.iter().take(ENTRIES).take_while(|pack| {
        bytes += pack.size();
        bytes <= REQUEST
    });
    fits.count().max(1)
}

#[cfg(test)]
mod tests {
    use pipeline_core::RunId;
    use proptest::{collection, prop_assert, prop_assert_eq, proptest};

    use super::{ENTRIES, PACK, REQUEST, fitting, pack};

    proptest! {
        #[test]
        fn packs_hold_every_line_in_order_within_the_limits(lengths in collection::vec(1_usize..60_000, 0..60)) {
            let run: RunId = "r-01a206589b8070008000000000000001".parse().unwrap();
            let lines: Vec<String> = lengths.iter().map(|length| "x".repeat(*length)).collect();
            let packs = pack(run, &lines);
            let joined: Vec<u8> = packs.iter().map(|pack| pack.data.clone()).collect::<Vec<_>>().join(&b'\n');
            prop_assert_eq!(joined, lines.join("\n").into_bytes());
            prop_assert!(packs.iter().all(|pack| pack.data.len() <= PACK || pack.lines == 1));
            let mut rest = packs.as_slice();
            while !rest.is_empty() {
                let (request, behind) = rest.split_at(fitting(rest));
                prop_assert!(request.len() <= ENTRIES);
                prop_assert!(request.iter().map(super::Pack::size).sum::<usize>() <= REQUEST);
                rest = behind;
            }
        }
    }
}
