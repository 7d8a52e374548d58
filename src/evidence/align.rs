//! A quotation and a passage put beside each other, word by word: what is the same, and what only one of them has.

use std::fmt;
use std::ops::Range;

use super::budget::StepBudget;
use super::letters::{LetterKind, Letters, TextSide, is_cjk};
use crate::text::one_line;
use crate::text::quotation::{self, pieces};

/// How many pairs of words are compared at most; what is longer is no near miss.
const MOST_PAIRS: usize = 4_000_000;

/// How many characters of words that differ are shown, and of how many differences.
const SHOWN: usize = 80;
const MOST_TOLD: usize = 3;

/// A passage that is like a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimilarPassage {
    /// Where it stands in the text of the document.
    pub bytes: Range<usize>,
    /// How they differ, in the order of the words. Where it is empty, the words are the same, and may not be quoted so.
    pub changes: Vec<Difference>,
    /// How many words and marks only one of them has, or has otherwise.
    pub(super) distance: u32,
    has_gaps: bool,
}

/// One difference between a quotation and a passage; never are both sides empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The words of the quotation; empty where it leaves some out.
    pub quoted: String,
    /// The words of the passage; empty where the quotation adds some.
    pub written: String,
    /// Where the words stand in the quotation, or the word beside which some are left out.
    pub here: Range<usize>,
    /// Where they stand in the text of the document, or the word beside which some are added.
    pub there: Range<usize>,
}

impl SimilarPassage {
    /// How the two differ, in a clause; of several differences the first, and how many there are.
    pub fn told(&self) -> String {
        let tell = |change: &Difference| match (cut(&change.quoted), cut(&change.written)) {
            (quoted, written) if written.is_empty() => format!("adds “{quoted}”"),
            (quoted, written) if quoted.is_empty() => format!("omits “{written}”"),
            (quoted, written) => format!("says “{quoted}” instead of “{written}”"),
        };
        match self.changes.as_slice() {
            [] if self.has_gaps => "the quotation omits words of more than one paragraph".to_owned(),
            [] => "the quotation begins or ends inside a word or a number of the source".to_owned(),
            [change] => change.to_string(),
            changes => {
                let mut told: Vec<String> = changes.iter().take(MOST_TOLD).map(tell).collect();
                if changes.len() > MOST_TOLD {
                    let more = changes.len() - MOST_TOLD;
                    told.push(format!("differs at {more} more place{}", if more == 1 { "" } else { "s" }));
                }
                let last = told.pop().unwrap_or_default();
                format!("the quotation differs at {} places: it {} and {last}", changes.len(), told.join(", "))
            }
        }
    }
}

impl Difference {
    /// What is said of it beside the quotation.
    pub fn said(&self) -> String {
        match (cut(&self.quoted), cut(&self.written)) {
            (quoted, written) if written.is_empty() => format!("the quotation adds “{quoted}”"),
            (quoted, written) if quoted.is_empty() => format!("the quotation omits “{written}” here"),
            (quoted, _) => format!("the quotation says “{quoted}”"),
        }
    }

    /// What is said of it beside the passage.
    pub fn stands(&self) -> String {
        match (cut(&self.quoted), cut(&self.written)) {
            (quoted, written) if written.is_empty() => format!("the quotation adds “{quoted}” here"),
            (quoted, written) if quoted.is_empty() => {
                format!("the source says “{written}” here, which the quotation omits")
            }
            (_, written) => format!("the source says “{written}”"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.quoted.is_empty(), self.written.is_empty()) {
            (true, _) => write!(out, "{}", self.stands()),
            (_, true) => write!(out, "{}", self.said()),
            (false, false) => write!(out, "{}, {}", self.said(), self.stands()),
        }
    }
}

/// Words in one line, the first of them if they are many.
fn cut(words: &str) -> String {
    let line = one_line(words);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A word or a mark, folded as quotations are.
struct Token {
    is: String,
    is_word: bool,
    bytes: Range<usize>,
    /// Whether something may be left out before it.
    behind_gap: bool,
    /// Whether its first letter may be of either case.
    either_case: bool,
}

impl Token {
    /// Whether a word of a quotation is the same as one of a passage.
    fn stands_for(&self, other: &Token) -> bool {
        let folded = |token: &Token| token.is.to_lowercase();
        self.is == other.is
            || self.either_case && folded(self) == folded(other) && {
                let rest = |token: &Token| token.is.chars().skip(1).collect::<String>();
                rest(self) == rest(other)
            }
    }
}

/// How a quotation and a passage go on at a pair of their words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AlignmentStep {
    /// Both with the next word, be it the same or another.
    Both,
    /// The quotation alone; at its start, before the passage has begun.
    Quoted,
    Leading,
    /// The passage alone.
    Written,
}

/// What a difference weighs: a word that only one of them has, a word for another, or one at an end of the quotation that has
/// no counterpart; and a word for a mark, which is never a slip.
const ALONE: u32 = 2;
const ANOTHER: u32 = 3;
const AT_END: u32 = 3;
const UNLIKE: u32 = 5;

/// Puts a quotation beside what stands in a range of a text, where it may begin and end anywhere; nothing if less than half of
/// its words stand there.
pub(super) fn align(
    quotation: &str,
    (text, window): (&str, Range<usize>),
    steps: &mut StepBudget,
) -> Option<SimilarPassage> {
    let quoted = quoted_tokens(quotation);
    let written = tokens(&text[..window.end], window.start, TextSide::Source);
    let pairs = (quoted.len() + 1) * (written.len() + 1);
    if pairs > MOST_PAIRS || quoted.is_empty() || written.is_empty() {
        return None;
    }
    steps.spend(pairs);
    let (distance, way) = way(&quoted, &written);
    let is_same = |(at, there, step): &&(usize, usize, AlignmentStep)| {
        *step == AlignmentStep::Both && quoted[*at].is_word && quoted[*at].stands_for(&written[*there])
    };
    let same = way.iter().filter(is_same).count();
    if 2 * same < quoted.iter().filter(|token| token.is_word).count() || same == 0 {
        return None;
    }
    let stands: Vec<usize> = way.iter().filter(|(.., step)| step.is_in_passage()).map(|(_, there, _)| *there).collect();
    let bytes = written[*stands.first()?].bytes.start..written[*stands.last()?].bytes.end;
    let changes = changes((quotation, &quoted), (text, &written), &way);
    Some(SimilarPassage { bytes, changes, distance, has_gaps: quoted.iter().any(|token| token.behind_gap) })
}

impl AlignmentStep {
    fn is_in_passage(self) -> bool {
        matches!(self, AlignmentStep::Both | AlignmentStep::Written)
    }

    fn is_in_quotation(self) -> bool {
        self != AlignmentStep::Written
    }
}

/// The way through both with the least difference: the number of the next word of each, and which of them go on.
///
/// It is the alignment of Needleman and Wunsch (1970), with words for letters, and with free ends in the passage as Sellers (1980)
/// has them for a pattern in a text.
fn way(quoted: &[Token], written: &[Token]) -> (u32, Vec<(usize, usize, AlignmentStep)>) {
    let width = written.len() + 1;
    let mut came = vec![AlignmentStep::Leading; width * (quoted.len() + 1)];
    let mut before = vec![0_u32; width];
    let (mut least, mut end) = (AT_END * quoted.len() as u32, (0, 0));
    for (row, token) in quoted.iter().enumerate() {
        let mut costs = vec![before[0] + AT_END];
        let before_gap = quoted.get(row + 1).is_some_and(|next| next.behind_gap);
        let left_out = if before_gap { 0 } else { ALONE };
        let added = if before_gap || token.behind_gap { AT_END } else { ALONE };
        for (column, other) in written.iter().enumerate() {
            let differs = match (token.stands_for(other), token.is_word == other.is_word) {
                (true, _) => 0,
                (false, true) => ANOTHER,
                (false, false) => UNLIKE,
            };
            let is_leading = came[row * width + column + 1] == AlignmentStep::Leading;
            let (alone, quoted_alone) =
                if is_leading { (AT_END, AlignmentStep::Leading) } else { (added, AlignmentStep::Quoted) };
            let ways = [
                (before[column] + differs, AlignmentStep::Both),
                (costs[column] + left_out, AlignmentStep::Written),
                (before[column + 1] + alone, quoted_alone),
            ];
            let (cost, step) = ways.into_iter().min_by_key(|(cost, _)| *cost).unwrap_or(ways[0]);
            costs.push(cost);
            came[(row + 1) * width + column + 1] = step;
            let whole = cost + AT_END * (quoted.len() - row - 1) as u32;
            if step == AlignmentStep::Both && (whole < least || whole == least && row >= end.0) {
                (least, end) = (whole, (row + 1, column + 1));
            }
        }
        before = costs;
    }
    let (mut at, mut there) = end;
    let mut way: Vec<(usize, usize, AlignmentStep)> =
        (at..quoted.len()).rev().map(|at| (at, there, AlignmentStep::Quoted)).collect();
    while at > 0 {
        let step = came[at * width + there];
        at -= usize::from(step.is_in_quotation());
        there -= usize::from(step.is_in_passage());
        way.push((at, there, step));
    }
    way.reverse();
    (least, way)
}

/// The runs of words that differ.
fn changes(
    (quotation, quoted): (&str, &[Token]),
    (text, written): (&str, &[Token]),
    way: &[(usize, usize, AlignmentStep)],
) -> Vec<Difference> {
    let is_gap = |(at, _, step): &(usize, usize, AlignmentStep)| {
        *step == AlignmentStep::Written && quoted.get(*at).is_some_and(|next| next.behind_gap)
    };
    let is_equal =
        |one: &(usize, usize, AlignmentStep)| one.2 == AlignmentStep::Both && quoted[one.0].stands_for(&written[one.1]);
    let runs = way.chunk_by(|one, next| {
        let kept = |one| is_equal(one) || is_gap(one);
        kept(one) == kept(next)
    });
    let mut changes = Vec::new();
    for run in runs.filter(|run| !is_equal(&run[0]) && !is_gap(&run[0])) {
        let range = |numbers: Vec<usize>| Some(*numbers.first()?..*numbers.last()? + 1);
        let here = range(run.iter().filter(|one| one.2.is_in_quotation()).map(|one| one.0).collect());
        let there = range(run.iter().filter(|one| one.2.is_in_passage()).map(|one| one.1).collect());
        let words = |text: &str, bytes: &Range<usize>| text[bytes.clone()].to_owned();
        let (here_at, there_at) = (place(quoted, here.clone(), run[0].0), place(written, there.clone(), run[0].1));
        changes.push(Difference {
            quoted: here.map_or(String::new(), |_| words(quotation, &here_at)),
            written: there.map_or(String::new(), |_| words(text, &there_at)),
            here: here_at,
            there: there_at,
        });
    }
    changes
}

/// Where words stand; of none, the word that comes next, or else the last.
fn place(tokens: &[Token], numbers: Option<Range<usize>>, next: usize) -> Range<usize> {
    let numbers = numbers.unwrap_or_else(|| {
        let next = next.min(tokens.len() - 1);
        next..next + 1
    });
    tokens[numbers.start].bytes.start..tokens[numbers.end - 1].bytes.end
}

/// The words and marks of a quotation, without those of its quoter.
fn quoted_tokens(quotation: &str) -> Vec<Token> {
    let (mut text, mut origins) = (String::new(), Vec::new());
    let (mut gaps, mut either_case) = (Vec::new(), Vec::new());
    for piece in pieces(quotation) {
        let letter = match piece.sort {
            quotation::PieceKind::Letter(letter)
            | quotation::PieceKind::EitherCase(letter)
            | quotation::PieceKind::LoneLetter(letter) => letter,
            quotation::PieceKind::Gap => {
                gaps.push(text.len());
                ' '
            }
            quotation::PieceKind::Insertion | quotation::PieceKind::Unclosed => continue,
        };
        if matches!(piece.sort, quotation::PieceKind::EitherCase(_) | quotation::PieceKind::LoneLetter(_)) {
            either_case.push(text.len());
        }
        origins.push((text.len(), piece.bytes));
        text.push(letter);
    }
    let origin = |byte: usize| {
        let number = origins.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        origins.get(number).map_or(0..0, |(_, bytes)| bytes.clone())
    };
    let mut found = tokens(&text, 0, TextSide::Quotation);
    let mut gaps = gaps.into_iter().peekable();
    for (number, token) in found.iter_mut().enumerate() {
        while gaps.next_if(|gap| *gap < token.bytes.start).is_some() {
            token.behind_gap = number > 0;
        }
        token.either_case = either_case.binary_search(&token.bytes.start).is_ok();
        token.bytes = origin(token.bytes.start).start..origin(token.bytes.end.saturating_sub(1)).end;
    }
    found
}

/// The words and marks of a text from a byte on.
fn tokens(text: &str, at: usize, side: TextSide) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for letter in Letters::new(text, at, side) {
        let LetterKind::Of(is) = letter.sort else {
            open &= letter.sort == LetterKind::LineHyphen;
            continue;
        };
        match found.last_mut() {
            Some(last) if open && is.is_alphanumeric() => {
                last.is.push(is);
                last.bytes.end = letter.bytes.end;
            }
            Some(_) | None => found.push(Token {
                is: is.to_string(),
                is_word: is.is_alphanumeric(),
                bytes: letter.bytes,
                behind_gap: false,
                either_case: false,
            }),
        }
        open = is.is_alphanumeric() && !is_cjk(is);
    }
    found
}
