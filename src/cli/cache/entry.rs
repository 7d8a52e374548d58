//! One entry of the cache as it is written: a line that seals the rest.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex::hex;
use super::observation::Observation;
use crate::cli::exit::Exit;

/// What begins the first line; the number is that of the format.
const HEAD: &str = "recte cache 1 ";

/// No entry is longer than this.
const LONGEST: u64 = 256 << 20;

/// What a run looked at, what it said, and how it ended.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CachedRun {
    exit: u8,
    pub(super) seen: Vec<Observation>,
    pub(super) said: String,
}

impl CachedRun {
    pub(super) fn new(exit: Exit, seen: Vec<Observation>, said: String) -> CachedRun {
        let exit = match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Misused => 2,
            Exit::Unchecked => 3,
        };
        CachedRun { exit, seen, said }
    }

    pub(super) fn exit(&self) -> Exit {
        match self.exit {
            0 => Exit::Clean,
            1 => Exit::Findings,
            2 => Exit::Misused,
            _ => Exit::Unchecked,
        }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let body = serde_json::to_string(self).expect("an entry is made of numbers and texts");
        format!("{HEAD}{}\n{body}", hex(&Sha256::digest(body.as_bytes()))).into_bytes()
    }

    /// Reads an entry; nothing where there is none, and an error where something else is.
    pub(super) fn read(path: &Path) -> Result<Option<CachedRun>, ()> {
        match fs::symlink_metadata(path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Ok(metadata) if metadata.is_file() && metadata.len() <= LONGEST => {}
            Ok(_) | Err(_) => return Err(()),
        }
        let text = fs::read_to_string(path).map_err(drop)?;
        let (head, body) = text.split_once('\n').ok_or(())?;
        if head.strip_prefix(HEAD) != Some(&hex(&Sha256::digest(body.as_bytes()))) {
            return Err(());
        }
        serde_json::from_str(body).map(Some).map_err(drop)
    }
}
