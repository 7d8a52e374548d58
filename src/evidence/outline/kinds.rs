//! The kinds of units that texts number in words, by the words that stand beside their numbers: `Article 5`, `§ 5`, `第五条`.

use std::collections::HashMap;

/// The level of units that a project gives none: that of articles.
pub const ARTICLE_LEVEL: u8 = 7;

/// The level of annexes, which number their own articles anew.
pub(super) const ANNEX_LEVEL: u8 = 1;

/// A kind of unit that texts number in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitKind {
    /// Its name: `article`.
    pub name: String,
    /// How deep it stands: units of a higher level are never within those of a lower one. Of kinds that have the same level,
    /// that is within the other which first appears so.
    pub level: u8,
    /// Whether its numbers run through the whole document, whatever other units it stands in: those of articles do.
    pub is_continuous: bool,
    /// The words before its number, in small letters: `article`, `§`.
    pub before: Vec<String>,
    /// The words behind its number: `条`.
    pub after: Vec<String>,
}

/// All kinds of units that texts number in words.
#[derive(Clone, Debug, Default)]
pub struct UnitKinds {
    kinds: Vec<UnitKind>,
    before: HashMap<String, usize>,
    after: HashMap<String, usize>,
    numerals: HashMap<String, u64>,
}

impl UnitKinds {
    /// The kinds, and words that are numbers (`one`, `first`, `premier`), in small letters. Of two kinds with one word, the
    /// first has it.
    pub fn new(kinds: Vec<UnitKind>, numerals: HashMap<String, u64>) -> UnitKinds {
        let mut all = UnitKinds { numerals, ..UnitKinds::default() };
        for (number, kind) in kinds.iter().enumerate() {
            kind.before.iter().for_each(|word| {
                all.before.entry(word.clone()).or_insert(number);
            });
            kind.after.iter().for_each(|word| {
                all.after.entry(word.clone()).or_insert(number);
            });
        }
        UnitKinds { kinds, ..all }
    }

    /// A kind by its number.
    pub(super) fn kind(&self, number: usize) -> &UnitKind {
        &self.kinds[number]
    }

    /// The kind of that name.
    pub(super) fn named(&self, name: &str) -> Option<&UnitKind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The kind whose number follows a word, in small letters.
    pub(super) fn before(&self, word: &str) -> Option<usize> {
        self.before.get(word).copied()
    }

    /// The kind whose number stands at the beginning of a text, and where the word behind it begins and ends.
    pub(super) fn behind<'t>(&self, text: &'t str) -> Option<(usize, &'t str)> {
        let found = self.after.iter().filter(|(word, _)| text.starts_with(word.as_str()));
        let (word, kind) = found.max_by_key(|(word, _)| word.len())?;
        Some((*kind, &text[..word.len()]))
    }

    /// Whether units of a kind number what the document provides, and do not only group it: articles and sections do.
    pub(super) fn provides(&self, name: &str) -> bool {
        self.named(name).is_some_and(|kind| kind.level >= ARTICLE_LEVEL)
    }

    /// What a word, in small letters, is worth as a number.
    pub(super) fn numeral(&self, word: &str) -> Option<u64> {
        self.numerals.get(word).copied()
    }
}
