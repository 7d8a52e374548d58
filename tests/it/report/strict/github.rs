//! Workflow commands, read as the runner of GitHub Actions reads them.

use std::collections::BTreeMap;

use recte::report::Report;

use super::{disarmed, place, said, shown};

/// What the runner turns back in the text of a command, in the order in which it does.
const IN_TEXT: &[(&str, &str)] = &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];

/// What it turns back in a property.
const IN_PROPERTIES: &[(&str, &str)] = &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];

struct Command<'a> {
    name: &'a str,
    properties: BTreeMap<&'a str, String>,
    text: String,
}

pub(super) fn read(report: &Report<'_>, text: &str) {
    let commands: Vec<Command<'_>> = text.lines().filter_map(command).collect();
    assert_eq!(commands.len(), report.findings.len(), "{text}");
    for (command, finding) in commands.iter().zip(report.findings) {
        let (source, [start, end]) = place(report, finding);
        assert!(["error", "warning", "notice"].contains(&command.name));
        assert_eq!(command.properties["file"].trim(), disarmed(&shown(source.name())).trim());
        assert_eq!(command.properties["line"], start.line.to_string());
        assert_eq!(command.properties["endLine"], end.line.to_string());
        assert_eq!(command.properties.contains_key("col"), start.line == end.line);
        assert_eq!(command.text, disarmed(&said(finding).join("\n")));
    }
    assert!(text.lines().any(|line| line.starts_with("checked ")), "{text}");
}

/// A line that the runner would obey.
fn command(line: &str) -> Option<Command<'_>> {
    let (info, text) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    let pairs = properties.trim().split(',').filter_map(|property| property.split_once('='));
    let properties = pairs.map(|(key, value)| (key, decode(value, IN_PROPERTIES))).collect();
    Some(Command { name, properties, text: decode(text, IN_TEXT) })
}

fn decode(text: &str, codes: &[(&str, &str)]) -> String {
    codes.iter().fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
}
