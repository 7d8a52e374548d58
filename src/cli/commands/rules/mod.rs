//! `recte rules`: the list of all rules, the test of their examples, and the beginning of a new one.

mod new;
mod test;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;
use recte::condition::Param;
use recte::project::ProjectContext;
use recte::rule::{Engine, Example, Remedy, Rule};
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::output::{CommandResult, Output};
use crate::cli::project::{ProjectArgument, place_of};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<RulesCommand>,
    /// The project whose rules are listed: a folder or a file in it (default: the current folder)
    #[arg(conflicts_with = "project")]
    path: Option<PathBuf>,
    /// The format of the list
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: ProjectArgument,
}

#[derive(Subcommand)]
enum RulesCommand {
    /// Run the examples of every rule, and change every clause in turn to see whether an example detects it
    Test(test::Arguments),
    /// Create a working rule to adapt
    New(new::Arguments),
}

/// Lists the rules, or tests them.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let place = arguments.place.at(arguments.path.as_deref());
    match (&arguments.command, arguments.format) {
        (Some(RulesCommand::Test(test)), _) => test::run(test, &place, output),
        (Some(RulesCommand::New(new)), _) => new::run(new, &place, output),
        (None, Listing::Text) => {
            output.page();
            list(&place.context()?, output)
        }
        (None, Listing::Json) => list_json(&place.context()?, output),
    }
}

fn list(context: &ProjectContext, output: &mut Output) -> CommandResult {
    for rule in context.rules.iter() {
        let meta = &rule.meta;
        output.line(&format!("{:8} {:36} {:8} {}", meta.code.as_str(), meta.name, rule.level.as_str(), meta.why))?;
    }
    Ok(Exit::Clean)
}

/// A rule as programs read it.
#[derive(Serialize)]
pub(crate) struct ListedRule<'a> {
    code: &'a str,
    name: &'a str,
    level: &'a str,
    severity: &'a str,
    category: &'a str,
    engine: &'a str,
    at: String,
    since: &'a str,
    tags: &'a [String],
    why: &'a str,
    docs: &'a str,
    help: Option<&'a str>,
    fix: Option<&'a Remedy>,
    fixes: &'a [Remedy],
    refs: &'a [String],
    ignorable: bool,
    unchecked: bool,
    params: &'a BTreeMap<String, Param>,
    bad: Vec<&'a str>,
    fixed: Vec<Option<&'a str>>,
    good: Vec<&'a str>,
}

fn list_json(context: &ProjectContext, output: &mut Output) -> CommandResult {
    let rules: Vec<ListedRule<'_>> = context.rules.iter().map(|rule| listed(rule, context)).collect();
    output.json(&rules)?;
    Ok(Exit::Clean)
}

/// A rule as programs read it.
pub(crate) fn listed<'a>(rule: &'a Rule, context: &ProjectContext) -> ListedRule<'a> {
    let meta = &rule.meta;
    ListedRule {
        code: meta.code.as_str(),
        name: &meta.name,
        level: rule.level.as_str(),
        severity: meta.severity.as_str(),
        category: &meta.category,
        engine: match meta.engine {
            Engine::Condition => "condition",
            Engine::Native => "native",
        },
        at: place_of(context, meta.span),
        since: &meta.since,
        tags: &meta.tags,
        why: &meta.why,
        docs: &meta.docs,
        help: meta.help.as_deref(),
        fix: meta.fixes.first(),
        fixes: &meta.fixes,
        refs: &meta.refs,
        ignorable: meta.ignorable,
        unchecked: meta.unchecked,
        params: &meta.params,
        bad: texts(&meta.examples.bad),
        fixed: meta.examples.bad.iter().map(|bad| bad.fixed.as_ref().map(|text| text.value.as_str())).collect(),
        good: texts(&meta.examples.good),
    }
}

fn texts(examples: &[Example]) -> Vec<&str> {
    examples.iter().map(|example| example.code.value.as_str()).collect()
}
