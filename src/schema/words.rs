//! Tables of words: by language and class, the words by which a text tells how it means what it says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned as At;

use crate::diagnostic::Diagnostic;
use crate::text::{Match, Phrases, SourceId, Span, Word, words};

/// The class by whose words a language is recognized where none is named.
const COMMON: &str = "common";

/// The word tables of all languages.
#[derive(Clone, Debug, Default)]
pub struct WordTables {
    languages: BTreeMap<String, Language>,
}

/// The word tables of one language: phrases of all classes together, so that the longest wins.
#[derive(Clone, Debug, Default)]
struct Language {
    phrases: Phrases<Phrase>,
    classes: BTreeSet<String>,
    written: BTreeSet<(String, Vec<String>)>,
}

/// What a phrase stands for.
#[derive(Clone, Debug)]
struct Phrase {
    class: String,
    /// Whether it is written in small letters, so that a name in capitals is another word (`May`).
    is_small: bool,
    /// The words after which it means something else.
    not_after: Vec<String>,
    /// Whether the words in it mean what they mean alone.
    beside: bool,
}

/// A class of words as it stands in a file: `[words.en.duty]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenWords {
    #[serde(rename = "doc")]
    _doc: Option<String>,
    are: Vec<At<String>>,
    #[serde(default)]
    not_after: Vec<At<String>>,
    #[serde(default)]
    beside: bool,
}

/// Words of a class that stand in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard<'a> {
    /// The class.
    pub class: &'a str,
    /// Which of the words they are.
    pub words: std::ops::Range<usize>,
}

impl WordTables {
    /// Whether words of a language are known.
    pub fn knows(&self, language: &str) -> bool {
        self.languages.contains_key(language)
    }

    /// Every class that some language has.
    pub fn classes(&self) -> BTreeSet<&str> {
        self.languages.values().flat_map(|language| &language.classes).map(String::as_str).collect()
    }

    /// The single words of a class, of all languages, in small letters.
    pub fn of_class(&self, class: &str) -> BTreeSet<String> {
        let all = self.languages.values().flat_map(|language| &language.written);
        all.filter(|(known, phrase)| known == class && phrase.len() == 1)
            .flat_map(|(_, phrase)| phrase.clone())
            .collect()
    }

    /// The phrases of a class in a language, or in all where none is known, in small letters; their words joined.
    pub fn phrases_of(&self, language: Option<&str>, class: &str, joint: &str) -> BTreeSet<String> {
        let one = language.and_then(|language| self.languages.get(language));
        let languages: Vec<&Language> = one.map_or_else(|| self.languages.values().collect(), |one| vec![one]);
        let all = languages.into_iter().flat_map(|language| &language.written);
        all.filter(|(known, _)| known == class).map(|(_, phrase)| phrase.join(joint)).collect()
    }

    /// The language whose common words a text uses most; none if it uses none of any.
    pub fn guess(&self, text: &[Word]) -> Option<&str> {
        self.guess_and_hear(text).map(|(language, _)| language)
    }

    /// The language whose common words a text uses most, and the words of all classes that stand in it then.
    pub fn guess_and_hear(&self, text: &[Word]) -> Option<(&str, Vec<Heard<'_>>)> {
        let common = |heard: &[Heard<'_>]| heard.iter().filter(|heard| heard.class == COMMON).count();
        let all = self.languages.keys().map(|name| (name.as_str(), self.heard(name, text)));
        let counted = all.map(|(name, heard)| (common(&heard), name, heard)).filter(|(count, ..)| *count > 0);
        counted.max_by_key(|(count, ..)| *count).map(|(_, name, heard)| (name, heard))
    }

    /// The words of all classes that stand in a text of that language, in order.
    ///
    /// Where a longer phrase stands, the shorter ones in it are not heard: `may not` is no `may`. A phrase that several
    /// classes have is heard once for each.
    pub fn heard<'a>(&'a self, language: &str, text: &[Word]) -> Vec<Heard<'a>> {
        let Some(language) = self.languages.get(language) else { return Vec::new() };
        let mut heard: Vec<Heard<'a>> = Vec::new();
        let mut next = 0;
        while next < text.len() {
            let meant = language.phrases.at(text, next).filter(|found| found.stands_for.is_meant(text, found));
            let mut longest = None;
            for found in meant {
                let hides = !found.stands_for.beside;
                if !hides || *longest.get_or_insert(found.words.len()) == found.words.len() {
                    heard.push(Heard { class: &found.stands_for.class, words: found.words });
                }
            }
            next += longest.unwrap_or(1);
        }
        heard
    }

    /// Adds a class that a file declares; problems for entries that say nothing, or the same twice.
    pub(super) fn add(
        &mut self,
        file: SourceId,
        (language, class): (&str, &str),
        written: &WrittenWords,
    ) -> Vec<Diagnostic> {
        let known = self.languages.entry(language.to_owned()).or_default();
        known.classes.insert(class.to_owned());
        let not_after: Vec<String> = written.not_after.iter().flat_map(|entry| folded(entry.get_ref())).collect();
        let mut problems = Vec::new();
        for entry in &written.are {
            let at = Span::new(file, entry.span().start as u32, entry.span().end as u32);
            let phrase = folded(entry.get_ref());
            if phrase.is_empty() {
                problems
                    .push(super::load::unreadable(at, format!("an entry of `words.{language}.{class}` has no word")));
            } else if known.written.insert((class.to_owned(), phrase)) {
                let is_small = !entry.get_ref().contains(char::is_uppercase);
                let stands_for =
                    Phrase { class: class.to_owned(), is_small, not_after: not_after.clone(), beside: written.beside };
                known.phrases.add(entry.get_ref(), stands_for);
            } else {
                let message = format!("`{}` stands twice in `words.{language}.{class}`", entry.get_ref());
                problems.push(super::load::unreadable(at, message));
            }
        }
        problems
    }
}

impl Phrase {
    fn is_meant(&self, text: &[Word], found: &Match<'_, Phrase>) -> bool {
        let first = &text[found.words.start];
        let before = found.words.start.checked_sub(1).filter(|_| first.joined).map(|before| &text[before].folded);
        !(self.is_small && first.capital) && before.is_none_or(|before| !self.not_after.contains(before))
    }
}

fn folded(phrase: &str) -> Vec<String> {
    words(phrase).into_iter().map(|word| word.folded).collect()
}
