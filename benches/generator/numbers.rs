//! Numbers that look random and are the same on every machine (xorshift64*, Marsaglia 2003, Vigna 2016).

/// A generator of numbers.
pub(super) struct Numbers(u64);

impl Numbers {
    /// The generator with which every corpus begins.
    pub(super) fn new() -> Numbers {
        Numbers(0x9E37_79B9_7F4A_7C15)
    }

    /// A number from nought to just below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    /// Whether something happens that happens once in so many times.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}
