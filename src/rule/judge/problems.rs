//! What is said of rules that took too many steps.

use crate::condition::Overrun;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::meta::RuleMeta;
use crate::rule::pack::set::Rule;

const OUT_OF_BUDGET: Code = Code::native("CL0035");

/// How many rules are named where there are many.
const NAMED: usize = 3;

pub(super) fn out_of_budget(meta: &RuleMeta, overrun: Option<&Overrun>) -> Diagnostic {
    let message = format!("rule `{}` was stopped: it needs too many steps on these claims", meta.name);
    let unlinked = overrun.and_then(|overrun| overrun.unlinked.as_ref());
    let help = match unlinked {
        Some((before, name)) => format!(
            "state in `when` what `{name}` and `{before}` have in common, with `=`, `in`, `overlaps` or `same as`; or raise `rule-steps` under `[limits]`, or turn the rule off"
        ),
        None => {
            "raise `rule-steps` under `[limits]`, restrict in `when` which blocks the rule compares, or turn it off"
                .to_owned()
        }
    };
    let label = match unlinked {
        Some((before, name)) => {
            format!("every `{name}` is compared with every `{before}`, because no condition connects them")
        }
        None => "the limit was reached here".to_owned(),
    };
    let at = overrun.map_or(meta.span, |overrun| overrun.at);
    Diagnostic::new(OUT_OF_BUDGET, message, at).here(label).help(help).value(meta.code.as_str())
}

/// Rules that were not judged, since those that took most had taken the steps of the run.
pub(super) fn out_of_steps(cut: &[&Rule], dearest: &[(&Rule, u64)], most: u64) -> Diagnostic {
    let (was, names) = (if cut.len() == 1 { "rule was" } else { "rules were" }, listed(cut.iter().copied()));
    let message = format!("{} {was} not run, because others had used all {most} steps of the run: {names}", cut.len());
    let most_taken = dearest.iter().take(NAMED).map(|(rule, steps)| format!("`{}` ({steps})", rule.meta.name));
    let help = format!(
        "restrict in `when` what the rules that used the most steps compare, or turn one of them off: {}; or raise `run-steps` under `[limits]`",
        most_taken.collect::<Vec<_>>().join(", ")
    );
    let at = cut.first().map(|rule| rule.meta.span).expect("some rule was cut");
    let problem = Diagnostic::new(OUT_OF_BUDGET, message, at).here("did not run").help(help).value("run-steps");
    cut.iter().skip(1).fold(problem, |problem, rule| problem.label(rule.meta.span, "did not run either"))
}

/// The names of the first few rules, and how many more there are.
fn listed<'a>(rules: impl ExactSizeIterator<Item = &'a Rule>) -> String {
    let more = rules.len().saturating_sub(NAMED);
    let names: Vec<String> = rules.take(NAMED).map(|rule| format!("`{}`", rule.meta.name)).collect();
    names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}
