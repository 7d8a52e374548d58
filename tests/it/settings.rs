//! Where settings come from, which of them hold, and that nobody weakens a check unseen.

use recte::project::{ProjectContext, json_schema};
use serde_json::Value;

use crate::support::{Folder, exit, recte, repository, stderr, stdout};

const CLAIMS: &str = "fact it { because: nothing }\n";

#[test]
fn settings_from_elsewhere_hold_whatever_the_project_says() {
    let trusted =
        Folder::with(&[("recte.toml", "fail-on = \"warning\"\npacks = [\"mine.toml\"]\n"), ("mine.toml", RULE)]);
    let config = trusted.path().join("recte.toml");
    let attacks: &[&[(&str, &str)]] = &[
        &[("recte.toml", "[rules]\nall = \"off\"\nCL0001 = \"info\"\n")],
        &[("recte.toml", "exclude = [\"**\"]\n")],
        &[("recte.toml", "this is no TOML")],
        &[("recte.toml", ""), (".recteignore", "*\n")],
        &[("recte.toml", ""), (".gitignore", "*.claims\n")],
        &[("recte.toml", ""), ("sub/recte.toml", "")],
        &[("recte.toml", "[[override]]\nfiles = [\"**\"]\nrules = { all = \"off\" }\nreason = \"none\"\n")],
        &[("recte.toml", ""), ("recte-baseline.json", "{}")],
    ];
    for files in attacks {
        let folder = Folder::with(files);
        folder.write("sub/a.claims", CLAIMS.as_bytes());
        let output = recte(folder.path(), &["check", "--format", "compact", "--config", config.to_str().unwrap()]);
        let shown = stdout(&output);
        assert_eq!(exit(&output), 1, "{files:?} {shown} {}", stderr(&output));
        for code in ["CL0001", "CL0710", "MINE001"] {
            assert_eq!(shown.matches(&format!("[{code}]")).count(), 1, "{files:?} {code} {shown}");
        }
    }
    let nowhere = recte(trusted.path(), &["check", "--config", "none.toml"]);
    assert_eq!(exit(&nowhere), 2, "{}", stderr(&nowhere));
}

/// Rules, fields, word classes: all of them by names that they had before, in settings, schemas, rules and claims.
#[test]
fn former_names_are_read_and_fixes_write_the_present_ones() {
    let folder = Folder::copy_of("tests/cases/rules/former-names");
    let findings = |arguments: &[&str]| -> (Vec<String>, usize) {
        let report: Value = serde_json::from_slice(&recte(folder.path(), arguments).stdout).unwrap();
        let all: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| format!("{} {}", one["code"], one["fingerprint"]))
            .collect();
        let (former, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|line| FORMER.iter().any(|code| line.contains(code)));
        (others, former.len())
    };
    let check = ["check", "--format", "json", "--show-suppressed"];
    let (before, former) = findings(&check);
    assert_eq!(former, 16);
    let fixed = recte(folder.path(), &["check", "--fix"]);
    assert!(stdout(&fixed).contains("fixed: 16 findings in 4 files"), "{}", stdout(&fixed));
    assert_eq!(findings(&check), (before, 0), "nothing else changes");
    for file in ["recte.toml", "schema.toml", "house.toml", "a.claims"] {
        assert!(!folder.read(file).contains("reserve"), "{file}: {}", folder.read(file));
    }
}

/// The codes of former names.
const FORMER: [&str; 4] = ["CL0027", "CL0096", "CF009", "RL022"];

#[test]
fn what_the_settings_take_out_is_always_said() {
    let folder = Folder::with(&[
        (
            "recte.toml",
            "exclude = [\"drafts/**\"]\n[rules]\nCL0710 = \"off\"\nunresolved-reference = \"info\"\n\
             [[override]]\nnamespaces = [\"jp\"]\nrules = { citation = \"off\" }\nreason = \"r\"\n",
        ),
        (".recteignore", "c.claims\n"),
        (".gitignore", "d.claims\nbuild/\n"),
        ("c.claims", ""),
        ("d.claims", ""),
        ("LOUD.CLAIMS", ""),
        ("drafts/one.claim", ""),
        ("notes.claims.txt", ""),
        ("a.claims", "namespace jp\nfact it { inferred: yes }\n"),
        ("drafts/b.claims", ""),
    ]);
    let report: Value = serde_json::from_slice(&recte(folder.path(), &["check", "--format", "json"]).stdout).unwrap();
    let withheld: Vec<String> = report["summary"]["withheld"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}:{}", one["what"], one["name"], one["path"], one["line"]).replace('"', ""))
        .collect();
    let expected = [
        "lowered CL0001 unresolved-reference (info) recte.toml:4",
        "rule CL0710 claim-without-quote recte.toml:3",
        "files drafts/** recte.toml:1",
        "files c.claims, d.claims by an ignore file c.claims:1",
        "misnamed LOUD.CLAIMS, drafts/one.claim LOUD.CLAIMS:1",
        "override citation (off) in jp recte.toml:7",
    ];
    assert_eq!(withheld, expected);
    let shown = stdout(&recte(folder.path(), &["check"]));
    for word in [
        "unresolved-reference",
        "claim-without-quote",
        "drafts/**",
        "c.claims, d.claims by an ignore file",
        "citation (off) in jp",
        "not read, because the name does not end in `.claims`: LOUD.CLAIMS, drafts/one.claim",
    ] {
        assert!(shown.contains(word), "{word} {shown}");
    }
}

#[test]
fn each_value_is_shown_with_the_line_that_sets_it() {
    let folder = Folder::with(&[
        ("house/base.toml", "fail-on = \"warning\"\n[rules]\nCL0710 = \"error\"\narticle-over-used = { max = 9 }\n"),
        (
            "recte.toml",
            "extends = [\"house/base.toml\"]\n[rules]\nquotes = \"info\"\nCL0710 = \"info\"\n\
             [[override]]\nfiles = [\"old/**\"]\nrules = { CL0710 = \"off\" }\nreason = \"imported\"\n",
        ),
        ("old/a.claims", "fact it\n"),
    ]);
    let run = |arguments: &[&str]| stdout(&recte(folder.path(), &[&["config", "show"], arguments].concat()));
    let shown = run(&["old/a.claims"]);
    for line in [
        "fail-on = warning (house/base.toml:1, instead of error by default)",
        "limits.rule-steps = 50000000 (by default)",
        "CL0710 claim-without-quote = off (recte.toml:7 \"imported\", instead of info recte.toml:4, error house/base.toml:3, info recte.toml:3, warning by default)",
        "CL0710 claim-without-quote = info (recte.toml:4, instead of error house/base.toml:3, info recte.toml:3, warning by default)",
    ] {
        assert_eq!(shown.lines().any(|shown| shown == line), !line.contains("= info (recte"), "{line}\n{shown}");
    }
    assert!(run(&[]).contains("CL0710 claim-without-quote = info (recte.toml:4"), "{}", run(&[]));
    let json: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!(json[0]["set_by"], "house/base.toml:1");
    assert_eq!(exit(&recte(folder.path(), &["config", "show", "none.claims"])), 2);
    folder.write("recte.toml", b"colour = 1\n");
    assert_eq!(exit(&recte(folder.path(), &["config", "show"])), 2);
}

#[test]
fn shared_settings_lie_in_the_repository() {
    let files = [
        ("house/recte.toml", "packs = [\"rules/*.toml\"]\nschema = [\"schema.toml\"]\n[rules]\nCL0710 = \"error\"\n"),
        ("house/rules/mine.toml", RULE),
        ("house/schema.toml", ""),
        ("project/recte.toml", "extends = [\"../house/recte.toml\"]\n"),
        ("project/a.claims", "fact it\n"),
    ];
    let folder = Folder::with(&files);
    let run = || {
        let output = recte(&folder.path().join("project"), &["check", "--format", "compact"]);
        (exit(&output), stdout(&output))
    };
    let (code, shown) = run();
    assert_eq!(
        (code, shown.contains("`../house/recte.toml` leads outside the repository")),
        (2, true),
        "no repository: {shown}"
    );
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let (code, shown) = run();
    assert_eq!((code, shown.matches("error[CL0710]").count(), shown.matches("MINE001").count()), (1, 1, 1), "{shown}");
    std::fs::rename(folder.path().join(".git"), folder.path().join("project/.git")).unwrap();
    assert_eq!(run().0, 2, "the house is outside of the repository now");
}

#[test]
fn the_schema_of_the_settings_is_current() {
    let schema = serde_json::to_string_pretty(&json_schema(&ProjectContext::builtin().rules)).unwrap() + "\n";
    let path = repository().join("docs/recte.schema.json");
    if std::env::var_os("RECTE_RENEW").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), schema, "renew: RECTE_RENEW=1 cargo test --test it settings");
}

#[test]
fn the_schema_knows_what_the_program_knows() {
    let schema = json_schema(&ProjectContext::builtin().rules);
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let valid =
        |text: &str| schema.is_valid(&serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap());
    let right = "extends = [\"a.toml\"]\nfail-on = \"info\"\npacks = [\"r.toml\"]\n[rules]\nall = \"off\"\narticle-over-used = { level = \"info\", max = 3 }\nMINE001 = \"off\"\n\
                 [limits]\nfile-size = \"3 MiB\"\n[[override]]\nfiles = [\"a\"]\nrules = { all = \"off\" }\nreason = \"r\"\nuntil = \"2026-01-01\"\n";
    assert!(valid(right) && valid("rules = [\"r.toml\"]\n"));
    for wrong in [
        "colour = 1\n",
        "fail-on = \"off\"\n",
        "[rules]\nall = \"fatal\"\n",
        "[[override]]\nfiles = [\"a\"]\nrules = {}\n",
        "exclude = \"a\"\n",
    ] {
        assert!(!valid(wrong), "{wrong}");
    }
}

const RULE: &str = r#"
[[rule]]
code = "MINE001"
name = "title-missing"
severity = "warning"
category = "house"
for = 'fact f'
require = 'some f.inferred'
message = "`{f.id}` is not inferred"
labels = [{ at = "f", text = "here" }]
why = "Our house wants it."
[[rule.bad]]
code = "fact it  #! MINE001"
[[rule.good]]
code = "fact it { inferred: yes }"
"#;

#[test]
fn explain_says_how_a_rule_reads_and_what_set_its_level() {
    let folder = Folder::with(&[
        ("recte.toml", "[rules]\ncitation = \"info\"\nCL0101 = \"warning\"\n\n[rules.CL0107]\nmax = 3\n"),
        ("a.claims", ""),
    ]);
    let explained = |rule: &str| stdout(&recte(folder.path(), &["explain", rule]));
    let text = explained("CL0101");
    assert!(text.contains("    for = obligation | prohibition n\n    require = some n.cites\n"), "{text}");
    assert!(
        text.contains("    For every obligation or prohibition n,\n    it must hold that n has `cites`.\n"),
        "{text}"
    );
    assert!(
        text.contains("\nLevel: warning (recte.toml:3, instead of info recte.toml:2, error by default)\n"),
        "{text}"
    );
    let text = explained("CL0107");
    assert!(
        text.contains("Level: info (recte.toml:2, instead of off by default)\nSetting max: 3 (recte.toml:6)\n"),
        "{text}"
    );
    assert!(explained("CL0901").contains("\nLevel: warning (by default)\n"));
}

#[test]
fn explain_gives_the_same_to_programs() {
    let folder = Folder::with(&[("recte.toml", "[rules]\nCL0107 = \"warning\"\n"), ("a.claims", "")]);
    let output = recte(folder.path(), &["explain", "article-over-used", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&shown["code"], &shown["level"]), (&"CL0107".into(), &"warning".into()));
    assert_eq!(shown["setting"]["set_by"], "recte.toml:2");
    assert_eq!(shown["setting"]["instead_of"][0]["value"], "off");
    assert_eq!((&shown["params"][0]["name"], &shown["params"][0]["value"]), (&"max".into(), &"9".into()));
    let case = &shown["cases"][0];
    assert_eq!((&case["for"], &case["forbid"]), (&"article a".into(), &"count(a.cited-by) > $max".into()));
    assert_eq!(case["reading"]["who"], "for every article `a`");
    assert_eq!(
        case["reading"]["judgement"],
        "it must not be the case that `a` has more `cited-by` than the setting `max`"
    );
    let native = recte(folder.path(), &["explain", "CL0001", "--format", "json"]);
    let native: serde_json::Value = serde_json::from_slice(&native.stdout).unwrap();
    assert_eq!(native["cases"], serde_json::json!([]));
}
