//! The chain of a rule: the steps that lead from one block to another, shown one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::context::{CheckedTable, CompileContext};
use crate::condition::{
    Binder, Budget, ChainSearch, DirtySet, OutOfBudget, Query, Row, ScalarValue, chain, chain_around, circles,
};
use crate::diagnostic::Label;
use crate::model::{BlockId, Corpus};
use crate::rule::pack::problems;
use crate::rule::pack::written::WrittenChain;
use crate::schema::FieldId;
use crate::text::TomlString;

/// The walks around circles that cross others may take one such part of the steps of a rule.
const CROSSING: u64 = 4;

/// How many steps it counts for to keep one step of a chain, with its place and its words.
const KEPT: usize = 16;

/// `chain = { from, along, to, step }`, checked.
pub(crate) struct ChainTemplate {
    from: String,
    along: Vec<FieldId>,
    to: String,
    step: String,
}

/// A chain as it was found in the claims.
pub(crate) struct ChainSteps {
    /// Every block on it, both ends included.
    pub(crate) blocks: BTreeSet<BlockId>,
    /// The value by which each step is made.
    pub(crate) labels: Vec<Label>,
}

/// The chains that were met; rows with the same blocks on their chain are one finding.
pub(crate) type SeenChains = HashSet<BTreeSet<BlockId>>;

/// A row that is told, with its chain.
pub(crate) struct ReportedChain {
    pub(crate) row: Row,
    pub(crate) steps: Option<ChainSteps>,
    /// How many rows whose chains cross this one are not told.
    pub(crate) left_out: usize,
}

impl ChainTemplate {
    pub(crate) fn compile(
        written: &WrittenChain,
        query: &Query,
        context: CompileContext<'_>,
    ) -> CheckedTable<ChainTemplate> {
        let from = binder(&context.quote(&written.from), query.binders());
        let to = binder(&context.quote(&written.to), query.binders());
        let along = from.as_ref().map_or(Ok(Vec::new()), |from| fields(&context.quote(&written.along), from, &context));
        match (from, along, to) {
            (Ok(from), Ok(along), Ok(to)) => {
                Ok(ChainTemplate { from: from.name.clone(), along, to: to.name.clone(), step: written.step.clone() })
            }
            (from, along, to) => Err([from.err(), along.err(), to.err()].into_iter().flatten().flatten().collect()),
        }
    }

    /// Adds the blocks from which an edit may have changed where it leads.
    pub(crate) fn touch(&self, dirty: &mut DirtySet<'_>) {
        dirty.chain(&self.along);
    }

    /// The chains of rows, in their order: of rows whose chains run through the same blocks, the first alone.
    ///
    /// Around a ring only one walk is made. Where circles cross, each block that lies on none that was found is walked from first;
    /// the others are as long as that takes no more than a part of the steps that are left.
    pub(crate) fn report(
        &self,
        corpus: &Corpus,
        rows: Vec<Row>,
        (seen, budget): (&mut SeenChains, &mut Budget),
    ) -> Result<Vec<ReportedChain>, OutOfBudget> {
        let itself = |row: &Row| self.ends(row).filter(|(from, to)| from == to).map(|(from, _)| from);
        let circles = circles(corpus, &self.along, rows.iter().filter_map(itself));
        budget.spend(circles.steps())?;
        let mut tour = ChainCollector { chain: self, seen, budget, met: HashMap::new(), told: BTreeMap::new() };
        let (mut covered, mut last, mut later) = (HashSet::new(), HashMap::new(), Vec::new());
        let (most, mut taken) = (tour.budget.left() / CROSSING, 0);
        for (number, row) in rows.into_iter().enumerate() {
            let Some((block, part)) = itself(&row).and_then(|block| Some((block, circles.part(block)?))) else {
                let found = self.ends(&row).map(|(from, to)| chain(corpus, from, &self.along, to));
                tour.report_row((number, row), found.unwrap_or_default())?;
                continue;
            };
            if covered.contains(&block) {
                later.extend((!circles.is_ring(part)).then_some((number, row, block)));
                continue;
            }
            let before: Option<Option<usize>> = last.get(&part).copied();
            if let Some(before) = before.filter(|_| taken > most) {
                tour.leave_out(before);
                continue;
            }
            let found = chain_around(corpus, &self.along, (&circles, block));
            covered.extend(found.steps.iter().map(|(block, _)| *block));
            // The first walk in each part takes no more steps than the part has.
            taken += if before.is_some() { cost(&found) } else { 0 };
            last.insert(part, tour.report_row((number, row), found)?);
        }
        for (number, row, block) in later {
            if taken <= most {
                let found = chain_around(corpus, &self.along, (&circles, block));
                taken += cost(&found);
                tour.report_row((number, row), found)?;
            }
        }
        Ok(tour.end())
    }

    /// The shortest chain between the two blocks of a row.
    pub(crate) fn find_chain(&self, corpus: &Corpus, row: &Row) -> Option<ChainSteps> {
        let (from, to) = self.ends(row)?;
        self.steps(row, chain(corpus, from, &self.along, to))
    }

    fn ends(&self, row: &Row) -> Option<(BlockId, BlockId)> {
        Some((block(row, &self.from)?, block(row, &self.to)?))
    }

    fn steps(&self, row: &Row, found: ChainSearch) -> Option<ChainSteps> {
        let (_, to) = self.ends(row).filter(|_| !found.steps.is_empty())?;
        let label = |(_, span): &(BlockId, _)| Label { span: *span, text: self.step.clone() };
        Some(ChainSteps {
            labels: found.steps.iter().map(label).collect(),
            blocks: found.steps.iter().map(|(block, _)| *block).chain([to]).collect(),
        })
    }
}

/// The chains of the rows of one case, while they are found.
struct ChainCollector<'a> {
    chain: &'a ChainTemplate,
    seen: &'a mut SeenChains,
    budget: &'a mut Budget,
    /// By the blocks of a chain, the number of the row that is told with it.
    met: HashMap<BTreeSet<BlockId>, usize>,
    /// What is told, by the number of the row.
    told: BTreeMap<usize, ReportedChain>,
}

impl ChainCollector<'_> {
    /// Tells a row with the chain that was found for it, unless an earlier one has the same; gives the number of the row that is
    /// told with it, if one of this case is.
    fn report_row(&mut self, (number, row): (usize, Row), found: ChainSearch) -> Result<Option<usize>, OutOfBudget> {
        self.budget.spend(cost(&found) as usize)?;
        let steps = self.chain.steps(&row, found);
        let mut told = ReportedChain { row, steps, left_out: 0 };
        if let Some(blocks) = told.steps.as_ref().map(|steps| &steps.blocks) {
            if self.seen.contains(blocks) {
                return Ok(None);
            }
            match self.met.get(blocks) {
                Some(before) if *before < number => return Ok(Some(*before)),
                Some(later) => told.left_out = self.told.remove(later).map_or(0, |later| later.left_out),
                None => {}
            }
            self.met.insert(blocks.clone(), number);
        }
        self.told.insert(number, told);
        Ok(Some(number))
    }

    /// Counts a row that is not told with one that is.
    fn leave_out(&mut self, with: Option<usize>) {
        if let Some(told) = with.and_then(|number| self.told.get_mut(&number)) {
            told.left_out += 1;
        }
    }

    /// What is told, in the order of the rows.
    fn end(self) -> Vec<ReportedChain> {
        self.seen.extend(self.met.into_keys());
        self.told.into_values().collect()
    }
}

/// How many steps it counts for to find a chain and keep it.
fn cost(found: &ChainSearch) -> u64 {
    (found.taken + found.steps.len() * KEPT) as u64
}

impl ChainSteps {
    /// The steps after the one that the primary label speaks of, which closes in on the value that makes it.
    pub(crate) fn after(mut self, primary: &mut Label) -> Vec<Label> {
        let told = self.labels.iter().position(|step| primary.span.contains(step.span));
        if let Some(told) = told {
            primary.span = self.labels.remove(told).span;
        }
        self.labels
    }
}

fn binder<'a>(written: &TomlString, binders: &'a [Binder]) -> CheckedTable<&'a Binder> {
    let names = binders.iter().map(|binder| binder.name.as_str());
    binders
        .iter()
        .find(|binder| binder.name == written.text)
        .ok_or_else(|| vec![problems::unknown_binder(written, names)])
}

/// The fields of these names on whatever kinds the chain starts from: `because`, or `because | elaborates`.
fn fields(written: &TomlString, from: &Binder, context: &CompileContext<'_>) -> CheckedTable<Vec<FieldId>> {
    let schema = context.vocabulary.schema;
    let kinds = schema.concrete(&from.kinds);
    let mut found = BTreeSet::new();
    for name in written.text.split('|').map(str::trim) {
        let before = found.len();
        found.extend(kinds.iter().filter_map(|kind| schema.field_of(*kind, name)));
        context.advise_of_former_name(written, name, &kinds);
        if found.len() == before {
            let all = kinds.iter().flat_map(|kind| &schema.kind(*kind).fields);
            let names: BTreeSet<&str> = all.map(|field| schema.field(*field).name.as_str()).collect();
            return Err(vec![problems::unknown_chain_field(written, name, names)]);
        }
    }
    Ok(found.into_iter().collect())
}

/// The block that a binder stands for in a row.
pub(crate) fn block(row: &Row, binder: &str) -> Option<BlockId> {
    row.element(binder).iter().find_map(|element| match element {
        ScalarValue::Block(block) => Some(*block),
        ScalarValue::Text(_) | ScalarValue::Number(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => None,
    })
}
