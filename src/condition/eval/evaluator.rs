//! Evaluates formulas and sets for one row at a time, as directly as their meaning reads.

use hashbrown::HashMap;
use std::rc::Rc;

use regex::Regex;

use super::budget::{Budget, EvalResult};
use super::graph::StepGraph;
use super::memo::{Closures, ReadState};
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::{LatticeRelation, Quantifier, Sign};
use crate::condition::plan::{
    Domain, Edges, Formula, FormulaNode, Hop, Implicit, Relation, Set, SetNode, Slot, Step, VerdictTest,
};
use crate::condition::values::arithmetic;
use crate::condition::values::compare::{combine, compare_sets};
use crate::condition::values::function::Function;
use crate::condition::values::scalar::{ScalarValue, distinct};
use crate::model::{BlockId, Corpus, LatticeVerdict};
use crate::schema::FieldId;

/// What the binders stand for at the moment, and what was learnt on the way.
pub(crate) struct Evaluator<'a> {
    pub(crate) corpus: &'a Corpus,
    budget: &'a mut Budget,
    /// By slot; one element each, but several for the witnesses that a template speaks of.
    bound: Vec<Vec<ScalarValue>>,
    /// What has been read since this was last set to `Sound`.
    pub(crate) read: ReadState,
    /// Whether few rows are asked about, for which it does not pay to look at all blocks first.
    pub(crate) few: bool,
    pub(crate) closures: Closures,
    /// By the number of the repeated step.
    pub(crate) graphs: HashMap<usize, Rc<StepGraph>>,
    verdicts: HashMap<(BlockId, LatticeRelation, BlockId), LatticeVerdict>,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(corpus: &'a Corpus, budget: &'a mut Budget, slots: usize) -> Evaluator<'a> {
        Evaluator {
            corpus,
            budget,
            bound: vec![Vec::new(); slots],
            read: ReadState::Sound,
            few: false,
            closures: Closures::default(),
            graphs: HashMap::new(),
            verdicts: HashMap::new(),
        }
    }

    pub(crate) fn spend(&mut self, steps: usize) -> EvalResult<()> {
        self.budget.spend(steps)
    }

    /// Makes a binder stand for one element.
    pub(crate) fn bind(&mut self, slot: Slot, element: ScalarValue) {
        self.bound[slot].clear();
        self.bound[slot].push(element);
    }

    /// Makes a binder stand for any number of elements.
    pub(crate) fn bind_all(&mut self, slot: Slot, elements: &[ScalarValue]) {
        self.bound[slot] = elements.to_vec();
    }

    pub(crate) fn bound(&self, slot: Slot) -> &[ScalarValue] {
        &self.bound[slot]
    }

    /// Whether a formula holds for what the binders stand for.
    pub(crate) fn holds(&mut self, formula: &Formula) -> EvalResult<bool> {
        self.spend(1)?;
        match &formula.node {
            FormulaNode::All(parts) => self.all(parts),
            FormulaNode::Any(parts) => self.any(parts),
            FormulaNode::Not(inner) => Ok(!self.holds(inner)?),
            FormulaNode::Has(quantifier, set) => Ok(enough(*quantifier, self.set(set)?.len())),
            FormulaNode::Each(quantifier, domain) => Ok(enough(*quantifier, self.admitted(domain, 2)?.len())),
            FormulaNode::ForAll(domain, body) => Ok(self.exceptions(domain, body, 1)?.is_empty()),
            FormulaNode::Relation(relation) => self.relation(relation),
            FormulaNode::Matches(set, pattern) => self.matches(set, pattern),
            FormulaNode::Judged(judged) => self.verdict_test(judged),
        }
    }

    fn all(&mut self, parts: &[Formula]) -> EvalResult<bool> {
        for part in parts {
            if !self.holds(part)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn any(&mut self, parts: &[Formula]) -> EvalResult<bool> {
        for part in parts {
            if self.holds(part)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn relation(&mut self, relation: &Relation) -> EvalResult<bool> {
        let left = self.set(&relation.left)?;
        match (relation.operator, left.first()) {
            (Operator::In, Some(element)) => self.is_in(element, &relation.right),
            (Operator::NotIn, Some(element)) => Ok(!self.is_in(element, &relation.right)?),
            (operator, _) => Ok(compare_sets(&left, operator, &self.set(&relation.right)?)),
        }
    }

    fn matches(&mut self, set: &Set, pattern: &Regex) -> EvalResult<bool> {
        let found = self.set(set)?;
        let Some(ScalarValue::Text(text)) = found.first() else { return Ok(false) };
        self.spend(text.len())?;
        Ok(pattern.is_match(text))
    }

    fn verdict_test(&mut self, judged: &VerdictTest) -> EvalResult<bool> {
        let (left, right) = (self.set(&judged.left)?, self.set(&judged.right)?);
        let (Some(ScalarValue::Block(a)), Some(ScalarValue::Block(b))) = (left.first(), right.first()) else {
            return Ok(false);
        };
        let corpus = self.corpus;
        let key = (*a, judged.bond, *b);
        if let Some(known) = self.verdicts.get(&key) {
            return Ok(*known == judged.verdict);
        }
        let compared = match judged.bond {
            LatticeRelation::Within => corpus.within(*a, *b),
            LatticeRelation::Overlaps => corpus.overlap(*a, *b),
        };
        self.spend(compared.steps)?;
        self.verdicts.insert(key, compared.verdict);
        Ok(compared.verdict == judged.verdict)
    }

    /// The elements of a set, each once, in the order they are met.
    pub(crate) fn set(&mut self, set: &Set) -> EvalResult<Vec<ScalarValue>> {
        match &set.node {
            SetNode::Bound(slot) => Ok(self.bound[*slot].clone()),
            SetNode::Values(values) => Ok(values.clone()),
            SetNode::Combined(first, others) => {
                let mut combined = self.set(first)?;
                for (how, other) in others {
                    combined = combine(combined, *how, self.set(other)?);
                }
                Ok(combined)
            }
            SetNode::Path(start, steps) => self.path(start, steps),
            SetNode::Apply(Function::Sum, inner) => self.sum(inner),
            SetNode::Apply(function, inner) => Ok(function.apply(self.set(inner)?)),
            SetNode::Arithmetic(first, others) => self.arithmetic(first, others),
            SetNode::Else(inner, instead) => {
                let found = self.set(inner)?;
                Ok(if found.is_empty() { vec![instead.clone()] } else { found })
            }
            SetNode::Where(domain) => self.admitted(domain, usize::MAX),
        }
    }

    /// The numbers of a path together, block by block: two blocks with the same number count twice.
    fn sum(&mut self, set: &Set) -> EvalResult<Vec<ScalarValue>> {
        let SetNode::Path(start, steps) = &set.node else { return Ok(Function::Sum.apply(self.set(set)?)) };
        let Some((Step::Once(last), before)) = steps.split_last() else {
            return Ok(Function::Sum.apply(self.set(set)?));
        };
        let mut numbers = Vec::new();
        for holder in self.path(start, before)? {
            numbers.extend(self.follow(last, &[holder])?);
        }
        Ok(Function::Sum.apply(numbers))
    }

    fn arithmetic(&mut self, first: &Set, others: &[(Sign, Set)]) -> EvalResult<Vec<ScalarValue>> {
        let mut result = self.set(first)?.into_iter().next();
        for (sign, other) in others {
            let other = self.set(other)?;
            result = result.zip(other.first()).and_then(|(left, right)| arithmetic::combine(&left, *sign, right));
        }
        Ok(result.into_iter().collect())
    }

    /// What the steps lead to from a set.
    pub(crate) fn path(&mut self, start: &Set, steps: &[Step]) -> EvalResult<Vec<ScalarValue>> {
        let mut reached = self.set(start)?;
        for step in steps {
            reached = self.step(step, reached)?;
        }
        Ok(reached)
    }

    /// At most `limit` elements of a domain that its filter admits.
    pub(crate) fn admitted(&mut self, domain: &Domain, limit: usize) -> EvalResult<Vec<ScalarValue>> {
        let mut admitted = Vec::new();
        for element in self.set(&domain.set)? {
            if self.admits(domain, &element)? {
                admitted.push(element);
                if admitted.len() >= limit {
                    break;
                }
            }
        }
        Ok(admitted)
    }

    /// At most `limit` elements of a domain for which a formula fails.
    pub(crate) fn exceptions(&mut self, domain: &Domain, body: &Formula, limit: usize) -> EvalResult<Vec<ScalarValue>> {
        let mut exceptions = Vec::new();
        for element in self.set(&domain.set)? {
            if self.admits(domain, &element)? && !self.holds(body)? {
                exceptions.push(element);
                if exceptions.len() >= limit {
                    break;
                }
            }
        }
        Ok(exceptions)
    }

    /// Binds an element of a domain and asks the filter.
    fn admits(&mut self, domain: &Domain, element: &ScalarValue) -> EvalResult<bool> {
        self.bind(domain.slot, element.clone());
        match &domain.filter {
            Some(filter) => self.holds(filter),
            None => Ok(true),
        }
    }

    fn step(&mut self, step: &Step, from: Vec<ScalarValue>) -> EvalResult<Vec<ScalarValue>> {
        match step {
            Step::Once(hops) => self.follow(hops, &from),
            Step::Repeated(hops, closure, number) => self.closure(hops, (*closure, *number), from),
            Step::Is(kinds) => {
                let corpus = self.corpus;
                let is_of = |block: BlockId| kinds.contains(&corpus.block(block).kind());
                Ok(from.into_iter().filter(|element| element.block().is_some_and(is_of)).collect())
            }
        }
    }

    /// What the hops lead to from all of the elements, each once.
    pub(crate) fn follow(&mut self, hops: &Edges, from: &[ScalarValue]) -> EvalResult<Vec<ScalarValue>> {
        let mut reached = Vec::new();
        for block in from.iter().filter_map(ScalarValue::block) {
            let kind = usize::from(self.corpus.block(block).kind().0);
            for hop in &hops.0[kind] {
                self.follow_edge(hop, block, &mut reached)?;
            }
            self.spend(1)?;
        }
        self.spend(reached.len())?;
        Ok(distinct(reached))
    }

    fn follow_edge(&mut self, hop: &Hop, block: BlockId, into: &mut Vec<ScalarValue>) -> EvalResult<()> {
        let corpus = self.corpus;
        match hop {
            Hop::Forward(field) => self.forward(block, *field, into),
            Hop::Backward(field) => {
                if corpus.is_broken_anywhere(*field) {
                    self.read = ReadState::Broken;
                }
                into.extend(corpus.referrers(block, *field).iter().map(|from| ScalarValue::Block(*from)));
            }
            Hop::Implicit(implicit) => {
                into.extend(implied(corpus, block, *implicit).map(|text| ScalarValue::Text(text.to_owned())))
            }
            Hop::Computed(computed) => {
                self.bind(computed.slot, ScalarValue::Block(block));
                into.extend(self.set(&computed.set)?);
            }
            Hop::Native(native_field) => {
                // That the words are not there was reported; nothing is read out of them.
                if self.read == ReadState::Sound && native_field.is_misled(corpus, block) {
                    self.read = ReadState::Broken;
                }
                into.extend(native_field.of(corpus, block));
            }
        }
        Ok(())
    }

    fn forward(&mut self, block: BlockId, field: FieldId, into: &mut Vec<ScalarValue>) {
        let corpus = self.corpus;
        if corpus.is_broken(block, field) {
            self.read = ReadState::Broken;
        }
        into.extend(corpus.values(block, field).iter().filter_map(|held| ScalarValue::of(&held.value)));
        if corpus.schema.field(field).symmetric {
            into.extend(corpus.referrers(block, field).iter().map(|from| ScalarValue::Block(*from)));
        }
    }
}

/// Whether there are as many elements as the quantifier wants.
pub(crate) fn enough(quantifier: Quantifier, count: usize) -> bool {
    match quantifier {
        Quantifier::Some => count > 0,
        Quantifier::No => count == 0,
        Quantifier::One => count == 1,
        Quantifier::Lone => count < 2,
    }
}

/// What a block has without writing it as a field.
pub(crate) fn implied(corpus: &Corpus, block: BlockId, implicit: Implicit) -> Option<&str> {
    let data = corpus.block(block);
    match implicit {
        Implicit::Id => data.id().map(|_| corpus.name(block)),
        Implicit::Kind => Some(&corpus.schema.kind(data.kind()).name),
        Implicit::Title => data.title().map(|title| title.value),
        Implicit::Namespace => Some(data.namespace()),
        Implicit::File => Some(data.file()),
    }
}
