//! Which sentences the claims cover, in every format.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Folder, exit, recte, repository, stdout};

const TEXT: &str = "  1. First\n\nJapan acts. The U.S. Forces act, too <b>, under Art. 6. Nobody\nknows \"why\".\n\n  2. Second\n\nThis is said twice. It is so. This is said twice.\n";
const CLAIMS: &str = r#"
source paper { path: "text.txt"  language: en }
fact acts "Japan <i>acts</i>" { quote: paper "Japan acts." }
fact forces { quote: paper "The U.S. Forces act, [...] under Art. 6"  cites: nowhere }
fact twice { quote: paper "This is said twice" }
fact gone { status: withdrawn  quote: paper "It is so." }
waiver { quote: paper "Nobody knows"  reason: "No claim & no need." }
scope known { quote: paper "It is so." }
"#;

fn project() -> Folder {
    Folder::with(&[("a.claims", CLAIMS), ("text.txt", TEXT), ("recte.toml", "")])
}

fn json(folder: &Folder) -> Value {
    serde_json::from_slice(&recte(folder.path(), &["coverage", "--format", "json"]).stdout).unwrap()
}

#[test]
fn sentences_are_claimed_waived_or_open() {
    let covered = json(&project());
    let source = &covered["sources"][0];
    let states: Vec<(&str, &str)> = source["text"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sentence| (sentence["text"].as_str().unwrap(), sentence["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        states,
        [
            ("Japan acts.", "claimed"),
            ("The U.S. Forces act, too <b>, under Art. 6.", "claimed"),
            ("Nobody knows \"why\".", "waived"),
            // Words that stand twice claim neither, and neither do withdrawn claims and declarations.
            ("This is said twice.", "open"),
            ("It is so.", "open"),
            ("This is said twice.", "open"),
        ]
    );
    assert_eq!(covered["percent"], 50.0);
    assert_eq!((&source["claimed"], &source["waived"], &source["open"]), (&2.into(), &1.into(), &3.into()));
    assert_eq!((&source["text"][1]["words"], &source["text"][1]["quoted"]), (&10.into(), &8.into()));
    assert_eq!(source["sections"][1]["title"], "2. Second");
    assert_eq!(source["sections"][1]["percent"], 0.0);
}

#[test]
fn what_is_left_out_is_listed_with_its_size() {
    let text = "---\ntitle: no\n---\nIt is so.<!-- one -->\n\n<!-- two -->\n";
    let claims =
        "source paper { path: \"text.md\"  language: en }\nsource page { path: \"page.html\"  language: en }\n";
    let page = "<title>no</title><p>It is <b hidden>never</b> so.";
    let folder = Folder::with(&[("a.claims", claims), ("text.md", text), ("page.html", page), ("recte.toml", "")]);
    let shown = stdout(&recte(folder.path(), &["coverage"]));
    let expected = [
        "text.md: left out: front matter (18 bytes, line 1); comments (24 bytes at 2 places, the first on line 4)",
        "page.html: left out: page head (17 bytes, line 1); hidden elements (19 bytes, line 1)",
    ];
    assert!(expected.iter().all(|line| shown.lines().any(|shown| shown == *line)), "{shown}");
    let covered = json(&folder);
    let left_out = &covered["sources"][0]["left_out"];
    assert_eq!(left_out[0], serde_json::json!({ "what": "front matter", "bytes": 18, "lines": [1] }));
    assert_eq!(left_out[1]["lines"], serde_json::json!([4, 6]));
    let page = stdout(&recte(folder.path(), &["coverage", "--format", "html"]));
    assert!(page.contains("<p class=\"left-out\">left out: front matter (18 bytes, line 1); comments"), "{page}");
    assert_eq!(covered["sentences"], 2);
}

#[test]
fn only_files_that_the_schema_calls_documents_are_read() {
    let schema = "[kind.picture]\nextends = \"block\"\n[kind.picture.fields]\nshot = { type = \"file\" }\n\
                  annex = { type = \"file\", document = true }\n";
    let claims = "picture one { shot: \"shot.png\"  annex: \"annex.txt\" }\npicture two { shot: \"gone.png\" }\n";
    let files = [("a.claims", claims), ("annex.txt", "It is so.\n"), ("schema.toml", schema)];
    let folder = Folder::with(&[files[0], files[1], files[2], ("recte.toml", "schema = [\"schema.toml\"]\n")]);
    folder.write("shot.png", b"\x89PNG\r\n\x1a\n\0\0");
    let found = recte(folder.path(), &["check", "--format", "compact"]);
    let shown = stdout(&found);
    assert!(shown.contains("CL0701") && shown.contains("the file `gone.png` does not exist"), "{shown}");
    assert_eq!(shown.matches("error[CL07").count(), 1, "{shown}");
    let covered = json(&folder);
    assert_eq!(covered["sources"].as_array().map(Vec::len), Some(1), "{covered}");
    assert_eq!(covered["sources"][0]["path"], "annex.txt");
    // Of a field that names no file, it means nothing.
    folder.write("schema.toml", schema.replace("type = \"file\" }", "type = \"text\", document = true }").as_bytes());
    assert!(stdout(&recte(folder.path(), &["check"])).contains("field `shot` names no file"));
}

#[test]
fn too_little_coverage_fails() {
    let folder = project();
    for (least, code) in [("50", 0), ("50.1", 1), ("101", 2)] {
        assert_eq!(exit(&recte(folder.path(), &["coverage", "--min", least])), code, "{least}");
    }
    folder.write("a.claims", CLAIMS.replace("text.txt", "gone.txt").as_bytes());
    assert_eq!(exit(&recte(folder.path(), &["coverage"])), 3);
}

#[test]
fn both_corpora_are_covered_whole() {
    for corpus in ["claims/us-japan", "claims/reader-data"] {
        let output = recte(&repository().join(corpus), &["coverage", "--min", "100"]);
        assert_eq!(exit(&output), 0, "{}", stdout(&output));
    }
}

#[test]
fn viewers_of_test_coverage_can_read_it() {
    let shown = stdout(&recte(project().path(), &["coverage", "--format", "lcov"]));
    let expected = "TN:\nSF:text.txt\nBRDA:3,0,0,1\nBRDA:3,0,1,1\nBRDA:3,0,2,1\nBRDA:8,0,0,0\nBRDA:8,0,1,0\n\
        BRDA:8,0,2,0\nBRF:6\nBRH:3\nDA:3,3\nDA:8,0\nLF:2\nLH:1\nend_of_record\n";
    assert_eq!(shown, expected);
}

#[test]
fn the_page_is_one_file_of_text_and_links() {
    let page = stdout(&recte(project().path(), &["coverage", "--format", "html"]));
    // No script, nothing from elsewhere, and no word of the documents or claims that becomes markup.
    for foreign in ["<script", "http:", "https:", "url(", "<b>", "<i>acts", "& no need"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    for shown in ["too &lt;b&gt;,", "Japan &lt;i&gt;acts&lt;/i&gt;", "No claim &amp; no need.", "&quot;why&quot;"] {
        assert!(page.contains(shown), "{shown}");
    }
    let marked = |before: &str| -> Vec<String> {
        page.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = marked(" id=\"");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    let links = marked(" href=\"#");
    assert_eq!(links.len(), 6);
    assert!(links.iter().all(|link| unique.contains(link)), "{links:?}");
    assert!(page.contains("class=\"claimed faulty\""), "a sentence whose claim has findings shows it");
}
