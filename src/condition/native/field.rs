//! Facts that no condition can work out: the program finds them, a field of the schema names them, rules judge them.

use super::quotation_facts::QuotationFact;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus, ITEMS, LOOKS_LIKE, LexicalFeature};
use crate::schema::Schema;
use crate::text::{Phrases, Span, Word};

/// What the program can find out about a block, by the name under which a schema asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NativeField {
    /// The blocks of the same kind whose names differ from its own by a letter, or by hyphens only.
    LooksLike,
    /// The words of a class in a quotation or a title; `true` for those that open it.
    Words(String, bool),
    /// The numbers of the provisions that it names.
    Articles,
    /// The number of the provision whose own text it is.
    ArticlesOwn,
    /// The numbers of the provisions of which it tells what they say, or on which it founds something.
    ArticlesTold,
    /// The numbers of these, and of what holds them, in each way of writing them.
    ArticlesHolding,
    /// The other numbers in it.
    Numbers,
    /// The numbers of the provisions that it names, in figures, also where they are written in Roman letters.
    ArticlesRead,
    /// The other numbers in it, in figures, also where they are written as words.
    NumbersRead,
    /// How many things it lists, where that is certain.
    ListLength,
    /// The blocks whose names stand in it.
    Names,
    /// The items of a statement that stand in one of its quotations.
    QuotedItems,
    /// The items of a statement that stand in one of its quotations after a word for alternatives.
    Alternatives,
    /// Something about a quotation in its document.
    Quoted(QuotationFact),
    /// The language of a source, if there is no table of its words; of several sources, at the first by name.
    UnreadLanguage,
}

/// The name of a provider, and what makes it of a class of words.
type NativeFieldName = (&'static str, fn(&str) -> NativeField);

/// Every provider by name; those that end with a space want a class of words after it.
const NAMES: [NativeFieldName; 28] = [
    (LOOKS_LIKE, |_| NativeField::LooksLike),
    ("words ", |class| NativeField::Words(class.to_owned(), false)),
    ("opening ", |class| NativeField::Words(class.to_owned(), true)),
    ("articles", |_| NativeField::Articles),
    ("articles-own", |_| NativeField::ArticlesOwn),
    ("articles-told", |_| NativeField::ArticlesTold),
    ("articles-holding", |_| NativeField::ArticlesHolding),
    ("numbers", |_| NativeField::Numbers),
    ("articles-read", |_| NativeField::ArticlesRead),
    ("numbers-read", |_| NativeField::NumbersRead),
    ("list-length", |_| NativeField::ListLength),
    ("names", |_| NativeField::Names),
    ("quoted-items", |_| NativeField::QuotedItems),
    ("alternatives", |_| NativeField::Alternatives),
    ("match", |_| NativeField::Quoted(QuotationFact::Match)),
    ("found-at", |_| NativeField::Quoted(QuotationFact::FoundAt)),
    ("places", |_| NativeField::Quoted(QuotationFact::Places)),
    ("within ", |class| NativeField::Quoted(QuotationFact::Within(class.to_owned()))),
    ("passage", |_| NativeField::Quoted(QuotationFact::Passage)),
    ("differences", |_| NativeField::Quoted(QuotationFact::Differences)),
    ("difference", |_| NativeField::Quoted(QuotationFact::Difference)),
    ("differs", |_| NativeField::Quoted(QuotationFact::Differs)),
    ("differs-there", |_| NativeField::Quoted(QuotationFact::DiffersThere)),
    ("heading", |_| NativeField::Quoted(QuotationFact::Heading)),
    ("beside ", |class| NativeField::Quoted(QuotationFact::Beside(class.to_owned()))),
    ("left-out ", |class| NativeField::Quoted(QuotationFact::LeftOut(class.to_owned()))),
    ("put-in ", |class| NativeField::Quoted(QuotationFact::PutIn(class.to_owned()))),
    ("unread-language", |_| NativeField::UnreadLanguage),
];

/// The class of words that join alternatives, and the field of what language a source is in.
const ALTERNATIVE: &str = "alternative";
const LANGUAGE: &str = "language";

impl NativeField {
    /// The provider of that name; a class of words must be one of the tables.
    pub(crate) fn named(name: &str, schema: &Schema) -> Option<NativeField> {
        let native_field = NAMES.iter().find_map(|(known, native_field)| match known.strip_suffix(' ') {
            Some(_) => name.strip_prefix(known).map(|class| native_field(class.trim())),
            None => (name == *known).then(|| native_field("")),
        })?;
        match &native_field {
            NativeField::Words(class, _)
            | NativeField::Quoted(
                QuotationFact::Within(class)
                | QuotationFact::Beside(class)
                | QuotationFact::LeftOut(class)
                | QuotationFact::PutIn(class),
            ) if !schema.words.has(class) => None,
            _ => Some(native_field),
        }
    }

    /// The names of all providers, with the classes of words.
    pub(crate) fn names(schema: &Schema) -> Vec<String> {
        let classes = schema.words.classes();
        let all = NAMES.iter().flat_map(|(name, _)| match name.ends_with(' ') {
            true => classes.iter().map(|class| format!("{name}{class}")).collect(),
            false => vec![(*name).to_owned()],
        });
        all.collect()
    }

    /// Whether it leads to blocks, and not to texts.
    pub(crate) fn leads_to_blocks(&self) -> bool {
        matches!(self, NativeField::LooksLike | NativeField::Names)
    }

    /// Where what it leads to stands, when that is not in the claims.
    pub(crate) fn places(&self, corpus: &Corpus, block: BlockId) -> Vec<Span> {
        if let NativeField::Quoted(fact) = self { fact.places(corpus, block) } else { Vec::new() }
    }

    /// Whether it never leads to more than one value.
    pub(crate) fn finds_one(&self) -> bool {
        matches!(
            self,
            NativeField::Quoted(QuotationFact::Match | QuotationFact::Places | QuotationFact::Difference)
                | NativeField::ListLength
        )
    }

    /// Whether it tells what the words of blocks say.
    pub(crate) fn reads_words(&self) -> bool {
        match self {
            NativeField::Words(..)
            | NativeField::Articles
            | NativeField::ArticlesOwn
            | NativeField::ArticlesTold
            | NativeField::ArticlesHolding
            | NativeField::Numbers
            | NativeField::ArticlesRead
            | NativeField::NumbersRead
            | NativeField::ListLength
            | NativeField::Names => true,
            NativeField::LooksLike
            | NativeField::QuotedItems
            | NativeField::Alternatives
            | NativeField::Quoted(_)
            | NativeField::UnreadLanguage => false,
        }
    }

    /// Whether it reads the words of quotations of which the document, as far as it was read, does not have one: then nothing is
    /// read out of any that the same claim has, whichever of them is asked first.
    pub(crate) fn is_misled(&self, corpus: &Corpus, block: BlockId) -> bool {
        let claim = match self {
            NativeField::QuotedItems | NativeField::Alternatives => Some(block),
            NativeField::Quoted(QuotationFact::Within(_)) => corpus.block(block).outer(),
            _ if self.reads_words() => corpus.quotation(block).and_then(|_| corpus.block(block).outer()),
            _ => None,
        };
        claim.is_some_and(|claim| corpus.quotations(claim).any(|quotation| corpus.is_misquoted(quotation)))
    }

    /// What it leads to from a block.
    pub(crate) fn of(&self, corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
        let said = || corpus.features(block).iter();
        match self {
            NativeField::LooksLike => corpus.near_duplicates(block).iter().copied().map(ScalarValue::Block).collect(),
            NativeField::Words(class, first) => {
                let wanted = corpus.class(class);
                let hears = |feature: &LexicalFeature| match feature {
                    LexicalFeature::Word { class, words, opens } if Some(*class) == wanted && (*opens || !first) => {
                        Some(ScalarValue::Text(words.clone()))
                    }
                    _ => None,
                };
                said().filter_map(hears).collect()
            }
            NativeField::Articles
            | NativeField::ArticlesOwn
            | NativeField::ArticlesTold
            | NativeField::ArticlesHolding
            | NativeField::Numbers
            | NativeField::ArticlesRead
            | NativeField::NumbersRead
            | NativeField::ListLength => {
                said().filter_map(|feature| self.reads_feature(feature)).map(ScalarValue::Text).collect()
            }
            NativeField::Names => said()
                .filter_map(|feature| if let LexicalFeature::Name(named) = feature { Some(*named) } else { None })
                .map(ScalarValue::Block)
                .collect(),
            NativeField::QuotedItems => items(corpus, block, |_, _| true),
            NativeField::Alternatives => {
                let joins = corpus.schema.words.of_class(ALTERNATIVE);
                let before = |words: &[Word], at: usize| at.checked_sub(1).map(|before| words[before].folded.clone());
                items(corpus, block, |words, at| before(words, at).is_some_and(|word| joins.contains(&word)))
            }
            NativeField::Quoted(fact) => fact.of(corpus, block),
            NativeField::UnreadLanguage => {
                let language = corpus.texts(block, LANGUAGE).find(|language| !corpus.schema.words.knows(language));
                // The first by name, so that it stays the same one wherever the sources move.
                let own = corpus.identity(block);
                let is_first = |language: &&str| {
                    let sources = corpus.of_kind(corpus.block(block).kind()).iter();
                    let mut same = sources.filter(|other| corpus.texts(**other, LANGUAGE).any(|it| it == *language));
                    same.all(|other| corpus.identity(*other) >= own)
                };
                language.filter(is_first).map(|language| ScalarValue::Text(language.to_owned())).into_iter().collect()
            }
        }
    }
}

impl NativeField {
    /// What is a text for a provider among what is said in a block.
    fn reads_feature(&self, feature: &LexicalFeature) -> Option<String> {
        match (self, feature) {
            (NativeField::Articles, LexicalFeature::Article(number))
            | (NativeField::ArticlesOwn, LexicalFeature::OwnArticle(number))
            | (NativeField::ArticlesTold, LexicalFeature::ToldArticle(number))
            | (NativeField::ArticlesHolding, LexicalFeature::HoldingArticle(number))
            | (NativeField::Numbers, LexicalFeature::Number(number))
            | (NativeField::ArticlesRead, LexicalFeature::ReadArticle(number))
            | (NativeField::NumbersRead, LexicalFeature::ReadNumber(number)) => Some(number.clone()),
            (NativeField::ListLength, LexicalFeature::List(length)) => Some(length.to_string()),
            _ => None,
        }
    }
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
