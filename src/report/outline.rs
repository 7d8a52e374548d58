//! The outline of a document: its units with their numbers, titles and lines, for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::common::guard::{disarm_json, harmless};
use super::count;
use crate::evidence::{NumberOrder, Unit};
use crate::model::CitedDocument;
use crate::text::one_line;

/// The version of the JSON; it grows when a field goes or changes what it means.
const VERSION: u32 = 1;

/// So many characters of a unit's own words are shown if it has no title.
const SHOWN: usize = 60;

/// Writes the units with their lines, one on a line, and then what is irregular about their numbers.
///
/// # Errors
/// When the output cannot be written.
pub fn write_text(cited: &CitedDocument, output: &mut dyn Write) -> io::Result<()> {
    let units = &cited.outline.units;
    let numbered = units.iter().filter(|unit| unit.number.is_some()).count();
    writeln!(
        output,
        "{}: {}, {numbered} of them numbered; {}",
        harmless(&cited.name),
        count(units.len().saturating_sub(1), "unit"),
        count(cited.sentences.len(), "sentence")
    )?;
    let width = cited.lines.len().max(1).ilog10() as usize + 2;
    for (number, unit) in units.iter().enumerate() {
        let depth = cited.outline.around(number).count().saturating_sub(2);
        let words = shown(cited, number);
        if number == 0 && words.is_empty() {
            continue;
        }
        let provision = unit.provision.as_ref().map(|path| format!("  [{}]", path.join("/"))).unwrap_or_default();
        let words = if words.is_empty() { String::new() } else { format!("  {words}") };
        let line = line(cited, unit.bytes.start);
        writeln!(output, "{line:>width$}  {}{}{provision}{words}", "  ".repeat(depth), called(unit))?;
    }
    for irregular in &cited.outline.irregular {
        let unit = &units[irregular.unit];
        let line = line(cited, unit.bytes.start);
        let why = match irregular.order {
            NumberOrder::Jumps => "leaves out numbers after",
            NumberOrder::Repeats => "repeats",
            NumberOrder::RunsBack => "is lower than",
        };
        writeln!(output, "{}:{line}: {} {why} {}", harmless(&cited.name), called(unit), harmless(&irregular.before))?;
    }
    Ok(())
}

/// Writes the tree as JSON.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(cited: &CitedDocument, output: &mut dyn Write) -> io::Result<()> {
    let mut built: Vec<(Option<usize>, OutlineUnit)> = (0..cited.outline.units.len())
        .map(|number| (cited.outline.units[number].parent, unit(cited, number)))
        .collect();
    // Each unit stands behind the one that it is part of.
    let mut document = None;
    while let Some((parent, mut unit)) = built.pop() {
        unit.units.reverse();
        match parent.and_then(|parent| built.get_mut(parent)) {
            Some((_, parent)) => parent.units.push(unit),
            None => document = Some(unit),
        }
    }
    let outline = OutlineDocument { version: VERSION, path: &cited.name, document };
    writeln!(output, "{}", disarm_json(&serde_json::to_string_pretty(&outline)?))
}

#[derive(Serialize)]
struct OutlineDocument<'a> {
    version: u32,
    path: &'a str,
    document: Option<OutlineUnit>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OutlineUnit {
    kind: String,
    number: Option<String>,
    provision: Option<String>,
    title: Option<String>,
    line: usize,
    end_line: usize,
    sentences: usize,
    units: Vec<OutlineUnit>,
}

fn unit(cited: &CitedDocument, number: usize) -> OutlineUnit {
    let unit = &cited.outline.units[number];
    let sentences = cited.sentences.partition_point(|sentence| sentence.start < unit.bytes.end)
        - cited.sentences.partition_point(|sentence| sentence.start < unit.bytes.start);
    OutlineUnit {
        kind: unit.kind.clone(),
        number: unit.number.clone(),
        provision: unit.provision.as_ref().map(|path| path.join("/")),
        title: unit.title.clone().map(|title| one_line(&cited.document.prose.text[title])),
        line: line(cited, unit.bytes.start),
        end_line: line(cited, unit.bytes.end.saturating_sub(1).max(unit.bytes.start)),
        sentences,
        units: Vec::new(),
    }
}

/// What a unit is called: `article 5`.
fn called(unit: &Unit) -> String {
    let number = unit.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
    harmless(&format!("{}{number}", unit.kind))
}

/// The title of a unit, or how its own words begin.
fn shown(cited: &CitedDocument, number: usize) -> String {
    let unit = &cited.outline.units[number];
    let text = &cited.document.prose.text;
    if let Some(title) = &unit.title {
        return harmless(&one_line(&text[title.clone()]));
    }
    let own = cited.outline.pieces_in(&unit.bytes).iter().find(|piece| piece.unit == number).filter(|_| number > 0);
    let words = own.map(|piece| one_line(&text[piece.bytes.clone()])).unwrap_or_default();
    let is_cut = words.chars().count() > SHOWN;
    let words: String = words.chars().take(SHOWN).collect();
    let words = if is_cut { format!("{}...", words.trim_end()) } else { words };
    harmless(&words)
}

fn line(cited: &CitedDocument, byte: usize) -> usize {
    cited.line(cited.place(&(byte..byte + 1)))
}
