//! What is offered where somebody who writes rules and kinds of their own has made a slip, and that it works.

use serde_json::Value;

use crate::support::{Folder, exit, recte, recte_with, stderr, stdout};

/// Claims with charges, a kind of the project itself.
const CLAIMS: &str = r#"actor seller { is: organisation }
actor buyer { is: organisation }
obligation delivery {
  bearer: seller
  toward: buyer
  action: deliver
  because: request
  inferred: yes
}
obligation payment {
  bearer: buyer
  action: pay
  inferred: yes
}
fact request { inferred: yes }
charge rent { amount: 900  days: 30  label: "rent"  due: 2026-01-01 }
"#;

const SCHEMA: &str = r#"[kind.charge]
doc = "An amount."
extends = "block"
[kind.charge.fields]
amount = { type = "number", card = "1", doc = "The amount." }
days = { type = "number", card = "1", doc = "The days until it is due." }
label = { type = "text", card = "1", doc = "Its label." }
due = { type = "date", card = "1", doc = "The day on which it is due." }
currency = { enum = ["eur", "jpy"], doc = "The currency." }
remark = { type = "text", doc = "A remark." }
"#;

/// A rule about blocks of a kind, with a condition.
fn rule(number: usize, about: &str, judgement: &str) -> String {
    format!(
        "[[rule]]\ncode = \"ACME{number:04}\"\nname = \"rule-{number}\"\nfor = '{about} x'\n{judgement}\nmessage = \"`{{x.id}}`\"\n"
    )
}

fn project(rules: &str) -> Folder {
    Folder::with(&[
        ("trade.claims", CLAIMS),
        (
            "recte.toml",
            "schema = [\"schema.toml\"]\npacks = [\"rules.toml\"]\n[rules]\nall = \"off\"\nhouse = \"warning\"\n",
        ),
        ("schema.toml", SCHEMA),
        ("rules.toml", rules),
    ])
}

/// What `recte why` says would resolve the only finding.
fn clears(rules: &str) -> (Folder, Vec<String>) {
    let folder = project(rules);
    let report = recte(folder.path(), &["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let fingerprint = report["findings"][0]["fingerprint"].as_str().unwrap_or_else(|| panic!("{report}")).to_owned();
    let why = recte(folder.path(), &["why", &fingerprint, "--format", "json"]);
    let why: Value = serde_json::from_slice(&why.stdout).unwrap();
    let clears = why[0]["clears"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned());
    let clears = clears.collect();
    (folder, clears)
}

#[test]
fn why_proposes_a_field_that_is_missing_and_one_that_can_go() {
    for (about, judgement, expected) in [
        ("obligation", "require = 'some x.toward'", "add `seller` to `toward` of `payment`"),
        ("obligation", "forbid = 'some x.because'", "remove `because` from `delivery`"),
        ("charge", "require = 'some x.currency'", "add `jpy` to `currency` of `rent`"),
        ("charge", "require = 'some x.remark'", "add `remark` to `rent`; tried with `\"...\"`"),
    ] {
        let (_folder, clears) = clears(&rule(1, about, judgement));
        assert!(clears.contains(&expected.to_owned()), "{judgement}: {clears:?}");
    }
    let defined = "[define]\nowed = { params = { o = \"obligation\" }, is = 'some o.toward' }\n";
    let (_folder, clears) = clears(&format!("{defined}{}", rule(1, "obligation", "require = 'owed(x)'")));
    assert!(
        clears.contains(&"add `seller` to `toward` of `payment`".to_owned()),
        "a definition hides no field: {clears:?}"
    );
}

#[test]
fn why_says_for_what_it_proposes_nothing() {
    let (folder, clears) = clears(&rule(1, "obligation", "require = 'some x.status'"));
    assert!(clears.is_empty(), "{clears:?}");
    let said = stdout(&recte(folder.path(), &["why", "trade.claims:10"]));
    assert!(said.contains("it proposes no values of `status`"), "{said}");
}

#[test]
fn an_example_that_is_not_reported_is_named_in_the_command_that_says_why() {
    let examples = "[[rule.bad]]\ncode = 'fact a { inferred: yes }'\n[[rule.bad]]\ncode = '''\nfact b {\n  inferred: yes  #! ACME0001\n}\n'''\n";
    let folder = project(&format!("{}{examples}", rule(1, "fact", "forbid = 'some x.because'")));
    let tested = stdout(&recte(folder.path(), &["rules", "test"]));
    let command = "recte why-not ACME0001 b --example bad:2";
    assert!(tested.contains(&format!("`{command}`")), "{tested}");
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    let why = recte(folder.path(), &arguments);
    assert_eq!(exit(&why), 0, "{}", stderr(&why));
    assert!(stdout(&why).contains("ACME0001 rule-1 and b"), "{}", stdout(&why));
}

#[test]
fn a_line_in_a_block_means_the_block() {
    let folder = project(
        &[rule(1, "obligation", "require = 'some x.toward'"), rule(2, "action", "require = 'some x.title'")].concat(),
    );
    let asked = |rule: &str, place: &str| {
        let why = recte(folder.path(), &["why-not", rule, place]);
        stdout(&why).lines().next().unwrap_or_default().to_owned()
    };
    for line in 3..=9 {
        assert_eq!(asked("ACME0001", &format!("trade.claims:{line}")), "ACME0001 rule-1 and delivery");
    }
    assert_eq!(
        asked("ACME0002", "trade.claims:6"),
        "ACME0002 rule-2 and deliver",
        "a rule about values is asked about them"
    );
    assert_eq!(asked("acme0001", "trade.claims:6:11"), "ACME0001 rule-1 and delivery");
}

#[test]
fn near_names_are_offered_by_every_command() {
    let folder = project(&rule(1, "obligation", "require = 'some x.toward'"));
    for (arguments, offered) in [
        (&["explain", "norn"][..], "`norm`"),
        (&["explain", "norm.baerer"], "`norm.bearer`"),
        (&["explain", "nrom.bearer"], "`norm.bearer`"),
        (&["explain", "chrage"], "`charge`"),
        (&["explain", "charge.curency"], "`charge.currency`"),
        (&["explain", "obligation-without-artcle"], "`obligation-without-article`"),
        (&["explain", "cl0199"], "begin with `CL01`"),
        (&["why-not", "rule-1", "paymnt"], "`payment`"),
        (&["why-not", "ruel-1", "payment"], "`rule-1`"),
        (&["why-not", "rule-1", "trad.claims:3"], "`trade.claims`"),
        (&["why", "paymnt"], "`payment`"),
        (&["why", "payment"], "trade.claims:10"),
        (&["why", "trade.claims:12"], "trade.claims:10"),
        (&["facts", "trad.claims"], "`trade.claims`"),
        (&["check", "trad.claims"], "`trade.claims`"),
        (&["fmt", "trad.claims"], "`trade.claims`"),
        (&["accept", "scheme.toml"], "`schema.toml`"),
        (&["check", "--select", "huose"], "`house`"),
        (&["sql", "ruel-1"], "`rule-1`"),
        (&["rules", "test", "ruel-1"], "`rule-1`"),
    ] {
        let output = recte(folder.path(), arguments);
        assert_eq!(exit(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(offered), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_code_is_given_once_whether_or_not_the_project_reads_the_file() {
    let folder = Folder::with(&[("recte.toml", "")]);
    let new = |code: &str, name: &str| recte(folder.path(), &["rules", "new", code, name, "--file", "house.toml"]);
    assert!(stdout(&new("ACME0001", "first")).contains("`packs = [\"house.toml\"]`"));
    let before = folder.read("house.toml");
    for (code, name, said) in [
        ("ACME0001", "second", "`ACME0001` is in use in house.toml; the next free code is `ACME0002`"),
        ("ACME0002", "first", "`first` is in use in house.toml"),
    ] {
        let refused = new(code, name);
        assert_eq!(exit(&refused), 2);
        assert!(stderr(&refused).contains(said), "{}", stderr(&refused));
        assert_eq!(folder.read("house.toml"), before);
    }
    folder.write("recte.toml", b"packs = [\"house.toml\"]\n");
    assert!(!stdout(&new("ACME0002", "second")).contains("packs"), "the file is read already");
    folder.write("house.toml", b"[[rule]\n");
    assert_eq!(exit(&new("ACME0003", "third")), 2, "nobody knows the codes of a file that cannot be read");
}

#[test]
fn a_slip_in_a_condition_is_answered_with_what_was_meant() {
    for (condition, offered) in [
        ("x.days+1 > 3", "`x.days + 1`"),
        ("x.days*2 > 3", "`x.days * 2`"),
        ("x.days-1 > 3", "`x.days - 1`"),
        ("some x.due AND some x.label", "write `and`"),
        ("some x.due OR some x.label", "write `or`"),
        ("NOT some x.due", "write `not`"),
        ("some x.due && some x.label", "write `and`"),
        ("x.amount === 3", "write `=`"),
        ("x.amount =! 3", "write `!=`"),
        ("x.amount ≠ 3", "write `!=`"),
        ("x.amount ≤ 3", "write `<=`"),
        ("x.amount := 3", "write `=`"),
        ("x.currency overlap x.label", "did you mean `overlaps`?"),
        ("x.label start with \"a\"", "did you mean `starts with`?"),
        ("x.label mathces /a/", "did you mean `matches`?"),
        ("x.currency = eur", "\"eur\""),
    ] {
        let folder = project(&rule(1, "charge", &format!("forbid = '{condition}'")));
        let said = stdout(&recte(folder.path(), &["check", "--format", "compact"]));
        let first = said.lines().find(|line| line.starts_with("rules.toml")).unwrap_or_default();
        let help = first.split_once("help: ").map_or("", |(_, help)| help);
        assert!(help.contains(offered), "{condition}: {said}");
        assert!(!help.contains("between two sets stands one of"), "{condition}: {said}");
    }
}

#[test]
fn values_of_other_types_are_compared_as_the_help_says() {
    for (about, condition, offered) in [
        ("quote", "x.numbers overlaps x.articles-named", "`x.figures` has the same numbers as texts"),
        ("quote", "x.figures overlaps x.numbers-read", "`x.numbers` has the same as numbers"),
        ("charge", "x.amount = x.label", "`type = \"number\"`"),
        ("charge", "x.label > 3", "`type = \"number\"`"),
        ("charge", "x.label > \"3\"", "`type = \"number\"`"),
        ("charge", "x.amount = \"nine\"", "without quotation marks"),
        ("charge", "x.due = \"2026-01-01\"", "without quotation marks"),
    ] {
        let folder = project(&rule(1, about, &format!("forbid = '{condition}'")));
        let said = stdout(&recte(folder.path(), &["check", "--format", "compact"]));
        assert!(said.contains("error[RL005]") && said.contains(offered), "{condition}: {said}");
    }
}

#[test]
fn a_broken_schema_is_reported_alone() {
    let broken = [
        ("extends = \"block\"", "extends = \"blok\""),
        ("amount = { type = \"number\"", "amount = { type = \"numbr\""),
        ("amount = { type = \"number\"", "amount = { to = \"nothing\""),
        ("[kind.charge.fields]", "[kind.chrage.fields]"),
    ];
    let rules =
        [rule(1, "charge", "forbid = 'x.amount > 3 and some x.status'"), rule(2, "any", "forbid = 'x.amount > 3'")];
    for (right, wrong) in broken {
        let folder = project(&rules[..1].concat());
        let schema = folder.read("schema.toml");
        folder.write("schema.toml", schema.replacen(right, wrong, 1).as_bytes());
        let checked = recte(folder.path(), &["check", "--format", "compact"]);
        let said = stdout(&checked);
        let codes: Vec<&str> =
            said.lines().filter_map(|line| line.split_once("error[")).map(|(_, code)| &code[..6]).collect();
        assert_eq!(exit(&checked), 2);
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == "CF004]"), "{wrong}: {said}");
    }
    let whole = stdout(&recte(project(&rules.concat()).path(), &["check", "--format", "compact"]));
    assert!(whole.contains("error[RL004]"), "a rule that is wrong by itself is reported: {whole}");
}

#[test]
fn what_statistics_leave_out_is_said_and_claims_from_standard_input_are_not_fixed() {
    let folder = Folder::with(&[
        ("recte.toml", ""),
        ("trade.claims", "actor japan \"Japan\" { is: state }\nobligation guard { bearer: japan  action: watch }\n"),
    ]);
    let counted = stdout(&recte(folder.path(), &["check", "--statistics", "--select", "CL0101"]));
    assert!(counted.contains("\nhidden: ") && counted.contains(" not selected"), "{counted}");
    let quiet = stdout(&recte(folder.path(), &["check", "--statistics", "--quiet", "--select", "CL0101"]));
    assert!(!quiet.contains("hidden: "), "{quiet}");
    let claims = b"actor us { is: staet }\n";
    for arguments in [&["check", "-"][..], &["check", "--stdin-filename", "b.claims"]] {
        let said = stdout(&recte_with(folder.path(), arguments, claims));
        let next = said.split_once("\nnext: ").map_or("", |(_, next)| next).replace("\n  ", " ");
        assert!(next.contains("in a file, `recte check --fix=suggested FILE` fixes 1"), "{said}");
    }
}
