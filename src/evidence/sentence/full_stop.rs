//! Whether a full stop ends a sentence, or belongs to an abbreviation, to initials, to an ordinal number or to a label.

use std::collections::BTreeSet;

use super::enumerator::{Enumerator, is_number, is_roman};
use super::words::SentenceWords;
use crate::text::{Word, floor_char_boundary, words};

/// So much of what stands before a full stop is looked at (in bytes).
const LOOKED_AT: usize = 80;

/// The longest abbreviation has no more words.
const MOST_WORDS: usize = 4;

/// An ordinal number has no more digits.
const MOST_DIGITS: usize = 3;

/// What is known of an abbreviation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Never,
    Closing,
    BeforeNumbers,
}

/// What stands before a full stop.
struct Before<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// The last run of letters and marks without white space.
    token: &'a str,
    /// How many of the words stand before the token.
    ahead: usize,
}

impl<'a> Before<'a> {
    fn new(text: &'a str) -> Before<'a> {
        let cut = floor_char_boundary(text, text.len().saturating_sub(LOOKED_AT));
        let text = &text[cut..];
        let opens =
            |letter: char| letter.is_whitespace() || matches!(letter, '(' | '[' | '“' | '"' | '„' | '«' | '’' | '\'');
        let token = text.rsplit(opens).next().unwrap_or(text);
        let words = words(text);
        let ahead = words.partition_point(|word| word.bytes.end <= text.len() - token.len());
        Before { text, words, token, ahead }
    }

    /// A word before the token, counted backwards from it.
    fn word(&self, back: usize) -> &str {
        self.ahead.checked_sub(back).map_or("", |at| &self.words[at].folded)
    }

    /// The last words of the text as one abbreviation, if they are whole.
    fn last(&self, count: usize) -> Option<String> {
        let from = self.words.len().checked_sub(count)?;
        let first = self.words[from].bytes.start;
        let is_whole = !self.text[..first].ends_with(['.', '@', '/']);
        let folded: Vec<&str> = self.words[from..].iter().map(|word| word.folded.as_str()).collect();
        is_whole.then(|| folded.join("."))
    }

    /// Whether the token is a small letter behind a number: `100 m`.
    fn is_unit(&self) -> bool {
        self.token.starts_with(char::is_lowercase) && self.lead().ends_with(|last: char| last.is_ascii_digit())
    }

    /// What stands before the token.
    fn lead(&self) -> &'a str {
        self.text[..self.text.len() - self.token.len()].trim_end()
    }

    /// Whether the token is the number or the letter of a part that is named before it: `Article X`, `§ 5`; and not the
    /// letter with which a longer number begins: `art. L. 121`.
    fn is_of_part(&self, known: &SentenceWords, after: &str) -> bool {
        let (lead, noun) = (self.lead(), self.word(1));
        let is_abbreviated = known.before_numbers.contains(noun);
        let goes_on =
            || self.token.starts_with(char::is_alphabetic) && after.starts_with(|next: char| next.is_ascii_digit());
        let is_named = match lead.chars().next_back() {
            Some('§') => true,
            Some('.') => is_abbreviated && !goes_on(),
            Some(_) | None => known.numbered.contains(noun),
        };
        is_number(self.token) && is_named
    }

    /// Whether the token counts an item of a list: it stands behind the end of the one before.
    fn is_of_item(&self, known: &SentenceWords) -> bool {
        let lead = self.lead();
        let joint = self.word(1);
        let before_joint =
            lead.strip_suffix(joint).filter(|_| known.joints.contains(joint)).map_or(lead, str::trim_end);
        is_number(self.token) && before_joint.ends_with([':', '：', ';', '；', '—'])
    }
}

impl SentenceWords {
    /// Whether a full stop between two texts ends a sentence; what follows does not begin with a small letter.
    pub(super) fn full_stop_ends(&self, before: &str, after: &str) -> bool {
        let seen = Before::new(before);
        let is_noun = || seen.token.len() == before.len() && self.numbered.contains(&before.to_lowercase());
        if self.is_label(before) || is_noun() && is_numeric(after, true) {
            return false;
        }
        if seen.words.last().is_none_or(|last| last.bytes.end != seen.text.len()) {
            return true;
        }
        let opens = self.opens(after);
        let closes = opens || Enumerator::at(after).is_some_and(|next| next.is_bracketed());
        if seen.is_of_item(self) || self.goes_on(&seen, after) {
            return false;
        }
        if let Some(known) = self.known(&seen, 2) {
            return known == Known::Closing && closes;
        }
        if seen.is_of_part(self, after) {
            return true;
        }
        if seen.token.bytes().all(|letter| letter.is_ascii_digit()) || is_roman(seen.token) && seen.token.len() > 1 {
            return !self.is_ordinal(&seen, after);
        }
        match self.known(&seen, 1) {
            Some(Known::Never) => seen.is_unit(),
            Some(Known::Closing) => closes,
            Some(Known::BeforeNumbers) if is_numeric(after, seen.token.starts_with(char::is_uppercase)) => false,
            _ if is_initials(seen.token) => closes || seen.is_unit(),
            _ => !self.endings.iter().any(|ending| seen.token.ends_with(ending.as_str())) || !is_numeric(after, true),
        }
    }

    /// Whether a text ends with an abbreviation or with initials.
    pub(super) fn ends_with_abbreviation(&self, before: &str) -> bool {
        let seen = Before::new(before);
        self.known(&seen, 1).is_some() || is_initials(seen.token) || seen.token.contains(['.', '/', '@'])
    }

    /// Whether a text ends with a name that is written with a mark: `Yahoo!`.
    pub(super) fn ends_with_name(&self, before: &str) -> bool {
        self.known(&Before::new(before), 1) == Some(Known::Closing)
    }

    /// What is known of the longest abbreviation of at least so many words with which a text ends.
    fn known(&self, seen: &Before, least: usize) -> Option<Known> {
        let most = MOST_WORDS.min(seen.words.len());
        (least..=most).rev().filter_map(|count| seen.last(count)).find_map(|last| {
            [
                (&self.abbreviations, Known::Never),
                (&self.closing, Known::Closing),
                (&self.before_numbers, Known::BeforeNumbers),
            ]
            .into_iter()
            .find_map(|(all, known)| all.contains(&last).then_some(known))
        })
    }

    /// Whether an abbreviation goes on with the letters that follow: `z. | B.`.
    fn goes_on(&self, seen: &Before, after: &str) -> bool {
        let end = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
        let (next, rest) = after.split_at(end);
        if next.is_empty() || !rest.starts_with('.') {
            return false;
        }
        let most = MOST_WORDS.min(seen.words.len());
        (1..=most).filter_map(|count| seen.last(count)).any(|last| {
            let whole = format!("{last}.{}", next.to_lowercase());
            let begins = |all: &BTreeSet<String>| {
                let first = all.range(whole.clone()..).next();
                first
                    .and_then(|first| first.strip_prefix(whole.as_str()))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            begins(&self.abbreviations) || begins(&self.closing)
        })
    }

    /// Whether a number is an ordinal number with its full stop: `am 3. Oktober`, `des II. Senats`.
    fn is_ordinal(&self, seen: &Before, after: &str) -> bool {
        if self.after_ordinals.is_empty() || seen.token.len() > MOST_DIGITS && !is_roman(seen.token) {
            return false;
        }
        let end = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
        let next = after[..end].to_lowercase();
        let is_day = || next.len() <= 2 && after[end..].starts_with('.') && seen.token.len() <= 2;
        if next.starts_with(|letter: char| letter.is_ascii_digit()) {
            return is_day() || next.len() == 4 && seen.lead().ends_with('.');
        }
        let joined = || {
            let lead = seen.lead();
            let joint = seen.word(1);
            self.joints.contains(joint) && lead.strip_suffix(joint).is_some_and(|lead| lead.trim_end().ends_with('.'))
        };
        self.after_ordinals.contains(&next)
            || !self.opens(after) && (self.before_ordinals.contains(seen.word(1)) || joined())
    }
}

/// Whether a word is one capital, or letters with full stops between, as `U.S` is.
fn is_initials(word: &str) -> bool {
    let last = word.rsplit(['-', '–']).next().unwrap_or(word);
    let is_single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    is_single(last) || last.contains('.') && last.split('.').all(is_single)
}

/// Whether a text begins as the number of a part does; a lone letter that may be a word counts where `sure`.
fn is_numeric(text: &str, sure: bool) -> bool {
    let text = text.trim_start_matches(['(', '[']);
    if text.starts_with('§') {
        return true;
    }
    let token =
        text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ')' | ']')).next().unwrap_or(text);
    let core = token.trim_end_matches(['.', ';', ':']);
    let is_letter = core.len() == 1 && core.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_word = matches!(core, "A" | "I") && text[core.len()..].trim_start().starts_with(char::is_lowercase);
    token.contains(|letter: char| letter.is_ascii_digit()) || (is_letter || is_roman(core)) && (sure || !is_word)
}
