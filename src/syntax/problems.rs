//! What can be wrong with the text of a claims file, one constructor for each message.

use super::input::ParseFailure;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{SourceId, Span};

/// Something else was expected here.
pub(super) fn unexpected(failure: &ParseFailure, found: Span, line: &str) -> Diagnostic {
    let code = Code::native("CL0020");
    Diagnostic::new(code, format!("expected {}", failure.wanted()), found).here("not this").value(line)
}

/// A value follows another, which may be a text, without a comma.
pub(super) fn missing_comma(word: &str, at: Span, is_text: bool) -> Diagnostic {
    let help = if is_text {
        format!("put a comma before it; if it is the source of the quotation, write `{word} \"...\"`")
    } else {
        "put a comma before it, or a colon after it if it is the name of a field".to_owned()
    };
    Diagnostic::new(Code::native("CL0020"), format!("`{word}` follows a value without a comma"), at)
        .here("neither a field nor a block")
        .help(help)
        .value(word)
}

/// A value that is not written as values are.
pub(super) fn malformed_value((message, help): (String, String), recorded: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), message, at).here("not a value").help(help).value(recorded)
}

/// A comma between the name of a block and its title.
pub(super) fn comma_before_title(at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), "there is a comma between the name of a block and its title", at)
        .here("not this")
        .help("remove the comma".to_owned())
}

/// A colon behind a name that is itself the value of a field.
pub(super) fn second_colon(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("there is a second colon after `{name}`"), at)
        .here("not this")
        .help(format!("remove it: write `{name} \"...\"`"))
        .value(name)
}

/// A kind with nothing after it.
pub(super) fn lone_word(word: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("`{word}` is neither a block nor a field"), at)
        .here("expected a name, a title, `{` or `:` after it")
        .help("write a block as `kind name { ... }`, or a field as `name: value`".to_owned())
        .value(word)
}

/// A comma or a slash after what was read as a block: most likely a field without its colon.
pub(super) fn list_without_colon(word: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("a list follows `{word}`, which has no colon"), at)
        .here("read as a block, which takes no list")
        .help(format!("if `{word}` is a field, write `{word}:`"))
        .value(word)
}

/// `namespace` or `until` where a name is wanted.
pub(super) fn reserved_word(word: &str, at: Span) -> Diagnostic {
    let help = match word {
        "namespace" => "a file has one namespace, on its first line, before any block",
        _ => "choose another name",
    };
    Diagnostic::new(Code::native("CL0020"), format!("`{word}` is a reserved word"), at)
        .here("cannot be a name here")
        .help(help.to_owned())
        .value(word)
}

/// A block, or several, still open at the end of the file.
pub(super) fn unclosed_block(name: &str, at: Span, open: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0021"), format!("the block `{name}` is never closed"), at)
        .here("this block")
        .label(open, "opened here")
        .help("add the missing `}`".to_owned())
        .value(name)
}

/// The code of a text that is never closed.
pub(super) const UNCLOSED_TEXT: Code = Code::native("CL0022");

/// A text that runs into a blank line, the end of the file, or the next text.
pub(super) fn unclosed_text(at: Span, line: &str) -> Diagnostic {
    Diagnostic::new(UNCLOSED_TEXT, "this text is never closed", at)
        .here("opened here")
        .help("add the closing `\"`; a text may continue on the next line, but not across a blank line; inside a text, write a quotation mark as `\\\"`".to_owned())
        .value(line)
}

/// A quotation mark that closes a text which nothing opened.
pub(super) fn unopened_text(at: Span, begins: Span, line: &str) -> Diagnostic {
    Diagnostic::new(UNCLOSED_TEXT, "this quotation mark closes a text that was never opened", at)
        .here("closes nothing")
        .label(begins, "the text seems to begin here")
        .help("put `\"` where the text begins".to_owned())
        .value(line)
}

/// A quotation mark inside a text, which ends it.
pub(super) fn text_ended_early(at: Span, ended: Span, line: &str) -> Diagnostic {
    Diagnostic::new(UNCLOSED_TEXT, "a quotation mark inside a text ends it too early", at)
        .here("this was meant to close the text")
        .label(ended, "but it ends here")
        .help("inside a text, write a quotation mark as `\\\"`".to_owned())
        .value(line)
}

/// A brace that closes a block which goes on.
pub(super) fn surplus_brace(at: Span, goes_on: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0023"), "this brace closes the block too early", at)
        .here("closes the block")
        .label(goes_on, "this seems to belong inside the block")
        .help("remove this `}`".to_owned())
}

/// A header without a brace, before fields.
pub(super) fn missing_brace(field: &str, at: Span, header: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0026"), format!("the field `{field}` is outside every block"), at)
        .here("belongs to no block")
        .label(header.after(), "a `{` is missing here")
        .help("put `{` after the header of the block".to_owned())
        .value(field)
}

/// The word for the namespace, in capitals.
pub(super) fn namespace_in_capitals(word: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("`{word}` must be written in lowercase letters"), at)
        .here("not this")
        .help("write `namespace`".to_owned())
        .value(word)
}

/// A closing brace with nothing to close.
pub(super) fn stray_brace(at: Span, closed: Option<Span>) -> Diagnostic {
    let problem = Diagnostic::new(Code::native("CL0023"), "this brace closes no block", at)
        .here("closes nothing")
        .help("remove this `}`, or the one that closed the block too early".to_owned());
    match closed {
        Some(closed) => problem.label(closed, "the last block was closed here"),
        None => problem,
    }
}

/// An escape that means nothing.
pub(super) fn unknown_escape(escape: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0024"), format!("`{escape}` is not an escape sequence"), at)
        .here("has no meaning in a text")
        .help(
            "the escape sequences are \\\" \\\\ \\n \\t \\[ \\] and \\u{...} with the hexadecimal number of a character"
                .to_owned(),
        )
        .value(escape)
}

/// A character that cannot be seen or that turns the direction of the text.
pub(super) fn hidden_character(character: char, at: Span, more: usize) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let what = if crate::text::is_bidi_control(character) {
        "changes the direction of the text, so that it is not displayed as it is stored"
    } else if character.is_control() {
        "is a control character"
    } else {
        "is invisible"
    };
    let others = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    Diagnostic::new(Code::native("CL0025"), format!("{number} {what}"), at)
        .here(format!("{number} is here{others}"))
        .help("remove it; if a text needs it, write it as \\u{...}".to_owned())
        .value(number)
}

/// A field where no block is open.
pub(super) fn field_outside_block(name: &str, at: Span, closed: Option<Span>) -> Diagnostic {
    let problem = Diagnostic::new(Code::native("CL0026"), format!("the field `{name}` is outside every block"), at)
        .here("belongs to no block")
        .help("move the field between the braces of its block".to_owned())
        .value(name);
    match closed {
        Some(closed) => problem.label(closed, "the last block was closed here"),
        None => problem,
    }
}

/// Blocks inside blocks beyond all use.
pub(super) fn too_deep(source: SourceId, at: Span, limit: usize) -> Diagnostic {
    debug_assert_eq!(source, at.source);
    Diagnostic::new(Code::native("CL0034"), format!("blocks are nested more than {limit} levels deep"), at)
        .here("the contents were not read")
        .help("move the inner blocks to the outermost level and refer to them".to_owned())
}
