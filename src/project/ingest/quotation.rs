//! Whether the words that a claim quotes stand in their document, and if not, what stands there.

use super::reason::{Pointer, Reason};
use crate::evidence::{QuotationVerdict, UnusableQuotation};
use crate::model::{BlockId, CitedDocument, Corpus, QuotationMatch};
use crate::text::{one_line, quoted_words};

/// Fewer words than this are found by chance, and show nothing.
pub(super) const LEAST_WORDS: usize = 3;

/// How many places of words that stand at several are named.
const PLACES: usize = 5;

/// Why a quotation does not carry its claim; nothing if it does.
pub(super) fn fault(corpus: &Corpus, quotation: BlockId, at: &Pointer) -> Option<Reason> {
    let words = corpus.quotation(quotation).unwrap_or_default();
    let read = corpus.reading(quotation).and_then(|reading| Some((reading, corpus.documents().get(reading.cited)?)));
    let Some((reading, cited)) = read else {
        let message = format!("the document was not read, so “{words}” could not be verified");
        return Some(Reason::new(at, message).help("`recte check` says why".to_owned()));
    };
    match &reading.standing {
        QuotationVerdict::Found(found) if found.places.len() > 1 => Some(ambiguous((words, reading), cited, at)),
        QuotationVerdict::Found(_) => too_short(words, at),
        QuotationVerdict::Absent => Some(absent((words, reading), cited, at)),
        QuotationVerdict::Unusable(UnusableQuotation::NoWords) => {
            Some(Reason::new(at, format!("the quotation contains no words: “{words}”")))
        }
        QuotationVerdict::Unusable(UnusableQuotation::Unclosed) => {
            let help = "close it; a bracket of the document is written `\\[`, which is `\\\\[` in JSON".to_owned();
            Some(Reason::new(at, format!("a bracket is not closed: “{words}”")).help(help))
        }
        QuotationVerdict::GivenUp => {
            let message = format!("“{words}” may appear at too many places of {} to compare them all", cited.name);
            Some(Reason::new(at, message).help("quote more of the sentence".to_owned()))
        }
    }
}

fn too_short(words: &str, at: &Pointer) -> Option<Reason> {
    if quoted_words(words).len() >= LEAST_WORDS {
        return None;
    }
    let message = format!("the quotation is too short: “{words}”");
    Some(Reason::new(at, message).help(format!("quote {LEAST_WORDS} words or more")))
}

fn ambiguous((words, reading): (&str, &QuotationMatch), cited: &CitedDocument, at: &Pointer) -> Reason {
    let all = reading.passages();
    let lines: Vec<String> = all.iter().take(PLACES).map(|bytes| place(cited, bytes)).collect();
    let more = if all.len() > PLACES { " and elsewhere" } else { "" };
    let message = format!("the quotation is ambiguous: “{words}” appears at {}{more}", lines.join(", "));
    Reason::new(at, message).help("quote more of the intended sentence".to_owned())
}

fn absent((words, reading): (&str, &QuotationMatch), cited: &CitedDocument, at: &Pointer) -> Reason {
    let Some(near) = &reading.near else {
        let message = format!("the quotation is absent: {} contains nothing similar to “{words}”", cited.name);
        return Reason::new(at, message).help("quote the words of the document".to_owned());
    };
    let message = format!("the quotation is altered: “{words}” does not appear in {}: {}", cited.name, near.told());
    let passage = one_line(&cited.document.prose.text[near.bytes.clone()]);
    Reason::new(at, message).help(format!("{} says “{passage}”", place(cited, &near.bytes)))
}

/// `text.txt:12`
fn place(cited: &CitedDocument, bytes: &std::ops::Range<usize>) -> String {
    format!("{}:{}", cited.name, cited.line(cited.place(bytes)))
}
