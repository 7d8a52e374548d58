//! The provisions that a text names by number: how the numbers are written, and whether the text is theirs or tells what they say.
//!
//! A number is read as it stands behind its word, with all that belongs to it: `20-331`, `7.2.1`, `12A`, `33bis`, `IV`. What is
//! in brackets behind it is a paragraph. Where it may be something else (`section 90 days after`, `Articles 3-5`), nothing is read.

use std::collections::BTreeMap;
use std::ops::Range;

use super::numbers::{MEASURE, NumberText, WrittenNumber, figures, narrow};
use crate::text::{Word, in_roman, roman};

/// The classes of words that stand before the number of a provision, that join such numbers, and that make a range of them.
const ARTICLE: &str = "article";
const AND: &str = "and";
const RANGE: &str = "range";

/// The class of words that belong to a number: `bis`.
const SUFFIX: &str = "article-suffix";

/// The classes of words between a provision and whose it is, and that stand before names.
const OF: &str = "article-of";
const DETERMINER: &str = "determiner";

/// The class of words before a provision in which a text stands: `under this Section 8.1`.
const HERE: &str = "here";

/// The classes of words that found something on a provision, that report what it says, and after which it is supposed.
const AUTHORITY: &str = "authority";
const REPORTING: &str = "reporting";
const SUPPOSITION: &str = "supposition";

/// The sign that stands for the word before the number, in any language.
const SIGN: char = '§';

/// Two numbers with a hyphen between them that lie no further apart may be a range as well: `Articles 3-5`.
const NEAR: u64 = 20;

/// A range of more provisions is none, and so many words may stand between a provision and the word that reports it.
const MOST: u64 = 100;
const APART: usize = 8;

/// Who names more provisions than this at once tells of none of the further ones.
const ALL: usize = 10_000;

/// How long what stands in brackets behind a number is at most, and a suffix of capitals: `7(iii)`, `12AA`.
const LONGEST: usize = 4;

/// Numbers of provisions from here on are not written in Roman letters.
const HIGHEST_ROMAN: u32 = 400;

/// How many words a name has at most, as far as is looked for one.
const LONGEST_NAME: usize = 32;

/// A provision that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provision {
    /// Which words its number is made of; for those within a range, the last one.
    pub(crate) words: Range<usize>,
    /// Its number as it is named, in small letters.
    pub(crate) written: String,
    /// Its number, in figures where it is one in Roman letters.
    pub(crate) value: String,
    /// Whether it is written in Roman letters.
    pub(crate) is_roman: bool,
    /// What stands in brackets behind it, in small letters.
    below: Vec<String>,
    /// How the text stands to it.
    pub(crate) role: Role,
}

/// How a text stands to a provision that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It only names it.
    Named,
    /// It is its text: `Article 7. The tenant ...`, `under this Article 7`.
    Own,
    /// It tells what it says, or founds something on it: `Article 6 provides that ...`, `based on Article 6`.
    Told,
}

impl Provision {
    /// A provision that is only named.
    pub(crate) fn named(words: Range<usize>, written: String, value: String) -> Provision {
        Provision { words, written, value, is_roman: false, below: Vec::new(), role: Role::Named }
    }

    /// The ways in which its number, and those of what holds it, may be written: `7.2`, `7-2`, `7` and `vii` for `7.2`.
    pub(crate) fn holding(&self) -> Vec<String> {
        let mut all = Vec::new();
        for number in [&self.written, &self.value] {
            let parts: Vec<&str> = number.split(['.', '-']).collect();
            all.extend(parts[0].parse().ok().filter(|value| *value < HIGHEST_ROMAN).and_then(in_roman));
            for count in 1..=parts.len() {
                all.extend(["-", "."].map(|joint| parts[..count].join(joint)));
            }
            let (mut dashed, mut bracketed) = (parts.join("-"), number.clone());
            for below in &self.below {
                dashed.extend(["-", below]);
                bracketed.extend(["(", below, ")"]);
                all.extend([dashed.clone(), bracketed.clone()]);
            }
            let letters = number.find(|letter: char| letter.is_alphabetic()).filter(|at| *at > 0 && parts.len() == 1);
            all.extend(letters.into_iter().flat_map(|at| {
                let (figures, suffix) = number.split_at(at);
                [format!("{figures} {suffix}"), format!("{figures}-{suffix}")]
            }));
        }
        all.sort();
        all.dedup();
        all
    }
}

/// A number, and where what belongs to it ends: the word after it, and the byte.
struct ReadNumber {
    provision: Provision,
    next: usize,
    end: usize,
}

impl NumberText<'_> {
    /// The provisions that are named behind a word or a sign for them, in order.
    pub(crate) fn provisions(&self) -> Vec<Provision> {
        let mut found: Vec<Provision> = Vec::new();
        for (at, start) in self.lead_ins() {
            if found.last().is_some_and(|last| at < last.words.end) || found.len() > ALL {
                continue;
            }
            let Some(first) = self.number(at) else { continue };
            let (mut listed, next, end) = self.list(first);
            let role = self.role((start, next, end), &listed);
            listed.iter_mut().for_each(|provision| provision.role = role);
            found.extend(listed);
        }
        found
    }

    /// A provision that is named behind its number; where nothing stands before it and a gap behind it, the text is its own.
    pub(crate) fn named_behind(&self, number: WrittenNumber) -> Provision {
        let start = number.words.start - usize::from(self.is_ordinal(number.words.start));
        let after = self.words.get(number.words.end + 1);
        let is_own = start == 0 && after.is_some() && self.is_spaced(number.words.end + 1);
        let named = Provision::named(number.words, number.written, number.value);
        Provision { role: if is_own { Role::Own } else { Role::Named }, ..named }
    }

    /// The words right behind a word or a sign for a provision, and where that begins.
    fn lead_ins(&self) -> BTreeMap<usize, usize> {
        let articles = self.matched.iter().filter(|matched| matched.class == ARTICLE).map(|matched| &matched.words);
        let is_bare = |gap: &str| !gap.is_empty() && gap.trim().trim_start_matches('.').is_empty();
        let behind_words = articles.filter(|words| self.gap(words.end).is_some_and(is_bare));
        let behind_signs = self.letters.match_indices(SIGN).filter_map(|(sign, _)| {
            let next = self.words.partition_point(|word| word.bytes.start < sign);
            let gap = &self.letters[sign + SIGN.len_utf8()..self.words.get(next)?.bytes.start];
            gap.trim().is_empty().then_some((next, next))
        });
        behind_words.map(|words| (words.end, words.start)).chain(behind_signs).collect()
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> Option<&str> {
        let before = self.words.get(at.checked_sub(1)?)?;
        Some(&self.letters[before.bytes.end..self.words.get(at)?.bytes.start])
    }

    fn is_spaced(&self, at: usize) -> bool {
        self.gap(at).is_some_and(|gap| !gap.is_empty() && gap.trim().is_empty())
    }

    /// The number that begins at a word, if that is one of a provision beyond doubt.
    fn number(&self, at: usize) -> Option<ReadNumber> {
        let (written, value, is_roman) = self.first(at)?;
        let mut provision = Provision { is_roman, ..Provision::named(at..at + 1, written, value) };
        let mut next = at + 1;
        while let Some(part) = self.part(next) {
            let joint = self.gap(next).filter(|gap| *gap == ".").unwrap_or("-");
            let may_be_range = joint == "-" && is_near(&provision.written, &part);
            if may_be_range && self.part(next + 1).is_none() {
                return None;
            }
            for number in [&mut provision.written, &mut provision.value] {
                number.extend([joint, &part]);
            }
            next += 1;
        }
        if let Some(suffix) = self.begins(SUFFIX, next).filter(|words| self.is_spaced(next) && words.len() == 1) {
            for number in [&mut provision.written, &mut provision.value] {
                number.push_str(&self.words[suffix.start].folded);
            }
            next += 1;
        }
        provision.words.end = next;
        let mut end = self.words[next - 1].bytes.end;
        while let Some(below) = in_brackets(&self.letters[end..]) {
            end += below.len() + 2;
            provision.below.push(below.to_lowercase());
            while self.words.get(next).is_some_and(|word| word.bytes.start < end) {
                next += 1;
            }
        }
        let is_measured = self.words.get(next).is_some_and(|word| word.joined) && self.begins(MEASURE, next).is_some();
        (ends(&self.letters[end..]) && !is_measured).then_some(ReadNumber { provision, next, end })
    }

    /// The first part of a number: as it is written, in figures, and whether it stands in Roman letters.
    fn first(&self, at: usize) -> Option<(String, String, bool)> {
        let word = self.words.get(at)?;
        if figures(word).is_some() {
            let written = self.numeral(word)?;
            return Some((written.clone(), written, false));
        }
        let is_capital = self.letters[word.bytes.clone()].chars().all(char::is_uppercase);
        // `Section C` comes after `Section B`.
        let value = roman(&word.folded).filter(|_| is_capital && !matches!(word.folded.as_str(), "c" | "l"))?;
        Some((word.folded.clone(), value.to_string(), true))
    }

    /// A word that begins with figures: as it is, if what follows them belongs to the number of a provision.
    fn numeral(&self, word: &Word) -> Option<String> {
        let narrow = narrow(&word.folded);
        let letters = &self.letters[word.bytes.clone()];
        let suffix = letters.trim_start_matches(|letter: char| letter.is_numeric());
        let is_short = suffix.chars().count() <= 1;
        let is_in_capitals = suffix.chars().count() < LONGEST && suffix.chars().all(char::is_uppercase);
        let is_known = || self.tables.phrases_of(self.language, SUFFIX, " ").contains(&suffix.to_lowercase());
        (is_short || is_in_capitals || is_known()).then_some(narrow)
    }

    /// A further part of a number: tied to the one before by a point or a hyphen.
    fn part(&self, at: usize) -> Option<String> {
        let word = self.words.get(at)?;
        let is_letter = word.folded.chars().count() == 1 && word.folded.chars().all(char::is_alphabetic);
        match self.gap(at)? {
            "." if figures(word).is_some() => self.numeral(word),
            "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" if figures(word).is_some() => self.numeral(word),
            "-" | "\u{2010}" | "\u{2011}" if is_letter => Some(word.folded.clone()),
            _ => None,
        }
    }

    /// A number and those that are listed behind it, and where the last one ends.
    fn list(&self, first: ReadNumber) -> (Vec<Provision>, usize, usize) {
        let (mut next, mut end) = (first.next, first.end);
        let mut all = vec![first.provision];
        // After a comma another number stands only where `and` closes the list: `In Article 6, 12 states ...` names one.
        let mut open: Vec<ReadNumber> = Vec::new();
        loop {
            let at = open.last().map_or(next, |read| read.next);
            let joint = self.begins(AND, at).or_else(|| self.begins(RANGE, at)).map(|words| words.end);
            let gap = self.gap(at).unwrap_or_default().trim();
            if let Some(read) = joint.filter(|joint| self.is_spaced(*joint)).and_then(|joint| self.number(joint)) {
                if self.begins(RANGE, at).is_some() {
                    let from = open.last().map_or(&all[all.len() - 1], |read| &read.provision);
                    let Some(between) = between(from, &read.provision) else {
                        return (Vec::new(), read.next, read.end);
                    };
                    all.extend(open.drain(..).map(|read| read.provision));
                    all.extend(between);
                }
                all.extend(open.drain(..).map(|read| read.provision));
                (next, end) = (read.next, read.end);
                all.push(read.provision);
            } else if let Some(read) = self.number(at).filter(|_| gap == ",") {
                open.push(read);
            } else {
                return (all, next, end);
            }
        }
    }

    /// How the text stands to provisions that it names from a word on, up to another and a byte.
    fn role(&self, (start, next, end): (usize, usize, usize), listed: &[Provision]) -> Role {
        let opens = start == 0;
        let rest = &self.letters[end..];
        let is_here = self.ends(HERE, start).is_some() && self.is_spaced(start);
        if listed.len() == 1 && (is_here || opens && listed[0].below.is_empty() && is_heading(rest)) {
            return Role::Own;
        }
        if self.is_of_another(next) {
            return Role::Named;
        }
        let is_founded = self.ends(AUTHORITY, start).is_some();
        let is_supposed = self.ends(SUPPOSITION, start).is_some();
        let goes_on = rest.starts_with(char::is_whitespace);
        let is_joined =
            |until: usize| goes_on && self.words[(next + 1).min(until)..until].iter().all(|word| word.joined);
        let is_reported = self.between(REPORTING, next..next + APART).any(|words| is_joined(words.start + 1));
        let is_subject = opens && goes_on && self.words.get(next).is_some_and(|word| !word.capital);
        if is_founded || is_subject || is_reported && !is_supposed { Role::Told } else { Role::Named }
    }

    /// Whether it is said behind a provision that it is one of something that no block is named after: `of the Charter`.
    fn is_of_another(&self, next: usize) -> bool {
        let Some(of) = self.begins(OF, next) else { return false };
        let skipped = self.begins(DETERMINER, of.end).map_or(of.end, |words| words.end);
        let is_name = self.words.get(skipped).is_some_and(|word| word.capital);
        let near = self.names.partition_point(|name| name.start + LONGEST_NAME < skipped);
        is_name && !self.names[near..].iter().take_while(|name| name.start <= skipped).any(|name| name.end > skipped)
    }
}

/// The provisions between two: nothing where nobody knows which those are.
fn between(from: &Provision, to: &Provision) -> Option<Vec<Provision>> {
    let last = |number: &str| number.rfind(['.', '-']).map_or(0, |at| at + 1);
    let (before, first) = from.value.split_at(last(&from.value));
    let (also, end) = to.value.split_at(last(&to.value));
    let (first, end): (u64, u64) = (first.parse().ok()?, end.parse().ok()?);
    let is_range = before == also && first < end && end - first <= MOST && from.below.is_empty();
    let provision = |number: u64| {
        let number = format!("{before}{number}");
        Provision { is_roman: to.is_roman, ..Provision::named(to.words.clone(), number.clone(), number) }
    };
    is_range.then(|| (first + 1..end).map(provision).collect())
}

/// Whether two numbers with a hyphen between them may be the ends of a range.
fn is_near(one: &str, other: &str) -> bool {
    match (one.parse::<u64>(), other.parse::<u64>()) {
        (Ok(one), Ok(other)) => one < other && other - one <= NEAR,
        _ => false,
    }
}

/// What stands in brackets at the beginning of a text, if it is short enough for the number of a paragraph.
fn in_brackets(text: &str) -> Option<&str> {
    let text = text.strip_prefix('(')?;
    let end = text.char_indices().take(LONGEST + 1).find(|(_, letter)| !letter.is_alphanumeric())?;
    matches!(end, (1.., ')')).then(|| &text[..end.0])
}

/// Whether a number can end before a text.
fn ends(rest: &str) -> bool {
    let mut letters = rest.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_figure = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    match first {
        None => true,
        Some(',') => {
            letters.clone().chain(['x']).take(3).filter(char::is_ascii_digit).count() != 2 || !is_figure(second)
        }
        Some(':' | '.') => !is_figure(second),
        Some(letter) => {
            letter.is_whitespace()
                || matches!(letter, ';' | ')' | ']' | '”' | '"' | '’' | '\'' | '?' | '!' | '—' | '(' | '\u{2013}')
        }
    }
}

/// Whether the number before a text is that of its heading: `. The tenant shall`, `: Termination`, ` — Termination`.
fn is_heading(rest: &str) -> bool {
    let marks: String = rest.chars().take_while(|letter| !letter.is_alphanumeric()).collect();
    let text = &rest[marks.len()..];
    let is_set_off = marks.contains(char::is_whitespace)
        && (marks.starts_with(['.', ':']) || marks.trim_start().starts_with(['—', '\u{2013}']));
    let is_plain =
        marks.trim().chars().all(|letter| matches!(letter, '.' | ':' | '—' | '\u{2013}' | '-' | '“' | '"' | '(' | '['));
    is_set_off && is_plain && text.starts_with(char::is_uppercase)
}
