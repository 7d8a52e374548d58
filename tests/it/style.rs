//! The program and its pages keep to the vocabulary of `docs/style.md`: what they say is read, not how it is written down.

mod prose;
mod sheet;
mod spoken;

use crate::support::repository;
use sheet::Sheet;
use spoken::Text;

/// The longest that the sentences of a page may be on average, in words.
const AVERAGE: f64 = 22.0;

/// Texts that do not keep to the sheet yet, by the beginning of their name. The list only ever gets shorter.
const NOT_YET: [&str; 0] = [];

#[test]
fn no_term_is_used_that_the_style_sheet_replaces() {
    let sheet = Sheet::read();
    let texts = spoken::all();
    let faults: Vec<String> = texts.iter().flat_map(|text| sheet.faults(text)).collect();
    let (later, now): (Vec<String>, Vec<String>) = faults.into_iter().partition(|fault| is_not_yet(fault));
    println!("{} in texts that are exempt for now", later.len());
    if std::env::var_os("RECTE_STYLE").is_some() {
        println!("{}", later.join("\n"));
    }
    assert!(now.is_empty(), "{} faults:\n{}", now.len(), now.join("\n"));
    let (pages, words) = (texts.len(), texts.iter().map(|text| text.lines.len()).sum::<usize>());
    assert!(pages > 400 && words > 5_000, "{pages} texts, {words} lines");
}

#[test]
fn the_sentences_of_every_page_are_short_on_average() {
    let pages: Vec<Text> = spoken::pages();
    assert!(pages.len() >= 17, "{} pages", pages.len());
    let average = |page: &Text| {
        let lengths = prose::sentence_lengths(&page.whole);
        lengths.iter().sum::<usize>() as f64 / lengths.len().max(1) as f64
    };
    let long = |page: &&Text| average(page) >= AVERAGE && !is_not_yet(&page.name);
    let long: Vec<String> = pages.iter().filter(long).map(|it| format!("{}: {:.1}", it.name, average(it))).collect();
    assert!(long.is_empty(), "words in a sentence, on average:\n{}", long.join("\n"));
}

/// A term of the sheet has one meaning, and none of them is a term that another row replaces.
#[test]
fn the_style_sheet_keeps_to_itself() {
    let sheet = Sheet::read();
    assert!(sheet.terms.len() >= 25, "{} terms", sheet.terms.len());
    for (at, term) in sheet.terms.iter().enumerate() {
        assert!(!sheet.terms[..at].contains(term), "`{term}` is explained twice");
        let text = Text::new("docs/style.md", term);
        assert_eq!(sheet.faults(&text), Vec::<String>::new());
    }
}

/// What the test finds, it finds: the faults and what is like them but none.
#[test]
fn faults_are_found_and_their_likes_are_not() {
    let sheet = Sheet::read();
    let found = |said: &str| sheet.faults(&Text::new("a page", said)).len();
    for fault in [
        "mends what it finds",
        "It ends\nwith exit 3.",
        "`japan` is no party of it",
        "checked 1 documents",
        "1 open findings",
        "21 findings and 1 warnings",
        "“may” for “shall”",
        "We look at it.",
        "the **heaviest** first",
        "0 error",
        "12 document were read",
    ] {
        assert!(found(fault) > 0, "{fault}");
    }
    for right in [
        "fixes what it finds, exit code 3",
        "“the house” and \"we shall pay\" are quoted, `exits` is code",
        "checked 1 document, 21 documents, 0 findings",
        "1 of 3 sentences; version 1 documents this",
        "the U.S. and the US government",
        "recommend, emergency",
        "12 │ obligation we { bearer: us }",
        "within 1 process",
    ] {
        assert_eq!(sheet.faults(&Text::new("a page", right)), Vec::<String>::new(), "{right}");
    }
}

fn is_not_yet(name: &str) -> bool {
    NOT_YET.iter().any(|text| name.starts_with(text))
}

/// The text of a file of this repository.
fn file(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}
