//! Word documents (Office Open XML): their words as Word shows them, with tracked changes accepted.

mod body;
mod numbering;
mod package;
mod paragraph;
mod styles;

use super::fault::DocumentFault;
use crate::evidence::prose::Prose;
use body::{BodyReader, NoteKind};
use numbering::Numbering;
use package::Package;
use styles::WordStyles;

pub(super) use numbering::written;
pub(super) use package::is_compound;

/// Parts that are not shown among the words of a document, and what is said of them.
const LEFT_OUT: &[(&str, &str)] =
    &[("comments", "comments"), ("vbaProject", "macros"), ("header", "page headers"), ("footer", "page footers")];

/// The text of a Word document, with a line for each paragraph, and what it says.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Prose), DocumentFault> {
    let mut package = Package::open(bytes)?;
    let of = |relations: &package::Relations, kind: &str| {
        relations.iter().find(|(known, _)| known == kind).map(|(_, target)| target.clone())
    };
    let body = of(&package.relations("")?, "officeDocument").ok_or(DocumentFault::NotWord)?;
    let text = package.part(&body)?.ok_or(DocumentFault::NotWord)?;
    if super::xml::root(&text).as_deref() != Some("document") {
        return Err(DocumentFault::NotWord);
    }
    let relations = package.relations(&body)?;
    let mut part = |kind: &str| match of(&relations, kind) {
        Some(name) => package.part(&name),
        None => Ok(None),
    };
    let styles = part("styles")?.map_or_else(|| Ok(WordStyles::default()), |text| WordStyles::read(&text))?;
    let numbering = part("numbering")?.map_or_else(|| Ok(Numbering::default()), |text| Numbering::read(&text))?;
    let (footnotes, endnotes) = (part("footnotes")?, part("endnotes")?);
    let mut reader = BodyReader::new(&styles, numbering);
    reader.read(&text, None)?;
    for (kind, notes) in [(NoteKind::Foot, footnotes), (NoteKind::End, endnotes)] {
        if let Some(notes) = notes {
            reader.read(&notes, Some(kind))?;
        }
    }
    for (kind, target) in &relations {
        let what = LEFT_OUT.iter().find(|(known, _)| known == kind).map(|(_, what)| *what);
        if let (Some(what), Some(size)) = (what, package.size(target)) {
            reader.writer.leave_out(what, size);
        }
    }
    Ok(reader.writer.finish())
}
