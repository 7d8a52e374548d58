//! A project that stays in memory finds after every edit what a check of the same files finds.

mod editor;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::RwLock;

use recte::project::{
    AnalysisHost, CheckOutput, CheckRequest, IncrementalStats, Lock, NotRead, Overlay, ProjectContext, SettingsSource,
    Tree, check_by,
};
use recte::rule::{Baseline, Finding};
use recte::text::Span;

use crate::draft::Draft;
use crate::support::{Random, Texts, today, written};
use editor::{Edit, edit};

/// How many projects a plain run tries, and a long one; and how many edits of each.
const FEW: u64 = 16;
const MANY: u64 = 270;
const EDITS: usize = 40;

/// Settings under which projects are checked: by all rules, with some that count in places only, with few.
const SETTINGS: [&str; 5] = [
    "",
    "[rules]\nall = \"info\"\n[[override]]\nfiles = [\"a.claims\"]\nrules = { all = \"off\" }\nreason = \"old\"\n",
    "[rules]\nall = \"off\"\nCL0001 = \"error\"\nCL0101 = \"warning\"\nCL0203 = \"error\"\nCL0401 = \"error\"\n",
    "exclude = [\"c*.claims\"]\n[[override]]\nnamespaces = [\"lease\"]\nrules = { style = \"warning\" }\nreason = \"r\"\n",
    "extends = [\"base/recte.toml\"]\npacks = [\"house.toml\"]\n[rules]\nCL0710 = \"error\"\n",
];

/// Settings that others extend.
const BASES: [&str; 3] = [
    "[rules]\nall = \"warning\"\n",
    "[rules]\nstyle = \"off\"\n[[override]]\nfiles = [\"**/b.claims\"]\nrules = { CL0101 = \"off\" }\nreason = \"old\"\n",
    "[rules\n",
];

/// Rules of a project's own.
const HOUSES: [&str; 3] = [
    r#"[[rule]]
code = "HOUSE001"
name = "harbour-actor"
severity = "warning"
category = "style"
since = "0.1.0"
for = 'actor a'
forbid = 'some a.is'
message = "`{a.id}` says what it is"
labels = [{ at = "a.is", text = "here", primary = true }]
fix = { title = "leave it out", safety = "safe", edits = [{ remove = "a.is" }] }
why = "A test."
docs = "A test."
"#,
    "[[rule]]\ncode = \"HOUSE001\"\n",
    "",
];

/// A folder whose files change while somebody looks at it.
#[derive(Default)]
struct Changing(RwLock<Texts>);

impl Tree for Changing {
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        self.0.read().unwrap().files(folder, ending)
    }

    fn probe(&self, path: &str) -> Result<u64, NotRead> {
        self.0.read().unwrap().probe(path)
    }

    fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, NotRead> {
        self.0.read().unwrap().bytes(path, limit)
    }
}

#[test]
fn what_stays_in_memory_finds_the_same() {
    let tally = compare(0..FEW);
    // What is used again is used again where it may not be as well, if the reads of rules are wrong.
    assert!(tally.reuse.followed > 100 && tally.reuse.linked > 100 && tally.reuse.opened > 5, "{tally:?}");
    assert!(tally.reuse.kept > tally.reuse.evaluated / 10, "{tally:?}");
    assert!(tally.otherwise > 40, "what is found differs after many edits that kept the numbers of blocks: {tally:?}");
}

#[test]
#[ignore = "long"]
fn what_stays_in_memory_finds_the_same_after_many_edits() {
    compare(FEW..MANY);
}

/// What is fixed where an exception stands is worked out from the text that the exception stood in, and not from the next one.
#[test]
fn an_exception_may_go_with_its_block() {
    let before = "purpose p1 {\n}\ncondition c2 {\n  allow: CL0710 \"why\"\n}\n";
    let after = "purpose p1 {\n  of-action: go\n}\n";
    let disk = Changing(RwLock::new(Texts(BTreeMap::from([("a.claims".to_owned(), before.to_owned())]))));
    let context = ProjectContext::open(SettingsSource::own(&disk));
    let mut host = AnalysisHost::open(SettingsSource::own(&disk), CheckRequest::new(&disk, today()));
    for text in [after, before, after, "", before] {
        let unsaved = BTreeMap::from([("a.claims".to_owned(), text.to_owned())]);
        host.edit("a.claims", Some(text));
        assert_eq!(shown(&host.snapshot()), fresh(&context, &disk, &unsaved), "{text}");
    }
}

const NORMS: &str = "\
actor japan { is: state }
scope east
scope west { disjoint: east }
action keep-peace
instrument treaty {
  in-force: 1960..
  article 1 { about: east }
}
obligation keep {
  bearer: japan
  action: keep-peace
  cites: treaty/1
}
";

/// An edit, and whether rules must be evaluated after it, and whether anything is found otherwise.
type Step = (&'static str, fn(&str) -> String, bool, bool);

/// Rules that read nothing that has changed are not evaluated; what they say of places that moved is said anew.
#[test]
fn rules_are_evaluated_only_where_they_read_what_has_changed() {
    let steps: [Step; 5] = [
        ("nothing but a remark", |text| format!("# One.\n{text}"), false, true),
        ("the same again", |text| text.to_owned(), false, false),
        ("a field that none of the rules reads", |text| text.replace("1960..", "1961.."), false, false),
        ("a field that one of them reads", |text| text.replace("  cites: treaty/1\n", ""), true, true),
        ("the same field", |text| text.replace("keep-peace\n}", "keep-peace\n  cites: treaty/1\n}"), true, true),
    ];
    let settings = "[rules]\nall = \"off\"\nCL0101 = \"warning\"\nCL0103 = \"warning\"\nCL0710 = \"warning\"\n";
    let mut texts = Texts::default();
    texts.0.insert("recte.toml".to_owned(), settings.to_owned());
    texts.0.insert("a.claims".to_owned(), NORMS.to_owned());
    let disk = Changing(RwLock::new(texts));
    let context = ProjectContext::open(SettingsSource::own(&disk));
    let mut host = AnalysisHost::open(SettingsSource::own(&disk), CheckRequest::new(&disk, today()));
    let mut text = NORMS.to_owned();
    for (what, change, asks, differs) in steps {
        text = change(&text);
        let (before, found) = (host.stats(), shown(&host.snapshot()));
        host.edit("a.claims", Some(&text));
        let (after, now) = (host.stats(), shown(&host.snapshot()));
        assert_eq!(now, fresh(&context, &disk, &BTreeMap::from([("a.claims".to_owned(), text.clone())])), "{what}");
        assert_eq!((after.followed - before.followed, after.linked), (1, 0), "{what}");
        let evaluated = |reuse: IncrementalStats| reuse.evaluated + reuse.evaluated_in_part;
        assert_eq!(
            (evaluated(after) > evaluated(before), now != found),
            (asks, differs),
            "{what}: {before:?} {after:?}"
        );
        assert!(after.kept > before.kept, "{what}: {before:?} {after:?}");
    }
}

/// What was tried so far.
#[derive(Debug, Default)]
struct Tally {
    reuse: IncrementalStats,
    edits: usize,
    findings: usize,
    /// After how many edits that kept the numbers of all blocks something else was found: rules that had kept their findings
    /// wrongly would have been noticed.
    otherwise: usize,
}

fn compare(seeds: std::ops::Range<u64>) -> Tally {
    let builtin = ProjectContext::builtin();
    let mut tally = Tally::default();
    for seed in seeds {
        let draft = Draft::random(&builtin.schema, seed);
        let mut texts = draft.texts();
        let settings = SETTINGS[seed as usize % SETTINGS.len()];
        texts.0.insert("recte.toml".to_owned(), settings.to_owned());
        texts.0.insert("base/recte.toml".to_owned(), BASES[0].to_owned());
        texts.0.insert("house.toml".to_owned(), HOUSES[0].to_owned());
        Session::new(texts, seed).run(&mut tally);
    }
    println!("{tally:?}");
    tally
}

/// One project, and how it is edited.
struct Session {
    /// What the files are to hold, whether saved or not.
    texts: Texts,
    /// What they held before.
    former: Vec<Texts>,
    random: Random,
    seed: u64,
}

impl Session {
    fn new(texts: Texts, seed: u64) -> Session {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
        for _ in 0..8 {
            random.below(2);
        }
        Session { former: vec![texts.clone()], texts, random, seed }
    }

    fn run(mut self, tally: &mut Tally) {
        let disk = Changing(RwLock::new(self.texts.clone()));
        if self.seed % 3 == 1 {
            self.put_on_record(&disk);
        }
        let mut host = AnalysisHost::open(SettingsSource::own(&disk), CheckRequest::new(&disk, today()));
        let mut unsaved: BTreeMap<String, String> = BTreeMap::new();
        let mut context = ProjectContext::open(SettingsSource::own(&disk));
        let mut found = found_by_file(&mut host);
        let mut before = shown(&host.snapshot());
        assert_eq!(before, fresh(&context, &disk, &unsaved), "project {} as it is opened", self.seed);
        for number in 0..EDITS {
            let Edit { what, path, text } = edit(&self.texts, &self.former, &mut self.random);
            match &text {
                Some(text) => drop(self.texts.0.insert(path.clone(), text.clone())),
                None => drop(self.texts.0.remove(&path)),
            }
            let followed = host.stats().followed;
            let changed = match text {
                Some(text) if self.random.chance(2) => {
                    unsaved.insert(path.clone(), text);
                    host.edit(&path, unsaved.get(&path).map(String::as_str))
                }
                saved => {
                    unsaved.remove(&path);
                    match saved {
                        Some(text) => drop(disk.0.write().unwrap().0.insert(path.clone(), text)),
                        None => drop(disk.0.write().unwrap().0.remove(&path)),
                    }
                    host.edit(&path, None)
                }
            };
            found = self.compare_files((&mut host, found), &changed);
            if ["toml", "json", "lock"].iter().any(|ending| path.ends_with(ending)) {
                let overlay = Overlay { under: &disk, texts: unsaved.clone() };
                context = ProjectContext::open(SettingsSource::own(&overlay));
            }
            let (after, expected) = (shown(&host.snapshot()), fresh(&context, &disk, &unsaved));
            if after != expected {
                let text = self.texts.0.get(&path).map_or("nothing", String::as_str);
                panic!(
                    "project {}, edit {number}: {what} in {path}, which now holds\n{text}\n{}",
                    self.seed,
                    difference(&after, &expected)
                );
            }
            tally.edits += 1;
            tally.findings += after.len();
            tally.otherwise += usize::from(host.stats().followed > followed && after != before);
            before = after;
            self.former.push(self.texts.clone());
        }
        let reuse = host.stats();
        let sum = &mut tally.reuse;
        sum.opened += reuse.opened;
        sum.linked += reuse.linked;
        sum.followed += reuse.followed;
        sum.evaluated += reuse.evaluated;
        sum.evaluated_in_part += reuse.evaluated_in_part;
        sum.kept += reuse.kept;
    }

    /// What is found file by file, after an edit that was said to change it in some.
    fn compare_files(&self, (host, before): (&mut AnalysisHost<'_>, Found), changed: &BTreeSet<String>) -> Found {
        // Each file is asked for before everything is put together.
        let known: Vec<String> = before.keys().chain(changed).cloned().collect();
        let by_file: Vec<Vec<Finding>> = known.iter().map(|path| host.found(path)).collect();
        let now = found_by_file(host);
        for (path, alone) in known.iter().zip(by_file) {
            let found = now.get(path).cloned().unwrap_or_default();
            assert_eq!(alone, found, "project {}: what is found in {path}", self.seed);
            let was = before.get(path).cloned().unwrap_or_default();
            assert!(same(&was, &found) || changed.contains(path), "project {}: {path} was not told of", self.seed);
        }
        now
    }

    /// Records some of the findings, and accepts the documents as they are.
    fn put_on_record(&mut self, disk: &Changing) {
        let checked = check_by(&ProjectContext::open(SettingsSource::own(disk)), disk, &[], today());
        let mut baseline = Baseline::default();
        baseline.add(checked.findings.iter().step_by(3), &checked.rules, ("known", "2025-12-01"));
        for (path, text) in [
            ("recte-baseline.json", baseline.text()),
            ("claims.lock", Lock::of(&checked.corpus, &checked.sources).write()),
        ] {
            disk.0.write().unwrap().0.insert(path.to_owned(), text.clone());
            self.texts.0.insert(path.to_owned(), text);
        }
        self.former.push(self.texts.clone());
    }
}

/// What is found in each file.
type Found = BTreeMap<String, Vec<Finding>>;

fn found_by_file(host: &mut AnalysisHost<'_>) -> Found {
    let checked = &host.snapshot();
    let mut found = Found::new();
    for finding in &checked.findings {
        let name = checked.sources.get(finding.diagnostic.primary.span.source).name();
        found.entry(name.to_owned()).or_default().push(finding.clone());
    }
    found
}

/// Whether the same is found, whatever the numbers of the files.
fn same(a: &[Finding], b: &[Finding]) -> bool {
    let said = |finding: &Finding| {
        let diagnostic = &finding.diagnostic;
        (diagnostic.message.clone(), finding.fingerprint.clone(), diagnostic.primary.span.start, finding.severity)
    };
    a.iter().map(said).eq(b.iter().map(said))
}

fn fresh(context: &ProjectContext, disk: &Changing, unsaved: &BTreeMap<String, String>) -> Vec<String> {
    let tree = Overlay { under: disk, texts: unsaved.clone() };
    shown(&check_by(context, &tree, &[], today()))
}

/// Everything that came of a check, line by line.
fn shown(checked: &CheckOutput) -> Vec<String> {
    let at = |span: Span| format!("{}:{}..{}", checked.sources.get(span.source).name(), span.start, span.end);
    let mut lines: Vec<String> = written(checked, &checked.findings, "jsonl").lines().map(str::to_owned).collect();
    for finding in &checked.findings {
        let diagnostic = &finding.diagnostic;
        let places = [&diagnostic.primary].into_iter().chain(&diagnostic.labels).chain(&diagnostic.flow);
        let places: Vec<String> = places.map(|label| format!("{} {}", at(label.span), label.text)).collect();
        let fixes = diagnostic.fixes.iter().map(|fix| {
            let edits: Vec<String> = fix.edits.iter().map(|edit| format!("{} {:?}", at(edit.at), edit.text)).collect();
            format!("{} {:?} {edits:?}", fix.title, fix.safety)
        });
        lines.push(format!(
            "{} {} {} {:?} {:?} {places:?} {:?} {:?} {:?} {:?}",
            diagnostic.code,
            finding.rule,
            finding.category,
            finding.severity,
            diagnostic.message,
            diagnostic.help,
            fixes.collect::<Vec<_>>(),
            diagnostic.identity,
            finding.suppressed,
        ));
    }
    lines.extend(checked.exceptions.iter().map(|exception| {
        let recte::rule::Exception { sort, rule, at: span, covers, reason, until, holds, state } = exception;
        format!("{sort:?} {rule} {} {covers} {reason} {until:?} {holds} {state:?}", at(*span))
    }));
    let files: Vec<&str> = checked.files.iter().map(|file| checked.sources.get(*file).name()).collect();
    lines.push(format!("{:?} {files:?} {} {:?}", checked.stale, checked.claims, checked.excluded.len()));
    lines
}

fn difference(after: &[String], expected: &[String]) -> String {
    let only = |lines: &[String], other: &[String]| {
        lines.iter().filter(|line| !other.contains(line)).take(6).cloned().collect::<Vec<_>>().join("\n")
    };
    format!("in memory only:\n{}\nin a check only:\n{}", only(after, expected), only(expected, after))
}
