//! How many findings there are of each rule, instead of the findings.

use std::collections::BTreeMap;

use recte::report::count;
use recte::rule::Finding;

use super::reported::ReportedRun;
use crate::cli::output::{CommandFailure, Output};

/// What the findings of one rule come to.
#[derive(Default)]
struct RuleTally {
    findings: usize,
    fixable: usize,
}

/// Writes a line for each rule with findings, those with the most first, and a total.
pub(super) fn write(all: &ReportedRun, output: &mut Output) -> Result<(), CommandFailure> {
    let mut tallies: BTreeMap<(String, String, &str), RuleTally> = BTreeMap::new();
    for finding in all.shown() {
        let key = (finding.diagnostic.code.to_string(), finding.rule.to_string(), finding.severity.as_str());
        let tally = tallies.entry(key).or_default();
        tally.findings += 1;
        tally.fixable += usize::from(is_fixable(finding));
    }
    let mut rows: Vec<_> = tallies.into_iter().collect();
    rows.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.findings));
    let width = rows.first().map_or(1, |(_, tally)| tally.findings.to_string().len());
    for ((code, rule, severity), RuleTally { findings, fixable }) in &rows {
        let fixes = if *fixable > 0 { format!(" ({fixable} with a fix)") } else { String::new() };
        output.line(&format!("{findings:>width$}  {severity}[{code}] {rule}{fixes}"))?;
    }
    let total = rows.iter().map(|(_, tally)| tally.findings).sum();
    output.line(&format!("{} of {}", count(total, "finding"), count(rows.len(), "rule")))?;
    Ok(())
}

fn is_fixable(finding: &Finding) -> bool {
    finding.suppressed.is_none() && finding.best_fix().is_some()
}
