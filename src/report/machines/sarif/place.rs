//! Places and texts as SARIF has them; the only file that knows percent-encoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::log::{Artifact, Physical, Region, Replacement, SOURCE_ROOT, SarifLocation, SarifMessage};
use crate::diagnostic::{Label, TextEdit};
use crate::report::Report;
use crate::report::common::location;
use crate::report::common::style::Style;
use crate::text::Sanitized;

/// All but what stands for itself in the path of a URI, and the slash between folders.
///
/// A colon is encoded, or a file called `c:x` would be taken for a URI with a scheme.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The place of a label, with what is said of it.
pub(super) fn location(report: &Report<'_>, style: &Style, label: &Label) -> SarifLocation {
    let place = location::Location::of(report.sources, label.span);
    let region = region(place);
    let message = (!label.text.is_empty()).then(|| text(&label.text));
    SarifLocation { physical_location: physical(style, place.source.name(), region), message }
}

/// An edit; its text comes as it is, for programs.
pub(super) fn replacement(report: &Report<'_>, edit: &TextEdit) -> Replacement {
    let deleted_region = region(location::Location::of(report.sources, edit.at));
    Replacement { deleted_region, inserted_content: SarifMessage { text: edit.text.clone() } }
}

/// A file.
pub(super) fn artifact(style: &Style, name: &str) -> Artifact {
    let stands_in_a_folder = !name.contains(':');
    Artifact { uri: encoded(&style.file(name)), uri_base_id: stands_in_a_folder.then_some(SOURCE_ROOT) }
}

fn region(place: location::Location<'_>) -> Region {
    Region {
        start_line: place.start.line,
        start_column: Some(place.start.column),
        end_line: Some(place.end.line),
        end_column: Some(place.end.column),
    }
}

/// A line of a file.
pub(super) fn line(style: &Style, path: &str, line: u32) -> SarifLocation {
    let region = Region { start_line: line.max(1), start_column: None, end_line: None, end_column: None };
    SarifLocation { physical_location: physical(style, path, region), message: None }
}

/// A path as part of a URI.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// A text that people are shown.
pub(super) fn text(line: &str) -> SarifMessage {
    SarifMessage { text: plain(line) }
}

/// A line in which nothing hides, and nothing is a link: SARIF makes one of `[words](target)`.
pub(super) fn plain(line: &str) -> String {
    Sanitized::line(line).as_str().replace("](", "] (")
}

fn physical(style: &Style, name: &str, region: Region) -> Physical {
    Physical { artifact_location: artifact(style, name), region }
}
