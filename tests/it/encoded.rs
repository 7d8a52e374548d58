//! Public texts encoded by somebody who had not seen the program: nothing is found in them, and of each mistake its cause alone.

use recte::project::{CheckOutput, ProjectContext, SettingsSource, check_by};
use serde::Deserialize;

use crate::support::{Texts, open, repository, today};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    mistake: Vec<PlantedMistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantedMistake {
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
fn of_each_mistake_the_cause_alone_is_found() {
    let table: Table = toml::from_str(&read("mistakes.toml")).unwrap();
    let wrong = table.mistake.iter().filter_map(|mistake| {
        let claims = read(&format!("{}.claims", mistake.text));
        assert!(claims.contains(&mistake.find), "{}", mistake.name);
        let checked = check(&mistake.text, claims.replacen(&mistake.find, &mistake.with, 1));
        let found = found(&checked);
        let help = open(&checked).first().and_then(|finding| finding.diagnostic.help.clone()).unwrap_or_default();
        let is_told = mistake.help.as_ref().is_none_or(|part| help.contains(part.as_str()));
        (found != mistake.expect || !is_told)
            .then(|| format!("{}: found {found:?}, with the help: {help}", mistake.name))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every citation of an article, with that of another article of the same text in its place, one after the other.
#[test]
fn a_citation_of_another_article_is_found_by_where_the_quotation_stands() {
    for text in ["vclt", "gdpr", "outer-space", "information", "sales"] {
        let claims = read(&format!("{text}.claims"));
        let starts: Vec<usize> = claims.match_indices("cites: ").map(|(at, found)| at + found.len()).collect();
        let cited = |at: usize| {
            let end = claims[at..].find([' ', '\n', ',']).unwrap();
            at..at + end
        };
        let all: Vec<std::ops::Range<usize>> = starts.into_iter().map(cited).collect();
        let articles: Vec<&str> = all.iter().map(|at| &claims[at.clone()]).filter(|it| it.contains('/')).collect();
        assert!(articles.len() > 10, "{text}");
        for (number, at) in all.iter().enumerate().step_by(3) {
            let article = &claims[at.clone()];
            let other = articles.iter().cycle().skip(number + 1).find(|other| **other != article).unwrap();
            let swapped = format!("{}{other}{}", &claims[..at.start], &claims[at.end..]);
            let found = found(&check(text, swapped));
            assert!(found.iter().any(|it| it.starts_with("CL0114 ")), "{text}: {article} as {other}: {found:?}");
        }
    }
}
