//! Runs the examples of a rule: each is a small project that the rule must judge as it is marked.

use super::check::{Checked, check_text};
use super::house::House;
use crate::diagnostic::{Edit, Severity, apply};
use crate::model::Days;
use crate::rule::{Marked, Outcome, Rule, compare};
use crate::text::Spanned;

/// What an example is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Claims that break the rule where they are marked.
    Bad,
    /// Claims that keep it.
    Good,
}

/// An example, and what came of checking it by its rule and the native ones.
#[derive(Debug)]
pub struct Tested<'a> {
    /// What it is to show.
    pub sort: Sort,
    /// The example, where it stands in its rule file.
    pub example: &'a Spanned<String>,
    /// How the findings compare with the marks.
    pub outcome: Outcome,
    /// Whether the rule itself found anything in it.
    pub fires: bool,
    /// What its fix makes of it, where the example shows what it should.
    pub mended: Option<Mended<'a>>,
}

/// What a fix makes of an example, beside what it should.
#[derive(Debug)]
pub struct Mended<'a> {
    /// What it should.
    pub expected: &'a str,
    /// What it does.
    pub found: String,
}

impl Sort {
    /// The word for it in rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Bad => "bad",
            Sort::Good => "good",
        }
    }
}

impl Tested<'_> {
    /// Whether the example shows what it says, all of it, and nothing else.
    pub fn is_right(&self) -> bool {
        let mended = self.mended.as_ref().is_none_or(|mended| mended.found == mended.expected);
        self.outcome.is_validated() && self.fires == (self.sort == Sort::Bad) && mended
    }
}

/// Checks every example of a rule by the schema of a house; `today` is the day by which exceptions expire.
pub fn test_examples<'a>(rule: &'a Rule, house: &House, today: Days) -> Vec<Tested<'a>> {
    let examples = &rule.meta.examples;
    let fixed = examples.fixed.iter().map(Option::as_ref);
    let bad = examples.bad.iter().zip(fixed).map(|(example, fixed)| (Sort::Bad, example, fixed));
    let good = examples.good.iter().map(|example| (Sort::Good, example, None));
    bad.chain(good).map(|(sort, example, fixed)| test(sort, (example, fixed), (rule, house, today))).collect()
}

fn test<'a>(
    sort: Sort,
    (example, fixed): (&'a Spanned<String>, Option<&'a Spanned<String>>),
    (rule, house, today): (&'a Rule, &House, Days),
) -> Tested<'a> {
    let checked = check_text(&example.value, house, house.rules.narrowed_to(&rule.meta.code), today);
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    let shown = open.filter(|finding| finding.severity >= Severity::Info);
    let marked = shown.map(|finding| -> Marked {
        let at = finding.diagnostic.primary.span;
        (checked.sources.get(at.source).position(at.start).line, finding.diagnostic.code.clone())
    });
    let outcome = compare(&example.value, marked);
    let fires = outcome.reported.iter().any(|(_, code)| *code == rule.meta.code);
    let mended = fixed.map(|fixed| Mended { expected: &fixed.value, found: mend(&example.value, &checked, rule) });
    Tested { sort, example, outcome, fires, mended }
}

/// An example after every fix that the rule offers for it.
fn mend(example: &str, checked: &Checked, rule: &Rule) -> String {
    let own = checked.findings.iter().filter(|finding| finding.diagnostic.code == rule.meta.code);
    let edits: Vec<Edit> = own.filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| fix.edits.clone()).collect();
    apply(example, &edits)
}
