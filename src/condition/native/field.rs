//! A field that the program fills: a fact of the table, with the class of words that the schema asks for.

use std::hash::{Hash, Hasher};

use super::fact::{FactArgument, FactFinder, FactSource, FactValues, NativeFact, QuotationInDocument};
use super::table::FACTS;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldSchema, FieldType, Schema};
use crate::text::Span;

/// What the program can find out about a block, as a schema asks for it.
#[derive(Clone, Debug)]
pub(crate) struct NativeField {
    fact: &'static NativeFact,
    /// The class of words; empty where the fact takes none.
    class: String,
    /// Whether a schema takes the figures that it finds as numbers, and not as texts.
    is_number: bool,
}

/// Up to here every whole number has a value of its own; what is greater is not compared.
const GREATEST: f64 = 9_007_199_254_740_992.0;

impl PartialEq for NativeField {
    fn eq(&self, other: &NativeField) -> bool {
        (self.fact.name, &self.class, self.is_number) == (other.fact.name, &other.class, other.is_number)
    }
}

impl Eq for NativeField {}

impl Hash for NativeField {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.fact.name, &self.class, self.is_number).hash(state);
    }
}

impl NativeField {
    /// The field that a schema asks for by this name; a class of words must be one of the tables.
    pub(crate) fn named(name: &str, schema: &Schema) -> Option<NativeField> {
        FACTS.iter().find_map(|fact| {
            let rest = name.strip_prefix(fact.name)?;
            match fact.takes {
                FactArgument::Nothing => {
                    rest.is_empty().then(|| NativeField { fact, class: String::new(), is_number: false })
                }
                FactArgument::WordClass => {
                    let class = schema.words.present_name(rest.strip_prefix(' ')?.trim());
                    schema.words.has(class).then(|| NativeField { fact, class: class.to_owned(), is_number: false })
                }
            }
        })
    }

    /// The class of words, by the name that it has now; empty where the fact takes none.
    pub(crate) fn class(&self) -> &str {
        &self.class
    }

    /// What fills a field of a schema, as the type of the field takes it; nothing if no fact has the name.
    pub(crate) fn of_field(field: &FieldSchema, schema: &Schema) -> Option<NativeField> {
        let named = NativeField::named(&field.native.as_ref()?.text, schema)?;
        Some(NativeField { is_number: named.finds_numbers() && field.holds == FieldType::Number, ..named })
    }

    /// The same fact with its figures as numbers, if it finds any.
    pub(crate) fn numeric(&self) -> Option<NativeField> {
        self.finds_numbers().then(|| NativeField { is_number: true, ..self.clone() })
    }

    /// Whether what it finds are figures, which a schema may take as numbers.
    pub(crate) fn finds_numbers(&self) -> bool {
        matches!(self.fact.gives, FactValues::Number | FactValues::Numbers)
    }

    /// Whether a schema takes what it finds as numbers.
    pub(crate) fn is_number(&self) -> bool {
        self.is_number
    }

    /// The names of all facts, with the classes of words.
    pub(crate) fn names(schema: &Schema) -> Vec<String> {
        let classes = schema.words.classes();
        let all = FACTS.iter().flat_map(|fact| match fact.takes {
            FactArgument::WordClass => classes.iter().map(|class| format!("{} {class}", fact.name)).collect(),
            FactArgument::Nothing => vec![fact.name.to_owned()],
        });
        all.collect()
    }

    /// Whether it leads to blocks, and not to texts.
    pub(crate) fn leads_to_blocks(&self) -> bool {
        self.fact.gives == FactValues::Blocks
    }

    /// Whether it never leads to more than one value.
    pub(crate) fn finds_one(&self) -> bool {
        matches!(self.fact.gives, FactValues::Text | FactValues::Number)
    }

    /// Whether it tells what the words of blocks say.
    pub(crate) fn reads_words(&self) -> bool {
        self.fact.reads == FactSource::Words
    }

    /// Whether an edit can change it: names and kinds of blocks stay.
    pub(crate) fn can_change(&self) -> bool {
        self.fact.reads != FactSource::Names
    }

    /// Whether it reads numbers of other blocks than the one that it is asked of.
    pub(crate) fn reads_numbering(&self) -> bool {
        self.fact.reads == FactSource::Numbering
    }

    /// Where what it leads to stands, when that is not in the claims.
    pub(crate) fn places(&self, corpus: &Corpus, block: BlockId) -> Vec<Span> {
        let places = self.fact.places.zip(QuotationInDocument::of(corpus, block));
        places.map(|(places, quotation)| places(&quotation)).unwrap_or_default()
    }

    /// Whether it reads the words of quotations of which the document, as far as it was read, does not have one: then nothing is
    /// read out of any that the same claim has, whichever of them is asked first.
    pub(crate) fn is_misled(&self, corpus: &Corpus, block: BlockId) -> bool {
        let claim = match self.fact.reads {
            FactSource::Quotations => Some(block),
            FactSource::QuotedWords => corpus.block(block).outer(),
            FactSource::Words => corpus.quotation(block).and_then(|_| corpus.block(block).outer()),
            FactSource::Names | FactSource::Language | FactSource::Numbering | FactSource::Document => None,
        };
        claim.is_some_and(|claim| corpus.quotations(claim).any(|quotation| corpus.is_misquoted(quotation)))
    }

    /// What it leads to from a block.
    pub(crate) fn of(&self, corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
        let found = self.find(corpus, block);
        if self.is_number { found.into_iter().filter_map(number).collect() } else { found }
    }

    fn find(&self, corpus: &Corpus, block: BlockId) -> Vec<ScalarValue> {
        match self.fact.finds {
            FactFinder::InClaims(find) => find(corpus, block, &self.class),
            FactFinder::InDocument(find) => {
                let found = QuotationInDocument::of(corpus, block).map(|quotation| find(&quotation, &self.class));
                found.unwrap_or_default().into_iter().map(ScalarValue::Text).collect()
            }
        }
    }
}

/// The number of a text in figures, where it has a value of its own.
fn number(found: ScalarValue) -> Option<ScalarValue> {
    let ScalarValue::Text(figures) = found else { return None };
    figures.parse().ok().filter(|number| *number <= GREATEST).map(ScalarValue::Number)
}
