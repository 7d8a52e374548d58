//! Where a report goes: standard output, and files beside it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use recte::project::Located;
use recte::report::{self, Audience, Format, Report, Style};

use crate::cli::output::{Failure, Output};
use crate::cli::place::folder;
use crate::cli::write;

/// The format whose reader also takes a summary of the whole job.
const GITHUB: &str = "github";

/// The format of that summary.
const SUMMARY: &str = "markdown";

/// Where GitHub Actions says that the summary goes.
const SUMMARY_FILE: &str = "GITHUB_STEP_SUMMARY";

#[derive(clap::Args)]
pub(super) struct Destinations {
    /// How to write the findings to standard output
    #[arg(long, default_value = report::ALL[0].name, value_parser = formats())]
    format: String,
    /// Write them to a file as well, in another format; may be given several times
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = destination)]
    outputs: Vec<(String, PathBuf)>,
}

/// How a report looks to each sort of reader.
pub(super) struct Styles {
    /// Whoever reads standard output.
    pub(super) people: Style,
    /// Whoever reads a file later.
    pub(super) files: Style,
    /// Programs.
    pub(super) programs: Style,
}

impl Destinations {
    /// Refuses a report on several projects where it must be about one.
    pub(super) fn refuse_several(&self, projects: &[Located]) -> Result<(), Failure> {
        let alone = format(&self.format).audience == Audience::Programs;
        if projects.len() < 2 || !alone && self.outputs.is_empty() {
            return Ok(());
        }
        let what = if alone { format!("a report in {}", self.format) } else { "a report in a file".to_owned() };
        let roots: Vec<String> = projects.iter().map(|located| folder(&located.root)).collect();
        Err(Failure::misused(format!("{what} is about one project; name one of: {}", roots.join(", "))))
    }

    /// Writes the report everywhere. Each file is written whole or not at all.
    pub(super) fn write(&self, report: &Report<'_>, styles: &Styles, output: &mut Output) -> Result<(), Failure> {
        for (name, path) in &self.outputs {
            let format = format(name);
            let bytes = written(format, report, styles.of(format, &styles.files))?;
            write::put(path, &bytes)
                .map_err(|error| Failure::unchecked(format!("{} cannot be written: {error}", path.display())))?;
        }
        let format = format(&self.format);
        (format.write)(report, styles.of(format, &styles.people), output)?;
        if self.format == GITHUB {
            summarise(report, styles)?;
        }
        Ok(())
    }
}

impl Styles {
    fn of<'a>(&'a self, format: &Format, people: &'a Style) -> &'a Style {
        match format.audience {
            Audience::People => people,
            Audience::Programs => &self.programs,
        }
    }
}

/// Adds a summary to the page of the job, where there is one.
fn summarise(report: &Report<'_>, styles: &Styles) -> Result<(), Failure> {
    let Some(path) = std::env::var_os(SUMMARY_FILE).filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let bytes = written(format(SUMMARY), report, &styles.programs)?;
    let appended = std::fs::OpenOptions::new().append(true).create(true).open(&path);
    let appended = appended.and_then(|mut file| file.write_all(&bytes));
    appended.map_err(|error| Failure::unchecked(format!("the job summary cannot be written: {error}")))
}

fn written(format: &Format, report: &Report<'_>, style: &Style) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    (format.write)(report, style, &mut bytes)?;
    Ok(bytes)
}

fn destination(text: &str) -> Result<(String, PathBuf), String> {
    let known = |name: &str| report::ALL.iter().any(|format| format.name == name);
    match text.split_once('=') {
        Some((name, file)) if known(name) && !file.is_empty() => Ok((name.to_owned(), PathBuf::from(file))),
        Some(_) | None => {
            let names: Vec<&str> = report::ALL.iter().map(|format| format.name).collect();
            Err(format!("write FORMAT=FILE with one of the formats {}", names.join(", ")))
        }
    }
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(report::ALL.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}

fn format(name: &str) -> &'static Format {
    report::ALL.iter().find(|format| format.name == name).expect("the arguments allow no other name")
}
