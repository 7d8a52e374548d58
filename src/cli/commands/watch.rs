//! `recte watch`: checks again when a file changes, and shows what came and what went.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use recte::project::{AnalysisHost, CheckOutput, CheckRequest, FileChange, Tree};
use recte::report::count;
use recte::rule::Finding;
use same_file::Handle;

use crate::cli::exit::Exit;
use crate::cli::output::{CommandResult, Output};
use crate::cli::paths::folder;
use crate::cli::project::{OpenedProject, ProjectArgument};

/// How often the files are looked at. Asking the system to tell is quicker, but not every file system does.
const PAUSE: Duration = Duration::from_millis(250);

/// How long the files must be left alone before they are read: editors write in several steps.
const REST: Duration = Duration::from_millis(50);

/// What stands before the paths of settings from elsewhere; no path of a project begins so.
const SETTINGS: &str = "//settings/";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The project: a folder or a file in it (default: the current folder)
    #[arg(conflicts_with = "project")]
    path: Option<PathBuf>,
    #[command(flatten)]
    place: ProjectArgument,
    /// Stop after this many checks
    #[arg(long, value_name = "N", hide = true)]
    rounds: Option<usize>,
}

/// When each file was written last, and how long it is.
type FileStamps = BTreeMap<String, (Option<SystemTime>, u64)>;

/// The open findings by fingerprint, as one line each.
type OpenFindings = BTreeMap<String, String>;

/// Watches until it is stopped.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let opened = arguments.place.at(arguments.path.as_deref()).open()?;
    let request = CheckRequest::new(&opened.root, arguments.place.judged.today());
    let logs = Logs::of(&opened);
    let mut state = settled(&opened, &logs);
    let mut host = AnalysisHost::open(opened.settings_source(), request);
    let mut before: Option<OpenFindings> = None;
    let mut rounds = 0;
    loop {
        let lines = lines(&host.snapshot(), &folder(opened.root.path()));
        write_changes(before.as_ref(), &lines, output)?;
        before = Some(lines);
        rounds += 1;
        if arguments.rounds == Some(rounds) {
            return Ok(Exit::Clean);
        }
        while self::state(&opened, &logs) == state {
            sleep(PAUSE);
        }
        let now = settled(&opened, &logs);
        apply(&mut host, (&state, &now));
        state = now;
    }
}

/// Tells the host what has changed. It reads everything again where that is a file of settings from elsewhere, or which files
/// belong to the project: one that no longer does may still be there.
fn apply(host: &mut AnalysisHost<'_>, (before, now): (&FileStamps, &FileStamps)) {
    let changed: Vec<&String> =
        now.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp)).map(|(path, _)| path).collect();
    if before.keys().ne(now.keys()) || changed.iter().any(|path| path.starts_with(SETTINGS)) {
        return host.reopen();
    }
    host.apply(changed.into_iter().map(|path| FileChange { path: path.clone(), text: None }));
}

/// The state of the files once nobody writes to them any more.
fn settled(opened: &OpenedProject, logs: &Logs) -> FileStamps {
    let mut last = state(opened, logs);
    loop {
        sleep(REST);
        let now = state(opened, logs);
        if now == last {
            return now;
        }
        last = now;
    }
}

/// The files of the project to which this command itself writes: `recte watch > log`.
struct Logs(BTreeSet<String>);

impl Logs {
    /// Finds standard output and standard error among the files.
    fn of(opened: &OpenedProject) -> Logs {
        let streams = [Handle::stdout(), Handle::stderr()];
        let streams: Vec<Handle> = streams.into_iter().flatten().filter(is_file).collect();
        if streams.is_empty() {
            return Logs(BTreeSet::new());
        }
        let is_log =
            |path: &String| Handle::from_path(opened.root.path().join(path)).is_ok_and(|file| streams.contains(&file));
        Logs(Tree::files(&opened.root, "", "").into_iter().filter(is_log).collect())
    }
}

/// Whether a stream leads to a file, and not to a terminal or a pipe.
fn is_file(stream: &Handle) -> bool {
    stream.as_file().metadata().is_ok_and(|data| data.is_file())
}

/// Everything that a check may depend on: the files of the project, and those of the settings.
fn state(opened: &OpenedProject, logs: &Logs) -> FileStamps {
    let mut state = FileStamps::new();
    let own = Some(("", opened.root.path(), &opened.root as &dyn Tree));
    let elsewhere = (opened.settings_folder() != opened.root.path())
        .then(|| (SETTINGS, opened.settings_folder(), opened.settings_source().tree));
    for (label, root, tree) in own.into_iter().chain(elsewhere) {
        for path in tree.files("", "").into_iter().filter(|path| !logs.0.contains(path)) {
            let written = std::fs::metadata(Path::new(root).join(&path));
            let seen = written.map(|data| (data.modified().ok(), data.len())).unwrap_or_default();
            state.insert(format!("{label}{path}"), seen);
        }
    }
    state
}

fn lines(checked: &CheckOutput, folder: &str) -> OpenFindings {
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    open.map(|finding| (finding.fingerprint.to_string(), line(finding, checked, folder))).collect()
}

/// `a.claims:1:6: warning[CL0710] claim-without-quote: ...`
fn line(finding: &Finding, checked: &CheckOutput, folder: &str) -> String {
    let diagnostic = &finding.diagnostic;
    let source = checked.sources.get(diagnostic.primary.span.source);
    let at = source.position(diagnostic.primary.span.start);
    let place = format!("{folder}{}:{}:{}", source.name(), at.line, at.column);
    format!("{place}: {}[{}] {}: {}", finding.severity, diagnostic.code, finding.rule, diagnostic.message)
}

/// Shows what is new and what is gone, or at first how many there are.
fn write_changes(before: Option<&OpenFindings>, now: &OpenFindings, output: &mut Output) -> std::io::Result<()> {
    let Some(before) = before else {
        output.line(&format!("watching: {}; `recte check` shows them", count(now.len(), "finding")))?;
        return Write::flush(output);
    };
    let new: Vec<&String> = now.iter().filter(|(id, _)| !before.contains_key(*id)).map(|(_, line)| line).collect();
    let gone: Vec<&String> = before.iter().filter(|(id, _)| !now.contains_key(*id)).map(|(_, line)| line).collect();
    for line in &new {
        output.line(&format!("+ {line}"))?;
    }
    for line in &gone {
        output.line(&format!("- {line}"))?;
    }
    let left = count(now.len(), "finding");
    match (new.len(), gone.len()) {
        (0, 0) => output.line(&format!("no finding is new or resolved: {left}"))?,
        (new, gone) => output.line(&format!("{new} new, {gone} resolved: {left}"))?,
    }
    Write::flush(output)
}
