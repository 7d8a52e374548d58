//! Work for several threads, whose results do not depend on how many there are.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;

use rayon::prelude::*;

/// Does a piece of work for each item, by so many threads; the results stand in the order of the items.
///
/// The threads are its own: whoever waits for it while others wait for them, must not be given other work meanwhile.
///
/// # Panics
/// Where the work does.
pub fn parallel_map<T: Sync, R: Send>(items: &[T], threads: NonZeroUsize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        while let Some((at, item)) = numbered(items, next.fetch_add(1, Ordering::Relaxed)) {
            done.push((at, work(item)));
        }
        done
    };
    let helpers = threads.get().min(items.len()).saturating_sub(1);
    let mut done = thread::scope(|scope| {
        // Where the system gives no more threads, those that there are do all of it.
        let start = |_| thread::Builder::new().spawn_scoped(scope, run).ok();
        let started: Vec<_> = (0..helpers).filter_map(start).collect();
        let mut done = run();
        for helper in started {
            done.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does work for items, side by side, until what came first has taken more than so many steps: what was done, with the steps of
/// each, in the order of the items and up to the one with which there were more.
///
/// What is done depends on the steps of the items alone. Work for others may be begun and is thrown away, as much at most as
/// each thread does of it in the time that the steps take.
pub fn parallel_map_within<T: Sync, R: Send>(
    items: &[T],
    most: u64,
    work: impl Fn(&T) -> (R, u64) + Sync,
) -> Vec<(R, u64)> {
    let (taken, all) = (items.iter().map(|_| AtomicU64::new(0)).collect::<Vec<AtomicU64>>(), AtomicU64::new(0));
    let before = |at: usize| taken[..at].iter().map(|steps| steps.load(Ordering::Relaxed)).fold(0, u64::saturating_add);
    let done = items.par_iter().enumerate().map(|(at, item)| {
        // What has been done counts only where it comes before.
        if all.load(Ordering::Relaxed) > most && before(at) > most {
            return None;
        }
        let (done, steps) = work(item);
        taken[at].store(steps, Ordering::Relaxed);
        all.fetch_add(steps, Ordering::Relaxed);
        Some((done, steps))
    });
    let (done, mut sum): (Vec<Option<(R, u64)>>, u64) = (done.collect(), 0);
    let mut is_within = |(_, steps): &(R, u64)| {
        let was_within = sum <= most;
        sum = sum.saturating_add(*steps);
        was_within
    };
    done.into_iter().map_while(|done| done.filter(&mut is_within)).collect()
}

/// As many threads as judge rules at once.
pub fn all_threads() -> NonZeroUsize {
    NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN)
}

fn numbered<T>(items: &[T], at: usize) -> Option<(usize, &T)> {
    Some((at, items.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::parallel_map_within;

    #[test]
    fn what_is_done_depends_on_the_steps_alone() {
        let steps = [3_u64, 4, 0, 5, 1, 100, 2];
        let done = |most| -> Vec<u64> {
            parallel_map_within(&steps, most, |steps| (*steps, *steps)).into_iter().map(|(done, _)| done).collect()
        };
        for (most, expected) in [(2, 1), (3, 2), (7, 4), (12, 5), (13, 6), (112, 6), (113, 7), (1_000, 7)] {
            assert_eq!(done(most), steps[..expected], "{most}");
        }
    }

    #[test]
    fn what_comes_later_ends_when_too_much_was_done_before() {
        let begun = std::sync::atomic::AtomicUsize::new(0);
        let items = vec![1_u64; 10_000];
        let done = parallel_map_within(&items, 10, |steps| {
            begun.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            std::thread::sleep(std::time::Duration::from_micros(50));
            ((), *steps)
        });
        assert_eq!(done.len(), 11);
        assert!(begun.into_inner() < 9_000);
    }
}
