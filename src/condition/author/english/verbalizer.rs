//! What is remembered while expressions are put into words: names given to sets and values, and notes on them.

use super::words::has_choice;
use crate::condition::author::clause::ClauseText;

/// Puts expressions into words.
#[derive(Default)]
pub(crate) struct Verbalizer {
    /// How many sets were given a name.
    pub(crate) groups: usize,
    /// How many values were given a name.
    pub(crate) values: usize,
    /// What was given a name and is not yet explained beneath a line.
    pub(crate) notes: Vec<ClauseText>,
}

/// What the words before a clause say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polarity {
    Held,
    Denied,
}

impl Verbalizer {
    /// One comparison, with notes on what it names.
    pub(crate) fn atom(&mut self, words: String) -> ClauseText {
        ClauseText::atom(words, std::mem::take(&mut self.notes))
    }

    /// Gives what a formula picks out a name, which a note explains.
    pub(crate) fn group(&mut self, words: impl FnOnce(&mut Verbalizer) -> ClauseText) -> String {
        self.groups += 1;
        let name = format!("group {}", self.groups);
        self.note(&format!("where {name} is"), words);
        format!("those in {name}")
    }

    /// Gives a set a name, which a note explains.
    pub(crate) fn named_set(&mut self, words: &str) -> String {
        let rest = words.strip_prefix("what is ").unwrap_or(words);
        let words = format!("all that is {rest}");
        self.group(|verbalizer| verbalizer.atom(words))
    }

    /// The same words, or a name for them where a choice in them would run into what stands around them.
    pub(crate) fn one_phrase(&mut self, words: String) -> String {
        if has_choice(&words) { self.named_set(&words) } else { words }
    }

    /// Gives a value a name, which a note explains.
    pub(crate) fn value(&mut self, words: impl FnOnce(&mut Verbalizer) -> ClauseText) -> String {
        self.values += 1;
        let name = format!("value {}", self.values);
        self.note(&format!("where {name} is"), words);
        name
    }

    fn note(&mut self, lead: &str, words: impl FnOnce(&mut Verbalizer) -> ClauseText) {
        let outside = std::mem::take(&mut self.notes);
        let note = words(self).led_by(lead, std::mem::take(&mut self.notes));
        self.notes = outside;
        self.notes.push(note);
    }
}
