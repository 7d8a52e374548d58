//! `recte explain RULE`: what a rule finds, why it matters, what to do, how it reads, and what set its level.

mod declared;

use std::collections::BTreeMap;

use recte::condition::{Defined, Verbalization};
use recte::project::ProjectContext;
use recte::rule::{Rule, RuleMeta};
use serde::Serialize;

use super::rules::{ListedRule, listed};
use declared::Declared;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::ProjectArgument;
use crate::cli::setting;
use crate::cli::setting::ShownSetting;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Codes or names of rules, such as CL0101 or obligation-without-article; or kinds and fields, such as norm or norm.bearer
    #[arg(required = true, value_name = "RULE")]
    subjects: Vec<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: ProjectArgument,
}

/// What somebody may want explained.
#[derive(Serialize)]
#[serde(untagged)]
enum Subject<'a> {
    Rule(Box<Explained<'a>>),
    Declared(Declared<'a>),
}

/// Prints the page of each subject; a rule may be that of a stranger.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let contexts = arguments.subjects.iter().map(|subject| arguments.place.context_of_rule(subject));
    let contexts: Vec<ProjectContext> = contexts.collect::<Result<_, _>>()?;
    let named = arguments.subjects.iter().zip(&contexts);
    match arguments.format {
        Listing::Text => {
            output.page();
            let pages: Vec<String> = named.map(|(name, context)| text(name, context)).collect::<Result<_, _>>()?;
            pages.join("\n\n").lines().try_for_each(|line| output.line(line.trim_end()))?;
        }
        Listing::Json => {
            let all: Vec<Subject<'_>> =
                named.map(|(name, context)| subject(name, context)).collect::<Result<_, _>>()?;
            match all.as_slice() {
                [one] => output.json(one)?,
                all => output.json(&all)?,
            }
        }
    }
    Ok(Exit::Clean)
}

fn text(name: &str, context: &ProjectContext) -> Result<String, CommandFailure> {
    match context.rules.typed(name) {
        Some(rule) => Ok(page(context, rule)),
        None => {
            Declared::named(name, &context.schema).map(|declared| declared.page()).ok_or_else(|| unknown(name, context))
        }
    }
}

fn subject<'a>(name: &str, context: &'a ProjectContext) -> Result<Subject<'a>, CommandFailure> {
    match context.rules.typed(name) {
        Some(rule) => Ok(Subject::Rule(Box::new(Explained::new(context, rule)))),
        None => Declared::named(name, &context.schema).map(Subject::Declared).ok_or_else(|| unknown(name, context)),
    }
}

/// A name that is neither a rule nor declared in the schema, with those that are near to it.
fn unknown(name: &str, context: &ProjectContext) -> CommandFailure {
    let (rules, schema) = (&context.rules, &context.schema);
    let advice = declared::advice(name, schema)
        .unwrap_or_else(|| rules.advice_among_others(name, declared::names(schema).into_iter()));
    CommandFailure::misused(format!("there is no rule, kind or field `{name}`; {advice}"))
}

fn page(context: &ProjectContext, rule: &Rule) -> String {
    let meta = &rule.meta;
    let mut page = format!("{} {} ({}, {})\n", meta.code, meta.name, rule.level.as_str(), meta.category);
    page.extend([meta.why.as_str(), meta.docs.trim()].iter().filter(|it| !it.is_empty()).map(|it| format!("\n{it}\n")));
    page += &conditions(rule);
    page += &definitions(rule);
    page += &settings(context, rule);
    page += &examples(meta);
    for fix in &meta.fixes {
        page += &format!("\nFix ({}): {}.\n", fix.safety.as_str(), fix.in_general());
    }
    if meta.ignorable {
        page += &format!("\nTo record an exception in the block: allow: {} \"the reason\"\n", meta.name);
    }
    if !meta.refs.is_empty() {
        page += &format!("\nSee: {}\n", meta.refs.join("; "));
    }
    if !meta.since.is_empty() {
        page += &format!("\nSince {}.\n", meta.since);
    }
    page
}

/// The conditions as written, each followed by what they say in English.
fn conditions(rule: &Rule) -> String {
    let mut text = String::new();
    let cases: Vec<_> = rule.as_written().into_iter().zip(rule.verbalizations()).collect();
    for (at, (written, reading)) in cases.iter().enumerate() {
        let number = if cases.len() > 1 { format!(", case {} of {}", at + 1, cases.len()) } else { String::new() };
        text += &format!("\nThe condition{number}:\n\n");
        text.extend(written.iter().map(|(key, condition)| {
            let lines: Vec<&str> = condition.trim().lines().map(str::trim_end).collect();
            format!("    {key} = {}\n", lines.join("\n    "))
        }));
        text += "\nIn words:\n\n";
        text.extend(reading.lines().iter().map(|line| format!("    {line}\n")));
    }
    text
}

/// What the names of definitions stand for.
fn definitions(rule: &Rule) -> String {
    let mut text = String::new();
    for Defined { head, is, reading } in rule.defined() {
        let lines: Vec<&str> = is.lines().map(str::trim_end).collect();
        text += &format!("\nDefined:\n\n    {head} = {}\n", lines.join("\n    "));
        text += "\nIn words:\n\n";
        text.extend(reading.lines().map(|line| format!("    {line}\n")));
    }
    text
}

/// `Level: warning (recte.toml:4, instead of error by default)`, and the parameters in the same way.
fn settings(context: &ProjectContext, rule: &Rule) -> String {
    let level = setting::level(context, rule, None);
    let mut text = format!("\nLevel: {} ({})\n", level.value, level.origin());
    let params = setting::params(context, rule);
    text.extend(params.iter().map(|param| format!("Setting {}: {} ({})\n", param.name, param.value, param.origin())));
    text
}

fn examples(meta: &RuleMeta) -> String {
    let mut text = String::new();
    for (title, examples) in [("Reported", &meta.examples.bad), ("Not reported", &meta.examples.good)] {
        for example in examples {
            text += &format!("\n{title}:\n\n");
            text.extend(example.code.value.trim_matches('\n').lines().map(|line| format!("    {line}\n")));
        }
    }
    text
}

/// A rule and what holds for it, as programs read it.
#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    rule: ListedRule<'a>,
    /// The level, and what set it.
    setting: ShownSetting,
    params: Vec<ShownSetting>,
    cases: Vec<ExplainedCase<'a>>,
    /// What the names of definitions stand for that the cases use.
    definitions: Vec<Defined>,
}

/// One way to break a rule.
#[derive(Serialize)]
struct ExplainedCase<'a> {
    #[serde(flatten)]
    written: BTreeMap<&'static str, &'a str>,
    reading: Verbalization,
}

impl<'a> Explained<'a> {
    fn new(context: &ProjectContext, rule: &'a Rule) -> Explained<'a> {
        let cases = rule.as_written().into_iter().zip(rule.verbalizations());
        Explained {
            rule: listed(rule, context),
            setting: setting::level(context, rule, None),
            params: setting::params(context, rule),
            cases: cases
                .map(|(written, reading)| ExplainedCase { written: written.into_iter().collect(), reading })
                .collect(),
            definitions: rule.defined(),
        }
    }
}
