//! A finding is known by what it is about: moving, re-indenting, reordering and renaming leave its fingerprint alone.

use std::collections::BTreeMap;

use recte::project::{CheckOutput, EXAMPLE_DOCUMENT, ProjectContext, check_by};
use recte::syntax::{
    self,
    tree::{BlockNode, BodyItem},
};
use recte::text::{Sources, Span};

use crate::support::{Random, Texts, files_beneath, repository, today};

/// How many rearrangements of each project are tried.
const ROUNDS: u64 = 40;

#[test]
fn findings_keep_their_fingerprints_whatever_moves() {
    let context = ProjectContext::builtin();
    let check = |project: &Texts| check_by(&context, project, &[], today());
    let (mut tried, mut findings, mut wrong) = (0, 0, Vec::new());
    for (name, project) in projects() {
        let before = fingerprints(&check(&project));
        findings += before.len();
        for seed in 1..=ROUNDS {
            let moved = rearranged(&project, &mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            let after = fingerprints(&check(&moved));
            tried += 1;
            if after != before && wrong.len() < 5 {
                let lost: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
                let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
                wrong.push(format!("{name} {seed}: lost {lost:#?} new {new:#?} in {:#?}", moved.0));
            }
        }
    }
    println!("{tried} rearrangements of {findings} findings");
    assert!(tried > 1_000 && findings > 200, "{tried} {findings}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every bad example of a rule, and the white paper with every edit that makes it wrong.
fn projects() -> Vec<(String, Texts)> {
    let context = ProjectContext::builtin();
    let mut projects = Vec::new();
    for rule in context.rules.iter() {
        for example in &rule.meta.examples.bad {
            let document = example.document.as_deref().unwrap_or_default();
            let texts = [("example.claims", example.code.value.as_str()), (EXAMPLE_DOCUMENT, document)];
            let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
            projects.push((rule.meta.name.clone(), Texts(texts.into())));
        }
    }
    let paper = files_beneath(&repository().join("claims/us-japan"));
    let paper: BTreeMap<String, String> =
        paper.into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect();
    for (edit, from, to) in [
        ("purposes", "purpose: security-of-japan, peace-in-far-east", "purpose: peace-in-far-east"),
        ("articles", "cites: treaty/6", "cites: treaty/5"),
        ("scopes", "scope: far-east", "scope: japan-area"),
        ("bearers", "bearer: japan", "bearer: sdf"),
        ("names", "treaty/6", "treaty/66"),
    ] {
        let wrong = paper.iter().map(|(path, text)| (path.clone(), text.replace(from, to))).collect();
        projects.push((edit.to_owned(), Texts(wrong)));
    }
    projects
}

/// Every fingerprint with its code, sorted.
fn fingerprints(checked: &CheckOutput) -> Vec<String> {
    let line = |finding: &recte::rule::Finding| format!("{} {}", finding.fingerprint, finding.diagnostic.code);
    let mut all: Vec<String> = checked.findings.iter().map(line).collect();
    all.sort();
    all
}

/// The same claims in other files, in another order, set differently. Documents stay where they are.
fn rearranged(project: &Texts, random: &mut Random) -> Texts {
    let mut moved = Texts::default();
    for (number, (path, text)) in project.0.iter().enumerate() {
        if !path.ends_with(".claims") {
            moved.0.insert(path.clone(), text.clone());
            continue;
        }
        let (head, mut blocks) = parts(path, text, random);
        random.shuffle(&mut blocks);
        let several = if blocks.len() > 1 { 1 + random.below(3) } else { 1 };
        let mut files = vec![head; several];
        for block in blocks {
            let file = &mut files[random.below(several)];
            file.push_str(random.pick(&["\n", "\n\n# a remark\n\n", "\n\n\n"]));
            file.push_str(&reset(&block, random));
            file.push('\n');
        }
        for (part, text) in files.into_iter().enumerate() {
            moved.0.insert(format!("{}{number}-{part}.claims", random.pick(&["a", "m", "z"])), text);
        }
    }
    moved
}

/// The namespace of a file, and its blocks; a file that cannot be read is one block, which stays whole.
fn parts(path: &str, text: &str, random: &mut Random) -> (String, Vec<String>) {
    let mut sources = Sources::new();
    let file = sources.add(path, text);
    let parse = syntax::parse(file, &sources);
    if !parse.problems.is_empty() {
        return (String::new(), vec![text.to_owned()]);
    }
    let head = parse.file.namespace.map(|name| format!("namespace {}\n", sources.slice(name.span())));
    let blocks = parse.file.blocks.iter().map(|block| turned(block, &sources, random));
    (head.unwrap_or_default(), blocks.collect())
}

/// A block with its fields, and the blocks within, in another order.
fn turned(block: &BlockNode, sources: &Sources, random: &mut Random) -> String {
    let Some(body) = &block.body else { return sources.slice(block.span).to_owned() };
    let header = sources.slice(Span::new(block.span.source, block.span.start, body.open.end));
    let mut items: Vec<String> = Vec::new();
    for item in &body.items {
        items.push(match item {
            BodyItem::Field(field) => sources.slice(field.span()).trim_end_matches(',').to_owned(),
            BodyItem::Block(inner) => turned(inner, sources, random),
        });
    }
    // Of a field that is written twice the first counts: there the order says something.
    let mut names: Vec<&str> = body.items.iter().map(|item| name(item, sources)).collect();
    names.sort_unstable();
    if names.windows(2).all(|pair| pair[0] != pair[1] || pair[0].is_empty()) {
        random.shuffle(&mut items);
    }
    format!("{header}\n{}\n}}", items.join("\n"))
}

/// A block with other blanks before its lines, and sometimes with all of them moved alike.
fn reset(block: &str, random: &mut Random) -> String {
    let indent = random.pick(&["", "  ", "\t", "        "]);
    let lines: Vec<String> =
        block.lines().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") }).collect();
    lines.join("\n")
}

/// The name of a field; a block within has none here.
fn name<'a>(item: &BodyItem, sources: &'a Sources) -> &'a str {
    match item {
        BodyItem::Field(field) => sources.slice(field.name),
        BodyItem::Block(_) => "",
    }
}
