//! Advice is true: whoever does what a help says, word for word, has the finding settled, and no other in its place.

use std::collections::BTreeMap;

use recte::diagnostic::{Fix, TextEdit, apply};
use recte::project::{CheckOutput, LooseClaims, ProjectContext, check_page};
use recte::rule::{Finding, Rule};

use crate::support::{Folder, recte, stdout, today};

/// What comes before the words that are to be written or taken out.
const ORDERS: [&str; 9] = ["write", "add", "take", "take out", "remove", "cite", "leave", "name", "did you mean"];

/// How many findings of the bad examples had a fix, and a help that names an edit, when this was last written.
const FIXED: usize = 114;
const NAMED: usize = 120;

/// A finding of a bad example, with all that the help of its rule can name.
struct Case<'a> {
    rule: &'a Rule,
    claims: &'a str,
    document: Option<&'a str>,
    before: &'a Before,
    finding: &'a Finding,
}

#[test]
fn every_edit_that_is_named_settles_its_finding_and_brings_no_other() {
    let context = ProjectContext::builtin();
    let mut wrong = Vec::new();
    each_finding(&context, |case| {
        for fix in &case.finding.diagnostic.fixes {
            wrong.extend(case.wrong(fix, &context));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_help_says_what_its_fixes_do() {
    let context = ProjectContext::builtin();
    let mut wrong = Vec::new();
    each_finding(&context, |case| {
        let help = case.finding.diagnostic.help.as_deref().unwrap_or_default();
        let is_told = |fix: &&Fix| {
            let writes = |edit: &TextEdit| !edit.text.is_empty() && help.contains(&format!("`{}`", edit.text));
            help.contains(&fix.title) || fix.edits.iter().all(writes)
        };
        let untold = case.finding.diagnostic.fixes.iter().filter(|fix| !is_told(fix));
        wrong.extend(untold.map(|fix| format!("{}: {} is not in: {help}", case.rule.meta.code, fix.title)));
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many findings of the bad examples have a fix, and how many have a help that names an edit. The numbers may rise:
/// whoever makes a help vaguer, or takes a fix out, has to say so here.
#[test]
fn no_help_that_names_an_edit_loses_it() {
    let (mut findings, mut fixed, mut named, mut vague) = (0, 0, 0, BTreeMap::new());
    let context = ProjectContext::builtin();
    each_finding(&context, |case| {
        let diagnostic = &case.finding.diagnostic;
        let names_edit = diagnostic.help.as_deref().is_some_and(names_edit);
        findings += 1;
        fixed += usize::from(!diagnostic.fixes.is_empty());
        named += usize::from(names_edit);
        if names_edit && diagnostic.fixes.is_empty() {
            vague.entry(case.rule.meta.code.to_string()).or_insert_with(|| diagnostic.help.clone());
        }
    });
    println!("{findings} findings, {fixed} with a fix, {named} with a help that names an edit");
    vague.iter().for_each(|(code, help)| println!("{code} names an edit and has no fix: {help:?}"));
    assert!(fixed >= FIXED, "{fixed} of {findings} findings have a fix");
    assert!(named >= NAMED, "{named} of {findings} findings have a help that names an edit");
}

/// Calls something with every finding of every bad example by its own rule, where all rules are asked.
fn each_finding(context: &ProjectContext, mut call: impl FnMut(&Case<'_>)) {
    for rule in context.rules.iter() {
        for example in &rule.meta.examples.bad {
            let before = Before::of((&example.code.value, example.document.as_deref()), rule, context);
            let own = before.alone.findings.iter().filter(|it| it.diagnostic.code == rule.meta.code);
            for finding in own.filter(|finding| finding.suppressed.is_none()) {
                let document = example.document.as_deref();
                call(&Case { rule, document, claims: &example.code.value, before: &before, finding });
            }
        }
    }
}

/// What is found in claims: by a rule alone, which may be off otherwise, and by all that are on.
struct Before {
    alone: CheckOutput,
    all: CheckOutput,
}

impl Before {
    fn of((claims, document): (&str, Option<&str>), rule: &Rule, context: &ProjectContext) -> Before {
        let page = || LooseClaims { claims, document };
        let check = |rules| check_page(page(), context, rules, today());
        Before { alone: check(context.rules.narrowed_to(&rule.meta.code)), all: check(context.rules.as_ref().clone()) }
    }

    /// How often each open finding stands there, and what one of them says.
    fn tally(&self) -> BTreeMap<String, (usize, String)> {
        let (mut alone, all) = (tally(&self.alone), tally(&self.all));
        alone.extend(all);
        alone
    }
}

impl Case<'_> {
    /// What is wrong with a fix, if anything is.
    fn wrong(&self, fix: &Fix, context: &ProjectContext) -> Option<String> {
        let fixed = apply(self.claims, &fix.edits);
        let after = Before::of((&fixed, self.document), self.rule, context);
        let (old, new) = (self.before.tally(), after.tally());
        let count =
            |tally: &BTreeMap<String, (usize, String)>, key: &str| tally.get(key).map_or(0, |(count, _)| *count);
        let own = unnumbered(self.finding);
        let stays = count(&new, &own) >= count(&old, &own);
        // Where a mistake kept rules silent, they report when it is fixed.
        let kept_silent = self.rule.meta.silences_others();
        let brought: Vec<&String> = new
            .iter()
            .filter(|_| !kept_silent)
            .filter(|(key, (now, _))| *now > count(&old, key))
            .map(|(_, (_, message))| message)
            .collect();
        (stays || !brought.is_empty()).then(|| {
            let stays = if stays { "; the finding stays" } else { "" };
            format!("{}: {}{stays}; brings {brought:#?}\n{fixed}", self.rule.meta.code, fix.title)
        })
    }
}

/// How often each open finding stands there, and what one of them says.
fn tally(checked: &CheckOutput) -> BTreeMap<String, (usize, String)> {
    let mut tally = BTreeMap::new();
    for finding in checked.findings.iter().filter(|finding| finding.suppressed.is_none()) {
        let said = format!("{} {}", finding.diagnostic.code, finding.diagnostic.message);
        tally.entry(unnumbered(finding)).or_insert((0, said)).0 += 1;
    }
    tally
}

/// A fingerprint without its counter.
fn unnumbered(finding: &Finding) -> String {
    finding.fingerprint.as_str().split('-').next().unwrap_or_default().to_owned()
}

/// Whether a help says word for word what to write or to take out.
fn names_edit(help: &str) -> bool {
    let quoted = help.split('`').collect::<Vec<_>>();
    (1..quoted.len()).step_by(2).any(|at| {
        let (before, words) = (quoted[at - 1], quoted[at]);
        let is_open = words.contains("...") || words.split(|c: char| !c.is_uppercase()).any(|word| word.len() >= 4);
        let is_field = words.split_once(": ").is_some_and(|(name, value)| !name.contains(' ') && !value.is_empty());
        let is_ordered = ORDERS.iter().any(|order| before.strip_suffix(' ').is_some_and(|it| it.ends_with(order)));
        !is_open && (is_ordered || is_field)
    })
}

/// An instrument with three articles, a scope, and whatever else is written.
fn agreement(more: &str) -> Folder {
    let text = "actor tenant { is: person }\n\
                scope lowland { dimension: territorial }\n\
                condition breach\n\
                instrument agreement {\n  article 1\n  article 2\n  article 5\n  article first-annex\n  article IV\n}\n";
    Folder::with(&[("recte.toml", ""), ("a.claims", &format!("{text}{more}"))])
}

/// What is said of the one error of a project, and the texts that its fixes would write.
fn advice(folder: &Folder) -> (String, Vec<String>) {
    let checked = folder.check();
    let errors: Vec<&Finding> = checked.findings.iter().filter(|it| it.diagnostic.code.as_str() == "CL0001").collect();
    let [error] = errors.as_slice() else { panic!("{errors:#?}") };
    let edits = error.diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
    (error.diagnostic.help.clone().unwrap_or_default(), edits.map(|edit| edit.text.clone()).collect())
}

#[test]
fn another_number_is_never_proposed() {
    let declared = "`agreement` declares `1`, `2`, `5`, `first-annex` and `IV`";
    for name in ["3", "12", "V", "VI", "second-annex", "third"] {
        let folder = agreement(&format!("provision p {{ cites: agreement/{name}  inferred: yes }}\n"));
        let (help, texts) = advice(&folder);
        assert_eq!(texts, Vec::<String>::new(), "{name}: {help}");
        assert!(help.starts_with(declared), "{name}: {help}");
        assert!(help.ends_with(&format!("or declare `{name}` there if the text has it")), "{help}");
        let before = folder.read("a.claims");
        recte(folder.path(), &["check", "--fix=suggested"]);
        assert_eq!(folder.read("a.claims"), before, "{name}");
        for (format, empty) in [("sarif", "\"fixes\""), ("rdjson", "\"suggestions\":[{")] {
            let report = stdout(&recte(folder.path(), &["check", "--format", format]));
            assert!(!report.replace(' ', "").contains(empty), "{name} in {format}: {report}");
        }
    }
}

#[test]
fn the_one_near_name_is_proposed_and_none_of_several() {
    let folder = agreement("fact f { scope: lowlnd  inferred: yes }\n");
    assert_eq!(advice(&folder), ("did you mean `lowland`?".to_owned(), vec!["lowland".to_owned()]));
    recte(folder.path(), &["check", "--fix=suggested"]);
    assert!(folder.read("a.claims").contains("scope: lowland "));
    let folder = agreement("provision p { cites: agrement/5  inferred: yes }\n");
    assert_eq!(advice(&folder), ("did you mean `agreement/5`?".to_owned(), vec!["agreement/5".to_owned()]));
    let folder = agreement("scope lowlands { dimension: territorial }\nfact f { scope: lowlnd  inferred: yes }\n");
    assert_eq!(advice(&folder), ("did you mean `lowland` or `lowlands`?".to_owned(), Vec::new()));
}

#[test]
fn no_code_is_near_to_another() {
    let folder = agreement("fact f { inferred: yes  allow: CL9999 \"why\" }\n");
    let checked = folder.check();
    let unknown = checked.findings.iter().find(|it| it.diagnostic.code.as_str() == "CL0090").unwrap();
    let help = unknown.diagnostic.help.as_deref().unwrap();
    assert!(help.starts_with("the codes begin with: CF, CL00, CL01") && !help.contains("did you mean"), "{help}");
    assert!(unknown.diagnostic.fixes.is_empty());
}

#[test]
fn why_changes_nothing_that_is_declared() {
    let claims = "actor us { is: state }\n\
                  scope far-east { dimension: territorial }\nscope europe { dimension: territorial  disjoint: far-east }\n\
                  instrument charter { article 102 { scope: europe } }\n\
                  instrument treaty { parties: us  article XIII { scope: far-east } }\n\
                  fact of-the-treaty { mentions: treaty  about: us  inferred: yes }\n\
                  provision registered {\n  cites: treaty/XIII\n  scope: europe\n  inferred: yes\n}\n";
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", claims)]);
    let told = stdout(&recte(folder.path(), &["why", "a.claims:9"]));
    let (_, repairs) = told.split_once("check against the text which one is true:\n").expect(&told);
    let repairs: Vec<&str> = repairs.lines().filter(|line| !line.is_empty()).collect();
    assert!(!repairs.is_empty() && repairs.len() <= 5, "{told}");
    for repair in repairs {
        assert!(repair.contains("`scope` of `registered`") || repair.contains("`cites` of `registered`"), "{told}");
    }
}
