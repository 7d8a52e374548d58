//! How much work a rule may make, so that no rule hangs.

/// How many steps a run may still take: rows looked at, and elements met on paths.
#[derive(Clone, Debug)]
pub struct Budget {
    left: u64,
}

/// A rule would take more steps than its budget allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBudget;

/// What takes steps, and may run out of them.
pub(super) type Costly<T> = Result<T, OutOfBudget>;

impl Default for Budget {
    fn default() -> Budget {
        Budget::of(50_000_000)
    }
}

impl Budget {
    /// A budget of so many steps.
    pub fn of(steps: u64) -> Budget {
        Budget { left: steps }
    }

    /// How many steps are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Takes steps.
    pub(super) fn spend(&mut self, steps: usize) -> Costly<()> {
        self.left = self.left.checked_sub(steps as u64).ok_or(OutOfBudget)?;
        Ok(())
    }
}
