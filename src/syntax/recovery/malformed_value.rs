//! Values written as texts write them and not as claims do: `25 May 2018`, `treaty/5(2)`, `Article 17`, `japan and peru`.

use crate::diagnostic::Diagnostic;
use crate::syntax::lexeme::{is_name_part, is_name_start};
use crate::syntax::problems;
use crate::text::{Span, usual_date};

/// A value that was not written as values are, and what to write.
pub(in crate::syntax) struct MalformedValue {
    /// Its bytes.
    pub length: usize,
    pub message: String,
    pub help: String,
}

/// How messages end, and how they ended when their findings were first recorded: fingerprints keep the words of then.
const FIRST_SAID: [(&str, &str); 2] =
    [("is not a name", "is no name"), ("this text has no quotation marks", "this text stands without quotation marks")];

impl MalformedValue {
    /// The diagnostic of such a value.
    pub(in crate::syntax) fn report(self, at: Span) -> Diagnostic {
        let recorded = self.recorded();
        problems::malformed_value((self.message, self.help), &recorded, at)
    }

    /// The message in the words by which a fingerprint knows it.
    fn recorded(&self) -> String {
        let first = |(now, then): &(&str, &str)| Some(format!("{}{then}", self.message.strip_suffix(now)?));
        FIRST_SAID.iter().find_map(first).unwrap_or_else(|| self.message.clone())
    }
}

/// What stands between two dates in the place of `..`.
const UP_TO: [&str; 7] = ["-", "–", "—", "to", "until", "till", "through"];

/// What stands before the first day of a period.
const SINCE: [&str; 2] = ["since", "from"];

/// What stands between two values in the place of a comma.
const BESIDE: [&str; 5] = ["and", "or", "&", "+", ";"];

/// What a text calls its provisions, before their numbers.
const PROVISIONS: [&str; 17] = [
    "article",
    "articles",
    "art",
    "arts",
    "section",
    "sections",
    "sec",
    "clause",
    "paragraph",
    "para",
    "chapter",
    "part",
    "annex",
    "rule",
    "schedule",
    "recital",
    "point",
];

/// What a value was meant as of which only so many bytes of the line could be read.
///
/// The line begins with the value, and ends before a remark, a text, or a brace; `heads` says that a text or a brace follows, so
/// that its last words may be the header of a block.
pub(in crate::syntax) fn malformed_value(line: &str, read: usize, heads: bool) -> Option<MalformedValue> {
    let line = line.trim_end();
    let shapes = [date, period, pointed, numbered, list];
    shapes.iter().find_map(|shape| shape(line, read)).or_else(|| if heads { None } else { unquoted(line, read) })
}

fn date(line: &str, read: usize) -> Option<MalformedValue> {
    if is_date(&line[..read]) {
        return None;
    }
    let bare = line.trim_end_matches(['.', ';', ',']).trim_end();
    let is_period = line.ends_with("..");
    let date = usual_date(bare)?;
    let help = format!("write `{date}{}`", if is_period { ".." } else { "" });
    Some(MalformedValue { length: line.len(), message: format!("`{bare}` is not how a date is written"), help })
}

fn period(line: &str, read: usize) -> Option<MalformedValue> {
    let (first, rest) = line.split_at(read);
    let rest = rest.trim_start();
    let written = |date: &str| usual_date(date).or_else(|| is_date(date).then(|| date.to_owned()));
    let help = if SINCE.iter().any(|word| first.eq_ignore_ascii_case(word)) {
        format!("write `{}..`", written(rest.trim_end_matches(['.', ';']))?)
    } else {
        let word = UP_TO.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len())?;
        let last = rest[word.len()..].trim_matches([' ', '\t', ';']);
        format!("write `{}..{}`", written(first)?, if last.is_empty() { last.to_owned() } else { written(last)? })
    };
    Some(MalformedValue { length: line.len(), message: format!("`{line}` is not how a period is written"), help })
}

/// Whether this is a date as claims write it.
fn is_date(written: &str) -> bool {
    written.len() >= 4
        && written.split('-').all(|part| matches!(part.len(), 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn pointed(line: &str, read: usize) -> Option<MalformedValue> {
    let (path, rest) = line.split_at(read);
    let (length, parts) = points(rest);
    provision(path, &rest[..length], &parts)
}

/// `5(2)(a)` and `5.2`, which as a name are `5-2-a` and `5-2`.
pub(in crate::syntax) fn provision(path: &str, points: &str, parts: &str) -> Option<MalformedValue> {
    let is_one = !parts.is_empty() && path.ends_with(|last: char| last.is_ascii_digit());
    is_one.then(|| MalformedValue {
        length: path.len() + points.len(),
        message: format!("`{path}{points}` is not a name"),
        help: format!("write `{path}{parts}`: a name consists of letters, digits, `-` and `_`"),
    })
}

/// The bytes of `(2)(a)` or `.2` with which a text begins, and what they are as part of a name.
pub(in crate::syntax) fn points(rest: &str) -> (usize, String) {
    let (mut length, mut parts) = (0, String::new());
    loop {
        let here = &rest[length..];
        let inner = here.strip_prefix('(').or_else(|| here.strip_prefix('.'));
        let Some(inner) = inner else { return (length, parts) };
        let word = inner.find(|next: char| !next.is_alphanumeric()).map_or(inner, |end| &inner[..end]);
        let close = usize::from(here.starts_with('('));
        if word.is_empty() || close == 1 && !inner[word.len()..].starts_with(')') {
            return (length, parts);
        }
        length += 1 + word.len() + close;
        parts.push('-');
        parts.push_str(word);
    }
}

/// `Article 17`, `Art. 17` and `treaty 17`.
fn numbered(line: &str, read: usize) -> Option<MalformedValue> {
    let (path, rest) = line.split_at(read);
    let (instrument, word) = path.rsplit_once('/').map_or(("", path), |(instrument, word)| (instrument, word));
    let is_provision = PROVISIONS.contains(&&*word.to_lowercase());
    let after = rest.strip_prefix('.').filter(|_| is_provision).unwrap_or(rest);
    let start = after.trim_start();
    let number = start.find(|next: char| !is_name_part(next)).map_or(start, |end| &start[..end]);
    if !number.starts_with(|first: char| first.is_ascii_digit()) || is_date(number) || start.len() == after.len() {
        return None;
    }
    let (more, parts) = points(&start[number.len()..]);
    let length = line.len() - start.len() + number.len() + more;
    let written = &line[..length];
    let help = match (is_provision, instrument) {
        (true, "") => format!("name it by its instrument: `INSTRUMENT/{number}{parts}`"),
        (true, instrument) => format!("write `{instrument}/{number}{parts}`"),
        (false, _) if !path.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("if it is a provision of `{path}`, write `{path}/{number}{parts}`; put a comma between two values")
        }
        (false, _) => return None,
    };
    Some(MalformedValue { length, message: format!("`{written}` is not a name"), help })
}

fn list(line: &str, read: usize) -> Option<MalformedValue> {
    let rest = line[read..].trim_start();
    let word =
        BESIDE.iter().find(|word| rest.strip_prefix(**word).is_some_and(|rest| rest.starts_with([' ', '\t'])))?;
    // What another field follows is no list.
    if rest[word.len()..].split([' ', '\t']).any(|word| word.ends_with(':')) {
        return None;
    }
    let help = format!("write a comma instead of `{word}`");
    Some(MalformedValue { length: line.len(), message: format!("`{word}` does not join values"), help })
}

/// A text of several words without quotation marks: words that cannot be blocks without bodies, each a kind and a name.
fn unquoted(line: &str, read: usize) -> Option<MalformedValue> {
    let words: Vec<&str> = line[read..].split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    let are_words = words.iter().take(3).all(|word| word.starts_with(is_name_start) && !word.contains([':', '/']));
    let is_prose = words.iter().any(|word| word.ends_with(|end: char| !is_name_part(end)));
    let is_text = are_words && words.len() > 1 && (is_prose || words.len() % 2 == 1);
    let help = "put `\"` before its first word and after its last".to_owned();
    let message = "this text has no quotation marks".to_owned();
    is_text.then_some(MalformedValue { length: line.len(), message, help })
}
