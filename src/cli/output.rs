//! Standard output and standard error, and what they can show.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use clap::ValueEnum;
use recte::report::{disarm_json, harmless};

use super::exit::Exit;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where a command writes.
pub(super) struct Output {
    stdout: BufWriter<StdoutLock<'static>>,
    /// Whether what is written is for a person at a terminal with colour.
    pub(super) colored: bool,
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
        let colored = match when {
            When::Always => true,
            When::Never => false,
            When::Auto => wants_color(),
        };
        Output { stdout: BufWriter::new(io::stdout().lock()), colored }
    }

    /// Writes one line of text that may come from anywhere.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.stdout, "{}", harmless(text))
    }

    /// Writes a document for programs.
    pub(super) fn json(&mut self, document: &impl serde::Serialize) -> io::Result<()> {
        let json = serde_json::to_string_pretty(document)?;
        writeln!(self.stdout, "{}", disarm_json(&json))
    }

    /// Writes what is made safe already.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)
    }

    /// Writes out everything that is still held back.
    pub(super) fn flush(&mut self) -> Result<(), CommandFailure> {
        Ok(self.stdout.flush()?)
    }

    /// Says something on standard error that is no reason to stop.
    pub(super) fn remark(&mut self, words: &str) {
        // Nothing hangs on it, so it does not matter when it cannot be said.
        let _ = writeln!(io::stderr(), "recte: {}", harmless(words));
    }

    /// Says on standard error why the command could not go on.
    pub(super) fn fail(&mut self, failure: &CommandFailure) -> Exit {
        // Nothing can be said any more when standard error is gone too; the exit still tells.
        let _ = writeln!(io::stderr(), "recte: {}", harmless(&failure.message));
        failure.exit
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stdout.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// See <https://no-color.org> and <https://bixense.com/clicolors>.
fn wants_color() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if set("NO_COLOR") {
        return false;
    }
    set("CLICOLOR_FORCE") || io::stdout().is_terminal() && !dumb
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
        CommandFailure::unchecked(format!("the output cannot be written: {error}"))
    }
}
