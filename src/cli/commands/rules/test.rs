//! `recte rules test`: every rule against its own examples, and every clause against all of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

use recte::diagnostic::{Diagnostic, Severity};
use recte::model::DateRange;
use recte::project::{ExampleKind, ProjectContext, Tested, Tree, Untested, test_examples};
use recte::report::{self, Style, count};
use recte::rule::{Rule, assign_severities, missing_example};
use recte::text::Sanitized;

use crate::cli::diff;
use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{OpenedProject, ProjectArgument};
use crate::cli::write;
use crate::cli::write::WriteLock;

/// The file beside `recte.toml` in which a project keeps what its rules say of their examples.
const SNAPSHOT: &str = "recte-rules.snap";

/// The line above an example as its fix leaves it, and that of earlier versions.
const FIXED: &str = "\nfixed:\n";
const FORMERLY_FIXED: &str = "\nmended:\n";

/// What is said where there is nothing to test.
const NO_RULES: &str = "the project has no rules of its own: name their files under `packs` in recte.toml, or test the built-in rules with `--all`";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only these rules, by code or name; by default, the project's own
    rules: Vec<String>,
    /// Test the built-in rules as well
    #[arg(long, conflicts_with = "rules")]
    all: bool,
    /// Also show the clauses of built-in rules that no example needs, and end with exit code 1 if any clause is not needed
    #[arg(long)]
    strict: bool,
    /// Record the findings of the project's own rules for their examples in recte-rules.snap, for comparison
    #[arg(long)]
    accept: bool,
}

/// What came of all examples.
#[derive(Default)]
struct ExampleTally {
    /// Examples that break their rule where they are marked.
    reported: usize,
    /// Examples that keep their rule, as they should.
    validated: usize,
    noisy: usize,
    missing: usize,
    wrong: usize,
    /// Rules that lack a bad or a good example.
    without: usize,
    clauses: usize,
    untested: usize,
}

/// Tests the rules.
pub(super) fn run(arguments: &Arguments, place: &ProjectArgument, output: &mut Output) -> CommandResult {
    let turn = |opened: OpenedProject| WriteLock::wait(opened.settings_folder());
    let _turn = arguments.accept.then(|| place.open_to_write().and_then(turn)).transpose()?;
    let context = place.context_for_examples()?;
    if let Some(name) = arguments.rules.iter().find(|name| context.rules.typed(name).is_none()) {
        let advice = context.rules.advice(name);
        return Err(CommandFailure::misused(format!("there is no rule `{name}`; {advice}")));
    }
    let is_selected = |rule: &&Rule| match arguments.rules.as_slice() {
        [] => arguments.all || is_own(rule),
        names => {
            names.iter().any(|name| context.rules.typed(name).is_some_and(|meant| meant.meta.code == rule.meta.code))
        }
    };
    let today = place.judged.today();
    let mut test =
        Test { arguments, context: &context, today, tally: ExampleTally::default(), definitions: BTreeSet::new() };
    let mut said = String::new();
    for rule in context.rules.iter().filter(is_selected).filter(|rule| !rule.is_disabled()) {
        test.rule(rule, &mut said, output)?;
    }
    let broken = test.broken(output)?;
    if !broken && !context.rules.iter().any(|rule| is_selected(&rule)) {
        output.line(NO_RULES)?;
    }
    test.tally.print(output)?;
    // What single rules say is no whole to compare.
    let is_whole = arguments.rules.is_empty() && (arguments.accept || context.rules.iter().any(is_own));
    let kept = !is_whole || keep(&said, arguments.accept, place, output)?;
    Ok(match () {
        () if broken || test.tally.wrong > 0 || !kept => Exit::Misused,
        () if arguments.strict && (test.tally.untested > 0 || test.tally.without > 0) => Exit::Findings,
        () => Exit::Clean,
    })
}

/// A run of tests.
struct Test<'a> {
    arguments: &'a Arguments,
    context: &'a ProjectContext,
    today: DateRange,
    tally: ExampleTally,
    /// The definitions that were tested already, each with whether it is built in.
    definitions: BTreeSet<(bool, String)>,
}

impl Test<'_> {
    fn rule(&mut self, rule: &Rule, said: &mut String, output: &mut Output) -> Result<(), CommandFailure> {
        let tested = test_examples(rule, self.context, self.today);
        let missing = missing_examples(rule);
        self.tally.without += usize::from(!missing.is_empty());
        self.show(missing, output)?;
        for example in &tested {
            self.tally.count(example);
            self.show(example.complaints(rule, &self.context.sources), output)?;
        }
        self.untested(Untested::of_rule(rule, &tested, self.context, self.today), rule, output)?;
        for name in rule.uses() {
            if self.definitions.insert((rule.is_builtin(), name.clone())) {
                self.untested(Untested::of_definition(&name, rule, self.context, self.today), rule, output)?;
            }
        }
        if is_own(rule) {
            describe(rule, &tested, said)?;
        }
        Ok(())
    }

    fn untested(&mut self, untested: Untested, rule: &Rule, output: &mut Output) -> Result<(), CommandFailure> {
        self.tally.clauses += untested.tried;
        self.tally.untested += untested.clauses.len();
        if self.arguments.strict || is_own(rule) || !self.arguments.rules.is_empty() {
            // Of a rule without any example, no clause is needed; one sentence says so.
            let is_shown = !rule.meta.examples.bad.is_empty() || !rule.meta.examples.good.is_empty();
            self.show(untested.clauses.into_iter().filter(|_| is_shown).collect(), output)?;
        }
        Ok(())
    }

    fn show(&self, problems: Vec<Diagnostic>, output: &mut Output) -> Result<(), CommandFailure> {
        let findings = assign_severities(problems, &self.context.rules, &self.context.sources);
        let style = output.terminal.style();
        Ok(report::draw(&findings, &self.context.sources, &style, output)?)
    }

    /// Shows what is wrong with rule files themselves, whose rules could not be tested.
    fn broken(&self, output: &mut Output) -> Result<bool, CommandFailure> {
        let problems = &self.context.problems;
        let findings = assign_severities(problems.clone(), &self.context.rules, &self.context.sources);
        self.show(problems.clone(), output)?;
        Ok(findings.iter().any(|finding| finding.severity == Severity::Error))
    }
}

/// A problem for each sort of example that a rule lacks.
fn missing_examples(rule: &Rule) -> Vec<Diagnostic> {
    let examples = &rule.meta.examples;
    let sorts = [("bad", &examples.bad), ("good", &examples.good)];
    let missing = sorts.iter().filter(|(_, examples)| rule.meta.needs_examples() && examples.is_empty());
    missing.map(|(sort, _)| missing_example(sort, &rule.meta)).collect()
}

/// Whether a rule is of the project, and not built in.
fn is_own(rule: &Rule) -> bool {
    !rule.is_builtin()
}

impl ExampleTally {
    fn count(&mut self, example: &Tested<'_>) {
        match (example.is_right(), example.sort) {
            (true, ExampleKind::Bad) => self.reported += 1,
            (true, ExampleKind::Good) => self.validated += 1,
            (false, _) => self.wrong += 1,
        }
        self.noisy += example.outcome.noisy.len();
        self.missing += example.outcome.missing.len();
    }

    fn print(&self, output: &mut Output) -> Result<(), CommandFailure> {
        let examples = self.reported + self.validated + self.wrong;
        output.line(&format!(
            "{}: {} with findings, {} without, {} wrong; missing findings: {}, unexpected findings: {}",
            count(examples, "example"),
            self.reported,
            self.validated,
            self.wrong,
            self.missing,
            self.noisy
        ))?;
        output.line(&format!("{}: {} not needed by any example", count(self.clauses, "clause"), self.untested))?;
        Ok(())
    }
}

/// Adds what the rule says of its bad examples, and what its fix makes of them.
fn describe(rule: &Rule, tested: &[Tested<'_>], said: &mut String) -> Result<(), CommandFailure> {
    let style = Style::plain();
    for (number, example) in tested.iter().filter(|example| example.sort == ExampleKind::Bad).enumerate() {
        let mut drawn = Vec::new();
        let own = example.checked.findings.iter().filter(|finding| finding.diagnostic.code == rule.meta.code);
        report::draw(&own.cloned().collect::<Vec<_>>(), &example.checked.sources, &style, &mut drawn)?;
        let drawn = String::from_utf8_lossy(&drawn).into_owned();
        // Writing to a string cannot fail.
        let _ = write!(said, "== {} {}, bad example {}\n\n{drawn}", rule.meta.code, rule.meta.name, number + 1);
        if let Some(fixed) = example.with_fixes(rule) {
            let lines: Vec<String> = fixed.lines().map(shown).collect();
            let end = if fixed.ends_with('\n') { "\n" } else { "" };
            let _ = write!(said, "fixed:\n{}{end}\n", lines.join("\n"));
        }
    }
    Ok(())
}

/// What was recorded, whatever the line endings of git and the version that recorded it.
fn as_written_today(recorded: &str) -> String {
    recorded.replace("\r\n", "\n").replace(FORMERLY_FIXED, FIXED)
}

/// A line as it can be looked at, its tabs where they were.
fn shown(line: &str) -> String {
    line.split('\t').map(|part| Sanitized::line(part).to_string()).collect::<Vec<_>>().join("\t")
}

/// Compares what the project's own rules say with what is on record, or puts it there; whether it is the same.
fn keep(said: &str, accept: bool, place: &ProjectArgument, output: &mut Output) -> Result<bool, CommandFailure> {
    let opened = place.open()?;
    let old = opened.root.read(SNAPSHOT, opened.context().config.file_size.value).ok();
    match (&old, accept) {
        (None, false) => Ok(true),
        // Git may have changed the line endings.
        (Some(old), false) if as_written_today(old) == as_written_today(said) => Ok(true),
        (Some(old), false) => {
            diff::write((SNAPSHOT, old, said), output)?;
            writeln!(
                output,
                "the findings of the examples differ from {SNAPSHOT}; `recte rules test --accept` records the new ones"
            )?;
            Ok(false)
        }
        (_, true) => {
            accepted(&opened, old.as_deref(), said)?;
            output.line(&format!("recorded the findings of the examples in {SNAPSHOT}"))?;
            Ok(true)
        }
    }
}

fn accepted(opened: &OpenedProject, old: Option<&str>, said: &str) -> Result<(), CommandFailure> {
    let folder = opened.settings_folder();
    let written = match old {
        Some(old) if old == said => Ok(()),
        Some(old) => write::replace(folder, SNAPSHOT, (old, said)),
        None => write::create(folder, SNAPSHOT, said),
    };
    written.map_err(|why| CommandFailure::unchecked(format!("{SNAPSHOT} {why}")))
}
