//! Every example of every rule does what its marks say.

use recte::project::{House, check_text};
use recte::rule::{Rule, compare};

use crate::support::{open, today};

#[test]
fn the_built_in_rules_load_without_a_problem() {
    let house = House::builtin();
    let messages: Vec<String> =
        house.problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    assert_eq!(messages, Vec::<String>::new());
}

#[test]
fn examples_report_what_they_mark_and_nothing_else() {
    let house = House::builtin();
    let wrong: Vec<String> = house.rules.iter().flat_map(|rule| wrong_examples(rule, &house)).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_rule_explains_itself() {
    for rule in House::builtin().rules.iter() {
        let meta = &rule.meta;
        assert!(meta.why.len() > 20, "{} says why it matters", meta.code);
        assert!(meta.docs.len() > 100, "{} is documented", meta.code);
        assert!(!meta.since.is_empty(), "{} says since when", meta.code);
    }
}

fn wrong_examples(rule: &Rule, house: &House) -> Vec<String> {
    let examples = rule
        .meta
        .examples
        .bad
        .iter()
        .map(|bad| ("bad", bad))
        .chain(rule.meta.examples.good.iter().map(|good| ("good", good)));
    examples
        .filter_map(|(sort, example)| {
            let checked = check_text(&example.value, house, house.rules.narrowed_to(&rule.meta.code), today());
            let found: Vec<_> = open(&checked)
                .into_iter()
                .map(|finding| {
                    let at = finding.diagnostic.primary.span;
                    (checked.sources.get(at.source).position(at.start).line, finding.diagnostic.code.clone())
                })
                .collect();
            let outcome = compare(&example.value, found);
            let fires = outcome.reported.iter().any(|(_, code)| *code == rule.meta.code);
            let right = outcome.is_validated() && fires == (sort == "bad");
            (!right).then(|| {
                format!(
                    "{} {sort}: missing {:?}, noisy {:?}\n{}",
                    rule.meta.code, outcome.missing, outcome.noisy, example.value
                )
            })
        })
        .collect()
}
