//! What silences findings, each on record with a reason: allowances, overrides, the baseline.

pub(super) mod allow;
pub(super) mod baseline;
pub(super) mod exception;
pub(super) mod members;
pub(super) mod overrides;
