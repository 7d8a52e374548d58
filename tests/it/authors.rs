//! What authors of rules are given: the test of examples and clauses, reasons for and against, facts, a first rule.

use serde_json::Value;

use crate::support::{Folder, exit, recte, stderr, stdout};

/// What a command says, under the command.
fn said(folder: &Folder, arguments: &[&str]) -> String {
    let output = recte(folder.path(), &[arguments, &["--date", "2026-01-01"]].concat());
    format!("$ recte {}\n{}{}exit {}\n", arguments.join(" "), stdout(&output), stderr(&output), exit(&output))
}

fn all_said(folder: &Folder, commands: &[&[&str]]) -> String {
    commands.iter().map(|command| said(folder, command)).collect::<Vec<_>>().join("\n")
}

#[test]
fn examples_that_do_not_show_what_they_say_are_underlined() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(said(&folder, &["rules", "test", "HOUSE0001"]));
}

#[test]
fn clauses_that_no_example_needs_are_underlined() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(said(&folder, &["rules", "test", "HOUSE0002", "--strict"]));
}

#[test]
fn clauses_that_rules_share_are_tested_with_the_examples_of_all() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    insta::assert_snapshot!(all_said(&folder, &[&["rules", "test", "HOUSE0003"], &["explain", "HOUSE0003"]]));
}

#[test]
fn what_rules_say_is_kept_and_compared() {
    let folder = Folder::copy_of("tests/cases/authors/examples");
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "--accept"])), 2, "the examples are wrong all the same");
    let kept = folder.read("recte-rules.snap");
    assert!(kept.contains("`first` says not what it is for") && kept.contains("fixed:"), "{kept}");
    // Earlier versions called it otherwise, and what they recorded still holds.
    folder.write("recte-rules.snap", kept.replace("\nfixed:\n", "\nmended:\n").as_bytes());
    assert!(!stdout(&recte(folder.path(), &["rules", "test"])).contains("+fixed:"));
    let context = folder.read("house.toml").replace("says not what it is for", "has no purpose");
    folder.write("house.toml", context.as_bytes());
    let compared = stdout(&recte(folder.path(), &["rules", "test"]));
    assert!(compared.contains("-warning[HOUSE0001]") && compared.contains("+warning[HOUSE0001]"), "{compared}");
}

#[test]
fn reasons_are_told_for_and_against() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    insta::assert_snapshot!(all_said(
        &folder,
        &[
            &["why", "treaty.claims:13"],
            &["why", "treaty.claims:14"],
            &["why", "treaty.claims:15"],
            &["why", "treaty.claims:18"],
            &["why", "treaty.claims:1"],
            &["why-not", "scope-outside-article", "owed-without-source"],
            &["why-not", "CL0201", "use-of-bases"],
            &["why-not", "CL0710", "use-of-bases"],
            &["why-not", "CL0501", "broken"],
            &["why-not", "CL0401", "japan"],
            &["why-not", "CL0001", "japan"],
            &["why-not", "CL0301", "use-of-base"],
        ]
    ));
}

#[test]
fn reasons_are_told_to_programs_as_well() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    let why = recte(folder.path(), &["why", "treaty.claims:13", "--format", "json"]);
    let why: Value = serde_json::from_slice(&why.stdout).unwrap();
    let scope = why.as_array().unwrap().iter().find(|one| one["code"] == "CL0203").unwrap();
    assert_eq!(scope["trace"]["bound"][2]["value"], "asia");
    assert_eq!(scope["trace"]["clause"]["holds"], true);
    assert!(!scope["clears"].as_array().unwrap().is_empty());
    let why_not = recte(folder.path(), &["why-not", "CL0203", "owed-without-source", "--format", "json"]);
    let why_not: Value = serde_json::from_slice(&why_not.stdout).unwrap();
    assert_eq!(why_not["near"][0]["end"], "nothing-to-bind");
}

#[test]
fn facts_are_what_rules_see() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    insta::assert_snapshot!(all_said(
        &folder,
        &[
            &["facts", "treaty.claims"],
            &["facts", "--query", "norm n, x in n.scope, y in x.within+ where some n.cites"],
            &["facts", "--query", "obligation o where count(o.cites) = 0"],
            &["facts", "--query", "norm n where some n.cites+ and n.scop = 3"],
            &["facts", "nowhere.claims"],
        ]
    ));
}

#[test]
fn a_new_rule_passes_at_once_with_every_clause_needed() {
    let folder =
        Folder::with(&[("a.claims", "fact a { inferred: yes }\n"), ("recte.toml", "packs = [\"rules/*.toml\"]\n")]);
    let new = ["rules", "new", "ACME0001", "duty-owed-to-nobody", "--file", "rules/house.toml"];
    assert_eq!(exit(&recte(folder.path(), &new)), 0);
    let tested = recte(folder.path(), &["rules", "test", "ACME0001", "--strict"]);
    assert_eq!(exit(&tested), 0, "{}", stdout(&tested));
    assert_eq!(exit(&recte(folder.path(), &new)), 2, "a code is given once");
    let second = ["rules", "new", "ACME0002", "second", "--file", "rules/house.toml"];
    assert_eq!(exit(&recte(folder.path(), &second)), 0);
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "--strict", "ACME0001", "ACME0002"])), 0);
    for wrong in [&["acme1", "name"], &["ACME0003", "Name"]] {
        assert_eq!(exit(&recte(folder.path(), &["rules", "new", wrong[0], wrong[1]])), 2);
    }
    let outside = ["rules", "new", "ACME0003", "third", "--file", "../outside.toml"];
    assert_eq!(exit(&recte(folder.path(), &outside)), 2);
    assert!(!folder.path().join("../outside.toml").exists());
}

#[test]
fn rules_that_judged_nothing_are_named() {
    let folder = Folder::copy_of("tests/cases/authors/reasons");
    let output = recte(folder.path(), &["check", "--stats"]);
    let stats = stderr(&output);
    let line = |code: &str| stats.lines().position(|line| line.contains(code)).unwrap();
    let vacuous = line("these rules evaluated no row");
    assert!(line("CL0501") < vacuous && line("CL0203") < vacuous && line("CL0207") > vacuous, "{stats}");
    let rows = stats.lines().nth(line("CL0501")).unwrap().split_whitespace().next();
    assert_eq!(rows, Some("6"), "each statement is a row, but one whose reason is broken is not reported");
}

/// A project with one rule file, and what its settings say besides.
fn with_rules(rules: &str, settings: &str) -> Folder {
    let settings = format!("packs = [\"house.toml\"]\n{settings}");
    Folder::with(&[("a.claims", "fact a { inferred: yes }\n"), ("recte.toml", &settings), ("house.toml", rules)])
}

const SMALLEST: &str = r#"[[rule]]
code = "ACME0001"
name = "reason-without-title"
for = 'statement s'
require = 'no s.because or some s.title'
message = "`{s.id}` has no title"
"#;

#[test]
fn the_smallest_rule_has_five_keys() {
    let folder = with_rules(SMALLEST, "");
    insta::assert_snapshot!(all_said(&folder, &[&["explain", "ACME0001"], &["rules", "test"]]));
    assert_eq!(exit(&recte(folder.path(), &["check"])), 0);
    assert_eq!(exit(&recte(folder.path(), &["rules", "test"])), 0);
    assert_eq!(exit(&recte(folder.path(), &["rules", "test", "--strict"])), 1, "nothing shows that it works");
    for key in ["code", "name", "for", "require", "message"] {
        let without: String =
            SMALLEST.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect();
        let shown = stdout(&recte(with_rules(&without, "").path(), &["check"]));
        assert!(shown.contains(&format!("`{key}`")), "{shown}");
    }
}

#[test]
fn the_rules_of_the_project_are_tested() {
    let rule = format!("{SMALLEST}[[rule.bad]]\ncode = 'fact a {{ because: a-fact }} #! ACME0001'\n");
    let tested = stdout(&recte(with_rules(&rule, "").path(), &["rules", "test"]));
    assert!(tested.contains("has no good example") && tested.contains("\n1 example: "), "{tested}");
    let none = recte(Folder::with(&[("recte.toml", "")]).path(), &["rules", "test"]);
    assert_eq!(exit(&none), 0);
    assert!(stdout(&none).contains("no rules of its own") && stdout(&none).contains("--all"), "{}", stdout(&none));
}

const COUNTED: &str = r#"[[rule]]
code = "ACME0001"
name = "many-reasons"
params = { max = 1 }
for = 'statement s'
forbid = 'count(s.because) > $max'
message = "`{s.id}` has {s.because | count} reasons"
[[rule.bad]]
code = '''
fact a { because: b, c }  #! ACME0001
fact b
fact c
'''
[[rule.good]]
code = '''
fact a { because: b }
fact b
'''
"#;

#[test]
fn a_parameter_of_the_project_leaves_the_examples_as_they_are() {
    for settings in ["", "[rules.many-reasons]\nmax = 7\n", "[rules.many-reasons]\nlevel = \"off\"\nmax = 0\n"] {
        let tested = recte(with_rules(COUNTED, settings).path(), &["rules", "test", "--strict"]);
        assert_eq!(exit(&tested), 0, "{settings}: {}", stdout(&tested));
    }
    let wrong = recte(with_rules(COUNTED, "[rules.many-reasons]\nmost = 7\n").path(), &["rules", "test"]);
    assert_eq!(exit(&wrong), 2, "a parameter that the rule does not have is reported");
}

#[test]
fn an_example_has_its_own_parameters() {
    let with = |params: &str| {
        let good = "code = '''\nfact a { because: b, c }\nfact b\nfact c\n'''\n";
        let folder = with_rules(&format!("{COUNTED}[[rule.good]]\nparams = {params}\n{good}"), "");
        let tested = recte(folder.path(), &["rules", "test"]);
        (exit(&tested), stdout(&tested))
    };
    assert_eq!(with("{ max = 2 }").0, 0);
    assert_eq!(with("{ max = 1 }").0, 2);
    for wrong in ["{ most = 2 }", "{ max = \"two\" }"] {
        let (exit, shown) = with(wrong);
        assert!(exit == 2 && shown.contains("parameter"), "{shown}");
    }
}

#[test]
fn an_example_has_its_own_document() {
    let rule = r#"[[rule]]
code = "ACME0001"
name = "said-twice"
for = 'quote q'
when = 'some q.places'
forbid = 'q.places > 1'
message = "it is said {q.places} times"
document = "It pays. It pays."
[[rule.bad]]
code = '''
source text { path: "text.txt" }
fact a { quote: text "It pays" }  #! ACME0001
'''
[[rule.good]]
document = "It pays once."
code = '''
source text { path: "text.txt" }
fact a { quote: text "It pays" }
'''
"#;
    let tested = recte(with_rules(rule, "").path(), &["rules", "test", "--strict"]);
    assert!(stdout(&tested).contains("2 examples: 1 with findings, 1 without, 0 wrong"), "{}", stdout(&tested));
}

#[test]
fn why_not_shows_the_nearest_partner_the_quotations_and_an_example() {
    let claims = r#"actor japan { is: state }
actor usa { is: state }
action act { }
obligation pay { bearer: japan  action: act  period: 1960 }
prohibition far { bearer: usa  action: other }
prohibition near { bearer: japan  action: act  period: 1970 }
source text { path: "text.txt"  language: en }
fact said { quote: text "It pays", text "never" }
"#;
    let text = ("text.txt", "It pays, and never rests.\n");
    let folder = Folder::with(&[("a.claims", claims), ("recte.toml", "packs = [\"house.toml\"]\n"), text]);
    folder.write("house.toml", COUNTED.as_bytes());
    insta::assert_snapshot!(all_said(
        &folder,
        &[
            &["why-not", "CL0401", "pay"],
            &["why-not", "CL0703", "said"],
            &["why-not", "ACME0001", "a", "--example", "good:1"],
            &["why-not", "ACME0001", "a", "--example", "bad:1"],
            &["why-not", "ACME0001", "a", "--example", "bad:2"],
            &["why-not", "ACME0001", "a", "--example", "first"],
            &["why-not", "CL9999", "pay"],
            &["why-not", "CL0499", "pay"],
            &["why-not", "conflicting-norm", "pay"],
        ]
    ));
}

/// Words of the library that reads TOML, and of the one that fills our types.
const LIBRARY: [&str; 12] = [
    "TOML parse error",
    "invalid type",
    "unknown field",
    "missing field",
    "unknown variant",
    "expected one of `",
    "did not match",
    "expected newline",
    "non-zero",
    "expected struct",
    "invalid value:",
    "invalid basic string",
];

/// Mistakes in TOML files, each of which has some other reason.
const MISTAKES: &str = r#"a
a =
a = 1;a = 2
[a
[[a
a = [1 2]
a = { b 1 }
a = "\d"
a = 'b
a = 1 b
a = 01
= 1
a = 2026-13-01
[[rule]];code = 1
[[rule]];code = 'A1';severity = 'bad'
[[rule]];name = ['a']
[[rule]];code = 'A1';name = 'a';fix = 3
[[rule]];code = 'A1';name = 'a';params = { a = [1, 'b'] }
[[rule]];code = 'A1';name = 'a';group = { by = 'x' }
[rule];code = 'A1'
[define];a = 3
rule = 3
define = []
[kind.a];extends = 3
[kind.a];fields = 3
[kind.a.fields];b = 3
[kind.a.fields];b = { to = 3 }
[kind.a.fields];b = { type = 'txt' }
[kind.a.fields];b = { type = 'text', card = '2' }
[kind.a];lattice = {}
[words.en.a];worth = { one = -1 }
[words.en];a = 3
kind = []
[limits];rule-steps = -1
[limits];file-size = 0
rules = 3
override = {}
fail-on = 'bad'
a.b = 1;a = 2
"#;

#[test]
fn no_text_of_the_toml_library_is_shown() {
    for text in MISTAKES.lines().map(|line| line.replace(';', "\n")) {
        let files = [
            ("recte.toml", text.as_str()),
            ("house.toml", "packs = [\"house.toml\"]\n"),
            ("schema.toml", "schema = [\"schema.toml\"]\n"),
        ];
        for (file, settings) in files {
            let claims = ("a.claims", "fact a { inferred: yes }\n");
            let folder = Folder::with(&[claims, ("recte.toml", settings), (file, &text)]);
            let output = recte(folder.path(), &["check"]);
            let shown = stdout(&output) + &stderr(&output);
            let found: Vec<&&str> = LIBRARY.iter().filter(|words| shown.contains(**words)).collect();
            assert!(found.is_empty(), "{file}: {text}: {found:?}\n{shown}");
            assert_ne!(exit(&output), 3, "{file}: {text}\n{shown}");
        }
    }
}
