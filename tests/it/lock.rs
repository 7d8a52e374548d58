//! What was accepted of the documents, and what is said when they change.

use crate::support::{Folder, exit, recte, stdout};

const TEXT: &str = "Japan will provide areas. The forces may use them at night.\n\nAll is well.\n";
const CLAIMS: &str = r#"
source paper { path: "text.txt"  language: en }
provision areas { quote: paper "Japan will provide areas" }
provision use { quote: paper "The forces may use them" }
fact well { quote: paper "All is well."  because: use }
assessment fine { inferred: yes  because: well }
"#;

fn accepted() -> Folder {
    let folder = Folder::with(&[("a.claims", CLAIMS), ("text.txt", TEXT), ("recte.toml", "")]);
    assert_eq!(exit(&recte(folder.path(), &["accept"])), 0);
    folder
}

#[test]
fn what_was_accepted_holds() {
    let folder = accepted();
    for arguments in [&["check"][..], &["check", "--locked"]] {
        let output = recte(folder.path(), arguments);
        assert_eq!(exit(&output), 0, "{}", stdout(&output));
    }
    let lock = folder.read("claims.lock");
    assert_eq!(exit(&recte(folder.path(), &["accept"])), 0);
    assert_eq!(folder.read("claims.lock"), lock, "what has not changed is written alike");
    insta::assert_snapshot!(lock);
}

#[test]
fn quotations_that_only_move_are_accepted_in_silence() {
    let folder = accepted();
    folder.write("text.txt", format!("A new beginning.\n\n{TEXT}").as_bytes());
    assert_eq!(exit(&recte(folder.path(), &["check"])), 0);
    let locked = recte(folder.path(), &["check", "--locked", "--format", "compact"]);
    assert_eq!(exit(&locked), 1);
    assert!(stdout(&locked).contains("of its quotations 3 moved, 0 changed, 0 new or removed"), "{}", stdout(&locked));
    let again = recte(folder.path(), &["accept"]);
    assert_eq!(exit(&again), 0);
    assert!(stdout(&again).contains("well: moved from line 3 to line 5"), "{}", stdout(&again));
    assert_eq!(exit(&recte(folder.path(), &["check", "--locked"])), 0);
}

#[test]
fn words_that_are_gone_are_one_finding() {
    let folder = accepted();
    folder.write("text.txt", TEXT.replace("may use them", "may never touch them").as_bytes());
    let checked = recte(folder.path(), &["check", "--format", "compact"]);
    assert_eq!((exit(&checked), stdout(&checked).matches(": error[").count()), (1, 1), "{}", stdout(&checked));
    let refused = recte(folder.path(), &["accept"]);
    assert_eq!(exit(&refused), 1);
    assert!(stdout(&refused).contains("before: The forces may use them at night."), "{}", stdout(&refused));
}

#[test]
fn a_changed_passage_is_shown_with_what_rests_on_it() {
    let folder = accepted();
    folder.write("text.txt", TEXT.replace("at night", "by day only").as_bytes());
    let checked = recte(folder.path(), &["check"]);
    assert_eq!(exit(&checked), 1);
    insta::assert_snapshot!(stdout(&checked).split("\nchecked ").next().unwrap().trim_end());
    let refused = recte(folder.path(), &["accept"]);
    assert_eq!(exit(&refused), 1);
    assert!(stdout(&refused).contains("now:    The forces may use them by day only."), "{}", stdout(&refused));
    assert_eq!(exit(&recte(folder.path(), &["accept", "--reason", "The new edition"])), 0);
    assert!(folder.read("claims.lock").contains("reason = \"The new edition\""));
    assert_eq!(exit(&recte(folder.path(), &["check", "--locked"])), 0);
}

#[test]
fn no_lock_is_asked_for_unless_it_must_hold() {
    let folder = accepted();
    std::fs::remove_file(folder.path().join("claims.lock")).unwrap();
    assert_eq!(exit(&recte(folder.path(), &["check"])), 0);
    let output = recte(folder.path(), &["check", "--locked", "--format", "compact"]);
    assert_eq!(exit(&output), 1);
    assert!(stdout(&output).contains("CL0721"), "{}", stdout(&output));
}

#[test]
fn a_lock_that_nobody_wrote_is_refused() {
    let folder = accepted();
    let lock = folder.read("claims.lock");
    let spoilt = [
        lock.replace("version = 1", "version = 2"),
        lock.replace("All is well.", "All is bad."),
        lock.replace("seal", "sael"),
        lock[..lock.len() - 9].to_owned(),
        lock.replace("[[quote]]", "[[quotes]]"),
        "<<<<<<< ours\n".to_owned() + &lock,
        String::new(),
    ];
    for (number, spoilt) in spoilt.iter().enumerate() {
        folder.write("claims.lock", spoilt.as_bytes());
        let output = recte(folder.path(), &["check", "--format", "compact"]);
        assert_eq!(
            (exit(&output), stdout(&output).matches("error[CF008]").count()),
            (2, 1),
            "{number} {}",
            stdout(&output)
        );
        let accepted = recte(folder.path(), &["accept", "--reason", "none"]);
        assert_eq!((exit(&accepted), folder.read("claims.lock")), (2, spoilt.clone()), "{number}");
    }
}
