//! `recte coverage`: which sentences of the documents are claimed, waived or open.

use std::path::PathBuf;

use clap::ValueEnum;
use recte::report::coverage::{self, ProjectCoverage};
use recte::rule::Finding;

use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{ProjectArgument, refuse_wrong_run};
use crate::cli::write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The project: a folder or a file in it (default: the current folder)
    #[arg(conflicts_with = "project")]
    path: Option<PathBuf>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: CoverageFormatName,
    /// Write the output to this file instead
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The percentage of sentences that must be claimed or waived
    #[arg(long, value_name = "PERCENT", value_parser = share)]
    min: Option<f64>,
    #[command(flatten)]
    place: ProjectArgument,
}

/// How coverage is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CoverageFormatName {
    /// The open sentences, and the totals
    #[default]
    Text,
    /// Everything, for programs
    Json,
    /// LCOV, for viewers of test coverage
    Lcov,
    /// A page of the documents, each sentence with its claims
    Html,
}

impl From<CoverageFormatName> for coverage::CoverageFormat {
    fn from(format: CoverageFormatName) -> coverage::CoverageFormat {
        match format {
            CoverageFormatName::Text => coverage::CoverageFormat::Text,
            CoverageFormatName::Json => coverage::CoverageFormat::Json,
            CoverageFormatName::Lcov => coverage::CoverageFormat::Lcov,
            CoverageFormatName::Html => coverage::CoverageFormat::Html,
        }
    }
}

/// Reads the documents, and says what the claims cover of them.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let (_, checked) = arguments.place.at(arguments.path.as_deref()).check()?;
    refuse_wrong_run(&checked)?;
    let open: Vec<Finding> = checked.findings.iter().filter(|finding| finding.suppressed.is_none()).cloned().collect();
    let documents = checked.corpus.coverage();
    let covering =
        ProjectCoverage { documents: &documents, corpus: &checked.corpus, sources: &checked.sources, findings: &open };
    let mut bytes = Vec::new();
    covering
        .write(arguments.format.into(), &mut bytes)
        .map_err(|error| CommandFailure::unchecked(format!("the coverage cannot be written: {error}")))?;
    match &arguments.output {
        Some(path) => {
            write::put(path, &bytes).map_err(|why| CommandFailure::unchecked(format!("{} {why}", path.display())))?
        }
        None if arguments.format == CoverageFormatName::Text => {
            output.page();
            output.lines(&bytes)?;
        }
        None => output.bytes(&bytes)?,
    }
    let named = recte::project::documents(&checked.corpus);
    let unread = named.iter().find(|document| document.is_read && checked.corpus.document_of(document.block).is_none());
    if let Some(document) = unread {
        return Err(CommandFailure::unchecked(format!("{} was not read; `recte check` says why", document.path)));
    }
    let percent = covering.tally().percent();
    match arguments.min {
        Some(least) if percent < least => {
            let message = format!("the claims cover {} % of the sentences; {least} % are required", covering.percent());
            Err(CommandFailure { message, exit: Exit::Findings })
        }
        Some(_) | None => Ok(Exit::Clean),
    }
}

/// A share of a hundred.
fn share(written: &str) -> Result<f64, String> {
    let share: f64 = written.trim_end_matches('%').trim().parse().map_err(|_| "it is not a number".to_owned())?;
    if (0.0..=100.0).contains(&share) { Ok(share) } else { Err("it must be from 0 to 100".to_owned()) }
}
