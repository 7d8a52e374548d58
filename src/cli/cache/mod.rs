//! What earlier runs said, kept so that a run over what has not changed need not read it again.
//!
//! An entry belongs to one way of asking: the program, its arguments that shape what is said, the folder, the day. It
//! holds everything that the run looked at, with hashes, and what it said in the end. It is used when all of that is
//! still so; whatever else it turns out to be is a miss.
//!
//! Entries lie in a folder of the user, never in the project: a checkout must not bring its own verdict with it.

mod bounded;
mod entry;
mod place;
mod watched;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use recte::project::Root;
use sha2::{Digest, Sha256};

use super::exit::Exit;
use super::output::{CommandFailure, Output};
use super::write;
use bounded::BoundedStore;
use entry::CachedRun;
use watched::Observation;
pub(super) use watched::Watched;

/// The cache, for one way of asking.
pub(super) struct Cache {
    folder: PathBuf,
    key: String,
    recording: Mutex<Recording>,
}

/// What a run looked at and said.
#[derive(Default)]
struct Recording {
    seen: Vec<Observation>,
    said: BoundedStore,
    /// Whether it saw what cannot be kept.
    is_spoilt: bool,
    since: Option<SystemTime>,
}

impl Cache {
    /// The cache for a way of asking, which `asked` tells from all others; none where there is no folder for it.
    pub(super) fn of(asked: &[String], output: &mut Output) -> Option<Cache> {
        let folder = match place::folder()? {
            Ok(folder) => folder,
            Err(why) => {
                output.remark(&format!("{why}, so this run goes without a cache"));
                return None;
            }
        };
        let program = place::program().ok()?;
        let mut digest = Sha256::new();
        for word in asked.iter().chain([&program]) {
            // The length tells `ab c` from `a bc`.
            digest.update((word.len() as u64).to_le_bytes());
            digest.update(word.as_bytes());
        }
        let key = entry::hex(&digest.finalize());
        let recording = Recording { since: Some(SystemTime::now()), ..Recording::default() };
        Some(Cache { folder, key, recording: Mutex::new(recording) })
    }

    /// Says again what was said before, if nothing has changed since.
    pub(super) fn replay(&self, roots: &[&Root], output: &mut Output) -> Result<Option<Exit>, CommandFailure> {
        let mut entry = match CachedRun::read(&self.path()) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Ok(None),
            Err(()) => {
                output.remark(&format!("{} is not what was written there, and is written anew", self.path().display()));
                return Ok(None);
            }
        };
        let now = SystemTime::now();
        let mut is_renewed = false;
        for seen in &mut entry.seen {
            match seen.still(roots, now) {
                watched::Freshness::So => {}
                watched::Freshness::Renewed => is_renewed = true,
                watched::Freshness::Not => return Ok(None),
            }
        }
        if is_renewed {
            self.keep(&entry, output);
        }
        output.write_all(entry.said.as_bytes())?;
        output.flush()?;
        Ok(Some(entry.exit()))
    }

    /// A tree that notes what is looked at in it; the project is that of the number.
    pub(super) fn watch<'a>(&'a self, root: &'a Root, number: usize) -> Watched<'a> {
        Watched { root, number, cache: self }
    }

    /// What was noted so far, by whichever of the projects that are read at the same time.
    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes something that was looked at.
    fn note(&self, seen: Option<Observation>) {
        let mut recording = self.recording();
        match seen {
            Some(seen) => recording.seen.push(seen),
            None => recording.is_spoilt = true,
        }
    }

    /// Notes what is said when nothing has changed, as long as it is not too long.
    pub(super) fn record(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.recording().said.take(write)
    }

    /// Keeps what was noted, when all went well.
    pub(super) fn finish(self, exit: Exit, output: &mut Output) {
        let recording = std::mem::take(&mut *self.recording());
        // What could not be read may be readable next time.
        if recording.is_spoilt || exit == Exit::Unchecked {
            return;
        }
        let Some(said) = recording.said.bytes() else {
            let most = bounded::LONGEST >> 20;
            return output.remark(&format!("the report is longer than {most} MiB, so it is not kept for the next run"));
        };
        let (Some(since), Ok(said)) = (recording.since, String::from_utf8(said)) else { return };
        let mut entry = CachedRun::new(exit, recording.seen, said);
        entry.seen.iter_mut().for_each(|seen| seen.trust(since));
        self.keep(&entry, output);
    }

    fn keep(&self, entry: &CachedRun, output: &mut Output) {
        let kept =
            write::private_folder(&self.folder).and_then(|()| Ok(write::supplant(&self.path(), &entry.write())?));
        match kept {
            Ok(()) => place::tidy(&self.folder),
            Err(why) => {
                write::remove(&self.path());
                output.remark(&format!("nothing is cached: {} {why}", self.folder.display()));
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.key)
    }
}
