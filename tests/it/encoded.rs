//! Public texts encoded by somebody who had not seen the program: nothing is found in them, and of each slip its cause alone.

use recte::project::{CheckOutput, ProjectContext, SettingsSource, check_by};
use serde::Deserialize;

use crate::support::{Texts, open, repository, today};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    slip: Vec<Slip>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    name: String,
    text: String,
    find: String,
    with: String,
    expect: Vec<String>,
    help: Option<String>,
}

/// A file of the folder with the texts.
fn read(name: &str) -> String {
    std::fs::read_to_string(repository().join("tests/cases/encoded").join(name)).unwrap()
}

/// Checks the claims of a text.
fn check(text: &str, claims: String) -> CheckOutput {
    let document = format!("{text}.txt");
    let files = [
        ("recte.toml".to_owned(), String::new()),
        (document.clone(), read(&document)),
        (format!("{text}.claims"), claims),
    ];
    let texts = Texts(files.into_iter().collect());
    check_by(&ProjectContext::open(SettingsSource::own(&texts)), &texts, &[], today())
}

/// `CODE line:column` of each finding.
fn found(checked: &CheckOutput) -> Vec<String> {
    let place = |finding: &&recte::rule::Finding| {
        let at = finding.diagnostic.primary.span;
        let place = checked.sources.get(at.source).position(at.start);
        format!("{} {}:{}", finding.diagnostic.code, place.line, place.column)
    };
    open(checked).iter().map(place).collect()
}

#[test]
fn nothing_is_found_in_what_was_encoded_faithfully() {
    for text in ["vclt", "gdpr", "outer-space", "information", "sales"] {
        let checked = check(text, read(&format!("{text}.claims")));
        assert_eq!(found(&checked), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn of_each_slip_the_cause_alone_is_found() {
    let table: Table = toml::from_str(&read("slips.toml")).unwrap();
    let wrong = table.slip.iter().filter_map(|slip| {
        let claims = read(&format!("{}.claims", slip.text));
        assert!(claims.contains(&slip.find), "{}", slip.name);
        let checked = check(&slip.text, claims.replacen(&slip.find, &slip.with, 1));
        let found = found(&checked);
        let help = open(&checked).first().and_then(|finding| finding.diagnostic.help.clone()).unwrap_or_default();
        let is_told = slip.help.as_ref().is_none_or(|part| help.contains(part.as_str()));
        (found != slip.expect || !is_told).then(|| format!("{}: found {found:?}, with the help: {help}", slip.name))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
