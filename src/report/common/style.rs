//! How findings look to people: colour, width, and how many are shown.

use super::guard::{disarm, is_command};
use crate::diagnostic::Severity;
use crate::text::{Sanitized, wrapped};

/// How findings look to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub color: Color,
    /// How many columns sentences may take.
    pub width: usize,
    /// How many columns the terminal has, if it is one: lines of source text are cut to them, and no line is left to be broken by it.
    pub columns: Option<usize>,
    /// What frames are drawn with.
    pub frames: FrameCharacters,
    /// Whether findings are followed by what was looked at and what to do next.
    pub closing: bool,
    /// Whether codes of rules are links to their pages.
    pub links: bool,
    /// How many findings are shown; the rest is counted.
    pub max: Option<usize>,
    /// What is put before the path of a file, so that it leads there from where the reader is: empty, or ending in `/`.
    pub folder: String,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No escape sequence at all.
    Plain,
    /// The colours that every terminal has.
    Ansi,
}

/// What frames are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameCharacters {
    /// Lines and corners.
    Unicode,
    /// `|`, `-` and `` ` ``, for terminals that show nothing else.
    Ascii,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug)]
pub enum Tone {
    /// The severity of a finding.
    Severity(Severity),
    /// The word that opens a line of advice.
    Advice,
    /// What comes.
    Added,
    /// What goes.
    Removed,
    /// What the eye is to find first.
    Strong,
}

/// How many findings are shown to who reads each of them, unless another number is asked for.
const MOST: usize = 1_000;

impl Style {
    /// The style of what is written to no terminal: without colour, 100 columns of sentences, as many findings as there are.
    pub const fn plain() -> Style {
        Style {
            color: Color::Plain,
            width: 100,
            columns: None,
            frames: FrameCharacters::Unicode,
            closing: true,
            links: false,
            max: None,
            folder: String::new(),
        }
    }

    /// The style for a format that takes several lines for a finding, or a reader who takes each in.
    pub(crate) fn bounded(&self) -> Style {
        Style { max: self.max.or(Some(MOST)), ..self.clone() }
    }

    /// The path of a file as the reader would write it; what stands in no folder keeps its name.
    pub(crate) fn path(&self, name: &str) -> Sanitized {
        let in_no_folder = name.contains(':');
        Sanitized::line(&if in_no_folder { name.to_owned() } else { seen_from(&self.folder, name) })
    }

    /// The path with which a line begins, which must not be a command to a build server.
    pub(crate) fn opening(&self, name: &str) -> String {
        let path = self.path(name);
        let start = if is_command(path.as_str().trim_start()) { "./" } else { "" };
        disarm(&format!("{start}{path}")).into_owned()
    }

    /// The path of a file for programs: every character of it, and relative whatever the folder is.
    pub(crate) fn file(&self, name: &str) -> String {
        if name.contains(':') { name.to_owned() } else { seen_from(self.relative_folder(), name) }
    }

    /// The folder, unless it is one of this machine alone.
    pub(crate) fn relative_folder(&self) -> &str {
        let absolute = self.folder.starts_with('/') || self.folder.contains(':');
        if absolute { "" } else { &self.folder }
    }

    /// The text in the colour of what it is.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        match self.color {
            Color::Plain => text.to_owned(),
            Color::Ansi => format!("\u{1b}[{}m{text}\u{1b}[0m", tone.sequence()),
        }
    }

    /// The text as a link, where the reader can follow one: see the escape sequence OSC 8.
    pub(crate) fn link(&self, address: &str, text: String) -> String {
        if self.links { format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\") } else { text }
    }

    /// Breaks a line that begins at column `start` at its blanks, so that it fits, and sets what
    /// follows under `indent` blanks.
    ///
    /// What a build server would take for a command never comes to stand at the start of a line.
    pub(crate) fn wrap(&self, line: &Sanitized, start: usize, indent: usize) -> String {
        wrapped(line.as_str(), self.width, (start, indent), |word| word.is_empty() || is_command(word))
    }
}

/// A path in a folder, which is empty or ends in `/`; each `..` that it begins with takes the last part off the folder.
fn seen_from(folder: &str, name: &str) -> String {
    let outer = folder.strip_suffix('/').map(|folder| folder.rsplit_once('/').map_or("", |(outer, _)| outer));
    match (name.strip_prefix("../"), outer) {
        (Some(rest), Some("")) => rest.to_owned(),
        (Some(rest), Some(outer)) => seen_from(&format!("{outer}/"), rest),
        (Some(_), None) | (None, _) => format!("{folder}{name}"),
    }
}

impl Tone {
    /// The parameters of the escape sequence: bold red, yellow and blue; cyan, green, red, and bold.
    fn sequence(self) -> &'static str {
        match self {
            Tone::Severity(Severity::Error) => "1;31",
            Tone::Severity(Severity::Warning) => "1;33",
            Tone::Severity(Severity::Info) => "1;34",
            Tone::Advice => "36",
            Tone::Added => "32",
            Tone::Removed => "31",
            Tone::Strong => "1",
        }
    }
}
