//! The form in which names are compared, and the words that are no names.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::text::is_hidden;

/// A name in the form in which names are compared: NFC, without hidden characters and controls.
pub fn fold_name(name: &str) -> Cow<'_, str> {
    let is_seen = |character: char| !is_hidden(character) && !character.is_control();
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) || is_nfc(name) && name.chars().all(is_seen) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|character| is_seen(*character)).nfc().collect())
}

/// A word that must not be read as a name anywhere.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(&*fold_name(word), "namespace" | "until")
}
