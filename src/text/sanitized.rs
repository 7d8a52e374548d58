//! The one way by which untrusted text reaches a person.

use std::fmt;

/// A line of text in which no character can steer a terminal, start a line or hide.
///
/// Every character that is replaced is replaced by exactly one visible character, so columns
/// stay where they are: controls by their pictures (U+2400 and following), the rest by U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanitized(String);

impl Sanitized {
    /// Makes `text` safe to show on one line.
    pub fn line(text: &str) -> Sanitized {
        // Nearly all lines consist of letters that stand for themselves, and are looked at byte by byte.
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        Sanitized(if is_plain { text.to_owned() } else { text.chars().map(visible).collect() })
    }

    /// The safe text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sanitized {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The visible stand-in of a character; most stand for themselves.
pub fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        hidden if is_hidden(hidden) => '\u{fffd}',
        shown => shown,
    }
}

/// Whether a character is a C1 control, a line or paragraph separator, a bidirectional control,
/// or takes no room at all: what must not stand in a name and is never shown raw.
///
/// The bidirectional controls are those of Unicode Standard Annex #9.
pub fn is_hidden(character: char) -> bool {
    let is_unseen = |character| {
        matches!(character,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}'
            | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    !character.is_ascii() && (is_unseen(character) || is_bidi_control(character))
}

/// Whether a character changes the direction of the text around it.
pub fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}
