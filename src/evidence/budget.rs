//! What a search may cost, in steps that are the same on every machine.

/// The steps that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepBudget(u64);

/// How many letters are compared in the time of one step.
const LETTERS: usize = 16;

impl StepBudget {
    /// So many.
    pub fn new(steps: u64) -> StepBudget {
        StepBudget(steps)
    }

    /// Whether there are any left.
    pub(super) fn are_left(self) -> bool {
        self.0 > 0
    }

    /// Takes what it costs to look at so many letters.
    pub(super) fn spend(&mut self, letters: usize) {
        self.0 = self.0.saturating_sub(1 + (letters / LETTERS) as u64);
    }
}
