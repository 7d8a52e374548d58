//! What only some systems have: owners, names, folders that are files, and locks on those.

pub(super) use one::*;

#[cfg(unix)]
mod one {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown};
    use std::path::Path;

    /// How many names a file has.
    pub(in super::super) fn names(metadata: &Metadata) -> u64 {
        metadata.nlink()
    }

    /// A file that only its owner can read, until it gets its permissions.
    pub(in super::super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    /// A folder that only its owner can read.
    pub(in super::super) fn private_folder(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder.mode(0o700)
    }

    /// Gives a file to the owner of another.
    pub(in super::super) fn give(file: &File, like: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
            return Ok(());
        }
        fchown(file, Some(like.uid()), Some(like.gid()))
    }

    /// Writes down that a folder has changed. The file is whole either way, so failing is no harm.
    pub(in super::super) fn settle(folder: &Path) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }

    /// What is locked by those who write beneath a folder: the folder itself, so that no file is left behind.
    pub(in super::super) fn to_lock(folder: &Path) -> io::Result<File> {
        File::open(folder)
    }
}

#[cfg(not(unix))]
mod one {
    use std::fs::{DirBuilder, File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    use sha2::{Digest, Sha256};

    pub(in super::super) fn names(_: &Metadata) -> u64 {
        1
    }

    pub(in super::super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(in super::super) fn private_folder(builder: &mut DirBuilder) -> &mut DirBuilder {
        builder
    }

    pub(in super::super) fn give(_: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(in super::super) fn settle(_: &Path) {}

    /// Folders cannot be locked here, so a file of the user stands for each.
    pub(in super::super) fn to_lock(folder: &Path) -> io::Result<File> {
        let name: String =
            Sha256::digest(folder.to_string_lossy().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let path = std::env::temp_dir().join(format!("recte-{name}.lock"));
        OpenOptions::new().write(true).create(true).truncate(false).open(path)
    }
}
