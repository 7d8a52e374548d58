//! The package of a Word document: a zip archive, of which only the parts that hold words are unpacked, up to a limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::evidence::format::fault::DocumentFault;
use crate::evidence::format::xml::{XmlPiece, XmlReader};

/// So many bytes of one document are unpacked at most.
const MOST_UNPACKED: u64 = 128 << 20;

/// What is larger than this is not packed more tightly than that: in Word documents, one byte stands for some thirty.
const SMALL: u64 = 4 << 20;
const TIGHTEST: u64 = 200;

/// A package has no more parts than this.
const MOST_PARTS: usize = 10_000;

/// How the container of old and of encrypted documents begins, and what only the latter have in it (in UTF-16).
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ENCRYPTED: &str = "EncryptedPackage";

/// How a zip archive begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// Whether a document is in the container of old and of encrypted documents.
pub(in crate::evidence::format) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
}

/// A Word document whose parts can be unpacked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

/// What a part of the package is related to, by the last word of the type of the relation: `styles`, `footnotes`.
pub(super) type Relations = Vec<(String, String)>;

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, DocumentFault> {
        if is_compound(bytes) {
            let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let is_encrypted = memchr::memmem::find(bytes, &name).is_some();
            return Err(if is_encrypted { DocumentFault::Encrypted } else { DocumentFault::OldWord });
        }
        let why = if bytes.starts_with(ZIP) { DocumentFault::Damaged } else { DocumentFault::NotWord };
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| why)?;
        if archive.len() > MOST_PARTS {
            return Err(DocumentFault::TooMuchPacked);
        }
        Ok(Package { archive, left: MOST_UNPACKED })
    }

    /// The text of a part; nothing if there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, DocumentFault> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(DocumentFault::Encrypted),
            Err(_) => return Err(DocumentFault::Damaged),
        };
        let is_too_tight = part.size() > SMALL && part.size() / TIGHTEST > part.compressed_size();
        if is_too_tight || part.size() > self.left {
            return Err(DocumentFault::TooMuchPacked);
        }
        let mut bytes = Vec::new();
        // What the archive says of the size need not be true.
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| DocumentFault::Damaged)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(DocumentFault::TooMuchPacked)?;
        String::from_utf8(bytes).map(Some).map_err(|_| DocumentFault::Damaged)
    }

    /// How large a part is; nothing if there is none of that name.
    pub(super) fn size(&mut self, name: &str) -> Option<usize> {
        let part = self.archive.by_name(name).ok()?;
        usize::try_from(part.size()).ok()
    }

    /// The parts to which a part is related. What is outside of the package is none.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, DocumentFault> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(text) = self.part(&format!("{beside}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        let mut xml = XmlReader::new(&text);
        while let Some(piece) = xml.next()? {
            let XmlPiece::Start(element) = piece else { continue };
            let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target")) else { continue };
            if element.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                continue;
            }
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = target.strip_prefix('/').map_or_else(|| format!("{beside}{target}"), str::to_owned);
            relations.push((kind, target));
        }
        Ok(relations)
    }
}
