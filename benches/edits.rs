//! How long it takes from an edit of one file to the findings: `cargo bench --bench edits -- [CLAIMS [EDITS]] [--all-rules]`.
//!
//! The project stays in memory, in files of 50 claims, and a value is changed in one of them after the other. Beside that
//! stands the time of a check that begins with nothing.

#![allow(clippy::print_stdout, reason = "a benchmark talks to the person who runs it")]

mod corpus;
mod generator;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use corpus::Corpus;
use recte::model::DateRange;
use recte::project::{AnalysisHost, CheckRequest, Root, SettingsSource, check_tree};

/// How many edits are made unless another number is given.
const EDITS: usize = 200;

/// The fields of which a value is changed in turn, each for another of the same kind.
const FIELDS: [&str; 7] = ["scope", "action", "bearer", "asserted-by", "purpose", "because", "quote"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse().ok());
    let (claims, many) = (numbers.next().unwrap_or(10_000), numbers.next().unwrap_or(EDITS));
    let all_rules = arguments.iter().any(|argument| argument == "--all-rules");
    let corpus = Corpus::new(claims, shape());
    let root = Root::open(&corpus.0.join("corpus")).expect("the corpus was written");
    let elsewhere = Root::open_whole(&corpus.0).expect("the corpus was written");
    let settings =
        if all_rules { SettingsSource::trusted(&elsewhere, "all-rules.toml") } else { SettingsSource::own(&root) };
    let today = DateRange::parse("2026-01-01").expect("a date");

    let started = Instant::now();
    let findings = check_tree(&root, settings, &[], today).findings.len();
    println!("{claims} claims, {findings} findings, shape `files`: {}", shape().about);
    println!("{:24} {:>9.1} ms", "a check", millis(started.elapsed()));
    let started = Instant::now();
    let mut host = AnalysisHost::open(settings, CheckRequest::new(&root, today));
    println!("{:24} {:>9.1} ms", "opened, to stay", millis(started.elapsed()));

    let mut all = Vec::new();
    for (number, edit) in edits(&corpus.0.join("corpus"), many).into_iter().enumerate() {
        let started = Instant::now();
        let found: usize = host.edit(&edit.path, Some(&edit.text)).iter().map(|path| host.found(path).len()).sum();
        std::hint::black_box(found);
        all.push((started.elapsed(), FIELDS[number % FIELDS.len()]));
    }
    report("an edit", all.iter().map(|(time, _)| *time));
    for field in FIELDS {
        report(&format!("an edit of `{field}`"), all.iter().filter(|(_, of)| *of == field).map(|(time, _)| *time));
    }
    println!("{:?}", host.stats());
}

fn shape() -> &'static generator::Shape {
    generator::SHAPES.iter().find(|shape| shape.name == "files").expect("there is such a shape")
}

/// A file with another text.
struct Edit {
    path: String,
    text: String,
}

/// Edits of files that lie apart, as far as there are so many.
fn edits(corpus: &Path, many: usize) -> Vec<Edit> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![corpus.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the corpus was written").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "claims") {
                files.push(path);
            }
        }
    }
    files.sort();
    // The first file declares what the others speak of.
    let claims: Vec<&PathBuf> =
        files.iter().filter(|path| path.file_stem().is_none_or(|name| name != "world")).collect();
    let mut made: Vec<Edit> = Vec::new();
    for number in 0..many {
        let path = claims[(number * 37 + 1) % claims.len()];
        let name = path.strip_prefix(corpus).expect("it lies in there").to_string_lossy().into_owned();
        let before = made.iter().rev().find(|edit| edit.path == name).map(|edit| edit.text.clone());
        let text = before.unwrap_or_else(|| std::fs::read_to_string(path).expect("the corpus was written"));
        made.push(Edit { path: name, text: changed(&text, FIELDS[number % FIELDS.len()], number) });
    }
    made
}

/// A text in which one block has the value of another in a field.
fn changed(text: &str, field: &str, number: usize) -> String {
    let head = format!("  {field}: ");
    let lines: Vec<&str> = text.lines().collect();
    let with: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with(&head)).collect();
    let mut lines = lines.clone();
    if !with.is_empty() {
        let at = with[number % with.len()];
        let other = with.iter().find(|other| lines[**other] != lines[at]);
        lines[at] = other.map_or(lines[at], |other| lines[*other]);
    }
    lines.join("\n") + "\n"
}

fn report(what: &str, times: impl Iterator<Item = Duration>) {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    let part = |hundredths: usize| millis(times[(times.len() - 1) * hundredths / 100]);
    println!("{what:24} p50 {:>8.2} ms  p99 {:>8.2} ms  max {:>8.2} ms", part(50), part(99), part(100));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
