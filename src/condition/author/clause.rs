//! Clauses of a reading: lines with marked lists beneath them, so that what belongs together is seen, not guessed.

use crate::text::{in_letters, in_roman};

/// What holds or does not, in words: one line, or several that are read one after the other.
#[derive(Clone, Debug)]
pub(crate) struct ClauseText {
    lines: Vec<IndentedLine>,
    /// Whether it is one comparison, without a quantifier or a connective of its own.
    is_atom: bool,
}

/// One line, and what stands beneath it.
#[derive(Clone, Debug)]
struct IndentedLine {
    words: String,
    /// A marked list, which the words announce.
    items: Vec<ClauseText>,
    /// What the words of the line stand for.
    notes: Vec<ClauseText>,
}

/// How many characters two or three clauses may have that are joined in one line.
const SHORT: usize = 120;

impl ClauseText {
    /// One comparison, with notes on its words.
    pub(crate) fn atom(words: String, notes: Vec<ClauseText>) -> ClauseText {
        ClauseText { lines: vec![IndentedLine { words, items: Vec::new(), notes }], is_atom: true }
    }

    /// What stands on one line and is more than one comparison.
    pub(crate) fn sentence(words: &str) -> ClauseText {
        ClauseText::list(words, Vec::new())
    }

    /// A list that the words announce.
    pub(crate) fn list(words: &str, items: Vec<ClauseText>) -> ClauseText {
        ClauseText { lines: vec![IndentedLine { words: words.to_owned(), items, notes: Vec::new() }], is_atom: false }
    }

    /// The same with words before it, and with notes on these.
    pub(crate) fn led_by(mut self, words: &str, mut notes: Vec<ClauseText>) -> ClauseText {
        if let Some(first) = self.lines.first_mut() {
            first.words = format!("{words} {}", first.words);
            notes.append(&mut first.notes);
            first.notes = notes;
        }
        self.is_atom = false;
        self
    }

    /// The same with another clause on the lines after it.
    pub(crate) fn followed_by(mut self, other: ClauseText) -> ClauseText {
        if let Some(last) = self.lines.last_mut().filter(|last| last.items.is_empty()) {
            last.words.push(',');
        }
        self.lines.extend(other.lines);
        self.is_atom = false;
        self
    }

    /// Whether it can stand after "if" or "when" without being taken apart there.
    pub(crate) fn is_sentence(&self) -> bool {
        matches!(self.lines.as_slice(), [line] if !line.words.starts_with("if "))
    }

    /// The words of a comparison that can stand in one line with others and still be read one way only.
    pub(crate) fn plain(&self) -> Option<&str> {
        let [line] = self.lines.as_slice() else { return None };
        let joins = line.words.replace("direct or indirect", "");
        let is_plain = self.is_atom && line.notes.is_empty() && ![" or ", " and "].iter().any(|it| joins.contains(it));
        is_plain.then_some(&line.words)
    }

    /// The words of all of them, if they are plain and short enough for one line.
    pub(crate) fn all_plain(clauses: &[ClauseText]) -> Option<Vec<&str>> {
        let plain: Vec<&str> = clauses.iter().map(ClauseText::plain).collect::<Option<_>>()?;
        (plain.iter().map(|words| words.len()).sum::<usize>() <= SHORT).then_some(plain)
    }

    /// Its lines, those of lists indented and marked. `depth` is how many lists it stands in.
    pub(crate) fn lines(&self, depth: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for line in &self.lines {
            lines.push(if line.items.is_empty() { line.words.clone() } else { format!("{}:", line.words) });
            for (at, item) in line.items.iter().enumerate() {
                lines.extend(marked(&item.lines(depth + 1), depth, at));
            }
            lines.extend(line.notes.iter().flat_map(|note| note.lines(depth)).map(|note| format!("  {note}")));
        }
        lines
    }
}

/// The lines of one item of a list, its marker before the first and space before the others.
pub(crate) fn marked(lines: &[String], depth: usize, at: usize) -> Vec<String> {
    let marker = format!("  {} ", marker(depth, at));
    let space = " ".repeat(marker.len());
    lines
        .iter()
        .enumerate()
        .map(|(line, words)| format!("{}{words}", if line == 0 { &marker } else { &space }))
        .collect()
}

/// `(a)`, in it `(i)`, in it `(1)`, and so on.
fn marker(depth: usize, at: usize) -> String {
    let number = at as u32 + 1;
    match depth % 3 {
        0 => format!("({})", in_letters(number.into())),
        1 => format!("({})", in_roman(number).unwrap_or_else(|| number.to_string())),
        _ => format!("({number})"),
    }
}

/// Lines that are at most `width` characters long where their words allow it; what is left of a line goes beneath its
/// words, not beneath its marker.
pub(crate) fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    lines.iter().flat_map(|line| wrap(line, width)).collect()
}

fn wrap(line: &str, width: usize) -> Vec<String> {
    let words = line.trim_start_matches(' ');
    let marker = if words.starts_with('(') { words.find(") ").map_or(0, |end| end + 2) } else { 0 };
    let hang = " ".repeat(line.len() - words.len() + marker);
    let mut lines = Vec::new();
    let mut current = line[..hang.len()].to_owned();
    for word in line[hang.len()..].split(' ') {
        let is_first = current.len() == hang.len();
        if !is_first && current.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut current, hang.clone()));
        } else if !is_first {
            current.push(' ');
        }
        current += word;
    }
    lines.push(current);
    lines
}
