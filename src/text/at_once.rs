//! Work for several threads, whose results do not depend on how many there are.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does a piece of work for each item, by so many threads; the results stand in the order of the items.
///
/// The threads are its own: whoever waits for it while others wait for them, must not be given other work meanwhile. Panics
/// where the work does.
pub fn at_once<T: Sync, R: Send>(items: &[T], threads: NonZeroUsize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
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

/// As many threads as judge rules at once.
pub fn all_threads() -> NonZeroUsize {
    NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN)
}

fn numbered<T>(items: &[T], at: usize) -> Option<(usize, &T)> {
    Some((at, items.get(at)?))
}
