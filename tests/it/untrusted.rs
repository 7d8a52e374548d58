//! Whatever stands in the files of a project, in their names, or in the arguments: no command shows a character that steers
//! a terminal, turns the direction of writing or hides, in any format, on either stream, or in a file that it writes.

#![cfg(unix)]

use std::fs;

use recte::report::ALL;
use recte::text::is_hidden;

use crate::support::{Folder, recte, recte_with};

/// A title for the terminal, colours by C0 and by C1, a new line of C1, turned text, and what takes no room.
const EVIL: &str =
    "\u{1b}]0;t\u{7}\u{1b}[31m\u{9b}31m\u{85}\u{202e}\u{2066}\u{200b}\u{200f}\u{feff}\u{2028}\u{7f}::error::x##[y]";

/// The same as TOML and JSON write it, and as claims do.
const IN_TOML: &str =
    "\\u001b]0;t\\u0007\\u001b[31m\\u009b31m\\u0085\\u202e\\u2066\\u200b\\u200f\\ufeff\\u2028\\u007f##[y]";
const IN_CLAIMS: &str =
    "\\u{1b}]0;t\\u{7}\\u{1b}\\[31m\\u{9b}31m\\u{85}\\u{202e}\\u{2066}\\u{200b}\\u{200f}\\u{2028}\\u{7f}##\\[y\\]";

const SCHEMA: &str = r#"
[kind.thing]
doc = "A thing EVIL"
extends = "block"
[kind.thing.fields]
sort = { enum = ["one", "tEVILwo"], doc = "Its sort EVIL" }
"shadeEVIL" = { type = "text", doc = "EVIL" }
like = { to = "thing", card = "0..*", inverse = "liked-by", doc = "What it is like EVIL" }

[words.en.shining]
doc = "EVIL"
are = ["shines", "glEVILows"]

[kind.quote.fields]
words-of-shining = { type = "text", card = "0..*", native = "words shining", doc = "EVIL" }
"#;

const PACK: &str = r#"
[[rule]]
code = "EVIL0001"
name = "thing-like-none"
severity = "warning"
category = "thEVILings"
since = "EVIL"
tags = ["EVIL"]
why = "Why EVIL"
docs = "What it finds EVIL\n\nWhat to do EVIL"
refs = ["EVIL"]
for = 'thing t'
forbid = 'no t.like'
message = "EVIL `{t.id}` is like none EVIL"
labels = [{ at = "t", text = "EVIL here", primary = true }]
help = "EVIL help"
fix = { title = "EVIL fix", safety = "suggested", edits = [{ add = "t.like", with = "EVIL" }] }
[[rule.bad]]
code = '''
thing a  #! EVIL0001
'''
[[rule.good]]
code = '''
thing a { like: a  note: "EVIL" }
'''

[[rule]]
code = "EVIL0002"
name = "brokEVILen"
severity = "sevEVIL"
category = "x"
why = "EVIL"
for = 'thing t EVIL'
forbid = 'no t.EVIL'
message = "EVIL {t.EVIL}"
"#;

const CONFIG: &str = r#"
schema = ["schema.toml"]
packs = ["pack.toml"]
exclude = ["EVIL/**"]
unknown-EVIL = 1
[rules]
thing-like-none = "warning"
"EVIL" = "off"
[[override]]
files = ["b*.claims"]
rules = { all = "info" }
reason = "EVIL"
until = "EVIL"
"#;

const CLAIMS: &str = r#"
source s "title EVIL" { path: "text.txt"  language: en }
source missing { path: "noEVILne.txt" }
thing a "title EVIL" { note: "EVIL"  allow: thing-like-none "EVIL" }
thing b { like: c  sort: wrong }
thing d { quote: s "the lamp shines EVIL" }
thing e { quote: s "the lamp shines RAW" }
fact f { because: b  about: nobody  quote: s "no such words EVIL" }
"#;

const RAW_CLAIMS: &str = "thing g { note: \"RAW\" }\n# RAW\nthing hRAW { RAW: RAW }\nRAW\n";

const PROPOSALS: &str = r#"{"version": 1, "claims": [
  {"kind": "factEVIL", "id": "EVIL"},
  {"kind": "thing", "id": "x", "sort": "EVIL", "EVIL": "EVIL", "quotations": [{"source": "EVIL", "words": "EVIL"}]},
  {"kind": "thing", "id": "y", "note": "EVIL", "quotations": [{"source": "s", "words": "the lamp shines"}]}
], "EVIL": 1}"#;

/// A project all of whose texts are hostile. Where `sound`, its settings and rules can be read, so that commands get further.
fn project(sound: bool) -> Folder {
    let toml = |text: &str| text.replace("EVIL0", "KEEP0").replace("EVIL", IN_TOML).replace("KEEP0", "EVIL0");
    let claims = CLAIMS.replace("EVIL", IN_CLAIMS).replace("RAW", EVIL);
    let schema = if sound { SCHEMA.replace("tEVILwo", "two").replace("shadeEVIL", "shade") } else { SCHEMA.to_owned() };
    let pack = if sound { PACK.split("\n[[rule]]\ncode = \"EVIL0002\"").next().unwrap() } else { PACK };
    let config = if sound {
        CONFIG.replace("unknown-EVIL = 1\n", "").replace("\"EVIL\" = \"off\"\n", "")
    } else {
        CONFIG.to_owned()
    };
    let config = if sound { config.replace("until = \"EVIL\"\n", "") } else { config };
    let text = format!("# Heading {EVIL}\n\nOf old the lamp shines {EVIL} at night.\n\nNobody says {EVIL} more.\n");
    let folder = Folder::with(&[
        ("recte.toml", &toml(&config)),
        ("schema.toml", &toml(&schema)),
        // Literal strings know no escapes, and hold what they hold.
        ("pack.toml", &toml(&pack.replace("note: \"EVIL\"", "note: \"said\""))),
        ("text.txt", &text),
        ("a.claims", &claims),
        ("proposals.json", &PROPOSALS.replace("EVIL", IN_TOML)),
        ("broken.json", &format!("{{\"version\": {EVIL}}}")),
        (".gitignore", &format!("ignored{EVIL}*\n")),
    ]);
    if !sound {
        folder.write(&format!("b{EVIL}.claims").replace('/', "-"), RAW_CLAIMS.replace("RAW", EVIL).as_bytes());
        folder.write("claims.lock", format!("version = 1\nseal = \"{EVIL}\"\n{EVIL}").as_bytes());
    }
    folder
}

fn commands() -> Vec<Vec<String>> {
    let words = |line: &str| line.split(' ').map(|word| word.replace("EVIL", EVIL)).collect::<Vec<String>>();
    let mut all: Vec<Vec<String>> = ALL
        .iter()
        .flat_map(|format| {
            [
                format!("check --format {}", format.name),
                format!("check --format {} --show-suppressed --report all", format.name),
                format!("check a.claims --fail-on info --format {}", format.name),
                format!("check --output {}=out-{}", format.name, format.name),
            ]
        })
        .map(|line| words(&line))
        .collect();
    all.extend(
        [
            "check --stats",
            "check --diff",
            "check --fix=suggested --diff",
            "check --color always",
            "check --locked",
            "check --since EVIL",
            "check --staged",
            "check --config EVIL",
            "check --stdin-filename EVIL.claims",
            "check EVIL",
            "check --output sarif=EVIL/x",
            "check --files-from EVIL",
            "check --threads EVIL",
            "check --EVIL",
            "coverage",
            "coverage --format json",
            "coverage --format lcov",
            "coverage --format html",
            "coverage --output EVIL/x",
            "coverage --min EVIL",
            "coverage EVIL",
            "coverage a.claims",
            "facts",
            "facts --format json",
            "facts a.claims",
            "facts EVIL",
            "facts --query EVIL",
            "facts --query thing",
            "why a.claims:4",
            "why a.claims:4 --format json",
            "why a.claims:5",
            "why a.claims:6",
            "why a.claims:8 --format json",
            "why EVIL:1",
            "why .:EVIL",
            "why-not thing-like-none a.claims:4",
            "why-not thing-like-none .:EVIL",
            "why-not thing-like-none a",
            "why-not thing-like-none b --format json",
            "why-not thing-like-none EVIL",
            "why-not EVIL b",
            "explain EVIL0001",
            "explain thing-like-none",
            "explain thing-like-none --format json",
            "explain EVIL",
            "rules",
            "rules --format json",
            "rules EVIL",
            "rules test",
            "rules test --strict thing-like-none",
            "rules test --accept",
            "rules test EVIL",
            "rules new EVIL EVIL",
            "rules new NEW0001 new-rule",
            "rules new NEW0001 new-rule --file EVIL/rules.toml",
            "sql all",
            "sql thing-like-none",
            "sql thing-like-none --format json",
            "sql thing-like-none --rows",
            "sql --facts",
            "sql EVIL",
            "sql --facts EVIL",
            "config show",
            "config show --format json",
            "config show a.claims",
            "config show EVIL",
            "config schema",
            "suppressions",
            "suppressions --format json",
            "suppressions EVIL",
            "suppressions a.claims",
            "ingest --schema",
            "ingest proposals.json --dry-run",
            "ingest proposals.json --dry-run --format json",
            "ingest proposals.json --diff",
            "ingest proposals.json --into EVIL.claims",
            "ingest broken.json --dry-run",
            "ingest EVIL --dry-run",
            "fmt --check",
            "fmt --diff",
            "fmt EVIL",
            "baseline add --all --reason EVIL",
            "baseline show",
            "baseline verify",
            "baseline prune",
            "baseline EVIL",
            "accept",
            "accept --reason EVIL",
            "accept EVIL",
            "watch EVIL --rounds 1",
            "init",
            "init EVIL",
            "man EVIL",
            "completions EVIL",
            "watch EVIL --EVIL",
            "facts --project EVIL",
            "explain --project EVIL CL0001",
            "explain --date EVIL CL0001",
            "EVIL",
            "help EVIL",
        ]
        .map(words),
    );
    all
}

#[test]
fn no_command_shows_what_hides_or_steers() {
    let mut wrong = Vec::new();
    for sound in [true, false] {
        let folder = project(sound);
        for command in commands() {
            let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            let output = recte(folder.path(), &arguments);
            let painted = arguments.contains(&"always");
            for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                wrong.extend(
                    raw(bytes, painted).map(|found| format!("{stream} of {arguments:?}, sound {sound}: {found}")),
                );
            }
        }
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("out-") || name == "recte-rules.snap" || name == "recte-baseline.json" {
                let bytes = fs::read(&path).unwrap();
                wrong.extend(raw(&bytes, false).map(|found| format!("{name}, sound {sound}: {found}")));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
}

/// The same above projects whose folders are called so, and in a workspace that names such folders.
#[test]
fn no_name_of_a_project_hides_or_steers() {
    let folder = Folder::new();
    for (name, claims) in [("a", "fact it { because: nothing }\n"), ("b", "fact it { because: nothing }\nfact other\n")]
    {
        folder.write(&format!("projects/{name}{EVIL}/recte.toml"), b"");
        folder.write(&format!("projects/{name}{EVIL}/x.claims"), claims.as_bytes());
    }
    let mut runs: Vec<(String, Vec<String>)> = Vec::new();
    let words = |line: &str| line.split(' ').map(|word| word.replace("EVIL", EVIL)).collect::<Vec<String>>();
    let formats = ALL.iter().map(|format| format!("check --max 2 --format {}", format.name));
    let others = [
        "check --stats",
        "check --diff",
        "facts",
        "coverage",
        "suppressions",
        "accept",
        "explain X1",
        "why-not CL0710 it",
    ];
    for line in formats.chain(others.map(str::to_owned)).chain([format!("why projects/a{EVIL}/x.claims:1")]) {
        runs.push((String::new(), words(&line)));
    }
    for workspace in
        ["members = ['EVIL']", "members = ['projects/*']\nexclude = ['../EVIL']", "members = 'EVIL'", "EVIL"]
    {
        runs.push((workspace.to_owned(), words("check")));
    }
    let mut wrong = Vec::new();
    for (workspace, arguments) in runs {
        let table = format!("[workspace]\n{}\n", workspace.replace('\'', "\"").replace("EVIL", IN_TOML));
        if !workspace.is_empty() {
            folder.write("recte.toml", table.as_bytes());
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = recte(folder.path(), &arguments);
        for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            wrong.extend(raw(bytes, false).map(|found| format!("{stream} of {arguments:?}: {found}")));
            let text = String::from_utf8_lossy(bytes);
            let commands = text.lines().filter(|line| line.contains("##[") || line.trim_start().starts_with("::"));
            let is_annotation = |line: &&str| line.starts_with("::error file=") || line.starts_with("::warning file=");
            wrong.extend(commands.filter(|line| !is_annotation(line)).map(|line| format!("{arguments:?}: {line}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
}

/// The test would notice: what is looked for stands in the files, and what is made of it in what is shown.
#[test]
fn hostile_texts_are_shown_as_what_they_are() {
    let folder = project(true);
    let shown = |arguments: &[&str]| String::from_utf8_lossy(&recte(folder.path(), arguments).stdout).into_owned();
    assert!(shown(&["ingest", "--schema"]).contains("A thing \\u001b]0;t"), "{}", shown(&["ingest", "--schema"]));
    assert!(
        shown(&["explain", "EVIL0001"]).contains("Why \u{241b}]0;t\u{2407}"),
        "{}",
        shown(&["explain", "EVIL0001"])
    );
    let full = shown(&["check", "--report", "all"]);
    assert!(
        full.contains("EVIL0001") && full.contains("\u{241b}]0;t\u{2407}") && full.contains("is like none"),
        "{full}"
    );
    let piped = recte_with(
        folder.path(),
        &["check", "--stdin-filename", "c.claims"],
        RAW_CLAIMS.replace("RAW", EVIL).as_bytes(),
    );
    assert_eq!(raw(&piped.stdout, false), None);
}

/// The help names the program as we do, not by the name of the file that was run.
#[test]
fn a_program_that_is_renamed_keeps_its_name() {
    let folder = Folder::new();
    let link = folder.path().join(format!("x{EVIL}"));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_recte"), &link).unwrap();
    for arguments in [&["--help"][..], &["check", "--help"], &["--version"], &["check", "--none"]] {
        let output = std::process::Command::new(&link).args(arguments).output().unwrap();
        for bytes in [&output.stdout, &output.stderr] {
            assert_eq!(raw(bytes, false), None, "{arguments:?}");
        }
    }
}

/// The first character that must not be there, with what stands before it; colours are ours where they were asked for.
fn raw(bytes: &[u8], painted: bool) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is no text".to_owned()) };
    let text = if painted { without_colours(text) } else { text.to_owned() };
    let bad = |next: char| next != '\n' && next != '\t' && (next.is_control() || is_hidden(next));
    let at = text.find(bad)?;
    let before: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    Some(format!("{:?} after {before:?}", text[at..].chars().next().unwrap()))
}

/// A text without the sequences that choose a colour by numbers, each of which is ended on its line.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|next: char| !next.is_ascii_digit() && next != ';').unwrap_or(part.len());
        assert!(part[end..].starts_with('m'), "{part:?}");
        plain.push_str(&part[end + 1..]);
    }
    plain
}
