//! What ordinary findings look like to people and to programs.

use std::time::Duration;

use recte::diagnostic::{Code, Diagnostic, Severity};
use recte::report::{Color, Hidden, Style};
use recte::rule::{Finding, SuppressedBy, Suppression};
use recte::text::{SourceId, Sources, Span};

use super::{PLAIN, check, finding, report, span, write};

const HARBOUR: &str = "\
actor port-authority \"the Port Authority\" { is: organ }

scope inner-harbour \"the inner harbour\" { dimension: territorial }
scope open-sea \"the open sea\" { dimension: territorial  disjoint: inner-harbour }

obligation keep-channel-clear {
  bearer: port-authority
  cites: harbour-act/3
  scope: open-sea
}
";

const ACT: &str = "\
instrument harbour-act \"Harbour Act\" {
  article 3 \"Dredging\" {
    scope: inner-harbour
  }
}
";

/// Where `words` stand in a source.
pub(super) fn at(sources: &Sources, id: SourceId, words: &str) -> Span {
    let start = sources.get(id).text().find(words).expect("the words stand in the text");
    span(id, start, start + words.len())
}

/// Two findings in two files: an error with places in both, a warning that is allowed.
pub(super) fn harbour() -> (Sources, Vec<Finding>) {
    let mut sources = Sources::new();
    let (claims, act) = (sources.add("port.claims", HARBOUR), sources.add("law/act.claims", ACT));
    let outside = "`keep-channel-clear` reaches outside `harbour-act/3`: `open-sea` is disjoint from `inner-harbour`";
    let scope = Diagnostic::new(Code::native("CL0203"), outside, at(&sources, claims, "scope: open-sea"))
        .here("claimed for `open-sea`")
        .label(at(&sources, claims, "harbour-act/3"), "but it rests on this article")
        .label(at(&sources, claims, "disjoint: inner-harbour"), "which is declared disjoint")
        .label(at(&sources, act, "scope: inner-harbour"), "whose scope is declared here")
        .help("narrow the obligation to `inner-harbour`, cite an article that applies at sea, or give `harbour-act/3` a wider scope".to_owned());
    let action = Diagnostic::new(
        Code::native("CL0710"),
        "obligation `keep-channel-clear` quotes no words of a source",
        at(&sources, claims, "keep-channel-clear"),
    );
    let mut allowed = finding(Severity::Warning, "claim-without-quote", action);
    allowed.suppressed = Some(Suppression { by: SuppressedBy::Allow, reason: "the act is not at hand".to_owned() });
    (sources, vec![finding(Severity::Error, "scope-outside-article", scope), allowed])
}

#[test]
fn full_report() {
    let (sources, findings) = harbour();
    insta::assert_snapshot!(check(&sources, &findings), @r#"
    error[CL0203] scope-outside-article: `keep-channel-clear` reaches outside `harbour-act/3`:
      `open-sea` is disjoint from `inner-harbour`
        ╭─[port.claims:9:3]
      3 │ scope inner-harbour "the inner harbour" { dimension: territorial }
      4 │ scope open-sea "the open sea" { dimension: territorial  disjoint: inner-harbour }
        ·                                                         ───────────┬───────────
        ·                                                                    ╰── which is declared disjoint
      5 │
      6 │ obligation keep-channel-clear {
      7 │   bearer: port-authority
      8 │   cites: harbour-act/3
        ·          ──────┬──────
        ·                ╰── but it rests on this article
      9 │   scope: open-sea
        ·   ───────┬───────
        ·          ╰── claimed for `open-sea`
     10 │ }
        ╰────
       ╭─[law/act.claims:3:5]
     2 │   article 3 "Dredging" {
     3 │     scope: inner-harbour
       ·     ──────────┬─────────
       ·               ╰── whose scope is declared here
     4 │   }
       ╰────
      help: narrow the obligation to `inner-harbour`, cite an article that applies at sea, or give
            `harbour-act/3` a wider scope

    warning[CL0710] claim-without-quote: obligation `keep-channel-clear` quotes no words of a source
       ╭─[port.claims:6:12]
     5 │
     6 │ obligation keep-channel-clear {
       ·            ──────────────────
     7 │   bearer: port-authority
       ╰────
      note: suppressed by allow: the act is not at hand

    checked 2 files, 5 claims, 40 rules: 1 error, 1 warning
    next: `recte explain CL0203` explains the rule
    "#);
}

#[test]
fn compact_report() {
    let (sources, findings) = harbour();
    insta::assert_snapshot!(write("compact", &report(&sources, &findings), &PLAIN), @r#"
    port.claims:9:3: error[CL0203] scope-outside-article: `keep-channel-clear` reaches outside `harbour-act/3`: `open-sea` is disjoint from `inner-harbour`; help: narrow the obligation to `inner-harbour`, cite an article that applies at sea, or give `harbour-act/3` a wider scope
    port.claims:6:12: warning[CL0710] claim-without-quote: obligation `keep-channel-clear` quotes no words of a source; note: suppressed by allow: the act is not at hand
    checked 2 files, 5 claims, 40 rules: 1 error, 1 warning
    next: `recte explain CL0203` explains the rule
    "#);
}

#[test]
fn json_report() {
    let (sources, findings) = harbour();
    insta::assert_snapshot!(write("json", &report(&sources, &findings[1..]), &PLAIN), @r#"
    {
      "version": 1,
      "tool": {
        "name": "recte",
        "version": "0.1.0"
      },
      "date": "2026-11-23",
      "summary": {
        "files": 2,
        "claims": 5,
        "rules": 40,
        "findings": {
          "error": 0,
          "info": 0,
          "warning": 1
        },
        "hidden": {},
        "withheld": []
      },
      "findings": [
        {
          "code": "CL0710",
          "name": "claim-without-quote",
          "category": "citation",
          "severity": "warning",
          "message": "obligation `keep-channel-clear` quotes no words of a source",
          "path": "port.claims",
          "start": {
            "line": 6,
            "column": 12,
            "byte": 218
          },
          "end": {
            "line": 6,
            "column": 30,
            "byte": 236
          },
          "labels": [],
          "steps": [],
          "help": null,
          "fingerprint": "d033cdd179302ae7",
          "fixes": [],
          "suppressed": {
            "by": "allow",
            "reason": "the act is not at hand"
          }
        }
      ]
    }
    "#);
}

#[test]
fn clean_run() {
    let sources = Sources::new();
    let mut report = report(&sources, &[]);
    report.summary.elapsed = Some(Duration::from_millis(12));
    report.summary.hidden =
        [(Hidden::Allow, 3), (Hidden::Baseline, 0), (Hidden::Level, 1), (Hidden::Elsewhere, 3)].into();
    report.summary.elsewhere = [(Severity::Error, 2), (Severity::Warning, 1)].into();
    insta::assert_snapshot!(write("full", &report, &PLAIN), @r#"
    checked 2 files, 5 claims, 40 rules in 12 ms: no findings
    hidden: 3 allowed in the claims, 1 off by level, 2 errors and 1 warning outside the selected files
    "#);
    super::strict::hold(&report);
}

#[test]
fn colour_adds_escape_sequences_and_nothing_else() {
    let (sources, findings) = harbour();
    let report = report(&sources, &findings);
    let coloured = write("full", &report, &Style { color: Color::Ansi, ..PLAIN });
    let mut pieces = coloured.split('\u{1b}');
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (sequence, text) = piece.split_once('m').unwrap();
        assert!(sequence[1..].chars().all(|character| character.is_ascii_digit() || character == ';'), "{sequence}");
        plain.push_str(text);
    }
    let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
    assert_eq!(trimmed.join("\n"), write("full", &report, &PLAIN).trim_end());
}
