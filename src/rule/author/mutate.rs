//! Rules changed in one place each, to see which clauses no example needs (mutation analysis: DeMillo, Lipton and Sayward, 1978).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::condition::{Defined, Definitions, Param};
use crate::rule::pack::case::compile::RuleCase;
use crate::rule::pack::case::context::Terms;
use crate::rule::pack::set::{Rule, RuleBody};
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

/// The definitions of some rules, one of them changed in one place.
pub struct VariantTerms {
    /// What was changed.
    pub what: String,
    /// Where in the rule file.
    pub at: Span,
    definitions: Arc<Definitions>,
}

impl Rule {
    /// The rule changed in every single place of its conditions where it can still be run; none of a native rule.
    pub fn variants(&self, schema: &Schema) -> Vec<Variant> {
        let cases = self.cases();
        let mut variants = Vec::new();
        for (at, case) in cases.iter().enumerate() {
            for mutant in case.query.mutants(case.terms.vocabulary(schema)) {
                let mut changed: Vec<Arc<RuleCase>> = cases.to_vec();
                changed[at] = Arc::new(case.with(mutant.changed));
                let rule = Rule { body: Arc::new(RuleBody::Cases(changed)), ..self.clone() };
                variants.push(Variant { what: mutant.what, at: mutant.at, rule });
            }
        }
        variants
    }

    /// The names of the definitions that it uses, directly or through others.
    pub fn uses(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for case in self.cases() {
            let more = case.query.uses(&case.terms.definitions);
            names.extend(more.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
        }
        names
    }

    /// What the definitions that it uses say.
    pub fn defined(&self) -> Vec<Defined> {
        let Some(definitions) = self.definitions() else { return Vec::new() };
        self.uses().iter().filter_map(|name| definitions.defined(name)).collect()
    }

    /// Whether the two are of files that share their definitions.
    pub fn shares_definitions_with(&self, other: &Rule) -> bool {
        self.definitions().zip(other.definitions()).is_some_and(|(own, its)| Arc::ptr_eq(own, its))
    }

    /// The definition of that name changed in every single place where it can still be used.
    pub fn variants_of(&self, definition: &str, schema: &Schema) -> Vec<VariantTerms> {
        let Some(definitions) = self.definitions() else { return Vec::new() };
        let mutants = definitions.mutants(definition, schema).into_iter();
        mutants
            .map(|mutant| VariantTerms { what: mutant.what, at: mutant.at, definitions: Arc::new(mutant.changed) })
            .collect()
    }

    /// The rule where its definitions are others; nothing if it cannot be said with them.
    pub fn under(&self, terms: &VariantTerms, schema: &Schema) -> Option<Rule> {
        let changed = self.cases().iter().map(|case| {
            let terms = Terms { params: case.terms.params.clone(), definitions: Arc::clone(&terms.definitions) };
            case.query.under(terms.vocabulary(schema)).map(|query| Arc::new(case.with(query)))
        });
        let cases = changed.collect::<Option<Vec<_>>>()?;
        Some(Rule { body: Arc::new(RuleBody::Cases(cases)), ..self.clone() })
    }

    /// The rule with other values of its parameters, as a project would set them; nothing if it cannot be said with them.
    pub fn with_params(&self, values: &BTreeMap<String, Param>, schema: &Schema) -> Option<Rule> {
        let changed = self.cases().iter().map(|case| {
            let mut params = case.terms.params.clone();
            for (name, value) in values {
                let declared = params.get_mut(name)?;
                *declared = value.clone().in_place_of(declared)?;
            }
            let terms = Terms { params, definitions: Arc::clone(&case.terms.definitions) };
            let query = case.query.under(terms.vocabulary(schema))?;
            Some(Arc::new(RuleCase { terms: Arc::new(terms), ..case.with(query) }))
        });
        let cases = changed.collect::<Option<Vec<_>>>()?;
        Some(Rule { body: Arc::new(RuleBody::Cases(cases)), ..self.clone() })
    }

    fn definitions(&self) -> Option<&Arc<Definitions>> {
        self.cases().first().map(|case| &case.terms.definitions)
    }
}
