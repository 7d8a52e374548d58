//! All diagnostics of a project, by producer, by file and by block, so that what an edit changes can be taken
//! out and put in, and nothing else is looked at.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use crate::condition::Row;
use crate::diagnostic::Diagnostic;
use crate::model::BlockId;
use crate::rule::finding::Fingerprint;
use crate::text::SourceId;

/// What produced a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Producer {
    /// Whoever reads the settings, and what they name.
    Settings,
    /// Whoever reads the documents that claims quote, and holds them against what was accepted.
    Documents,
    /// Whoever looks for quotations in them.
    Quotations,
    /// Whoever gives ids to blocks.
    Names,
    /// Whoever follows relations that may not lead back to where they began.
    Cycles,
    /// Whoever looks for values that may occur once.
    Unique,
    /// Whoever reads the piece of this number of a claims file, and follows its references.
    Part(usize),
    /// Whoever reads a claims file.
    File(SourceId),
    /// The rule of this number.
    Rule(usize),
    /// Whoever shares out the steps of a run.
    Run,
}

/// A diagnostic in the store.
#[derive(Debug)]
pub(crate) struct StoredDiagnostic {
    pub(crate) producer: Producer,
    pub(crate) diagnostic: Diagnostic,
    pub(crate) fingerprint: Fingerprint,
    /// The row of a rule that it speaks of, with the number of its case.
    pub(crate) row: Option<(usize, Row)>,
    /// How many rows are not told whose chains cross that of this one.
    pub(crate) left_out: usize,
}

/// The number of an entry, as long as it is there.
pub(crate) type EntryId = u32;

/// All diagnostics of a project.
#[derive(Debug, Default)]
pub(crate) struct DiagnosticStore {
    entries: Vec<Option<StoredDiagnostic>>,
    free: Vec<EntryId>,
    producers: HashSet<Producer>,
    /// What is looked up by; not made before somebody looks something up, which who checks but once never does.
    index: OnceLock<StoreIndex>,
    /// What was added or removed since this was last read; nothing as long as it never was, when all of it is new.
    changes: Option<StoreChanges>,
}

/// The numbers of entries by what they are looked up by.
#[derive(Debug, Default)]
struct StoreIndex {
    by_producer: EntryIndex<Producer>,
    /// By the files of which they speak.
    by_source: EntryIndex<SourceId>,
    /// By the blocks of their rows.
    by_block: EntryIndex<BlockId>,
    /// Those that are called the same, which are told apart by their order.
    by_name: EntryIndex<Fingerprint>,
}

/// The files in which something was added or removed, and what that was called.
#[derive(Debug, Default)]
struct StoreChanges {
    sources: BTreeSet<SourceId>,
    names: HashSet<Fingerprint>,
}

/// Numbers of entries by something that several have.
#[derive(Debug)]
struct EntryIndex<K>(HashMap<K, BTreeSet<EntryId>>);

impl<K> Default for EntryIndex<K> {
    fn default() -> EntryIndex<K> {
        EntryIndex(HashMap::new())
    }
}

impl<K: std::hash::Hash + Eq> EntryIndex<K> {
    fn get<'a>(&'a self, key: &K) -> impl Iterator<Item = EntryId> + use<'a, K> {
        self.0.get(key).into_iter().flatten().copied()
    }

    fn put(&mut self, key: K, number: EntryId) {
        self.0.entry(key).or_default().insert(number);
    }

    fn take(&mut self, key: &K, number: EntryId) {
        if let Some(numbers) = self.0.get_mut(key) {
            numbers.remove(&number);
            if numbers.is_empty() {
                self.0.remove(key);
            }
        }
    }
}

impl StoreIndex {
    fn put(&mut self, number: EntryId, entry: &StoredDiagnostic) {
        for source in sources(&entry.diagnostic) {
            self.by_source.put(source, number);
        }
        for block in entry.row.iter().flat_map(|(_, row)| row.blocks()) {
            self.by_block.put(block, number);
        }
        self.by_producer.put(entry.producer, number);
        self.by_name.put(entry.fingerprint.clone(), number);
    }

    fn take(&mut self, number: EntryId, entry: &StoredDiagnostic) {
        for source in sources(&entry.diagnostic) {
            self.by_source.take(&source, number);
        }
        for block in entry.row.iter().flat_map(|(_, row)| row.blocks()) {
            self.by_block.take(&block, number);
        }
        self.by_producer.take(&entry.producer, number);
        self.by_name.take(&entry.fingerprint, number);
    }
}

impl DiagnosticStore {
    /// All that is there, in no particular order, but always the same.
    pub(crate) fn all(&self) -> impl Iterator<Item = &StoredDiagnostic> {
        self.entries.iter().flatten()
    }

    /// All that is there, in the order of [`DiagnosticStore::all`].
    pub(crate) fn into_all(self) -> impl Iterator<Item = StoredDiagnostic> {
        self.entries.into_iter().flatten()
    }

    pub(crate) fn entry(&self, number: EntryId) -> &StoredDiagnostic {
        self.entries[number as usize].as_ref().expect("numbers are those of entries that are there")
    }

    /// The diagnostics of a producer.
    pub(crate) fn of(&self, producer: Producer) -> Vec<EntryId> {
        if self.producers.contains(&producer) { self.index().by_producer.get(&producer).collect() } else { Vec::new() }
    }

    /// What speaks of a file.
    pub(crate) fn mentioning(&self, source: SourceId) -> Vec<EntryId> {
        self.index().by_source.get(&source).collect()
    }

    /// What a rule says of rows in which a block plays a part.
    pub(crate) fn about(&self, producer: Producer, block: BlockId) -> impl Iterator<Item = EntryId> + use<'_> {
        self.index().by_block.get(&block).filter(move |number| self.entry(*number).producer == producer)
    }

    /// What is called the same.
    pub(crate) fn named(&self, name: &Fingerprint) -> impl Iterator<Item = EntryId> {
        self.index().by_name.get(name)
    }

    /// Puts something up.
    pub(crate) fn put(&mut self, entry: StoredDiagnostic) {
        let number = self.free.pop().unwrap_or(self.entries.len() as EntryId);
        self.producers.insert(entry.producer);
        self.note(&entry);
        if let Some(index) = self.index.get_mut() {
            index.put(number, &entry);
        }
        match self.entries.get_mut(number as usize) {
            Some(place) => *place = Some(entry),
            None => self.entries.push(Some(entry)),
        }
    }

    /// Takes something down.
    pub(crate) fn take(&mut self, number: EntryId) -> StoredDiagnostic {
        let entry = self.entries[number as usize].take().expect("numbers are those of entries that are there");
        self.free.push(number);
        self.note(&entry);
        if let Some(index) = self.index.get_mut() {
            index.take(number, &entry);
        }
        entry
    }

    /// The files in which something was added or removed since this was last called, or may count otherwise; none when it is
    /// called for the first time.
    pub(crate) fn changed(&mut self) -> BTreeSet<SourceId> {
        let StoreChanges { sources: mut changed, names } =
            self.changes.replace(StoreChanges::default()).unwrap_or_default();
        // Others that are called the same are told apart by their order.
        let names: Vec<Fingerprint> = names.into_iter().collect();
        let same = names.iter().flat_map(|name| self.named(name));
        changed.extend(same.map(|number| self.entry(number).diagnostic.primary.span.source));
        changed
    }

    fn note(&mut self, entry: &StoredDiagnostic) {
        if let Some(changes) = &mut self.changes {
            changes.sources.insert(entry.diagnostic.primary.span.source);
            changes.names.insert(entry.fingerprint.clone());
        }
    }

    fn index(&self) -> &StoreIndex {
        self.index.get_or_init(|| {
            let mut index = StoreIndex::default();
            let entries = self.entries.iter().enumerate();
            let there = entries.filter_map(|(number, entry)| Some((number as EntryId, entry.as_ref()?)));
            there.for_each(|(number, entry)| index.put(number, entry));
            index
        })
    }
}

/// The files of which something speaks, each once.
fn sources(diagnostic: &Diagnostic) -> BTreeSet<SourceId> {
    diagnostic.places().map(|place| place.source).collect()
}
