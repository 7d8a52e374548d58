//! What silences findings, each on record with a reason: allowances, overrides, the baseline.

pub(super) mod allowance;
pub(super) mod allowance_matching;
pub(super) mod baseline;
pub(super) mod members;
pub(super) mod overrides;
pub(super) mod problems;
pub(super) mod record;
