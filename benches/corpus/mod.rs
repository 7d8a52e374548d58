//! A corpus to measure with, in a folder that is removed at the end.

use std::path::PathBuf;

use crate::generator::{self, Shape};

/// The folder.
pub(crate) struct Corpus(pub(crate) PathBuf);

impl Corpus {
    /// Writes so many claims in a shape.
    pub(crate) fn new(claims: usize, shape: &Shape) -> Corpus {
        let folder = std::env::temp_dir().join(format!("recte-bench-{}", std::process::id()));
        generator::write(claims, shape, &folder).expect("a temporary folder can be written to");
        Corpus(folder)
    }
}

impl Drop for Corpus {
    fn drop(&mut self) {
        // What is left over lies in the folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
