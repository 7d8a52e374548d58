//! What the words of blocks say: those of a quotation, and of a title where a block quotes nothing itself.
//!
//! Every block is matched once, when it is first asked for. Words are those of the tables of the schema; names are those that the
//! blocks of the corpus have by their titles, by `also`, or where they have no title by their ids.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use hashbrown::HashSet;

use super::lists;
use super::numbers::{NumberText, WrittenNumber};
use super::provisions::{Provision, Role};
use crate::model::index::features::{LexicalFeature, LexicalFeatures, ProperNames};
use crate::model::well_known::{ALSO, LANGUAGE};
use crate::model::{BlockId, Corpus, CorpusDelta, Value};
use crate::schema::{FieldType, KindId, WordMatch};
use crate::syntax::{Brackets, written};
use crate::text::{Phrases, Span, Word, all_threads, parallel_map, quoted_words, words};

/// The class of words before a name that are no part of it.
const DETERMINER: &str = "determiner";

/// How many blocks a thread matches before it takes others: fewer are matched faster by one.
const SHARE: usize = 1_000;

impl Corpus {
    /// What the words of a block say, in the order of the words.
    pub fn features(&self, block: BlockId) -> &[LexicalFeature] {
        let features = self.all_features();
        let said = features.by_block.get(block.0 as usize);
        said.map_or(&[], |said| said.get_or_init(|| match_block(self, block, features)))
    }

    /// The number of a class of words, if some language has it.
    pub fn class(&self, name: &str) -> Option<u16> {
        self.all_features().classes.get(name).copied()
    }

    /// Hears the words of many blocks at once, so that [`Corpus::features`] need not do it one by one.
    pub fn match_lexicon(&self, blocks: &[BlockId]) {
        self.all_features();
        let shares: Vec<&[BlockId]> = blocks.chunks(SHARE).collect();
        parallel_map(&shares, all_threads(), |share| {
            for block in *share {
                self.features(*block);
            }
        });
    }

    /// Has the words of blocks matched again that say another thing, when that is asked for.
    pub(crate) fn invalidate(&mut self, changes: &CorpusDelta) {
        let Some(features) = self.features.get_mut() else { return };
        for block in changes.reworded() {
            features.by_block[block.0 as usize] = OnceLock::new();
        }
    }

    fn all_features(&self) -> &LexicalFeatures {
        self.features.get_or_init(|| LexicalFeatures {
            names: ProperNames::of(self),
            classes: self.schema.words.classes().into_iter().map(str::to_owned).zip(0..).collect(),
            by_block: self.block_ids().map(|_| OnceLock::new()).collect(),
        })
    }

    /// The words that a block itself quotes, or those of its title.
    pub fn own_words(&self, block: BlockId) -> Vec<Word> {
        match (self.quotation(block), self.block(block).title()) {
            (Some(text), _) => quoted_words(text),
            (None, Some(title)) => words(title.value),
            (None, None) => Vec::new(),
        }
    }

    /// The quotations that the fields of a block hold.
    pub fn quotations(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        self.linked(block).filter(|block| self.quotation(*block).is_some())
    }

    /// The language of the words of a block: as its source says, or that of what it quotes.
    pub fn language(&self, block: BlockId) -> Option<&str> {
        match self.quotation(block) {
            Some(_) => self.linked(block).find_map(|linked| self.texts(linked, LANGUAGE).next()),
            // Of several the first by name, so that the order of quotations does not count.
            None => self.quotations(block).filter_map(|quotation| self.language(quotation)).min(),
        }
    }

    /// The words that a block itself quotes.
    pub fn quotation(&self, block: BlockId) -> Option<&str> {
        let words = self.block(block).fields().filter(|held| self.schema.field(held.field).holds == FieldType::Words);
        words.flat_map(|held| held.values).find_map(|held| match held.value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Where in the claims a piece of the words stands that a block quotes.
    pub fn quoted_at(&self, block: BlockId, piece: Range<usize>) -> Option<Span> {
        let words = self.block(block).fields().filter(|held| self.schema.field(held.field).holds == FieldType::Words);
        let held = words.flat_map(|held| held.values).find(|held| matches!(held.value, Value::Text(_)))?;
        let home = &self.parts[self.places[block.0 as usize].part as usize].home;
        let text = home.text.get(held.span.start as usize..held.span.end as usize)?;
        let at = written(text, Brackets::AreMarks, piece);
        Some(Span::new(held.span.source, held.span.start + at.start as u32, held.span.start + at.end as u32))
    }
}

fn match_block(corpus: &Corpus, block: BlockId, known: &LexicalFeatures) -> Box<[LexicalFeature]> {
    let text = corpus.own_words(block);
    if text.is_empty() { Box::default() } else { features(corpus, (block, &text), known).into_boxed_slice() }
}

fn features(corpus: &Corpus, (block, text): (BlockId, &[Word]), known: &LexicalFeatures) -> Vec<LexicalFeature> {
    let tables = &corpus.schema.words;
    let (language, matched) = match corpus.language(block) {
        Some(language) => (Some(language), tables.match_lexicon(language, text)),
        None => {
            tables.guess_and_match(text).map_or_else(Default::default, |(language, matched)| (Some(language), matched))
        }
    };
    let word = |matched: &WordMatch<'_>| {
        let class = *known.classes.get(matched.class)?;
        Some(LexicalFeature::Word {
            class,
            words: joined(&text[matched.words.clone()]),
            opens: matched.words.start == 0,
        })
    };
    let mut said: Vec<LexicalFeature> = matched.iter().filter_map(word).collect();
    let quotation = corpus.quotation(block);
    let named = known.names.of_text(text);
    let mut names: Vec<Range<usize>> = named.iter().map(|(words, _)| words.clone()).collect();
    // Many blocks may have one name.
    names.dedup();
    let letters = quotation.or_else(|| corpus.block(block).title().map(|title| title.value)).unwrap_or_default();
    said.extend(of_numbers(&NumberText { tables, language, letters, words: text, matched: &matched, names: &names }));
    said.extend(quotation.and_then(|quotation| lists::length(quotation, text, &matched)).map(LexicalFeature::List));
    let mut met = HashSet::new();
    let named = named.into_iter().map(|(_, named)| named).filter(|named| *named != block && met.insert(*named));
    said.extend(named.map(LexicalFeature::Name));
    said
}

/// What the numbers of a text say, those of provisions first.
fn of_numbers(text: &NumberText<'_>) -> Vec<LexicalFeature> {
    let mut provisions = text.provisions();
    let taken: Vec<Range<usize>> = provisions.iter().map(|provision| provision.words.clone()).collect();
    let (behind, numbers): (Vec<WrittenNumber>, Vec<WrittenNumber>) =
        text.numbers(&taken).into_iter().partition(|number| number.of_provision);
    provisions.extend(behind.into_iter().map(|number| text.named_behind(number)));
    provisions.sort_by_key(|provision| provision.words.start);
    let reads = text.language.is_some_and(|language| text.tables.knows_numbers(language));
    let numbers = numbers.into_iter().flat_map(|number| {
        let sure = number.is_certain.then(|| LexicalFeature::Number(number.value.clone()));
        sure.into_iter().chain(reads.then_some(LexicalFeature::ReadNumber(number.value)))
    });
    provisions.iter().flat_map(of_provision).chain(numbers).collect()
}

/// What is said by naming a provision.
fn of_provision(named: &Provision) -> Vec<LexicalFeature> {
    let mut said = vec![LexicalFeature::ReadArticle(named.value.clone())];
    said.extend((!named.is_roman).then(|| LexicalFeature::Article(named.written.clone())));
    match named.role {
        Role::Named => return said,
        Role::Own => said.push(LexicalFeature::OwnArticle(named.written.clone())),
        Role::Told => said.push(LexicalFeature::ToldArticle(named.written.clone())),
    }
    said.extend(named.holding().into_iter().map(LexicalFeature::HoldingArticle));
    said
}

fn joined(words: &[Word]) -> String {
    let Some((first, others)) = words.split_first() else { return String::new() };
    let mut joined = first.folded.clone();
    others.iter().for_each(|word| joined.extend([" ", &word.folded]));
    joined
}

impl ProperNames {
    fn of(corpus: &Corpus) -> ProperNames {
        let mut phrases = Phrases::default();
        let kinds: Vec<KindId> =
            corpus.schema.kind_ids().filter(|kind| corpus.schema.field_of(*kind, ALSO).is_some()).collect();
        let determiners: BTreeSet<String> = corpus.schema.words.of_class(DETERMINER);
        for kind in kinds {
            for block in corpus.of_kind(kind) {
                let data = corpus.block(*block);
                let id = corpus.name(*block).replace(['-', '_'], " ");
                let own = data.title().map_or(id.as_str(), |title| title.value);
                for name in [own].into_iter().chain(corpus.texts(*block, ALSO)) {
                    let all = words(name);
                    let skipped = usize::from(all.len() > 1 && determiners.contains(&all[0].folded));
                    phrases.add(&joined(&all[skipped..]), (kind, *block));
                }
            }
        }
        ProperNames { phrases }
    }

    /// The blocks whose names stand in a text, and where; of one kind, only the longest name counts where names overlap.
    fn of_text(&self, text: &[Word]) -> Vec<(Range<usize>, BlockId)> {
        let mut named: Vec<(KindId, Range<usize>, BlockId)> = Vec::new();
        for start in 0..text.len() {
            // `Japan` in `Japan-U.S. Treaty` names no more than the treaty.
            for found in self.phrases.at(text, start).filter(|found| !is_tied(text, &found.words)) {
                let (kind, block) = *found.stands_for;
                let is_within = |(other, range, _): &(KindId, Range<usize>, BlockId)| {
                    *other == kind && range.end > found.words.start && *range != found.words
                };
                if !named.iter().rev().take(8).any(is_within) {
                    named.push((kind, found.words, block));
                }
            }
        }
        named.into_iter().map(|(_, words, block)| (words, block)).collect()
    }
}

/// Whether a hyphen ties words to others before or after them.
fn is_tied(text: &[Word], words: &Range<usize>) -> bool {
    text[words.start].hyphenated || text.get(words.end).is_some_and(|after| after.hyphenated)
}
