//! The condition language: what it accepts, what it says of mistakes, and which rows it finds.

use recte::condition::{
    Budget, Definitions, ExpressionSource, JudgedExpressions, Judgement, OutOfBudget, Param, Params, Query, Row,
    ScalarValue, Vocabulary, chain, compile,
};
use recte::diagnostic::Diagnostic;
use recte::model::{Corpus, resolve};
use recte::schema::{self, BUILTIN_SCHEMA, Schema};
use recte::syntax::parse;
use recte::text::{SourceId, Sources, Span};

/// A small project that most tests ask about.
const PROJECT: &str = r#"
scope world {}
scope asia { within: world }
scope japan { within: asia }
scope europe { within: world  disjoint: asia }
actor us
actor jp
action defend
action attack
instrument treaty {
  in-force: 1960-06-23..
  article art5 { scope: japan }
  article art6 { scope: asia }
}
obligation o1 { bearer: us  action: defend  scope: europe  cites: treaty/art5 }
obligation o2 { bearer: us, jp  action: defend  scope: japan  cites: treaty/art5, treaty/art6  because: o1 }
prohibition p1 { bearer: jp  action: attack  status: reviewed  because: o2 }
fact f1 "one" { because: f2 }
fact f2 { because: f3  date: 1961 }
fact f3 { because: f1  date: 1959-12-31 }
"#;

fn schema() -> Schema {
    let mut sources = Sources::new();
    let builtin: Vec<_> = BUILTIN_SCHEMA.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let (schema, problems) = schema::load(&builtin, &sources);
    assert!(problems.is_empty(), "{problems:?}");
    schema
}

fn corpus(text: &str) -> Corpus {
    let mut sources = Sources::new();
    let id = sources.add("test.claims", text);
    let parsed = parse(id, &sources);
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    resolve(&[parsed.file], &sources, schema()).corpus
}

/// The text of a rule file: keys with expressions in single quotation marks, on any lines.
struct Rule {
    sources: Sources,
    source: SourceId,
}

impl Rule {
    fn new(text: &str) -> Rule {
        let mut sources = Sources::new();
        let source = sources.add("rules/test.toml", text);
        Rule { sources, source }
    }

    /// What stands in quotation marks after `key =`.
    fn written(&self, key: &str) -> Option<ExpressionSource<'_>> {
        let text = self.sources.get(self.source).text();
        let start = text.find(&format!("{key} = '"))? + key.len() + 4;
        let end = start + text[start..].find('\'').expect("the quotation mark is closed");
        let at = Span::new(self.source, start as u32, end as u32);
        Some(ExpressionSource { text: &text[start..end], at, exact: true })
    }

    fn compile(&self) -> (Option<Query>, Vec<Diagnostic>) {
        let require = self.written("require").map(Judgement::Require);
        let judgement = require.or(self.written("forbid").map(Judgement::Forbid)).expect("one of the two");
        let parts = JudgedExpressions {
            bindings: self.written("for").expect("a rule has it"),
            when: self.written("when"),
            judgement,
            cross: false,
        };
        let (params, definitions) = (Params::from([("max".to_owned(), Param::Integer(1))]), Definitions::default());
        compile(&parts, Vocabulary { schema: &schema(), params: &params, definitions: &definitions })
    }

    fn query(&self) -> Query {
        let (query, problems) = self.compile();
        query.unwrap_or_else(|| panic!("{}", self.render(&problems)))
    }

    /// Problems as `code @ "underlined words": message [label] / help`, each on its lines.
    fn render(&self, problems: &[Diagnostic]) -> String {
        let shown = |problem: &Diagnostic| {
            let mut text = format!("{}: {}\n", problem.code, problem.message);
            for label in std::iter::once(&problem.primary).chain(&problem.labels) {
                text += &format!("  {}: {}\n", self.sources.slice(label.span), label.text);
            }
            problem.help.iter().for_each(|help| text += &format!("  help: {help}\n"));
            text
        };
        problems.iter().map(shown).collect()
    }
}

/// The problems of a rule.
fn problems(rule: &str) -> String {
    let rule = Rule::new(rule);
    let (query, problems) = rule.compile();
    assert!(query.is_some() || !problems.is_empty());
    rule.render(&problems)
}

/// The offending rows of a rule: the names of the elements, binder by binder, witnesses last.
fn rows_in(corpus: &Corpus, rule: &str) -> Result<Vec<String>, OutOfBudget> {
    let query = Rule::new(rule).query();
    let show = |row: &Row| {
        let cells = query.binders().iter().map(|binder| {
            let names: Vec<String> = row.element(&binder.name).iter().map(|element| name(corpus, element)).collect();
            names.join("+")
        });
        cells.collect::<Vec<_>>().join(" ")
    };
    Ok(query.rows(corpus, &mut Budget::of(1_000_000))?.rows.iter().map(show).collect())
}

fn rows(rule: &str) -> Vec<String> {
    rows_in(&corpus(PROJECT), rule).expect("a small project")
}

fn name(corpus: &Corpus, element: &ScalarValue) -> String {
    match element {
        ScalarValue::Block(block) => corpus.name(*block).to_owned(),
        ScalarValue::Text(text) => text.clone(),
        ScalarValue::Number(number) => number.to_string(),
        ScalarValue::Days(days) => days.to_string(),
        ScalarValue::Flag(flag) => flag.to_string(),
    }
}

#[test]
fn words_bind_in_the_order_of_the_grammar() {
    // `and` before `or`, `or` before `implies`, `not` tightest: each row is one that only this order finds.
    assert_eq!(rows("for = 'obligation o' forbid = 'o.id = \"o1\" or o.id = \"o2\" and o.id = \"o1\"'"), ["o1"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'not o.id = \"o1\" and o.id = \"o2\"'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' require = 'o.id = \"o1\" or o.id = \"o2\" implies o.id = \"o1\"'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'o.id in \"o1\" | \"o2\" minus \"o1\"'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'o.id in \"o1\" | \"o2\" & \"o1\"'"), ["o1"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'not not (o.id = \"o1\")'"), ["o1"]);
}

#[test]
fn fields_may_be_called_like_words_of_the_language() {
    assert_eq!(rows("for = 'article a' forbid = 'some a.of and a.id = \"treaty/art5\"'"), ["treaty/art5"]);
}

#[test]
fn closures_reach_as_far_as_the_chain() {
    assert_eq!(rows("for = 'statement s' forbid = 's in s.because+'"), ["f1", "f2", "f3"]);
    assert_eq!(rows("for = 'scope s, w in s.within*' when = 's.id = \"japan\"' forbid = 'some w'").len(), 3);
    assert_eq!(rows("for = 'scope s, w in s.within?' when = 's.id = \"japan\"' forbid = 'some w'").len(), 2);
    assert_eq!(rows("for = 'scope s' forbid = 'count(s.contains+) = 3'"), ["world"]);
    assert_eq!(rows("for = 'scope s' forbid = 'count(s.~within) = 2'"), ["world"]);
    assert_eq!(rows("for = 'scope s' forbid = 'count(s.(within|disjoint)) = 2'"), ["asia", "europe"]);
}

#[test]
fn quantifiers_count_and_show_their_witnesses() {
    assert_eq!(
        rows("for = 'obligation o' forbid = 'some a in o.cites[is article] where a.scope overlaps o.scope'"),
        ["o2 treaty/art5"]
    );
    assert_eq!(rows("for = 'obligation o' require = 'all b in o.bearer: b.id = \"us\"'"), ["o2 jp"]);
    assert_eq!(rows("for = 'obligation o' require = 'no b in o.bearer where b.id != \"jp\"'"), ["o1 us", "o2 us"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'one o.bearer'"), ["o1"]);
    assert_eq!(rows("for = 'obligation o' require = 'lone b in o.bearer'"), ["o2 us+jp"]);
    assert_eq!(rows("for = 'obligation o' require = 'count(o.bearer) <= $max'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'some { b in o.bearer where b.id = \"jp\" }'"), ["o2"]);
}

#[test]
fn verdicts_are_proved_refuted_or_unknown() {
    let outside = "for = 'obligation o, a in o.cites[is article], x in o.scope' when = 'some a.scope'
        forbid = '(some y in a.scope where refuted x within y) and (no y in a.scope where proved x within y or unknown x within y)'";
    assert_eq!(rows(outside), ["o1 treaty/art5 europe japan"]);
    assert_eq!(rows("for = 'scope x, scope y' forbid = 'x before y and proved x overlaps y'").len(), 4);
}

#[test]
fn dates_and_sets_compare() {
    assert_eq!(rows("for = 'fact f' when = 'some f.date' forbid = 'f.date before 1960-06-23'"), ["f3"]);
    assert_eq!(
        rows("for = 'fact f, instrument i' when = 'f.date overlaps i.in-force' forbid = 'some f'"),
        ["f2 treaty"]
    );
    assert_eq!(rows("for = 'obligation o' forbid = 'o.cites[is article].scope same as o.scope'"), Vec::<String>::new());
    assert_eq!(rows("for = 'obligation o' forbid = 'o.scope subset of o.cites[is article].scope'"), ["o2"]);
    assert_eq!(rows("for = 'norm n' forbid = 'n.kind = \"prohibition\"'"), ["p1"]);
    assert_eq!(rows("for = 'fact f' when = 'some f.title' forbid = 'f.title = \"one\"'"), ["f1"]);
}

#[test]
fn numbers_are_reckoned_with() {
    assert_eq!(rows("for = 'obligation o' forbid = 'count(o.bearer) + count(o.cites) = 4'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = '2 + 3 * count(o.bearer) = 8'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = '(2 + 3) * count(o.bearer) = 10'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = '10 - 3 - 2 = 5 and o.id = \"o1\"'"), ["o1"]);
    assert_eq!(rows("for = 'obligation o' forbid = '100 * count(o.cites[is article]) >= 150 + 50'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = '((count(o.cites) / 2) else 0) = 1'"), ["o2"]);
    assert_eq!(rows("for = 'obligation o' forbid = 'some (1 / (count(o.cites) - 1))'"), ["o2"]);
}

#[test]
fn dates_are_reckoned_with() {
    let later = "for = 'fact f' when = 'some f.date' forbid = 'f.date + 1 = 1960-01-01'";
    assert_eq!(rows(later), ["f3"]);
    assert_eq!(rows("for = 'fact f' when = 'some f.date' forbid = 'f.date - 1959-12-31 = 367'"), ["f2"]);
    assert_eq!(
        rows("for = 'instrument i' when = 'some start(i.in-force)' forbid = 'start(i.in-force) = 1960-06-23'"),
        ["treaty"]
    );
    assert_eq!(rows("for = 'instrument i' when = 'some i.in-force' forbid = 'no end(i.in-force)'"), ["treaty"]);
    assert_eq!(rows("for = 'fact f' forbid = '(f.date else 2000-01-01) = 2000-01-01'"), ["f1"]);
    assert_eq!(
        rows(
            "for = 'fact f' when = 'some f.because[is fact].date' forbid = 'min(f.because[is fact].date) before 1960-01-01'"
        ),
        ["f2"]
    );
}

#[test]
fn texts_are_looked_into() {
    assert_eq!(rows("for = 'fact f' forbid = 'f.id matches /^f[12]$/'"), ["f1", "f2"]);
    assert_eq!(rows("for = 'fact f' forbid = 'f.id starts with \"f\" and f.id ends with \"3\"'"), ["f3"]);
    assert_eq!(rows("for = 'statement s' forbid = 's.id contains \"1\" and len(s.id) = 2'"), ["o1", "p1", "f1"]);
    assert_eq!(rows("for = 'fact f' when = 'some f.title' forbid = 'lower(f.title) = f.title'"), ["f1"]);
    assert_eq!(rows("for = 'fact f' forbid = '\"one\" in words(f.title)'"), ["f1"]);
    assert_eq!(rows("for = 'fact f' forbid = 'f.file = \"test.claims\"'").len(), 3);
}

#[test]
fn linked_binders_are_joined_by_an_index() {
    let mut text = String::new();
    for number in 0..2_000 {
        text += &format!("fact f{number} {{ connective: c{} }}\n", number / 2);
    }
    let corpus = corpus(&text);
    let rule = "for = 'fact x, fact y' when = 'x before y and x.connective overlaps y.connective' forbid = 'some x'";
    assert_eq!(rows_in(&corpus, rule).unwrap().len(), 1_000);
    let unindexed = "for = 'fact x, fact y' forbid = 'x.connective same as y.connective'";
    assert_eq!(rows_in(&corpus, unindexed), Err(OutOfBudget));
}

#[test]
fn a_row_that_reads_a_broken_value_is_silent() {
    let text = "fact a { because: nowhere }\nfact b\n";
    assert_eq!(rows_in(&corpus(text), "for = 'fact f' require = 'some f.because'").unwrap(), ["b"]);
}

#[test]
fn a_chain_names_each_step_and_the_value_that_makes_it() {
    let corpus = corpus(PROJECT);
    let start = corpus.named("f1").unwrap();
    let along = corpus.schema.field_of(corpus.block(start).kind(), "because").unwrap();
    let steps = chain(&corpus, start, &[along], start).steps;
    let names: Vec<&str> = steps.iter().map(|(block, _)| corpus.name(*block)).collect();
    assert_eq!(names, ["f1", "f2", "f3"]);
    assert_eq!(steps[0].1.len(), "f2".len());
    assert!(chain(&corpus, corpus.named("o1").unwrap(), &[along], start).steps.is_empty());
}

#[test]
fn templates_and_places_see_binders_and_witnesses() {
    let corpus = corpus(PROJECT);
    let rule = Rule::new(
        "for = 'obligation o' require = 'all b in o.bearer: b.id = \"us\"'
         path = 'b.id' field = 'o.bearer' value = 'o.bearer[b]' wrong = 'o.nowhere[c]' absent = 'o.toward'",
    );
    let query = rule.query();
    let found = query.rows(&corpus, &mut Budget::default()).unwrap().rows;
    let (schema, params, definitions) = (schema(), Params::new(), Definitions::default());
    let words = Vocabulary { schema: &schema, params: &params, definitions: &definitions };
    let (path, advice) = query.path(&rule.written("path").unwrap(), words).unwrap();
    assert_eq!(advice, []);
    assert_eq!(path.eval(&corpus, &found[0]), [ScalarValue::Text("jp".to_owned())]);
    let lengths = |key: &str| -> Vec<usize> {
        let (place, _) = query.place(&rule.written(key).unwrap(), words).unwrap();
        place.spans(&corpus, &found[0]).iter().map(|(span, _)| span.len()).collect()
    };
    assert_eq!(lengths("field"), ["us, jp".len()]);
    assert_eq!(lengths("value"), ["jp".len()]);
    assert_eq!(lengths("absent"), ["o2".len()]);
    assert!(query.place(&rule.written("wrong").unwrap(), words).is_err());
}

#[test]
fn every_problem_says_what_is_wrong_and_what_to_do() {
    let samples = [
        "for = 'fact f' forbid = 'some f.because and = f.date or f.date ='",
        "for = 'fact f, g,  scope' forbid = 'some f'",
        "for = 'fact f' forbid = 'f.date = 2023-02-30'",
        "for = 'obligatoin o' forbid = 'some o'",
        "for = 'purpose p' forbid = 'p.narows* overlaps p.narrows'",
        "for = 'statement s' when = 'some s.cites' forbid = 'some s.cites.purposes'",
        "for = 'statement s' forbid = 's.cites and s.id'",
        "for = 'fact f' forbid = '(some f.date) = f.date'",
        "for = 'fact f' forbid = 'f = f.id'",
        "for = 'fact f' forbid = 'f.id < \"x\"'",
        "for = 'fact f' forbid = 'f.id.scope = \"x\"'",
        "for = 'fact f, g in f.because' forbid = 'proved f within g'",
        "for = 'article a' forbid = 'a.id = a.scope.id'",
        "for = 'fact f, x in f.scope' forbid = 'f.scope in x.contains*'",
        "for = 'fact f' forbid = 'f.date before 1960-01-01'",
        "for = 'fact f' when = 'some f.status' forbid = 'f.status = \"reveiwed\"'",
        "for = 'fact f' forbid = 'some f.scope+'",
        "for = 'fact f' forbid = 'f.scope overlaps f.because'",
        "for = 'fact f' forbid = 'some f.because[is scope]'",
        "for = 'fact x, fact y' when = 'x before y' forbid = 'x.id != y.id'",
        "for = 'fact f' forbid = 'some g.because or count(f.because) > $most'",
        "for = 'fact f' forbid = 'some f in f.because where f.id = \"x\"'",
        "for = 'fact f' forbid = 'count(f.because) -1 > 2'",
        "for = 'fact f' forbid = 'f.id else 3 = \"x\"'",
        "for = 'fact f' forbid = 'f.id contains 3'",
        "for = 'fact f' forbid = 'f.id + 1 = \"x\"'",
        "for = 'fact f' forbid = 'words(f.because) overlaps \"x\" or f.id = /x/'",
        "for = 'fact f' forbid = 'max(f.because.date) before 1960-01-01'",
    ];
    let said: Vec<String> = samples.iter().map(|sample| format!("{sample}\n{}", problems(sample))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn guards_make_an_optional_value_one() {
    for accepted in [
        "for = 'fact f' when = 'some f.date' forbid = 'f.date before 1960-01-01'",
        "for = 'fact f' forbid = 'some f.date and f.date before 1960-01-01'",
        "for = 'fact f' require = 'some f.date implies f.date before 1960-01-01'",
        "for = 'fact f' require = 'no f.date or f.date before 1960-01-01'",
        "for = 'fact f' forbid = 'some g in f.because[is fact] where some g.date and g.date before 1960-01-01'",
        "for = 'fact f' require = 'all g in f.because where some g.date: g.date before 1960-01-01'",
        "for = 'article a' when = 'some a.of.status' forbid = 'a.of.status = \"draft\"'",
    ] {
        assert_eq!(problems(accepted), "", "{accepted}");
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = format!("for = 'fact f' forbid = '{}some f{}'", "(".repeat(70_000), ")".repeat(70_000));
    assert!(problems(&deep).starts_with("RL001: the condition is nested more than 64 levels deep"));
    let long = |more: usize| {
        problems(&format!("for = 'fact f' forbid = 'some f.scope{}'", " or not not some f.because".repeat(more)))
    };
    assert_eq!(long(2_800), "");
    assert!(long(2_900).starts_with("RL001: the condition has more than 20000 words and signs"));
    let filters = format!("for = 'fact f' forbid = 'some f.because{}'", "[is fact]".repeat(24_000));
    assert!(problems(&filters).starts_with("RL001: the condition has more than 20000 words and signs"));
}

/// More blocks than one thread starts from at a time.
#[test]
fn many_blocks_are_judged_in_shares_as_they_are_one_by_one() {
    let mut text = String::new();
    for number in 0..40_000 {
        let odd = if number % 97 == 5 { ", f3" } else { "" };
        text += &format!("fact f{number} {{ because: f{}{odd}  date: {} }}\n", (number + 1) / 2, 1900 + number % 50);
    }
    let corpus = corpus(&text);
    for rule in [
        "for = 'fact s' forbid = '\"f3\" in s.because.id'",
        "for = 'fact s' when = 'some s.date' forbid = 'some b in s.because where some b.date and b.date overlaps s.date'",
        "for = 'fact s, t in s.because' when = 'some s.date and some t.date' forbid = 't.date overlaps s.date'",
        "for = 'fact s, t in s.because' when = 's in s.because+' forbid = 't.id = \"f1\"'",
    ] {
        let query = Rule::new(rule).query();
        let (mut together, mut apart) = (Budget::default(), Budget::default());
        let found = query.rows(&corpus, &mut together).unwrap();
        assert_eq!(found, query.rows_one_by_one(&corpus, &mut apart).unwrap(), "{rule}");
        assert!(!found.rows.is_empty(), "{rule}");
        let mut too_small = Budget::of((Budget::default().left() - together.left()) / 2);
        assert!(query.rows(&corpus, &mut too_small).is_err(), "{rule}");
        assert!(query.overrun(&too_small).is_some(), "{rule}");
    }
}

#[test]
fn a_chain_through_all_blocks_costs_no_more_than_its_length() {
    let mut text = String::from("fact f0\n");
    for number in 1..5_000 {
        text += &format!("fact f{number} {{ because: f{} }}\n", number - 1);
    }
    let circular = "for = 'statement s' forbid = 's in s.because+'";
    assert_eq!(rows_in(&corpus(&text), circular).unwrap(), Vec::<String>::new());
    text += "fact a { because: b, f9 }\nfact b { because: a }\nfact c { because: a }\nfact d { because: d }\n";
    assert_eq!(rows_in(&corpus(&text), circular).unwrap(), ["a", "b", "d"]);
    let into = "for = 'fact s' forbid = 's.id = \"c\" and \"f3\" in s.because+.id'";
    assert_eq!(rows_in(&corpus(&text), into).unwrap(), ["c"]);
    let between = "for = 'fact s, fact t' when = 's.id = \"c\" and t.id = \"f3\"' forbid = 't in s.because+'";
    assert_eq!(rows_in(&corpus(&text), between).unwrap(), ["c f3"]);
}
