//! How much work a rule may make, so that no rule hangs.

use crate::condition::plan::Slot;
use crate::text::Span;

/// How many steps a run may still take: rows looked at, and elements met on paths.
#[derive(Clone, Debug)]
pub struct Budget {
    left: u64,
    /// Where they ran out.
    spot: Option<ActiveClause>,
}

/// The part of a rule that was at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActiveClause {
    /// What a binder ranges over.
    Range(Slot),
    /// Every block of a binder beside every row of those before it.
    Product(Slot),
    /// A conjunct of `when`, by number.
    When(usize),
    Judgement,
}

/// Where the steps of a rule ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// The clause.
    pub at: Span,
    /// Two names of `for` of which every pair would have to be looked at, the first one first.
    pub unlinked: Option<(String, String)>,
}

/// A rule would take more steps than its budget allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBudget;

/// What takes steps, and may run out of them.
pub(crate) type EvalResult<T> = Result<T, OutOfBudget>;

impl Default for Budget {
    fn default() -> Budget {
        Budget::of(50_000_000)
    }
}

impl Budget {
    /// A budget of so many steps.
    pub fn of(steps: u64) -> Budget {
        Budget { left: steps, spot: None }
    }

    /// How many steps are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Remembers where the steps ran out, unless that is known.
    pub(crate) fn attribute_overrun(&mut self, spot: ActiveClause) {
        self.spot.get_or_insert(spot);
    }

    /// Where the steps ran out, if that was remembered.
    pub(crate) fn spot(&self) -> Option<ActiveClause> {
        self.spot
    }

    /// Takes the steps of work that was done apart, with a budget of its own that had so many; gives what came of it.
    pub(crate) fn account<T>(&mut self, before: u64, (done, apart): (EvalResult<T>, Budget)) -> EvalResult<T> {
        let spent = before.saturating_sub(apart.left);
        let left = self.left.checked_sub(spent).ok_or(OutOfBudget);
        self.left = *left.as_ref().unwrap_or(&0);
        if done.is_err() || left.is_err() {
            self.attribute_overrun(apart.spot.unwrap_or(ActiveClause::Judgement));
        }
        left.and(done)
    }

    /// Takes steps.
    ///
    /// # Errors
    /// If fewer are left.
    pub fn spend(&mut self, steps: usize) -> Result<(), OutOfBudget> {
        self.left = self.left.checked_sub(steps as u64).ok_or(OutOfBudget)?;
        Ok(())
    }
}
