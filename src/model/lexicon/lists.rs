//! How many things a quotation lists, where nobody can doubt it.
//!
//! A list is at least three parts of one clause, with commas between them and a word such as `and` before the last. What
//! might be an aside (`Japan, as an ally, and ...`) or an opening (`In 1960, Japan and ...`) leaves the number unknown.

use std::ops::Range;

use crate::schema::WordMatch;
use crate::text::Word;
use crate::text::quotation::{PieceKind, is_mark, pieces};

/// The class of words that stand before the last thing of a list.
const LIST_AND: &str = "list-and";

/// The class of words with which no thing of a list begins, and of those with which none ends.
const LEAD: &str = "list-lead";
const CLAUSE_END: &str = "clause-end";

/// Fewer things than this stand beside each other without being a list.
const SHORTEST: usize = 3;

/// What is longer (in letters) is the clause that leads to the first thing of a list.
const LONGEST: usize = 40;

/// A part of a clause.
struct ClausePart {
    words: Range<usize>,
    /// What stands before it.
    after: ListMark,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ListMark {
    /// The beginning, or the end of another clause.
    Clause,
    Comma,
    /// `and`, with or without a comma.
    And,
    /// Something by which nobody can tell what belongs together.
    Doubt,
}

/// How many things the words of a quotation list; nothing where there is no list, several, or doubt.
pub(crate) fn length(quotation: &str, text: &[Word], matched: &[WordMatch<'_>]) -> Option<usize> {
    if !matched.iter().any(|matched| matched.class == LIST_AND) {
        return None;
    }
    let is_whole =
        |sort: PieceKind| matches!(sort, PieceKind::Letter(_) | PieceKind::EitherCase(_) | PieceKind::LoneLetter(_));
    if quotation.contains(is_mark) && !pieces(quotation).iter().all(|piece| is_whole(piece.sort)) {
        return None;
    }
    let parts = parts(quotation, text, matched);
    if parts.iter().any(|part| part.after == ListMark::Doubt) {
        return None;
    }
    let clause = Clauses { parts: &parts, text, matched };
    let mut lists = (0..parts.len()).filter(|part| parts[*part].after == ListMark::And).map(|last| clause.list(last));
    let found: Option<Vec<usize>> = lists.by_ref().collect();
    match found?.into_iter().filter(|length| *length >= SHORTEST).collect::<Vec<_>>()[..] {
        [length] => Some(length),
        _ => None,
    }
}

/// The parts of a text between commas and words that join.
fn parts(quotation: &str, text: &[Word], matched: &[WordMatch<'_>]) -> Vec<ClausePart> {
    let mut parts: Vec<ClausePart> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let joint = matched.iter().find(|matched| matched.class == LIST_AND && matched.words.start == at);
        let after = match (at.checked_sub(1), joint) {
            (None, _) => Some(ListMark::Clause),
            (_, Some(_)) => Some(ListMark::And),
            (Some(before), None) => {
                mark(&quotation[text[before].bytes.end..text[at].bytes.start], &text[before], &text[at])
            }
        };
        let start = joint.map_or(at, |joint| joint.words.end);
        match (after, parts.last_mut()) {
            (Some(after), _) => parts.push(ClausePart { words: start..start.max(at + 1), after }),
            (None, Some(part)) => part.words.end = at + 1,
            (None, None) => {}
        }
        at = start.max(at + 1);
        if joint.is_some() && at < text.len() {
            // The word behind `and` belongs to what it joins.
            at += 1;
            if let Some(part) = parts.last_mut() {
                part.words.end = at;
            }
        }
    }
    parts
}

/// What parts two words, if anything does.
fn mark(between: &str, before: &Word, after: &Word) -> Option<ListMark> {
    let is_number = |word: &Word| word.folded.starts_with(|first: char| first.is_ascii_digit());
    match () {
        () if between.contains(['・', '(', ')', '（', '）', '—', '–', '/']) => Some(ListMark::Doubt),
        () if between.contains([';', ':', '!', '?', '。', '；', '：']) => Some(ListMark::Clause),
        () if between.starts_with(". ") && before.folded.chars().count() > 1 => Some(ListMark::Clause),
        () if between == "," && is_number(after) => None,
        () if between.contains([',', '、', '，']) => Some(ListMark::Comma),
        () => None,
    }
}

struct Clauses<'a> {
    parts: &'a [ClausePart],
    text: &'a [Word],
    matched: &'a [WordMatch<'a>],
}

impl Clauses<'_> {
    /// How many things the list has whose last one is a part behind `and`; nothing where that is doubtful.
    fn list(&self, last: usize) -> Option<usize> {
        let mut first = last;
        while let Some(before) = first.checked_sub(1) {
            if self.is(CLAUSE_END, |words| words.end == self.parts[before].words.end) {
                break;
            }
            first = before;
            if self.parts[first].after != ListMark::Comma || self.letters(first) > LONGEST {
                break;
            }
        }
        let length = last - first + 1;
        let opens = |part: usize| self.is(LEAD, |words| words.start == self.parts[part].words.start);
        let is_after_another =
            first < last && self.parts[first].after == ListMark::And && self.letters(first) <= LONGEST;
        let is_doubtful = length >= SHORTEST && (is_after_another || (first..=last).any(opens));
        (!is_doubtful).then_some(length)
    }

    fn is(&self, class: &str, stands: impl Fn(&Range<usize>) -> bool) -> bool {
        self.matched.iter().any(|matched| matched.class == class && stands(&matched.words))
    }

    fn letters(&self, part: usize) -> usize {
        self.text[self.parts[part].words.clone()].iter().map(|word| word.folded.chars().count()).sum()
    }
}
