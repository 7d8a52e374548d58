//! Texts with gaps: `{expr}` and `{expr | format}` are filled from the row that a rule found.

use std::ops::Range;

use super::context::{CheckedTable, CompileContext};
use crate::condition::{CheckedPath, DirtySet, ExpressionSource, Query, Row, ScalarValue};
use crate::model::{Corpus, local};
use crate::rule::pack::problems;
use crate::text::TomlString;

/// How many values a list shows before it only counts the rest.
const SHOWN: usize = 5;

/// The formats by the words that choose them.
const FORMATS: [(&str, PlaceholderFormat); 5] = [
    ("list", PlaceholderFormat::List),
    ("first", PlaceholderFormat::First),
    ("count", PlaceholderFormat::Count),
    ("values", PlaceholderFormat::Values),
    ("each", PlaceholderFormat::Each),
];

/// What is written in the place of a name that a block does not have.
const NAMELESS: &str = "(no name)";

/// The gap of a help that holds the titles of the fixes.
const FIXES: &str = "fix";

/// What stands between the alternatives of a help.
const BETWEEN: [&str; 3] = [", or ", "; or ", "; "];

/// A checked text with gaps.
pub(crate) struct Template {
    parts: Vec<TemplatePart>,
}

enum TemplatePart {
    Text(String),
    Gap(Placeholder),
    /// The titles of the fixes; only in a help.
    Fixes,
}

/// `{expr | format}`
struct Placeholder {
    path: CheckedPath,
    /// The binder that the path merely names: it knows how many witnesses there are beyond those shown.
    binder: Option<String>,
    format: PlaceholderFormat,
}

/// How the values of a gap are written.
#[derive(Clone, Copy)]
enum PlaceholderFormat {
    /// One value as it is, several as a list.
    Plain,
    List,
    First,
    Count,
    /// All of them as a field has them, with commas between.
    Values,
    /// At each place of a label, the value that belongs to it.
    Each,
}

/// A piece of a template before its path is checked.
enum UncheckedPart {
    Text(String),
    Gap { path: Range<usize>, format: PlaceholderFormat },
}

impl Template {
    /// A text that says nothing.
    pub(crate) fn empty() -> Template {
        Template { parts: Vec::new() }
    }

    /// Checks a template against the binders of `query`.
    pub(crate) fn compile(quoted: &TomlString, query: &Query, context: &CompileContext<'_>) -> CheckedTable<Template> {
        Template::read(quoted, query, context, false)
    }

    /// Checks a help, which may have a gap for the titles of the fixes.
    pub(crate) fn compile_help(
        quoted: &TomlString,
        query: &Query,
        context: &CompileContext<'_>,
    ) -> CheckedTable<Template> {
        let is_free = query.binders().iter().all(|binder| binder.name != FIXES);
        Template::read(quoted, query, context, is_free)
    }

    fn read(quoted: &TomlString, query: &Query, context: &CompileContext<'_>, is_help: bool) -> CheckedTable<Template> {
        let mut parts = Vec::new();
        let mut wrong = Vec::new();
        for piece in pieces(quoted)? {
            match piece {
                UncheckedPart::Gap { path, .. } if is_help && &quoted.text[path.clone()] == FIXES => {
                    parts.push(TemplatePart::Fixes)
                }
                UncheckedPart::Text(text) => parts.push(TemplatePart::Text(text)),
                UncheckedPart::Gap { path, format } => {
                    let binder = named(&quoted.text[path.clone()], query);
                    match context.path(query, &ExpressionSource::of(quoted, path)) {
                        Ok(path) => parts.push(TemplatePart::Gap(Placeholder { path, binder, format })),
                        Err(problems) => wrong.extend(problems),
                    }
                }
            }
        }
        if wrong.is_empty() { Ok(Template { parts }) } else { Err(wrong) }
    }

    /// Adds the blocks at which an edit may have changed what it is filled with.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        for part in &self.parts {
            if let TemplatePart::Gap(gap) = part {
                gap.path.touch(dirty);
            }
        }
    }

    /// The text with its gaps filled from a row.
    pub(crate) fn fill(&self, corpus: &Corpus, row: &Row) -> String {
        self.fill_at(corpus, row, 0)
    }

    /// The same for one of the places of a label, by its number.
    pub(crate) fn fill_at(&self, corpus: &Corpus, row: &Row, place: usize) -> String {
        self.fill_all(corpus, row, (place, ""))
    }

    /// The text with its gaps filled from a row, and with the titles of fixes where it has a gap for them. Without any, the
    /// gap goes with what parts it from the other alternatives.
    pub(crate) fn fill_around(&self, corpus: &Corpus, row: &Row, fixes: &str) -> String {
        self.fill_all(corpus, row, (0, fixes))
    }

    /// The text with its gaps filled, at one of the places of a label, and with the titles of fixes.
    fn fill_all(&self, corpus: &Corpus, row: &Row, (place, fixes): (usize, &str)) -> String {
        let mut text = String::new();
        let mut is_dropped = false;
        for part in &self.parts {
            match part {
                TemplatePart::Text(words) if std::mem::take(&mut is_dropped) => {
                    text += BETWEEN.iter().find_map(|between| words.strip_prefix(between)).unwrap_or(words);
                }
                TemplatePart::Text(words) => text += words,
                TemplatePart::Gap(gap) => text += &gap.fill(corpus, row, place),
                TemplatePart::Fixes if fixes.is_empty() => {
                    let before = BETWEEN.iter().find_map(|between| text.strip_suffix(between)).map(str::len);
                    is_dropped = before.is_none();
                    text.truncate(before.unwrap_or(text.len()));
                }
                TemplatePart::Fixes => text += fixes,
            }
        }
        text
    }

    /// The text as it is written in a namespace, if every gap has exactly one value, or several that are all to be
    /// written: what comes into a file may not be a guess.
    pub(crate) fn certain(&self, corpus: &Corpus, row: &Row, namespace: &str) -> Option<String> {
        let fill = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => Some(text.clone()),
            TemplatePart::Gap(gap) => gap.certain(corpus, row, namespace),
            TemplatePart::Fixes => None,
        };
        self.parts.iter().map(fill).collect()
    }
}

impl Placeholder {
    fn fill(&self, corpus: &Corpus, row: &Row, place: usize) -> String {
        let values = self.path.eval(corpus, row);
        let count = self.binder.as_ref().map_or(values.len(), |binder| row.count(binder));
        let mut words: Vec<String> = values.iter().map(|value| print(value, corpus)).collect();
        // That a name is missing is reported by itself; what else is said of the block must not have a hole in it.
        let is_nameless = words.is_empty() && self.binder.as_ref().is_some_and(|binder| row.count(binder) == 1);
        words.extend(is_nameless.then(|| NAMELESS.to_owned()));
        match self.format {
            PlaceholderFormat::Count => count.to_string(),
            PlaceholderFormat::First => words.into_iter().next().unwrap_or_default(),
            PlaceholderFormat::Values => words.join(", "),
            PlaceholderFormat::Each => words.into_iter().nth(place).unwrap_or_default(),
            PlaceholderFormat::Plain if words.len() < 2 => words.concat(),
            PlaceholderFormat::Plain | PlaceholderFormat::List => list(&words, count),
        }
    }

    fn certain(&self, corpus: &Corpus, row: &Row, namespace: &str) -> Option<String> {
        let values = self.path.eval(corpus, row);
        let write = |value: &ScalarValue| match value {
            ScalarValue::Block(block) => corpus.block(*block).id().map(|id| local(id, namespace).to_owned()),
            ScalarValue::Text(_) | ScalarValue::Number(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => {
                Some(print(value, corpus))
            }
        };
        let words: Option<Vec<String>> = values.iter().map(write).collect();
        match (self.format, words?.as_slice()) {
            (_, []) => None,
            (_, [word]) => Some(word.clone()),
            (PlaceholderFormat::Values, words) => Some(words.join(", ")),
            (
                PlaceholderFormat::Plain
                | PlaceholderFormat::List
                | PlaceholderFormat::First
                | PlaceholderFormat::Count
                | PlaceholderFormat::Each,
                _,
            ) => None,
        }
    }
}

/// The binder that a path names, as `x` or as `x.id`.
fn named(path: &str, query: &Query) -> Option<String> {
    let name = path.strip_suffix(".id").unwrap_or(path);
    query.binders().iter().find(|binder| binder.name == name).map(|binder| binder.name.clone())
}

/// A value as a reader knows it; blocks by the name that their own file uses.
pub(crate) fn print(value: &ScalarValue, corpus: &Corpus) -> String {
    match value {
        ScalarValue::Block(block) => corpus.name(*block).to_owned(),
        ScalarValue::Text(text) => text.clone(),
        ScalarValue::Number(number) => number.to_string(),
        ScalarValue::Days(days) => days.to_string(),
        ScalarValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

/// "`a`, `b` and `c`", or after the first few "and 7 more".
fn list(words: &[String], count: usize) -> String {
    let mut names: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    let hidden = count.saturating_sub(names.len());
    if hidden > 0 && !names.is_empty() {
        names.push(format!("{hidden} more"));
    }
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}

/// Splits a template at its gaps; `{{` and `}}` stand for the braces themselves.
fn pieces(quoted: &TomlString) -> CheckedTable<Vec<UncheckedPart>> {
    let text = &quoted.text;
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(brace) = text[at..].find(['{', '}']).map(|found| at + found) {
        pieces.push(UncheckedPart::Text(text[at..brace].to_owned()));
        let doubled = text[brace + 1..].starts_with(&text[brace..=brace]);
        at = if doubled {
            pieces.push(UncheckedPart::Text(text[brace..=brace].to_owned()));
            brace + 2
        } else {
            let end = closing(quoted, brace)?;
            pieces.push(gap(quoted, brace + 1..end)?);
            end + 1
        };
    }
    pieces.push(UncheckedPart::Text(text[at..].to_owned()));
    Ok(pieces)
}

/// The brace that closes the gap which opens at `brace`.
fn closing(quoted: &TomlString, brace: usize) -> CheckedTable<usize> {
    let rest = &quoted.text[brace..];
    let close = if rest.starts_with('{') { rest.find('}') } else { None };
    close.map(|length| brace + length).ok_or_else(|| vec![problems::stray_brace(quoted.span(brace..brace + 1))])
}

/// A format follows the last `|` if a single word follows it; other bars belong to the path.
fn gap(quoted: &TomlString, range: Range<usize>) -> CheckedTable<UncheckedPart> {
    let inside = &quoted.text[range.clone()];
    let Some(bar) = format_bar(inside) else {
        return Ok(UncheckedPart::Gap { path: trimmed(quoted, range), format: PlaceholderFormat::Plain });
    };
    let word = trimmed(quoted, range.start + bar + 1..range.end);
    let named = FORMATS.iter().find(|(name, _)| *name == &quoted.text[word.clone()]);
    let Some((_, format)) = named else {
        let known: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
        return Err(vec![problems::unknown_format(&quoted.text[word.clone()], quoted.span(word), &known)]);
    };
    Ok(UncheckedPart::Gap { path: trimmed(quoted, range.start..range.start + bar), format: *format })
}

/// The last bar outside brackets.
fn format_bar(inside: &str) -> Option<usize> {
    let bar = inside.rfind('|')?;
    (!inside[bar..].contains([')', ']'])).then_some(bar)
}

/// The range without the white space at its ends.
fn trimmed(quoted: &TomlString, range: Range<usize>) -> Range<usize> {
    let text = &quoted.text[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

#[cfg(test)]
mod tests {
    use super::{UncheckedPart, list, pieces};
    use crate::text::{Sources, TomlString};

    /// The pieces of a template, gaps in angle brackets; or what is underlined as wrong.
    fn split(template: &str) -> Result<String, String> {
        let mut sources = Sources::new();
        let file = sources.add("rules.toml", format!("'{template}'"));
        let quoted = TomlString::new(file, &sources, 0..template.len() + 2, template);
        let show = |piece: &UncheckedPart| match piece {
            UncheckedPart::Text(text) => text.clone(),
            UncheckedPart::Gap { path, .. } => format!("<{}>", &template[path.clone()]),
        };
        match pieces(&quoted) {
            Ok(pieces) => Ok(pieces.iter().map(show).collect()),
            Err(problems) => Err(sources.slice(problems[0].primary.span).to_owned()),
        }
    }

    #[test]
    fn gaps_are_told_from_braces() {
        assert_eq!(split("`{s.id}` in { a.scope.id | list }").unwrap(), "`<s.id>` in <a.scope.id>");
        assert_eq!(split("{{条}} {s.(cites|mentions)}").unwrap(), "{条} <s.(cites|mentions)>");
    }

    #[test]
    fn what_is_no_gap_is_underlined() {
        assert_eq!(split("条 {s.id").unwrap_err(), "{");
        assert_eq!(split("a } b").unwrap_err(), "}");
        assert_eq!(split("{s | lists}").unwrap_err(), "lists");
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let words = |count: usize| -> Vec<String> { (0..count).map(|at| at.to_string()).collect() };
        assert_eq!(list(&words(0), 0), "nothing");
        assert_eq!(list(&words(2), 2), "`0` and `1`");
        assert_eq!(list(&words(5), 9), "`0`, `1`, `2`, `3`, `4` and 4 more");
    }
}
