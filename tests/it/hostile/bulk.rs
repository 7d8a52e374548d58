//! Files in which everything comes in numbers: each ends, in time, with exactly as many findings as there are mistakes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{check, soon};
use crate::support::open;

const MANY: usize = 100_000;

/// How long a circle is; its one finding still costs the square of that.
const ROUND: usize = if cfg!(debug_assertions) { 2_500 } else { 10_000 };

const MILLION: usize = 1_000_000;

/// The codes of the findings, each with how many there are.
type Counts = BTreeMap<String, usize>;

fn counts(text: &str) -> Counts {
    let checked = check(text);
    let mut counts = Counts::new();
    for finding in open(&checked) {
        *counts.entry(finding.diagnostic.code.to_string()).or_default() += 1;
    }
    counts
}

fn lines(many: usize, line: impl Fn(usize) -> String) -> String {
    (0..many).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

fn list(many: usize, item: impl Fn(usize) -> String) -> String {
    (0..many).map(item).collect::<Vec<_>>().join(", ")
}

fn assert_counts(what: &str, text: &str, expected: &[(&str, usize)]) {
    let counts = soon(what, || counts(text));
    let expected: Counts = expected.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect();
    assert_eq!(counts, expected, "{what}");
}

#[test]
fn a_million_opening_braces_are_two_mistakes() {
    assert_counts("braces", &"{".repeat(MILLION), &[("CL0020", 1), ("CL0034", 1)]);
}

#[test]
fn a_million_nested_blocks_end_at_the_limit() {
    assert_counts("unknown kinds", &"a {".repeat(MILLION), &[("CL0004", 32), ("CL0034", 1)]);
    assert_counts("closing braces", &"}".repeat(MILLION), &[("CL0023", 1)]);
}

#[test]
fn every_mistake_is_reported_however_many_there_are() {
    assert_counts("stray signs", &lines(MANY, |_| "%".to_owned()), &[("CL0020", MANY)]);
    assert_counts("texts without end", &lines(MANY, |_| "fact \"x\n".to_owned()), &[("CL0022", MANY)]);
    assert_counts("unknown kinds", &lines(MANY, |number| format!("fuct a{number}")), &[("CL0004", MANY)]);
}

#[test]
fn one_id_is_one_mistake_however_often_it_stands() {
    assert_counts("one id", &lines(MANY, |_| "fact a { inferred: yes }".to_owned()), &[("CL0002", 1)]);
}

#[test]
fn references_to_nothing_are_reported_each() {
    let each = lines(MANY, |number| format!("fact f{number} {{ inferred: yes  because: g{number} }}"));
    assert_counts("a reference in each block", &each, &[("CL0001", MANY)]);
    let all = format!("fact f {{ inferred: yes  because: {} }}", list(MANY, |number| format!("g{number}")));
    assert_counts("all references on one line", &all, &[("CL0001", MANY)]);
}

#[test]
fn a_block_may_have_any_number_of_fields() {
    let same = format!("fact f {{ inferred: yes\n{}}}", lines(MANY, |_| "note: \"x\"".to_owned()));
    assert_counts("one field", &same, &[("CL0007", MANY - 1)]);
    let other = format!("fact f {{ inferred: yes\n{}}}", lines(MANY, |number| format!("n{number}: \"x\"")));
    assert_counts("unknown fields", &other, &[("CL0003", MANY)]);
}

#[test]
fn a_long_chain_is_no_circle() {
    let because = lines(MANY, |number| format!("fact f{number} {{ inferred: yes  because: f{} }}", number + 1));
    assert_counts("reasons", &format!("{because}fact f{MANY} {{ inferred: yes }}"), &[]);
    let within = lines(MANY, |number| {
        format!("scope s{number} {{ inferred: yes  dimension: territorial  within: s{} }}", number + 1)
    });
    let ends = format!("scope s{MANY} {{ dimension: territorial }}\nfact f {{ inferred: yes  scope: s0 }}");
    assert_counts("scopes", &format!("{within}{ends}"), &[]);
}

#[test]
fn a_long_circle_is_one_mistake() {
    let many = ROUND;
    let because =
        lines(many, |number| format!("fact f{number} {{ inferred: yes  because: f{} }}", (number + 1) % many));
    assert_counts("reasons", &because, &[("CL0501", 1)]);
    let within = lines(many, |number| {
        format!("scope s{number} {{ inferred: yes  dimension: territorial  within: s{} }}", (number + 1) % many)
    });
    assert_counts("scopes", &within, &[("CL0011", 1)]);
}

#[test]
fn an_article_may_be_cited_any_number_of_times() {
    let text = "actor japan { is: state }\ninstrument t { parties: japan\narticle 6 { scope: world } }\nscope world { dimension: territorial }\n";
    let claims = lines(MANY / 10, |number| {
        format!("provision p{number} {{ inferred: yes  cites: t/6  scope: world  about: japan }}")
    });
    assert_counts("provisions", &format!("{text}{claims}"), &[]);
}
