//! What each rule looked at and how long it took, on standard error, so that a report stands alone.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use recte::diagnostic::Code;
use recte::project::CheckOutput;
use recte::report::harmless;
use recte::rule::RuleCost;

/// How long it is since it was first asked.
pub(super) fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Writes the name of the project, if it is one of several, and one line for each rule that judged anything, the slowest first, and then the rules that judged nothing.
pub(super) fn write(project: Option<&str>, checked: &CheckOutput) -> io::Result<()> {
    let mut found: HashMap<&Code, usize> = HashMap::new();
    for finding in &checked.findings {
        *found.entry(&finding.diagnostic.code).or_default() += 1;
    }
    let mut out = io::stderr().lock();
    project.into_iter().try_for_each(|project| writeln!(out, "{}", harmless(&format!("{project}:"))))?;
    writeln!(out, "{:>10} {:>12} {:>10} {:>9}  rule", "rows", "steps", "time", "findings")?;
    let (mut busy, vacuous): (Vec<&RuleCost>, Vec<&RuleCost>) =
        checked.effort.iter().partition(|effort| effort.rows > 0);
    busy.sort_by_key(|effort| std::cmp::Reverse((effort.time, effort.steps)));
    for effort in &busy {
        let time = effort.time.map(|time| format!("{:.2} ms", time.as_secs_f64() * 1000.0)).unwrap_or_default();
        let found = found.get(&effort.code).copied().unwrap_or_default();
        let name = name(effort, checked);
        project.into_iter().try_for_each(|project| writeln!(out, "{}", harmless(&format!("{project}:"))))?;
        writeln!(out, "{:>10} {:>12} {time:>10} {found:>9}  {}", effort.rows, effort.steps, harmless(&name))?;
    }
    if !vacuous.is_empty() {
        writeln!(out, "these rules evaluated no row, so the absence of findings means nothing:")?;
    }
    for effort in vacuous {
        writeln!(out, "  {}", harmless(&name(effort, checked)))?;
    }
    Ok(())
}

fn name(effort: &RuleCost, checked: &CheckOutput) -> String {
    let name = checked.rules.get(&effort.code).map(|rule| rule.meta.name.as_str()).unwrap_or_default();
    format!("{} {name}", effort.code)
}
