//! `recte explain RULE`: what a rule finds, why it matters, what to do.

use std::io::Write;
use std::path::PathBuf;

use recte::rule::Rule;
use recte::text::did_you_mean;

use super::exit::Exit;
use super::output::{Failure, Outcome, Output};
use super::rules::house;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code or the name of a rule, such as CL0101 or obligation-without-article
    rule: String,
    /// The project whose rules and levels count
    #[arg(long, value_name = "PATH", default_value = ".")]
    project: PathBuf,
}

/// Prints the page of one rule.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let rules = house(&arguments.project)?.rules;
    let Some(rule) = rules.called(&arguments.rule) else {
        let near =
            did_you_mean(&rules.nearest(&arguments.rule)).unwrap_or_else(|| "`recte rules` lists them all".to_owned());
        return Err(Failure::misused(format!("there is no rule `{}`; {near}", arguments.rule)));
    };
    page(rule, output)?;
    Ok(Exit::Clean)
}

fn page(rule: &Rule, out: &mut dyn Write) -> std::io::Result<()> {
    let meta = &rule.meta;
    writeln!(out, "{} {} ({}, {})", meta.code, meta.name, rule.level.as_str(), meta.category)?;
    writeln!(out, "\n{}", meta.why)?;
    writeln!(out, "\n{}", meta.docs.trim())?;
    for (title, examples) in [("Reported", &meta.examples.bad), ("Not reported", &meta.examples.good)] {
        for example in examples {
            writeln!(out, "\n{title}:\n")?;
            for line in example.value.trim_matches('\n').lines() {
                writeln!(out, "{}", format!("    {line}").trim_end())?;
            }
        }
    }
    if meta.ignorable {
        writeln!(out, "\nTo record an exception in the block: allow: {} \"the reason\"", meta.name)?;
    }
    if !meta.refs.is_empty() {
        writeln!(out, "\nSee: {}", meta.refs.join("; "))?;
    }
    writeln!(out, "\nSince {}.", meta.since)
}
