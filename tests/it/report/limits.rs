//! What each format does with more findings than its reader takes.

use std::time::{Duration, Instant};

use recte::diagnostic::{Code, Diagnostic, Label, Severity};
use recte::report::{ALL, Audience, Style};
use recte::rule::{Finding, SuppressedBy, Suppression};
use recte::text::Sources;
use serde_json::Value;

use super::{PLAIN, finding, report, span, strict, write};

/// A line of a claims file.
const LINE: &str = "actor port-authority { is: organ }\n";

/// How long one format may take for a hundred thousand findings where nothing is optimised.
const PATIENCE: Duration = Duration::from_secs(20);

/// Many findings of all weights, each on a line of its own.
fn many(number: usize) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", LINE.repeat(number));
    let weigh = |index: usize| Severity::ALL[index % 3];
    let place = |index: usize| {
        let at = span(id, index * LINE.len(), index * LINE.len() + 5);
        let diagnostic = Diagnostic::new(Code::native("CL0101"), format!("claim {index} cites nothing"), at);
        diagnostic.value(index.to_string()).help("cite an article".to_owned())
    };
    (sources, (0..number).map(|index| finding(weigh(index), "obligation-without-article", place(index))).collect())
}

#[test]
fn max_bounds_what_people_read_and_nothing_else() {
    let (sources, findings) = many(3);
    let report = report(&sources, &findings);
    for format in ALL {
        let bounded = write(format.name, &report, &Style { max: Some(1), ..PLAIN });
        let claims = (0..3).filter(|index| bounded.contains(&format!("claim {index} cites"))).count();
        match format.audience {
            Audience::People => {
                assert!(claims == 1 && bounded.contains("2 more findings"), "{}: {bounded}", format.name);
            }
            Audience::Programs => assert_eq!(bounded, write(format.name, &report, &PLAIN), "{}", format.name),
        }
    }
}

#[test]
fn a_hundred_thousand_findings_are_written_in_linear_time() {
    let (sources, findings) = many(100_000);
    let report = report(&sources, &findings);
    for format in ALL {
        let start = Instant::now();
        let text = write(format.name, &report, &PLAIN);
        println!("{}: {} ms, {} bytes", format.name, start.elapsed().as_millis(), text.len());
        assert!(start.elapsed() < PATIENCE, "{}: {:?}", format.name, start.elapsed());
    }
}

#[test]
fn sarif_cuts_the_mildest_and_says_so() {
    let (sources, findings) = many(60_000);
    let (report, silenced) =
        (report(&sources, &findings), Suppression { by: SuppressedBy::Allow, reason: "ok".into() });
    let excused: Vec<Finding> =
        findings[..3].iter().map(|it| Finding { suppressed: Some(silenced.clone()), ..it.clone() }).collect();
    let report = recte::report::Report { excused: &excused, ..report };
    let log: Value = serde_json::from_str(&write("sarif", &report, &PLAIN)).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let of = |level: &str| results.iter().filter(|result| result["level"] == level).count();
    assert_eq!((of("error"), of("warning"), of("note")), (20_000, 5_000, 0));
    assert!(results.iter().all(|result| result.get("suppressions").is_none()));
    let lines: Vec<u64> = results.iter().map(|result| line(result).as_u64().unwrap()).collect();
    assert!(lines.is_sorted(), "the order stays");
    let notice = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(notice.as_str().unwrap().contains("35003 more are left out"), "{notice}");
}

fn line(result: &Value) -> &Value {
    &result["locations"][0]["physicalLocation"]["region"]["startLine"]
}

#[test]
fn sarif_takes_a_thousand_places_and_counts_the_rest() {
    let (sources, _) = many(3_000);
    let id = sources.ids().next().unwrap();
    let label = |index: usize| Label { span: span(id, index * LINE.len(), index * LINE.len() + 5), text: "too".into() };
    let mut diagnostic = Diagnostic::new(Code::native("CL0101"), "everywhere", span(id, 0, 5));
    diagnostic.labels = (0..3_000).map(label).collect();
    let findings = [finding(Severity::Error, "everywhere", diagnostic)];
    let text = write("sarif", &report(&sources, &findings), &PLAIN);
    assert!(text.contains("note: 2001 more places left out here"));
    strict::hold(&report(&sources, &findings));
}

#[test]
fn markdown_keeps_the_heaviest_within_a_comment() {
    let (sources, findings) = many(5_000);
    let report = report(&sources, &findings);
    let text = write("markdown", &report, &PLAIN);
    assert!(text.contains("**error**") && !text.contains("**warning**") && text.contains("more findings"), "{text}");
    strict::hold(&report);
}

#[test]
fn markdown_stays_within_a_comment_whatever_the_settings_say() {
    let (sources, findings) = many(500);
    let mut report = report(&sources, &findings);
    let withheld = |line| recte::report::Withheld {
        what: recte::report::WithheldKind::Files,
        name: "@&<drafts>/**".to_owned(),
        path: "recte.toml".to_owned(),
        line,
    };
    report.summary.withheld = (1..10_000).map(withheld).collect();
    strict::hold(&report);
}
