//! Conditions in English: what every rule of ours reads like, and that no two conditions that differ read alike.

use std::collections::{BTreeSet, HashMap};

use recte::condition::{
    Definitions, ExpressionSource, JudgedExpressions, Judgement, Param, Params, Verbalization, Vocabulary,
    WrittenDefinition, compile,
};
use recte::project::ProjectContext;
use recte::schema::{self, BUILTIN_SCHEMA, Schema};
use recte::text::{SourceId, Sources, Span};

use crate::support::Random;

/// Kinds with a field of each type.
const KINDS: &str = r#"
[kind.gauge]
doc = "Something that is measured."
extends = "block"
[kind.gauge.fields]
size   = { type = "number", card = "1", doc = "A number." }
sizes  = { type = "number", card = "0..*", doc = "Numbers." }
limit  = { type = "number", doc = "A number, if any." }
day    = { type = "date", card = "1", doc = "A date." }
days   = { type = "date", card = "0..*", doc = "Dates." }
name   = { type = "text", card = "1", doc = "A text." }
names  = { type = "text", card = "0..*", doc = "Texts." }
exact  = { type = "flag", card = "1", doc = "A flag." }
next   = { to = "gauge", inverse = "previous", doc = "Others." }
like   = { to = ["gauge", "scope"], inverse = "liked-by", doc = "Others." }
"#;

/// Binders, a bar, what must be the case before `=>`, and a condition, which is required unless it begins with `forbid`.
const CONDITIONS: &[&str] = &[
    // What there is.
    "gauge g | some g.next",
    "gauge g | no g.next",
    "gauge g | one g.next",
    "gauge g | lone g.next",
    "gauge g | not some g.next",
    "gauge g | not no g.next",
    "gauge g | some g.next.next",
    "gauge g | no g.next.next",
    "gauge g | one g.like[is scope]",
    "gauge g | lone g.next+",
    "any g | some g[is gauge].next",
    "gauge g | some h in g.next",
    "gauge g | no h in g.next where h.size > g.size",
    "gauge g | one h in g.like[is gauge] where h.size > g.size and h.name = g.name",
    "gauge g | lone h in g.next where some i in h.next where i = g",
    "gauge g | not (some h in g.next where h.size > 1)",
    "gauge g | not (one h in g.next where h.size > 1)",
    "gauge g | some { h in g.next where h.size > 1 }",
    "gauge g | all h in g.next: h.size > 1",
    "gauge g | all h in g.next where some h.limit: h.limit > 1",
    "gauge g | all h in g.next where some h.limit and h.exact = true: h.limit > 1 or h.name = g.name",
    "gauge g | all h in g.next: some i in h.next where all j in i.next: j.size > g.size",
    // How formulas are joined.
    "gauge g | g.size > 1 and g.size < 9",
    "gauge g | g.size > 9 or g.size < 1",
    "gauge g | g.size > 9 or g.size < 1 or g.exact = true",
    "gauge g | (g.size > 9 or g.size < 1) and g.exact = true",
    "gauge g | g.size > 9 or g.size < 1 and g.exact = true",
    "gauge g | not (g.size > 9 or g.size < 1)",
    "gauge g | not (g.size > 9 and g.size < 1)",
    "gauge g | not (g.size > 9) or g.size < 1",
    "gauge g | g.size > 9 implies g.exact = true",
    "gauge g | g.size > 9 implies g.exact = true implies g.size < 99",
    "gauge g | (g.size > 9 implies g.exact = true) implies g.size < 99",
    "gauge g | g.size > 9 and g.size < 99 implies g.exact = true or g.name = \"x\"",
    "gauge g | not (g.size > 9 implies g.exact = true)",
    "gauge g | (g.size = 1 or g.size = 2) and (g.exact = true or g.size > 1 and (g.name = \"x\" or g.name = \"y\"))",
    "gauge g | forbid g.size > 9",
    "gauge g | forbid g.size > 9 and g.size < 99 and g.exact = true",
    "gauge g | forbid g.size > 9 or g.size < 1",
    "gauge g | forbid not (g.size > 9 or g.size < 1)",
    "gauge g | (some h in g.next where h.size > 1) or g.size > 1",
    "gauge g | some h in g.next where h.size > 1 or g.size > 1",
    // When a rule speaks at all.
    "gauge g | g.size > 1 => g.size < 9",
    "gauge g | g.size > 1 or g.exact = true => forbid g.size < 9",
    "gauge g | g.size > 1 and g.size < 99 and (g.exact = true or g.name = \"x\") => g.size < 9",
    "gauge g | g.size > 1 implies g.exact = true => g.size < 9",
    "gauge g | g.size > 1 or g.size < 0 implies g.exact = true or some g.next and g.size = 0 => g.size < 9",
    "gauge g | some h in g.next where h.size > 1 and h.exact = true and h.name = \"x\" => g.size < 9",
    // Every operator, and its contrary.
    "gauge g, gauge h | g.size = h.size",
    "gauge g, gauge h | not (g.size = h.size)",
    "gauge g, gauge h | g.size != h.size",
    "gauge g, gauge h | not (g.size != h.size)",
    "gauge g, gauge h | g = h",
    "gauge g, gauge h | g != h",
    "gauge g | g.name = \"x\"",
    "gauge g | not (g.name = \"x\")",
    "gauge g | g.name != \"x\"",
    "gauge g, gauge h | g.size < h.size and g.size <= h.size and g.size > h.size and g.size >= h.size",
    "gauge g | not (g.size < 1) and not (g.size <= 1) and not (g.size > 1) and not (g.size >= 1)",
    "gauge g | g.day < 2000-01-01 and g.day <= 2000-01-02 and g.day > 2000-01-03 and g.day >= 2000-01-04",
    "gauge g | not (g.day < 2000-01-01) and not (g.day <= 2000-01-02)",
    "gauge g, gauge h | g in h.next and g not in h.like",
    "gauge g, gauge h | not (g in h.next) and not (g not in h.like)",
    "gauge g, gauge h | g before h and g.day before h.day and not (g before h)",
    "gauge g, gauge h | g.day covers h.day and not (g.day covers h.day)",
    "gauge g, gauge h | g.next overlaps h.next and not (g.next overlaps h.next)",
    "gauge g, gauge h | g.like[is scope] overlaps h.like and not (g.like[is scope] overlaps h.like)",
    "gauge g, gauge h | g.next subset of h.next and not (g.next subset of h.next)",
    "gauge g, gauge h | g.next same as h.next and g.next same as h.previous and not (g.next same as h.next)",
    "gauge g | g.name matches /^[a-z]+$/ and not (g.name matches /x/)",
    "gauge g | g.name starts with \"x\" and g.name ends with \"y\" and g.name contains \"z\"",
    "gauge g | not (g.name starts with \"x\") and not (g.name ends with \"y\") and not (g.name contains \"z\")",
    // Verdicts.
    "scope x, scope y | proved x within y",
    "scope x, scope y | refuted x within y",
    "scope x, scope y | unknown x within y",
    "scope x, scope y | not proved x overlaps y",
    "scope x, scope y | refuted x overlaps y or unknown x overlaps y",
    "scope x, scope y | proved x overlaps y or refuted x overlaps y",
    "scope x, scope y | proved x overlaps y or unknown x overlaps y or refuted x overlaps y",
    "scope x, scope y | not (proved x overlaps y or unknown x overlaps y)",
    "scope x, scope y | proved x overlaps y or unknown y overlaps x",
    // Paths.
    "gauge g, gauge h | h in g.next* and h in g.next+ and h in g.next?",
    "gauge g, gauge h | h in g.next*.like and h in g.next.next* and h in g.next*.next*",
    "gauge g, gauge h | h in g.~next and h in g.~next+ and h in g.~next* and h in g.previous",
    "gauge g, gauge h | h in g.(next | previous) and h in g.(next | ~like)+ and h in g.(next | previous)*",
    "gauge g, scope x | x in g.like[is scope] and x in g.like[is scope].within* and x in g.like[is gauge | scope]",
    // Sets.
    "gauge g, h in g.next.next | some h.next",
    "gauge g, gauge h | h in (g.next | g.previous | g.like) and h in (g.next* | g.previous*)",
    "gauge g, gauge h | h in (g.next minus g.previous) and h in (g.next & g.previous)",
    "gauge g, gauge h | h in (g.next | g.previous minus g.like) and h in (g.next | (g.previous minus g.like))",
    "gauge g, gauge h | h in (g.next | g.previous).next and h in (g.next minus g.previous).next",
    "gauge g | count({ h in g.next where h.size > 1 }) > count({ h in g.previous where h.size > 2 or h.exact = true })",
    "gauge g | count({ h in g.next where count({ i in h.next where i.size > 1 }) > 2 }) > 3",
    // Values.
    "gauge g | count(g.next) = 1 and count(g.next) < 2 and count(g.next) <= 3 and count(g.next) >= 4",
    "gauge g | count(g.next) > $max and count(g.next) <= $max and count(g.next) != $max and count(g.next.next) > $max",
    "gauge g | not (count(g.next) > 3)",
    "gauge g | count(g.like[is scope]) > 3 and count(g.next*) > 3",
    "gauge g | g.size > sum(g.sizes) and g.size >= g.limit else 3",
    "gauge g | some g.sizes implies g.size > min(g.sizes) and g.size < max(g.sizes)",
    "gauge g | len(g.name) < 9 and \"x\" in words(g.names) and lower(g.name) = \"x\" and start(g.day) < end(g.day)",
    "gauge g | g.size + 1 > 2 and g.size + 2 - 1 > g.size and g.size * 2 * 3 > 1 and ((g.size / 3) else 0) > 1",
    "gauge g | 100 * count(g.next) >= 80 * count(g.previous)",
    "gauge g | g.size + 2 * g.size > (g.size + 2) * g.size",
    "gauge g | count(g.next | g.previous) > 1 and g.size > 1 implies (g.size > 9 implies g.exact = true)",
    "gauge g | (all h in g.next where h.size > 1 or h.size < 0: h.size > 3) implies g.size > 9",
    "gauge g, gauge h | h in (g.next*.like | g.next)",
    "gauge g | (g.limit else 3) + 1 > 2 and (g.limit else 3) > 2",
    "gauge g | g.name in $words and g.exact = false and g.size > -1.5",
    // Definitions.
    "scope x, scope y | near(x.within, y)",
    "scope x, scope y | not near(x, y.within | y.contains)",
    "scope x, scope y | y in around(x)",
    // Names that are words of English.
    "gauge a, gauge i, gauge next | a in i.next and next in a.next",
];

#[test]
fn every_rule_of_ours_reads_as_english() {
    let (mut text, mut defined) = (String::new(), BTreeSet::new());
    for rule in ProjectContext::builtin().rules.iter() {
        for reading in rule.verbalizations() {
            text += &format!("{} {}\n{}\n", rule.meta.code, rule.meta.name, shown(&reading));
        }
        defined.extend(rule.defined().into_iter().map(|it| format!("{}\n{}\n\n", it.head, it.reading)));
    }
    text.extend(defined);
    insta::assert_snapshot!(text);
}

#[test]
fn every_form_of_condition_reads_as_english() {
    let context = Fixture::new();
    let shown = |condition: &&str| format!("{condition}\n{}\n", shown(&context.reading(condition)));
    insta::assert_snapshot!(CONDITIONS.iter().map(shown).collect::<String>());
}

/// Formulas of four comparisons: if two read alike, each truth value of the comparisons gives both the same.
#[test]
fn conditions_that_read_alike_say_the_same() {
    let (context, mut random) = (Fixture::new(), Random(11));
    let mut known: HashMap<Vec<String>, (String, u16)> = HashMap::new();
    for _ in 0..4_000 {
        let (formula, table) = formula(&mut random, 4);
        let condition = format!("gauge g, gauge h | {formula}");
        let lines = context.reading(&condition).lines();
        let (other, same) = known.entry(lines).or_insert_with(|| (condition.clone(), table));
        assert_eq!(table, *same, "`{condition}` and `{other}` read alike");
    }
    assert!(known.len() > 1_000, "{} readings", known.len());
}

#[test]
fn a_long_condition_is_read_as_well() {
    let context = Fixture::new();
    for (start, more, end) in [
        ("some g", ".next", ""),
        ("some g", ".next*", ""),
        ("some (g.next", " | g.next minus g.next", ")"),
        ("g.size", " + g.size * 2", " > 1"),
        ("g.exact = true", " implies g.exact = true", ""),
        ("g.exact = true", " or g.size = 1 and g.exact = true", ""),
    ] {
        let lines = context.reading(&format!("gauge g | {start}{}{end}", more.repeat(1_600))).lines();
        assert!(lines.len() > 1, "{more}");
    }
    let deep = context.reading(&format!("gauge g | {}g.exact = true{}", "not (".repeat(60), ")".repeat(60)));
    assert!(deep.judgement.ends_with("the `exact` of g is not true"));
    let opened: String = (0..15).map(|at| format!("{{ h{at} in g.next where count(")).collect();
    let nested = opened + "g.next" + &") > 1 }".repeat(15);
    assert!(context.reading(&format!("gauge g | some {nested}")).lines().len() > 10);
}

/// A formula, and for each of the sixteen cases whether it holds.
fn formula(random: &mut Random, depth: usize) -> (String, u16) {
    let atoms = [("g in h.next", 0xaaaa), ("h in g.next", 0xcccc), ("g before h", 0xf0f0), ("h before g", 0xff00)];
    if depth == 0 || random.chance(4) {
        let (text, table) = atoms[random.below(atoms.len())];
        return (text.to_owned(), table);
    }
    let ((first, a), (second, b)) = (formula(random, depth - 1), formula(random, depth - 1));
    match random.below(4) {
        0 => (format!("(not ({first}))"), !a),
        1 => (format!("(({first}) and ({second}))"), a & b),
        2 => (format!("(({first}) or ({second}))"), a | b),
        _ => (format!("(({first}) implies ({second}))"), !a | b),
    }
}

fn shown(reading: &Verbalization) -> String {
    reading.lines().iter().map(|line| format!("    {line}\n")).collect()
}

/// What the conditions above are compiled against.
struct Fixture {
    schema: Schema,
    params: Params,
    definitions: Definitions,
}

impl Fixture {
    fn new() -> Fixture {
        let mut sources = Sources::new();
        let mut files: Vec<_> = BUILTIN_SCHEMA.iter().map(|(name, text)| sources.add(*name, *text)).collect();
        files.push(sources.add("kinds.toml", KINDS));
        let (schema, problems) = schema::load(&files, &sources);
        assert!(problems.is_empty(), "{problems:?}");
        let params = Params::from([
            ("max".to_owned(), Param::Integer(1)),
            ("words".to_owned(), Param::Texts(vec!["x".to_owned()])),
        ]);
        let text = "near x scope* y scope* : x.within* overlaps y.within* ; around x scope : x.within | x.contains";
        let id = sources.add("define.toml", text);
        let at = |part: &'static str| written(id, text, part);
        let near = WrittenDefinition {
            name: at("near"),
            params: vec![(at("x"), at("scope*")), (at("y"), at("scope*"))],
            is: at("x.within* overlaps y.within*"),
        };
        let around = WrittenDefinition {
            name: at("around"),
            params: vec![(at("x"), at("scope"))],
            is: at("x.within | x.contains"),
        };
        let (definitions, problems) = Definitions::read(&[near, around], &schema);
        assert!(problems.is_empty(), "{problems:?}");
        Fixture { schema, params, definitions }
    }

    fn reading(&self, condition: &str) -> Verbalization {
        let mut sources = Sources::new();
        let id = sources.add("rule.toml", condition);
        let (bindings, formula) = condition.split_once(" | ").unwrap();
        let (when, formula) = formula.split_once(" => ").map_or((None, formula), |(when, rest)| (Some(when), rest));
        let when = when.map(|when| written(id, condition, when));
        let forbidden = formula.strip_prefix("forbid ");
        let judged = written(id, condition, forbidden.unwrap_or(formula));
        let judgement = if forbidden.is_some() { Judgement::Forbid(judged) } else { Judgement::Require(judged) };
        let parts = JudgedExpressions { bindings: written(id, condition, bindings), when, judgement, cross: true };
        let Fixture { schema, params, definitions } = self;
        let (query, problems) = compile(&parts, Vocabulary { schema, params, definitions });
        query.unwrap_or_else(|| panic!("{condition}: {problems:?}")).verbalization()
    }
}

/// A part of a text, where it first stands.
fn written<'a>(id: SourceId, text: &str, part: &'a str) -> ExpressionSource<'a> {
    let start = text.find(part).unwrap();
    ExpressionSource { text: part, at: Span::new(id, start as u32, (start + part.len()) as u32), exact: true }
}
