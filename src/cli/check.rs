//! `recte check`: reads projects, judges them, and writes what was found.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::builder::PossibleValuesParser;
use recte::diagnostic::Severity;
use recte::model::Days;
use recte::project::{self, Checked, Located};
use recte::report::{self, Audience, Color, Format, Hidden, Report, Style, Summary};
use recte::rule::{Finding, SuppressedBy};

use super::exit::Exit;
use super::output::{Failure, Outcome, Output};

/// How many columns a report may take.
const WIDTH: usize = 100;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files and folders to report on; the whole project around each is read
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, default_value = report::ALL[0].name, value_parser = formats())]
    format: String,
    /// From which weight on findings fail the run: error, warning or info
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    fail_on: Option<Severity>,
    /// The day by which exceptions expire, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<Days>,
    /// Show at most this many findings (json is always complete)
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// Show findings that an `allow:` silences as well
    #[arg(long)]
    show_suppressed: bool,
}

/// Checks every project that the paths name, each as a world of its own.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    if let Some(missing) = arguments.paths.iter().find(|path| std::fs::symlink_metadata(path).is_err()) {
        return Err(Failure::misused(format!("there is no file or folder {}", missing.display())));
    }
    let projects = project::locate(&arguments.paths, Path::new("."));
    if let (true, Audience::Programs) = (projects.len() > 1, format(&arguments.format).audience) {
        let roots: Vec<String> = projects.iter().map(|located| folder(&located.root)).collect();
        return Err(Failure::misused(format!(
            "a report in {} is about one project; name one of: {}",
            arguments.format,
            roots.join(", ")
        )));
    }
    let mut exit = Exit::Clean;
    for located in projects {
        exit = exit.max(run_project(arguments, &located, output)?);
    }
    Ok(exit)
}

fn run_project(arguments: &Arguments, located: &Located, output: &mut Output) -> Outcome {
    let started = Instant::now();
    let today = arguments.date.unwrap_or_else(today);
    let checked = project::check(&located.root, &located.only, today)
        .map_err(|error| Failure::unchecked(format!("{} cannot be read: {error}", located.root.display())))?;
    let exit = exit(&checked, arguments.fail_on.unwrap_or(checked.config.fail_on), located);
    let shown: Vec<Finding> =
        checked.findings.iter().filter(|finding| is_shown(finding, &checked, (arguments, located))).cloned().collect();
    let mut summary = summary(&checked, &shown);
    summary.elapsed = Some(started.elapsed());
    let excused: Vec<Finding> = checked
        .findings
        .iter()
        .filter(|finding| is_excused(finding, &checked, (arguments, located)))
        .cloned()
        .collect();
    let report = Report {
        findings: &shown,
        excused: &excused,
        rules: &checked.rules,
        sources: &checked.sources,
        summary,
        date: today.to_string(),
    };
    let color = if output.colored { Color::Ansi } else { Color::Plain };
    let style = Style { color, width: WIDTH, max: arguments.max, folder: folder(&located.root) };
    (format(&arguments.format).write)(&report, &style, output)?;
    Ok(exit)
}

/// The folder of a project as seen from the current one; outside of it, the whole path.
fn folder(root: &Path) -> String {
    let current = std::env::current_dir().and_then(|current| current.canonicalize()).unwrap_or_default();
    let seen = root.strip_prefix(&current).unwrap_or(root).to_string_lossy().replace('\\', "/");
    if seen.is_empty() { seen } else { format!("{seen}/") }
}

/// Whether a finding belongs to what was asked for.
fn is_shown(finding: &Finding, checked: &Checked, (arguments, located): (&Arguments, &Located)) -> bool {
    let wanted = finding.suppressed.is_none() || arguments.show_suppressed;
    wanted && is_selected(finding, checked, located)
}

/// Whether a finding would belong to what was asked for, if no exception silenced it.
fn is_excused(finding: &Finding, checked: &Checked, (arguments, located): (&Arguments, &Located)) -> bool {
    finding.suppressed.is_some() && !arguments.show_suppressed && is_selected(finding, checked, located)
}

/// Whether a finding stands in a file that was asked for; what is wrong with the configuration always does.
fn is_selected(finding: &Finding, checked: &Checked, located: &Located) -> bool {
    let name = checked.sources.get(finding.diagnostic.primary.span.source).name();
    let beneath =
        |only: &String| name.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let about_setup = checked.rules.get(&finding.diagnostic.code).is_some_and(|rule| rule.meta.is_about_setup());
    located.only.is_empty() || about_setup || located.only.iter().any(beneath)
}

fn exit(checked: &Checked, fail_on: Severity, located: &Located) -> Exit {
    let counted = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    let gravity = |finding: &Finding| {
        let Some(rule) = checked.rules.get(&finding.diagnostic.code) else { return Exit::Unchecked };
        if rule.meta.unchecked {
            Exit::Unchecked
        } else if rule.meta.is_about_setup() && finding.severity == Severity::Error {
            Exit::Misused
        } else if finding.severity >= fail_on && is_selected(finding, checked, located) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    };
    counted.map(gravity).max().unwrap_or(Exit::Clean)
}

fn summary(checked: &Checked, shown: &[Finding]) -> Summary {
    let weighing =
        |severity| shown.iter().filter(|finding| finding.severity == severity && finding.suppressed.is_none()).count();
    let allowed =
        |finding: &&Finding| matches!(&finding.suppressed, Some(suppression) if suppression.by == SuppressedBy::Allow);
    let mut summary = Summary {
        files: checked.files,
        claims: checked.claims,
        rules: checked.rules.iter().filter(|rule| rule.is_on()).count(),
        errors: weighing(Severity::Error),
        warnings: weighing(Severity::Warning),
        infos: weighing(Severity::Info),
        ..Summary::default()
    };
    let hidden = checked.findings.iter().filter(allowed).count() - shown.iter().filter(allowed).count();
    if hidden > 0 {
        summary.hidden.insert(Hidden::Allow, hidden);
    }
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none()).count();
    let elsewhere = open - (summary.errors + summary.warnings + summary.infos);
    if elsewhere > 0 {
        summary.hidden.insert(Hidden::Elsewhere, elsewhere);
    }
    summary
}

/// Today by the clock of the machine, in universal time: the only clock of a run.
pub(super) fn today() -> Days {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Days::of_unix_time(seconds)
}

fn day(text: &str) -> Result<Days, String> {
    Days::parse(text).filter(|days| days.first == days.last).ok_or_else(|| "a day is written YYYY-MM-DD".to_owned())
}

fn severity(text: &str) -> Result<Severity, String> {
    let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "choose error, warning or info".to_owned())
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        report::ALL.iter().map(|format| clap::builder::PossibleValue::new(format.name).help(format.about)),
    )
}

fn format(name: &str) -> &'static Format {
    report::ALL.iter().find(|format| format.name == name).expect("the arguments allow no other name")
}
