//! Documents of every format, each beside the tree of what is read of it: `tests/cases/documents/FORMAT/NAME.ENDING` and
//! `NAME.tree`. Word documents are folders with the parts of which the tests make packages.
//!
//! `RECTE_RENEW=1 cargo test --test it formats` writes the trees instead of comparing them.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use recte::evidence::{DocumentFault, DocumentFormat, Paragraph, Prose, UnitKinds};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{files_beneath, repository};

const CASES: &str = "tests/cases/documents";
const TREE: &str = "tree";
const RENEW: &str = "RECTE_RENEW";

#[test]
fn documents_are_read_as_their_trees_say() {
    let mut wrong = Vec::new();
    let sources = sources();
    for source in &sources {
        let (text, prose) = read(source).unwrap();
        let tree = tree(&text, &prose);
        let beside = source.with_extension(TREE);
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if expected == tree {
            continue;
        }
        if std::env::var_os(RENEW).is_some() {
            fs::write(&beside, tree).unwrap();
        } else {
            wrong.push(format!("{}:\n{tree}", source.display()));
        }
    }
    assert!(!sources.is_empty());
    assert!(wrong.is_empty(), "{}\nrenew: {RENEW}=1 cargo test --test it formats", wrong.join("\n"));
}

/// Each word stands in the file where the document says that it stands.
#[test]
fn words_are_found_again_in_their_files() {
    for source in sources() {
        let (text, prose) = read(&source).unwrap();
        let mut found = 0;
        for (start, word) in prose.text.split_whitespace().map(|word| (word.as_ptr() as usize, word)) {
            let start = start - prose.text.as_ptr() as usize;
            let written = &text[prose.in_file(&(start..start + word.len()))];
            assert!(written.contains('&') || written.contains('<') || written == word, "{word:?} is {written:?}");
            found += 1;
        }
        assert!(found > 10, "{}: {found} words", source.display());
    }
}

/// The documents that have a tree.
fn sources() -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for format in entries(&repository().join(CASES)) {
        sources.extend(entries(&format).into_iter().filter(|entry| entry.extension().is_none_or(|it| it != TREE)));
    }
    sources
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// The text of a document, and what it says.
fn read(source: &Path) -> Result<(String, Prose), DocumentFault> {
    let folder = source.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap();
    let by_path = || DocumentFormat::of_path(source.to_str().unwrap());
    let format = DocumentFormat::named(folder).unwrap_or_else(by_path);
    let bytes = if source.is_dir() { package_of(source) } else { fs::read(source).unwrap() };
    if let Some(read) = format.unpack(&bytes)? {
        return Ok(read);
    }
    let text = String::from_utf8(bytes).unwrap();
    let prose = format.read(&text, &UnitKinds::default())?;
    Ok((text, prose))
}

/// A package of the parts beneath a folder.
pub fn package_of(folder: &Path) -> Vec<u8> {
    let parts = files_beneath(folder);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    package(&parts)
}

/// A package of parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// The units, paragraphs and headings of a document, and what is left out of it.
fn tree(text: &str, prose: &Prose) -> String {
    let mut tree = String::new();
    let mut units = prose.units.iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let begin = |tree: &mut String, open: &mut Vec<usize>, unit: &recte::evidence::DeclaredUnit| {
        open.retain(|end| *end > unit.bytes.start);
        let number = unit.number.as_deref().map_or(String::new(), |number| format!(" {number}"));
        writeln!(tree, "{}{}{number}", "  ".repeat(open.len()), unit.kind).unwrap();
        open.push(unit.bytes.end);
    };
    for Paragraph { bytes, heading } in &prose.paragraphs {
        while let Some(unit) = units.next_if(|unit| unit.bytes.start <= bytes.start) {
            begin(&mut tree, &mut open, unit);
        }
        open.retain(|end| *end > bytes.start);
        let words = prose.text[bytes.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let mark = heading.map_or("|".to_owned(), |level| format!("h{level}"));
        writeln!(tree, "{}{mark} {words}", "  ".repeat(open.len())).unwrap();
    }
    units.for_each(|unit| begin(&mut tree, &mut open, unit));
    for left_out in &prose.left_out {
        let line = 1 + text[..left_out.file.start].matches('\n').count();
        writeln!(tree, "left out: {} of {} bytes in line {line}", left_out.what, left_out.size).unwrap();
    }
    tree
}
