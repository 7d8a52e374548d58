//! The page of all rules, from their tables.

use std::fmt::Write;

use recte::project::ProjectContext;
use recte::rule::{Example, Rule, RuleMeta};

/// What stands before the rules.
const INTRODUCTION: &str = "\
<!-- Generated from rules/*.toml by tests/it/documents.rs. Do not edit: change the rules, then run
     RECTE_RENEW=1 cargo test --test it documents -->

# The rules

`recte explain CODE` shows the same in a terminal, with the conditions in words and the level that your project sets.

* **error**: the claims themselves show that something is wrong. **warning**: something is probably wrong, or a declaration is
  missing that would settle it. **info**: something is worth a look. **off**: the rule runs only if a project turns it on.
* A project sets the level of a rule in its `recte.toml`: `[rules]`, then `CL0103 = \"error\"`. The code, the name and the
  category of a rule can be used.
* In the examples, the comment `#! CL0101` marks the line where the finding starts. You do not need to write it.
* The tests of this repository run every example.
";

/// The whole page: a table of contents, then every rule.
pub(super) fn page() -> String {
    let context = ProjectContext::builtin();
    let mut rules: Vec<&Rule> = context.rules.iter().collect();
    rules.sort_by_key(|rule| !rule.meta.code.as_str().starts_with("CL"));
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n| code | name | level | in short |\n| --- | --- | --- | --- |\n");
    for rule in &rules {
        let (code, name) = (rule.meta.code.as_str(), &rule.meta.name);
        let anchor = format!("{}-{name}", code.to_lowercase());
        let _ = writeln!(page, "| [{code}](#{anchor}) | `{name}` | {} | {} |", rule.level.as_str(), rule.meta.why);
    }
    rules.iter().for_each(|rule| section(&mut page, rule));
    page
}

fn section(page: &mut String, rule: &Rule) {
    let meta = &rule.meta;
    let _ = writeln!(page, "\n## {} {}\n", meta.code, meta.name);
    let _ = writeln!(
        page,
        "**{}**, category `{}`, since {}. {}\n",
        rule.level.as_str(),
        meta.category,
        meta.since,
        meta.why
    );
    let _ = writeln!(page, "{}", meta.docs.trim());
    for fix in &meta.fixes {
        let _ = writeln!(page, "\nFix ({}): {}.", fix.safety.as_str(), fix.in_general());
    }
    for (name, value) in &meta.params {
        let _ = writeln!(
            page,
            "\nSetting: `{name}`, by default {value}. A project sets it under `[rules.{}]` in `recte.toml`.",
            meta.name
        );
    }
    examples(page, "Reported:", &meta.examples.bad);
    examples(page, "Not reported:", &meta.examples.good);
    let _ = writeln!(page, "\n{}", exception(meta));
    if !meta.refs.is_empty() {
        let _ = writeln!(page, "\nSee also: {}.", meta.refs.join("; "));
    }
}

fn examples(page: &mut String, title: &str, examples: &[Example]) {
    for example in examples {
        let _ = writeln!(page, "\n{title}\n\n```claims\n{}\n```", example.code.value.trim_matches('\n'));
    }
}

fn exception(meta: &RuleMeta) -> String {
    if meta.ignorable {
        format!("To record an exception in a block: `allow: {} \"the reason\"`.", meta.name)
    } else {
        "This rule cannot be suppressed with `allow`.".to_owned()
    }
}
