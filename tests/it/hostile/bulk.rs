//! Files in which everything comes in numbers: each ends, in time, with exactly as many findings as there are mistakes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{check, soon};
use crate::support::open;

const MANY: usize = 100_000;

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
fn a_line_may_hold_a_whole_file() {
    let on_one_line = |many, item: &str| format!("actor a {{ {} }}", item.repeat(many));
    assert_counts("values that go on", &on_one_line(MANY, "x: b (c) "), &[("CL0003", 1), ("CL0020", 1), ("CL0901", 1)]);
    assert_counts(
        "semicolons",
        &on_one_line(MANY, "note: \"b\"; "),
        &[("CL0007", MANY - 1), ("CL0020", 1), ("CL0901", 1)],
    );
    assert_counts("unknown kinds", &"fuct a \"b\" ".repeat(MANY), &[("CL0004", MANY)]);
    assert_counts("bare words", &"fuct a ".repeat(MANY), &[("CL0004", 1), ("CL0020", MANY - 1)]);
}

#[test]
fn a_provision_may_have_any_number_of_points() {
    assert_counts("points of a name", &format!("scope a5{} {{ }}", "(1)".repeat(MANY)), &[("CL0020", 1)]);
}

#[test]
fn a_name_may_be_that_of_many() {
    let actors =
        lines(2_000, |number| format!("actor a{number} \"A {number}\" {{ is: state  also: \"the Parties\" }}"));
    let facts = lines(1_000, |number| {
        format!("fact f{number} \"The Parties met {number} times\" {{ inferred: yes  about: a0 }}")
    });
    let counts = soon("names of many", || counts(&(actors + &facts)));
    assert_eq!(counts.get("CL0035"), None);
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

/// Claims by the numbers of those that each rests on, or scopes by those of what each lies within.
fn claims(leads: &[Vec<usize>]) -> String {
    lines(leads.len(), |from| {
        let to = list(leads[from].len(), |nth| format!("f{}", leads[from][nth]));
        format!("fact f{from} {{ inferred: yes  because: {to} }}")
    })
}

fn scopes(leads: &[Vec<usize>]) -> String {
    lines(leads.len(), |from| {
        let to = list(leads[from].len(), |nth| format!("s{}", leads[from][nth]));
        format!("scope s{from} {{ inferred: yes  dimension: territorial  within: {to} }}")
    })
}

fn ring(many: usize) -> Vec<Vec<usize>> {
    (0..many).map(|number| vec![(number + 1) % many]).collect()
}

#[test]
fn a_long_circle_is_one_mistake() {
    assert_counts("reasons", &claims(&ring(MANY)), &[("CL0501", 1)]);
    assert_counts("scopes", &scopes(&ring(MANY)), &[("CL0011", 1)]);
}

#[test]
fn circles_that_share_a_claim_are_told_each() {
    let mut leads = ring(MANY / 10);
    let first = leads.len();
    leads[0].push(first);
    leads.extend((1..MANY / 10).map(|number| vec![if number + 1 < MANY / 10 { first + number } else { 0 }]));
    assert_counts("reasons", &claims(&leads), &[("CL0501", 2)]);
}

#[test]
fn circles_that_cross_are_told_as_far_as_the_steps_go_and_the_rest_is_counted() {
    // Each walk goes once around, so that a few hundred take all steps that there are for them.
    let mut leads = ring(1_000);
    leads[0].extend(1_000..2_000);
    leads.extend((1_000..2_000).map(|_| vec![1]));
    for (text, code) in [(claims(&leads), "CL0501"), (scopes(&leads), "CL0011")] {
        let checked = soon("crossing circles", || check(&text));
        let found = open(&checked);
        let helps = found.iter().filter(|finding| finding.diagnostic.code.as_str() == code);
        let helps: Vec<&str> = helps.map(|finding| finding.diagnostic.help.as_deref().unwrap()).collect();
        let left_out = |help: &&str| {
            let (_, rest) = help.split_once("; ")?;
            rest.strip_suffix(
                " more claims are on cycles that cross this one and are not shown: check again after correcting it",
            )?
            .parse::<usize>()
            .ok()
        };
        let counts: Vec<usize> = helps.iter().filter_map(left_out).collect();
        assert!(counts.len() == 1 && helps.len() + counts[0] == 1_001, "{code}: {} circles, {counts:?}", helps.len());
    }
}

#[test]
fn where_all_rest_on_all_a_circle_is_told_of_each() {
    let all = |many: usize| -> Vec<Vec<usize>> {
        (0..many).map(|from| (0..many).filter(|to| *to != from).collect()).collect()
    };
    assert_counts("reasons", &claims(&all(300)), &[("CL0501", 299)]);
    assert_counts("scopes", &scopes(&all(60)), &[("CL0011", 59)]);
}

#[test]
fn a_circle_twice_as_long_takes_twice_the_steps() {
    let steps = |many: usize| {
        let checked = check(&claims(&ring(many)));
        let effort = checked.effort.iter().find(|effort| effort.code.as_str() == "CL0501");
        effort.unwrap().steps
    };
    let (one, two) = (steps(1_000), steps(2_000));
    assert!(two <= one * 21 / 10, "{one} and {two} steps");
}

#[test]
fn an_article_may_be_cited_any_number_of_times() {
    let text = "actor japan { is: state }\ninstrument t { parties: japan\narticle 6 { scope: world } }\nscope world { dimension: territorial }\n";
    let claims = lines(MANY / 10, |number| {
        format!("provision p{number} {{ inferred: yes  cites: t/6  scope: world  about: japan }}")
    });
    assert_counts("provisions", &format!("{text}{claims}"), &[]);
}

#[test]
fn a_name_may_have_any_length() {
    let text = format!("action {} \"a\" {{ }}\naction bcd \"b\" {{ }}\n", "abcdefghij".repeat(MANY / 10));
    assert_counts("a long name", &text, &[("CL0901", 2)]);
}
