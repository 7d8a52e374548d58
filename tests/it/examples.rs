//! Every example of every rule does what its marks say.

use recte::project::{ProjectContext, test_examples};
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
