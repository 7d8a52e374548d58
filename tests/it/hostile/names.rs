//! Names, texts and file names of all scripts, and characters that would like to be something else.

use super::{FORMATS, check, found, is_harmless};
use crate::support::{Folder, recte, stdout};

#[test]
fn names_of_every_script_are_names() {
    let japanese = "actor 日本 \"日本国\" { is: state }\nfact 平和を守る { inferred: yes  about: 日本 }\n";
    let arabic = "actor اليابان \"دولة اليابان\" { is: state }\nfact سلام { inferred: yes  about: اليابان }\n";
    let hebrew = "actor יפן \"מדינת יפן\" { is: state }\nfact שלום { inferred: yes  about: יפן }\n";
    let hindi = "actor जापान \"जापान\" { is: state }\nfact शांति { inferred: yes  about: जापान }\n";
    for text in [japanese, arabic, hebrew, hindi] {
        assert_eq!(found(&check(text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn composed_and_decomposed_names_are_one() {
    let twins =
        [("caf\u{e9}", "cafe\u{301}"), ("\u{30ac}", "\u{30ab}\u{3099}"), ("\u{d55c}", "\u{1112}\u{1161}\u{11ab}")];
    for (composed, decomposed) in twins {
        for (declared, referred) in [(composed, decomposed), (decomposed, composed)] {
            let text =
                format!("actor {declared} \"it\" {{ is: state }}\nfact f {{ inferred: yes  about: {referred} }}\n");
            assert_eq!(found(&check(&text)), Vec::<String>::new(), "{text}");
            let text = format!("fact {declared} {{ inferred: yes }}\nfact {referred} {{ inferred: yes }}\n");
            assert_eq!(found(&check(&text)), ["CL0002 2:6"], "{text}");
        }
    }
}

#[test]
fn what_turns_the_direction_or_shows_nothing_is_named_once_for_each_line() {
    let turning = [
        "\u{202a}", "\u{202b}", "\u{202c}", "\u{202d}", "\u{202e}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
        "\u{200e}", "\u{200f}", "\u{61c}",
    ];
    for character in turning {
        let places = [
            (format!("fact i{character}t {{ inferred: yes }}\n"), "CL0025 1:7"),
            (format!("fact it \"a{character}b\" {{ inferred: yes }}\n"), "CL0025 1:11"),
            (format!("fact it {{ inferred: yes }} # a{character}b{character}\n"), "CL0025 1:30"),
            (format!("fact it {{{character} inferred: yes }}\n"), "CL0025 1:10"),
        ];
        for (text, place) in places {
            assert_eq!(found(&check(&text)), [place], "{text:?}");
        }
    }
}

#[test]
fn an_escaped_character_is_meant() {
    let text = "fact it \"a \\u{202e} b\" { inferred: yes  becuase: it }\n";
    let checked = check(text);
    assert_eq!(found(&checked), ["CL0003 1:41"]);
    for format in FORMATS {
        assert!(is_harmless(&crate::support::written(&checked, &checked.findings, format)), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn no_report_holds_a_control_from_a_file() {
    let evil = "\u{1b}]0;title\u{7}\u{1b}[2J\u{202e}\u{9b}31m";
    let text = format!(
        "actor a{evil} \"b{evil}\" {{ is: c{evil}  d{evil}: \"e{evil}\" }}\nallow: \"{evil}\" \"{evil}\"\n# {evil}\n"
    );
    let folder = Folder::with(&[
        ("recte.toml", "[rules]\n\"a\\u001b[2Jb\" = \"error\"\n"),
        ("a\u{1b}[2J\u{202e}\nb.claims", &text),
    ]);
    for format in FORMATS {
        let output = recte(folder.path(), &["check", "--format", format]);
        let shown = stdout(&output) + &String::from_utf8_lossy(&output.stderr);
        assert!(shown.contains("CL0025") && is_harmless(&shown), "{format}: {shown:?}");
    }
}

#[test]
fn an_argument_is_not_echoed_raw() {
    let folder = Folder::with(&[("a.claims", "")]);
    let evil = "\u{1b}[2J\u{202e}";
    for arguments in
        [&["explain", evil][..], &["check", evil], &["check", "--format", evil], &["check", "--date", evil], &[evil]]
    {
        let output = recte(folder.path(), arguments);
        let shown = stdout(&output) + &String::from_utf8_lossy(&output.stderr);
        assert!(!shown.is_empty() && is_harmless(&shown), "{arguments:?}: {shown:?}");
    }
}
