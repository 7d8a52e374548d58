//! Something that a run looked at, and whether it is still so.

use std::fs::{self, Metadata};
use std::time::{Duration, SystemTime};

use recte::project::{NotRead, Root, Tree};
use recte::text::{all_threads, parallel_map};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex::hex;

/// A file that changed less than this before it was read may change again without showing it by its time.
const COARSE: Duration = Duration::from_secs(2);

/// The most bytes of a file that is read again to see whether it is the same.
const LONGEST: u64 = u64::MAX - 1;

/// How many bytes of a file are hashed by one thread at a time.
const PIECE: usize = 1 << 20;

/// Something that a run looked at, in the project of a number.
#[derive(Serialize, Deserialize)]
pub(super) enum Observation {
    /// A list of files.
    Listed { project: usize, folder: String, ending: String, sha256: String },
    /// The files that are left out.
    LeftOut { project: usize, ending: String, sha256: String },
    /// Whether there is a file, and how long it is; none where there is not.
    Probed { project: usize, path: String, length: Option<u64> },
    /// The bytes of a file, by their [`hash`].
    Read { project: usize, path: String, stamp: Option<Stamp>, sha256: String },
}

/// What the system says of a file without reading it.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    modified: SystemTime,
    /// When the system last noted a change, and the number of the file, where it tells.
    changed: (i64, i64, u64),
}

/// Whether what was seen is still so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    So,
    /// The bytes are the same, and the stamp another.
    Renewed,
    Not,
}

impl Observation {
    /// Whether it is still so; a stamp that has changed over the same bytes is renewed.
    pub(super) fn still(&mut self, roots: &[&Root], now: SystemTime) -> Freshness {
        let is_so = match self {
            Observation::Listed { project, folder, ending, sha256 } => {
                roots.get(*project).is_some_and(|root| list_hash(root, &root.files(folder, ending)) == *sha256)
            }
            Observation::LeftOut { project, ending, sha256 } => {
                roots.get(*project).is_some_and(|root| list_hash(root, &root.left_out(ending)) == *sha256)
            }
            Observation::Probed { project, path, length } => {
                roots.get(*project).is_some_and(|root| match root.probe(path) {
                    Ok(found) => *length == Some(found),
                    Err(NotRead::Missing) => length.is_none(),
                    Err(_) => false,
                })
            }
            Observation::Read { project, path, stamp, sha256 } => {
                let Some(root) = roots.get(*project) else { return Freshness::Not };
                let found = Stamp::of(root, path);
                if stamp.is_some() && *stamp == found {
                    return Freshness::So;
                }
                let Ok(bytes) = root.bytes(path, LONGEST) else { return Freshness::Not };
                if hash(&bytes) != *sha256 {
                    return Freshness::Not;
                }
                *stamp = found.filter(|found| found.is_older_than_clock_step(now));
                return if stamp.is_some() { Freshness::Renewed } else { Freshness::So };
            }
        };
        if is_so { Freshness::So } else { Freshness::Not }
    }

    /// Forgets a stamp that may hide a change: of a file that had only just changed when the run began.
    pub(super) fn trust(&mut self, since: SystemTime) {
        if let Observation::Read { stamp, .. } = self {
            *stamp = stamp.take().filter(|stamp| stamp.is_older_than_clock_step(since));
        }
    }
}

impl Stamp {
    pub(super) fn of(root: &Root, path: &str) -> Option<Stamp> {
        let metadata = fs::metadata(root.path().join(path)).ok()?;
        Some(Stamp { length: metadata.len(), modified: metadata.modified().ok()?, changed: changed(&metadata) })
    }

    fn is_older_than_clock_step(&self, now: SystemTime) -> bool {
        now.duration_since(self.modified).is_ok_and(|age| age > COARSE)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ctime(), metadata.ctime_nsec(), metadata.ino())
}

#[cfg(not(unix))]
fn changed(_metadata: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

/// A hash of the hashes of the pieces of a file, so that all threads can work on a large one.
pub(super) fn hash(bytes: &[u8]) -> String {
    let pieces: Vec<&[u8]> = bytes.chunks(PIECE).collect();
    let hashes = parallel_map(&pieces, all_threads(), |piece| Sha256::digest(piece));
    hex(&Sha256::digest(hashes.concat()))
}

/// A hash of the names of files, and of the folders that could not be listed.
pub(super) fn list_hash(root: &Root, files: &[String]) -> String {
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.as_bytes());
        digest.update([0]);
    }
    for (folder, why) in root.unlisted() {
        digest.update(format!("{folder}\0{why:?}\0"));
    }
    hex(&digest.finalize())
}
