//! Virtual fields: no block writes them; a condition of the schema, or the program, says what they hold.

use std::sync::Arc;

use super::checker::Checker;
use super::vocabulary::{Definitions, Params, Vocabulary};
use super::{advice, problems};
use crate::condition::ast::excerpt::all_relocated;
use crate::condition::ast::source::ExpressionSource;
use crate::condition::native::field::NativeField;
use crate::condition::parse::read::read_path;
use crate::condition::plan::{Computed, Hop};
use crate::condition::values::types::{SetSize, Type};
use crate::diagnostic::Diagnostic;
use crate::schema::{FieldId, Schema};
use crate::text::{Span, Spanned, TomlString};

/// The name of the block whose field is computed.
pub const THIS: &str = "this";

/// Checks what every virtual field of a schema stands for; the places of the problems are in the schema file.
pub fn check_virtual(schema: &Schema) -> Vec<Diagnostic> {
    let (params, definitions) = (Params::new(), Definitions::default());
    let vocabulary = Vocabulary { schema, params: &params, definitions: &definitions };
    let mut problems = Vec::new();
    for field in schema.field_ids() {
        problems.extend(schema.field(field).native.as_ref().and_then(|name| check_native(field, name, schema)));
        let Some(written) = &schema.field(field).computed else { continue };
        let mut checker = Checker::new(vocabulary, Vec::new());
        checker.compute(field, written);
        let circle = checker.computed_circle.filter(|circle| circle.len() > 1 && circle.contains(&field));
        let mut found = checker.problems;
        if let Some(mut circle) = circle {
            let first = circle.iter().position(|step| *step == field).unwrap_or_default();
            circle.rotate_left(first);
            let names: Vec<&str> = circle.iter().map(|step| schema.field(*step).name.as_str()).collect();
            found.push(problems::computed_in_circle(&names, written.whole));
        }
        problems.extend(all_relocated(found, &[whole(written)]));
    }
    problems
}

/// What is wrong with a field that the program itself knows.
fn check_native(field: FieldId, name: &TomlString, schema: &Schema) -> Option<Diagnostic> {
    let Some(native_field) = NativeField::named(&name.text, schema) else {
        return Some(problems::unknown_provider(&name.text, name.whole, &NativeField::names(schema)));
    };
    let declared = schema.field(field);
    let holds = Type::of_field(&declared.holds, schema);
    let fits = match holds {
        Type::Blocks(_) => native_field.leads_to_blocks(),
        Type::Text(None) => !native_field.leads_to_blocks(),
        Type::Number => native_field.finds_numbers(),
        Type::Text(Some(_)) | Type::Days(_) | Type::Flag => false,
    };
    let misfit = !fits || !declared.card.many && !native_field.finds_one();
    match misfit {
        true => Some(problems::misfit_native(&declared.name, &native_field, name.whole)),
        false => by_former_class(&native_field, name),
    }
}

/// Tells of a class of words by a name that it had before.
fn by_former_class(native_field: &NativeField, name: &TomlString) -> Option<Diagnostic> {
    let (fact, class) = name.text.split_once(' ')?;
    let start = fact.len() + 1 + (class.len() - class.trim_start().len());
    let class = class.trim();
    let at = name.span(start..start + class.len());
    (class != native_field.class()).then(|| advice::former_class(class, native_field.class(), at))
}

fn whole(quoted: &TomlString) -> ExpressionSource<'_> {
    ExpressionSource::of(quoted, 0..quoted.text.len())
}

impl<'a> Checker<'a> {
    /// A step forward, or what it stands for if the field is computed; nothing if that was reported where it is declared.
    pub(crate) fn computed(&mut self, way: Hop) -> Option<Hop> {
        let Hop::Forward(field) = way else { return Some(way) };
        let schema = self.schema;
        if schema.field(field).native.is_some() {
            return NativeField::of_field(schema.field(field), schema).map(Hop::Native);
        }
        let Some(written) = &schema.field(field).computed else { return Some(way) };
        let known = match self.computed.get(&field) {
            Some(known) => known.clone(),
            None => {
                let before = self.problems.len();
                let computed = self.compute(field, written);
                self.problems.truncate(before);
                computed
            }
        };
        known.map(Hop::Computed)
    }

    /// Whether all of the ways can be taken: a computed field that is wrong has been reported where it is declared,
    /// but one that leads to itself is to be told.
    pub(crate) fn can_compute<'w>(&mut self, ways: impl Iterator<Item = &'w Hop>, at: Span) -> Option<()> {
        for way in ways {
            if let Hop::Forward(field) = way
                && let Some(first) = self.computing.iter().position(|computing| computing == field)
            {
                let circle = self.computing[first..].to_vec();
                self.computed_circle.get_or_insert(circle);
                return self.report(problems::computed_by_itself(&self.schema.field(*field).name, at));
            }
            self.computed(way.clone())?;
        }
        Some(())
    }

    /// Reads and checks what a computed field stands for.
    fn compute(&mut self, field: FieldId, written: &'a TomlString) -> Option<Arc<Computed>> {
        let at = written.whole;
        if self.computed.insert(field, None).is_some() {
            return None;
        }
        let written = whole(written);
        let tree = match read_path(&written) {
            Ok(tree) => tree,
            Err(found) => {
                self.problems.extend(found);
                return None;
            }
        };
        self.also_reads(written);
        let outside = self.step_inside();
        self.computing.push(field);
        let owners =
            self.schema.concrete(&[]).into_iter().filter(|kind| self.schema.kind(*kind).fields.contains(&field));
        let holds = Type::Blocks(owners.collect());
        let slot = self.bind_free(&Spanned::new(THIS.to_owned(), at), Some(holds));
        let typed = self.set(&tree);
        self.computing.pop();
        self.step_out(outside);
        let typed = typed?;
        self.fits_declaration(field, (&typed.holds, typed.card), tree.span)?;
        let computed = Arc::new(Computed { slot, set: typed.set });
        self.computed.insert(field, Some(Arc::clone(&computed)));
        Some(computed)
    }

    fn fits_declaration(&mut self, field: FieldId, (holds, card): (&Type, SetSize), at: Span) -> Option<()> {
        let declared = self.schema.field(field);
        let (wanted, size) = (Type::of_field(&declared.holds, self.schema), SetSize::of_field(declared.card));
        let fits = match (holds, &wanted) {
            (Type::Blocks(found), Type::Blocks(wanted)) => found.iter().all(|kind| wanted.contains(kind)),
            (found, wanted) => found.is_like(wanted),
        };
        if !fits || !card.fits(size) {
            let found = (self.shown(at), holds, card);
            return self.report(problems::misfit_computed(&declared.name, (&wanted, size), &found, self.schema));
        }
        Some(())
    }
}
