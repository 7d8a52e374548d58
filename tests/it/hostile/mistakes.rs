//! One mistake gives one finding: the table is `tests/cases/one-mistake.toml`.

use serde::Deserialize;

use super::{check, found};
use crate::support::repository;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    name: String,
    claims: String,
    /// `CODE line:column`; none for what only looks like a mistake.
    expect: Vec<String>,
}

#[test]
fn one_mistake_gives_one_finding() {
    let text = std::fs::read_to_string(repository().join("tests/cases/one-mistake.toml")).unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    assert!(table.mistake.len() > 50);
    let wrong = table.mistake.iter().filter_map(|mistake| {
        assert!(mistake.expect.len() <= 1, "{}", mistake.name);
        let found = found(&check(&mistake.claims));
        (found != mistake.expect)
            .then(|| format!("{}: expected {:?}, found {found:?}\n{}", mistake.name, mistake.expect, mistake.claims))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.mistake.len(), wrong.join("\n"));
}
