//! The documents are true: generated parts are current, and every example does what it is shown for.
//!
//! `RECTE_RENEW=1 cargo test --test it documents` writes the generated parts instead of comparing them.

mod console;
mod fences;
mod keys;
mod kinds;
mod picture;
mod rules;

use std::collections::BTreeSet;
use std::fs;

use crate::support::{Folder, files_beneath, open, repository};
use console::played;
use fences::{Fence, fences};

/// The page that is generated as a whole. Its examples are those of the rules, which have tests of their own.
const RULES_PAGE: &str = "docs/rules.md";

/// The environment variable that asks for writing instead of comparing.
const RENEW: &str = "RECTE_RENEW";

#[test]
fn generated_parts_are_current() {
    let mut stale = Vec::new();
    for page in pages().into_iter().chain([RULES_PAGE, picture::PATH].map(str::to_owned)) {
        let written = fs::read_to_string(repository().join(&page)).unwrap_or_default();
        let current = match page.as_str() {
            RULES_PAGE => rules::page(),
            picture::PATH => picture::drawn(),
            _ => played(&keys::filled_in(&kinds::filled_in(&written))),
        };
        if current == written {
            continue;
        }
        if std::env::var_os(RENEW).is_some() {
            fs::write(repository().join(&page), current).unwrap();
        } else {
            stale.push(format!("{page} is stale from line {}", first_difference(&written, &current)));
        }
    }
    assert!(stale.is_empty(), "{}\nrenew: {RENEW}=1 cargo test --test it documents", stale.join("\n"));
}

/// A picture cannot be compared, but the page that it shows can.
#[test]
fn the_picture_of_the_coverage_page_shows_todays_page() {
    let recorded = fs::read_to_string(repository().join("docs/pictures/coverage.sha256")).unwrap();
    let today = picture::hash_of_coverage_page();
    assert_eq!(recorded.trim(), today, "renew: python3 docs/pictures/make.py target/release/recte");
}

/// A `claims` block is a project: clean, or with the findings whose codes follow the word `claims`.
/// The word `part` puts the first block of the page before it.
#[test]
fn every_example_checks_as_it_is_marked() {
    let mut wrong = Vec::new();
    let mut examples = 0;
    for page in pages() {
        let fences = fences(&fs::read_to_string(repository().join(&page)).unwrap());
        for example in fences.iter().filter(|fence| fence.word() == "claims") {
            examples += 1;
            let found = codes(example, &fences);
            let marked: BTreeSet<String> = example.codes().map(str::to_owned).collect();
            if found != marked {
                wrong.push(format!("{page}:{}: marked {marked:?}, found {found:?}", example.line));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(examples >= 10, "{examples} examples");
}

/// The codes that a block's project is found to break.
fn codes(example: &Fence, fences: &[Fence]) -> BTreeSet<String> {
    let folder = Folder::new();
    example.save(fences, &folder);
    let checked = folder.check();
    open(&checked).iter().map(|finding| finding.diagnostic.code.to_string()).collect()
}

/// Every page for users and contributors that is written by hand.
fn pages() -> Vec<String> {
    let docs = files_beneath(&repository().join("docs")).into_iter().map(|(name, _)| format!("docs/{name}"));
    let pages = docs.filter(|page| page.ends_with(".md") && page != RULES_PAGE);
    pages.chain(["README.md", "CONTRIBUTING.md"].map(str::to_owned)).collect()
}

fn first_difference(one: &str, other: &str) -> usize {
    1 + one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count()
}
