//! Breaks lines for a terminal, between words.

use recte::text::wrapped;
use unicode_width::UnicodeWidthStr;

/// A line on several, none of which is wider than so many columns if its words are not. What goes on is set in by `indent`.
pub(super) fn broken(line: &str, columns: usize, indent: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let opening = opening(line);
    let (blanks, words) = line.split_at(opening);
    format!("{blanks}{}", wrapped(words, columns, (opening, indent), |_| false))
}

/// By how much what goes on is set in, so that it stands beneath the first word of a line; where there is no room for it, by nothing.
pub(super) fn hanging(line: &str, columns: usize) -> usize {
    let indent = opening(line) + 2;
    if indent < columns / 2 { indent } else { 0 }
}

/// The blanks with which a line begins.
fn opening(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
