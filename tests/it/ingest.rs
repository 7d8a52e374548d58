//! Claims that are proposed as JSON: each becomes a block, or it is said why not.
//!
//! Every folder `tests/cases/ingest/WHAT-IT-SHOWS` is a project with `proposals.json`; `ingest.snap` holds what is said of
//! them, and the file that comes of it.

use std::collections::BTreeSet;
use std::fs;

use recte::project::{ClaimVerdict, IngestOutput, IngestRequest, ProjectContext, check_by, ingest, proposals_schema};
use recte::rule::Finding;
use serde_json::{Value, json};

use crate::support::{Folder, Random, Texts, exit, places, recte, recte_with, repository, stderr, stdout, today};

const RUN: &[&str] = &["ingest", "proposals.json", "--date", "2026-01-01"];
const TEXT: &str =
    "Japan will provide areas. The forces may not use them at night.\n\nAll is well here, they say. All is well.\n";
const CLAIMS: &str = "source paper { path: \"text.txt\"  language: en }\nfact old { inferred: yes }\n";

fn cases() -> Vec<String> {
    let entries = fs::read_dir(repository().join("tests/cases/ingest")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A project whose proposals are these claims.
fn project(claims: Value) -> Folder {
    let proposals = json!({ "version": 1, "claims": claims }).to_string();
    Folder::with(&[("a.claims", CLAIMS), ("text.txt", TEXT), ("recte.toml", ""), ("proposals.json", &proposals)])
}

fn good() -> Value {
    json!([{ "kind": "fact", "quotations": [{ "source": "paper", "words": "The forces may not use them" }] }])
}

/// The findings that fail a check.
fn failing(folder: &Folder) -> BTreeSet<String> {
    let checked = folder.check();
    let fails = |finding: &&Finding| finding.severity >= checked.config.fail_on.value;
    checked.findings.iter().filter(fails).map(|finding| finding.fingerprint.to_string()).collect()
}

#[test]
fn every_case_becomes_what_it_shows() {
    for case in cases() {
        let folder = Folder::copy_of(&format!("tests/cases/ingest/{case}"));
        let before = failing(&folder);
        let output = recte(folder.path(), RUN);
        let written = fs::read_to_string(folder.path().join("proposed.claims")).unwrap_or_default();
        let shown = format!("{}{}\nexit {}\n\n{written}", stdout(&output), stderr(&output), exit(&output));
        let path = repository().join("tests/cases/ingest").join(&case);
        insta::with_settings!({ snapshot_path => path, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("ingest", shown);
        });
        assert_eq!(failing(&folder), before, "{case}: {:?}", places(&folder.check()));
        if written.is_empty() {
            continue;
        }
        assert_eq!(exit(&recte(folder.path(), &["fmt", "--check", "proposed.claims"])), 0, "{case} is laid out");
        let again = stdout(&recte(folder.path(), RUN));
        assert!(again.contains("= 0 accepted + ") && !again.contains(" 0 known"), "{case}: {again}");
        assert_eq!(folder.read("proposed.claims"), written, "{case}: the second time adds nothing");
    }
}

#[test]
fn accepted_plus_known_plus_refused_is_proposed_in_json_too() {
    for case in cases() {
        let folder = Folder::copy_of(&format!("tests/cases/ingest/{case}"));
        let output = recte(folder.path(), &[RUN, &["--dry-run", "--format", "json"]].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let count = |key: &str| report[key].as_u64().unwrap();
        assert_eq!(count("accepted") + count("known") + count("refused"), count("proposed"), "{case}");
        assert_eq!(report["claims"].as_array().unwrap().len() as u64, count("proposed"), "{case}");
        let silent = |claim: &&Value| claim["verdict"] == "refused" && claim["reasons"].as_array().unwrap().is_empty();
        assert_eq!(report["claims"].as_array().unwrap().iter().find(silent), None, "{case}");
        assert!(!folder.path().join("proposed.claims").exists(), "{case}: a dry run writes nothing");
    }
}

#[test]
fn what_is_no_proposals_is_not_looked_at() {
    let deep = "[".repeat(100_000);
    let cases = [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{\"version\": 1,\n \"claims\": [NaN]}", "this is not JSON: expected value at line 2 column 13"),
        ("{\"version\": 1, \"claims\": [1e999]}", "number out of range"),
        ("{\"version\": 1, \"claims\": [\"\\ud800\"]}", "at line 1 column"),
        (
            "{\"version\": 1, \"claims\": [{\"kind\": \"fact\", \"kind\": \"x\"}]}",
            "the key `kind` occurs twice at line 1",
        ),
        (&deep, "recursion limit exceeded"),
        ("[]", "expected an object, found a list"),
        ("{}", "the key `version` is missing"),
        ("{\"version\": 1}", "the key `claims` is missing"),
        ("{\"version\": 1, \"claims\": {}}", "/claims: expected a list of claims, found an object"),
        ("{\"version\": 2, \"claims\": []}", "/version: this version is not supported: 2; write `\"version\": 1`"),
        ("{\"version\": \"1\", \"claims\": []}", "this version is not supported: `1`"),
        ("{\"version\": 1, \"clams\": []}", "/clams: unknown key `clams`; did you mean `claims`?"),
        ("{\"version\": 1, \"tool\": 3, \"claims\": []}", "/tool: expected a text, found a number"),
        ("{\"version\": 1, \"namespace\": \"a b\", \"claims\": []}", "/namespace: `a b` is not an id"),
    ];
    for (proposals, message) in cases {
        let folder = project(good());
        folder.write("proposals.json", proposals.as_bytes());
        let output = recte(folder.path(), RUN);
        let shown = &proposals[..proposals.len().min(80)];
        assert_eq!((exit(&output), stdout(&output)), (2, String::new()), "{shown}");
        assert!(stderr(&output).contains(message), "{shown}: {}", stderr(&output));
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = project(good());
    folder.write("recte.toml", b"[limits]\nfile-size = \"1 KiB\"\n");
    folder.write("large.json", &[b' '; 1025]);
    folder.write("binary.json", b"{\"\xff\"");
    for (name, code, message) in [
        ("large.json", 3, "large.json has more than 1024 bytes"),
        ("binary.json", 3, "binary.json is not UTF-8: byte 2"),
        (".", 3, ". is not a file"),
        ("nothing.json", 2, "there is no file or folder nothing.json"),
    ] {
        let output = recte(folder.path(), &["ingest", name]);
        assert_eq!(exit(&output), code, "{name}");
        assert!(stderr(&output).contains(message), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_file_that_must_not_be_written_is_left_alone() {
    let folder = project(good());
    let files = [
        ("other/recte.toml", ""),
        ("out/broken.claims", "fact {"),
        ("out/left.claims", "fact left { inferred: yes }\n"),
        ("recte.toml", "exclude = [\"out/left.claims\", \"out/new.claims\"]\n"),
    ];
    files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
    for (into, message) in [
        ("../x.claims", "is outside the project"),
        ("/x.claims", "is outside the project"),
        ("no/x.claims", "is in a folder that does not exist"),
        ("x.txt", "is not a claims file"),
        (".x.claims", "is hidden"),
        ("other/x.claims", "belongs to another project"),
        ("out/broken.claims", "has syntax errors"),
        ("out/left.claims", "is excluded when the project is checked"),
        ("out/new.claims", "is excluded when the project is checked"),
    ] {
        let output = recte(folder.path(), &["ingest", "proposals.json", "--into", into]);
        assert_eq!(exit(&output), 2, "{into}: {}", stdout(&output));
        assert!(stderr(&output).contains(message), "{into}: {}", stderr(&output));
    }
    assert_eq!(folder.read("out/broken.claims"), "fact {");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_project() {
    use std::os::unix::fs::symlink;
    let outside = Folder::with(&[("x.claims", "")]);
    let folder = project(good());
    symlink(outside.path().join("x.claims"), folder.path().join("out.claims")).unwrap();
    symlink("nowhere", folder.path().join("nowhere.claims")).unwrap();
    symlink(outside.path(), folder.path().join("away")).unwrap();
    symlink("a.claims", folder.path().join("inside.claims")).unwrap();
    folder.write("linked.claims", b"");
    fs::hard_link(folder.path().join("linked.claims"), folder.path().join("second.claims")).unwrap();
    for (into, code) in
        [("out.claims", 2), ("nowhere.claims", 2), ("away/x.claims", 2), ("away/new.claims", 2), ("linked.claims", 3)]
    {
        let output = recte(folder.path(), &["ingest", "proposals.json", "--into", into]);
        assert_eq!(exit(&output), code, "{into}: {}{}", stdout(&output), stderr(&output));
    }
    assert_eq!(outside.read("x.claims"), "");
    assert!(!outside.path().join("new.claims").exists());
}

#[test]
fn blocks_are_added_below_what_stands_there() {
    for (before, between) in [("", ""), ("fact own { inferred: yes }", "\n\n"), ("\u{feff}# kept\r\n", "\r\n")] {
        let folder = project(good());
        folder.write("own.claims", before.as_bytes());
        let output = recte(folder.path(), &["ingest", "proposals.json", "--into", "own.claims"]);
        assert_eq!(exit(&output), 0, "{}", stderr(&output));
        let end = if before.contains('\r') { "\r\n" } else { "\n" };
        let block = [
            "fact the-forces-may-not-use-them {",
            "  status: proposed",
            "  quote: paper \"The forces may not use them\"",
            "}",
            "",
        ];
        assert_eq!(folder.read("own.claims"), format!("{before}{between}{}", block.join(end)));
    }
}

#[test]
fn standard_input_and_a_diff_write_nothing() {
    let folder = project(good());
    let proposals = folder.read("proposals.json");
    let output = recte_with(folder.path(), &["ingest", "-", "--diff"], proposals.as_bytes());
    let shown = stdout(&output);
    assert_eq!(exit(&output), 0);
    assert!(shown.contains("+++ b/proposed.claims\n@@ -0,0 +1,4 @@\n+fact the-forces-may-not-use-them {"), "{shown}");
    assert!(
        shown.ends_with("proposed.claims: 1 proposed = 1 accepted + 0 known + 0 refused; nothing was written\n"),
        "{shown}"
    );
    assert!(!folder.path().join("proposed.claims").exists());
    assert_eq!(exit(&recte(folder.path(), &["ingest", "proposals.json", "--diff", "--format", "json"])), 2);
}

#[test]
fn what_was_reviewed_or_withdrawn_is_known() {
    for status in ["reviewed", "withdrawn"] {
        let folder = project(good());
        assert_eq!(exit(&recte(folder.path(), RUN)), 0);
        let written =
            folder.read("proposed.claims").replace("status: proposed", &format!("status: {status}\n  note: \"Seen.\""));
        folder.write("proposed.claims", written.as_bytes());
        let output = recte(folder.path(), RUN);
        assert!(stdout(&output).contains("0 accepted + 1 known + 0 refused; nothing was added"), "{}", stdout(&output));
    }
}

#[test]
fn the_schema_of_proposals_is_current() {
    let schema = serde_json::to_string_pretty(&proposals_schema(&ProjectContext::builtin().schema)).unwrap() + "\n";
    let path = repository().join("docs/ingest.schema.json");
    if std::env::var_os("RECTE_RENEW").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), schema, "renew: RECTE_RENEW=1 cargo test --test it ingest");
}

/// Whatever the program accepts has the shape that the schema tells; whatever has a key that it does not know has not.
#[test]
fn the_schema_knows_what_the_program_knows() {
    for case in cases() {
        let folder = Folder::copy_of(&format!("tests/cases/ingest/{case}"));
        let schema: Value = serde_json::from_slice(&recte(folder.path(), &["ingest", "--schema"]).stdout).unwrap();
        let schema = jsonschema::draft202012::new(&schema).unwrap();
        let output = recte(folder.path(), &[RUN, &["--dry-run", "--format", "json"]].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let proposals: Value = serde_json::from_str(&folder.read("proposals.json")).unwrap();
        for (claim, outcome) in proposals["claims"].as_array().unwrap().iter().zip(report["claims"].as_array().unwrap())
        {
            let fits = schema.is_valid(&json!({ "version": 1, "claims": [claim] }));
            let reasons = outcome["reasons"].to_string();
            let accepted = outcome["verdict"] != "refused";
            assert!(fits || !accepted, "{case}: accepted, and not of the shape: {claim}");
            let misshapen = ["is not known", "is missing", "is no field of", "is wanted here", "is not for proposals"];
            let by_shape = misshapen.iter().any(|words| reasons.contains(words));
            assert!(!(fits && by_shape), "{case}: of the shape, and refused for it: {claim} {reasons}");
        }
    }
}

/// Pieces of which random proposals are made, some right and some wrong.
const KINDS: &[&str] = &[
    "fact",
    "fact",
    "fact",
    "threat",
    "provision",
    "definition",
    "conditional",
    "obligation",
    "waiver",
    "source",
    "norm",
    "fcat",
];
const IDS: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h", "old", "x y", "until"];
const WORDS: &[&str] = &[
    "Japan will provide areas",
    "Japan will provide",
    "will provide areas",
    "forces may not use",
    "The forces may not use them",
    "may not use them at night",
    "Japan [...] areas",
    "All is well here",
    "well here, they say",
    "here, they say",
    "The forces may use them",
    "All is well",
    "[...]",
    "\" } fact evil",
    "\u{202e}",
];
const FIELDS: &[&str] = &["because", "because", "note", "date", "bearer", "action", "reason", "path", "quote", "x"];
const VALUES: &[&str] = &["a", "b", "c", "d", "old", "1960", "plain", "text.txt", "a } b", "", "\\"];

fn random_claim(random: &mut Random) -> Value {
    let mut claim = json!({ "kind": random.pick(KINDS) });
    if random.chance(2) {
        claim["id"] = json!(random.pick(IDS));
    }
    if random.chance(3) {
        claim["title"] = json!(random.pick(WORDS));
    }
    for _ in 0..random.below(2) {
        let value = random.pick(VALUES);
        claim["fields"][random.pick(FIELDS)] = match random.below(4) {
            0 => json!([value, random.pick(VALUES)]),
            1 => json!(random.chance(2)),
            _ => json!(value),
        };
    }
    let count = if random.chance(9) { 0 } else { 1 + random.below(2) };
    let quotations = (0..count).map(
        |_| json!({ "source": if random.chance(12) { random.pick(IDS) } else { "paper" }, "words": random.pick(WORDS) }),
    );
    claim["quotations"] = quotations.collect();
    claim
}

#[test]
fn random_proposals_are_accepted_or_refused_and_the_result_checks_as_before() {
    let (mut random, context) = (Random(0x5eed), ProjectContext::builtin());
    let (mut accepted, mut refused) = (0, 0);
    for trial in 0..120 {
        let claims: Vec<Value> = (0..1 + random.below(8)).map(|_| random_claim(&mut random)).collect();
        let text = json!({ "version": 1, "claims": claims }).to_string();
        let mut texts = Texts::default();
        texts.0.insert("a.claims".to_owned(), CLAIMS.to_owned());
        texts.0.insert("text.txt".to_owned(), TEXT.to_owned());
        let run = |texts: &Texts| -> (IngestOutput, usize) {
            let base = check_by(&context, texts, &[], today());
            let failing = base.findings.iter().filter(|finding| finding.severity >= base.config.fail_on.value).count();
            let ingesting =
                IngestRequest { context: &context, tree: texts, base: &base, today: today(), into: "new.claims" };
            (ingest(&ingesting, &text).unwrap(), failing)
        };
        let (ingested, failing) = run(&texts);
        assert_eq!((failing, ingested.claims.len()), (0, claims.len()), "{trial}");
        let count =
            |ingested: &IngestOutput, verdict| ingested.claims.iter().filter(|claim| claim.verdict == verdict).count();
        let new = count(&ingested, ClaimVerdict::Accepted);
        assert_eq!(count(&ingested, ClaimVerdict::Known), 0, "{trial}");
        assert!(
            ingested.claims.iter().all(|claim| claim.verdict != ClaimVerdict::Refused || !claim.reasons.is_empty()),
            "{text}"
        );
        let after = ingested.after.clone().unwrap_or_default();
        assert_eq!(after.matches("  status: proposed").count(), new, "{text}\n{after}");
        assert!(!after.lines().any(|line| line.contains("evil") && !line.contains("\\\"")), "{after}");
        if new > 0 {
            texts.0.insert("new.claims".to_owned(), after);
            let (again, failing) = run(&texts);
            assert_eq!((failing, count(&again, ClaimVerdict::Known), again.after.is_some()), (0, new, false), "{text}");
        }
        accepted += new;
        refused += ingested.claims.len() - new;
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted > 30 && refused > 100, "{accepted} {refused}");
}
