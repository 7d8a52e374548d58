//! The engine that asks all rows at once says what the one that asks row by row says: random rules of random projects.

mod claims;
mod rules;
mod shipped;

use recte::condition::{
    Budget, ColumnStore, Definitions, ExpressionSource, JudgedExpressions, Judgement, Params, Query, QueryResult,
    Vocabulary, compile,
};
use recte::model::{Corpus, resolve};
use recte::project::ProjectContext;
use recte::schema::{self, Schema};
use recte::syntax::parse;
use recte::text::{Sources, Span};

use crate::support::Random;
use rules::Words;

const SCHEMA: &str = include_str!("schema.toml");

/// How many rules are evaluated on each project.
const RULES: usize = 50;

/// What a run of the oracle saw.
#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    with_findings: usize,
    judged: u64,
    given_up: usize,
    differences: Vec<String>,
}

#[test]
fn all_rows_at_once_are_the_rows_one_by_one() {
    let tally = run(20, 0xA5A5_1234_9E37_79B9);
    assert!(tally.pairs > 900, "{tally:?}");
}

#[test]
#[ignore = "long"]
fn all_rows_at_once_are_the_rows_one_by_one_in_a_hundred_thousand_pairs() {
    let tally = run(2_100, 0x0DDB_1A5E_5BAD_5EED);
    println!(
        "{} pairs, {} with findings, {} rows judged, {} given up",
        tally.pairs, tally.with_findings, tally.judged, tally.given_up
    );
    assert!(tally.pairs >= 100_000, "{tally:?}");
}

#[test]
fn shipped_rules_find_the_same_at_once_and_one_by_one() {
    let (pairs, with_findings) = run_shipped(20, 0x1234_5678_9ABC_DEF1);
    assert!(with_findings * 100 >= pairs * 15, "{with_findings} of {pairs}");
}

#[test]
#[ignore = "long"]
fn shipped_rules_find_the_same_in_thousands_of_projects() {
    let (pairs, with_findings) = run_shipped(1_000, 0x0FED_CBA9_8765_4321);
    println!("{pairs} pairs, {with_findings} with findings");
    assert!(pairs >= 100_000, "{pairs}");
}

/// Asks all shipped rules, those that are off as well, of random projects: how many pairs there were, and how many with
/// findings.
fn run_shipped(projects: usize, seed: u64) -> (usize, usize) {
    let context = ProjectContext::builtin();
    let mut random = Random(seed);
    let (mut pairs, mut with_findings) = (0, 0);
    for _ in 0..projects {
        let lines = shipped::project(&context.schema, &mut random);
        let mut sources = context.sources.clone();
        let file = sources.add("test.claims", lines.join("\n") + "\n");
        let corpus = resolve(&[parse(file, &sources).file], &sources, context.schema.clone()).corpus;
        let columns = ColumnStore::new(&corpus);
        for (code, query) in context.rules.iter().flat_map(|rule| rule.queries().map(|query| (&rule.meta.code, query)))
        {
            pairs += 1;
            let expected = one_by_one(query, &corpus);
            with_findings += usize::from(expected.as_ref().is_some_and(|found| !found.rows.is_empty()));
            assert!(agrees(query, &columns, &corpus), "{code}\n{}\n{expected:#?}", lines.join("\n"));
        }
    }
    (pairs, with_findings)
}

fn run(projects: usize, seed: u64) -> Tally {
    let schema = schema();
    let mut random = Random(seed);
    let mut tally = Tally::default();
    for _ in 0..projects {
        let lines = claims::project(&mut random);
        let corpus = corpus(&lines, &schema);
        let columns = ColumnStore::new(&corpus);
        let mut evaluated = 0;
        while evaluated < RULES {
            let words = rules::rule(&mut random);
            let Some(query) = query(&words, &schema) else { continue };
            evaluated += 1;
            tally.add(&query, &corpus);
            if !agrees(&query, &columns, &corpus) && tally.differences.len() < 3 {
                tally.differences.push(smallest(words, lines.clone(), &schema));
            }
        }
    }
    assert!(tally.differences.is_empty(), "{}", tally.differences.join("\n\n"));
    assert!(tally.with_findings * 100 >= tally.pairs * 30, "{tally:?}");
    tally
}

impl Tally {
    fn add(&mut self, query: &Query, corpus: &Corpus) {
        self.pairs += 1;
        match one_by_one(query, corpus) {
            Some(found) => {
                self.with_findings += usize::from(!found.rows.is_empty());
                self.judged += found.judged;
            }
            None => self.given_up += 1,
        }
    }
}

fn one_by_one(query: &Query, corpus: &Corpus) -> Option<QueryResult> {
    query.rows_one_by_one(corpus, &mut Budget::of(2_000_000)).ok()
}

/// Whether both say the same: the rows, their witnesses, and how many were judged.
fn agrees(query: &Query, columns: &ColumnStore<'_>, corpus: &Corpus) -> bool {
    let Some(expected) = one_by_one(query, corpus) else { return true };
    query.rows_with(columns, &mut Budget::of(200_000_000)).is_ok_and(|found| found == expected)
}

/// The smallest rule and project, among those that have one part less each time, of which the two say different things.
fn smallest(mut words: Words, mut lines: Vec<String>, schema: &Schema) -> String {
    let differs = |words: &Words, lines: &[String]| {
        let corpus = corpus(lines, schema);
        query(words, schema).is_some_and(|query| !agrees(&query, &ColumnStore::new(&corpus), &corpus))
    };
    loop {
        let fewer = (0..lines.len()).map(|at| [&lines[..at], &lines[at + 1..]].concat());
        if let Some(found) = fewer.into_iter().find(|fewer| differs(&words, fewer)) {
            lines = found;
        } else if let Some(found) = words.smaller().into_iter().find(|smaller| differs(smaller, &lines)) {
            words = found;
        } else {
            break;
        }
    }
    let corpus = corpus(&lines, schema);
    let query = query(&words, schema).unwrap();
    let all = query.rows(&corpus, &mut Budget::default());
    let expected = one_by_one(&query, &corpus);
    format!("{words:#?}\n{}\none by one: {expected:#?}\nall at once: {all:#?}", lines.join("\n"))
}

fn schema() -> Schema {
    let mut sources = Sources::new();
    let file = sources.add("schema.toml", SCHEMA);
    let (schema, problems) = schema::load(&[file], &sources);
    assert!(problems.is_empty(), "{problems:?}");
    let wrong = recte::condition::check_virtual(&schema);
    assert!(wrong.is_empty(), "{wrong:?}");
    schema
}

fn corpus(lines: &[String], schema: &Schema) -> Corpus {
    let mut sources = Sources::new();
    let file = sources.add("test.claims", lines.join("\n") + "\n");
    resolve(&[parse(file, &sources).file], &sources, schema.clone()).corpus
}

/// The rule, if it can be run.
fn query(words: &Words, schema: &Schema) -> Option<Query> {
    let text = |parts: &[String], word: &str| parts.join(word);
    let (bindings, when, judgement) =
        (text(&words.bindings, ", "), text(&words.when, " and "), text(&words.judgement, " and "));
    let file = Sources::new().add("rules.toml", [&*bindings, &when, &judgement].join(" "));
    let mut at = 0;
    let mut written = |text: &str| {
        let start = at;
        at += text.len() as u32 + 1;
        Span::new(file, start, start + text.len() as u32)
    };
    let spans = [written(&bindings), written(&when), written(&judgement)];
    let judged = ExpressionSource { text: &judgement, at: spans[2], exact: true };
    let parts = JudgedExpressions {
        bindings: ExpressionSource { text: &bindings, at: spans[0], exact: true },
        when: (!when.is_empty()).then_some(ExpressionSource { text: &when, at: spans[1], exact: true }),
        judgement: if words.requires { Judgement::Require(judged) } else { Judgement::Forbid(judged) },
        cross: true,
    };
    let (params, definitions) = (Params::new(), Definitions::default());
    compile(&parts, Vocabulary { schema, params: &params, definitions: &definitions }).0
}
