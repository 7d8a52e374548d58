//! Whatever is wrong with a document, or with what is quoted from it, is named and placed; nothing of it passes for found.

use super::soon;
use crate::support::{Folder, places};

/// One source, and one quotation from it.
fn project(path: &str, fields: &str) -> Folder {
    let claims =
        format!("source paper {{ path: \"{path}\"  {fields} }}\nfact it {{ quote: paper \"the words of it\" }}\n");
    Folder::with(&[("recte.toml", ""), ("a.claims", &claims)])
}

/// What is found of the document and of its quotations.
fn found(folder: &Folder) -> Vec<String> {
    let all = soon("a document", || places(&folder.check()));
    all.into_iter().filter(|place| ["CL003", "CL070"].iter().any(|code| place.starts_with(code))).collect()
}

#[test]
fn a_document_that_cannot_be_read_is_named_where_it_is_cited() {
    for (what, bytes, fields) in [
        ("no text at all", &b"\x7fELF\x02\x01\x00\x00\xff\xfe the words of it"[..], ""),
        ("Latin-1 without saying so", &b"tr\xe8s bien, the words of it"[..], ""),
        ("UTF-16 without saying so", &b"\xff\xfet\x00h\x00e\x00"[..], ""),
        ("broken UTF-8", &b"the words of it \xc3"[..], ""),
        ("an encoding that nobody knows", &b"the words of it"[..], "encoding: \"klingon\""),
        ("another encoding than it says", &b"\x81 the words of it"[..], "encoding: \"shift_jis\""),
    ] {
        let folder = project("text.txt", fields);
        folder.write("text.txt", bytes);
        let found = found(&folder);
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert!(found[0].starts_with("CL0701 ") && found[0].contains("a.claims:1:"), "{what}: {found:?}");
    }
}

#[test]
fn a_document_in_another_encoding_is_read_as_it_says() {
    let folder = project("text.txt", "encoding: \"utf-16le\"");
    let text: Vec<u8> = "the words of it".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("text.txt", &text);
    assert_eq!(found(&folder), Vec::<String>::new());
}

#[test]
fn a_document_of_a_hundred_megabytes_is_refused_at_once() {
    let folder = project("text.txt", "");
    let large = std::fs::File::create(folder.path().join("text.txt")).unwrap();
    large.set_len(100 << 20).unwrap();
    assert_eq!(found(&folder), ["CL0701 source-missing a.claims:1:22"]);
}

#[test]
fn a_document_that_is_taken_away_between_two_checks_is_missed() {
    let folder = project("text.txt", "");
    folder.write("text.txt", b"the words of it");
    assert_eq!(found(&folder), Vec::<String>::new());
    folder.write("text.txt", b"the words are others");
    assert_eq!(found(&folder), ["CL0703 quote-altered a.claims:2:35"]);
    std::fs::remove_file(folder.path().join("text.txt")).unwrap();
    assert_eq!(found(&folder), ["CL0701 source-missing a.claims:1:22"]);
}

#[test]
fn a_quotation_that_cannot_be_looked_for_is_never_taken_for_found() {
    let folder = Folder::with(&[("recte.toml", ""), ("text.txt", "A text [of 12] words.\n")]);
    for (quotation, code) in [
        ("", "CL0706"),
        (" ", "CL0706"),
        ("[...]", "CL0706"),
        ("[...] [it says] …", "CL0706"),
        ("[of 12]", "CL0706"),
        ("A [text", "CL0706"),
        ("〔A text", "CL0706"),
        (".", "CL0706"),
        ("x", "CL0704"),
        ("te", "CL0704"),
    ] {
        let claims = format!("source paper {{ path: \"text.txt\" }}\nfact it {{ quote: paper \"{quotation}\" }}\n");
        folder.write("a.claims", claims.as_bytes());
        let found = found(&folder);
        assert!(found.len() == 1 && found[0].starts_with(code), "{quotation:?}: {found:?}");
        assert!(found[0].ends_with("a.claims:2:18"), "{quotation:?}: {found:?}");
    }
}

#[test]
fn a_quotation_that_nothing_ends_is_one_mistake_of_the_claims() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("text.txt", "A text.\n"),
        (
            "a.claims",
            "source paper { path: \"text.txt\" }\nfact it { quote: paper \"A text\n}\n\nfact other { inferred: yes }\n",
        ),
    ]);
    let all = places(&folder.check());
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].contains("a.claims:2:"), "{all:?}");
}
