//! The provision of each unit: the numbers that lead to it, with Roman numerals told from letters by their neighbours.

use std::collections::BTreeMap;

use super::build;
use super::kinds::{ANNEX_LEVEL, ARTICLE_LEVEL, UnitKinds};
use super::number::{NumberReading, NumberScript, UnitNumber};
use super::tree::{NumberOrder, Outline, Unit};
use crate::evidence::prose::Prose;

impl Outline {
    /// The units of a document.
    pub fn of(prose: &Prose, kinds: &UnitKinds) -> Outline {
        with_provisions(build::units(prose, kinds), kinds)
    }
}

/// The same outline, each unit with its provision.
fn with_provisions(mut outline: Outline, kinds: &UnitKinds) -> Outline {
    let values = values(&outline.units);
    let mut has_provisions = outline.units.iter().any(|unit| kinds.provides(&unit.kind) && is_named(unit));
    // Numbers that begin anew under no unit number something that was not found.
    has_provisions |= outline.irregular.iter().any(|irregular| {
        let unit = &outline.units[irregular.unit];
        irregular.order != NumberOrder::Jumps && unit.is_by_form && unit.parent == Some(0)
    });
    let mut provisions: Vec<Option<Vec<String>>> = Vec::with_capacity(outline.units.len());
    for (number, unit) in outline.units.iter().enumerate() {
        let above = unit.parent.and_then(|parent| provisions[parent].clone());
        let provision = provision(&outline, number, (above, &values), (kinds, has_provisions));
        provisions.push(provision);
    }
    for (unit, provision) in outline.units.iter_mut().zip(provisions) {
        unit.provision = provision;
    }
    outline
}

/// Whether the number of a unit is written in Chinese characters.
fn value_is_han(unit: &Unit) -> bool {
    unit.number.as_deref().is_some_and(|number| UnitNumber::of_han(number).is_some())
}

/// Whether a unit is called what it is by the text or the format, and not by the form of its number.
fn is_named(unit: &Unit) -> bool {
    unit.number.is_some() && !unit.is_by_form
}

/// The provision of a unit, by that of the unit around it; an empty value is a number that can be read in two ways.
fn provision(
    outline: &Outline,
    number: usize,
    (above, values): (Option<Vec<String>>, &[Option<Vec<String>>]),
    (kinds, has_provisions): (&UnitKinds, bool),
) -> Option<Vec<String>> {
    let unit = &outline.units[number];
    let level = kinds.named(&unit.kind).map(|kind| kind.level).filter(|_| is_named(unit));
    if unit.kind == "document" {
        return None;
    }
    if level == Some(ANNEX_LEVEL) {
        let number = values[number].as_ref().map(|value| value.join("."));
        return Some(vec![number.map_or(unit.kind.clone(), |number| format!("{}-{number}", unit.kind))]);
    }
    let Some(value) = &values[number] else { return above.filter(|_| unit.number.is_none()) };
    if level.is_some_and(|level| level < ARTICLE_LEVEL) {
        return above;
    }
    // Items without a paragraph around them are those of the first, which has no number in Japanese statutes.
    if unit.is_by_form && unit.kind == "point" && value_is_han(unit) {
        return above;
    }
    let is_provision = level.is_some();
    let annexes = || {
        above
            .as_ref()
            .and_then(|path| path.first())
            .filter(|first| first.starts_with(|letter: char| letter.is_alphabetic()) && first.len() > 1)
    };
    let is_continuous = is_provision && kinds.named(&unit.kind).is_some_and(|kind| kind.is_continuous);
    let mut path = match above {
        _ if is_continuous => annexes().cloned().into_iter().collect(),
        None if !is_provision && has_provisions => return None,
        above => above.unwrap_or_default(),
    };
    // The number of `5.1` says where it is; `5.1` within the section 5 is no 5/5/1.
    let shared = (0..value.len()).rev().find(|count| path.ends_with(&value[..*count])).unwrap_or(0);
    path.extend(value[shared..].iter().cloned());
    Some(path)
}

/// What the number of each unit is worth, part by part; nothing where it has none or where that is open.
fn values(units: &[Unit]) -> Vec<Option<Vec<String>>> {
    let numbers: Vec<Option<UnitNumber>> = units.iter().map(|unit| unit.number.as_deref().and_then(number)).collect();
    let mut siblings: BTreeMap<(Option<usize>, &str, usize, String), Vec<usize>> = BTreeMap::new();
    for (at, (unit, number)) in units.iter().zip(&numbers).enumerate() {
        if let Some(number) = number {
            let above = number.parts[..number.parts.len() - 1].join(".");
            let row = (unit.parent, unit.kind.as_str(), number.parts.len(), above);
            siblings.entry(row).or_default().push(at);
        }
    }
    let mut values = vec![None; units.len()];
    for row in siblings.values() {
        let readings: Vec<Vec<NumberReading>> =
            row.iter().map(|at| numbers[*at].as_ref().map(UnitNumber::readings).unwrap_or_default()).collect();
        let scripts = scripts(&readings);
        for ((at, readings), script) in row.iter().zip(&readings).zip(scripts) {
            let Some(number) = &numbers[*at] else { continue };
            let reading = readings.iter().find(|it| Some(it.script) == script);
            let last = reading.map(|it| value(it, &number.parts[number.parts.len() - 1]));
            values[*at] = last.map(|last| {
                let (_, above) = number.parts.split_last().unwrap_or((&last, &[]));
                above.iter().map(|part| part_value(part)).chain([last.clone()]).collect()
            });
        }
    }
    values
}

/// A part before the last in figures, if it is a Roman numeral.
fn part_value(part: &str) -> String {
    let number = UnitNumber::of(part);
    let reading = number.and_then(|number| number.readings().into_iter().next());
    match reading {
        Some(NumberReading { script: NumberScript::Roman, value, .. }) => value.to_string(),
        Some(_) | None => part.to_owned(),
    }
}

/// The number that a unit is said to have: `Article 5` is 5, `(a)` is a.
fn number(written: &str) -> Option<UnitNumber> {
    let last = written.split_whitespace().next_back()?;
    let last = last.trim_matches(|letter: char| !letter.is_alphanumeric());
    UnitNumber::of(last).or_else(|| UnitNumber::of_han(last))
}

/// In what script each number of a row is written, by those beside it; nothing for one that stays open.
fn scripts(row: &[Vec<NumberReading>]) -> Vec<Option<NumberScript>> {
    let continues = |one: Option<&NumberReading>, next: Option<&NumberReading>| match (one, next) {
        (Some(one), Some(next)) => next.value == one.value + 1 || next.value == one.value && next.suffix != one.suffix,
        _ => false,
    };
    let of = |at: usize, script: NumberScript| row.get(at)?.iter().find(|it| it.script == script);
    (0..row.len())
        .map(|at| {
            let fits = |script: NumberScript| {
                let before = at.checked_sub(1).is_some_and(|before| continues(of(before, script), of(at, script)));
                before || continues(of(at, script), of(at + 1, script))
            };
            match row[at].as_slice() {
                [] => None,
                [only] => Some(only.script),
                [first, ..] if first.script == NumberScript::Figures => Some(first.script),
                all => {
                    let fitting: Vec<NumberScript> = all.iter().map(|it| it.script).filter(|it| fits(*it)).collect();
                    match fitting.as_slice() {
                        [only] => Some(*only),
                        // `i` alone is the first; of what is longer than a letter, the Roman numeral is meant.
                        [] if all
                            .iter()
                            .any(|it| it.script == NumberScript::Roman && (it.value <= 4 && it.value != 0)) =>
                        {
                            Some(NumberScript::Roman)
                        }
                        _ => None,
                    }
                }
            }
        })
        .collect()
}

/// A number that is written with more parts, or that can be read in more ways, is none of a provision.
const MOST_PARTS: usize = 8;
const MOST_READINGS: usize = 16;

/// The provisions that a number may name as it is written in claims: `IV(2)` is 4/2, `33(2)` is 33/2, and `v` is 5 or the letter.
/// None if it is no number.
pub fn provision_readings(written: &str) -> Vec<Vec<String>> {
    let parts: Vec<&str> = written
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .take(MOST_PARTS + 1)
        .collect();
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Vec::new();
    }
    let mut paths: Vec<Vec<String>> = vec![Vec::new()];
    for part in parts {
        let Some(number) = UnitNumber::of(part) else { return Vec::new() };
        let values: Vec<String> = number.readings().iter().map(|it| value(it, part)).collect();
        let longer = |path: &Vec<String>| {
            values.iter().map(|value| path.iter().chain([value]).cloned().collect()).collect::<Vec<_>>()
        };
        paths = paths.iter().flat_map(longer).collect();
        if paths.len() > MOST_READINGS {
            return Vec::new();
        }
    }
    paths
}

/// What a part of a number is worth, read in one way.
fn value(reading: &NumberReading, part: &str) -> String {
    match reading.script {
        NumberScript::Letters => part.to_ascii_lowercase(),
        NumberScript::Figures | NumberScript::Roman => {
            let suffix = if reading.suffix == "er" { "" } else { &reading.suffix };
            format!("{}{suffix}", reading.value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::provision_readings;

    #[test]
    fn numbers_of_provisions_are_read_in_each_way() {
        let shown = |written: &str| provision_readings(written).iter().map(|path| path.join("/")).collect::<Vec<_>>();
        assert_eq!(shown("33(2)"), ["33/2"]);
        assert_eq!(shown("IV(2)"), ["4/2"]);
        assert_eq!(shown("7(1)(b)"), ["7/1/b"]);
        assert_eq!(shown("12A"), ["12a"]);
        assert_eq!(shown("v"), ["5", "v"]);
        assert_eq!(shown("preamble"), Vec::<String>::new());
    }
}
