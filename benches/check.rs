//! How fast claims are read and checked: `cargo bench`. Figures are the fastest of several runs in one process.

mod generator;

use std::time::{Duration, Instant};

use recte::model::Days;
use recte::project::{self, House};
use recte::{model, syntax, text};

const RUNS: usize = 7;

fn main() {
    let claims = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let written = generator::project(claims);
    let megabytes = written.len() as f64 / 1e6;
    report(&format!("{claims} claims, {megabytes:.1} MB of text"), Duration::ZERO);

    let mut sources = text::Sources::new();
    let file = sources.add("bench.claims", written.clone());
    let parse = fastest(|| drop(syntax::parse(file, &sources)));
    report(&format!("parse: {:.0} MB/s", megabytes / parse.as_secs_f64()), parse);

    let tree = [syntax::parse(file, &sources).file];
    let schema = House::builtin().schema;
    let resolve = fastest(|| drop(model::resolve(&tree, &sources, schema.clone())));
    report("resolve", resolve);

    let folder = std::env::temp_dir().join(format!("recte-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    std::fs::write(folder.join("bench.claims"), &written).expect("the folder can be written to");
    std::fs::write(folder.join("text.txt"), "A text.\n").expect("the folder can be written to");
    let today = Days::parse("2026-01-01").expect("a date");
    let check = || project::check(&folder, &[], today).expect("the folder can be read");
    let findings = check().findings;
    let whole = fastest(|| drop(check()));
    report(
        &format!("whole check, {} findings: {:.0} claims/s", findings.len(), claims as f64 / whole.as_secs_f64()),
        whole,
    );
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

fn fastest(run: impl Fn()) -> Duration {
    let time = |_| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

#[allow(clippy::print_stdout, reason = "a benchmark talks to the person who runs it")]
fn report(what: &str, time: Duration) {
    println!("{what:60} {:>9.1} ms", time.as_secs_f64() * 1e3);
}
