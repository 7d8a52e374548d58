//! Compares two sets in all rows of a table at once.

use super::dictionary::{Symbol, block};
use super::lists::Lists;
use super::runner::{Mask, Runner};
use super::table::RowTable;
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::Closure;
use crate::condition::eval::budget::EvalResult;
use crate::condition::plan::{Relation, Set, Step};
use crate::condition::values::compare::{both, compare_sets, is_subset, overlap};

impl Runner<'_, '_> {
    /// Which rows satisfy a comparison.
    pub(super) fn relation(&mut self, relation: &Relation, table: &RowTable) -> EvalResult<Mask> {
        let left = self.set(&relation.left, table)?;
        let negated = relation.operator == Operator::NotIn;
        if negated || relation.operator == Operator::In {
            let found = self.is_in(&left, &relation.right, table)?;
            return Ok(found.into_iter().map(|found| found.is_some_and(|found| found != negated)).collect());
        }
        let right = self.set(&relation.right, table)?;
        let rows = left.iter().zip(right.iter());
        Ok(match relation.operator {
            Operator::Equal => rows.map(|(left, right)| both(left, right, |a, b| a == b)).collect(),
            Operator::Unequal => rows.map(|(left, right)| both(left, right, |a, b| a != b)).collect(),
            Operator::Overlaps => rows.map(|(left, right)| overlap(left, right)).collect(),
            Operator::SubsetOf => rows.map(|(left, right)| is_subset(left, right)).collect(),
            Operator::SameAs => rows.map(|(left, right)| left.len() == right.len() && is_subset(left, right)).collect(),
            Operator::Less
            | Operator::AtMost
            | Operator::Greater
            | Operator::AtLeast
            | Operator::Before
            | Operator::Covers
            | Operator::ShareDay
            | Operator::Matches
            | Operator::StartsWith
            | Operator::EndsWith
            | Operator::Contains
            | Operator::In
            | Operator::NotIn => rows.map(|(left, right)| self.compare_rows(left, relation.operator, right)).collect(),
        })
    }

    /// What only the elements themselves can tell.
    fn compare_rows(&self, left: &[Symbol], operator: Operator, right: &[Symbol]) -> bool {
        if left.is_empty() || right.is_empty() {
            return false;
        }
        compare_sets(&self.columns.elements(left), operator, &self.columns.elements(right))
    }

    /// Whether the first element of each list is in a set; nothing where the list is empty.
    ///
    /// A set that ends in a closure is not listed: the graph tells.
    fn is_in(&mut self, left: &Lists, set: &Set, table: &RowTable) -> EvalResult<Vec<Option<bool>>> {
        let Some((start, (Step::Repeated(hops, closure @ (Closure::Any | Closure::Once), _), before))) =
            set.last_step()
        else {
            let right = self.set(set, table)?;
            let row = |row: usize| left.first(row).map(|symbol| right.row(row).contains(&symbol));
            return Ok((0..left.rows()).map(row).collect());
        };
        let start = self.set(start, table)?;
        let from = self.steps(before, start)?;
        let graph = self.graph(hops)?;
        let mut found = Vec::with_capacity(left.rows());
        for (row, from) in from.iter().enumerate() {
            let Some(to) = left.first(row) else {
                found.push(None);
                continue;
            };
            let mut is_in = *closure == Closure::Any && from.contains(&to);
            if block(to).is_some() {
                for symbol in from.iter().filter(|symbol| block(**symbol).is_some()) {
                    is_in = is_in || self.leads(&graph, *symbol, to)?;
                }
            }
            found.push(Some(is_in));
        }
        self.spend(from.values().len())?;
        Ok(found)
    }
}
