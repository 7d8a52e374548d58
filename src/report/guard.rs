//! Keeps what is reported from being taken for a command by the build server that logs the report.

use std::borrow::Cow;

/// Where commands begin that build servers look for in the middle of a line as well.
///
/// The runner of GitHub Actions still obeys `##[`, wherever it stands.
const OPENINGS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Whether a line that starts like this is a command.
pub(super) fn is_command(start: &str) -> bool {
    start.starts_with("::") || OPENINGS.iter().any(|opening| start.starts_with(opening))
}

/// Replaces one character in every command of a text for people, so that columns stay where they are.
pub(super) fn disarm(text: &str) -> Cow<'_, str> {
    OPENINGS.iter().fold(Cow::Borrowed(text), |text, opening| {
        if text.contains(opening) {
            text.replace(opening, &opening.replacen("##", "#\u{fffd}", 1)).into()
        } else {
            text
        }
    })
}

/// Writes every `#` of a JSON text as an escape: it stands in strings alone, and they stay what they are.
pub(super) fn disarm_json(json: &str) -> String {
    json.replace('#', "\\u0023")
}
