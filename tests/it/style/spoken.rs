//! What the program says to its users, text by text: pages, helps, explanations, schemas and recorded reports.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use recte::project::ProjectContext;
use regex::Regex;

use super::file;
use crate::support::{Folder, files_beneath, recte, repository, stdout};

/// A text, and the lines of it that are the program's own words.
pub(super) struct Text {
    pub(super) name: String,
    /// All of it.
    pub(super) whole: String,
    /// The number of each line, and what it says without what it only shows.
    pub(super) lines: Vec<(usize, String)>,
}

impl Text {
    pub(super) fn new(name: &str, whole: &str) -> Text {
        let shown = [
            // What a test says of a run, an excerpt of a file, and the marks beneath it up to their label.
            (r"^exit \d$", ""),
            (r"^\s*\d* [│|] .*$|^\s*[╭╰]─.*$|^\s*·[^╰]*(?:╰──)?", ""),
            (r"``[^`]*``|`[^`]*`", "_"),
            ("“[^”]*”|\"[^\"]*\"", "“…”"),
            (r"\]\([^)]*\)", "]"),
            (r"[*]{1,2}", ""),
            // A new line within a text that is shown on one.
            (r"\\n", " "),
        ];
        let shown = shown.map(|(pattern, with)| (Regex::new(pattern).unwrap(), with));
        let said = |line: &str| {
            shown.iter().fold(line.to_owned(), |text, (pattern, with)| pattern.replace_all(&text, *with).into_owned())
        };
        let lines = (1..).zip(whole.lines()).map(|(number, line)| (number, said(line))).collect();
        Text { name: name.to_owned(), whole: whole.to_owned(), lines }
    }
}

/// All that the program and its pages say.
pub(super) fn all() -> Vec<Text> {
    [pages(), helps(), explanations(), schemas(), templates(), recorded()].into_iter().flatten().collect()
}

/// Every page for users and contributors, without the files that its examples are.
pub(super) fn pages() -> Vec<Text> {
    let beneath = |folder: &str| {
        let files = files_beneath(&repository().join(folder)).into_iter();
        files.map(|(name, _)| format!("{folder}/{name}")).filter(|name| name.ends_with(".md")).collect::<Vec<_>>()
    };
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned);
    let pages = top.into_iter().chain(["docs", "claims", "tests"].into_iter().flat_map(beneath));
    pages.map(|page| Text::new(&page, &without_files(&file(&page)))).collect()
}

/// What each command and each of its parts says of itself.
fn helps() -> Vec<Text> {
    let folder = Folder::new();
    let mut found = Vec::new();
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(command) = open.pop() {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = stdout(&recte(folder.path(), &arguments));
        let names = help.lines().skip_while(|line| !line.starts_with("Usage:")).take_while(|line| *line != "Options:");
        let names =
            names.filter(|line| line.strip_prefix("  ").is_some_and(|rest| rest.starts_with(char::is_alphabetic)));
        let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        open.extend(names.map(|name| [&command[..], &[name.to_owned()]].concat()));
        found.push(Text::new(&format!("recte {}", arguments.join(" ")), &help));
    }
    assert!(found.len() >= 25, "{} commands", found.len());
    found
}

/// What `explain` says of every rule, without the conditions and examples, which are indented.
fn explanations() -> Vec<Text> {
    let rules = ProjectContext::builtin().rules;
    let codes: Vec<String> = rules.iter().map(|rule| rule.meta.code.to_string()).collect();
    assert!(codes.len() >= 150, "{} rules", codes.len());
    let (next, found, folder) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Folder::new());
    let explain = || {
        while let Some(code) = codes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let said = stdout(&recte(folder.path(), &["explain", code]));
            let own = |line: &str| if line.starts_with("    ") { String::new() } else { line.to_owned() };
            let said = said.lines().map(own).collect::<Vec<_>>().join("\n");
            found.lock().unwrap().push(Text::new(&format!("recte explain {code}"), &said));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(explain);
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The descriptions in the schemas for editors and programs.
fn schemas() -> Vec<Text> {
    let names = ["docs/ingest.schema.json", "docs/recte.schema.json", "docs/report.schema.json"];
    let described = |name: &str| {
        let mut texts = Vec::new();
        descriptions(&serde_json::from_str(&file(name)).unwrap(), &mut texts);
        assert!(texts.len() > 10, "{name}: {} descriptions", texts.len());
        Text::new(name, &texts.join("\n"))
    };
    names.map(described).into()
}

/// What others call, and what `init` and `rules new` write.
fn templates() -> Vec<Text> {
    let folder = Folder::new();
    for arguments in [&["init", "."][..], &["init", ".", "--hook", "--ci", "github"], &["init", ".", "--ci", "gitlab"]]
    {
        recte(folder.path(), arguments);
    }
    recte(folder.path(), &["rules", "new", "ACME0001", "owed-to-somebody", "--file", "own.toml"]);
    let written: Vec<(String, Vec<u8>)> = files_beneath(folder.path());
    assert!(written.len() >= 8, "{written:?}");
    let written = written.into_iter().map(|(name, bytes)| (format!("new/{name}"), String::from_utf8(bytes).unwrap()));
    let called = [".pre-commit-hooks.yaml", "action.yml"].map(|name| (name.to_owned(), file(name)));
    called.into_iter().chain(written).map(|(name, text)| Text::new(&name, &text)).collect()
}

/// Every title and description within a value.
fn descriptions(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                match member.as_str() {
                    Some(text) if matches!(key.as_str(), "title" | "description") => texts.push(text.to_owned()),
                    _ => descriptions(member, texts),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| descriptions(item, texts)),
        _ => {}
    }
}

/// Every report that is recorded for the tests.
fn recorded() -> Vec<Text> {
    let files = files_beneath(&repository().join("tests")).into_iter();
    let snapshots = files.filter(|(name, _)| name.ends_with(".snap"));
    let text = |(name, bytes): (String, Vec<u8>)| {
        let whole = String::from_utf8(bytes).unwrap();
        let said = whole.splitn(3, "---\n").nth(2).expect("a snapshot has a head").to_owned();
        Text::new(&format!("tests/{name}"), &said)
    };
    snapshots.map(text).collect()
}

/// A page whose examples of claims, settings and rules are left empty; what a terminal shows stays.
fn without_files(page: &str) -> String {
    let mut inside: Option<bool> = None;
    let mut line_of = |line: &str| {
        let Some(info) = line.trim_start().strip_prefix("```") else {
            return if inside == Some(false) { String::new() } else { line.to_owned() };
        };
        inside = match inside {
            Some(_) => None,
            None => Some(info.starts_with("console")),
        };
        line.to_owned()
    };
    page.lines().map(&mut line_of).collect::<Vec<_>>().join("\n")
}
