//! The table of all facts that the program finds. To add one, add a row: the rest of the program asks the table.

use super::fact::{FactArgument, FactFinder, FactSource, FactValues, NativeFact, QuotationInDocument};
use super::{claims, quotations};
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus, LOOKS_LIKE, LexicalFeature};

use FactArgument::{Nothing, WordClass};
use FactSource::{Document, Language, Names, Numbering, Quotations, QuotedWords, Words};
use FactValues::{Blocks, Number, Numbers, Text, Texts};

/// The texts of one sort that the words of a block say.
macro_rules! said {
    ($feature:ident) => {
        |corpus, block, _| {
            claims::said(corpus, block, |said| {
                if let LexicalFeature::$feature(text) = said { Some(text.to_string()) } else { None }
            })
        }
    };
}

/// Every fact, in the order in which they are listed.
pub(super) static FACTS: &[NativeFact] = &[
    // The blocks of the same kind whose names differ by a letter, or by hyphens only.
    in_claims(LOOKS_LIKE, (Nothing, Blocks, Names), |corpus, block, _| claims::near_duplicates(corpus, block)),
    // The words of a class in a quotation or a title, and those that open it.
    in_claims("words", (WordClass, Texts, Words), |corpus, block, class| claims::words(corpus, block, class, |_| true)),
    in_claims("opening", (WordClass, Texts, Words), |corpus, block, class| {
        claims::words(corpus, block, class, |opens| opens)
    }),
    // The numbers of the provisions that it names.
    in_claims("articles", (Nothing, Texts, Words), said!(Article)),
    // The number of the provision whose own text it is.
    in_claims("articles-own", (Nothing, Texts, Words), said!(OwnArticle)),
    // The numbers of the provisions of which it tells what they say, or on which it founds something.
    in_claims("articles-told", (Nothing, Texts, Words), said!(ToldArticle)),
    // The numbers of these, and of what holds them, in each way of writing them.
    in_claims("articles-holding", (Nothing, Texts, Words), said!(HoldingArticle)),
    // The other numbers in it.
    in_claims("numbers", (Nothing, Numbers, Words), said!(Number)),
    // The numbers of the provisions that it names, in figures, also where they are written in Roman letters.
    in_claims("articles-read", (Nothing, Texts, Words), said!(ReadArticle)),
    // The other numbers in it, in figures, also where they are written as words.
    in_claims("numbers-read", (Nothing, Numbers, Words), said!(ReadNumber)),
    // How many things it lists, where that is certain.
    in_claims("list-length", (Nothing, Number, Words), said!(List)),
    // The blocks whose names stand in it.
    in_claims("names", (Nothing, Blocks, Words), |corpus, block, _| claims::names(corpus, block)),
    // The items of a statement that stand in one of its quotations, and those there after a word for alternatives.
    in_claims("quoted-items", (Nothing, Texts, Quotations), |corpus, block, _| claims::quoted_items(corpus, block)),
    in_claims("alternatives", (Nothing, Texts, Quotations), |corpus, block, _| claims::alternatives(corpus, block)),
    // How a quotation stands in its document, in a word; where; and at how many places.
    in_document("match", (Nothing, Text), |it, _| quotations::verdict(it)),
    NativeFact {
        places: Some(quotations::passages),
        ..in_document("found-at", (Nothing, Texts), |it, _| quotations::found_at(it))
    },
    in_document("places", (Nothing, Number), |it, _| quotations::places(it)),
    // The words of a class in it, up to where it runs on into another paragraph when its sentence has ended.
    in_claims("within", (WordClass, Texts, QuotedWords), quotations::words_within),
    // The sentences in which it stands, or the passage most like it.
    in_document("passage", (Nothing, Texts), |it, _| quotations::sentences(it)),
    // Each difference between it and the passage most like it; and all of them in a clause.
    in_document("differences", (Nothing, Texts), |it, _| quotations::differences(it)),
    in_document("difference", (Nothing, Text), |it, _| quotations::difference(it)),
    // What it has at each difference, and what the passage has; each there where it says so.
    NativeFact {
        places: Some(quotations::said_places),
        ..in_document("differs", (Nothing, Texts), |it, _| quotations::differs(it))
    },
    NativeFact {
        places: Some(quotations::document_places),
        ..in_document("differs-there", (Nothing, Texts), |it, _| quotations::differs_there(it))
    },
    // The heading in which it stands.
    in_document("heading", (Nothing, Texts), |it, _| quotations::heading(it)),
    // The provision in which it stands, by its number within those around it; and with these.
    in_document("provision", (Nothing, Texts), |it, _| quotations::provisions(it)),
    in_document("provisions-around", (Nothing, Texts), |it, _| quotations::provisions_around(it)),
    // The titles of the units in which it stands, from the innermost; and the words that lead in the list of which it is an item.
    in_document("titles", (Nothing, Texts), |it, _| quotations::titles(it)),
    in_document("lead-in", (Nothing, Texts), |it, _| quotations::lead_ins(it)),
    // The provision that a block is, by its number and what it is part of; and with those around it.
    in_claims("numbered", (Nothing, Texts, Numbering), |corpus, block, _| claims::provisions(corpus, block)),
    in_claims("numbered-around", (Nothing, Texts, Numbering), |corpus, block, _| {
        claims::provisions_around(corpus, block)
    }),
    // The words of a class that stand just before or after it, in what it leaves out, and in what its quoter put in.
    in_document("beside", (WordClass, Texts), quotations::words_beside),
    in_document("left-out", (WordClass, Texts), quotations::words_left_out),
    in_document("put-in", (WordClass, Texts), quotations::words_put_in),
    // The language of a source, if there is no table of its words; of several sources, at the first by name.
    in_claims("unread-language", (Nothing, Texts, Language), |corpus, block, _| claims::unread_language(corpus, block)),
];

const fn in_claims(
    name: &'static str,
    (takes, gives, reads): (FactArgument, FactValues, FactSource),
    finds: fn(&Corpus, BlockId, &str) -> Vec<ScalarValue>,
) -> NativeFact {
    NativeFact { name, takes, gives, reads, finds: FactFinder::InClaims(finds), places: None }
}

const fn in_document(
    name: &'static str,
    (takes, gives): (FactArgument, FactValues),
    finds: fn(&QuotationInDocument<'_>, &str) -> Vec<String>,
) -> NativeFact {
    NativeFact { name, takes, gives, reads: Document, finds: FactFinder::InDocument(finds), places: None }
}
