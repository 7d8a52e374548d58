//! Keeps what is reported from being taken for a command by the build server that logs the report.

use std::borrow::Cow;

use crate::text::{Sanitized, is_hidden};

/// Where commands begin that build servers look for in the middle of a line as well.
///
/// The runner of GitHub Actions still obeys `##[`, wherever it stands.
const OPENINGS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Whether a line that starts like this is a command.
pub(crate) fn is_command(start: &str) -> bool {
    start.starts_with("::") || OPENINGS.iter().any(|opening| start.starts_with(opening))
}

/// A line of text from anywhere, as it can stand in a terminal and in the log of a build server.
pub fn harmless(line: &str) -> String {
    let shown = Sanitized::line(line);
    let disarmed = disarm(shown.as_str());
    let blanks = disarmed.len() - disarmed.trim_start().len();
    let (before, rest) = disarmed.split_at(blanks);
    if is_command(rest) { format!("{before}\u{fffd}{}", &rest[1..]) } else { disarmed.into_owned() }
}

/// Replaces one character in every command of a text for people, so that columns stay where they are.
pub(crate) fn disarm(text: &str) -> Cow<'_, str> {
    // All of them begin with this.
    if !text.contains('#') {
        return Cow::Borrowed(text);
    }
    OPENINGS.iter().fold(Cow::Borrowed(text), |text, opening| {
        if text.contains(opening) {
            text.replace(opening, &opening.replacen("##", "#\u{fffd}", 1)).into()
        } else {
            text
        }
    })
}

/// Writes every `#` and every hidden character of a JSON text as an escape: they stand in strings
/// alone, and these stay what they are.
pub fn disarm_json(json: &str) -> String {
    let mut disarmed = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '#' || character == '\u{7f}' || is_hidden(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                disarmed.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            disarmed.push(character);
        }
    }
    disarmed
}
