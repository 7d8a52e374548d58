//! Runs the examples of a rule: each is a small project that the rule must judge as it is marked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::condition::Param;
use crate::diagnostic::{Code, Diagnostic, Severity, TextEdit, apply};
use crate::model::{BlockId, DateRange};
use crate::project::analysis::check::{LooseClaims, check_page};
use crate::project::analysis::context::ProjectContext;
use crate::project::analysis::output::CheckOutput;
use crate::rule::{
    self, EXAMPLE_NAME, Example, ExampleOutcome, Finding, LintContext, MarkedFinding, Rule, Settings, compare,
};
use crate::schema::Schema;
use crate::text::{Sources, Span, Spanned, TomlString};

/// What an example is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// Claims that break the rule where they are marked.
    Bad,
    /// Claims that keep it.
    Good,
}

/// An example, and what came of checking it by its rule and the native ones.
pub struct Tested<'a> {
    /// What it is to show.
    pub sort: ExampleKind,
    /// Which of that sort it is, from 1.
    pub number: usize,
    /// The example, where it stands in its rule file.
    pub example: &'a Spanned<String>,
    /// The parameters that the example sets.
    params: &'a BTreeMap<String, Param>,
    /// How the findings compare with the marks.
    pub outcome: ExampleOutcome,
    /// Whether the rule itself found anything in it.
    pub fires: bool,
    /// What its fix makes of it, where the example shows what it should.
    pub fixed: Option<RepairedExample<'a>>,
    /// The claims of the example, and what was found in them.
    pub checked: CheckOutput,
}

/// What a fix makes of an example, beside what it should.
#[derive(Debug)]
pub struct RepairedExample<'a> {
    /// What it should.
    pub expected: &'a Spanned<String>,
    /// What it does.
    pub found: String,
}

impl ExampleKind {
    /// The word for it in rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            ExampleKind::Bad => "bad",
            ExampleKind::Good => "good",
        }
    }
}

impl Tested<'_> {
    /// Whether the example shows what it says, all of it, and nothing else.
    pub fn is_right(&self) -> bool {
        let fixed = self.fixed.as_ref().is_none_or(|fixed| fixed.found == fixed.expected.value);
        self.outcome.is_validated() && self.fires == (self.sort == ExampleKind::Bad) && fixed
    }

    /// What its fixes make of it, where it is a bad one and the rule has any.
    pub fn with_fixes(&self, rule: &Rule) -> Option<String> {
        rule.meta.fixes.first().map(|_| repair_example(&self.example.value, &self.checked, rule))
    }

    /// Everything that the example does not show as it says, placed in the rule file among `sources`.
    pub fn complaints(&self, rule: &Rule, sources: &Sources) -> Vec<Diagnostic> {
        let place = |line: u32| line_of(self.example, line, sources);
        let why_not = |line: u32, code: &Code| (*code == rule.meta.code).then(|| self.why_not(line, code));
        let missing = self.outcome.missing.iter();
        let missing =
            missing.map(|(line, code)| rule::missing_finding(code, why_not(*line, code).as_deref(), place(*line)));
        let noisy = self.outcome.noisy.iter();
        let noisy = noisy.map(|(line, code)| rule::noisy_finding(code, self.message(*line, code), place(*line)));
        let fixed = self.fixed.iter().filter(|fixed| fixed.found != fixed.expected.value);
        let fixed = fixed.map(|fixed| rule::fixed_otherwise(&fixed.found, fixed.expected.span));
        let mut complaints: Vec<Diagnostic> = missing.chain(noisy).chain(fixed).collect();
        if complaints.is_empty() && !self.is_right() {
            complaints.push(rule::misplaced_example(&rule.meta, self.fires, self.example.span));
        }
        complaints
    }

    /// The name of the example, as commands take it.
    pub fn name(&self) -> String {
        format!("{}:{}", self.sort.as_str(), self.number)
    }

    /// The command that says why the rule finds nothing on a line of the example.
    fn why_not(&self, line: u32, code: &Code) -> String {
        let CheckOutput { corpus, sources, .. } = &self.checked;
        let lines = |block: BlockId| {
            let whole = corpus.block(block).whole();
            let source = sources.get(whole.source);
            source.position(whole.start).line..=source.position(whole.end).line
        };
        let named = corpus.block_ids().filter(|block| corpus.block(*block).id().is_some());
        let around = named.filter(|block| corpus.is_written(*block, sources) && lines(*block).contains(&line));
        let innermost = around.min_by_key(|block| corpus.block(*block).whole().len());
        let claim = innermost.and_then(|block| corpus.block(block).id().map(str::to_owned));
        let claim = claim.unwrap_or_else(|| format!("{EXAMPLE_NAME}:{line}"));
        format!("recte why-not {code} {claim} --example {}", self.name())
    }

    /// What was said on a line of the example.
    fn message(&self, line: u32, code: &Code) -> &str {
        let said = self.checked.findings.iter().map(|finding| &finding.diagnostic).find(|found| {
            let at = found.primary.span;
            found.code == *code && self.checked.sources.get(at.source).position(at.start).line == line
        });
        said.map_or("", |found| &found.message)
    }

    /// What another rule finds in the example, as what people see: where, and what is said.
    pub(crate) fn found(&self, rule: &Rule, today: DateRange) -> Vec<(Span, String)> {
        let settings = Settings::default();
        let CheckOutput { corpus, sources, config, .. } = &self.checked;
        let (steps, run_steps) = (config.rule_steps.value, config.steps_of_run(corpus.claims()));
        let context = LintContext { corpus, sources, settings: &settings, today, steps, run_steps, clock: None };
        let rule = adapted(rule, self.params, &corpus.schema);
        rule::findings(&rule, &context).into_iter().map(|found| (found.primary.span, found.message)).collect()
    }
}

/// Where a line of an example stands in its rule file.
fn line_of(example: &Spanned<String>, line: u32, sources: &Sources) -> Span {
    let bytes = example.span.start as usize..example.span.end as usize;
    let quoted = TomlString::new(example.span.source, sources, bytes, &example.value);
    let before: usize = example.value.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let words = example.value[before..].lines().next().unwrap_or_default();
    let indent = words.len() - words.trim_start().len();
    quoted.span(before + indent..before + words.trim_end().len())
}

/// Checks every example of a rule by the schema of a project; `today` is the day by which exceptions expire.
pub fn test_examples<'a>(rule: &'a Rule, context: &ProjectContext, today: DateRange) -> Vec<Tested<'a>> {
    let examples = &rule.meta.examples;
    let of =
        |sort: ExampleKind, all: &'a [Example]| (1..).zip(all).map(move |(number, example)| (sort, number, example));
    let all = of(ExampleKind::Bad, &examples.bad).chain(of(ExampleKind::Good, &examples.good));
    all.map(|(sort, number, example)| test((sort, number), example, (rule, context, today))).collect()
}

fn test<'a>(
    (sort, number): (ExampleKind, usize),
    written: &'a Example,
    (rule, context, today): (&'a Rule, &ProjectContext, DateRange),
) -> Tested<'a> {
    let example = &written.code;
    let page = LooseClaims { claims: &example.value, document: written.document.as_deref() };
    let params = &written.params;
    let rules = context.rules.narrowed_to(&rule.meta.code);
    let own = rules.get(&rule.meta.code).map(|rule| adapted(rule, params, &context.schema).into_owned());
    let rules = match own {
        Some(own) if !params.is_empty() => rules.with(own),
        Some(_) | None => rules,
    };
    let checked = check_page(page, context, rules, today);
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    let shown = open.filter(|finding| finding.severity >= Severity::Info);
    let marked = shown.map(|finding| -> MarkedFinding {
        let at = finding.diagnostic.primary.span;
        (checked.sources.get(at.source).position(at.start).line, finding.diagnostic.code.clone())
    });
    let outcome = compare(&example.value, marked);
    let fires = outcome.reported.iter().any(|(_, code)| *code == rule.meta.code);
    let expected = written.fixed.as_ref().filter(|_| sort == ExampleKind::Bad);
    let fixed = expected
        .map(|fixed| RepairedExample { expected: fixed, found: repair_example(&example.value, &checked, rule) });
    Tested { sort, number, example, params, outcome, fires, fixed, checked }
}

/// A rule with the parameters that an example sets; those that it cannot have are left out.
fn adapted<'a>(rule: &'a Rule, params: &BTreeMap<String, Param>, schema: &Schema) -> Cow<'a, Rule> {
    let changed = if params.is_empty() { None } else { rule.with_params(params, schema) };
    changed.map_or(Cow::Borrowed(rule), Cow::Owned)
}

/// An example after the first fix that the rule offers for each finding in it.
fn repair_example(example: &str, checked: &CheckOutput, rule: &Rule) -> String {
    let own = checked.findings.iter().filter(|finding| finding.diagnostic.code == rule.meta.code);
    let edits: Vec<TextEdit> = own.filter_map(Finding::best_fix).flat_map(|fix| fix.edits.clone()).collect();
    apply(example, &edits)
}
