//! The sentences of a paragraph, by Unicode (UAX #29), and by the abbreviations of a language where Unicode cannot know.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// What a language adds to what Unicode says of sentences; all in small letters.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// Abbreviations after which a sentence goes on whatever follows, without their last full stop: `art`, `no`.
    pub abbreviations: BTreeSet<String>,
    /// Words that begin a sentence when they follow on an abbreviation that may end one: `this` after `U.S.`.
    pub openers: BTreeSet<String>,
}

impl Sentences {
    /// Where the sentences of a text stand, without white space around them.
    pub fn of(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (start, words) in text.split_sentence_bound_indices() {
            let end = start + words.len();
            match found.last_mut() {
                Some(last) if !self.parts(&text[last.clone()], words) => last.end = end,
                Some(_) | None => found.push(start..end),
            }
        }
        let trimmed = |bytes: Range<usize>| {
            let words = &text[bytes.clone()];
            let start = bytes.start + words.len() - words.trim_start().len();
            start..start.max(bytes.start + words.trim_end().len())
        };
        found.into_iter().map(trimmed).filter(|bytes| !bytes.is_empty()).collect()
    }

    /// Whether a sentence ends between two texts that Unicode parts.
    fn parts(&self, before: &str, after: &str) -> bool {
        let before = before.trim_end();
        let Some(stem) = before.strip_suffix('.') else {
            // A line of a paragraph may end anywhere.
            return before.ends_with(ENDS) || before.trim_end_matches(CLOSES).ends_with(ENDS);
        };
        let last =
            stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"')).next().unwrap_or(stem);
        if after.trim_start().starts_with(char::is_lowercase) {
            return false;
        }
        let opener = first_word(after);
        let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
        if self.abbreviations.contains(&last.to_lowercase()) || is_initial {
            return false;
        }
        !is_initials(last) || self.openers.contains(&opener)
    }
}

/// What ends a sentence beside a full stop, and what may close behind it.
const ENDS: [char; 9] = ['.', '!', '?', '…', '。', '！', '？', '．', '‽'];
const CLOSES: [char; 9] = ['"', '\'', '”', '’', ')', ']', '」', '』', '»'];

/// Whether a paragraph ends with a sentence; the number of an item does not.
pub fn ends_sentence(paragraph: &str) -> bool {
    paragraph.contains(char::is_whitespace) && paragraph.trim_end_matches(CLOSES).ends_with(ENDS)
}

/// Whether a word is made of single letters with full stops between, as `U.S` is.
fn is_initials(word: &str) -> bool {
    word.contains('.')
        && word.rsplit(['-', '–']).next().unwrap_or(word).split('.').all(|part| part.chars().count() == 1)
}

fn first_word(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Sentences;

    #[test]
    fn abbreviations_do_not_end_sentences() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let sentences =
            Sentences { abbreviations: words(&["art", "no", "e.g", "mr"]), openers: words(&["this", "the"]) };
        for (text, count) in [
            ("It is the USFJ. This provision stands.", 2),
            ("The Japan-U.S. Alliance and U.S. Forces act under Art. 6 of it.", 1),
            ("It is allied with the U.S. This holds.", 2),
            ("See No. 3, e.g. Japan. The end", 2),
            ("Mr. A. B. Smith said so. \"He did.\" Then?", 3),
            ("a line\nthat goes\non", 1),
            ("日本は行う。米国も行う。", 2),
            ("1.5 percent is 2. Three follow", 2),
        ] {
            let found: Vec<&str> = sentences.of(text).into_iter().map(|bytes| &text[bytes]).collect();
            assert_eq!(found.len(), count, "{found:?}");
        }
    }
}
