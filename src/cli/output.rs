//! Standard output and standard error, and what they can show.

use std::io::{self, StdoutLock, Write};

use recte::report::{Color, disarm_json, harmless};

use super::exit::Exit;
use super::highlight::highlighted;
use super::pager;
use super::terminal::{self, Terminal, When};
use super::wrap::{broken, hanging};

/// How much is kept before it is written.
const KEPT: usize = 1 << 16;

/// Where a command writes.
pub(super) struct Output {
    stdout: StdoutLock<'static>,
    /// What was not written yet.
    kept: Vec<u8>,
    /// Whether it is a long page, to be shown a screen at a time.
    is_page: bool,
    /// What standard output shows.
    pub(super) terminal: Terminal,
}

/// Why a command could not go on: a sentence, and how the run ends.
pub(super) struct CommandFailure {
    pub(super) message: String,
    pub(super) exit: Exit,
}

/// What a command returns.
pub(super) type CommandResult = Result<Exit, CommandFailure>;

impl Output {
    pub(super) fn new(when: When) -> Output {
        Output { stdout: io::stdout().lock(), kept: Vec::new(), is_page: false, terminal: Terminal::of_stdout(when) }
    }

    /// Shows all that is written from now on a screen at a time, if it is more than a terminal shows at once.
    pub(super) fn page(&mut self) {
        self.is_page = self.terminal.height.is_some();
    }

    /// Writes lines of text for people that are harmless already, each as [`Output::line`] does.
    pub(super) fn lines(&mut self, bytes: &[u8]) -> io::Result<()> {
        String::from_utf8_lossy(bytes).lines().try_for_each(|line| self.line(line))
    }

    /// Writes one line of text that may come from anywhere.
    ///
    /// On a terminal, a line that is too long goes on below, beneath its first word.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        let mut text = harmless(text);
        if let Some(width) = self.terminal.width {
            text = broken(&text, width, hanging(&text, width));
        }
        let style = self.terminal.style();
        if style.color == Color::Ansi {
            text = text.split('\n').map(|line| highlighted(line, &style)).collect::<Vec<_>>().join("\n");
        }
        writeln!(self, "{text}")
    }

    /// Writes a document for programs.
    pub(super) fn json(&mut self, document: &impl serde::Serialize) -> io::Result<()> {
        let json = serde_json::to_string_pretty(document)?;
        writeln!(self, "{}", disarm_json(&json))
    }

    /// Writes what is made safe already.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    /// Writes out everything that is still held back.
    pub(super) fn flush(&mut self) -> Result<(), CommandFailure> {
        Ok(Write::flush(self)?)
    }

    /// Writes to standard output; to a terminal line by line, so that none is left half when the program is stopped.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.terminal.width {
            Some(_) => bytes.split_inclusive(|byte| *byte == b'\n').try_for_each(|line| self.stdout.write_all(line)),
            None => self.stdout.write_all(bytes),
        }
    }

    /// Says something on standard error that is no reason to stop.
    pub(super) fn remark(&mut self, words: &str) {
        // Nothing hangs on it, so it does not matter when it cannot be said.
        let _ = writeln!(io::stderr(), "{}", remark(words));
    }

    /// Says on standard error why the command could not go on. That nobody reads on is no news to anybody.
    pub(super) fn fail(&mut self, failure: &CommandFailure) -> Exit {
        // What was written before comes before; that it cannot be written is what the failure says, or no worse.
        let _ = Write::flush(self);
        if !failure.message.is_empty() {
            // Nothing can be said any more when standard error is gone too; the exit still tells.
            let _ = writeln!(io::stderr(), "{}", remark(&failure.message));
        }
        failure.exit
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() >= KEPT && !self.is_page {
            let whole = self.kept.iter().rposition(|byte| *byte == b'\n').map_or(self.kept.len(), |at| at + 1);
            let rest = self.kept.split_off(whole);
            let full = std::mem::replace(&mut self.kept, rest);
            self.put(&full)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let kept = std::mem::take(&mut self.kept);
        let lines = kept.iter().filter(|byte| **byte == b'\n').count();
        let is_long = self.is_page && self.terminal.height.is_some_and(|height| lines >= height);
        if !is_long || !pager::show(&kept)? {
            self.put(&kept)?;
        }
        self.stdout.flush()
    }
}

/// What is said on standard error, as wide as that is.
fn remark(words: &str) -> String {
    let line = format!("recte: {}", harmless(words));
    terminal::width_of_stderr().map_or(line.clone(), |width| broken(&line, width, hanging(&line, width)))
}

impl CommandFailure {
    /// A wrong argument.
    pub(super) fn misused(message: impl Into<String>) -> CommandFailure {
        CommandFailure { message: message.into(), exit: Exit::Misused }
    }

    /// Something that could not be read or written.
    pub(super) fn unchecked(message: impl Into<String>) -> CommandFailure {
        CommandFailure { message: message.into(), exit: Exit::Unchecked }
    }
}

/// A report that cannot be written is never a clean run.
impl From<io::Error> for CommandFailure {
    fn from(error: io::Error) -> CommandFailure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CommandFailure::unchecked("");
        }
        CommandFailure::unchecked(format!("the output cannot be written: {error}"))
    }
}
