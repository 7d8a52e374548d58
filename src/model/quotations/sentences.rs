//! The words of the tables that tell where sentences end.

use crate::evidence::SentenceWords;
use crate::schema::WordTables;

/// What is known of the ends of sentences in a language, or in all where none is known.
pub fn sentence_words(tables: &WordTables, language: Option<&str>) -> SentenceWords {
    let words = |class: &str| tables.phrases_of(language, class, " ");
    let abbreviations = |class: &str| tables.phrases_of(language, class, ".");
    SentenceWords {
        abbreviations: abbreviations("abbreviation"),
        closing: abbreviations("closing-abbreviation"),
        before_numbers: abbreviations("number-abbreviation"),
        endings: words("abbreviation-ending"),
        openers: words("sentence-opener"),
        numbered: words("article").into_iter().chain(words("numbered")).collect(),
        part_numbers: words("number-of-part"),
        before_ordinals: words("before-ordinal"),
        after_ordinals: words("after-ordinal"),
        joints: words("and").difference(&words("range")).cloned().collect(),
    }
}
