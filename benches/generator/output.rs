//! Where a corpus goes: claims files with their lines counted, the documents they quote, the manifest, and the same
//! claims as relations for other programs.

use std::collections::BTreeMap;
use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Result, Write};
use std::path::{Path, PathBuf};

/// A block as it is written and as it is told to other programs.
#[derive(Default)]
pub(super) struct Block {
    pub(super) kind: &'static str,
    /// As its own file writes it.
    pub(super) id: String,
    pub(super) title: String,
    /// Each field with its values, each on a line of its own.
    pub(super) fields: Vec<(&'static str, Vec<String>)>,
    /// The source and the words.
    pub(super) quote: Option<(String, String)>,
}

/// The fields that other programs get, each as a relation of a block and a value.
const RELATIONS: [&str; 14] = [
    "about",
    "action",
    "asserted-by",
    "bearer",
    "because",
    "cites",
    "narrows",
    "overrides",
    "part-of",
    "parties",
    "purpose",
    "purposes",
    "scope",
    "toward",
];

/// The folder of a corpus, open for writing.
pub(super) struct Output {
    folder: PathBuf,
    /// The claims file that is being written.
    page: BufWriter<File>,
    name: String,
    line: usize,
    /// What its ids begin with, outside it: nothing, or `namespace/`.
    prefix: String,
    document: Option<(usize, BufWriter<File>)>,
    manifest: BufWriter<File>,
    declared: usize,
    relations: BTreeMap<String, BufWriter<File>>,
}

impl Output {
    /// Begins a corpus whose first claims file has this name.
    pub(super) fn new(folder: &Path, name: &str) -> Result<Output> {
        create_dir_all(folder.join("corpus/texts"))?;
        create_dir_all(folder.join("facts"))?;
        let mut manifest = BufWriter::new(File::create(folder.join("manifest.tsv"))?);
        writeln!(manifest, "code\tfile\tline\tids")?;
        Ok(Output {
            page: BufWriter::new(File::create(folder.join("corpus").join(name))?),
            folder: folder.to_owned(),
            name: name.to_owned(),
            line: 1,
            prefix: String::new(),
            document: None,
            manifest,
            declared: 0,
            relations: BTreeMap::new(),
        })
    }

    /// Goes on in another claims file, in a namespace of its own if one is given.
    pub(super) fn turn_to(&mut self, name: &str, namespace: &str) -> Result<()> {
        self.page.flush()?;
        let path = self.folder.join("corpus").join(name);
        create_dir_all(path.parent().unwrap_or(&self.folder))?;
        self.page = BufWriter::new(File::create(path)?);
        (self.name, self.line, self.prefix) = (name.to_owned(), 1, String::new());
        if !namespace.is_empty() {
            self.write(&format!("namespace {namespace}\n"))?;
            self.prefix = format!("{namespace}/");
        }
        Ok(())
    }

    /// Writes lines as they are.
    pub(super) fn write(&mut self, lines: &str) -> Result<()> {
        self.line += lines.matches('\n').count() + 1;
        writeln!(self.page, "{lines}")
    }

    /// Writes a block; the line of its header comes back, its fields stand on the lines after it.
    pub(super) fn block(&mut self, block: &Block) -> Result<usize> {
        let header = self.line;
        let mut lines = format!("{} {} \"{}\" {{\n", block.kind, block.id, block.title);
        for (field, values) in &block.fields {
            lines.push_str(&format!("  {field}: {}\n", values.join(", ")));
        }
        if let Some((source, words)) = &block.quote {
            lines.push_str(&format!("  quote: {source} \"{words}\"\n"));
        }
        self.write(&(lines + "}\n"))?;
        let id = self.full(&block.id);
        self.declare(&id, block.kind)?;
        for (field, values) in &block.fields {
            for value in values {
                self.relate(field, &id, value)?;
            }
        }
        Ok(header)
    }

    /// An id of this file as other files write it.
    pub(super) fn full(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// Tells other programs of a block, with a number of its own, so that they can tell two of one name apart.
    pub(super) fn declare(&mut self, id: &str, kind: &str) -> Result<()> {
        self.declared += 1;
        let number = self.declared.to_string();
        self.row("declared", &[id, kind, &number])
    }

    /// Tells other programs of a value, if it is of their concern.
    pub(super) fn relate(&mut self, field: &str, id: &str, value: &str) -> Result<()> {
        if !RELATIONS.contains(&field) {
            return Ok(());
        }
        // Within its namespace a claim is written without it.
        let here = value.starts_with("claim-") && !value.contains('/');
        let value = if here { self.full(value) } else { value.to_owned() };
        self.row(field, &[id, &value])
    }

    /// A row of a relation.
    pub(super) fn row(&mut self, relation: &str, columns: &[&str]) -> Result<()> {
        if !self.relations.contains_key(relation) {
            let path = self.folder.join("facts").join(format!("{relation}.tsv"));
            self.relations.insert(relation.to_owned(), BufWriter::new(File::create(path)?));
        }
        match self.relations.get_mut(relation) {
            Some(file) => writeln!(file, "{}", columns.join("\t")),
            None => Ok(()),
        }
    }

    /// A line of the manifest: what is to be found in the present file at a line, with the ids that play a part.
    pub(super) fn expect(&mut self, code: &str, line: usize, ids: &[String]) -> Result<()> {
        let name = self.name.clone();
        self.expect_in(code, (&name, line), ids)
    }

    /// The same of another file.
    pub(super) fn expect_in(&mut self, code: &str, (file, line): (&str, usize), ids: &[String]) -> Result<()> {
        writeln!(self.manifest, "{code}\t{file}\t{line}\t{}", ids.join(" "))
    }

    /// Writes what is left to write.
    pub(super) fn finish(mut self) -> Result<()> {
        self.page.flush()?;
        self.manifest.flush()?;
        self.document.iter_mut().try_for_each(|(_, file)| file.flush())?;
        self.relations.values_mut().try_for_each(BufWriter::flush)
    }

    /// The present file.
    pub(super) fn file(&self) -> String {
        self.name.clone()
    }

    /// Writes a sentence into a document that claims quote.
    pub(super) fn say(&mut self, document: usize, sentence: &str) -> Result<()> {
        if self.document.as_ref().is_none_or(|(open, _)| *open != document) {
            let path = self.folder.join(format!("corpus/texts/text-{document}.txt"));
            self.document = Some((document, BufWriter::new(File::create(path)?)));
        }
        match &mut self.document {
            Some((_, file)) => writeln!(file, "{sentence}.\n"),
            None => Ok(()),
        }
    }

    /// Writes a small file beside the others.
    pub(super) fn beside(&self, name: &str, text: &str) -> Result<()> {
        std::fs::write(self.folder.join(name), text)
    }
}
