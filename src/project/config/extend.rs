//! Reads a configuration after those that it extends.

use std::collections::BTreeSet;

use super::configuration::Config;
use super::keys::KEYS;
use super::problems;
use super::read::extended;
use super::reader::{ConfigReader, WrittenOverride};
use crate::diagnostic::Diagnostic;
use crate::project::files::problems as file_problems;
use crate::project::files::tree::{NotRead, Tree, folder, join, reach};
use crate::project::files::unexpected::foreign;
use crate::text::{SourceId, Sources, Span, Spanned};

/// How many configurations one may extend, those that they extend included.
const MOST: usize = 100;

/// Reads the configuration at `path` of a tree, and all that it extends, each once and before what extends it.
///
/// A tree without the file has the settings that hold by default. Names of files are shown after `label`.
pub(in super::super) fn load(
    tree: &dyn Tree,
    path: &str,
    label: &str,
    sources: &mut Sources,
) -> (Config, Vec<Diagnostic>) {
    let config = Config::default();
    let mut loader =
        ConfigLoader { tree, label, sources, config, problems: Vec::new(), open: Vec::new(), done: BTreeSet::new() };
    let limit = loader.config.file_size.value;
    match read(tree, path, limit) {
        Ok(text) => {
            let file = loader.sources.add(format!("{label}{path}"), text);
            loader.config.own = Some(file);
            loader.file(path, file);
        }
        Err(NotRead::Missing) if label.is_empty() => {}
        Err(why) => {
            let file = loader.sources.add(format!("{label}{path}"), "");
            let named = Spanned::new(path.to_owned(), Span::file(file));
            loader.problems.push(file_problems::named_file(&named, why, limit));
        }
    }
    (loader.config, loader.problems)
}

/// Reads a file of the project, or of the repository around it.
pub(in super::super) fn read(tree: &dyn Tree, path: &str, limit: u64) -> Result<String, NotRead> {
    let (tree, path) = reach(tree, path)?;
    tree.read(&path, limit)
}

struct ConfigLoader<'a> {
    tree: &'a dyn Tree,
    label: &'a str,
    sources: &'a mut Sources,
    config: Config,
    problems: Vec<Diagnostic>,
    /// The configurations that are being read, each extended by the one before it.
    open: Vec<String>,
    /// Those that were.
    done: BTreeSet<String>,
}

impl ConfigLoader<'_> {
    /// Takes in a file that was read: first what it extends, then itself.
    fn file(&mut self, path: &str, file: SourceId) {
        self.open.push(path.to_owned());
        for base in extended(file, self.sources) {
            self.base(path, &base);
        }
        let mut reader = ConfigReader {
            file,
            folder: folder(path),
            all: KEYS,
            config: &mut self.config,
            problems: Vec::new(),
            open: WrittenOverride::default(),
        };
        reader.whole(self.sources);
        self.problems.append(&mut reader.problems);
        self.open.pop();
        self.done.insert(path.to_owned());
    }

    fn base(&mut self, from: &str, written: &Spanned<String>) {
        let limit = self.config.file_size.value;
        let path = match join(folder(from), &written.value) {
            Ok(path) => path,
            Err(_) => return self.problems.push(problems::extends_outside(written)),
        };
        if let Some(start) = self.open.iter().position(|open| *open == path) {
            self.problems.push(problems::extends_itself(written, &self.open[start..]));
        } else if !self.done.contains(&path) {
            if self.done.len() + self.open.len() > MOST {
                return self.problems.push(problems::extends_too_many(written, MOST));
            }
            match read(self.tree, &path, limit) {
                Ok(text) => {
                    let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
                    if let Some(why) = foreign(&text, &names) {
                        self.config.incomplete = true;
                        return self.problems.push(file_problems::foreign(written, "a configuration", why));
                    }
                    let file = self.sources.add(format!("{}{path}", self.label), text);
                    self.file(&path, file);
                }
                Err(NotRead::Outside) => self.problems.push(problems::extends_outside(written)),
                Err(why) => self.problems.push(file_problems::named_file(written, why, limit)),
            }
        }
    }
}
