//! What can be read of a configuration that is not TOML throughout: its statements one by one, without those that are broken.
//!
//! Of a statement that cannot be read nothing holds, and nothing of the table around it either where that is one thing, such as an
//! override. The lines behind it hold as they are written.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::text::TomlMistake;

/// The tables whose entries stand for themselves.
const LISTS: [&str; 2] = ["[rules]", "[limits]"];

/// How many lines behind the first a value is looked for that goes on over what looks like other statements.
const FAR: usize = 60;

/// How often what is left is read again, after what stands twice was taken out.
const ROUNDS: usize = 20;

/// A statement that cannot be read.
pub(super) struct Broken {
    /// Where, in bytes.
    pub(super) at: Range<usize>,
    /// What is wrong with it.
    pub(super) why: TomlMistake,
}

/// A text of which every statement can be read, with blanks in the place of those that cannot.
pub(super) fn readable(text: &str) -> (Cow<'_, str>, Vec<Broken>) {
    if DeTable::parse(text).is_ok() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut page = RemainingLines::new(text);
    let mut broken = page.statements();
    for _ in 0..ROUNDS {
        let rest = page.left();
        let Err(error) = DeTable::parse(&rest) else { return (Cow::Owned(rest), broken) };
        let at = error.span().unwrap_or_default();
        page.drop_at(at.start);
        broken.push(Broken { at, why: TomlMistake::of(&error) });
    }
    (Cow::Owned(String::new()), broken)
}

/// The lines of a text, and which of them are left.
struct RemainingLines<'a> {
    text: &'a str,
    lines: Vec<Range<usize>>,
    kept: Vec<bool>,
    /// By line, the first and the last line of its statement.
    statement: Vec<(usize, usize)>,
}

impl<'a> RemainingLines<'a> {
    fn new(text: &'a str) -> RemainingLines<'a> {
        let mut start = 0;
        let line = |line: &str| {
            let from = start;
            start += line.len();
            from..start
        };
        let lines: Vec<Range<usize>> = text.split_inclusive('\n').map(line).collect();
        let (kept, statement) = (vec![true; lines.len()], (0..lines.len()).map(|line| (line, line)).collect());
        RemainingLines { text, lines, kept, statement }
    }

    fn line(&self, line: usize) -> &'a str {
        self.text[self.lines[line].clone()].trim()
    }

    /// Goes through the statements, and takes out those that cannot be read.
    fn statements(&mut self) -> Vec<Broken> {
        let mut broken = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            if self.line(at).is_empty() || self.line(at).starts_with('#') {
                at += 1;
                continue;
            }
            let read = self.statement(at);
            let last = *read.as_ref().unwrap_or_else(|(_, last)| last);
            self.statement[at..=last].fill((at, last));
            if let Err((why, _)) = read {
                // Where the name of a table is broken, what stands in it was said with that.
                let is_said = self.line(at).starts_with('[').then(|| self.end_of_table(at));
                self.take_out(at);
                broken.push(why);
                at = is_said.unwrap_or(last).max(last);
            } else {
                at = last;
            }
            at += 1;
        }
        broken
    }

    /// The last line of the statement that begins at one; or why it cannot be read, with the last line that belongs to it.
    fn statement(&self, first: usize) -> Result<usize, (Broken, usize)> {
        let parse = |last: usize| DeTable::parse(&self.text[self.lines[first].start..self.lines[last].end]).map(|_| ());
        if parse(first).is_ok() {
            return Ok(first);
        }
        let next = (first + 1..self.lines.len()).find(|line| self.begins(*line)).unwrap_or(self.lines.len());
        let error = match parse(next - 1) {
            Ok(()) => return Ok(next - 1),
            Err(error) => error,
        };
        let far = (next..self.lines.len()).take(FAR).filter(|line| self.line(*line).ends_with([']', '}', '"', '\'']));
        match far.into_iter().find(|last| parse(*last).is_ok()) {
            Some(last) => Ok(last),
            None => Err((self.broken(first, &error), next - 1)),
        }
    }

    /// Where a statement is broken: on its first line, or else that line.
    fn broken(&self, first: usize, error: &Error) -> Broken {
        let line = self.lines[first].clone();
        let written = self.text[line.clone()].trim_end().len();
        let blank = self.text[line.clone()].len() - self.text[line.clone()].trim_start().len();
        let at = error.span().map(|span| span.start + line.start..span.end + line.start);
        let on_line = at.filter(|at| at.start <= line.start + written && at.end <= line.end);
        let at = on_line.unwrap_or(line.start + blank..line.start + written);
        Broken { at, why: TomlMistake::of(error) }
    }

    /// Whether a line begins a statement: `name =` or `[name]`.
    fn begins(&self, line: usize) -> bool {
        let line = self.line(line);
        let is_name = |name: &str| {
            let name = name.trim();
            !name.is_empty() && name.chars().all(|next| next.is_alphanumeric() || "-_.\"' ".contains(next))
        };
        let table = line.strip_prefix('[').map(|rest| rest.trim_start_matches('['));
        match (table, line.split_once('=')) {
            (Some(rest), _) => rest.split_once(']').is_none_or(|(name, _)| is_name(name)) && !rest.contains(','),
            (None, Some((name, _))) => is_name(name),
            (None, None) => false,
        }
    }

    /// Takes a statement out; with the table in which it stands, or that it begins, where that is one thing.
    fn take_out(&mut self, line: usize) {
        let header =
            (0..=line).rev().find(|line| self.line(*line).starts_with('[') && self.statement[*line].0 == *line);
        let (first, last) = match header {
            Some(header) if header == line || !LISTS.contains(&self.line(header)) => {
                (header, self.end_of_table(header))
            }
            Some(_) | None => self.statement[line],
        };
        self.kept[first..=last].fill(false);
    }

    fn drop_at(&mut self, byte: usize) {
        let line = self.lines.iter().position(|line| line.contains(&byte)).unwrap_or(0);
        if !self.lines.is_empty() {
            self.take_out(self.statement[line].0);
        }
    }

    /// The last line before the next table.
    fn end_of_table(&self, header: usize) -> usize {
        let next = (header + 1..self.lines.len()).find(|line| self.line(*line).starts_with('[') && self.begins(*line));
        next.unwrap_or(self.lines.len()) - 1
    }

    /// The text with blanks in the place of what was taken out.
    fn left(&self) -> String {
        let blank = |line: &str| {
            line.chars().map(|next| if next == '\n' { "\n".to_owned() } else { " ".repeat(next.len_utf8()) }).collect()
        };
        let line = |(line, kept): (&Range<usize>, &bool)| {
            let written = &self.text[line.clone()];
            if *kept { written.to_owned() } else { blank(written) }
        };
        self.lines.iter().zip(&self.kept).map(line).collect()
    }
}
