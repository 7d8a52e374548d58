//! `recte explain RULE`: what a rule finds, why it matters, what to do.

use recte::rule::Rule;
use recte::text::did_you_mean;

use super::exit::Exit;
use super::output::{Failure, Outcome, Output};
use super::place::Place;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code or the name of a rule, such as CL0101 or obligation-without-article
    rule: String,
    #[command(flatten)]
    place: Place,
}

/// Prints the page of one rule.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let rules = arguments.place.house()?.rules;
    let Some(rule) = rules.called(&arguments.rule) else {
        let near =
            did_you_mean(&rules.nearest(&arguments.rule)).unwrap_or_else(|| "`recte rules` lists them all".to_owned());
        return Err(Failure::misused(format!("there is no rule `{}`; {near}", arguments.rule)));
    };
    for line in page(rule).lines() {
        output.line(line.trim_end())?;
    }
    Ok(Exit::Clean)
}

/// The page of a rule; the rule may be that of a stranger.
fn page(rule: &Rule) -> String {
    let meta = &rule.meta;
    let mut page = format!("{} {} ({}, {})\n", meta.code, meta.name, rule.level.as_str(), meta.category);
    page += &format!("\n{}\n\n{}\n", meta.why, meta.docs.trim());
    for (title, examples) in [("Reported", &meta.examples.bad), ("Not reported", &meta.examples.good)] {
        for example in examples {
            page += &format!("\n{title}:\n\n");
            page.extend(example.value.trim_matches('\n').lines().map(|line| format!("    {line}\n")));
        }
    }
    if let Some(fix) = &meta.fix {
        page += &format!("\nFix ({}): {}.\n", fix.safety.as_str(), fix.title);
    }
    if meta.ignorable {
        page += &format!("\nTo record an exception in the block: allow: {} \"the reason\"\n", meta.name);
    }
    if !meta.refs.is_empty() {
        page += &format!("\nSee: {}\n", meta.refs.join("; "));
    }
    page + &format!("\nSince {}.\n", meta.since)
}
