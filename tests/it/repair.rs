//! Fixes: what they make of texts, and that they do no harm wherever they are applied.

use std::collections::BTreeMap;

use recte::diagnostic::Safety;
use recte::project::{CheckOutput, CheckRequest, ProjectContext, RepairOutput, RepairRequest, repair};
use recte::rule::Finding;

use crate::support::{Folder, Random, Texts, exit, files_beneath, recte, repository, stderr, stdout, today};

/// How many spoilt projects are repaired.
const ROUNDS: u64 = 150;

#[test]
fn fixes_do_no_harm() {
    let context = ProjectContext::builtin();
    let (mut offered, mut fixed_findings, mut spoilt) = (0, 0, 0);
    for seed in 1..=ROUNDS {
        let project = spoil(&mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        for safety in [Safety::Safe, Safety::Suggested] {
            let before = check(&context, &project);
            let repaired = repair_all(&context, &project, safety);
            spoilt += 1;
            offered +=
                before.findings.iter().filter(|it| it.best_fix().is_some_and(|fix| fix.safety <= safety)).count();
            fixed_findings += repaired.findings;
            assert_harmless(&before, &repaired, safety, seed);
            let mut again = project.clone();
            again.0.extend(repaired.texts.clone());
            let second = repair_all(&context, &again, safety);
            assert_eq!(second.texts, BTreeMap::new(), "{seed}: a second run finds nothing to fix");
            let untouched = again.0.iter().filter(|(path, text)| project.0.get(*path) == Some(text)).count();
            assert_eq!(untouched + repaired.texts.len(), project.0.len(), "{seed}");
        }
    }
    println!("{spoilt} projects, {offered} fixes offered, {fixed_findings} findings fixed");
    assert!(fixed_findings > 300, "{fixed_findings}");
}

/// What was there and is not fixed is there still; what is new is less severe than what is gone.
fn assert_harmless(before: &CheckOutput, repaired: &RepairOutput, safety: Safety, seed: u64) {
    let (old, new) = (fingerprints(before), fingerprints(&repaired.checked));
    assert!(new.len() + repaired.findings >= old.len(), "{seed}: {old:#?} {new:#?}");
    let come: Vec<&String> = new.iter().filter(|one| !old.contains(one)).collect();
    if safety == Safety::Safe {
        assert!(come.iter().all(|one| one.contains('-')), "{seed}: {come:?}");
        assert_eq!(new.len() + repaired.findings, old.len(), "{seed}");
    }
    let syntax = |checked: &CheckOutput| {
        let is_syntax =
            |finding: &&Finding| checked.rules.get(&finding.diagnostic.code).unwrap().meta.is_about_syntax();
        checked.findings.iter().filter(is_syntax).count()
    };
    assert_eq!(syntax(&repaired.checked), syntax(before), "{seed}");
}

fn fingerprints(checked: &CheckOutput) -> Vec<String> {
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    open.map(|finding| finding.fingerprint.to_string()).collect()
}

fn check(context: &ProjectContext, project: &Texts) -> CheckOutput {
    recte::project::check_by(context, project, &[], today())
}

fn repair_all(context: &ProjectContext, project: &Texts, safety: Safety) -> RepairOutput {
    let choose = |checked: &'_ CheckOutput| -> Vec<usize> { (0..checked.findings.len()).collect() };
    repair(&RepairRequest {
        context,
        settings: None,
        check: CheckRequest::new(project, today()),
        safety,
        choose: &|checked| choose(checked).into_iter().map(|at| &checked.findings[at]).collect(),
    })
}

/// The white paper with some words misspelt, and some exceptions that nothing needs.
fn spoil(random: &mut Random) -> Texts {
    let paper = files_beneath(&repository().join("claims/us-japan"));
    let texts = paper.into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)));
    let mut project = Texts(texts.collect());
    let paths: Vec<String> = project.0.keys().filter(|path| path.ends_with(".claims")).cloned().collect();
    for _ in 0..1 + random.below(4) {
        let path = &paths[random.below(paths.len())];
        let text = project.0.get_mut(path).unwrap();
        *text = match random.below(4) {
            0 => with_exception(text, random),
            1 => text.replace('\n', "\r\n").replace("\r\r", "\r"),
            _ => misspelt(text, random),
        };
    }
    project
}

/// Two neighbouring letters of some word, outside quotation marks, in the wrong order.
fn misspelt(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = random.below(lines.len());
    let line = &mut lines[at];
    let end = line.find(['"', '#']).unwrap_or(line.len());
    let letters: Vec<usize> = (1..end)
        .filter(|at| {
            line.is_char_boundary(*at)
                && line.as_bytes()[*at].is_ascii_lowercase()
                && line.as_bytes()[at - 1].is_ascii_lowercase()
        })
        .collect();
    if !letters.is_empty() {
        let at = letters[random.below(letters.len())];
        let pair: String = line[at - 1..=at].chars().rev().collect();
        line.replace_range(at - 1..=at, &pair);
    }
    lines.join("\n")
}

/// An exception in some block, before its other fields.
fn with_exception(text: &str, random: &mut Random) -> String {
    let braces: Vec<usize> = text.match_indices("{\n").map(|(at, _)| at + 2).collect();
    if braces.is_empty() || text.contains("allow:") {
        return text.to_owned();
    }
    let at = braces[random.below(braces.len())];
    let rules = ["circular-reasoning", "CL0101", "claim-without-quote", "hollow-circle"];
    let list =
        if random.chance(2) { String::new() } else { format!(",\n         {} \"also\"", random.pick(&rules[..2])) };
    let remark = random.pick(&["", "  # a remark"]);
    format!("{}  allow: {} \"for now\"{list}{remark}\n{}", &text[..at], random.pick(&rules), &text[at..])
}

const OLD: &str =
    "actor japan { is: state }\r\nfact it {\r\n  inferred: yes\r\n  allow: circular-reasoning \"-\"\r\n}\r\n";
const DANGLING: &str = "fact two { inferred: yes  because: itt }\n";

#[test]
fn safe_fixes_are_written_and_others_only_when_asked_for() {
    let folder = Folder::with(&[("recte.toml", ""), ("a.claims", OLD), ("b.claims", DANGLING)]);
    let run = |arguments: &[&str]| {
        let output = recte(folder.path(), &[&["check", "--format", "compact"], arguments].concat());
        (exit(&output), stdout(&output) + &stderr(&output))
    };
    let (code, said) = run(&["--diff"]);
    assert_eq!((code, said.contains("-  allow: circular-reasoning")), (1, true), "{said}");
    assert_eq!(folder.read("a.claims"), OLD, "a diff changes nothing");
    let (code, said) = run(&["--fix"]);
    assert_eq!((code, said.contains("fixed: 1 finding in 1 file")), (1, true), "{said}");
    let once = OLD.replace("  allow: circular-reasoning \"-\"\r\n", "");
    assert_eq!(folder.read("a.claims"), once, "line breaks stay");
    let (code, said) = run(&["--fix=suggested", "b.claims"]);
    assert_eq!((code, said.contains("fixed: 1 finding in 1 file")), (0, true), "{said}");
    assert_eq!(folder.read("b.claims"), DANGLING.replace("itt", "it"));
    assert!(run(&["--fix=suggested"]).1.contains("fixed: 0 findings in 0 files"));
    assert_eq!((run(&["--fix=manual"]).0, run(&["--fix=shown"]).0), (2, 2));
    assert_eq!(run(&["--fix", "--staged"]).0, 2);
}

#[test]
fn only_files_that_were_asked_for_are_changed() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("a.claims", OLD),
        ("b.claims", "fact b { inferred: yes  allow: CL0101 \"-\" }\n"),
    ]);
    recte(folder.path(), &["check", "--fix", "b.claims"]);
    assert_eq!(
        (folder.read("a.claims").as_str(), folder.read("b.claims").as_str()),
        (OLD, "fact b { inferred: yes }\n")
    );
    folder.write("b.claims", b"fact b { inferred: yes  allow: CL0101 \"-\" \n");
    recte(folder.path(), &["check", "--fix"]);
    assert!(folder.read("b.claims").contains("allow"), "a file with errors of syntax is left alone");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_said_and_left_whole() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let spoilt = "fact b { inferred: yes  allow: CL0101 \"-\" }\n";
    let folder = Folder::with(&[
        ("p/recte.toml", ""),
        ("p/readonly.claims", spoilt),
        ("p/linked.claims", &spoilt.replace("fact b", "fact c")),
        ("outside.claims", &spoilt.replace("fact b", "fact d")),
    ]);
    let path = |name: &str| folder.path().join(name);
    std::fs::set_permissions(path("p/readonly.claims"), std::fs::Permissions::from_mode(0o444)).unwrap();
    std::fs::hard_link(path("p/linked.claims"), path("second")).unwrap();
    symlink("../outside.claims", path("p/out.claims")).unwrap();
    folder.write("p/real/fine.claims", spoilt.replace("fact b", "fact e").as_bytes());
    std::fs::set_permissions(path("p/real/fine.claims"), std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/fine.claims", path("p/link.claims")).unwrap();
    let output = recte(&path("p"), &["check", "--fix", "--format", "compact"]);
    let said = stderr(&output);
    assert_eq!(exit(&output), 3, "{said}");
    assert!(
        said.contains("readonly.claims is read-only and was not written")
            && said.contains("linked.claims has several hard links"),
        "{said}"
    );
    for name in ["p/readonly.claims", "p/linked.claims", "outside.claims"] {
        assert!(folder.read(name).contains("allow"), "{name}");
    }
    let strays: Vec<_> = files_beneath(folder.path()).into_iter().filter(|(name, _)| name.contains(".tmp")).collect();
    assert_eq!(strays, []);
    assert_eq!(std::fs::metadata(path("p/real/fine.claims")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(path("p/link.claims")).unwrap().is_symlink());
}
