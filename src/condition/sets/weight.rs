//! Guesses what it costs to decide a formula for one row, so that what is cheap is asked first.

use crate::condition::plan::{Domain, Formula, Hop, Set, Step};

/// What a repeated step, and what the program itself finds, cost in simple steps.
const REPEATED: usize = 10;
const NATIVE: usize = 4;
/// What a quantifier costs for each thing that it asks of its elements.
const ELEMENTS: usize = 3;

impl Formula {
    /// The cost of the formula for one row; only the order of costs means anything.
    pub(super) fn weight(&self) -> usize {
        match self {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().map(Formula::weight).sum(),
            Formula::Not(inner) => inner.weight(),
            Formula::Has(_, set) => set.weight(),
            Formula::Each(_, domain) => domain.weight(),
            Formula::ForAll(domain, body) => domain.weight() + ELEMENTS * body.weight(),
            Formula::Relation(relation) => 1 + relation.left.weight() + relation.right.weight(),
            Formula::Matches(set, _) => REPEATED + set.weight(),
            Formula::Judged(judged) => REPEATED + judged.left.weight() + judged.right.weight(),
        }
    }
}

impl Domain {
    fn weight(&self) -> usize {
        self.set.weight() + ELEMENTS * (1 + self.filter.as_ref().map_or(0, Formula::weight))
    }
}

impl Set {
    fn weight(&self) -> usize {
        match self {
            Set::Bound(_) | Set::Values(_) => 0,
            Set::Combined(first, others) => {
                1 + first.weight() + others.iter().map(|(_, other)| other.weight()).sum::<usize>()
            }
            Set::Path(start, steps) => start.weight() + steps.iter().map(Step::weight).sum::<usize>(),
            Set::Apply(_, inner) => REPEATED + inner.weight(),
            Set::Else(inner, _) => 1 + inner.weight(),
            Set::Arithmetic(first, others) => {
                REPEATED + first.weight() + others.iter().map(|(_, other)| other.weight()).sum::<usize>()
            }
            Set::Where(domain) => domain.weight(),
        }
    }
}

impl Step {
    fn weight(&self) -> usize {
        match self {
            Step::Once(hops) => {
                let native = hops.0.iter().flatten().any(|hop| matches!(hop, Hop::Native(_) | Hop::Computed(_)));
                if native { NATIVE } else { 1 }
            }
            Step::Repeated(..) => REPEATED,
            Step::Is(_) => 1,
        }
    }
}
