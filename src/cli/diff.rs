//! What would change in a file, as a unified diff that is safe to look at.

use std::io::{self, Write};
use std::time::Duration;

use recte::report::{Tone, harmless};
use similar::{ChangeTag, TextDiff};

use super::output::Output;

/// How long the shortest diff is searched for; after that a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes the diff of a file: its name, its text as it is, and as it would be.
pub(super) fn write((name, old, new): (&str, &str, &str), output: &mut Output) -> io::Result<()> {
    let style = output.terminal.style();
    let mut write = |tone: Option<Tone>, line: &str| {
        let line = harmless(line);
        writeln!(output, "{}", tone.map_or_else(|| line.to_string(), |tone| style.paint(tone, &line)))
    };
    write(Some(Tone::Strong), &format!("--- a/{name}"))?;
    write(Some(Tone::Strong), &format!("+++ b/{name}"))?;
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    for hunk in diff.unified_diff().iter_hunks() {
        write(Some(Tone::Advice), &hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let (sign, tone) = match change.tag() {
                ChangeTag::Equal => (' ', None),
                ChangeTag::Delete => ('-', Some(Tone::Removed)),
                ChangeTag::Insert => ('+', Some(Tone::Added)),
            };
            let ended = change.value().ends_with(['\n', '\r']);
            write(tone, &format!("{sign}{}", line(change.value())))?;
            if !ended {
                write(None, "\\ No newline at end of file")?;
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
