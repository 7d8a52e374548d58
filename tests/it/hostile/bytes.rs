//! Bytes that are no text, or text that is not quite what it looks like.

use super::{drawn, is_harmless, short};
use crate::support::{Folder, exit, places, recte, stdout};

const FACT: &str = "fact it { inferred: yes }";

/// What a file holds, and its findings.
const FILES: &[(&str, &[u8], &[&str])] = &[
    ("empty", b"", &[]),
    ("only a line break", b"\n", &[]),
    ("only a comment, and no line break", b"# nothing", &[]),
    ("a byte order mark", b"\xef\xbb\xbffact it { inferred: yes }\n", &[]),
    ("a mistake after a byte order mark", b"\xef\xbb\xbffact it { infered: yes  inferred: yes }\n", &["CL0003 1:11"]),
    ("a byte order mark and nothing else", b"\xef\xbb\xbf", &[]),
    ("CRLF", b"fact it {\r\n  inferred: yes\r\n  becuase: it\r\n}\r\n", &["CL0003 3:3"]),
    ("lone CR", b"fact it {\r  inferred: yes\r  becuase: it\r}\r", &["CL0003 3:3"]),
    ("CR ends a comment", b"# a remark\rfact it { inferred: yes  becuase: it }\r", &["CL0003 2:26"]),
    ("mixed line ends", b"fact it {\n  inferred: yes\r\r\n  becuase: it\n}", &["CL0003 4:3"]),
    ("not UTF-8", b"fact it { inferred: yes }\n# caf\xe9\n", &["CL0030 1:1"]),
    ("an overlong slash", b"fact it { inferred: yes }\n# \xc0\xaf\n", &["CL0030 1:1"]),
    ("a surrogate", b"fact it { inferred: yes }\n# \xed\xa0\x80\n", &["CL0030 1:1"]),
    ("UTF-16, little end first", b"\xff\xfef\0a\0c\0t\0", &["CL0030 1:1"]),
    ("UTF-16, big end first", b"\xfe\xff\0f\0a\0c\0t", &["CL0030 1:1"]),
    ("UTF-16 without a mark", b"f\0a\0c\0t\0 \0i\0t\0", &["CL0030 1:1"]),
    ("NUL between blocks", b"fact it { inferred: yes }\n\0\n", &["CL0025 2:1"]),
    ("NUL in a text", b"fact it \"\0\" { inferred: yes }\n", &["CL0025 1:10"]),
    ("an escape character in a comment", b"fact it { inferred: yes } # \x1b[2J\n", &["CL0025 1:29"]),
    ("an unclosed block", b"fact it {\n  inferred: yes\n", &["CL0021 1:6"]),
    ("an unclosed text", b"fact it { inferred: yes  note: \"no end", &["CL0022 1:32"]),
    ("an unclosed quotation", b"source s { path: \"a.claims\" }\nfact it { quote: s \"no end", &["CL0022 2:20"]),
    ("a backslash at the end", b"fact it { inferred: yes  note: \"no end\\", &["CL0022 1:32"]),
    ("stray bytes", b"fact it { inferred: yes }\n\x80\x81\xfe", &["CL0030 1:1"]),
    ("stray signs", b"fact it { inferred: yes }\n;;; %% $\n", &["CL0020 2:1"]),
];

#[test]
fn whatever_the_bytes_the_findings_are_exact() {
    for (what, bytes, expected) in FILES {
        let folder = Folder::new();
        folder.write("a.claims", bytes);
        let checked = folder.check();
        let found: Vec<String> = places(&checked).iter().map(|place| short(place)).collect();
        assert_eq!(found, *expected, "{what}");
        for text in &drawn(&checked)[..2] {
            assert!(is_harmless(text), "{what}: {text:?}");
        }
    }
}

#[test]
fn what_was_not_read_is_never_clean() {
    for bytes in [&b"\xff\xfef\0"[..], b"fact it { inferred: yes } # \xe9"] {
        let folder = Folder::with(&[("well.claims", FACT)]);
        folder.write("a.claims", bytes);
        assert_eq!(exit(&recte(folder.path(), &["check"])), 3);
    }
}

#[test]
fn a_long_line_is_shown_where_its_mistake_is() {
    let long = format!("fact it {{ inferred: yes  note: \"{}\"  becuase: it }}\n", "x".repeat(70_000));
    let tabs = format!("fact it {{ inferred: yes\n{}becuase: it }}\n", "\t".repeat(20_000));
    for (text, column) in [(long, 70_036), (tabs, 20_001)] {
        let folder = Folder::with(&[("a.claims", &text)]);
        let output = recte(folder.path(), &["check"]);
        assert_eq!(exit(&output), 1);
        let shown = stdout(&output);
        assert!(
            shown.contains("becuase: it") && shown.contains(&format!(":{column}]")) && shown.len() < 5_000,
            "{shown}"
        );
    }
}
