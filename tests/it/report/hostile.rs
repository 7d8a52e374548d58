//! Text that would like to steer a terminal, and findings in numbers that would like to take all day.

use std::time::{Duration, Instant};

use recte::diagnostic::{Code, Diagnostic, Label, Severity};
use recte::report::{Withheld, WithheldKind};
use recte::rule::{Finding, SuppressedBy, Suppression};
use recte::text::Sources;

use super::{PLAIN, check, finding, report, span, strict, write};

/// Text that steers terminals, commands build servers, or is markup somewhere.
const HOSTILE: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{1b}]52;c;cHduZWQ=\u{7}",
    "\u{7}",
    "\u{8}",
    "a\rb",
    "a\r\nb",
    "\u{7f}",
    "\u{9b}31m",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{200b}",
    "\u{0}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10ffff}",
    "\n::error file=x::pwned",
    "\r##[error]x",
    "\n::stop-commands::t",
    "::add-mask::x",
    "::set-env name=x::y",
    " ::x",
    "##[command]",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStatus status='SUCCESS']",
    "%0A::error::x",
    "%250A%3A%2C",
    "a ##[add-mask]x",
    "###[error]x",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;&lt;&#0;&x;",
    "'\"`",
    "a\" b='",
    "--><!-- x",
    "</failure><testcase/>",
    "[[ATTACHMENT|/etc/passwd]]",
    "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///z\">]>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></summary>",
    "[x](javascript:alert(1))",
    "![x](http://evil/x.png)",
    "[x]: http://evil",
    "<http://evil>",
    "https://evil.example www.evil.example a@evil.example",
    "@team #123 GH-12 owner/repo#1 !1 ~bug %1 &1 $x$ :tada:",
    "@[ex](x)",
    "# heading",
    "- item",
    "1. item",
    "---",
    "===",
    "> quote",
    "| a | b |",
    "```",
    "    code",
    "~~~",
    "*a* _b_ **c** ~~d~~ `e` ==f== ^g^",
    "$$x$$",
    "[^1]",
    "- [ ] task",
    "\\",
    "\\*",
    "{0} {{1}} {placeholder}",
    "../../etc/passwd",
    "C:\\x",
    "//evil/share",
    "file:///x",
    "-",
    "=x",
    "a=b,c=d::e",
];

#[test]
fn hostile_text_is_shown_and_never_obeyed() {
    for evil in HOSTILE {
        let sources = hostile_sources(evil);
        let drawn = check(&sources, &[hostile_finding(&sources, evil)]);
        assert!(drawn.contains("┬"), "{drawn}");
    }
}

#[test]
fn hostile_exceptions_and_settings_are_shown_and_never_obeyed() {
    for evil in HOSTILE {
        let sources = hostile_sources(evil);
        let silenced = [SuppressedBy::Allow, SuppressedBy::Override, SuppressedBy::Baseline].map(|by| {
            let suppressed = Some(Suppression { by, reason: format!("{evil} because {evil}") });
            Finding { suppressed, ..hostile_finding(&sources, evil) }
        });
        let mut report = report(&sources, &silenced[..2]);
        report.excused = &silenced[1..];
        report.summary.stale = Some(3);
        report.summary.withheld = [WithheldKind::Rule, WithheldKind::Files, WithheldKind::Override]
            .map(|what| Withheld { what, name: format!("{evil} {evil}"), path: "recte.toml".to_owned(), line: 4 })
            .into();
        strict::hold(&report);
    }
}

#[test]
fn a_message_of_a_megabyte_is_a_message() {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", "actor a");
    for filling in ["word ", "&", "\u{1b}", "]]>", "@a "] {
        let words = filling.repeat(1_000_000 / filling.len());
        let diagnostic = Diagnostic::new(Code::native("CL0001"), words.clone(), span(id, 0, 5)).here(words);
        strict::hold(&report(&sources, &[finding(Severity::Error, "long", diagnostic)]));
    }
}

/// A file that is called and holds what is hostile.
fn hostile_sources(evil: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add(evil, format!("actor {evil} a {evil}\n{evil}"));
    sources
}

/// A finding with hostile text wherever text can stand.
fn hostile_finding(sources: &Sources, evil: &str) -> Finding {
    let id = sources.ids().next().unwrap();
    let words = format!("{} {evil} and {evil}", "long ".repeat(30));
    let mut diagnostic = Diagnostic::new(Code::read(evil), words.clone(), span(id, 3, 8))
        .here(evil)
        .label(span(id, 0, 2), evil)
        .help(words);
    diagnostic.flow = vec![Label { span: span(id, 0, 2), text: evil.to_owned() }];
    Finding { category: evil.to_owned(), ..finding(Severity::Info, evil, diagnostic) }
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
