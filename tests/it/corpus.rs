//! The founding document, encoded claim by claim, checks clean; and so does a policy of another domain.

use std::collections::BTreeSet;

use crate::support::{Folder, exit, open, recte, rendered, repository, stdout, today};
use recte::model::Value;
use recte::project;

#[test]
fn the_founding_corpus_is_clean() {
    let checked = project::check(&repository().join("claims/us-japan"), &[], today()).unwrap();
    assert_eq!(rendered(&checked), "");
    assert!(checked.files.len() >= 8, "{} files", checked.files.len());
    assert!(checked.claims >= 80, "{} claims", checked.claims);
}

#[test]
fn the_policy_on_data_is_clean_by_its_own_rules_too() {
    let checked = project::check(&repository().join("claims/reader-data"), &[], today()).unwrap();
    assert_eq!(rendered(&checked), "");
    assert!(checked.claims >= 55, "{} claims", checked.claims);
    let tested = recte(
        &repository().join("claims/reader-data"),
        &["rules", "test", "DATA0001", "DATA0002", "DATA0003", "--strict"],
    );
    assert_eq!(exit(&tested), 0, "{}", stdout(&tested));
}

#[test]
fn every_claim_of_the_document_is_encoded() {
    let checked = project::check(&repository().join("claims/us-japan"), &[], today()).unwrap();
    let corpus = &checked.corpus;
    let tags: BTreeSet<String> = corpus
        .block_ids()
        .flat_map(|block| corpus.block(block).fields())
        .filter(|field| corpus.schema.field(field.field).name == "tags")
        .flat_map(|field| field.values)
        .filter_map(|held| match &held.value {
            Value::Term(tag) => Some((*tag).to_owned()),
            _ => None,
        })
        .collect();
    let missing: Vec<String> =
        (1..=95).map(|number| format!("C{number:02}")).filter(|tag| !tags.contains(tag)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_quotation_stands_in_its_document() {
    assert!(quotations_found("claims/us-japan", "significance.txt") >= 100);
    assert!(quotations_found("claims/reader-data", "policy.txt") >= 55);
}

/// How many quotations a corpus has, all of which stand in its document.
fn quotations_found(folder: &str, document: &str) -> usize {
    let folder = repository().join(folder);
    let checked = project::check(&folder, &[], today()).unwrap();
    let document = plain(&std::fs::read_to_string(folder.join(document)).unwrap());
    let corpus = &checked.corpus;
    let quote = corpus.schema.kind_named("quote").unwrap();
    let words = corpus.schema.field_of(quote, "words").unwrap();
    for quote in corpus.of_kind(quote) {
        let Some(held) = corpus.values(*quote, words).first() else { panic!("a quotation has words") };
        let Value::Text(text) = &held.value else { panic!("words are a text") };
        let mut from = 0;
        for part in text.split("[...]").map(plain) {
            let part = part.trim();
            let at = document[from..]
                .find(part)
                .unwrap_or_else(|| panic!("`{part}` of `{text}` does not stand in the document"));
            from += at + part.len();
        }
    }
    corpus.of_kind(quote).len()
}

#[test]
fn claims_do_not_depend_on_how_files_are_named_or_ordered() {
    let folder = Folder::copy_of("claims/us-japan");
    std::fs::rename(folder.path().join("1-japan.claims"), folder.path().join("zz.claims")).unwrap();
    assert_eq!(open(&folder.check()).len(), 0);
}

/// One kind of apostrophe, one kind of white space.
fn plain(text: &str) -> String {
    text.replace('\u{2019}', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}
