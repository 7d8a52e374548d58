//! The cache: what earlier runs said of the same files, asked in the same way.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use recte::project::Root;
use sha2::{Digest, Sha256};

use super::entry::CachedRun;
use super::hex::hex;
use super::observation::Freshness;
use super::recording::{Recorded, Recording};
use super::watched::Watched;
use super::{bounded, place};
use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, Output};
use crate::cli::write;

/// The cache, for one way of asking.
pub(in crate::cli) struct Cache {
    folder: PathBuf,
    key: String,
    recording: Recording,
}

impl Cache {
    /// The cache for one way of running the program, which `request` tells from all others; none where there is no folder for it.
    pub(in crate::cli) fn of(request: &[String], output: &mut Output) -> Option<Cache> {
        let folder = match place::folder()? {
            Ok(folder) => folder,
            Err(why) => {
                output.remark(&format!("{why}, so this run does not use the cache"));
                return None;
            }
        };
        let program = place::program().ok()?;
        let mut digest = Sha256::new();
        for word in request.iter().chain([&program]) {
            // The length tells `ab c` from `a bc`.
            digest.update((word.len() as u64).to_le_bytes());
            digest.update(word.as_bytes());
        }
        let key = hex(&digest.finalize());
        Some(Cache { folder, key, recording: Recording::begin(SystemTime::now()) })
    }

    /// Writes again what was written before, if nothing has changed since.
    pub(in crate::cli) fn replay(&self, roots: &[&Root], output: &mut Output) -> Result<Option<Exit>, CommandFailure> {
        let mut entry = match CachedRun::read(&self.path()) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Ok(None),
            Err(()) => {
                output.remark(&format!("{} was changed or damaged, and is written again", self.path().display()));
                return Ok(None);
            }
        };
        let now = SystemTime::now();
        let mut is_renewed = false;
        for seen in &mut entry.seen {
            match seen.still(roots, now) {
                Freshness::So => {}
                Freshness::Renewed => is_renewed = true,
                Freshness::Not => return Ok(None),
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
    pub(in crate::cli) fn watch<'a>(&'a self, root: &'a Root, number: usize) -> Watched<'a> {
        Watched { root, number, recording: &self.recording }
    }

    /// Notes what is said when nothing has changed, as long as it is not too long.
    pub(in crate::cli) fn record(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.recording.say(write)
    }

    /// Keeps what was noted, when all went well.
    pub(in crate::cli) fn finish(self, exit: Exit, output: &mut Output) {
        let Recorded { since, seen, said } = match self.recording.finish() {
            // What could not be read may be readable next time.
            Some(recorded) if exit != Exit::Unchecked => recorded,
            _ => return,
        };
        let Some(said) = said else {
            let most = bounded::LONGEST >> 20;
            return output.remark(&format!("the report is longer than {most} MiB, so it is not cached"));
        };
        let Ok(said) = String::from_utf8(said) else { return };
        let mut entry = CachedRun::new(exit, seen, said);
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
                output.remark(&format!("the report is not cached: {} {why}", self.folder.display()));
            }
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(&self.key)
    }
}
