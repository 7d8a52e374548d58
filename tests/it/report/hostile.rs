//! Text that would like to steer a terminal, and findings in numbers that would like to take all day.

use std::time::{Duration, Instant};

use recte::diagnostic::{Code, Diagnostic, Severity};
use recte::rule::Finding;
use recte::text::Sources;

use super::{PLAIN, check, finding, report, span, write};

#[test]
fn hostile_text_is_shown_and_never_obeyed() {
    let hostile = [
        "\u{1b}[2J",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]8;;http://x\u{1b}\\",
        "\u{7}",
        "\u{8}",
        "a\rb",
        "\u{7f}",
        "\u{9b}31m",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{200b}",
        "\u{0}",
        "\n::error file=x::pwned",
        "\r##[error]x",
        "::add-mask::x",
        " ::x",
        "##[command]",
        "%0A::error::x",
        "a ##[add-mask]x",
        "###[error]x",
    ];
    for evil in hostile {
        let mut sources = Sources::new();
        let id = sources.add(evil, format!("actor {evil} a {evil}\n{evil}"));
        let words = format!("{} {evil} and {evil}", "long ".repeat(30));
        let diagnostic = Diagnostic::new(Code::read(evil), words.clone(), span(id, 3, 8))
            .here(evil)
            .label(span(id, 0, 2), evil)
            .help(words);
        let drawn = check(&sources, &[finding(Severity::Info, evil, diagnostic)]);
        assert!(drawn.contains("┬"), "{drawn}");
    }
}

#[test]
fn json_keeps_every_character() {
    let text: String = ('\0'..'\u{3000}').chain(['\u{ffff}', '\u{10ffff}']).collect();
    let mut sources = Sources::new();
    let id = sources.add(text.clone(), text.clone());
    let findings =
        [finding(Severity::Error, &text, Diagnostic::new(Code::native("CL0001"), text.clone(), span(id, 0, 1)))];
    let json: serde_json::Value = serde_json::from_str(&write("json", &report(&sources, &findings), &PLAIN)).unwrap();
    for key in ["message", "path", "name"] {
        assert_eq!(json["findings"][0][key], text);
    }
}

#[test]
fn many_labels_are_counted_not_drawn() {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", "word ".repeat(1_000));
    let mut diagnostic = Diagnostic::new(Code::native("CL0001"), "many places", span(id, 0, 4));
    for index in 1..1_000 {
        diagnostic = diagnostic.label(span(id, index * 5, index * 5 + 4), "again");
    }
    let drawn = check(&sources, &[finding(Severity::Error, "many", diagnostic)]);
    assert!(drawn.contains("and 992 more places") && drawn.len() < 5_000, "{drawn}");
}

#[test]
fn a_finding_costs_the_same_in_a_large_file() {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", "actor port-authority { is: organ }\n".repeat(30_000));
    let end = sources.get(id).text().len();
    let place = |index: usize| {
        Diagnostic::new(Code::native("CL0001"), "late", span(id, end - 35 * index - 6, end - 35 * index - 1))
    };
    let findings: Vec<Finding> = (0..1_000).map(|index| finding(Severity::Error, "late", place(index))).collect();
    let (report, start) = (report(&sources, &findings), Instant::now());
    assert_eq!(write("full", &report, &PLAIN).matches("error[CL0001]").count(), 1_000);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}
