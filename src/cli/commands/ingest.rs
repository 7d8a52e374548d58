//! `recte ingest`: claims that others propose, as JSON, become blocks where their documents bear them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use recte::project::{
    CLAIMS, CONFIG_NAME, ClaimOutcome, ClaimVerdict, IngestOutput, IngestRequest, NotIngested, Reason, Tree, ingest,
    proposals_schema,
};
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::output::{CommandFailure, Output};
use crate::cli::paths::{folder, folder_of_several};
use crate::cli::project::{OpenedProject, ProjectArgument, refuse_wrong_run};
use crate::cli::write;
use crate::cli::write::WriteLock;
use crate::cli::{diff, output};

/// The file that proposals are written into unless another is named.
const FILE: &str = "proposed.claims";

/// What stands for standard input.
const INPUT: &str = "-";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The proposals, or `-` for standard input
    #[arg(required_unless_present = "schema")]
    proposals: Option<PathBuf>,
    /// The claims file to write to, instead of `proposed.claims` at the root of the project
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Show how the file would change, and write nothing
    #[arg(long)]
    diff: bool,
    /// Write nothing
    #[arg(long)]
    dry_run: bool,
    /// The format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    /// Print the JSON Schema of proposals for this project instead
    #[arg(long, conflicts_with_all = ["proposals", "into", "diff", "dry_run"])]
    schema: bool,
    #[command(flatten)]
    place: ProjectArgument,
}

/// What became of proposals, for programs.
#[derive(Serialize)]
struct IngestReport<'a> {
    version: u32,
    into: &'a str,
    written: bool,
    proposed: usize,
    accepted: usize,
    known: usize,
    refused: usize,
    claims: Vec<ListedClaim<'a>>,
}

/// What became of one claim, for programs.
#[derive(Serialize)]
struct ListedClaim<'a> {
    at: &'a str,
    id: Option<&'a str>,
    verdict: &'static str,
    reasons: &'a [Reason],
    block: Option<&'a str>,
}

/// Takes in the proposals, or shows what would come of them.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> output::CommandResult {
    let Some(proposals) = arguments.proposals.as_deref().filter(|_| !arguments.schema) else {
        let context = arguments.place.context()?;
        output.json(&proposals_schema(&context.schema))?;
        return Ok(Exit::Clean);
    };
    if arguments.diff && arguments.format == Listing::Json {
        return Err(CommandFailure::misused(
            "`--diff` has no JSON format; `--dry-run --format json` lists each block that would be added",
        ));
    }
    let writes = !arguments.diff && !arguments.dry_run;
    // The file need not be there yet.
    let beside = arguments.into.as_deref().and_then(Path::parent);
    let beside = beside.filter(|folder| folder.is_dir() && !folder.as_os_str().is_empty());
    let place = arguments.place.at_if_several(beside);
    let opened = if writes { place.open_to_write()? } else { place.open()? };
    let into = into(arguments.into.as_deref(), opened.root.path())?;
    // Whoever proposes may take a long time, and nobody is to wait for that.
    let text = read(proposals, opened.context().config.file_size.value)?;
    let _turn = writes.then(|| WriteLock::wait(opened.root.path())).transpose()?;
    let base = place.check_opened(&opened);
    refuse_wrong_run(&base)?;
    let (context, today) = (opened.context(), arguments.place.judged.today());
    let ingesting = IngestRequest { context: &context, tree: &opened.root, base: &base, today, into: &into };
    let ingested = ingest(&ingesting, &text).map_err(|why| refuse(why, &proposals.display().to_string(), output))?;
    if writes {
        write_down(&ingested, &into, &opened, output)?;
    }
    let report = report(&ingested, (&into, writes));
    match arguments.format {
        Listing::Json => output.json(&report)?,
        Listing::Text => {
            if let (true, Some(after)) = (arguments.diff, &ingested.after) {
                let shown = format!("{}{into}", folder_of_several(opened.root.path()));
                diff::write((&shown, ingested.before.as_deref().unwrap_or_default(), after), output)?;
            }
            ingested.claims.iter().try_for_each(|claim| show(claim, output))?;
            output.line(&format!("{}{}", folder(opened.root.path()), total(&report)))?;
        }
    }
    Ok(if report.refused == 0 { Exit::Clean } else { Exit::Findings })
}

/// Where the claims file stands beneath the project, if one can stand there.
fn into(requested: Option<&Path>, root: &Path) -> Result<String, CommandFailure> {
    let Some(requested) = requested else { return Ok(FILE.to_owned()) };
    let wrong = |why: &str| CommandFailure::misused(format!("{} {why}", requested.display()));
    let name = requested.file_name().ok_or_else(|| wrong("is not a file"))?;
    if !name.to_string_lossy().ends_with(CLAIMS) {
        return Err(wrong("is not a claims file: its name does not end in `.claims`"));
    }
    let current = std::env::current_dir().map_err(|error| wrong(&format!("cannot be found: {error}")))?;
    let folder = current.join(requested).parent().map(Path::to_owned).unwrap_or(current);
    let folder = folder.canonicalize().map_err(|_| wrong("is in a folder that does not exist"))?;
    let inside = folder.strip_prefix(root).map_err(|_| wrong("is outside the project"))?;
    let mut path = String::new();
    let mut here = root.to_owned();
    for part in inside {
        here.push(part);
        if here.join(CONFIG_NAME).exists() {
            return Err(wrong("belongs to another project"));
        }
        path.push_str(&format!("{}/", part.to_string_lossy()));
    }
    path.push_str(&name.to_string_lossy());
    if path.split('/').any(|part| part.starts_with('.')) {
        return Err(wrong("is hidden, and excluded when the project is checked"));
    }
    Ok(path)
}

/// The text of the proposals, which is no longer than files of the project may be.
fn read(proposals: &Path, limit: u64) -> Result<String, CommandFailure> {
    let name = proposals.display();
    let unread = |error: io::Error| CommandFailure::unchecked(format!("{name} cannot be read: {error}"));
    let mut bytes = Vec::new();
    if proposals == Path::new(INPUT) {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes).map_err(unread)?;
    } else {
        crate::cli::project::exists(proposals)?;
        if !fs::metadata(proposals).map_err(unread)?.is_file() {
            return Err(CommandFailure::unchecked(format!("{name} is not a file; `-` reads standard input")));
        }
        File::open(proposals).map_err(unread)?.take(limit + 1).read_to_end(&mut bytes).map_err(unread)?;
    }
    if bytes.len() as u64 > limit {
        return Err(CommandFailure::unchecked(format!(
            "{name} has more than {limit} bytes; propose fewer claims at a time"
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        CommandFailure::unchecked(format!("{name} is not UTF-8: byte {at} is invalid"))
    })
}

/// Why nothing was looked at; everything that is wrong with the shape is shown.
fn refuse(why: NotIngested, name: &str, output: &mut Output) -> CommandFailure {
    match why {
        NotIngested::Misused(message) => CommandFailure::misused(message),
        NotIngested::Unread(message) => CommandFailure::unchecked(message),
        NotIngested::Misshapen(reasons) => {
            for Reason { at, message, help } in reasons {
                let at = if at.is_empty() { String::new() } else { format!("{at}: ") };
                let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                output.remark(&format!("{name}: {at}{message}{help}"));
            }
            CommandFailure::misused("nothing was read: `recte ingest --schema` shows the format of proposals")
        }
    }
}

fn write_down(
    ingested: &IngestOutput,
    into: &str,
    opened: &OpenedProject,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let Some(after) = &ingested.after else { return Ok(()) };
    let root = opened.root.path();
    let written = match &ingested.before {
        Some(before) => write::replace(root, into, (before, after)),
        None => write::create(root, into, after),
    };
    written.map_err(|why| CommandFailure::unchecked(format!("{into} {why}")))?;
    if !opened.root.files("", CLAIMS).iter().any(|path| path == into) {
        output.remark(&format!("{into} is excluded by an ignore file; `recte check` reads it only if it is named"));
    }
    Ok(())
}

fn report<'a>(ingested: &'a IngestOutput, (into, writes): (&'a str, bool)) -> IngestReport<'a> {
    let count = |verdict: ClaimVerdict| ingested.claims.iter().filter(|claim| claim.verdict == verdict).count();
    let listed = |claim: &'a ClaimOutcome| ListedClaim {
        at: &claim.at,
        id: claim.id.as_deref(),
        verdict: claim.verdict.as_str(),
        reasons: &claim.reasons,
        block: claim.block.as_deref(),
    };
    IngestReport {
        version: 1,
        into,
        written: writes && ingested.after.is_some(),
        proposed: ingested.claims.len(),
        accepted: count(ClaimVerdict::Accepted),
        known: count(ClaimVerdict::Known),
        refused: count(ClaimVerdict::Refused),
        claims: ingested.claims.iter().map(listed).collect(),
    }
}

/// `refused   /claims/3 `its-id``, and the reasons below.
fn show(claim: &ClaimOutcome, output: &mut Output) -> io::Result<()> {
    let id = claim.id.as_ref().map(|id| format!(" `{id}`")).unwrap_or_default();
    output.line(&format!("{:<8} {}{id}", claim.verdict.as_str(), claim.at))?;
    for Reason { at, message, help } in &claim.reasons {
        let at = at.strip_prefix(&claim.at).unwrap_or(at).trim_start_matches('/');
        let at = if at.is_empty() { String::new() } else { format!("{at}: ") };
        output.line(&format!("  {at}{message}"))?;
        if let Some(help) = help {
            output.line(&format!("    help: {help}"))?;
        }
    }
    Ok(())
}

/// `proposed.claims: 4 proposed = 2 accepted + 1 known + 1 refused`
fn total(report: &IngestReport<'_>) -> String {
    let IngestReport { into, proposed, accepted, known, refused, .. } = report;
    let what = match (accepted, report.written) {
        (0, _) => "; nothing was added",
        (_, true) => "",
        (_, false) => "; nothing was written",
    };
    format!("{into}: {proposed} proposed = {accepted} accepted + {known} known + {refused} refused{what}")
}
