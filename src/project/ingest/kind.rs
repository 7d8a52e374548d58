//! Of which kinds blocks can be proposed: those that stand alone, quote, and have a status.

use super::proposal::Proposed;
use super::reason::Reason;
use crate::schema::{FieldId, FieldType, KindId, Schema};
use crate::text::{Nearest, did_you_mean};

/// The status of what is proposed.
pub(super) const PROPOSED: &str = "proposed";

/// The field that says how far a block has come.
const STATUS: &str = "status";

/// A kind, and the fields of it that ingesting fills by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) kind: KindId,
    /// What holds quotations.
    pub(super) quote: FieldId,
    /// What says that the block is proposed.
    pub(super) status: FieldId,
}

/// The kind of what is proposed.
///
/// # Errors
/// When there is no such kind, or none of which blocks can be proposed.
pub(super) fn shape(schema: &Schema, proposed: &Proposed) -> Result<Shape, Reason> {
    let (name, at) = (&proposed.kind, proposed.at.down("kind"));
    let names = |shapes: Vec<Shape>| shapes.into_iter().map(|shape| schema.kind(shape.kind).name.as_str());
    let Some(kind) = schema.kind_named(name) else {
        let near = Nearest::default().find(name, names(shapes(schema)), 2);
        let choice = || format!("choose one of {}", names(shapes(schema)).collect::<Vec<_>>().join(", "));
        let help = did_you_mean(&near).unwrap_or_else(choice);
        return Err(Reason::new(&at, format!("there is no kind `{name}`")).help(help));
    };
    if let Some(shape) = of(schema, kind) {
        return Ok(shape);
    }
    let below = shapes(schema).into_iter().filter(|shape| schema.is_a(shape.kind, kind)).collect();
    let below: Vec<&str> = names(below).collect();
    let help = match (below.as_slice(), schema.kind(kind).inside.first()) {
        ([], Some(outer)) => {
            format!("it belongs inside a block of kind `{}`; write it there by hand", schema.kind(*outer).name)
        }
        ([], None) => "only top-level blocks with quotations and a status can be proposed".to_owned(),
        ([_, ..], _) => format!("choose one of {}", below.join(", ")),
    };
    Err(Reason::new(&at, format!("no block of kind `{name}` can be proposed")).help(help))
}

/// Every kind of which blocks can be proposed, in order of declaration.
pub(super) fn shapes(schema: &Schema) -> Vec<Shape> {
    schema.kind_ids().filter_map(|kind| of(schema, kind)).collect()
}

/// Whether a field can be proposed: not what follows from others, and not what is written `path text`, since quotations
/// have a place of their own, and exceptions are not the proposer's to grant.
pub(super) fn is_open(schema: &Schema, field: FieldId) -> bool {
    !schema.field(field).is_virtual() && inline(schema, field).is_none()
}

fn of(schema: &Schema, kind: KindId) -> Option<Shape> {
    let data = schema.kind(kind);
    if data.is_abstract || !data.inline.is_empty() || !data.inside.is_empty() {
        return None;
    }
    let words = |field: &FieldId| schema.field(*field).holds == FieldType::Words;
    let quotes = |field: &FieldId| {
        let inline = inline(schema, *field).map(|kind| schema.kind(kind).inline.iter());
        !schema.field(*field).is_virtual() && inline.is_some_and(|mut fields| fields.any(words))
    };
    let knows = |field: &FieldId| matches!(&schema.field(*field).holds, FieldType::Enum(words) if words.iter().any(|word| word == PROPOSED));
    let quote = data.fields.iter().copied().find(quotes)?;
    let status = schema.field_of(kind, STATUS).filter(knows)?;
    Some(Shape { kind, quote, status })
}

/// The kind of block that values `path text` of a field are.
fn inline(schema: &Schema, field: FieldId) -> Option<KindId> {
    let FieldType::Ref(kinds) = &schema.field(field).holds else { return None };
    kinds.iter().copied().find(|kind| !schema.kind(*kind).inline.is_empty())
}
