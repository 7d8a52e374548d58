//! How fast claims are read and checked, stage by stage: `cargo bench --bench check -- [CLAIMS]`.
//!
//! Each figure is the fastest of several runs in one process, so that it says what the work costs and not what else the
//! machine was doing. Whole processes, memory and other programs are for `benches/compare.py`.

mod clock;
mod corpus;
mod generator;

use std::path::Path;
use std::time::Duration;

use clock::fastest;
use corpus::Corpus;
use recte::model::DateRange;
use recte::project::{self, CheckOutput, ProjectContext};
use recte::report::{self, Report, Style, Summary};
use recte::rule::Gate;
use recte::{model, syntax, text};

/// The formats whose writing is measured.
const FORMATS: [&str; 3] = ["full", "compact", "json"];

fn main() {
    let claims = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let folder = Corpus::new(claims, &generator::SHAPES[0]);
    let written = std::fs::read_to_string(folder.0.join("corpus/corpus.claims")).expect("the corpus was written");
    let size = Size { claims, megabytes: written.len() as f64 / 1e6 };
    let shape = &generator::SHAPES[0];
    print(&format!("{claims} claims, {:.1} MB of text, shape `{}`: {}", size.megabytes, shape.name, shape.about));

    let mut sources = text::Sources::new();
    let file = sources.add("corpus.claims", written);
    size.line("parse", fastest(|| drop(syntax::parse(file, &sources))));
    let tree = [syntax::parse(file, &sources).file];
    let schema = ProjectContext::builtin().schema;
    size.line("resolve", fastest(|| drop(model::resolve(&tree, &sources, schema.clone()))));

    let whole = fastest(|| drop(check(&folder.0)));
    size.line("check: read, parse, resolve and seven rules", whole);
    let checked = check(&folder.0);
    for format in FORMATS {
        size.line(
            &format!("report {} findings as {format}", checked.findings.len()),
            fastest(|| write(&checked, format)),
        );
    }
}

fn check(folder: &Path) -> CheckOutput {
    let today = DateRange::parse("2026-01-01").expect("a date");
    project::check(&folder.join("corpus"), &[], today).expect("the folder can be read")
}

fn write(checked: &CheckOutput, format: &str) {
    let report = Report {
        findings: &checked.findings,
        excused: &[],
        rules: &checked.rules,
        gate: Gate { fail_on: checked.config.fail_on.value, apart: checked.apart },
        sources: &checked.sources,
        summary: Summary::default(),
        date: "2026-01-01".to_owned(),
    };
    let style = Style::plain();
    let format = report::ALL.iter().find(|known| known.name == format).expect("a format");
    (format.write)(&report, &style, &mut std::io::sink()).expect("nothing refuses what nobody keeps");
}

/// How much was worked on.
struct Size {
    claims: usize,
    megabytes: f64,
}

impl Size {
    fn line(&self, what: &str, time: Duration) {
        let seconds = time.as_secs_f64();
        let (speed, each) = (self.megabytes / seconds, seconds * 1e9 / self.claims as f64);
        print(&format!("{what:46} {:>9.1} ms {speed:>8.0} MB/s {each:>8.0} ns/claim", seconds * 1e3));
    }
}

#[allow(clippy::print_stdout, reason = "a benchmark talks to the person who runs it")]
fn print(line: &str) {
    println!("{line}");
}
