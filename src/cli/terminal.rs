//! What the reader's terminal can show: its width, colours, links and characters.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};

use clap::ValueEnum;
use recte::report::{Color, FrameCharacters, Style};
use terminal_size::{Height, Width, terminal_size_of};

/// The most columns of sentences: longer lines are hard to read.
const SENTENCES: usize = 100;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR, FORCE_COLOR or CLICOLOR says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// What was typed, where the arguments as a whole cannot be read.
    pub(super) fn typed(arguments: impl Iterator<Item = String>) -> When {
        let arguments: Vec<String> = arguments.collect();
        let joined = arguments.iter().find_map(|word| word.strip_prefix("--color="));
        let apart = || arguments.windows(2).find(|words| words[0] == "--color").map(|words| words[1].as_str());
        joined.or_else(apart).and_then(|when| When::from_str(when, false).ok()).unwrap_or_default()
    }

    fn colors(self, is_terminal: bool) -> bool {
        match self {
            When::Always => true,
            When::Never => false,
            When::Auto => wants_color(is_terminal, |name| std::env::var_os(name)),
        }
    }
}

/// What standard output shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// How many columns there are; none where it is no terminal, or one that does not tell.
    pub(super) width: Option<usize>,
    /// How many lines there are, likewise.
    pub(super) height: Option<usize>,
    /// Whether what is written is coloured.
    pub(super) colored: bool,
    frames: FrameCharacters,
    links: bool,
}

impl Terminal {
    /// Asks standard output and the environment.
    pub(super) fn of_stdout(when: When) -> Terminal {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        let colored = when.colors(is_terminal);
        let is_ascii = is_terminal && is_ascii(|name| std::env::var_os(name));
        Terminal {
            width: width(&stdout),
            height: terminal_size_of(&stdout).map(|(_, Height(lines))| usize::from(lines)).filter(|lines| *lines > 0),
            colored,
            frames: if is_ascii { FrameCharacters::Ascii } else { FrameCharacters::Unicode },
            links: is_terminal && colored && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        }
    }

    /// How findings look on it.
    pub(super) fn style(&self) -> Style {
        let plain = Style::plain();
        Style {
            color: if self.colored { Color::Ansi } else { Color::Plain },
            width: self.width.map_or(plain.width, |width| width.min(SENTENCES)),
            columns: self.width,
            frames: self.frames,
            links: self.links,
            ..plain
        }
    }
}

/// Whether what is written to standard error is coloured.
pub(super) fn colors_stderr(when: When) -> bool {
    when.colors(io::stderr().is_terminal())
}

/// How many columns standard output has, likewise.
pub(super) fn width_of_stdout() -> Option<usize> {
    width(&io::stdout())
}

/// How many columns standard error has, if it is a terminal that tells.
pub(super) fn width_of_stderr() -> Option<usize> {
    width(&io::stderr())
}

#[cfg(unix)]
fn width(stream: &impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size_of(stream).map(|(Width(columns), _)| usize::from(columns)).filter(|width| *width > 0)
}

#[cfg(windows)]
fn width(stream: &impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size_of(stream).map(|(Width(columns), _)| usize::from(columns)).filter(|width| *width > 0)
}

/// See <https://no-color.org>, <https://force-color.org> and <https://bixense.com/clicolors>.
fn wants_color<V: AsRef<OsStr>>(is_terminal: bool, variable: impl Fn(&str) -> Option<V>) -> bool {
    let is = |name: &str, wanted: fn(&OsStr) -> bool| variable(name).is_some_and(|value| wanted(value.as_ref()));
    let is_set = |name: &str| is(name, |value| !value.is_empty());
    let is_on = |name: &str| is(name, |value| !value.is_empty() && value != "0");
    if is_set("NO_COLOR") {
        return false;
    }
    let refused = is("FORCE_COLOR", |value| value == "0") || is("CLICOLOR", |value| value == "0");
    let dumb = is("TERM", |value| value == "dumb");
    is_on("FORCE_COLOR") || is_on("CLICOLOR_FORCE") || is_terminal && !refused && !dumb
}

/// Whether the locale is one that has only the characters of ASCII. The first variable that is set decides (POSIX.1-2017, 8.2).
fn is_ascii<V: AsRef<OsStr>>(variable: impl Fn(&str) -> Option<V>) -> bool {
    let set = |name: &&str| variable(name).filter(|value| !value.as_ref().is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    locale.is_some_and(|locale| ["C", "POSIX"].iter().any(|plain| locale.as_ref() == *plain))
}

#[cfg(test)]
mod tests {
    use super::{is_ascii, wants_color};

    fn among<'a>(variables: &'a [(&str, &'a str)]) -> impl Fn(&str) -> Option<&'a str> {
        |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    #[test]
    fn colour_is_decided_by_the_first_convention_that_speaks() {
        for (variables, piped, terminal) in [
            (&[][..], false, true),
            (&[("NO_COLOR", "1")], false, false),
            (&[("NO_COLOR", "")], false, true),
            (&[("FORCE_COLOR", "1")], true, true),
            (&[("FORCE_COLOR", "0")], false, false),
            (&[("CLICOLOR_FORCE", "1")], true, true),
            (&[("CLICOLOR", "0")], false, false),
            (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true, true),
            (&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], false, false),
            (&[("TERM", "dumb")], false, false),
        ] {
            assert_eq!(wants_color(false, among(variables)), piped, "{variables:?}");
            assert_eq!(wants_color(true, among(variables)), terminal, "{variables:?}");
        }
    }

    #[test]
    fn the_most_specific_variable_of_the_locale_decides() {
        for (variables, ascii) in [
            (&[][..], false),
            (&[("LANG", "C")], true),
            (&[("LANG", "C"), ("LC_ALL", "C.UTF-8")], false),
            (&[("LANG", "de_DE.UTF-8"), ("LC_CTYPE", "POSIX")], true),
            (&[("LC_ALL", ""), ("LANG", "C")], true),
        ] {
            assert_eq!(is_ascii(among(variables)), ascii, "{variables:?}");
        }
    }
}
