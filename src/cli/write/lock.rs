//! Whoever reads a project to write to it waits for its turn.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{path, system};
use crate::cli::output::CommandFailure;

/// How long another program may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked whether it is done.
const PAUSE: Duration = Duration::from_millis(15);

/// The turn to write to a project, until it is dropped or the program ends in whatever way.
pub(in crate::cli) struct WriteLock {
    /// The lock is the system's, and is given back with the file.
    _held: Option<File>,
}

impl WriteLock {
    /// Waits until no other run of this program writes to the repository, or without one to the folder.
    ///
    /// Where the file system knows no locks there is no waiting: what is written is compared all the same.
    pub(in crate::cli) fn wait(folder: &Path) -> Result<WriteLock, CommandFailure> {
        let Ok(file) = system::to_lock(&path::together(folder)) else { return Ok(WriteLock { _held: None }) };
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(WriteLock { _held: Some(file) }),
                Err(TryLockError::Error(_)) => return Ok(WriteLock { _held: None }),
                Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let (folder, seconds) = (folder.display(), PATIENCE.as_secs());
                    return Err(CommandFailure::unchecked(format!(
                        "another recte process has been writing in {folder} for {seconds} seconds, so nothing was written; try again"
                    )));
                }
            }
        }
    }
}
