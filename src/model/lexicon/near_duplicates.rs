//! Blocks of one kind whose names are so alike that one may be another misspelt.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use strsim::osa_distance;

use crate::model::{BlockId, Corpus};

/// The name under which a schema asks for them.
pub const LOOKS_LIKE: &str = "looks-like";

/// The blocks that look like each block.
pub(crate) type NearDuplicates = BTreeMap<BlockId, Vec<BlockId>>;

/// Shorter names are near to too many others (in characters).
const SHORTEST: usize = 4;

/// Of longer ones (in bytes) only hyphens are left out: each letter of a name makes a variant as long as the name.
const LONGEST: usize = 200;

/// So many names that are alike were not misspelt (and would cost too much to compare).
const CROWD: usize = 50;

impl Corpus {
    /// The blocks of the same kind whose names differ from that of a block by a letter, or by hyphens only, unless they
    /// count the things of a series; none if no field of the kind asks for them.
    pub fn near_duplicates(&self, block: BlockId) -> &[BlockId] {
        self.alike.get_or_init(|| look_alikes(self)).get(&block).map_or(&[], Vec::as_slice)
    }
}

/// The blocks of the kinds whose fields ask for what looks like them.
fn compared_field(corpus: &Corpus) -> Vec<BlockId> {
    let schema = &corpus.schema;
    let asks = |field| schema.field(field).native.as_ref().is_some_and(|native| native.text == LOOKS_LIKE);
    corpus.of_kinds(schema.kind_ids().filter(|kind| schema.kind(*kind).fields.iter().copied().any(asks)))
}

/// Names that are alike have a variant in common: themselves, or themselves without one letter (the deletion neighbourhoods of
/// Mor and Fraenkel, 1982). Names with other digits
/// are never meant alike: `art5` is not `art6` misspelt.
fn look_alikes(corpus: &Corpus) -> NearDuplicates {
    let named = compared_field(corpus).into_iter().filter(|block| corpus.block(*block).id().is_some());
    let named: Vec<(BlockId, NameTail)> = named.map(|block| (block, NameTail::new(corpus.name(block)))).collect();
    let mut by_variant: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, (block, name)) in named.iter().enumerate() {
        if name.folded.chars().count() < SHORTEST {
            continue;
        }
        let kind = &corpus.schema.kind(corpus.block(*block).kind()).name;
        let digits: String = name.folded.chars().filter(char::is_ascii_digit).collect();
        for variant in variants(&name.folded) {
            by_variant.entry(format!("{kind} {digits} {variant}")).or_default().push(number);
        }
    }
    let mut links = NearDuplicates::new();
    let groups = by_variant.values().filter(|group| group.len() <= CROWD);
    for (a, b) in groups.flat_map(|group| pairs(group)).map(|(a, b)| (&named[*a], &named[*b])) {
        if a.0 != b.0 && osa_distance(&a.1.folded, &b.1.folded) <= 1 && !are_of_a_series(&a.1, &b.1) {
            links.entry(a.0).or_default().push(b.0);
        }
    }
    for found in links.values_mut() {
        found.sort_unstable();
        found.dedup();
    }
    links
}

/// The last part of a name in small letters.
struct NameTail {
    /// Without what joins its words.
    folded: String,
    /// Its words and numbers, one after the other.
    pieces: Vec<String>,
}

impl NameTail {
    fn new(name: &str) -> NameTail {
        let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        let mut pieces = vec![String::new()];
        let mut before = None;
        for letter in last.chars() {
            let is_joint = matches!(letter, '-' | '_');
            if is_joint || before.is_some_and(|before: char| before.is_numeric() != letter.is_numeric()) {
                pieces.push(String::new());
            }
            if !is_joint {
                pieces.last_mut().into_iter().for_each(|piece| piece.push(letter));
            }
            before = Some(letter).filter(|_| !is_joint);
        }
        NameTail { folded: pieces.concat(), pieces }
    }
}

/// Whether two names count the things of a series rather than being one name misspelt: they differ in their last letter, or in a
/// piece that counts, or the one has such a piece more at its end.
fn are_of_a_series(a: &NameTail, b: &NameTail) -> bool {
    let (shorter, longer) = if a.pieces.len() < b.pieces.len() { (a, b) } else { (b, a) };
    let pairs = a.pieces.iter().zip(&b.pieces).enumerate();
    let differing: Vec<_> = pairs.filter(|(_, (a, b))| a != b).collect();
    match (differing.as_slice(), longer.pieces.len() - shorter.pieces.len()) {
        ([(at, (a, b))], 0) => {
            let is_last = at + 1 == longer.pieces.len();
            counts(a) && counts(b) || is_last && differ_at_the_end(a, b)
        }
        ([], 1) => longer.pieces.last().is_some_and(|piece| counts(piece)),
        _ => false,
    }
}

/// Whether a piece of a name can count: a single letter, or a Roman numeral.
fn counts(piece: &str) -> bool {
    static ROMAN: LazyLock<Regex> = LazyLock::new(|| {
        let numeral = "^m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$";
        Regex::new(numeral).expect("the pattern is sound")
    });
    piece.chars().count() == 1 || !piece.is_empty() && ROMAN.is_match(piece)
}

/// Whether two words have other last letters and are the same before.
fn differ_at_the_end(a: &str, b: &str) -> bool {
    let but_the_last = |word: &str| word.char_indices().next_back().map_or(0, |(last, _)| last);
    !a.is_empty() && !b.is_empty() && a[..but_the_last(a)] == b[..but_the_last(b)]
}

fn variants(name: &str) -> Vec<String> {
    if name.len() > LONGEST {
        return vec![name.to_owned()];
    }
    let without = |(at, letter): (usize, char)| format!("{}{}", &name[..at], &name[at + letter.len_utf8()..]);
    let mut variants: Vec<String> = name.char_indices().map(without).chain([name.to_owned()]).collect();
    variants.sort_unstable();
    variants.dedup();
    variants
}

fn pairs<T>(group: &[T]) -> impl Iterator<Item = (&T, &T)> {
    group.iter().flat_map(move |a| group.iter().map(move |b| (a, b)))
}

#[cfg(test)]
mod tests {
    use super::{NameTail, are_of_a_series};

    /// Pairs of names, and whether they count the things of a series.
    const PAIRS: [(&str, &str, bool); 22] = [
        ("step-a", "step-h", true),
        ("step", "step-a", true),
        ("stepA", "stepB", true),
        ("article6a", "article6b", true),
        ("article-6", "article-6a", true),
        ("annex-a1", "annex-b1", true),
        ("part-i", "part-ii", true),
        ("part-iv", "part-vi", true),
        ("part-ix", "part-x", true),
        ("title-a-general", "title-b-general", true),
        ("当事者甲", "当事者乙", true),
        ("grant-use", "grant-uses", false),
        ("islands", "island", false),
        ("sea-force", "seaforce", false),
        ("armed-attack", "armed-atack", false),
        ("civil-law", "civic-law", false),
        ("use-areas", "use-ares", false),
        ("plan-b", "planb", false),
        ("annex-six", "annex-sixth", false),
        ("report-of", "report-off", false),
        ("treaty", "treatyy", false),
        ("navy", "navys", false),
    ];

    #[test]
    fn names_of_a_series_are_told_from_slips() {
        for (a, b, expected) in PAIRS {
            let (one, other) = (NameTail::new(a), NameTail::new(b));
            assert_eq!(are_of_a_series(&one, &other), expected, "{a} {b}");
            assert_eq!(are_of_a_series(&other, &one), expected, "{b} {a}");
        }
    }
}
