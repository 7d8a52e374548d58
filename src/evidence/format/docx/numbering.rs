//! The numbers of paragraphs, counted as Word counts them: `1.`, `1.2`, `(a)`, `Article IV`.

use std::collections::{HashMap, HashSet};

use super::styles::ParagraphSetting;
use crate::evidence::format::fault::DocumentFault;
use crate::evidence::format::xml::{XmlElement, XmlPiece, XmlReader};
use crate::text::in_roman;

/// A list has so many levels.
const LEVELS: usize = 9;

/// Numbers beyond this are written in figures, whatever the list says.
const MOST_WRITTEN: u32 = 780;

/// A level of a list.
#[derive(Clone, Debug)]
struct ListLevel {
    start: u32,
    format: String,
    /// The number as it is shown, with `%1` for the number of the first level.
    shown: String,
    /// It starts again after a paragraph of a level before this one; never if it is 0.
    restart: usize,
    /// Whether all of its numbers are shown in figures.
    is_legal: bool,
    indent: Option<i64>,
    /// The style whose paragraphs are numbered so.
    style: Option<String>,
}

/// A list as it is defined.
#[derive(Debug, Default)]
struct ListDefinition {
    levels: HashMap<usize, ListLevel>,
    /// The style of lists by which it is defined.
    defined_by: Option<String>,
}

/// A list as paragraphs name it: one that is defined, with other beginnings or levels.
#[derive(Debug, Default)]
struct NamedList {
    definition: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, ListLevel>,
}

/// All lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, ListDefinition>,
    lists: HashMap<String, NamedList>,
    /// The definitions of styles of lists.
    of_styles: HashMap<String, String>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    /// The beginnings of lists that were used.
    begun: HashSet<(String, usize)>,
}

/// A paragraph of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    /// Its number as it is shown; nothing for a bullet.
    pub(super) number: Option<String>,
    /// The list, and its level there.
    pub(super) list: String,
    pub(super) level: usize,
    /// How far it is indented by its list.
    pub(super) indent: Option<i64>,
}

impl ListLevel {
    fn new(level: usize) -> ListLevel {
        ListLevel {
            start: 0,
            format: "decimal".to_owned(),
            shown: String::new(),
            restart: level,
            is_legal: false,
            indent: None,
            style: None,
        }
    }

    fn take(&mut self, element: &XmlElement<'_>) {
        let number = || element.attribute("val").and_then(|value| value.parse().ok());
        match element.name() {
            "start" => self.start = number().unwrap_or_default(),
            "numFmt" => self.format = element.attribute("val").unwrap_or_default(),
            "lvlText" => self.shown = element.attribute("val").unwrap_or_default(),
            "lvlRestart" => self.restart = number().map_or(self.restart, |level| (level as usize).min(self.restart)),
            "isLgl" => self.is_legal = super::styles::is_on(element),
            "pStyle" => self.style = element.attribute("val"),
            _ => {
                let mut setting = ParagraphSetting { indent: self.indent, ..ParagraphSetting::default() };
                setting.take(element);
                self.indent = setting.indent;
            }
        }
    }
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Numbering, DocumentFault> {
        let mut numbering = Numbering::default();
        let mut xml = XmlReader::new(text);
        let (mut definition, mut list, mut level) = (None::<String>, None::<String>, 0);
        while let Some(piece) = xml.next()? {
            let XmlPiece::Start(element) = piece else { continue };
            match element.name() {
                "abstractNum" => {
                    (definition, list) = (element.attribute("abstractNumId"), None);
                    numbering.definitions.insert(definition.clone().unwrap_or_default(), ListDefinition::default());
                }
                "num" => {
                    (definition, list) = (None, element.attribute("numId"));
                    numbering.lists.insert(list.clone().unwrap_or_default(), NamedList::default());
                }
                "lvl" | "lvlOverride" => {
                    let number = element.attribute("ilvl").and_then(|level| level.parse().ok());
                    level = number.filter(|level| *level < LEVELS).unwrap_or_default();
                    if element.name() == "lvl"
                        && let Some(levels) = numbering.levels(&definition, &list)
                    {
                        levels.insert(level, ListLevel::new(level));
                    }
                }
                name => {
                    let value = || element.attribute("val").unwrap_or_default();
                    if let ("styleLink", Some(id)) = (name, &definition) {
                        numbering.of_styles.entry(value()).or_insert_with(|| id.clone());
                        continue;
                    }
                    let defined = definition.as_ref().and_then(|id| numbering.definitions.get_mut(id));
                    let named = list.as_ref().and_then(|id| numbering.lists.get_mut(id));
                    match (name, defined, named) {
                        ("numStyleLink", Some(definition), _) => definition.defined_by = Some(value()),
                        ("abstractNumId", _, Some(list)) => list.definition = value(),
                        ("startOverride", _, Some(list)) => {
                            list.starts.insert(level, value().parse().unwrap_or_default());
                        }
                        (_, Some(ListDefinition { levels, .. }), _) | (_, _, Some(NamedList { levels, .. })) => {
                            if let Some(level) = levels.get_mut(&level) {
                                level.take(&element);
                            }
                        }
                        (_, None, None) => {}
                    }
                }
            }
        }
        Ok(numbering)
    }

    fn levels(&mut self, definition: &Option<String>, list: &Option<String>) -> Option<&mut HashMap<usize, ListLevel>> {
        match (definition, list) {
            (Some(id), _) => self.definitions.get_mut(id).map(|definition| &mut definition.levels),
            (None, Some(id)) => self.lists.get_mut(id).map(|list| &mut list.levels),
            (None, None) => None,
        }
    }

    /// The place in its list of the next paragraph that has a setting, in a style; nothing outside of lists.
    pub(super) fn next(&mut self, setting: &ParagraphSetting, style: Option<&str>) -> Option<ListPlace> {
        let id = setting.list.clone().filter(|list| list != "0")?;
        let definition = self.definition(&id)?;
        let by_style = || {
            let levels = &self.definitions[&definition].levels;
            levels.iter().find(|(_, level)| level.style.is_some() && level.style.as_deref() == style)
        };
        let number = setting.level.map(usize::from).or_else(|| by_style().map(|(level, _)| *level));
        let number = number.unwrap_or_default().min(LEVELS - 1);
        let levels: [Option<ListLevel>; LEVELS] =
            std::array::from_fn(|level| self.level(&id, &definition, level).cloned());
        let level = levels[number].clone()?;
        let start = |at: usize| levels[at].as_ref().map_or(0, |level| level.start);
        let restarted = self.lists[&id].starts.get(&number).copied();
        let restarted = restarted.filter(|_| self.begun.insert((id.clone(), number)));
        let counted = self.counted.entry(definition.clone()).or_default();
        let next = counted[number].map_or(start(number), |count| count.saturating_add(1));
        counted[number] = Some(restarted.unwrap_or(next));
        for deeper in number + 1..LEVELS {
            // A level starts again after those before its own, or before another one that it names.
            if levels[deeper].as_ref().is_none_or(|level| number < level.restart) {
                counted[deeper] = None;
            }
        }
        let is_bullet = level.format == "bullet";
        let shown = |at: usize| {
            let format = levels[at].as_ref().map_or("decimal", |level| level.format.as_str());
            let count = counted[at].unwrap_or_else(|| start(at).saturating_sub(1));
            written(count, if level.is_legal { "decimal" } else { format })
        };
        let text = filled(&level.shown, shown);
        let number_shown = (!is_bullet && !text.is_empty()).then_some(text);
        Some(ListPlace { number: number_shown, list: definition, level: number, indent: level.indent })
    }

    /// The definition of a list, over the style by which it is defined.
    fn definition(&self, list: &str) -> Option<String> {
        let id = &self.lists.get(list)?.definition;
        let style = self.definitions.get(id)?.defined_by.as_ref();
        let defining = style.and_then(|style| self.of_styles.get(style));
        Some(defining.filter(|id| self.definitions.contains_key(*id)).unwrap_or(id).clone())
    }

    fn level(&self, list: &str, definition: &str, level: usize) -> Option<&ListLevel> {
        let own = self.lists.get(list).and_then(|list| list.levels.get(&level));
        own.or_else(|| self.definitions.get(definition)?.levels.get(&level))
    }
}

/// A number as it is shown, with the numbers of its levels.
fn filled(shown: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut letters = shown.chars().peekable();
    while let Some(letter) = letters.next() {
        let level = letters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| letter == '%' && *digit > 0);
        match level {
            Some(level) => {
                letters.next();
                filled.push_str(&number(level as usize - 1));
            }
            None => filled.push(letter),
        }
    }
    filled.trim().to_owned()
}

/// A number in a format of Word.
pub(in crate::evidence::format) fn written(number: u32, format: &str) -> String {
    let is_letter = number > 0 && number <= MOST_WRITTEN;
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "lowerLetter" if is_letter => letters(number, b'a'),
        "upperLetter" if is_letter => letters(number, b'A'),
        "lowerRoman" if is_letter => in_roman(number).unwrap_or_default(),
        "upperRoman" if is_letter => in_roman(number).unwrap_or_default().to_ascii_uppercase(),
        "ordinal" => format!("{number}{}", ordinal(number)),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |digit: char| char::from_u32(u32::from(digit) - 0x30 + 0xff10).unwrap_or(digit);
            number.to_string().chars().map(wide).collect()
        }
        "chineseCounting" | "japaneseCounting" | "chineseCountingThousand" if is_letter && number < 100 => han(number),
        _ => number.to_string(),
    }
}

/// `a` to `z`, then `aa`, `bb`: Word repeats the letter.
fn letters(number: u32, first: u8) -> String {
    let letter = char::from(first + u8::try_from((number - 1) % 26).unwrap_or_default());
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

fn ordinal(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    }
}

/// A number below a hundred in Chinese characters.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    let ten = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        _ => format!("{}十", DIGITS[tens]),
    };
    format!("{ten}{}", DIGITS[ones])
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, shown) in [
            (5, "decimal", "5"),
            (5, "decimalZero", "05"),
            (27, "lowerLetter", "aa"),
            (28, "upperLetter", "BB"),
            (54, "lowerLetter", "bbb"),
            (0, "lowerLetter", "0"),
            (49, "lowerRoman", "xlix"),
            (19, "upperRoman", "XIX"),
            (4_000_000_000, "upperRoman", "4000000000"),
            (4_000_000_000, "lowerLetter", "4000000000"),
            (11, "ordinal", "11th"),
            (22, "ordinal", "22nd"),
            (25, "japaneseCounting", "二十五"),
            (12, "decimalFullWidth", "１２"),
            (3, "none", ""),
        ] {
            assert_eq!(written(number, format), shown, "{number} {format}");
        }
    }
}
