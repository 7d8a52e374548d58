//! Whatever is wrong with a document, or with what is quoted from it, is named and placed; nothing of it passes for found.

use super::soon;
use crate::formats::{package, package_of};
use crate::support::{Folder, places, repository};

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

/// A document of Akoma Ntoso with one paragraph.
fn act(prolog: &str, paragraph: &str) -> String {
    format!("{prolog}<akomaNtoso><act><body><section><p>{paragraph}</p></section></body></act></akomaNtoso>")
}

#[test]
fn xml_is_read_by_its_outermost_element() {
    for prolog in ["", "\u{feff}", "<?xml version=\"1.0\"?>\n<!-- an act -->\n", "<!DOCTYPE akomaNtoso>"] {
        let folder = project("act.xml", "");
        folder.write("act.xml", act(prolog, "the <b>words</b> &#111;f it").as_bytes());
        assert_eq!(found(&folder), Vec::<String>::new(), "{prolog:?}");
    }
    let folder = project("other.xml", "");
    folder.write("other.xml", b"<other>the <b>words</b> of it</other>");
    assert_eq!(found(&folder).len(), 1, "tags of other XML are words");
}

#[test]
fn xml_in_the_encoding_that_it_declares_is_read() {
    let text = act("<?xml version='1.0' encoding='windows-1252'?>", "très bien, the words of it");
    let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let folder = project("act.xml", "");
    folder.write("act.xml", &bytes);
    assert_eq!(found(&folder), Vec::<String>::new());
    folder.write("act.xml", &[b"<?xml version='1.0' encoding='utf-8'?>", &bytes[45..]].concat());
    assert_eq!(found(&folder), ["CL0701 source-missing a.claims:1:22"]);
}

#[test]
fn xml_that_is_not_whole_is_refused() {
    for (what, document) in [
        ("an element that nothing ends", "<akomaNtoso><act><p>the words of it</p>".to_owned()),
        ("elements that cross", act("", "<b>the words of <i>it</b></i>")),
        ("an ampersand by itself", act("", "the words of it & more")),
        ("a letter that does not exist", act("", "the words of it &#xFFFFFFFF;")),
        ("too deep", act("", &format!("{}the words of it{}", "<b>".repeat(300), "</b>".repeat(300)))),
        ("a million open elements", format!("<akomaNtoso>the words of it{}", "<b>".repeat(1_000_000))),
    ] {
        let folder = project("act.xml", "");
        folder.write("act.xml", document.as_bytes());
        assert_eq!(found(&folder), ["CL0701 source-missing a.claims:1:22"], "{what}");
    }
}

#[test]
fn entities_are_not_expanded_and_hide_no_words() {
    let prolog = "<!DOCTYPE akomaNtoso [<!ENTITY a \"of\"> <!ENTITY b SYSTEM \"file:///etc/passwd\">\
        <!ENTITY c \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"> <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    for paragraph in ["the words &a; it", "the words &b;of it", "the words &d; of it", "the words of&nbsp;it"] {
        let folder = project("act.xml", "");
        folder.write("act.xml", act(prolog, paragraph).as_bytes());
        let found = found(&folder);
        assert!(found.len() == 1 && found[0].starts_with("CL070"), "{paragraph}: {found:?}");
    }
}

#[test]
fn xml_of_many_small_pieces_is_read_in_time_that_grows_with_it() {
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"1\"")).collect();
    for inside in [
        "<b>a</b>".repeat(200_000),
        "&amp;".repeat(200_000),
        format!("<b{attributes}>a</b>"),
        "<authorialNote><p>a</p></authorialNote>".repeat(50_000),
        "<section><num>1</num></section>".repeat(50_000),
        "<!-- a -->".repeat(100_000),
    ] {
        let folder = project("act.xml", "");
        folder.write("act.xml", act("", &format!("the words of it {inside}")).as_bytes());
        assert_eq!(found(&folder), Vec::<String>::new(), "{}", &inside[..20]);
    }
}

const RELATIONS: &str =
    r#"<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A Word document with this in its body, and other parts.
fn word(body: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<document><body>{body}</body></document>");
    let own: [(&str, &[u8]); 2] = [("_rels/.rels", RELATIONS.as_bytes()), ("word/document.xml", document.as_bytes())];
    package(&[&own, parts].concat())
}

fn words_of(words: &str) -> String {
    format!("<p><r><t>{words}</t></r></p>")
}

/// What is found where the document is this.
fn found_of(document: &[u8]) -> Vec<String> {
    let folder = project("paper.docx", "");
    folder.write("paper.docx", document);
    found(&folder)
}

#[test]
fn a_word_document_is_read_whatever_else_is_in_its_package() {
    let outside = r#"<Relationships><Relationship Type="x/attachedTemplate" Target="file:///etc/passwd" TargetMode="External"/>
        <Relationship Type="x/styles" Target="../../../../etc/passwd"/></Relationships>"#;
    for (what, parts) in [
        ("nothing", vec![]),
        ("macros", vec![("word/vbaProject.bin", &b"\xd0\xcf\x11\xe0"[..])]),
        ("paths that lead outside", vec![("../../evil.xml", b"x"), ("/etc/passwd", b"x")]),
        ("relations that lead outside", vec![("word/_rels/document.xml.rels", outside.as_bytes())]),
    ] {
        assert_eq!(found_of(&word(&words_of("the words of it"), &parts)), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn words_that_word_does_not_show_are_not_quoted() {
    let run = |inside: &str| format!("<p><r><t>the words </t></r>{inside}<r><t>of it</t></r></p>");
    for (inside, is_found) in [
        ("<del><r><delText>no more </delText></r></del>", true),
        ("<r><rPr><vanish/></rPr><t>hidden </t></r>", true),
        ("<r><fldChar fldCharType='begin'/><instrText>REF x</instrText><fldChar fldCharType='end'/></r>", true),
        ("<ins><r><t>and more </t></r></ins>", false),
        ("<r><rPr><vanish val='0'/></rPr><t>shown </t></r>", false),
    ] {
        assert_eq!(found_of(&word(&run(inside), &[])).is_empty(), is_found, "{inside}");
    }
}

#[test]
fn what_is_no_word_document_is_refused() {
    let lease = package_of(&repository().join("tests/cases/documents/docx/lease"));
    let compound = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600], &name].concat()
    };
    let packed = word(&words_of(&"the words of it ".repeat(1000)), &[]);
    let mut wrong = packed.clone();
    let at = packed.len() / 3;
    wrong[at..at + 8].fill(0xff);
    let nested = format!("{}{}{}", "<sdt>".repeat(100_000), words_of("the words of it"), "</sdt>".repeat(100_000));
    for (what, bytes) in [
        ("an encrypted document", compound("EncryptedPackage")),
        ("a document of Word 97", compound("WordDocument")),
        ("a text", b"the words of it".to_vec()),
        ("nothing", Vec::new()),
        ("half of a document", lease[..lease.len() / 2].to_vec()),
        ("a package without a document", package(&[("x.xml", b"<document/>")])),
        ("a document of which bytes are others", wrong),
        ("a hundred thousand nested elements", word(&nested, &[])),
        (
            "a document that ends in its midst",
            package(&[("_rels/.rels", RELATIONS.as_bytes()), ("word/document.xml", b"<document><body>")]),
        ),
        ("a bomb", word(&" ".repeat(130 << 20), &[])),
        ("a small bomb", word(&" ".repeat(8 << 20), &[])),
        ("a package of many parts", many_parts()),
    ] {
        assert_eq!(found_of(&bytes), ["CL0701 source-missing a.claims:1:22"], "{what}");
    }
}

fn many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..20_000).map(|number| format!("part{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    word(&words_of("the words of it"), &parts)
}

#[test]
fn a_word_document_of_many_pieces_is_read_in_time_that_grows_with_it() {
    let field = "<r><fldChar fldCharType='begin'/><fldChar fldCharType='separate'/></r>";
    let item = |level: usize| {
        format!(
            "<p><pPr><numPr><ilvl val='{level}'/><numId val='1'/></numPr><ind left='{level}'/></pPr><r><t>a</t></r></p>"
        )
    };
    let notes = |number: usize| format!("<r><footnoteReference id='{number}'/></r>");
    let items: String = (0..50_000).map(item).collect();
    let notes: String = (0..50_000).map(notes).collect();
    for inside in [
        "<p/>".repeat(200_000),
        words_of("a").repeat(100_000),
        format!("<p>{}</p>", "<r><t>a</t></r>".repeat(200_000)),
        format!("<p>{}</p>", field.repeat(50_000)),
        format!("<tbl>{}</tbl>", "<tr><tc><p/></tc></tr>".repeat(50_000)),
        format!("<p>{notes}</p>"),
        items,
    ] {
        let beginning = words_of("the words of it");
        let parts = [("word/numbering.xml", &b"<numbering/>"[..])];
        assert_eq!(found_of(&word(&format!("{beginning}{inside}"), &parts)), Vec::<String>::new(), "{}", &inside[..30]);
    }
}
