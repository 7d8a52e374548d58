//! A checked project that stays in memory, and is checked again after an edit of one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::{Checked, Excluded, Judging, claims_files, read_claims, report_no_files, report_unlisted};
use super::discover::CLAIMS;
use super::documents::Shelf;
use super::house::{House, Setup};
use super::overlay::Overlay;
use super::problems;
use super::tree::Tree;
use crate::diagnostic::Diagnostic;
use crate::model::{Changes, Corpus, Days, Links, Part, Readings};
use crate::rule::Memory;
use crate::text::SourceId;

/// A project that was checked and is kept, so that an edit of one file costs less than another check.
///
/// What is found after any number of edits is what a check of the same files would find.
pub struct Resident<'a> {
    setup: Setup<'a>,
    explicit: Vec<String>,
    today: Days,
    /// The files, with what nobody has saved yet laid over them.
    tree: Overlay<'a>,
    /// By what the claims are judged. What came of the last check holds its sources, rules and settings.
    house: House,
    settled: Settled,
    claims: BTreeMap<String, Claims>,
    listing: Listing,
    shelf: Shelf,
    readings: Readings,
    links: Links,
    memory: Memory,
    checked: Checked,
    reuse: Reuse,
}

/// What is known of the settings beside the house.
#[derive(Default)]
struct Settled {
    /// The names of the files that they were read from.
    names: Vec<String>,
    problems: Vec<Diagnostic>,
    /// What is wrong with the record of accepted documents.
    lock: Vec<Diagnostic>,
}

/// What is known of which files there are.
#[derive(Default)]
struct Listing {
    excluded: Vec<Excluded>,
    problems: Vec<Diagnostic>,
    /// Where the texts of claims files stood that are no longer there.
    gone: BTreeMap<String, SourceId>,
}

/// What came of reading a claims file.
struct Claims {
    source: SourceId,
    /// Its pieces.
    parts: Vec<Arc<Part>>,
    problems: Vec<Diagnostic>,
    is_read: bool,
}

/// How much was used again so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reuse {
    /// The edits after which everything was read again.
    pub opened: usize,
    /// The edits after which all claims were linked again, and all rules asked.
    pub linked: usize,
    /// The edits after which no more was followed than the references of the edited file.
    pub followed: usize,
    /// How often a rule was asked, in all checks since everything was read.
    pub asked: usize,
    /// How often a rule was not asked, and kept what it had found.
    pub kept: usize,
}

impl<'a> Resident<'a> {
    /// Checks the claims of a tree by the settings that are read from `setup`, and keeps what came of it; otherwise as
    /// [`check`](super::check()).
    pub fn open(tree: &'a dyn Tree, setup: Setup<'a>, explicit: &[String], today: Days) -> Resident<'a> {
        let mut resident = Resident {
            setup,
            explicit: explicit.to_vec(),
            today,
            tree: Overlay { under: tree, texts: BTreeMap::new() },
            house: House::default(),
            settled: Settled::default(),
            claims: BTreeMap::new(),
            listing: Listing::default(),
            shelf: Shelf::default(),
            readings: Readings::default(),
            links: Links::default(),
            memory: Memory::none(),
            checked: Checked::default(),
            reuse: Reuse::default(),
        };
        resident.reopen();
        resident
    }

    /// What came of the last check.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// How much was used again so far.
    pub fn reuse(&self) -> Reuse {
        let (asked, kept) = self.memory.tally();
        Reuse { asked, kept, ..self.reuse }
    }

    /// Checks the project after an edit of the file at a path, joined and beneath the tree. It holds a text that nobody has
    /// saved; or else what stands in the tree, be that changed, new or gone.
    ///
    /// Whatever is neither a claims file nor a document is taken for a part of the settings.
    pub fn edit(&mut self, path: &str, text: Option<&str>) {
        match text {
            Some(text) => drop(self.tree.texts.insert(path.to_owned(), text.to_owned())),
            None => drop(self.tree.texts.remove(path)),
        }
        let (is_document, is_claims) = (self.shelf.knows(path), path.ends_with(CLAIMS));
        let is_setting = self.settled.names.iter().any(|name| name == path);
        if is_setting || !is_document && !is_claims {
            self.reuse.opened += 1;
            self.reopen();
            return;
        }
        self.take_back();
        self.shelf.forget(path);
        let changes = if is_claims { self.edit_claims(path) } else { Some(Changes::default()) };
        // What was given up depends on who asks for it, and when.
        let gives_up = self.checked.corpus.has_given_up();
        let keeps = !is_document && !gives_up && changes.as_ref().is_some_and(|changes| !changes.is_heard());
        if gives_up || changes.is_none() {
            self.memory.forget();
        }
        match changes {
            Some(changes) => {
                self.reuse.followed += 1;
                self.memory.note(changes, is_document);
            }
            None => {
                self.reuse.linked += 1;
                self.link();
            }
        }
        self.conclude(keeps);
    }

    /// Reads everything, whatever is known.
    fn reopen(&mut self) {
        let tree: &dyn Tree = if self.setup.label.is_empty() { &self.tree } else { self.setup.tree };
        self.house = House::open(Setup { tree, ..self.setup });
        self.settled.problems = std::mem::take(&mut self.house.problems);
        self.house.read_lock(&self.tree);
        self.settled.lock = std::mem::take(&mut self.house.problems);
        let sources = &self.house.sources;
        self.settled.names = sources.ids().map(|id| sources.get(id).name().to_owned()).collect();
        self.claims.clear();
        self.listing = Listing::default();
        (self.shelf, self.readings, self.memory) = (Shelf::default(), Readings::kept(), Memory::kept());
        self.checked = Checked::default();
        self.checked.corpus.schema = std::mem::take(&mut self.house.schema);
        self.list();
        self.link();
        self.conclude(false);
    }

    /// Takes back what came of the last check was given.
    fn take_back(&mut self) {
        let (house, checked) = (&mut self.house, &mut self.checked);
        house.sources = std::mem::take(&mut checked.sources);
        house.rules = std::mem::take(&mut checked.rules);
        house.config = std::mem::take(&mut checked.config);
        house.baseline = checked.baseline.take();
    }

    /// Finds out which claims files there are, and reads those that were not.
    fn list(&mut self) {
        let (paths, excluded) = claims_files(&self.tree, &self.explicit, &mut self.house);
        report_unlisted(&self.tree, &mut self.house);
        if paths.is_empty() {
            report_no_files(&mut self.house);
        }
        (self.listing.excluded, self.listing.problems) = (excluded, std::mem::take(&mut self.house.problems));
        let before = std::mem::take(&mut self.claims);
        self.listing.gone.extend(before.iter().map(|(path, claims)| (path.clone(), claims.source)));
        let (mut kept, mut unread) = (before, Vec::new());
        for path in paths {
            match kept.remove(&path) {
                Some(claims) => drop(self.claims.insert(path, claims)),
                None => unread.extend(self.take_text(path)),
            }
        }
        let files: Vec<SourceId> = unread.iter().map(|(_, source)| *source).collect();
        let read = read_claims(&files, &self.checked.corpus.schema, &self.house);
        for ((path, source), read) in unread.into_iter().zip(read) {
            self.claims.insert(path, Claims { source, parts: read.pieces, problems: read.problems, is_read: true });
        }
    }

    /// Takes the text of a claims file in; nothing if it cannot be read, which is kept instead.
    fn take_text(&mut self, path: String) -> Option<(String, SourceId)> {
        let limit = self.house.config.file_size.value;
        let (text, why) = match self.tree.read(&path, limit) {
            Ok(text) => (text, None),
            Err(why) => (String::new(), Some(why)),
        };
        let source = match self.listing.gone.get(&path) {
            Some(source) => {
                self.house.sources.replace(*source, text);
                *source
            }
            None => self.house.sources.add(&path, text),
        };
        let Some(why) = why else { return Some((path, source)) };
        let problems = vec![problems::unread(source, &path, why, limit)];
        self.claims.insert(path, Claims { source, parts: Vec::new(), problems, is_read: false });
        None
    }

    /// Reads a claims file again. Says what is another thing then; nothing if that may be anything.
    fn edit_claims(&mut self, path: &str) -> Option<Changes> {
        let before = self.claims.remove(path);
        let text = self.tree.read(path, self.house.config.file_size.value);
        let (Some(before), Ok(text)) = (&before, text) else {
            self.listing.gone.extend(before.map(|before| (path.to_owned(), before.source)));
            self.list();
            return None;
        };
        let source = before.source;
        self.house.sources.replace(source, text);
        let read = read_claims(&[source], &self.checked.corpus.schema, &self.house).pop()?;
        let number = self.claims.range(..path.to_owned()).map(|(_, claims)| claims.parts.len()).sum();
        let changes = match (before.parts.as_slice(), read.pieces.as_slice()) {
            ([_], [part]) => self.links.replace(&mut self.checked.corpus, number, Arc::clone(part)),
            (_, _) => None,
        };
        let claims = Claims { source, parts: read.pieces, problems: read.problems, is_read: true };
        self.claims.insert(path.to_owned(), claims);
        changes
    }

    /// Links all claims.
    fn link(&mut self) {
        let parts = self.claims.values().flat_map(|claims| claims.parts.iter().cloned()).collect();
        let schema = std::mem::take(&mut self.checked.corpus.schema);
        (self.checked.corpus, self.links) = Links::of(parts, schema, self.house.workers());
        self.checked.corpus.remember(self.readings.clone());
    }

    /// Judges the claims as they are linked; `keeps` says that the corpus has the documents already.
    fn conclude(&mut self, keeps: bool) {
        let corpus: Corpus = std::mem::take(&mut self.checked.corpus);
        self.house.problems = self.problems(&corpus);
        let files = self.claims.values().filter(|claims| claims.is_read).map(|claims| claims.source).collect();
        let (tree, limit) = (&self.tree, self.house.config.file_size.value);
        let judging = Judging { files, today: self.today, shelf: &mut self.shelf, memory: &mut self.memory, keeps };
        let checked = judging.conclude(&mut self.house, corpus, |path| tree.bytes(path, limit).map(Some));
        self.checked = Checked { excluded: self.listing.excluded.clone(), ..checked };
    }

    /// What is wrong before anything is judged, in the order in which a check comes upon it.
    fn problems(&self, corpus: &Corpus) -> Vec<Diagnostic> {
        let of_files = |is_read: bool| {
            let claims = self.claims.values().filter(move |claims| claims.is_read == is_read);
            claims.flat_map(|claims| &claims.problems)
        };
        let before = self.settled.problems.iter().chain(&self.listing.problems).chain(of_files(false));
        let mut problems: Vec<Diagnostic> = before.chain(&self.settled.lock).chain(of_files(true)).cloned().collect();
        problems.extend(self.links.problems(corpus));
        problems
    }
}
