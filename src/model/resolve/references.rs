//! What references lead to: first, at the same time for all parts, what needs no more than the blocks that are declared;
//! then one after the other what depends on what was said before.

use hashbrown::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::names::{NameResolution, open_kind};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::index::block::RowLocation;
use crate::model::index::file::{BlockRow, ByteRange, FileIndex, NONE, ValueKind, ValueRow, WordsRef};
use crate::model::view::Values;
use crate::model::{BlockId, Corpus, local};
use crate::schema::{FieldId, FieldSchema, KindId, Schema};
use crate::text::{Nearest, Span, parallel_map};

/// A reference, by the rows of its block and of its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReferenceRow {
    pub(super) part: usize,
    /// The row of its block.
    pub(super) block: u32,
    pub(super) field: FieldId,
    /// The row of its value.
    pub(super) value: u32,
}

/// What came of following all references, apart from what they lead to.
#[derive(Debug, Default)]
pub(super) struct ResolvedReferences {
    /// By part, the references to what is declared by use, in the order of the text.
    pub(super) by_use: Vec<Vec<ReferenceRow>>,
    /// By part, what is wrong with its references.
    pub(super) problems: Vec<Vec<Diagnostic>>,
    /// By part, the part of the blocks that are declared by use in it.
    pub(super) used: HashMap<usize, usize>,
    pub(super) near: NearestNames,
}

/// What may be referred to.
#[derive(Debug, Default)]
pub(super) struct AcceptedReferences {
    /// By field and kind, whether the field takes blocks of the kind.
    fields: Vec<Vec<bool>>,
    /// How many parts are pieces of files; those after them hold what is declared by use.
    written: usize,
}

impl AcceptedReferences {
    pub(super) fn of(schema: &Schema, written: usize) -> AcceptedReferences {
        let takes = |field: FieldId| {
            let kinds = schema.field(field).holds.kinds();
            kinds.map_or_else(Vec::new, |kinds| schema.kind_ids().map(|kind| schema.allows(kinds, kind)).collect())
        };
        AcceptedReferences { fields: schema.field_ids().map(takes).collect(), written }
    }

    fn takes(&self, field: FieldId, kind: KindId) -> bool {
        self.fields[usize::from(field.0)].get(usize::from(kind.0)).copied().unwrap_or_default()
    }

    /// Whether a block is declared by use.
    pub(super) fn is_used(&self, corpus: &Corpus, block: BlockId) -> bool {
        corpus.places[block.0 as usize].part as usize >= self.written
    }
}

/// Resolves every reference of a corpus, and declares what first use declares.
///
/// References to declared blocks need nothing else, and are resolved by so many threads. Those that are left open are resolved one
/// after the other in the order of the text, since the first use of a word may declare it for those after it.
pub(super) fn resolve_references(
    corpus: &mut Corpus,
    takes: &AcceptedReferences,
    threads: NonZeroUsize,
) -> ResolvedReferences {
    let parts: Vec<usize> = (0..corpus.parts.len()).collect();
    let resolved = parallel_map(&parts, threads, |part| resolve_declared(corpus, takes, *part));
    let (targets, open): (Vec<_>, Vec<_>) = resolved.into_iter().unzip();
    corpus.targets.extend(targets);
    let mut linker = Linker { takes, followed: ResolvedReferences::default() };
    for references in open {
        let (mut by_use, mut problems) = (Vec::new(), Vec::new());
        for reference in references {
            let led = linker.follow(corpus, reference, &mut problems);
            corpus.targets[reference.part][reference.value as usize] = led.map_or(NONE, |block| block.0);
            by_use.extend(led.filter(|block| takes.is_used(corpus, *block)).map(|_| reference));
        }
        linker.followed.by_use.push(by_use);
        linker.followed.problems.push(problems);
    }
    linker.followed
}

/// How many references are looked up together.
const TOGETHER: usize = 128;

/// What the references of a part to declared blocks lead to, and the references that are left open, in the order of the text.
pub(super) fn resolve_declared(
    corpus: &Corpus,
    takes: &AcceptedReferences,
    number: usize,
) -> (Vec<u32>, Vec<ReferenceRow>) {
    let part = &*corpus.parts[number];
    let mut targets = vec![NONE; part.values.len()];
    let references = references(part, number);
    let mut open = Vec::new();
    for together in references.chunks(TOGETHER) {
        let blocks = innermost(corpus, part, together);
        for (reference, block) in together.iter().zip(blocks) {
            let fits =
                |block: &BlockId| takes.takes(reference.field, corpus.kind(*block)) && !takes.is_used(corpus, *block);
            match block.filter(fits) {
                Some(block) => targets[reference.value as usize] = block.0,
                None => open.extend(is_open(corpus, takes, *reference).then_some(*reference)),
            }
        }
    }
    open.sort_by_key(|open| part.values[open.value as usize].at.start);
    (targets, open)
}

/// All references of a part, block by block.
fn references(part: &FileIndex, number: usize) -> Vec<ReferenceRow> {
    let mut references = Vec::new();
    for (block, row) in part.blocks.iter().enumerate() {
        for held in part.fields_of(row) {
            let (first, field) = (held.first_value, held.field);
            let values = first..first + held.values;
            let refers = values.filter(|value| part.values[*value as usize].sort == ValueKind::Reference);
            references.extend(refers.map(|value| ReferenceRow { part: number, block: block as u32, field, value }));
        }
    }
    references
}

/// The blocks that references name in the namespace of their part.
fn innermost(corpus: &Corpus, part: &FileIndex, references: &[ReferenceRow]) -> Vec<Option<BlockId>> {
    let path = |reference: &ReferenceRow| part.path(&part.values[reference.value as usize]);
    let namespace = &*part.home.namespace;
    if namespace.is_empty() {
        return corpus.names.get_all(corpus, &references.iter().map(path).collect::<Vec<&str>>());
    }
    let ids: Vec<String> = references.iter().map(|reference| [namespace, "/", path(reference)].concat()).collect();
    corpus.names.get_all(corpus, &ids.iter().map(String::as_str).collect::<Vec<&str>>())
}

/// Whether it is not settled where a reference leads to that names no fitting block in its namespace: it is where it names one
/// that was not understood, and there is no other namespace.
fn is_open(corpus: &Corpus, takes: &AcceptedReferences, reference: ReferenceRow) -> bool {
    let part = &corpus.parts[reference.part];
    let path = (part.path(&part.values[reference.value as usize]), &*part.home.namespace);
    let found = corpus.names.find((corpus, &mut String::new()), path, |kind| takes.takes(reference.field, kind));
    !(found == NameResolution::Poisoned && part.home.namespace.is_empty())
}

/// Follows references one after the other.
struct Linker<'a> {
    takes: &'a AcceptedReferences,
    followed: ResolvedReferences,
}

/// What a reference that nothing declared settles comes to.
pub(super) enum ReferenceTarget {
    To(BlockId),
    /// It declares a block of this kind.
    Declares(KindId),
    /// To a block of a kind that the field does not take.
    ToOther(BlockId, Box<Diagnostic>),
    /// To nothing; without a problem where that was reported already.
    Nowhere(Option<Box<Diagnostic>>),
}

/// What a reference says, and where.
struct WrittenReference {
    part: Arc<FileIndex>,
    open: ReferenceRow,
}

impl WrittenReference {
    fn of(corpus: &Corpus, open: ReferenceRow) -> WrittenReference {
        WrittenReference { part: Arc::clone(&corpus.parts[open.part]), open }
    }

    fn name(&self) -> (&str, Span) {
        let value = &self.part.values[self.open.value as usize];
        (self.part.path(value), self.part.span(value.at))
    }

    /// The id of the block of which a problem is said: what is wrong in a quotation is said of the block that quotes.
    fn role(&self) -> &str {
        let (part, row) = (&self.part, &self.part.blocks[self.open.block as usize]);
        let is_inner = row.outer != NONE && self.open.block >= part.declared;
        let row = if is_inner { &part.blocks[row.outer as usize] } else { row };
        part.words(row.id).unwrap_or_default()
    }
}

/// Finds out what a reference comes to that nothing declared settles.
pub(super) fn resolve_open(
    corpus: &Corpus,
    takes: &AcceptedReferences,
    (open, near): (ReferenceRow, &mut NearestNames),
) -> ReferenceTarget {
    let said = WrittenReference::of(corpus, open);
    let name = said.name();
    let allowed = |kind| takes.takes(open.field, kind);
    let path = (name.0, &*said.part.home.namespace);
    let found = corpus.names.find((corpus, &mut String::new()), path, allowed);
    let (schema, field) = (&corpus.schema, corpus.schema.field(open.field));
    let kinds = field.holds.kinds().expect("only references refer");
    let problem = |problem: Diagnostic| Box::new(problem.role("block", said.role()));
    let is_word = field.words.iter().any(|word| word == name.0);
    let declared = kinds.first().copied().filter(|_| is_word).or(open_kind(schema, kinds));
    match (found, declared) {
        (NameResolution::Block(target), _) => ReferenceTarget::To(target),
        (NameResolution::Poisoned, _) => ReferenceTarget::Nowhere(None),
        (NameResolution::Nothing, Some(kind)) => ReferenceTarget::Declares(kind),
        (NameResolution::WrongKind(target), open) => {
            let what = (corpus.kind(target), corpus.block(target).header());
            ReferenceTarget::ToOther(target, problem(problems::wrong_kind(schema, (field, open), name, what)))
        }
        (NameResolution::Nothing, None) => {
            let near = near.names((corpus, takes), open.field, path);
            ReferenceTarget::Nowhere(Some(problem(problems::unresolved(schema, field, name, near))))
        }
    }
}

impl ReferenceTarget {
    /// What is wrong with the reference.
    pub(super) fn problem(self) -> Option<Diagnostic> {
        match self {
            ReferenceTarget::ToOther(_, problem) | ReferenceTarget::Nowhere(Some(problem)) => Some(*problem),
            ReferenceTarget::To(_) | ReferenceTarget::Declares(_) | ReferenceTarget::Nowhere(None) => None,
        }
    }
}

/// The names nearest to those that nothing has.
#[derive(Debug, Default)]
pub(super) struct NearestNames {
    nearest: Nearest,
    /// By field, the blocks that it takes.
    blocks: HashMap<FieldId, Vec<BlockId>>,
    /// By field, what it takes inside of each block that others are declared in: the last segments of their ids.
    inner: HashMap<FieldId, HashMap<String, Vec<String>>>,
    /// By field, what is written there, and the namespace.
    known: HashMap<(FieldId, String, String), problems::NameContext>,
}

impl NearestNames {
    /// Begins with new effort to spare. What is known stays so.
    pub(super) fn begin(&mut self) {
        self.nearest = Nearest::default();
    }

    /// The nearest ids of the right kind, as they would be written in the namespace, and those beside what is written.
    fn names(
        &mut self,
        (corpus, takes): (&Corpus, &AcceptedReferences),
        field: FieldId,
        (name, namespace): (&str, &str),
    ) -> &problems::NameContext {
        let (blocks, inner, nearest) = (&mut self.blocks, &mut self.inner, &mut self.nearest);
        self.known.entry((field, name.to_owned(), namespace.to_owned())).or_insert_with(|| {
            let kinds = || corpus.schema.kind_ids().filter(|kind| takes.takes(field, *kind));
            let blocks = blocks.entry(field).or_insert_with(|| corpus.of_kinds(kinds()));
            let candidates = blocks.iter().filter_map(|block| Some(local(corpus.block(*block).id()?, namespace)));
            let near = nearest.find(name, candidates, 3).into_iter();
            let near = near.filter(|near| agree_in_numbers(corpus, name, near));
            let near = near.map(str::to_owned).collect();
            let inner = inner.entry(field).or_insert_with(|| inner_ids(corpus, blocks));
            let outer = name.rsplit_once('/').map(|(outer, _)| outer).unwrap_or_default();
            let beside =
                [[namespace, "/", outer].concat(), outer.to_owned()].iter().find_map(|id| inner.get(id)).cloned();
            problems::NameContext { near, beside: beside.unwrap_or_default() }
        })
    }
}

/// By block, the last segments of the ids of those of some blocks that are declared inside.
fn inner_ids(corpus: &Corpus, blocks: &[BlockId]) -> HashMap<String, Vec<String>> {
    let mut inner: HashMap<String, Vec<String>> = HashMap::new();
    for block in blocks.iter().map(|block| corpus.block(*block)).filter(|block| block.outer().is_some()) {
        if let Some((outer, last)) = block.id().and_then(|id| id.rsplit_once('/')) {
            inner.entry(outer.to_owned()).or_default().push(last.to_owned());
        }
    }
    inner
}

/// Whether two names have the same words for numbers in them, such as `first`.
fn agree_in_numbers(corpus: &Corpus, name: &str, other: &str) -> bool {
    let of = |name: &'_ str| -> Vec<String> {
        let words = name.split(|next: char| !next.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| corpus.schema.words.is_number(word)).collect()
    };
    of(name) == of(other)
}

impl Linker<'_> {
    fn follow(&mut self, corpus: &mut Corpus, open: ReferenceRow, problems: &mut Vec<Diagnostic>) -> Option<BlockId> {
        match resolve_open(corpus, self.takes, (open, &mut self.followed.near)) {
            ReferenceTarget::To(target) => Some(target),
            ReferenceTarget::Declares(kind) => {
                let said = WrittenReference::of(corpus, open);
                Some(self.declare(corpus, (open.part, kind), said.name()))
            }
            led @ (ReferenceTarget::ToOther(..) | ReferenceTarget::Nowhere(_)) => {
                problems.extend(led.problem());
                None
            }
        }
    }

    /// First use of a word of an open vocabulary declares it, in the namespace of its user.
    fn declare(&mut self, corpus: &mut Corpus, (user, kind): (usize, KindId), (name, at): (&str, Span)) -> BlockId {
        let home = corpus.parts[user].home.clone();
        let namespace = &home.namespace;
        let id = if namespace.is_empty() { name.to_owned() } else { [namespace, "/", name].concat() };
        let number = *self.followed.used.entry(user).or_insert_with(|| {
            corpus.parts.push(Arc::new(FileIndex::new(home.clone())));
            corpus.first.push([NONE; 2]);
            corpus.parts.len() - 1
        });
        let part = Arc::get_mut(&mut corpus.parts[number]).expect("nobody else knows of it yet");
        let made = part.make(id.as_str());
        part.blocks.push(BlockRow {
            kind,
            fields: 0,
            first_field: 0,
            outer: NONE,
            id: WordsRef::made(made as usize),
            title: ByteRange::NOWHERE,
            title_made: NONE,
            header: at.into(),
            whole: at.into(),
        });
        let place = RowLocation { part: number as u32, row: part.blocks.len() as u32 - 1 };
        let block = corpus.add(place, kind);
        corpus.names.insert(&id, block);
        block
    }
}

/// Reports values that stand twice in a field, and blocks that hold themselves where they must not.
pub(super) fn repeats(corpus: &Corpus, number: usize) -> Vec<Diagnostic> {
    let part = corpus.ranked(number);
    let mut problems = Vec::new();
    for (row, block) in part.part.blocks.iter().enumerate().take(part.part.declared as usize) {
        for held in part.part.fields_of(block) {
            let irreflexive = corpus.schema.field(held.field).irreflexive;
            if held.values > 1 || irreflexive {
                let values = part.values(held);
                let own = irreflexive.then(|| part.block(row as u32));
                let field = corpus.schema.field(held.field);
                let found = repeats_in(field, (values, |at: Span| part.part.slice(at.into())), own);
                let id = part.part.words(block.id).unwrap_or_default();
                problems.extend(found.into_iter().map(|problem| problem.role("block", id)));
            }
        }
    }
    problems
}

fn repeats_in<'a>(
    field: &FieldSchema,
    (values, written): (Values<'_>, impl Fn(Span) -> &'a str),
    own: Option<BlockId>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen = hashbrown::HashMap::new();
    for held in values {
        let Some(target) = held.value.block() else { continue };
        if own == Some(target) {
            problems.push(problems::self_reference(field, held.span));
        }
        if let Some(first) = (values.len() > 1).then(|| seen.insert(target, held.span)).flatten() {
            problems.push(problems::repeated_value(written(held.span), held.span, first));
        }
    }
    problems
}

impl FileIndex {
    /// The path of a reference, as it is compared.
    pub(in crate::model) fn path(&self, value: &ValueRow) -> &str {
        self.text(value.payload, value.at)
    }
}
