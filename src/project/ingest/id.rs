//! Ids for claims that are proposed without one.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::syntax::{is_name, is_name_part};
use crate::text::is_hidden;

/// The most characters of an id that is made, before the number that tells it from others.
const LONGEST: usize = 48;

/// An id made of words; nothing if no letter or digit is in them.
pub(super) fn made(words: &str) -> Option<String> {
    let mut id = String::new();
    let mut pending = false;
    for letter in words.nfc().flat_map(char::to_lowercase) {
        if letter == '-' || !is_name_part(letter) || is_hidden(letter) || letter.is_control() {
            pending = true;
            continue;
        }
        if std::mem::take(&mut pending) && !id.is_empty() {
            id.push('-');
        }
        id.push(letter);
    }
    let id: String = shortened(&id).nfc().collect();
    Some(id).filter(|id| is_name(id))
}

/// No more than the most characters, cut between words where that leaves some.
fn shortened(id: &str) -> &str {
    let Some((end, next)) = id.char_indices().nth(LONGEST) else { return id };
    if next == '-' {
        return &id[..end];
    }
    id[..end].rfind('-').map_or(&id[..end], |cut| &id[..cut])
}

/// The id itself, or with the first number from 2 on that makes it one that is not taken.
pub(super) fn free(id: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|number: usize| format!("{id}-{number}"));
    let mut all = std::iter::once(id.to_owned()).chain(numbered);
    all.find(|id| !taken.contains(id)).expect("the numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::{free, made};

    #[test]
    fn ids_are_made_of_words() {
        let cases = [
            ("Japan will provide areas.", Some("japan-will-provide-areas")),
            ("  \"Art. 6\" — [...] use", Some("art-6-use")),
            ("日本は、施設を", Some("日本は-施設を")),
            ("E\u{301}tat", Some("état")),
            ("...", None),
            ("until", None),
        ];
        for (words, id) in cases {
            assert_eq!(made(words).as_deref(), id, "{words}");
        }
        assert_eq!(made(&"word ".repeat(99)).unwrap().chars().count(), 44);
        assert_eq!(made(&"x".repeat(99)).unwrap().chars().count(), 48);
    }

    #[test]
    fn numbers_tell_ids_apart() {
        let taken = ["a", "a-2"].map(str::to_owned).into();
        assert_eq!((free("a", &taken), free("b", &taken)), ("a-3".to_owned(), "b".to_owned()));
    }
}
