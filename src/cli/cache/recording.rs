//! What a run looked at and said, noted by whichever of the projects that are read at the same time.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::bounded::BoundedStore;
use super::observation::Observation;

/// What is noted while a run goes on.
pub(super) struct Recording {
    since: SystemTime,
    noted: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    seen: Vec<Observation>,
    said: BoundedStore,
    /// Whether it saw what cannot be kept.
    is_spoilt: bool,
}

/// What a run looked at, and what it said if that is not too long.
pub(super) struct Recorded {
    pub(super) since: SystemTime,
    pub(super) seen: Vec<Observation>,
    pub(super) said: Option<Vec<u8>>,
}

impl Recording {
    /// Notes nothing yet; `now` is when the run begins.
    pub(super) fn begin(now: SystemTime) -> Recording {
        Recording { since: now, noted: Mutex::default() }
    }

    /// Notes something that was looked at; nothing for what cannot be kept.
    pub(super) fn note(&self, seen: Option<Observation>) {
        let mut noted = self.noted();
        match seen {
            Some(seen) => noted.seen.push(seen),
            None => noted.is_spoilt = true,
        }
    }

    /// Notes what is said when nothing has changed, as long as it is not too long.
    pub(super) fn say(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.noted().said.take(write)
    }

    /// What was noted; nothing if some of it cannot be kept.
    pub(super) fn finish(&self) -> Option<Recorded> {
        let Notes { seen, said, is_spoilt } = std::mem::take(&mut *self.noted());
        (!is_spoilt).then(|| Recorded { since: self.since, seen, said: said.bytes() })
    }

    fn noted(&self) -> MutexGuard<'_, Notes> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
