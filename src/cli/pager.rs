//! Shows long pages of text a screen at a time, through the program that the reader uses for that.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::program;

/// The pager where `PAGER` names none.
const USUAL: &str = "less";

/// What makes it end on a page that fits, keep colours, and leave the text on the screen; as git sets it.
const SETTINGS: (&str, &str) = ("LESS", "FRX");

/// Shows a text through the pager. Returns whether there is one.
///
/// `PAGER` is a command line for the shell, as it is for `man` and git; an empty one, or `cat`, is none.
pub(super) fn show(text: &[u8]) -> io::Result<bool> {
    let Some(mut pager) = pager(std::env::var_os("PAGER")) else { return Ok(false) };
    if std::env::var_os(SETTINGS.0).is_none() {
        pager.env(SETTINGS.0, SETTINGS.1);
    }
    let Ok(mut reading) = pager.stdin(Stdio::piped()).spawn() else { return Ok(false) };
    let written = reading.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text));
    reading.wait()?;
    match written {
        // Whoever has read enough need not read the rest.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(true),
        written => written.map(|()| true),
    }
}

/// The pager, unless there is none.
fn pager(named: Option<OsString>) -> Option<Command> {
    match named {
        Some(named) if named.is_empty() || named == "cat" => None,
        Some(named) if cfg!(unix) => {
            let mut shell = Command::new("/bin/sh");
            shell.arg("-c").arg(named);
            Some(shell)
        }
        Some(named) => Some(Command::new(named)),
        None => program::find(USUAL, Path::new(".")).ok().map(Command::new),
    }
}
