//! Where a step leads from each kind of block: to a field, to its inverse, or to what every block has.

use crate::condition::ast::tree;
use crate::condition::ast::tree::Direction;
use crate::condition::plan::{Hop, Implicit};
use crate::condition::values::types::{SetSize, Type};
use crate::schema::{FieldId, KindId, Schema};

/// The steps that every block has, by the names that conditions use.
const IMPLICIT: [(&str, Implicit); 5] = [
    ("id", Implicit::Id),
    ("kind", Implicit::Kind),
    ("title", Implicit::Title),
    ("namespace", Implicit::Namespace),
    ("file", Implicit::File),
];

/// The step to every block that refers to one, by whichever field.
const USED_BY: &str = "used-by";

/// The ways that a hop stands for at blocks of one kind; none if the kind knows no such name.
///
/// A field of the kind itself goes before an inverse of the same name; what is written at either end is followed from both.
pub(crate) fn ways(schema: &Schema, kind: KindId, hop: &tree::Hop) -> Vec<Hop> {
    let name = hop.name.value.as_str();
    let own = schema.field_of(kind, name).map(Hop::Forward);
    let implicit = IMPLICIT.iter().find(|(known, _)| *known == name).map(|(_, implicit)| Hop::Implicit(*implicit));
    let counterpart = |field: FieldId| schema.field(field).counterpart;
    match (hop.direction, own.or(implicit)) {
        (Direction::Forward, Some(way @ Hop::Forward(field))) => {
            let back = counterpart(field).filter(|back| points_to(schema, *back, kind));
            [way].into_iter().chain(back.map(Hop::Backward)).collect()
        }
        (Direction::Forward, Some(way)) => vec![way],
        (Direction::Forward, None) if name == USED_BY => backward(schema, kind, |_| true),
        (Direction::Forward, None) => {
            backward(schema, kind, |field| schema.field(field).inverse.as_deref() == Some(name))
        }
        (Direction::Backward, _) => {
            let mut all = backward(schema, kind, |field| {
                let field = schema.field(field);
                field.name == name || field.had_name(name)
            });
            let forth =
                all.iter().filter_map(|way| if let Hop::Backward(field) = way { counterpart(*field) } else { None });
            let own: Vec<Hop> =
                forth.filter(|field| schema.kind(kind).fields.contains(field)).map(Hop::Forward).collect();
            all.extend(own);
            all
        }
    }
}

/// The fields that can point to a kind, followed backwards.
fn backward(schema: &Schema, kind: KindId, wanted: impl Fn(FieldId) -> bool) -> Vec<Hop> {
    schema.field_ids().filter(|field| wanted(*field) && points_to(schema, *field, kind)).map(Hop::Backward).collect()
}

fn points_to(schema: &Schema, field: FieldId, kind: KindId) -> bool {
    let field = schema.field(field);
    // No block writes a virtual field, so none can be found by it.
    !field.is_virtual() && field.holds.kinds().is_some_and(|kinds| schema.allows(kinds, kind))
}

/// What a way leads to from a kind, and how many of them there can be.
pub(crate) fn destination(schema: &Schema, kind: KindId, way: &Hop) -> (Type, SetSize) {
    match way {
        Hop::Forward(id) => {
            let field = schema.field(*id);
            let card = if field.symmetric { SetSize::MANY } else { SetSize::of_field(field.card) };
            (Type::of_field(&field.holds, schema), card)
        }
        Hop::Backward(field) => (Type::Blocks(owners(schema, *field)), SetSize::MANY),
        Hop::Implicit(Implicit::Id) => (Type::Text(None), id_card(schema, kind)),
        Hop::Implicit(Implicit::Kind) => (Type::Text(Some(vec![schema.kind(kind).name.clone()])), SetSize::ONE),
        Hop::Implicit(Implicit::Title) => (Type::Text(None), SetSize::OPTIONAL),
        Hop::Implicit(Implicit::Namespace | Implicit::File) => (Type::Text(None), SetSize::ONE),
        Hop::Computed(_) | Hop::Native(_) => unreachable!("a virtual field is a step forward until it is resolved"),
    }
}

/// The field by which a way leads to blocks, and whether forward: the same ones from every kind.
pub(crate) fn link(schema: &Schema, way: &Hop) -> Option<(FieldId, bool)> {
    match way {
        Hop::Forward(field) => schema.field(*field).holds.kinds().map(|_| (*field, true)),
        Hop::Backward(field) => Some((*field, false)),
        Hop::Implicit(_) | Hop::Computed(_) | Hop::Native(_) => None,
    }
}

/// The concrete kinds that have a field.
fn owners(schema: &Schema, field: FieldId) -> Vec<KindId> {
    schema.concrete(&[]).into_iter().filter(|kind| schema.kind(*kind).fields.contains(&field)).collect()
}

fn id_card(schema: &Schema, kind: KindId) -> SetSize {
    let kind = schema.kind(kind);
    if kind.anonymous || !kind.inline.is_empty() { SetSize::OPTIONAL } else { SetSize::ONE }
}

/// Whether every block has a step of that name.
pub(crate) fn is_implicit(name: &str) -> bool {
    IMPLICIT.iter().any(|(known, _)| *known == name)
}

/// The names of the fields of these kinds, in order, each once; then those that lead backwards.
pub(crate) fn names<'a>(schema: &'a Schema, kinds: &[KindId]) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut fields: Vec<&str> = Vec::new();
    for kind in kinds {
        let own = schema.kind(*kind).fields.iter().map(|field| schema.field(*field).name.as_str());
        own.for_each(|name| {
            if !fields.contains(&name) {
                fields.push(name)
            }
        });
    }
    let mut inverses: Vec<&str> = Vec::new();
    for field in schema.field_ids().filter(|field| kinds.iter().any(|kind| points_to(schema, *field, *kind))) {
        inverses.extend(schema.field(field).inverse.as_deref().filter(|name| !fields.contains(name)));
    }
    inverses.extend(IMPLICIT.iter().map(|(name, _)| *name).chain([USED_BY]));
    (fields, inverses)
}
