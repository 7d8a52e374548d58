//! The canonical layout: what files become, and what never changes about them.

mod command;
mod soup;

use std::fs;

use recte::syntax::{format, parse, same_meaning};
use recte::text::Sources;

use crate::support::{files_beneath, repository};

/// The layout of a text, after proving that it says the same and is laid out.
fn laid_out(text: &str) -> Option<String> {
    let mut sources = Sources::new();
    let source = sources.add("a.claims", text);
    let before = parse(source, &sources);
    let once = format(&before, &sources)?;
    let source = sources.add("a.claims", &once);
    let after = parse(source, &sources);
    assert!(after.problems.is_empty(), "{text:?} became {once:?}: {:?}", after.problems);
    assert!(same_meaning(&before.file, &after.file, &sources), "{text:?} became {once:?}");
    assert_eq!(format(&after, &sources).as_deref(), Some(once.as_str()), "twice is once: {text:?}");
    assert!(once.is_empty() || once == "\u{feff}" || once.ends_with(['\n', '\r']), "{once:?} ends its last line");
    Some(once)
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(laid_out(source).as_deref(), Some(expected), "{source:?}");
}

#[test]
fn cases_become_what_stands_beside_them() {
    let folder = repository().join("tests/cases/format");
    let cases: Vec<_> = files_beneath(&folder).into_iter().filter(|(name, _)| name.ends_with(".claims")).collect();
    assert!(cases.len() >= 8, "{} cases", cases.len());
    for (name, bytes) in cases {
        let expected = fs::read_to_string(folder.join(name.replace(".claims", ".formatted"))).unwrap();
        let found = laid_out(&String::from_utf8(bytes).unwrap()).unwrap_or_else(|| panic!("{name} has problems"));
        assert_eq!(found, expected, "{name} became\n{found}");
        assert_eq!(laid_out(&expected), Some(expected), "{name}");
    }
}

#[test]
fn the_founding_corpus_is_laid_out() {
    for (name, bytes) in files_beneath(&repository().join("claims")) {
        if name.ends_with(".claims") {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(laid_out(&text), Some(text), "{name}");
        }
    }
}

#[test]
fn a_file_with_problems_is_left_alone() {
    for text in
        ["actor {", "actor japan japan japan, x", "actor \"a\nb", "}", "actor a { is state, b }", "a b { c: \"\\q\" }"]
    {
        assert_eq!(laid_out(text), None, "{text:?}");
    }
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    check("", "");
    check(" \n\n", "");
    check("\u{feff}", "\u{feff}");
    check("\u{feff}actor  a", "\u{feff}actor a\n");
    check("\u{feff}# c\r\nactor  a\nactor b", "\u{feff}# c\r\nactor a\r\nactor b\r\n");
    check("actor  a\nactor b\r\n", "actor a\nactor b\n");
    check("actor  a\ractor b", "actor a\ractor b\r");
    check("actor a\r\n\r\n\r\nactor b {\r\n\r\n}", "actor a\r\n\r\nactor b {}\r\n");
}

#[test]
fn texts_stay_to_the_byte() {
    check("actor  a\n\t\"one  \r\n\ttwo\"", "actor a \"one  \r\n\ttwo\"\n");
    check("a b { c:   \"x \n  y\" ,\"z\" }", "a b {\n  c: \"x \n  y\", \"z\"\n}\n");
}

#[test]
fn meaning_is_more_than_a_likeness() {
    let same = |a: &str, b: &str| {
        let mut sources = Sources::new();
        let (a, b) = (sources.add("a", a), sources.add("b", b));
        same_meaning(&parse(a, &sources).file, &parse(b, &sources).file, &sources)
    };
    assert!(same("namespace n a b { c: d, e # f \n }", "namespace n\na b {\n  c: d, e  # f\n}"));
    for (a, b) in [
        ("namespace n a b", "namespace m a b"),
        ("a b", "a b {}"),
        ("a b {}", "a c {}"),
        ("a b \"t\"", "a b"),
        ("a b { c: d, e }", "a b { c: e, d }"),
        ("a b { c: d \"t\" until 2026 }", "a b { c: d \"t\" }"),
        ("a b { c: 1990..2000 }", "a b { c: 1990.. }"),
        ("a b { c: 1.5 }", "a b { c: 1.6 }"),
        ("a b { c: d }", "a b { c: \"d\" }"),
        ("a b # c", "a b"),
        ("# c\n# d\na b", "# d\n# c\na b"),
    ] {
        assert!(!same(a, b), "{a} is not {b}");
    }
}
