//! No passage changes unseen because its entry in the lock no longer applies: whoever takes it off the record is told.

use crate::changes::Repository;
use crate::support::{exit, recte, stderr, stdout};

const TEXT: &str = "The lender hands over the item.\n\nThe borrower shall return the item on the last day.\n";
const CLAIMS: &str = r#"
namespace lending
source text { path: "text.txt" }
fact handing { quote: text "The lender hands over the item." }
fact return { quote: text "The borrower shall return the item" }
"#;

/// A project in a folder of a repository, whose documents were accepted.
fn accepted(folder: &str) -> Option<Repository> {
    let at = |name: &str| format!("{folder}{name}");
    let (claims, text) = (at("a.claims"), at("text.txt"));
    let repository = Repository::with(&[("recte.toml", ""), (&claims, CLAIMS), (&text, TEXT)])?;
    accept(&repository, &[]);
    commit(&repository);
    Some(repository)
}

fn accept(repository: &Repository, reason: &[&str]) {
    let output = recte(repository.0.path(), &[&["accept"], reason].concat());
    assert_eq!(exit(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

fn commit(repository: &Repository) {
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "x"]);
}

fn amended() -> String {
    TEXT.replace("last day", "last day, unless the lender objects")
}

/// Stages everything, and tells the exits and the codes of a check of the index and of one since the last commit, which agree.
fn staged(repository: &Repository) -> (i32, Vec<String>) {
    repository.git(&["add", "-A"]);
    let found = repository.check(&["--staged"]);
    assert_eq!(repository.check(&["--since", "HEAD"]), found);
    found
}

fn changed(path: &str) -> (i32, Vec<String>) {
    (1, vec![format!("{path} CL0720")])
}

#[test]
fn a_lock_that_is_gone_is_missed() {
    let Some(repository) = accepted("") else { return };
    let remove = || std::fs::remove_file(repository.0.path().join("claims.lock")).unwrap();
    remove();
    assert_eq!(staged(&repository), (0, vec!["claims.lock CL0724".into()]), "no word has changed");
    repository.0.write("text.txt", amended().as_bytes());
    assert_eq!(staged(&repository), (1, vec!["a.claims CL0720".into(), "claims.lock CL0724".into()]));
    // Nobody accepts without a reason what was on record.
    let refused = recte(repository.0.path(), &["accept"]);
    assert_eq!(exit(&refused), 1, "{}", stdout(&refused));
    assert!(stderr(&refused).contains("give the reason with --reason"), "{}", stderr(&refused));
    accept(&repository, &["--reason", "amended"]);
    assert_eq!(staged(&repository), (0, vec![]));
    assert!(repository.0.read("claims.lock").contains("reason = \"amended\""));
}

#[test]
fn a_lock_written_anew_says_why_or_is_not_believed() {
    let Some(repository) = accepted("") else { return };
    repository.0.write("text.txt", amended().as_bytes());
    repository.git(&["rm", "-q", "--cached", "claims.lock"]);
    let elsewhere = crate::support::Folder::with(&[("recte.toml", ""), ("a.claims", CLAIMS), ("text.txt", &amended())]);
    assert_eq!(exit(&recte(elsewhere.path(), &["accept"])), 0, "where nothing was accepted, nothing is asked");
    repository.0.write("claims.lock", elsewhere.read("claims.lock").as_bytes());
    assert_eq!(staged(&repository), changed("a.claims"));
    let full = stdout(&recte(repository.0.path(), &["check", "--staged"]));
    assert!(full.contains("gives no reason") && full.contains("restore the previous `claims.lock` from git"), "{full}");
    // What the help says helps.
    repository.git(&["checkout", "-q", "HEAD", "--", "claims.lock"]);
    accept(&repository, &["--reason", "amended"]);
    assert_eq!(staged(&repository), (0, vec![]));
}

#[test]
fn another_name_changes_no_sentence() {
    for (from, to, name) in [
        ("fact return", "fact give-back", "text.txt"),
        ("text.txt", "other.txt", "other.txt"),
        ("namespace lending", "namespace loans", "text.txt"),
        ("shall return the item\"", "shall return\"", "text.txt"),
    ] {
        let Some(repository) = accepted("") else { return };
        repository.0.write("a.claims", CLAIMS.replace(from, to).as_bytes());
        std::fs::remove_file(repository.0.path().join("text.txt")).unwrap();
        repository.0.write(name, TEXT.as_bytes());
        assert_eq!(staged(&repository), (0, vec![]), "{to}: the sentences are the same");
        repository.0.write(name, amended().as_bytes());
        assert_eq!(staged(&repository), changed("a.claims"), "{to}");
        assert_eq!(exit(&recte(repository.0.path(), &["check"])), 1, "{to}: the lock itself tells");
        assert_eq!(exit(&recte(repository.0.path(), &["accept"])), 1, "{to}");
        accept(&repository, &["--reason", "amended"]);
        assert_eq!(staged(&repository), (0, vec![]), "{to}");
    }
}

#[test]
fn what_is_quoted_elsewhere_is_another_quotation() {
    let Some(repository) = accepted("") else { return };
    // The claim quotes what the amended sentence says, or another sentence while the old one stays.
    repository.0.write("text.txt", TEXT.replace("return the item on", "return it on").as_bytes());
    repository.0.write("a.claims", CLAIMS.replace("shall return the item", "shall return it").as_bytes());
    assert_eq!(staged(&repository), (0, vec![]));
    repository.git(&["reset", "-q", "--hard"]);
    repository.0.write("text.txt", format!("{TEXT}\nBy law: The borrower shall return the item.\n").as_bytes());
    let claims = CLAIMS.replace("\"The borrower shall return the item\"", "\"The borrower shall return the item.\"");
    repository.0.write("a.claims", claims.replace("fact return", "fact law").as_bytes());
    assert_eq!(staged(&repository), (0, vec![]));
}

#[test]
fn settings_that_part_or_join_projects_leave_no_lock_behind() {
    let Some(repository) = accepted("sub/") else { return };
    repository.0.write("sub/recte.toml", b"");
    assert_eq!(staged(&repository), (0, vec!["sub/claims.lock CL0724".into()]), "the lock is above, and not read");
    repository.0.write("sub/text.txt", amended().as_bytes());
    assert_eq!(staged(&repository), (1, vec!["sub/a.claims CL0720".into(), "sub/claims.lock CL0724".into()]));
    let sub = repository.0.path().join("sub");
    assert_eq!(exit(&recte(&sub, &["accept"])), 1);
    assert_eq!(exit(&recte(&sub, &["accept", "--reason", "amended"])), 0);
    assert_eq!(staged(&repository), (0, vec![]));
    commit(&repository);
    // And back: the lock lies in a folder that is no project any more.
    std::fs::remove_file(sub.join("recte.toml")).unwrap();
    std::fs::remove_file(repository.0.path().join("claims.lock")).unwrap();
    repository.0.write("sub/text.txt", amended().replace("objects", "forgets").as_bytes());
    let (code, found) = staged(&repository);
    assert!(code == 1 && found.contains(&"sub/a.claims CL0720".to_owned()), "{found:?}");
}
