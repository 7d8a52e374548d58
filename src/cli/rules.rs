//! `recte rules`: the list of all rules, and the test of their examples.

use std::io::Write;

use clap::Subcommand;
use recte::model::Days;
use recte::project::{House, Tested, test_examples};
use recte::rule::{Marked, Remedy, Rule, RuleSet};
use recte::text::Spanned;
use serde::Serialize;

use super::exit::Exit;
use super::listing::Listing;
use super::output::{Failure, Outcome, Output};
use super::place::Place;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// How to list the rules
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Command {
    /// Run every rule's own examples and compare what is found with what is marked
    Test {
        /// Only these rules, by code or name
        rules: Vec<String>,
    },
}

/// Lists the rules, or tests them.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let house = arguments.place.house()?;
    match (&arguments.command, arguments.format) {
        (Some(Command::Test { rules: only }), _) => test(&house, (only, arguments.place.judged.today()), output),
        (None, Listing::Text) => list(&house.rules, output),
        (None, Listing::Json) => list_json(&house.rules, output),
    }
}

fn list(rules: &RuleSet, output: &mut Output) -> Outcome {
    for rule in rules.iter() {
        let meta = &rule.meta;
        output.line(&format!("{:8} {:36} {:8} {}", meta.code.as_str(), meta.name, rule.level.as_str(), meta.why))?;
    }
    Ok(Exit::Clean)
}

/// A rule as programs read it.
#[derive(Serialize)]
struct Listed<'a> {
    code: &'a str,
    name: &'a str,
    level: &'a str,
    category: &'a str,
    since: &'a str,
    tags: &'a [String],
    why: &'a str,
    docs: &'a str,
    help: Option<&'a str>,
    fix: Option<&'a Remedy>,
    refs: &'a [String],
    ignorable: bool,
    bad: Vec<&'a str>,
    good: Vec<&'a str>,
}

fn list_json(rules: &RuleSet, output: &mut Output) -> Outcome {
    let rules: Vec<Listed<'_>> = rules.iter().map(listed).collect();
    output.json(&rules)?;
    Ok(Exit::Clean)
}

fn listed(rule: &Rule) -> Listed<'_> {
    let meta = &rule.meta;
    Listed {
        code: meta.code.as_str(),
        name: &meta.name,
        level: rule.level.as_str(),
        category: &meta.category,
        since: &meta.since,
        tags: &meta.tags,
        why: &meta.why,
        docs: &meta.docs,
        help: meta.help.as_deref(),
        fix: meta.fix.as_ref(),
        refs: &meta.refs,
        ignorable: meta.ignorable,
        bad: texts(&meta.examples.bad),
        good: texts(&meta.examples.good),
    }
}

fn texts(examples: &[Spanned<String>]) -> Vec<&str> {
    examples.iter().map(|example| example.value.as_str()).collect()
}

/// How many examples did what.
#[derive(Default)]
struct Tally {
    examples: usize,
    wrong: usize,
}

fn test(house: &House, (only, today): (&[String], Days), output: &mut Output) -> Outcome {
    for name in only {
        if house.rules.called(name).is_none() {
            return Err(Failure::misused(format!("there is no rule `{name}`")));
        }
    }
    let asked = |rule: &&Rule| only.is_empty() || only.iter().any(|name| rule.meta.is_called(name));
    let mut tally = Tally::default();
    for rule in house.rules.iter().filter(asked) {
        test_rule(rule, (house, today), output, &mut tally)?;
    }
    writeln!(output, "{} examples, {} as marked, {} not", tally.examples, tally.examples - tally.wrong, tally.wrong)?;
    Ok(if tally.wrong == 0 { Exit::Clean } else { Exit::Misused })
}

fn test_rule(
    rule: &Rule,
    (house, today): (&House, Days),
    output: &mut Output,
    tally: &mut Tally,
) -> Result<(), Failure> {
    for tested in test_examples(rule, house, today) {
        tally.examples += 1;
        tally.wrong += usize::from(!tested.is_right());
        for line in complaints(rule, &tested) {
            output.line(&format!("{} {}: {line}", rule.meta.code, rule.meta.name))?;
        }
    }
    Ok(())
}

/// What is wrong with an example, one sentence each.
fn complaints(rule: &Rule, tested: &Tested<'_>) -> Vec<String> {
    let sort = tested.sort.as_str();
    let complain = |what| move |(line, code): &Marked| format!("{sort} example, line {line}: {code} is {what}");
    let missing = tested.outcome.missing.iter().map(complain("missing"));
    let mut all: Vec<String> = missing.chain(tested.outcome.noisy.iter().map(complain("noisy"))).collect();
    if let Some(mended) = tested.mended.as_ref().filter(|mended| mended.found != mended.expected) {
        all.push(format!("{sort} example: the fix makes {:?} of it, not {:?}", mended.found, mended.expected));
    }
    if all.is_empty() && !tested.is_right() {
        let wrong = if tested.fires { "marks the rule itself" } else { "has no mark for the rule" };
        all.push(format!("a {sort} example {wrong}, {}", rule.meta.code));
    }
    all
}
