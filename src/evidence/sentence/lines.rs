//! Lines of a paragraph: those that are items of a list, and titles without a mark at their end.

use super::enumerator::Enumerator;
use super::words::SentenceWords;

/// The title of a text is no longer than this (in characters).
const LONGEST_TITLE: usize = 100;

/// Short words have no capital in titles that have them (in bytes).
const SHORT: usize = 3;

/// Where lines begin that are items of a list, but for the first line.
pub(super) fn items(text: &str) -> Vec<usize> {
    let mut lists: Vec<(usize, Enumerator)> = Vec::new();
    let mut items = Vec::new();
    let (mut at, mut before) = (0, "");
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        if let Some(found) = Enumerator::at(line.trim_start()) {
            let known = lists.iter().rposition(|(_, last)| found.follows_on(last));
            if before.ends_with([':', '：']) {
                items.push(start);
            }
            if let Some(known) = known {
                // What stands in a list within this one has come to its end.
                lists.truncate(known + 1);
                items.extend([lists[known].0, start]);
                lists[known] = (start, found);
            } else {
                if lists.len() == MOST_LISTS {
                    lists.remove(0);
                }
                lists.push((start, found));
            }
        }
        (at, before) = (at + line.len(), line.trim_end());
    }
    items.sort_unstable();
    items.dedup();
    items
}

/// Lists in lists that are followed at once.
const MOST_LISTS: usize = 8;

/// How wide a text is: the characters of its longest line.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or_default()
}

impl SentenceWords {
    /// Whether a line that begins a sentence, with what follows on it in the text, is the title of that; and not a sentence
    /// that goes on: another word would have stood on the line.
    pub(super) fn is_title(&self, line: &str, after: &str, width: impl Fn() -> usize) -> bool {
        let line = line.trim();
        let next = after.trim_start();
        if line.is_empty()
            || line.ends_with(['-', '–', '—', ',', ';', ':', '、', '，', '：', '；'])
            || line.len() > 4 * LONGEST_TITLE
        {
            return false;
        }
        if self.is_label(line) {
            return line.contains(|letter: char| letter.is_alphabetic()) && self.begins_with_part(line);
        }
        let letters = line.chars().count();
        if letters > LONGEST_TITLE || next.starts_with(char::is_lowercase) {
            return false;
        }
        if is_in_capitals(line) && !is_in_capitals(next.lines().next().unwrap_or(next)) {
            return true;
        }
        let inner = line.strip_prefix(['（', '(']).and_then(|line| line.strip_suffix(['）', ')']));
        if inner.is_some_and(|inner| !inner.contains(['（', '('])) {
            return true;
        }
        let word = next.split_whitespace().next().unwrap_or(next);
        let is_set_apart = letters + 1 + word.chars().count() <= width();
        let titled = || self.begins_with_part(line) && has_capitals(line);
        is_set_apart && (self.opens(next) || titled())
    }

    /// Whether a line begins with the name and the number of a part.
    fn begins_with_part(&self, line: &str) -> bool {
        let end =
            line.char_indices().filter(|(_, letter)| letter.is_whitespace()).nth(1).map_or(line.len(), |(at, _)| at);
        let label = &line[..end];
        !label.starts_with(|letter: char| letter.is_ascii_digit() || letter == '(') && self.is_label(label)
    }
}

fn is_in_capitals(line: &str) -> bool {
    let mut letters = line.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().nth(SHORT).is_some() && letters.all(char::is_uppercase)
}

/// Whether all words of a title have capitals but the short ones.
fn has_capitals(line: &str) -> bool {
    line.split_whitespace().all(|word| word.len() <= SHORT || !word.starts_with(char::is_lowercase))
}
