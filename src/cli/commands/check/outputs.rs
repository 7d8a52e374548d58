//! Where a report goes: standard output, and files beside it.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use recte::project::{CheckOutput, documents};
use recte::report::{self, Audience, ReportFormat, RunReport, Style};

use crate::cli::output::{CommandFailure, Output};
use crate::cli::write;

/// The format whose reader also takes a summary of the whole job.
const GITHUB: &str = "github";

/// The format of that summary.
const SUMMARY: &str = "markdown";

/// Where GitHub Actions says that the summary goes.
const SUMMARY_FILE: &str = "GITHUB_STEP_SUMMARY";

#[derive(clap::Args)]
pub(super) struct Destinations {
    /// The format of standard output
    #[arg(help_heading = "What to report", long, default_value = report::ALL[0].name, value_parser = formats())]
    format: String,
    /// Also write a report to a file, in the given format; can be repeated. `FORMAT=-` is standard output
    #[arg(help_heading = "What to report", long = "output", value_name = "FORMAT=FILE", value_parser = destination)]
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
    /// Refuses two reports in one file.
    pub(super) fn refuse_same(&self) -> Result<(), CommandFailure> {
        let mut files = BTreeSet::new();
        match self
            .outputs
            .iter()
            .find(|(_, path)| !files.insert(if is_stdout(path) { path.clone() } else { real(path) }))
        {
            Some((_, path)) => {
                Err(CommandFailure::misused(format!("two reports cannot both be written to {}", path.display())))
            }
            None => Ok(()),
        }
    }

    /// Refuses to write a report over what it is about.
    pub(super) fn refuse_inputs(&self, checked: &CheckOutput, root: &Path) -> Result<(), CommandFailure> {
        // To ask the system for the real path of every file is not free.
        if self.outputs.is_empty() {
            return Ok(());
        }
        let sources = checked.sources.ids().map(|file| checked.sources.get(file).name().to_owned());
        let cited = documents(&checked.corpus).into_iter().filter_map(|cited| cited.target(&checked.sources).ok());
        let inputs: BTreeSet<PathBuf> = sources.chain(cited).map(|name| real(&root.join(name))).collect();
        match self.files().find(|(_, path)| inputs.contains(&real(path))) {
            Some((_, path)) => Err(CommandFailure::misused(format!("{} is an input of the check", path.display()))),
            None => Ok(()),
        }
    }

    /// Whether the report goes to standard output and nowhere else.
    pub(super) fn is_standard_output(&self) -> bool {
        self.files().next().is_none() && (self.format() != GITHUB || std::env::var_os(SUMMARY_FILE).is_none())
    }

    /// Why nobody takes a report on so many projects, of each format that is written.
    pub(super) fn refused(&self, projects: usize) -> BTreeSet<String> {
        let all = self.files().map(|(name, _)| format(name)).chain([format(self.format())]);
        all.filter_map(|format| format.refused(projects)).collect()
    }

    /// The name of the format of standard output.
    pub(super) fn format(&self) -> &str {
        let named = self.outputs.iter().find(|(_, path)| is_stdout(path));
        named.map_or(&self.format, |(format, _)| format)
    }

    /// Whether standard output is for people.
    pub(super) fn is_for_people(&self) -> bool {
        format(self.format()).audience == Audience::People
    }

    /// The reports that go into files.
    fn files(&self) -> impl Iterator<Item = &(String, PathBuf)> {
        self.outputs.iter().filter(|(_, path)| !is_stdout(path))
    }

    /// Writes the report as it goes to standard output.
    pub(super) fn say(&self, report: &RunReport<'_>, styles: &Styles, output: &mut dyn Write) -> io::Result<()> {
        let format = format(self.format());
        format.write_run(report, styles.of(format, &styles.people), output)
    }

    /// Writes the report everywhere it can be written. Each file is written whole or not at all.
    pub(super) fn write(
        &self,
        report: &RunReport<'_>,
        styles: &Styles,
        output: &mut Output,
    ) -> Result<(), CommandFailure> {
        let mut failed = None;
        for (name, path) in self.files() {
            let format = format(name);
            let bytes = written(format, report, styles.of(format, &styles.files))?;
            if let Err(why) = write::put(path, &bytes) {
                failed = Some(CommandFailure::unchecked(format!("{} {why}", path.display())));
            }
        }
        self.say(report, styles, output)?;
        if self.format() == GITHUB {
            summarise(report, styles)?;
        }
        failed.map_or(Ok(()), Err)
    }
}

/// Whether a path stands for standard output.
fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// A path without links and without `..`, also of a file that is not there yet.
fn real(path: &Path) -> PathBuf {
    let whole = path.canonicalize().or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        folder.canonicalize().map(|folder| folder.join(path.file_name().unwrap_or_default()))
    });
    whole.unwrap_or_else(|_| path.to_owned())
}

impl Styles {
    fn of<'a>(&'a self, format: &ReportFormat, people: &'a Style) -> &'a Style {
        match format.audience {
            Audience::People => people,
            Audience::Programs => &self.programs,
        }
    }
}

/// Adds a summary to the page of the job, where there is one.
fn summarise(report: &RunReport<'_>, styles: &Styles) -> Result<(), CommandFailure> {
    let Some(path) = std::env::var_os(SUMMARY_FILE).filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let mut bytes = b"\n".to_vec();
    bytes.extend(written(format(SUMMARY), report, &styles.programs)?);
    write::append(&path, &bytes)
        .map_err(|why| CommandFailure::unchecked(format!("the job summary {} {why}", path.display())))
}

fn written(format: &ReportFormat, report: &RunReport<'_>, style: &Style) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    format.write_run(report, style, &mut bytes)?;
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

fn format(name: &str) -> &'static ReportFormat {
    report::ALL.iter().find(|format| format.name == name).expect("the arguments allow no other name")
}
