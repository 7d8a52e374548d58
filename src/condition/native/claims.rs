//! Facts that are found in claims: what the words of a block say, and what of a statement its quotations have.

use super::provisions::with_those_around;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus, ITEMS, LexicalFeature};
use crate::text::{Phrases, Word};

/// The class of words that join alternatives, and the field of what language a source is in.
const ALTERNATIVE: &str = "alternative";
const LANGUAGE: &str = "language";

/// The blocks of the same kind whose names are nearly the same.
pub(super) fn near_duplicates(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    corpus.near_duplicates(block).iter().copied().map(ScalarValue::Block).collect()
}

/// What a block says, as far as it is a text for a fact.
pub(super) fn said(
    corpus: &Corpus,
    block: BlockId,
    text: impl Fn(&LexicalFeature) -> Option<String>,
) -> Vec<ScalarValue> {
    corpus.features(block).iter().filter_map(text).map(ScalarValue::Text).collect()
}

/// The words of a class that a block says; `counts` is told whether nothing stands before them.
pub(super) fn words(corpus: &Corpus, block: BlockId, class: &str, counts: impl Fn(bool) -> bool) -> Vec<ScalarValue> {
    let wanted = corpus.class(class);
    said(corpus, block, |feature| match feature {
        LexicalFeature::Word { class, words, opens } if Some(*class) == wanted && counts(*opens) => Some(words.clone()),
        _ => None,
    })
}

/// The blocks that a block names.
pub(super) fn names(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    let named = corpus.features(block).iter().filter_map(|feature| match feature {
        LexicalFeature::Name(named) => Some(*named),
        _ => None,
    });
    named.map(ScalarValue::Block).collect()
}

/// The items of a statement that stand somewhere in what it quotes.
pub(super) fn quoted_items(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    items(corpus, block, |_, _| true)
}

/// The items of a statement that stand in what it quotes after a word for alternatives.
pub(super) fn alternatives(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    let joins = corpus.schema.words.of_class(ALTERNATIVE);
    let before = |words: &[Word], at: usize| at.checked_sub(1).map(|before| words[before].folded.clone());
    items(corpus, block, |words, at| before(words, at).is_some_and(|word| joins.contains(&word)))
}

/// The items of a statement that stand somewhere in what it quotes, where `fits` says yes to a place.
fn items(corpus: &Corpus, block: BlockId, fits: impl Fn(&[Word], usize) -> bool) -> Vec<ScalarValue> {
    let mut items = Phrases::default();
    corpus.texts(block, ITEMS).for_each(|item| items.add(item, item.to_owned()));
    if items.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for quotation in corpus.quotations(block) {
        let words = corpus.own_words(quotation);
        let places = (0..words.len()).filter(|at| fits(&words, *at));
        found.extend(
            places.flat_map(|at| items.at(&words, at)).map(|found| ScalarValue::Text(found.stands_for.clone())),
        );
    }
    found
}

/// The language of a source, if there is no table of its words; of several sources, at the first by name, so that it stays
/// the same one wherever the sources move.
pub(super) fn unread_language(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    let language = corpus.texts(block, LANGUAGE).find(|language| !corpus.schema.words.knows(language));
    let own = corpus.identity(block);
    let is_first = |language: &&str| {
        let sources = corpus.of_kind(corpus.block(block).kind()).iter();
        let mut same = sources.filter(|other| corpus.texts(**other, LANGUAGE).any(|it| it == *language));
        same.all(|other| corpus.identity(*other) >= own)
    };
    language.filter(is_first).map(|language| ScalarValue::Text(language.to_owned())).into_iter().collect()
}

/// The provisions that a block may be.
pub(super) fn provisions(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    corpus.provisions(block).iter().map(|path| ScalarValue::Text(path.join("/"))).collect()
}

/// The same, with those around them.
pub(super) fn provisions_around(corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
    let all = corpus.provisions(block);
    with_those_around(all.iter().map(Vec::as_slice)).into_iter().map(ScalarValue::Text).collect()
}
