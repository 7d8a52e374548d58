//! Labels at every kind of place: none is lost, and each stands where it belongs.

use recte::diagnostic::{Code, Diagnostic, Severity};
use recte::text::Sources;

use super::{check, finding, one, span};

#[test]
fn labels_at_the_end_of_a_file() {
    insta::assert_snapshot!(one("actor a {\n  is: organ", 21, 21), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:2:12]
     1 │ actor a {
     2 │   is: organ
       ·           ┬
       ·           ╰── here
       ╰────
    "#);
    insta::assert_snapshot!(one("actor a {\n  is: organ\n", 22, 22), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:3:1]
     1 │ actor a {
     2 │   is: organ
       ·           ┬
       ·           ╰── here
       ╰────
    "#);
    // What concerns a file as a whole is not put down to its first line.
    insta::assert_snapshot!(one("", 0, 0), @r"
    error[CL0001] syntax-error: something is missing
      in: port.claims
    ");
}

#[test]
fn labels_that_stray() {
    let last = one("actor a {", 9, 9);
    for (start, end) in [(10, 10), (10, 99), (u32::MAX as usize, u32::MAX as usize)] {
        assert_eq!(one("actor a {", start, end), last);
    }
    insta::assert_snapshot!(one("actor 港湾局 {", 7, 8), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:1:7]
     1 │ actor 港湾局 {
       ·       ─┬
       ·        ╰── here
       ╰────
    "#);
    insta::assert_snapshot!(one("actor a {\n\n}", 10, 11), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:2:1]
     1 │ actor a {
     2 │
       · ┬
       · ╰── here
     3 │ }
       ╰────
    "#);
}

#[test]
fn labels_in_wide_text_and_over_lines() {
    insta::assert_snapshot!(one("scope 内港 \"港の内側\" {\n  within: 海", 13, 27), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:1:10]
     1 │ scope 内港 "港の内側" {
       ·            ─────┬────
       ·                 ╰── here
     2 │   within: 海
       ╰────
    "#);
    insta::assert_snapshot!(one("obligation keep-clear {\n  bearer: authority\n  scope: open-sea\n}\n", 11, 60), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:1:12]
     1 │ ╭─▶ obligation keep-clear {
     2 │ │     bearer: authority
     3 │ ├─▶   scope: open-sea
       · ╰──── here
     4 │     }
       ╰────
    "#);
    let long = format!("claim a {{\n{}}}\n", "  note: \"x\"\n".repeat(100));
    let drawn = one(&long, 0, long.len());
    assert!(drawn.contains("here (to line 102)") && drawn.lines().count() < 28, "{drawn}");
}

#[test]
fn far_columns() {
    let far = format!("note {} end", "x".repeat(70_000));
    insta::assert_snapshot!(one(&far, 70_006, 70_009), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:1:70007]
     1 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx end
       ·                                                              ─┬─
       ·                                                               ╰── here
       ╰────
    "#);
    insta::assert_snapshot!(one(&format!("{}a: b", "\t".repeat(20_000)), 20_000, 20_001), @r#"
    error[CL0001] syntax-error: something is missing
       ╭─[port.claims:1:20001]
     1 │ …                                                            a: b
       ·                                                              ┬
       ·                                                              ╰── here
       ╰────
    "#);
}

#[test]
fn lines_end_in_every_fashion() {
    for text in ["a\nb\nc: d\ne", "a\r\nb\r\nc: d\r\ne", "a\rb\rc: d\re"] {
        let start = text.find('d').unwrap();
        let drawn = one(text, start, start + 1);
        assert!(drawn.contains("[port.claims:3:4]") && drawn.contains(" 3 │ c: d\n   ·    ┬"), "{drawn}");
    }
}

#[test]
fn labels_on_the_same_words_get_windows_of_their_own() {
    let mut sources = Sources::new();
    let id = sources.add("port.claims", "scope: open-sea");
    let diagnostic = Diagnostic::new(Code::native("CL0001"), "two remarks", span(id, 0, 15))
        .here("the field")
        .label(span(id, 7, 15), "its value");
    insta::assert_snapshot!(check(&sources, &[finding(Severity::Error, "two-remarks", diagnostic)]), @r#"
    error[CL0001] two-remarks: two remarks
       ╭─[port.claims:1:1]
     1 │ scope: open-sea
       · ───────┬───────
       ·        ╰── the field
       ╰────
       ╭─[port.claims:1:8]
     1 │ scope: open-sea
       ·        ────┬───
       ·            ╰── its value
       ╰────

    checked 2 files, 5 claims, 40 rules: 1 error
    next: `recte explain CL0001` explains the rule
    "#);
}

#[test]
fn no_label_is_ever_lost() {
    let text = "a\t海\r\n\r\n\u{1b}é\n \r\u{202e}b\n\n";
    for start in 0..=text.len() + 1 {
        for end in start..=text.len() + 2 {
            let drawn = one(text, start, end);
            let whole = (start, end) == (0, 0) && drawn.ends_with("  in: port.claims");
            assert!(whole || drawn.ends_with("────") && drawn.contains("─ here"), "{start}..{end}\n{drawn}");
        }
    }
}
