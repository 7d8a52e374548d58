//! What is said in a run, as far as it is short enough to be kept.

use std::io::{self, Write};

/// So many bytes are kept at most.
pub(super) const LONGEST: usize = 64 << 20;

/// Bytes up to a limit; what goes beyond it lets go of all of them.
pub(super) struct BoundedStore {
    bytes: Option<Vec<u8>>,
    most: usize,
}

impl Default for BoundedStore {
    fn default() -> BoundedStore {
        BoundedStore { bytes: Some(Vec::new()), most: LONGEST }
    }
}

impl BoundedStore {
    /// Takes in what is written, unless it is too much; an error is one of whoever writes.
    pub(super) fn take(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        if self.is_over() {
            return Ok(());
        }
        let written = write(self);
        // Whoever writes is told at once that there is no room, so that nothing more is made.
        if self.is_over() { Ok(()) } else { written }
    }

    /// Whether there was too much.
    pub(super) fn is_over(&self) -> bool {
        self.bytes.is_none()
    }

    /// What was taken in, if it was not too much.
    pub(super) fn bytes(self) -> Option<Vec<u8>> {
        self.bytes
    }
}

impl Write for BoundedStore {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        match &mut self.bytes {
            Some(bytes) if bytes.len() + more.len() <= self.most => {
                bytes.extend_from_slice(more);
                Ok(more.len())
            }
            Some(_) | None => {
                self.bytes = None;
                Err(io::ErrorKind::StorageFull.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::BoundedStore;

    #[test]
    fn what_is_too_long_is_let_go_and_not_written_to_its_end() {
        let mut shelf = BoundedStore { bytes: Some(Vec::new()), most: 10 };
        shelf.take(|out| out.write_all(b"12345")).unwrap();
        let mut begun = 0;
        let all = |out: &mut dyn Write| {
            (0..100).try_for_each(|_| {
                begun += 1;
                out.write_all(b"678")
            })
        };
        shelf.take(all).unwrap();
        assert_eq!((begun, shelf.is_over(), shelf.bytes()), (2, true, None));
    }
}
