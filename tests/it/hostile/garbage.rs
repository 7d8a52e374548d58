//! Twenty thousand short inputs that no person would write.

use jsonschema::Validator;
use recte::diagnostic::Diagnostic;
use recte::model::resolve;
use recte::project::CheckOutput;
use recte::syntax;
use recte::text::{Sources, Span};

use super::{FORMATS, HOUSE, check, is_harmless};
use crate::support::{Random, written};

const INPUTS: u64 = 20_000;

/// Every so many inputs go through all rules and all formats as well.
const FULL: u64 = 40;

/// What the inputs are made of.
const PIECES: &[&str] = &[
    "{",
    "}",
    "{{",
    ":",
    ",",
    "/",
    "\"",
    "\"words\"",
    "..",
    ".",
    "-",
    "#",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    "\\",
    "\"\\u{",
    "[...]",
    "=",
    "namespace",
    "until",
    "actor",
    "article",
    "instrument",
    "obligation",
    "fact",
    "scope",
    "source",
    "norm",
    "quote",
    "actor a",
    "fact b {",
    "bearer:",
    "because:",
    "within:",
    "part-of:",
    "cites: t/6",
    "is: state",
    "is:",
    "path: \"a.txt\"",
    "inferred: yes",
    "allow: CL0101 \"x\" until",
    "in-force: 1960-06-23..",
    "1960-02-30",
    "1960..1951",
    "a",
    "b",
    "t",
    "6",
    "a/b/c",
    "日本",
    "e\u{301}",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}",
    "\u{200b}",
    "\u{2028}",
    "\u{1f1ef}\u{1f1f5}",
    "\u{10ffff}",
    "：",
    "“",
    "”",
];

#[test]
fn no_input_breaks_anything() {
    let schema = serde_json::from_str(include_str!("../../../docs/report.schema.json")).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for seed in 1..=INPUTS {
        let text = input(seed);
        let (sources, problems) = problems(&text);
        let astray = problems.iter().flat_map(spans).find(|span| !stands(*span, &sources));
        assert_eq!(astray, None, "{seed}: {text:?}");
        if seed.is_multiple_of(FULL) {
            let checked = check(&text);
            let diagnostics = checked.findings.iter().map(|finding| &finding.diagnostic);
            let astray = diagnostics.flat_map(spans).find(|span| !stands(*span, &checked.sources));
            assert_eq!(astray, None, "{seed}: {text:?}");
            assert_drawn(&checked, &schema, &text);
        }
    }
}

fn assert_drawn(checked: &CheckOutput, schema: &Validator, text: &str) {
    for format in FORMATS {
        let drawn = written(checked, &checked.findings, format);
        assert!(is_harmless(&drawn), "{text:?}: {drawn:?}");
        if format == "json" {
            let report = serde_json::from_str(&drawn).unwrap_or_else(|error| panic!("{text:?}: {error}: {drawn}"));
            let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{text:?}");
        }
    }
}

fn problems(text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let file = sources.add("a.claims", text);
    let parse = syntax::parse(file, &sources);
    let resolved = resolve(&[parse.file], &sources, HOUSE.schema.clone());
    let problems = parse.problems.into_iter().chain(resolved.problems).collect();
    (sources, problems)
}

fn spans(problem: &Diagnostic) -> Vec<Span> {
    let labels = problem.labels.iter().map(|label| label.span);
    [problem.primary.span].into_iter().chain(labels).collect()
}

/// Whether a span lies in its source, and begins and ends between characters.
fn stands(span: Span, sources: &Sources) -> bool {
    let text = sources.get(span.source).text();
    let [start, end] = [span.start as usize, span.end as usize];
    start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// The input of a number, always the same.
fn input(seed: u64) -> String {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let count = 1 + random.below(24);
    let mut text = String::new();
    for _ in 0..count {
        match random.below(8) {
            0 => text.extend(char::from_u32(random.below(0x11_0000) as u32)),
            1 => text.push_str("  "),
            _ => {
                text.push_str(random.pick(PIECES));
                text.push_str(["", " ", " ", "\n"][random.below(4)]);
            }
        }
    }
    text
}
