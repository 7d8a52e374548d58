//! What would change in a file, as a unified diff that is safe to look at.

use std::io::{self, Write};
use std::time::Duration;

use recte::report::harmless;
use similar::{ChangeTag, TextDiff};

/// How long the shortest diff is searched for; after that a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the diff of a file: its name, its text as it is, and as it would be.
pub(super) fn write((name, old, new): (&str, &str, &str), out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n{}", harmless(&format!("--- a/{name}")), harmless(&format!("+++ b/{name}")))?;
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let ended = change.value().ends_with(['\n', '\r']);
            writeln!(out, "{}", harmless(&format!("{sign}{}", line(change.value()))))?;
            if !ended {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// A line without the break that ends it.
fn line(line: &str) -> &str {
    let breaks = ["\r\n", "\n", "\r"];
    breaks.into_iter().find_map(|end| line.strip_suffix(end)).unwrap_or(line)
}
