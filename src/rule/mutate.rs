//! Rules changed in one place each, to see which clauses no example needs.

use std::sync::Arc;

use super::compile::Case;
use super::set::{Body, Rule};
use crate::schema::Schema;
use crate::text::Span;

/// A rule changed in one place.
pub struct Variant {
    /// What was changed, as "without `some a.scope`".
    pub what: String,
    /// Where in the rule file.
    pub at: Span,
    /// The changed rule.
    pub rule: Rule,
}

impl Rule {
    /// The rule changed in every single place of its conditions where it can still be run; none of a native rule.
    pub fn variants(&self, schema: &Schema) -> Vec<Variant> {
        let Body::Cases(cases) = &*self.body else { return Vec::new() };
        let mut variants = Vec::new();
        for (at, case) in cases.iter().enumerate() {
            for mutant in case.query.mutants(case.terms.vocabulary(schema)) {
                let mut changed: Vec<Arc<Case>> = cases.clone();
                changed[at] = Arc::new(case.with(mutant.query));
                let rule = Rule { body: Arc::new(Body::Cases(changed)), ..self.clone() };
                variants.push(Variant { what: mutant.what, at: mutant.at, rule });
            }
        }
        variants
    }
}
