//! What conditions and their texts read of claims, so that it can be told which of them an edit may concern.

use std::collections::BTreeSet;

use super::native::Provider;
use super::plan::{Domain, Formula, Hop, Hops, Implicit, Plan, Range, Set, Step};
use super::{Judgement, Query};
use crate::model::Changes;
use crate::schema::{FieldId, KindId, Schema};

/// What is read of claims whose blocks keep their numbers, kinds, ids, files and namespaces: these need not be noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Fields of blocks of some kinds.
    fields: BTreeSet<(KindId, FieldId)>,
    /// Fields of whatever blocks, or seen from their other ends.
    anywhere: BTreeSet<FieldId>,
    titles: bool,
    /// Whether the program is asked for what it hears and finds by itself.
    native: bool,
}

impl Reads {
    /// Whether something that is read is another thing after an edit; `documents` if one of those changed.
    pub fn are_touched(&self, changes: &Changes, documents: bool) -> bool {
        let native = documents || changes.is_heard() || changes.is_nameless();
        self.native && native
            || self.titles && changes.has_title()
            || self.fields.iter().any(|(kind, field)| changes.has(*kind, *field))
            || self.anywhere.iter().any(|field| changes.has_field(*field))
    }

    /// Notes a field of whatever blocks.
    pub fn field(&mut self, field: FieldId) {
        self.anywhere.insert(field);
    }

    pub(super) fn hops(&mut self, hops: &Hops, schema: &Schema) {
        for (kind, hops) in hops.0.iter().enumerate() {
            hops.iter().for_each(|hop| self.hop(hop, KindId(kind as u16), schema));
        }
    }

    fn hop(&mut self, hop: &Hop, kind: KindId, schema: &Schema) {
        match hop {
            Hop::Forward(field) if !schema.field(*field).symmetric => drop(self.fields.insert((kind, *field))),
            Hop::Forward(field) | Hop::Backward(field) => self.field(*field),
            Hop::Implicit(Implicit::Title) => self.titles = true,
            Hop::Implicit(Implicit::Id | Implicit::Kind | Implicit::Namespace | Implicit::File) => {}
            Hop::Computed(computed) => self.set(&computed.set, schema),
            // Names and kinds stay.
            Hop::Native(Provider::LooksLike) => {}
            Hop::Native(_) => self.native = true,
        }
    }

    pub(super) fn set(&mut self, set: &Set, schema: &Schema) {
        match set {
            Set::Bound(_) | Set::Values(_) => {}
            Set::Combined(first, others) => {
                self.set(first, schema);
                others.iter().for_each(|(_, other)| self.set(other, schema));
            }
            Set::Path(start, steps) => {
                self.set(start, schema);
                steps.iter().for_each(|step| match step {
                    Step::Once(hops) | Step::Repeated(hops, ..) => self.hops(hops, schema),
                    Step::Is(_) => {}
                });
            }
            Set::Apply(_, inner) | Set::Else(inner, _) => self.set(inner, schema),
            Set::Arithmetic(first, others) => {
                self.set(first, schema);
                others.iter().for_each(|(_, other)| self.set(other, schema));
            }
            Set::Where(domain) => self.domain(domain, schema),
        }
    }

    fn formula(&mut self, formula: &Formula, schema: &Schema) {
        match formula {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| self.formula(part, schema)),
            Formula::Not(inner) => self.formula(inner, schema),
            Formula::Has(_, set) => self.set(set, schema),
            Formula::Matches(set, _) => self.set(set, schema),
            Formula::Each(_, domain) => self.domain(domain, schema),
            Formula::ForAll(domain, body) => {
                self.domain(domain, schema);
                self.formula(body, schema);
            }
            Formula::Relation(relation) => {
                self.set(&relation.left, schema);
                self.set(&relation.right, schema);
            }
            Formula::Judged(judged) => {
                self.set(&judged.left, schema);
                self.set(&judged.right, schema);
                self.lattices(schema);
            }
        }
    }

    fn domain(&mut self, domain: &Domain, schema: &Schema) {
        self.set(&domain.set, schema);
        domain.filter.iter().for_each(|filter| self.formula(filter, schema));
    }

    fn lattices(&mut self, schema: &Schema) {
        for lattice in schema.kinds.iter().filter_map(|kind| kind.lattice.as_ref()) {
            let others = [lattice.disjoint, lattice.exclusive, lattice.dimension];
            self.anywhere.extend([lattice.order].into_iter().chain(others.into_iter().flatten()));
        }
    }

    fn plan(&mut self, plan: &Plan, schema: &Schema) {
        for range in &plan.ranges {
            match range {
                Range::Kinds(_) => {}
                Range::In(set) => self.set(set, schema),
            }
        }
        plan.when.iter().for_each(|formula| self.formula(formula, schema));
        match &plan.judgement {
            Judgement::Require(formula) | Judgement::Forbid(formula) => self.formula(formula, schema),
        }
    }
}

impl Query {
    /// Notes what asking it reads.
    pub fn note_reads(&self, reads: &mut Reads, schema: &Schema) {
        reads.plan(&self.plan, schema);
    }
}
