//! Whatever a file holds, the program ends, soon, and says exactly what is wrong.

mod bulk;
mod bytes;
mod documents;
mod garbage;
mod mistakes;
mod names;
mod outside;
mod rules;
mod secrets;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use recte::project::{CheckOutput, LooseClaims, ProjectContext, check_page};

use crate::support::{places, today, written};

/// Far more than any of these takes, and far less than what grows with the square of its input.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 5 });

const FORMATS: [&str; 3] = ["full", "compact", "json"];

static HOUSE: LazyLock<ProjectContext> = LazyLock::new(ProjectContext::builtin);

/// Checks one text by all built-in rules.
fn check(text: &str) -> CheckOutput {
    check_page(LooseClaims { claims: text, document: None }, &HOUSE, HOUSE.rules.clone(), today())
}

/// `CODE line:column` of each finding.
fn found(checked: &CheckOutput) -> Vec<String> {
    places(checked).iter().map(|place| short(place)).collect()
}

/// `CODE name path:line:column` without the name and the path.
fn short(place: &str) -> String {
    let (code, _) = place.split_once(' ').unwrap();
    let mut numbers = place.rsplitn(3, ':');
    let (column, line) = (numbers.next().unwrap(), numbers.next().unwrap());
    format!("{code} {line}:{column}")
}

/// The findings in every format.
fn drawn(checked: &CheckOutput) -> Vec<String> {
    FORMATS.iter().map(|format| written(checked, &checked.findings, format)).collect()
}

/// Nothing that steers a terminal or turns the direction of writing.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|next| next == '\n' || !next.is_control() && !recte::text::is_hidden(next))
}

/// Runs what must not take long.
fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let outcome = work();
    assert!(start.elapsed() < LIMIT, "{what} took {:?}", start.elapsed());
    outcome
}
