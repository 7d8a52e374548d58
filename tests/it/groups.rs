//! What belongs together is one finding: what its members share names it, exceptions take members out, a baseline counts them.

use std::collections::BTreeSet;

use recte::project::{CheckOutput, ProjectContext, SettingsSource, check_by};
use serde_json::Value;
use strsim::osa_distance;

use crate::support::{Folder, Random, Texts, exit, open, recte, stdout, today};

/// How many random projects are compared with what is found pair by pair.
const ROUNDS: u64 = 150;

const SETTINGS: &str = "\
[rules]
all = \"off\"
CL0306 = \"warning\"
CL0902 = \"warning\"
CL0903 = \"warning\"
CL0909 = \"warning\"
[[override]]
files = [\"off.claims\"]
rules = { all = \"off\" }
reason = \"imported as it is\"
";

/// Names of which some differ by a letter, and of which none counts the things of a series.
const NAMES: [&str; 9] = [
    "armed-attack",
    "armed-atack",
    "armed-atak",
    "armd-atack",
    "open-conflict",
    "open-conflct",
    "openconflict",
    "far-coast",
    "fair-coast",
];
const WORDS: [&str; 4] = ["the one", "the other", "the third", "the fourth"];

/// A block of a random project.
struct Drawn {
    kind: &'static str,
    id: String,
    title: Option<&'static str>,
    /// What else stands in it, and is compared.
    says: String,
    /// Whether it is where no rule is asked, or allows all of them.
    out: bool,
}

impl Drawn {
    fn random(number: usize, random: &mut Random) -> Drawn {
        let title = random.chance(2).then(|| random.pick(&WORDS));
        let of = random.pick(&["one", "two"]);
        match random.below(3) {
            0 => Drawn {
                kind: ["condition", "scope"][random.below(2)],
                id: random.pick(&NAMES).to_owned(),
                title,
                says: String::new(),
                out: random.chance(6),
            },
            1 => Drawn {
                kind: ["obligation", "permission"][random.below(2)],
                id: format!("norm-{}", spelled(number)),
                title,
                says: format!("bearer: {of}  action: {}", random.pick(&["keep", "leave", "mend"])),
                out: random.chance(6),
            },
            _ => Drawn {
                kind: "relation",
                id: format!("bond-{}", spelled(number)),
                title,
                says: format!("between: {of}, three  type: {}", random.pick(&["lease", "alliance"])),
                out: random.chance(6),
            },
        }
    }

    /// Whether two of them belong together by a rule.
    fn belongs(&self, other: &Drawn, rule: &str) -> bool {
        let is_norm = |drawn: &Drawn| drawn.says.starts_with("bearer");
        self.kind == other.kind
            && match rule {
                "CL0306" => self.kind == "relation" && self.says == other.says,
                "CL0902" => is_norm(self) && self.says == other.says,
                "CL0903" => self.kind == "scope" && self.title.is_some() && self.title == other.title,
                _ => {
                    let folded = |drawn: &Drawn| drawn.id.replace('-', "");
                    let untitled = self.title.is_none() || other.title.is_none();
                    ["condition", "scope"].contains(&self.kind)
                        && untitled
                        && osa_distance(&folded(self), &folded(other)) <= 1
                }
            }
    }
}

/// A number in letters, so that names differ by more than one of them.
fn spelled(number: usize) -> String {
    ["ab", "cd", "ef", "gh"][number % 4].repeat(1 + number / 4)
}

/// The members of each group, found by going from each block to all that belong to it, one by one.
fn naively(drawn: &[Drawn], rule: &str) -> BTreeSet<BTreeSet<String>> {
    let standing: Vec<&Drawn> = drawn.iter().filter(|drawn| !drawn.out).collect();
    let mut groups = BTreeSet::new();
    for start in 0..standing.len() {
        let mut group = BTreeSet::from([start]);
        loop {
            let more = (0..standing.len())
                .filter(|one| group.iter().any(|other| standing[*one].belongs(standing[*other], rule)));
            let grown: BTreeSet<usize> = more.chain(group.iter().copied()).collect();
            if grown == group {
                break;
            }
            group = grown;
        }
        let ids: BTreeSet<String> = group.iter().map(|at| standing[*at].id.clone()).collect();
        if ids.len() > 1 {
            groups.insert(ids);
        }
    }
    groups
}

fn check(texts: &Texts) -> CheckOutput {
    check_by(&ProjectContext::open(SettingsSource::own(texts)), texts, &[], today())
}

/// The members of the open findings of a rule.
fn found(checked: &CheckOutput, rule: &str) -> BTreeSet<BTreeSet<String>> {
    let of_rule = open(checked).into_iter().filter(|finding| finding.diagnostic.code.as_str() == rule);
    of_rule.map(|finding| finding.diagnostic.members().iter().map(|member| member.id.clone()).collect()).collect()
}

#[test]
fn groups_are_the_components_of_pairs() {
    let (mut groups, mut members) = (0, 0);
    for seed in 1..=ROUNDS {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut drawn: Vec<Drawn> = Vec::new();
        for number in 0..4 + random.below(24) {
            let one = Drawn::random(number, &mut random);
            if drawn.iter().all(|other| other.id != one.id) {
                drawn.push(one);
            }
        }
        let mut texts = Texts::default();
        texts.0.insert("recte.toml".to_owned(), SETTINGS.to_owned());
        texts.0.insert("actors.claims".to_owned(), "actor one\nactor two\nactor three\n".to_owned());
        for Drawn { kind, id, title, says, out } in &drawn {
            let title = title.map(|title| format!(" \"{title}\"")).unwrap_or_default();
            let is_allowed = *out && random.chance(2);
            let codes = ["CL0306", "CL0902", "CL0903", "CL0909"].map(|code| format!("{code} \"meant\""));
            let allow = if is_allowed { format!("allow: {}", codes.join(", ")) } else { String::new() };
            let file = if *out && !is_allowed { "off.claims" } else { random.pick(&["a.claims", "b.claims"]) };
            let text = texts.0.entry(file.to_owned()).or_default();
            text.push_str(&format!("{kind} {id}{title} {{ {says}  {allow} }}\n"));
        }
        // Names that nothing uses are no concern of those that are like another.
        let used = drawn.iter().map(|one| format!("fact of-{0} {{ about: {0}  inferred: yes }}\n", one.id));
        texts.0.insert("uses.claims".to_owned(), used.collect());
        let checked = check(&texts);
        for rule in ["CL0306", "CL0902", "CL0903", "CL0909"] {
            let (found, expected) = (found(&checked, rule), naively(&drawn, rule));
            assert_eq!(found, expected, "{rule} in project {seed}: {:#?}", texts.0);
            groups += found.len();
            members += found.iter().map(BTreeSet::len).sum::<usize>();
        }
    }
    println!("{groups} groups of {members} members");
    assert!(groups > 150 && members > groups * 2, "{groups} {members}");
}

fn instruments(names: &[&str]) -> Texts {
    let mut texts = Texts::default();
    let lines = names.iter().map(|name| format!("instrument {name} \"General.\"\n"));
    texts.0.insert("a.claims".to_owned(), lines.collect());
    texts
}

fn fingerprint(texts: &Texts) -> String {
    let checked = check(texts);
    let found = checked.findings.iter().find(|finding| finding.diagnostic.code.as_str() == "CL0903");
    found.expect("there is one").fingerprint.to_string()
}

#[test]
fn a_group_is_known_by_what_its_members_share() {
    let two = fingerprint(&instruments(&["one", "two"]));
    for names in [&["two", "one"][..], &["one", "two", "three"], &["four", "five"]] {
        assert_eq!(fingerprint(&instruments(names)), two, "{names:?}");
    }
    let mut other = instruments(&["one", "two"]);
    other.0.values_mut().for_each(|text| *text = text.replace("General", "Special"));
    assert_ne!(fingerprint(&other), two);
    other.0.values_mut().for_each(|text| *text = text.replace("instrument", "actor").replace("Special", "General"));
    assert_ne!(fingerprint(&other), two, "actors of one title are another finding");
    let mut allowed = instruments(&["one", "two", "three"]);
    let text = allowed.0.get_mut("a.claims").unwrap();
    text.push_str("instrument four \"General.\" { allow: CL0903 \"meant\" }\n");
    assert_eq!(fingerprint(&allowed), two, "what is allowed is no part of it");
}

/// Instruments of one title, so many that `recte.toml` allows for, and what a run says.
fn run(folder: &Folder, arguments: &[&str]) -> (i32, String) {
    let output = recte(folder.path(), arguments);
    (exit(&output), stdout(&output))
}

#[test]
fn a_baseline_holds_a_group_until_it_grows() {
    let folder = Folder::with(&[
        ("recte.toml", "fail-on = \"warning\"\n[rules]\nall = \"off\"\nCL0903 = \"warning\"\n"),
        ("a.claims", "instrument one \"General.\"\ninstrument two \"General.\"\ninstrument three \"General.\"\n"),
    ]);
    assert_eq!(run(&folder, &["check"]).0, 1);
    assert!(run(&folder, &["baseline", "add", "--reason", "old"]).1.starts_with("recorded 1 finding"));
    assert!(folder.read("recte-baseline.json").contains("\"members\":3"));
    assert_eq!(run(&folder, &["check"]).0, 0);
    folder.write("b.claims", b"instrument four \"General.\"\n");
    assert_eq!(run(&folder, &["check"]).0, 1, "one more is new");
    assert_eq!(run(&folder, &["baseline", "verify"]).0, 0, "what has grown is not stale");
    folder.write("b.claims", b"");
    folder.write("a.claims", b"instrument one \"General.\"\ninstrument five \"General.\"\n");
    assert_eq!(run(&folder, &["check"]).0, 0, "others of the same title are held as well");
    assert_eq!(run(&folder, &["baseline", "prune"]).0, 0);
    assert!(folder.read("recte-baseline.json").contains("\"members\":2"), "the number goes down, and never up");
    folder.write("b.claims", b"instrument four \"General.\"\n");
    assert_eq!(run(&folder, &["check"]).0, 1);
    assert!(run(&folder, &["baseline", "add", "--reason", "grown"]).1.starts_with("recorded 1 finding"));
    assert_eq!(run(&folder, &["check"]).0, 0);
    let text = folder.read("recte-baseline.json").replace(",\"members\":3", "");
    folder.write("recte-baseline.json", text.as_bytes());
    assert_eq!(run(&folder, &["check"]).0, 1, "an entry without a number holds no group");
}

#[test]
fn members_are_data_and_lead_to_their_finding() {
    let folder = Folder::with(&[
        ("recte.toml", "[rules]\nall = \"off\"\nCL0903 = \"warning\"\n"),
        ("a.claims", "instrument one \"General.\"\ninstrument lonely \"Special.\"\n"),
        ("b.claims", "instrument two \"General.\"\ninstrument three \"General.\" { allow: CL0903 \"meant\" }\n"),
    ]);
    let report: Value = serde_json::from_str(&run(&folder, &["check", "--format", "json"]).1).unwrap();
    let members = report["findings"][0]["members"].as_array().unwrap();
    let member = |at: &Value| (at["id"].as_str().unwrap().to_owned(), at["path"].as_str().unwrap().to_owned());
    let expected = [("one", "a.claims"), ("two", "b.claims")].map(|(id, path)| (id.to_owned(), path.to_owned()));
    assert_eq!(members.iter().map(member).collect::<Vec<_>>(), expected);
    for place in ["a.claims:1", "b.claims:1"] {
        let (code, said) = run(&folder, &["why", place]);
        assert_eq!((code, said.contains("instruments `one` and `two` have the same title")), (0, true), "{said}");
        assert!(said.contains("x = one"), "{said}");
    }
    let (_, said) = run(&folder, &["why-not", "CL0903", "lonely"]);
    assert!(said.contains("one alone is not reported"), "{said}");
    let (_, said) = run(&folder, &["why-not", "CL0903", "one"]);
    assert!(said.contains("it is reported"), "{said}");
    let (_, said) = run(&folder, &["suppressions", "--format", "json"]);
    assert!(said.contains("\"holds\":1") || said.contains("\"holds\": 1"), "{said}");
}

/// A group is one finding however large it is, in a time that grows with its size.
#[test]
fn a_large_group_is_found_in_a_bounded_number_of_steps() {
    let steps = |count: usize| {
        let folder =
            Folder::with(&[("recte.toml", "[rules]\nall = \"off\"\nCL0902 = \"warning\"\nCL0903 = \"warning\"\n")]);
        let norm =
            |number| format!("obligation n{number} {{ bearer: japan  action: act }}\nscope s{number} \"General\"\n");
        let lines: String = (0..count).map(norm).collect();
        folder.write("a.claims", format!("actor japan\n{lines}").as_bytes());
        let checked = folder.check();
        assert_eq!(open(&checked).len(), 2);
        assert!(open(&checked).iter().all(|finding| finding.diagnostic.members().len() == count));
        assert!(open(&checked).iter().all(|finding| finding.diagnostic.labels.len() < 10));
        checked.effort.iter().map(|effort| effort.steps).sum::<u64>()
    };
    let (few, many) = (steps(200), steps(2_000));
    assert!(many < few * 11, "{few} steps for 200, {many} for 2,000");
}
