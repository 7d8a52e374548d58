//! Where reading goes on after a mistake (panic-mode recovery): at the next line, the next brace, or behind what is nested too
//! deep.

use super::likely_mistakes::foreign_text;
use crate::syntax::input::Input;
use crate::syntax::lexeme::{TextEnd, comment_length, piece_length, text_end, trivia};

/// Where reading can go on: the next line, or the next brace; a text in quotation marks of another sort is passed as a whole.
pub(in crate::syntax) fn resume(mut at: Input<'_>) -> Input<'_> {
    at = at.skip(foreign_text(at.rest).unwrap_or(0));
    while let Some(next) = at.peek() {
        at = match next {
            '\n' | '\r' | '{' | '}' => return trivia(at),
            '"' => match text_end(at.rest) {
                TextEnd::Closed(end) => at.skip(end),
                TextEnd::Unclosed(line) => at.skip(before_last_brace(&at.rest[..line.max(1)])),
            },
            '#' => at.skip(comment_length(at.rest)),
            other => at.skip(other.len_utf8()),
        };
    }
    at
}

/// The bytes of a text's first line up to a lone brace that ends the line: it was hardly meant as part of the text.
fn before_last_brace(line: &str) -> usize {
    let trimmed = line.trim_end();
    let balanced = line.matches('{').count() == line.matches('}').count();
    if trimmed.ends_with(['{', '}']) && !balanced { trimmed.len() - 1 } else { line.len() }
}

/// Skips from an opening brace to the one that closes it, however deep, or to the end.
pub(in crate::syntax) fn skip_braces(mut at: Input<'_>) -> Input<'_> {
    let mut depth = 0_usize;
    while let Some(next) = at.peek() {
        let length = piece_length(at, next);
        depth = match next {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        };
        at = at.skip(length);
        if depth == 0 {
            break;
        }
    }
    trivia(at)
}
