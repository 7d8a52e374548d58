//! What must not change the findings: where claims stand, in which order, how they are set, and what they are called.

use std::collections::{BTreeMap, BTreeSet};

use recte::project::{CheckOutput, NotRead, ProjectContext, Tree, check_by};
use recte::rule::Finding;
use recte::syntax;
use recte::text::Sources;

use crate::draft::{Block, Draft};
use crate::support::{Random, Texts, today};

/// How many projects a plain run tries, and how many a long one.
const FEW: u64 = 30;
const MANY: u64 = 2_000;

/// How many violations are shown.
const SHOWN: usize = 5;

/// What is put before every name when all are renamed: it keeps their order and how much they are alike.
const PREFIX: &str = "zz";

/// The block that has nothing to do with the others.
const STRANGER: &str = "zz-stranger";

/// A change after which the findings are the same: its name, and what it makes of a project.
type Relation = (&'static str, fn(&Draft, &mut Random) -> Texts);

const RELATIONS: [Relation; 9] = [
    ("claims in another order", |draft, random| {
        let mut draft = draft.clone();
        draft.files.iter_mut().for_each(|blocks| random.shuffle(blocks));
        draft.texts()
    }),
    ("files in another order", |draft, random| {
        let mut draft = draft.clone();
        random.shuffle(&mut draft.files);
        draft.texts()
    }),
    ("a file split", |draft, _| {
        let mut draft = draft.clone();
        let half = draft.files[0].len() / 2;
        let rest = draft.files[0].split_off(half);
        draft.files.push(rest);
        draft.texts()
    }),
    ("files merged", |draft, _| Draft { files: vec![draft.files.concat()], ..draft.clone() }.texts()),
    ("fields in another order", |draft, random| {
        let mut draft = draft.clone();
        let blocks = draft.files.iter_mut().flatten();
        blocks.for_each(|block| {
            random.shuffle(&mut block.fields);
            block.inner.iter_mut().for_each(|inner| random.shuffle(&mut inner.fields));
        });
        draft.texts()
    }),
    ("laid out by fmt", |draft, _| with_claims(&draft.texts(), formatted)),
    ("blanks and remarks", |draft, _| {
        with_claims(&draft.texts(), |text| {
            let lines: Vec<String> = text.lines().map(|line| format!("\t {line}  # a remark\n\n")).collect();
            format!("# It begins.\n{}", lines.concat())
        })
    }),
    ("lines that end as on Windows", |draft, _| with_claims(&draft.texts(), |text| text.replace('\n', "\r\n"))),
    ("other names of files", |draft, _| {
        let renamed = |(path, text): (String, String)| match path.strip_suffix(".claims") {
            Some(name) => (format!("folder/{name}-of-many.claims"), text),
            None => (path, text),
        };
        let texts = draft.texts();
        let documents = [("folder/text.txt".to_owned(), draft.document.clone())];
        Texts(texts.0.into_iter().map(renamed).chain(documents).collect())
    }),
];

/// The claims files of a project with other texts.
fn with_claims(project: &Texts, change: impl Fn(&str) -> String) -> Texts {
    let changed = project.0.iter().map(|(path, text)| {
        let text = if path.ends_with(".claims") { change(text) } else { text.clone() };
        (path.clone(), text)
    });
    Texts(changed.collect())
}

fn formatted(text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add("a.claims", text);
    let parse = syntax::parse(file, &sources);
    syntax::format(&parse, &sources).unwrap_or_else(|| panic!("it cannot be laid out: {text}"))
}

/// A project whose folder lists its files the other way round.
struct Reversed(Texts);

impl Tree for Reversed {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut files = self.0.files(folder, ending);
        files.reverse();
        files
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        self.0.probe(path)
    }

    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        self.0.bytes(path, limit)
    }
}

#[test]
fn what_says_the_same_finds_the_same() {
    compare(0..FEW);
}

#[test]
#[ignore = "long"]
fn what_says_the_same_finds_the_same_in_many_projects() {
    compare(FEW..MANY);
}

/// What was tried so far.
#[derive(Default)]
struct Tally {
    findings: usize,
    codes: BTreeSet<String>,
    tried: BTreeMap<&'static str, usize>,
    wrong: BTreeMap<&'static str, usize>,
    shown: Vec<String>,
}

impl Tally {
    fn note(&mut self, (relation, seed): (&'static str, u64), lost: Vec<&String>, new: Vec<&String>) {
        *self.tried.entry(relation).or_default() += 1;
        if lost.is_empty() && new.is_empty() {
            return;
        }
        *self.wrong.entry(relation).or_default() += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(format!("{relation}, project {seed}: lost {lost:#?} new {new:#?}"));
        }
    }
}

fn compare(seeds: std::ops::Range<u64>) {
    let context = ProjectContext::builtin();
    let check = |project: &dyn Tree| check_by(&context, project, &[], today());
    let mut tally = Tally::default();
    for seed in seeds {
        let draft = Draft::random(&context.schema, seed);
        let project = draft.texts();
        let checked = check(&project);
        let before = fingerprints(&checked);
        tally.findings += before.len();
        tally.codes.extend(checked.findings.iter().map(|finding| finding.diagnostic.code.to_string()));
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
        for (relation, change) in RELATIONS {
            let after = fingerprints(&check(&change(&draft, &mut random)));
            tally.note((relation, seed), missing(&before, &after), missing(&after, &before));
        }
        let after = check(&values_shuffled(&draft, &mut random));
        let (walked, after) = (without_chains(&checked), without_chains(&after));
        tally.note(("values in another order", seed), missing(&walked, &after), missing(&after, &walked));
        let after = fingerprints(&check(&Reversed(project.clone())));
        tally.note(("files listed the other way round", seed), missing(&before, &after), missing(&after, &before));
        let (before, after) = (identities(&checked, prefixed), identities(&check(&renamed(&draft)), str::to_owned));
        tally.note(("other names", seed), missing(&before, &after), missing(&after, &before));
        let (before, with) = (fingerprints(&checked), check(&joined_by_stranger(&draft)));
        let (after, others) = (fingerprints(&with), without_stranger(&with));
        tally.note(("a stranger", seed), missing(&before, &after), missing(&others, &before));
    }
    println!("{} findings by {} rules; {:?}", tally.findings, tally.codes.len(), tally.tried);
    assert!(tally.codes.len() > 40, "{:?}", tally.codes);
    assert!(tally.wrong.is_empty(), "{:?}\n{}", tally.wrong, tally.shown.join("\n"));
}

/// Every fingerprint with its code and message, sorted; a fingerprint alone would not say what was lost.
fn fingerprints(checked: &CheckOutput) -> Vec<String> {
    sorted(checked.findings.iter().map(line))
}

fn line(finding: &Finding) -> String {
    format!("{} {}", finding.fingerprint, finding.diagnostic.code)
}

/// The same without what shows a chain: of chains of equal length the one is shown whose values are written first, and
/// rows with one chain are one finding.
fn without_chains(checked: &CheckOutput) -> Vec<String> {
    sorted(checked.findings.iter().filter(|finding| finding.diagnostic.flow.is_empty()).map(line))
}

fn values_shuffled(draft: &Draft, random: &mut Random) -> Texts {
    let mut draft = draft.clone();
    let fields = draft.files.iter_mut().flatten().flat_map(|block| &mut block.fields);
    fields.for_each(|(_, values)| random.shuffle(values));
    draft.texts()
}

/// The code of every finding with the blocks that it is about, by role; of those about none the code alone.
fn identities(checked: &CheckOutput, name: impl Fn(&str) -> String) -> Vec<String> {
    sorted(checked.findings.iter().map(|finding| {
        let roles = finding.diagnostic.identity.roles.iter();
        let roles = roles.map(|(role, ids)| format!("{role}: {:?}", sorted(ids.iter().map(|id| name(id)))));
        format!("{} {:?}", finding.diagnostic.code, sorted(roles))
    }))
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

/// The lines that stand more often in one list than in the other.
fn missing<'a>(from: &'a [String], other: &[String]) -> Vec<&'a String> {
    let mut left: BTreeMap<&String, usize> = BTreeMap::new();
    other.iter().for_each(|line| *left.entry(line).or_default() += 1);
    let is_missing = |line: &&String| match left.get_mut(*line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        Some(_) | None => true,
    };
    from.iter().filter(is_missing).collect()
}

/// All blocks under other names, but articles, whose names are their numbers.
fn renamed(draft: &Draft) -> Texts {
    let mut renamed = draft.clone();
    let ids: BTreeSet<String> = draft.files.iter().flatten().map(|block| block.id.clone()).collect();
    let rename = |value: &mut String| {
        let end = value.find([' ', '/']).unwrap_or(value.len());
        if ids.contains(&value[..end]) {
            value.insert_str(0, PREFIX);
        }
    };
    let fields = |block: &mut Block| block.fields.iter_mut().flat_map(|(_, values)| values).for_each(rename);
    for block in renamed.files.iter_mut().flatten() {
        block.id.insert_str(0, PREFIX);
        fields(block);
        block.inner.iter_mut().for_each(fields);
    }
    renamed.texts()
}

/// The identity of a block after all are renamed; anonymous blocks are known by the block around them.
fn prefixed(id: &str) -> String {
    match id.strip_prefix("lease/") {
        Some(rest) => format!("lease/{PREFIX}{rest}"),
        None if id.starts_with('/') => id.to_owned(),
        None => format!("{PREFIX}{id}"),
    }
}

fn joined_by_stranger(draft: &Draft) -> Texts {
    let mut joined = draft.clone();
    joined.files[0].push(Block {
        kind: "actor".to_owned(),
        id: STRANGER.to_owned(),
        title: Some("a passer-by from Mars".to_owned()),
        fields: vec![("is".to_owned(), vec!["person".to_owned()])],
        inner: Vec::new(),
    });
    joined.texts()
}

/// The findings that say nothing of the stranger.
fn without_stranger(checked: &CheckOutput) -> Vec<String> {
    let is_about = |finding: &&Finding| {
        let identity = &finding.diagnostic.identity;
        identity.value.contains(STRANGER)
            || identity.roles.iter().flat_map(|(_, ids)| ids).any(|id| id.contains(STRANGER))
    };
    sorted(checked.findings.iter().filter(|finding| !is_about(finding)).map(line))
}
