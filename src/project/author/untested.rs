//! Clauses that no example needs: each is changed in turn, and the examples that come out as before did not notice.

use super::examples::{Tested, test_examples};
use crate::diagnostic::Diagnostic;
use crate::model::DateRange;
use crate::project::analysis::context::ProjectContext;
use crate::rule::{self, Rule};
use crate::text::Span;

/// What came of changing every clause in turn.
#[derive(Default)]
pub struct Untested {
    /// The clauses that no example needs.
    pub clauses: Vec<Diagnostic>,
    /// How many changes were tried.
    pub tried: usize,
}

/// What an example shows: where something is found, and what is said.
type ShownByExample = Vec<(Span, String)>;

impl Untested {
    /// The clauses of a rule that none of its examples needs.
    pub fn of_rule(rule: &Rule, tested: &[Tested<'_>], context: &ProjectContext, today: DateRange) -> Untested {
        let before = shown(tested, rule, today);
        let variants = rule.variants(&context.schema);
        let survivors = variants.iter().filter(|variant| shown(tested, &variant.rule, today) == before);
        let clauses = survivors.map(|variant| rule::untested_clause(&rule.meta.name, &variant.what, variant.at));
        Untested { clauses: clauses.collect(), tried: variants.len() }
    }

    /// The clauses of a definition that no example needs of any rule that uses it, of which `user` is one.
    pub fn of_definition(name: &str, user: &Rule, context: &ProjectContext, today: DateRange) -> Untested {
        let users = context.rules.iter().filter(|rule| rule.shares_definitions_with(user));
        let users: Vec<&Rule> = users.filter(|rule| rule.uses().iter().any(|used| used == name)).collect();
        let tested: Vec<_> = users
            .into_iter()
            .map(|rule| {
                let tested = test_examples(rule, context, today);
                let before = shown(&tested, rule, today);
                (rule, tested, before)
            })
            .collect();
        let variants = user.variants_of(name, &context.schema);
        let survivors = variants.iter().filter(|variant| {
            tested.iter().all(|(rule, tested, before)| {
                rule.under(variant, &context.schema).is_some_and(|changed| shown(tested, &changed, today) == *before)
            })
        });
        let clauses = survivors.map(|variant| rule::untested_clause(name, &variant.what, variant.at));
        Untested { clauses: clauses.collect(), tried: variants.len() }
    }
}

fn shown(tested: &[Tested<'_>], rule: &Rule, today: DateRange) -> Vec<ShownByExample> {
    tested.iter().map(|example| example.found(rule, today)).collect()
}
