//! How the lines of a text end.

use crate::syntax::lexeme::{TextEnd, comment_length, text_end};

/// How the first line of a file ends. Line breaks inside a text belong to its words, and count only where there is no other.
pub(super) fn line_end(file: &str) -> &'static str {
    let mut rest = file;
    while let Some(at) = rest.find(['"', '#', '\n', '\r']) {
        rest = &rest[at..];
        let length = match rest.as_bytes().first() {
            Some(b'"') => match text_end(rest) {
                TextEnd::Closed(end) => end,
                TextEnd::Unclosed(line) => line.max(1),
            },
            Some(b'#') => comment_length(rest),
            Some(_) | None => return line_break(rest),
        };
        rest = &rest[length..];
    }
    file.find(['\n', '\r']).map_or("\n", |at| line_break(&file[at..]))
}

/// The line break that `rest` begins with.
fn line_break(rest: &str) -> &'static str {
    let breaks = ["\r\n", "\r", "\n"];
    breaks.into_iter().find(|line_break| rest.starts_with(line_break)).unwrap_or("\n")
}

/// Whether a line of white space alone stands between two line breaks.
pub(super) fn holds_blank_line(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        rest = &rest[at + line_break(&rest[at..]).len()..];
        if rest.trim_start_matches(|next: char| next.is_whitespace() && !is_break(next)).starts_with(is_break) {
            return true;
        }
    }
    false
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::{holds_blank_line, line_end};

    #[test]
    fn the_first_line_break_outside_texts_decides() {
        for (file, end) in [
            ("", "\n"),
            ("a b\r\nc d\n", "\r\n"),
            ("a b\nc d\r\n", "\n"),
            ("a b\rc d\r", "\r"),
            ("a \"x\r\ny\"\n", "\n"),
            ("a \"x\r\ny\"", "\r\n"),
            ("a b # \"\r\n", "\r\n"),
        ] {
            assert_eq!(line_end(file), end, "{file:?}");
        }
    }

    #[test]
    fn a_blank_line_holds_white_space_alone() {
        for blank in ["\n\n", " \n \t\r\n", "\r\r", "\r\n\r\n", "# a\n\n"] {
            assert!(holds_blank_line(blank), "{blank:?}");
        }
        for full in ["", "\n", "\r\n", "\n,\n", "\r\n# a\r\n"] {
            assert!(!holds_blank_line(full), "{full:?}");
        }
    }
}
