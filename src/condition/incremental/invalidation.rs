//! Which rows of a condition an edit may concern: those from whose blocks something can be reached that has changed.
//!
//! The blocks behind a change are found backward along the paths of the condition, in the claims as they are after the edit.
//! That leaves none out: a row that read something before the edit and no longer does has read, on its way, a change that
//! still can be reached from it.

use super::reverse_reachability::{BlockSet, ReachingRows};
use crate::condition::ast::source::Judgement;
use crate::condition::ast::tree::Closure;
use crate::condition::plan::{
    Domain, Edges, Formula, FormulaNode, Hop, Implicit, Plan, PlanNode, Range, Set, SetNode, Step,
};
use crate::condition::query::compile::Query;
use crate::condition::query::place::LabelPlace;
use crate::condition::query::template::CheckedPath;
use crate::model::{BlockId, Corpus, CorpusDelta, FieldChange, NUMBER, PART_OF};
use crate::schema::{FieldId, KindId};

/// What an edit changed, and the blocks behind it.
#[derive(Debug)]
pub struct DirtySet<'a> {
    changes: &'a CorpusDelta,
    /// Whether what the program hears and finds by itself may be another thing anywhere.
    native: bool,
    behind: ReachingRows<'a>,
    /// Blocks that play a part wherever they stand in a row.
    beside: BlockSet,
}

impl<'a> DirtySet<'a> {
    /// Nothing is touched yet; `documents` says that one of those changed.
    pub fn new(corpus: &'a Corpus, changes: &'a CorpusDelta, documents: bool) -> DirtySet<'a> {
        let native = documents || changes.changes_text();
        DirtySet { changes, native, behind: ReachingRows::new(corpus), beside: BlockSet::new() }
    }

    /// The blocks from which a change can be reached; nothing if that may be any.
    pub fn blocks(self) -> Option<BlockSet> {
        let mut blocks = self.behind.all()?;
        blocks.extend(self.beside);
        Some(blocks)
    }

    /// Adds the blocks from which steps along fields lead to a change of these.
    pub fn chain(&mut self, along: &[FieldId]) {
        let kinds = self.behind.corpus.schema.kinds.len();
        let hops = Edges(vec![along.iter().copied().map(Hop::Forward).collect(); kinds]);
        let changed = self.changed(&hops);
        let found = self.behind.before(&Step::Repeated(hops, Closure::Any, 0), changed);
        self.beside.extend(found);
    }

    /// Adds any block, if a field has changed that says something of what a block of some kinds is about, or a value within one.
    pub fn content(&mut self, kinds: &[KindId]) {
        let schema = &self.behind.corpus.schema;
        let concerns = |change: &FieldChange| {
            let is_within = !schema.kind(change.kind).inline.is_empty();
            !schema.field(change.field).descriptive && (is_within || kinds.contains(&change.kind))
        };
        self.behind.everything |= self.changes.fields().iter().any(concerns);
    }

    /// Adds the blocks at which a place is told by a field that has changed, at whichever end.
    fn place(&mut self, through: &[Edges], field: Option<&Edges>) {
        let mut blocks = BlockSet::new();
        for hops in field.into_iter().chain(through.iter().rev()) {
            blocks = self.behind.before(&Step::Once(hops.clone()), blocks);
            blocks.extend(self.changed(hops));
            for (hop, _) in hops.distinct() {
                let (Hop::Forward(field) | Hop::Backward(field)) = hop else { continue };
                for change in self.changes.of(*field) {
                    blocks.extend(change.ends().chain([change.block]));
                }
            }
            self.beside.extend(blocks.iter().copied());
        }
    }

    /// Adds what a set reads.
    fn set(&mut self, set: &Set) {
        if let SetNode::Path(start, steps) = &set.node {
            self.path(start, steps);
        }
        self.parts(PlanNode::Set(set));
    }

    fn formula(&mut self, formula: &Formula) {
        match &formula.node {
            FormulaNode::ForAll(domain, body) => self.domain(domain, Some(body)),
            FormulaNode::Judged(_) => {
                self.parts(PlanNode::Formula(formula));
                self.lattices();
            }
            FormulaNode::All(_)
            | FormulaNode::Any(_)
            | FormulaNode::Not(_)
            | FormulaNode::Has(..)
            | FormulaNode::Each(..)
            | FormulaNode::Relation(_)
            | FormulaNode::Matches(..) => self.parts(PlanNode::Formula(formula)),
        }
    }

    /// Adds what the parts of something read.
    fn parts(&mut self, whole: PlanNode<'_>) {
        whole.each_child(|part| match part {
            PlanNode::Formula(formula) => self.formula(formula),
            PlanNode::Set(set) => self.set(set),
            PlanNode::Domain(domain) => self.domain(domain, None),
        });
    }

    fn path(&mut self, start: &Set, steps: &[Step]) {
        let mut blocks = BlockSet::new();
        for step in steps.iter().rev() {
            blocks = self.behind.before(step, blocks);
            match step {
                Step::Once(hops) => blocks.extend(self.changed(hops)),
                Step::Repeated(hops, ..) => {
                    let changed = self.changed(hops);
                    blocks.extend(self.behind.before(step, changed));
                }
                Step::Is(_) => {}
            }
        }
        self.behind.pull(start, blocks);
    }

    /// Whether a provision has another number, or is part of another one: so may those be that are parts of it.
    fn renumbers(&self) -> bool {
        let corpus = self.behind.corpus;
        let field_of = |block: BlockId, name| corpus.schema.field_of(corpus.kind(block), name);
        let moves = |change: &FieldChange| corpus.schema.field(change.field).name == PART_OF;
        self.changes.fields().iter().any(moves)
            || self
                .changes
                .reworded()
                .iter()
                .any(|block| field_of(*block, PART_OF).is_some() && field_of(*block, NUMBER).is_some())
    }

    /// The blocks at which hops read something that has changed.
    fn changed(&mut self, hops: &Edges) -> BlockSet {
        let mut found = BlockSet::new();
        for (hop, _) in hops.distinct() {
            match hop {
                Hop::Forward(field) => {
                    let symmetric = self.behind.corpus.schema.field(*field).symmetric;
                    for change in self.changes.of(*field) {
                        found.insert(change.block);
                        found.extend(change.ends().filter(|_| symmetric));
                    }
                }
                Hop::Backward(field) => {
                    self.behind.everything |= self.changes.is_blurred(*field);
                    found.extend(self.changes.of(*field).flat_map(FieldChange::ends));
                }
                Hop::Implicit(Implicit::Title) => found.extend(self.changes.titles()),
                Hop::Implicit(Implicit::Id | Implicit::Kind | Implicit::Namespace | Implicit::File) => {}
                Hop::Computed(computed) => {
                    let outer = self.behind.take(computed.slot);
                    self.set(&computed.set);
                    found.extend(self.behind.take(computed.slot));
                    self.behind.put(computed.slot, outer);
                }
                Hop::Native(native_field) if !native_field.can_change() => {}
                Hop::Native(native_field) => {
                    self.behind.everything |= self.native || native_field.reads_numbering() && self.renumbers();
                    found.extend(self.changes.reworded());
                }
            }
        }
        let corpus = self.behind.corpus;
        found.retain(|block| !hops.0[usize::from(corpus.kind(*block).0)].is_empty());
        found
    }

    /// Adds what a domain reads, and what is asked of each of its elements.
    fn domain(&mut self, domain: &Domain, body: Option<&Formula>) {
        domain.filter.iter().chain(body).for_each(|formula| self.formula(formula));
        let blocks = self.behind.take(domain.slot);
        self.behind.pull(&domain.set, blocks);
        self.set(&domain.set);
    }

    /// What is within what may depend on any block of the order.
    fn lattices(&mut self) {
        for lattice in self.behind.corpus.schema.kinds.iter().filter_map(|kind| kind.lattice.as_ref()) {
            let mut others = [lattice.disjoint, lattice.exclusive, lattice.dimension].into_iter().flatten();
            let changed = |field| self.changes.has_field(field);
            self.behind.everything |= changed(lattice.order) || others.any(changed);
        }
    }

    fn plan(&mut self, plan: &Plan) {
        plan.when.iter().for_each(|formula| self.formula(formula));
        match &plan.judgement {
            Judgement::Require(formula) | Judgement::Forbid(formula) => self.formula(formula),
        }
        for (slot, range) in plan.ranges.iter().enumerate().rev() {
            if let Range::In(set) = range {
                let blocks = self.behind.take(slot);
                self.behind.pull(set, blocks);
                self.set(set);
            }
        }
    }
}

impl Query {
    /// The blocks with which a row begins that an edit may concern; nothing if that may be any row. A row begins with the blocks
    /// of those binders that range over kinds.
    pub fn dirty_blocks(&self, corpus: &Corpus, changes: &CorpusDelta, documents: bool) -> Option<Vec<BlockId>> {
        let mut dirty = DirtySet::new(corpus, changes, documents);
        dirty.plan(&self.plan);
        dirty.blocks().map(|blocks| blocks.into_iter().collect())
    }
}

impl CheckedPath {
    /// Adds the blocks at which an edit may have changed what [`CheckedPath::eval`] yields.
    pub fn touch(&self, dirty: &mut DirtySet<'_>) {
        dirty.set(&self.set);
    }
}

impl LabelPlace {
    /// Adds the blocks at which an edit may have changed where it is, and what would be changed there.
    pub fn touch(&self, dirty: &mut DirtySet<'_>) {
        dirty.place(&self.through, self.field.as_ref());
    }
}
