//! Tables of words: by language and class, the words by which a text tells how it means what it says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use toml::Spanned as At;

use super::problems::{former_class, unreadable};
use crate::diagnostic::Diagnostic;
use crate::text::{Match, Phrases, SourceId, Span, Word, words};

/// The class by whose words a language is recognized where none is named.
const COMMON: &str = "common";

/// The classes whose words are worth a number: what is added up, and what multiplies.
const NUMERAL: &str = "numeral";
const MULTIPLIER: &str = "multiplier";

/// The classes that tell of numbers, lists and the ends of sentences only; a language that has no other is not known.
const OF_FORM: [&str; 25] = [
    NUMERAL,
    MULTIPLIER,
    "article",
    "article-after",
    "article-joint",
    "article-suffix",
    "article-of",
    "here",
    "and",
    "range",
    "measure",
    "ordinal",
    "counter",
    "no-number",
    "list-and",
    "clause-end",
    "abbreviation",
    "closing-abbreviation",
    "number-abbreviation",
    "abbreviation-ending",
    "sentence-opener",
    "numbered",
    "number-of-part",
    "before-ordinal",
    "after-ordinal",
];

/// The word tables of all languages.
#[derive(Clone, Debug, Default)]
pub struct WordTables {
    languages: BTreeMap<String, Language>,
    /// The names that classes had before, with those that they have.
    former: BTreeMap<String, String>,
}

/// The word tables of one language: phrases of all classes together, so that the longest wins.
#[derive(Clone, Debug, Default)]
struct Language {
    phrases: Phrases<ClassPhrase>,
    classes: BTreeSet<String>,
    /// The phrases of each class, with the file that named each first.
    written: BTreeMap<(String, Vec<String>), SourceId>,
    worth: HashMap<String, NumericValue>,
}

/// What a word is worth in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericValue {
    /// It is added, or is a digit: `seven`, `七`.
    Unit(u64),
    /// It multiplies what stands before it: `hundred`, `十`.
    Multiplier(u64),
}

/// What a phrase stands for.
#[derive(Clone, Debug)]
struct ClassPhrase {
    class: String,
    /// Whether it is written in small letters, so that a name in capitals is another word (`May`).
    is_small: bool,
    /// The words after which it means something else.
    not_after: Vec<String>,
    /// Whether the words in it mean what they mean alone.
    beside: bool,
    /// Whether it means something else in capitals: `IT` is no `it`.
    not_in_capitals: bool,
    /// Whether it must stand before a comma, a bracket or the end.
    alone: bool,
}

/// A class of words as it stands in a file: `[words.en.duty]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenWords {
    #[serde(rename = "doc")]
    _doc: Option<String>,
    #[serde(default)]
    are: Vec<At<String>>,
    #[serde(default)]
    worth: BTreeMap<At<String>, u64>,
    #[serde(default)]
    not_after: Vec<At<String>>,
    #[serde(default)]
    beside: bool,
    #[serde(default)]
    not_in_capitals: bool,
    #[serde(default)]
    alone: bool,
    /// The names that the class had before, which are still read.
    #[serde(default)]
    was: Vec<String>,
}

/// Words of a class that stand in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMatch<'a> {
    /// The class.
    pub class: &'a str,
    /// Which of the words they are.
    pub words: std::ops::Range<usize>,
}

impl WordTables {
    /// Whether words of a language are known, and not only its numbers and the ends of its sentences.
    pub fn knows(&self, language: &str) -> bool {
        let classes = self.languages.get(language).into_iter().flat_map(|language| &language.classes);
        classes.into_iter().any(|class| !OF_FORM.contains(&class.as_str()))
    }

    /// Whether the numbers of a language are known when they are written as words.
    pub fn knows_numbers(&self, language: &str) -> bool {
        self.languages.get(language).is_some_and(|language| language.classes.contains(NUMERAL))
    }

    /// What a word of a language, in small letters, is worth in a number.
    pub fn worth(&self, language: &str, word: &str) -> Option<NumericValue> {
        self.languages.get(language)?.worth.get(word).copied()
    }

    /// Whether a word, in small letters, is worth something in a number of some language, such as `second`.
    pub fn is_number(&self, word: &str) -> bool {
        self.languages.values().any(|language| language.worth.contains_key(word))
    }

    /// The words of all languages that are numbers by themselves, such as `first`, with their values.
    pub fn numerals(&self) -> HashMap<String, u64> {
        let all = self.languages.values().flat_map(|language| &language.worth);
        all.filter_map(|(word, worth)| match worth {
            NumericValue::Unit(value) => Some((word.clone(), *value)),
            NumericValue::Multiplier(_) => None,
        })
        .collect()
    }

    /// Whether some language has a class.
    pub fn has(&self, class: &str) -> bool {
        self.languages.values().any(|language| language.classes.contains(class))
    }

    /// The name of a class: the one that it is given, or the one that it has instead.
    pub fn present_name<'a>(&'a self, class: &'a str) -> &'a str {
        if self.has(class) { class } else { self.former.get(class).map_or(class, String::as_str) }
    }

    /// Every class that some language has.
    pub fn classes(&self) -> BTreeSet<&str> {
        self.languages.values().flat_map(|language| &language.classes).map(String::as_str).collect()
    }

    /// The single words of a class, of all languages, in small letters.
    pub fn of_class(&self, class: &str) -> BTreeSet<String> {
        let all = self.languages.values().flat_map(|language| language.written.keys());
        all.filter(|(known, phrase)| known == class && phrase.len() == 1)
            .flat_map(|(_, phrase)| phrase.clone())
            .collect()
    }

    /// The phrases of a class in a language, or in all where none is known, in small letters; their words joined.
    pub fn phrases_of(&self, language: Option<&str>, class: &str, joint: &str) -> BTreeSet<String> {
        let one = language.and_then(|language| self.languages.get(language));
        let languages: Vec<&Language> = one.map_or_else(|| self.languages.values().collect(), |one| vec![one]);
        let first = (class.to_owned(), Vec::new());
        let of_class = |language: &'_ Language| {
            let from_first = language.written.range(&first..).map(|(key, _)| key);
            from_first.take_while(|(known, _)| known == class).map(|(_, phrase)| phrase.join(joint)).collect::<Vec<_>>()
        };
        languages.into_iter().flat_map(of_class).collect()
    }

    /// The language whose common words a text uses most; none if it uses none of any.
    pub fn guess(&self, text: &[Word]) -> Option<&str> {
        self.guess_and_match(text).map(|(language, _)| language)
    }

    /// The language whose common words a text uses most, and the words of all classes that stand in it then.
    pub fn guess_and_match(&self, text: &[Word]) -> Option<(&str, Vec<WordMatch<'_>>)> {
        let common = |matched: &[WordMatch<'_>]| matched.iter().filter(|matched| matched.class == COMMON).count();
        let all = self.languages.keys().map(|name| (name.as_str(), self.match_lexicon(name, text)));
        let counted = all.map(|(name, matched)| (common(&matched), name, matched)).filter(|(count, ..)| *count > 0);
        counted.max_by_key(|(count, ..)| *count).map(|(_, name, matched)| (name, matched))
    }

    /// The words of all classes that stand in a text of that language, in order.
    ///
    /// Where a longer phrase stands, the shorter ones in it are not matched: `may not` is no `may`. A phrase that several
    /// classes have is matched once for each.
    pub fn match_lexicon<'a>(&'a self, language: &str, text: &[Word]) -> Vec<WordMatch<'a>> {
        let Some(language) = self.languages.get(language) else { return Vec::new() };
        let mut matched: Vec<WordMatch<'a>> = Vec::new();
        let mut next = 0;
        while next < text.len() {
            let meant = language.phrases.at(text, next).filter(|found| found.stands_for.is_meant(text, found));
            let mut longest = None;
            for found in meant {
                let hides = !found.stands_for.beside;
                if !hides || *longest.get_or_insert(found.words.len()) == found.words.len() {
                    matched.push(WordMatch { class: &found.stands_for.class, words: found.words });
                }
            }
            next += longest.unwrap_or(1);
        }
        matched
    }

    /// Takes note of the names that a class had before, unless another has them now.
    pub(super) fn record_former_names(&mut self, class: &str, written: &WrittenWords) {
        let free: Vec<&String> = written.was.iter().filter(|was| !self.has(was)).collect();
        self.former.extend(free.into_iter().map(|was| (was.clone(), class.to_owned())));
    }

    /// Adds a class that a file declares, under the name that it has now; problems for a former name, and for entries that say
    /// nothing, or the same twice.
    pub(super) fn add(
        &mut self,
        file: SourceId,
        (language, class): (&str, &At<String>),
        written: &WrittenWords,
    ) -> Vec<Diagnostic> {
        let at = Span::new(file, class.span().start as u32, class.span().end as u32);
        let former = class.get_ref().as_str();
        let class = self.former.get(former).cloned().unwrap_or_else(|| former.to_owned());
        let renamed = (class != former).then(|| former_class(former, &class, at));
        renamed.into_iter().chain(self.add_words(file, (language, &class), written)).collect()
    }

    fn add_words(
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
                problems.push(unreadable(at, format!("an entry of `words.{language}.{class}` has no word")));
                continue;
            }
            let key = (class.to_owned(), phrase);
            match known.written.get(&key) {
                // What the program knows of the form of a language, its table in a project may say again.
                Some(by) if *by != file && OF_FORM.contains(&class) => {}
                Some(_) => {
                    let message = format!("`{}` is listed twice in `words.{language}.{class}`", entry.get_ref());
                    problems.push(unreadable(at, message));
                }
                None => {
                    let is_small = !entry.get_ref().contains(char::is_uppercase);
                    let not_after = not_after.clone();
                    let stands_for = ClassPhrase {
                        class: class.to_owned(),
                        is_small,
                        not_after,
                        beside: written.beside,
                        not_in_capitals: written.not_in_capitals,
                        alone: written.alone,
                    };
                    known.phrases.add(entry.get_ref(), stands_for);
                    known.written.insert(key, file);
                }
            }
        }
        problems.extend(known.count(file, (language, class), &written.worth));
        problems
    }
}

impl Language {
    /// Adds what the words of a class are worth; problems for what is not one word, or belongs to a class without worth.
    fn count(
        &mut self,
        file: SourceId,
        (language, class): (&str, &str),
        worth: &BTreeMap<At<String>, u64>,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (entry, value) in worth {
            let worth = match class {
                NUMERAL => Some(NumericValue::Unit(*value)),
                MULTIPLIER => Some(NumericValue::Multiplier(*value)),
                _ => None,
            };
            match (worth, folded(entry.get_ref()).as_slice()) {
                (Some(worth), [word]) => drop(self.worth.insert(word.clone(), worth)),
                _ => {
                    let at = Span::new(file, entry.span().start as u32, entry.span().end as u32);
                    let message = format!(
                        "`{}` of `words.{language}.{class}` cannot have a value; only single words of the classes `{NUMERAL}` and `{MULTIPLIER}` can",
                        entry.get_ref()
                    );
                    problems.push(unreadable(at, message));
                }
            }
        }
        problems
    }
}

impl ClassPhrase {
    fn is_meant(&self, text: &[Word], found: &Match<'_, ClassPhrase>) -> bool {
        let first = &text[found.words.start];
        let before = found.words.start.checked_sub(1).filter(|_| first.joined).map(|before| &text[before].folded);
        let goes_on = text.get(found.words.end).is_some_and(|after| after.joined);
        let is_another =
            self.is_small && first.capital || self.not_in_capitals && first.capitals || self.alone && goes_on;
        !is_another && before.is_none_or(|before| !self.not_after.contains(before))
    }
}

fn folded(phrase: &str) -> Vec<String> {
    words(phrase).into_iter().map(|word| word.folded).collect()
}
