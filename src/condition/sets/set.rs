//! Evaluates sets for all rows of a table at once: a list for each row.

use super::dictionary::Symbol;
use super::lists::Lists;
use super::runner::{Runner, TOGETHER};
use super::table::RowTable;
use crate::condition::ast::tree::{Combine, Sign};
use crate::condition::eval::budget::EvalResult;
use crate::condition::plan::{Domain, Set, SetNode, Step};
use crate::condition::values::arithmetic;
use crate::condition::values::compare::among;
use crate::condition::values::function::Function;
use crate::condition::values::scalar::ScalarValue;

impl Runner<'_, '_> {
    /// The elements of a set in each row, each once, in the order they are met.
    pub(super) fn set(&mut self, set: &Set, table: &RowTable) -> EvalResult<Lists> {
        match &set.node {
            SetNode::Bound(slot) => Ok(Lists::of_one_each(table.column(*slot).to_vec())),
            SetNode::Values(values) => {
                let symbols = self.symbols(values.iter().cloned());
                let mut lists = Lists::default();
                for _ in 0..table.rows() {
                    lists.extend(&symbols);
                    lists.end();
                }
                self.spend(lists.values().len())?;
                Ok(lists)
            }
            SetNode::Combined(first, others) => {
                let mut combined = self.set(first, table)?;
                for (how, other) in others {
                    combined = combine(&combined, *how, &self.set(other, table)?);
                }
                Ok(combined)
            }
            SetNode::Path(start, steps) => {
                let start = self.set(start, table)?;
                self.steps(steps, start)
            }
            SetNode::Apply(Function::Sum, inner) => self.sum(inner, table),
            SetNode::Apply(function, inner) => self.apply(*function, inner, table),
            SetNode::Arithmetic(first, others) => self.arithmetic(first, others, table),
            SetNode::Else(inner, instead) => {
                let found = self.set(inner, table)?;
                let instead = self.symbols([instead.clone()]);
                let mut lists = Lists::default();
                for list in found.iter() {
                    lists.extend(if list.is_empty() { &instead } else { list });
                    lists.end();
                }
                Ok(lists)
            }
            SetNode::Where(domain) => self.admitted(domain, table),
        }
    }

    pub(super) fn symbols(&self, elements: impl IntoIterator<Item = ScalarValue>) -> Vec<Symbol> {
        let mut dictionary = self.columns.write();
        elements.into_iter().map(|element| dictionary.element(element)).collect()
    }

    fn admitted(&mut self, domain: &Domain, table: &RowTable) -> EvalResult<Lists> {
        let all = self.set(&domain.set, table)?;
        let mut keep = Vec::with_capacity(all.values().len());
        let parents = all.parents();
        for (parents, values) in parents.chunks(TOGETHER).zip(all.values().chunks(TOGETHER)) {
            keep.extend(self.admits(domain, &table.with(parents, domain.slot, values))?);
        }
        Ok(all.retained(&keep))
    }

    fn apply(&mut self, function: Function, inner: &Set, table: &RowTable) -> EvalResult<Lists> {
        if function == Function::Count {
            let counts = self.count(inner, table)?;
            return Ok(Lists::of_one_each(
                self.symbols(counts.into_iter().map(|count| ScalarValue::Number(count as f64))),
            ));
        }
        let lists = self.set(inner, table)?;
        self.applied(function, &lists)
    }

    /// How many elements a set has in each row.
    fn count(&mut self, set: &Set, table: &RowTable) -> EvalResult<Vec<usize>> {
        // The words of texts are many, and only their number is wanted.
        if let SetNode::Apply(Function::Words, inner) = &set.node {
            let lists = self.set(inner, table)?;
            return Ok(lists.iter().map(|list| Function::Words.apply(self.columns.elements(list)).len()).collect());
        }
        Ok(self.set(set, table)?.iter().map(<[Symbol]>::len).collect())
    }

    fn applied(&mut self, function: Function, lists: &Lists) -> EvalResult<Lists> {
        let mut applied = Lists::default();
        for list in lists.iter() {
            let found = function.apply(self.columns.elements(list));
            self.spend(found.len())?;
            applied.extend(&self.symbols(found));
            applied.end();
        }
        Ok(applied)
    }

    /// The numbers of a path together, block by block: two blocks with the same number count twice.
    fn sum(&mut self, set: &Set, table: &RowTable) -> EvalResult<Lists> {
        let Some((start, (Step::Once(last), before))) = set.last_step() else {
            let lists = self.set(set, table)?;
            return self.applied(Function::Sum, &lists);
        };
        let start = self.set(start, table)?;
        let holders = self.steps(before, start)?;
        let numbers = self.follow(last, &Lists::of_one_each(holders.values().to_vec()))?;
        let mut each = numbers.iter();
        let mut lists = Lists::default();
        for holders in holders.iter() {
            each.by_ref().take(holders.len()).for_each(|list| lists.extend(list));
            lists.end();
        }
        self.applied(Function::Sum, &lists)
    }

    fn arithmetic(&mut self, first: &Set, others: &[(Sign, Set)], table: &RowTable) -> EvalResult<Lists> {
        let columns = self.columns;
        let firsts = |lists: &Lists| -> Vec<Option<ScalarValue>> {
            let dictionary = columns.dictionary();
            (0..lists.rows()).map(|row| lists.first(row).map(|symbol| dictionary.read(symbol))).collect()
        };
        let mut results = firsts(&self.set(first, table)?);
        for (sign, other) in others {
            let others = firsts(&self.set(other, table)?);
            for (result, other) in results.iter_mut().zip(&others) {
                let pair = result.take().zip(other.as_ref());
                *result = pair.and_then(|(left, right)| arithmetic::combine(&left, *sign, right));
            }
        }
        let mut lists = Lists::default();
        let mut dictionary = columns.write();
        for result in results {
            if let Some(element) = result {
                lists.push(dictionary.element(element));
            }
            lists.end();
        }
        Ok(lists)
    }
}

/// One list made of two in each row, in the order of the first.
fn combine(left: &Lists, how: Combine, right: &Lists) -> Lists {
    let mut combined = Lists::default();
    for (left, right) in left.iter().zip(right.iter()) {
        match how {
            Combine::Union => {
                combined.extend(left);
                combined.extend(right);
                combined.end_distinct();
            }
            Combine::Minus | Combine::Meet => {
                let is_among = among(right);
                let wanted = how == Combine::Meet;
                left.iter().filter(|symbol| is_among(symbol) == wanted).for_each(|symbol| combined.push(*symbol));
                combined.end();
            }
        }
    }
    combined
}
