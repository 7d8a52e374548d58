//! What a language adds to the marks that end sentences, and what is a label by it.

use std::collections::BTreeSet;

use super::enumerator::is_number;

/// What a language adds to the marks that end sentences; all in small letters, the words of an abbreviation joined by full
/// stops and without the last: `z.b`.
#[derive(Clone, Debug, Default)]
pub struct SentenceWords {
    /// Abbreviations after which a sentence goes on whatever follows: `Mr.`, `e.g.`.
    pub abbreviations: BTreeSet<String>,
    /// Abbreviations that may end a sentence, and do where an opener follows: `etc.`, `Inc.`.
    pub closing: BTreeSet<String>,
    /// Abbreviations after which a sentence goes on where a number follows: `No. 3`.
    pub before_numbers: BTreeSet<String>,
    /// How compound words end that are abbreviations before a number: `Goethestr. 5`.
    pub endings: BTreeSet<String>,
    /// Words that begin a sentence when they follow on an abbreviation or a title with a capital: `The`.
    pub openers: BTreeSet<String>,
    /// Words before the number or the letter of a part: `Article`, `Annex`.
    pub numbered: BTreeSet<String>,
    /// Words for the number of a part: `Article premier`.
    pub part_numbers: BTreeSet<String>,
    /// Words before an ordinal number that is written with a full stop: `am 3. Tag`.
    pub before_ordinals: BTreeSet<String>,
    /// Words before which a number with a full stop is an ordinal number: `3. Oktober`.
    pub after_ordinals: BTreeSet<String>,
    /// Words that join the last item of a list to those before it.
    pub joints: BTreeSet<String>,
}

/// What is longer is no label (in bytes).
const LONGEST_LABEL: usize = 60;

impl SentenceWords {
    /// Whether a text only says the number of what follows on it: `2.`, `(a)`, `Article V.`.
    pub(super) fn is_label(&self, text: &str) -> bool {
        if text.len() > LONGEST_LABEL {
            return false;
        }
        let (mut ends_with_number, mut ends_with_noun) = (false, false);
        for token in text.split_whitespace() {
            let core = token.trim_matches(|letter: char| !letter.is_alphanumeric());
            ends_with_number = is_number(core) || ends_with_noun && self.part_numbers.contains(&core.to_lowercase());
            let is_mark = || token.chars().all(|letter| matches!(letter, '§' | '-' | '–' | '•' | '*'));
            ends_with_noun = !ends_with_number && self.names_a_part(&core.to_lowercase());
            if !ends_with_number && !ends_with_noun && !is_mark() {
                return false;
            }
        }
        ends_with_number
    }

    /// Whether a word, in small letters, stands before the number or the letter of a part.
    pub(super) fn names_a_part(&self, word: &str) -> bool {
        self.numbered.contains(word) || self.before_numbers.contains(word)
    }

    /// Whether a text begins with a word that begins sentences, with a capital.
    pub(super) fn opens(&self, text: &str) -> bool {
        let text = from_word(text);
        let end = text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len());
        text.starts_with(char::is_uppercase) && self.openers.contains(&text[..end].to_lowercase())
    }
}

/// So many marks may stand before a word.
const MOST_MARKS: usize = 16;

/// A text from its first letter or digit on, which stands near its start, or from the sign of a section.
pub(super) fn from_word(text: &str) -> &str {
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '§';
    text.char_indices().take(MOST_MARKS).find(|(_, letter)| is_of_word(*letter)).map_or("", |(at, _)| &text[at..])
}
