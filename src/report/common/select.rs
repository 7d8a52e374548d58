//! Which findings stay where a format has no room for all: the heaviest, in the order they had.

use std::cmp::Reverse;

use crate::diagnostic::Severity;
use crate::rule::Finding;

/// The findings that fit into `room`, each taking what `cost` says.
///
/// The mildest are cut first, and what is silenced before all others; among equals the last. Once
/// one does not fit, nothing lighter takes its place.
pub(crate) fn heaviest<'a>(
    findings: &[&'a Finding],
    room: usize,
    cost: impl Fn(&Finding) -> usize,
) -> Vec<&'a Finding> {
    heaviest_of(findings, room, |finding| finding, cost)
}

/// The same of things that each hold a finding.
pub(crate) fn heaviest_of<'a, T: Copy>(
    all: &[T],
    room: usize,
    finding: impl Fn(T) -> &'a Finding,
    cost: impl Fn(T) -> usize,
) -> Vec<T> {
    let mut by_weight: Vec<usize> = (0..all.len()).collect();
    by_weight.sort_by_key(|at| Reverse(weight(finding(all[*at]))));
    let mut left = room;
    let fits = |at: &usize| match left.checked_sub(cost(all[*at])) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    let mut kept: Vec<usize> = by_weight.into_iter().take_while(fits).collect();
    kept.sort_unstable();
    kept.into_iter().map(|at| all[at]).collect()
}

fn weight(finding: &Finding) -> (bool, Severity) {
    (finding.suppressed.is_none(), finding.severity)
}
