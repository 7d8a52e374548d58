//! A table of pairs of norms, each with whether they conflict, after the tables by which ODRL engines are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, open, repository};

/// What every pair is made of; the first norm speaks of `unit`, `march` and `plain`.
const WORLD: &str = "\
actor state { is: state  located-in: elsewhere }
actor unit { is: forces  part-of: state }
actor squad { is: forces  part-of: unit }
actor stranger { is: state }
action march { within: move }
action march-at-night { within: march }
scope plain { dimension: territorial  within: country  disjoint: sea }
scope field { dimension: territorial  within: plain }
scope country { dimension: territorial }
scope sea { dimension: territorial }
scope elsewhere { dimension: territorial }
";

#[test]
fn norms_conflict_as_the_table_says() {
    let table = std::fs::read_to_string(repository().join("tests/cases/conflicts.txt")).unwrap();
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), 80);
    let folder = Folder::new();
    folder.write("recte.toml", b"");
    let mut expected = Vec::new();
    for row in rows {
        let [bearer, action, scope, must, may] = row.as_slice() else { panic!("{row:?}") };
        for (kind, verdict) in [("obligation", must), ("permission", may)] {
            let name = format!("{kind}-{bearer}-{action}-{scope}");
            let claims = format!("namespace {name}\n{WORLD}{}", pair(kind, (bearer, action, scope)));
            folder.write(&format!("{name}.claims"), claims.as_bytes());
            expected.push((name, *verdict));
        }
    }
    let checked = folder.check();
    let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for finding in open(&checked) {
        let file = checked.sources.get(finding.diagnostic.primary.span.source).name();
        codes.entry(file).or_default().insert(finding.diagnostic.code.as_str());
    }
    let found = |name: &str| codes.get(format!("{name}.claims").as_str()).map_or("none", verdict);
    let wrong: Vec<String> = expected
        .iter()
        .filter(|(name, expected)| found(name) != *expected)
        .map(|(name, expected)| format!("{name}: {}, not {expected}", found(name)))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

fn verdict(codes: &BTreeSet<&str>) -> &'static str {
    match () {
        () if codes.contains("CL0401") || codes.contains("CL0403") => "conflict",
        () if codes.contains("CL0402") => "open",
        () => "none",
    }
}

/// The first norm, and the prohibition that lies to it as the row says.
fn pair(kind: &str, (bearer, action, scope): (&str, &str, &str)) -> String {
    let second = |is: &str, names: [&'static str; 4]| match is {
        "equal" => names[0],
        // The first is a part of the second, so the second is the wider.
        "sub" => names[1],
        "super" => names[2],
        _ => names[3],
    };
    let bearer = second(bearer, ["unit", "state", "squad", "stranger"]);
    let action = second(action, ["march", "move", "march-at-night", "swim"]);
    let scope = if scope == "disjoint" { "sea" } else { second(scope, ["plain", "country", "field", "elsewhere"]) };
    format!(
        "{kind} first {{ bearer: unit  action: march  scope: plain }}\n\
         prohibition second {{ bearer: {bearer}  action: {action}  scope: {scope} }}\n"
    )
}
