//! How long work takes that nothing else holds up.

use std::time::{Duration, Instant};

const RUNS: usize = 5;

/// The fastest of several runs: what the work costs, and not what else the machine was doing.
pub(crate) fn fastest(run: impl Fn()) -> Duration {
    let time = |_| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}
