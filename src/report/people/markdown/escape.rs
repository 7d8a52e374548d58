//! Text in Markdown that stays text: no markup, no HTML, and nothing that a forge makes a link of.

use crate::text::visible;

/// Stands for nothing, and keeps what is before and after it from being read together.
///
/// Escapes do not help here: forges look for mentions and references in what has been rendered.
const BREAK: &str = "<!-- -->";

/// The characters with which mentions, references and links of GitHub and GitLab begin, and emoji.
const OPENS_REFERENCE: [char; 8] = ['@', '#', '!', '~', '%', '&', '$', ':'];

/// The words after which a link is made of what follows.
const OPENS_LINK: [&str; 2] = ["www", "gh-"];

/// Says that a text goes on.
const CUT: &str = "… (cut)";

/// A line of text, escaped, of about as many bytes as there is room for: only then is it cut, and says so.
pub(super) fn escape(line: &str, room: usize) -> String {
    let mut escaped = String::with_capacity(line.len().min(room));
    let mut characters = line.chars().map(visible).peekable();
    let mut word = RecentCharacters::default();
    while let Some(character) = characters.next() {
        if escaped.len() >= room {
            escaped.push_str(CUT);
            break;
        }
        let joined = characters.peek().is_some_and(|next| !next.is_whitespace());
        push(character, &mut escaped);
        word.take(character);
        if joined && (OPENS_REFERENCE.contains(&character) || word.opens_link()) {
            escaped.push_str(BREAK);
        }
    }
    escaped
}

/// A character as it is written so that it means itself.
fn push(character: char, escaped: &mut String) {
    match character {
        '&' => escaped.push_str("&amp;"),
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        // GitHub opens a formula at a dollar sign, escaped or not.
        '$' => escaped.push_str("&#36;"),
        plain if is_plain(plain) => escaped.push(plain),
        markup => escaped.extend(['\\', markup]),
    }
}

/// Whether a character can be left as it is in the middle of a line.
fn is_plain(character: char) -> bool {
    !character.is_ascii_punctuation() || matches!(character, ',' | '.' | ';' | ':' | '/' | '-' | '\'' | '"' | '%' | '@')
}

/// The last few characters, in lower case.
#[derive(Default)]
struct RecentCharacters([char; 3]);

impl RecentCharacters {
    fn take(&mut self, character: char) {
        self.0 = [self.0[1], self.0[2], character.to_ascii_lowercase()];
    }

    fn opens_link(&self) -> bool {
        OPENS_LINK.iter().any(|word| word.chars().eq(self.0))
    }
}
