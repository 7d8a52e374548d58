//! Every example of every rule does what its marks say.

use std::collections::BTreeSet;

use recte::project::{ProjectContext, Untested, test_examples};
use recte::rule::Rule;

use crate::support::today;

#[test]
fn the_built_in_rules_load_without_a_problem() {
    let context = ProjectContext::builtin();
    let messages: Vec<String> =
        context.problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    assert_eq!(messages, Vec::<String>::new());
}

#[test]
fn examples_report_what_they_mark_and_nothing_else() {
    let context = ProjectContext::builtin();
    let wrong: Vec<String> = context.rules.iter().flat_map(|rule| wrong_examples(rule, &context)).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_rule_explains_itself() {
    for rule in ProjectContext::builtin().rules.iter() {
        let meta = &rule.meta;
        let [bad, good] = [&meta.examples.bad, &meta.examples.good].map(Vec::len);
        assert!(!meta.needs_examples() || bad > 0 && good > 0, "{} has examples of both sorts", meta.code);
        assert_ne!(meta.category, "house", "{} says to what it belongs", meta.code);
        assert!(meta.why.len() > 20, "{} says why it matters", meta.code);
        assert!(meta.docs.len() > 100, "{} is documented", meta.code);
        assert!(!meta.since.is_empty(), "{} says since when", meta.code);
    }
}

fn wrong_examples(rule: &Rule, context: &ProjectContext) -> Vec<String> {
    let tested = test_examples(rule, context, today());
    let wrong = tested.iter().filter(|tested| !tested.is_right());
    let complaints = wrong.flat_map(|tested| tested.complaints(rule, &context.sources));
    complaints
        .map(|complaint| format!("{} {}: {}", rule.meta.code, complaint.message, complaint.primary.text))
        .collect()
}

#[test]
fn every_clause_is_needed_by_an_example() {
    let context = ProjectContext::builtin();
    let (mut survivors, mut tried, mut defined) = (Vec::new(), 0, BTreeSet::new());
    for rule in context.rules.iter() {
        let tested = test_examples(rule, &context, today());
        let mut untested = vec![Untested::of_rule(rule, &tested, &context, today())];
        let definitions = rule.uses().into_iter().filter(|name| defined.insert(name.clone()));
        untested.extend(definitions.map(|name| Untested::of_definition(&name, rule, &context, today())));
        tried += untested.iter().map(|untested| untested.tried).sum::<usize>();
        let clauses = untested.into_iter().flat_map(|untested| untested.clauses);
        survivors.extend(clauses.map(|clause| format!("{}: {}", rule.meta.code, clause.message)));
    }
    println!("{tried} clauses");
    assert!(tried > 1_000, "{tried} clauses");
    assert_eq!(survivors, Vec::<String>::new());
}
