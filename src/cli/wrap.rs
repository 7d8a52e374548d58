//! Breaks lines for a terminal, between words.

use unicode_width::UnicodeWidthStr;

/// A line on several, none of which is wider than so many columns if its words are not. What goes on is set in by `indent`.
pub(super) fn broken(line: &str, columns: usize, indent: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let opening = opening(line);
    let (mut broken, mut column) = (line[..opening].to_owned(), opening);
    for (index, word) in line[opening..].split(' ').enumerate() {
        let width = word.width();
        if index > 0 && column + 1 + width <= columns {
            broken.push(' ');
            column += 1;
        } else if index > 0 {
            broken.push('\n');
            broken.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        }
        broken.push_str(word);
        column += width;
    }
    broken
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
