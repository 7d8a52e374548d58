//! What pages say of rules, of each other and of the program is true: codes go with their names, links lead somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use recte::project::ProjectContext;
use regex::Regex;

use crate::support::{Folder, files_beneath, recte, repository, stdout};

/// Every page, by its path; the pages of rules, from which `docs/rules.md` is made, are among them.
fn pages() -> BTreeMap<String, String> {
    let beneath = |folder: &str, ending: &str| {
        let files = files_beneath(&repository().join(folder)).into_iter();
        files.map(|(name, _)| format!("{folder}/{name}")).filter(|name| name.ends_with(ending)).collect::<Vec<_>>()
    };
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned);
    let all =
        top.into_iter().chain(beneath("docs", ".md")).chain(beneath("claims", ".md")).chain(beneath("rules", ".toml"));
    all.map(|page| (page.clone(), fs::read_to_string(repository().join(page)).unwrap())).collect()
}

/// What each command says of itself.
fn helps() -> BTreeMap<String, String> {
    let folder = Folder::new();
    let help = |command: &[&str]| stdout(&recte(folder.path(), &[command, &["--help"]].concat()));
    let whole = help(&[]);
    let names = whole.lines().skip_while(|line| !line.starts_with("Usage:")).take_while(|line| *line != "Options:");
    let names = names.filter(|line| line.strip_prefix("  ").is_some_and(|rest| rest.starts_with(char::is_alphabetic)));
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 15, "{names:?}");
    let each = names.iter().map(|name| (format!("recte {name} --help"), help(&[name]))).collect::<Vec<_>>();
    [("recte --help".to_owned(), whole)].into_iter().chain(each).collect()
}

#[test]
fn every_code_goes_with_its_name() {
    let rules = ProjectContext::builtin().rules;
    let names: BTreeMap<&str, &str> =
        rules.iter().map(|rule| (rule.meta.code.as_str(), rule.meta.name.as_str())).collect();
    let pair = Regex::new(r"\b((?:CL|CF|RL)\d{3,4})\b(?:[\]\s:`(.,]{1,4}([a-z0-9]+(?:-[a-z0-9]+)+))?").unwrap();
    let turned = Regex::new(r"\b([a-z0-9]+(?:-[a-z0-9]+)+)`? \(`?((?:CL|CF|RL)\d{3,4})\b").unwrap();
    let (mut wrong, mut pairs) = (Vec::new(), 0);
    for (page, text) in pages().into_iter().chain(helps()) {
        let found = pair.captures_iter(&text).map(|found| (found.get(1), found.get(2)));
        let found = found.chain(turned.captures_iter(&text).map(|found| (found.get(2), found.get(1))));
        for (code, name) in found {
            let code = code.unwrap();
            let line = 1 + text[..code.start()].matches('\n').count();
            match (names.get(code.as_str()), name.map(|name| name.as_str())) {
                (None, _) => wrong.push(format!("{page}:{line}: there is no {}", code.as_str())),
                (Some(right), Some(name)) if *right != name => {
                    wrong.push(format!("{page}:{line}: {} is {right}, not {name}", code.as_str()));
                }
                (Some(_), Some(_)) => pairs += 1,
                (Some(_), None) => {}
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
    assert!(pairs > names.len(), "{pairs} pairs");
}

#[test]
fn every_link_leads_to_a_heading() {
    let link = Regex::new(r"\]\(([^()\s]+)\)").unwrap();
    let named = Regex::new(r"`((?:docs|src|tests|benches)/[\w./-]+\.[a-z]+)(?::\d+)?`").unwrap();
    let pages = pages();
    let (mut wrong, mut links) = (Vec::new(), 0);
    for (page, text) in pages.iter().filter(|(page, _)| page.ends_with(".md")) {
        let text = &without_examples(text);
        for target in link.captures_iter(text).map(|found| found.get(1).unwrap().as_str()) {
            if target.starts_with("https://") || target.starts_with("http://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let file =
                if file.is_empty() { page.clone() } else { recte::project::join(folder, file).unwrap_or_default() };
            let leads = match pages.get(&file) {
                Some(other) => anchor.is_empty() || anchors(other).contains(anchor),
                None => anchor.is_empty() && repository().join(&file).exists(),
            };
            links += 1;
            wrong.extend((!leads).then(|| format!("{page}: {target}")));
        }
        for path in named.captures_iter(text).map(|found| found.get(1).unwrap().as_str()) {
            // The changes tell of files as they were.
            let is_there = page == "CHANGELOG.md" || repository().join(path).exists();
            wrong.extend((!is_there).then(|| format!("{page}: `{path}`")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{}", wrong.join("\n"));
    assert!(links >= 200, "{links} links");
}

#[test]
fn the_readme_links_every_page() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let missing: Vec<String> =
        pages().into_keys().filter(|page| page.ends_with(".md") && page != "README.md").collect();
    let missing: Vec<String> = missing.into_iter().filter(|page| !readme.contains(&format!("]({page})"))).collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// The pages that SARIF names for rules are there, under the version that names them.
#[test]
fn every_rule_of_ours_has_the_page_that_reports_name() {
    let folder =
        Folder::with(&[("recte.toml", "[rules]\nall = \"warning\"\n"), ("a.claims", "fact it { inferred: yes }\n")]);
    let log: serde_json::Value =
        serde_json::from_slice(&recte(folder.path(), &["check", "--format", "sarif"]).stdout).unwrap();
    let anchors = anchors(&fs::read_to_string(repository().join("docs/rules.md")).unwrap());
    let place = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/v", env!("CARGO_PKG_VERSION"), "/docs/rules.md#");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.len() >= 150, "{} rules", rules.len());
    for rule in rules {
        let page = rule["helpUri"].as_str().unwrap();
        assert!(page.strip_prefix(place).is_some_and(|anchor| anchors.contains(anchor)), "{page}");
    }
}

/// What a plain run keeps is on unless it is turned off, so no page denies that there is a cache.
#[test]
fn no_page_denies_the_cache() {
    for (page, text) in pages() {
        for line in text.lines().map(str::to_lowercase).filter(|line| line.contains("cache")) {
            let denies =
                ["never asked", "no cache", "without a cache", "a cache is never"].iter().any(|it| line.contains(it));
            assert!(!denies, "{page}: {line}");
        }
    }
}

/// A page without its blocks of examples.
fn without_examples(page: &str) -> String {
    let mut inside = false;
    let mut kept = |line: &&str| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    };
    page.lines().filter(|line| kept(line)).collect::<Vec<_>>().join("\n")
}

/// What GitHub makes of the headings of a page.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for heading in without_examples(page).lines().filter(|line| line.starts_with('#')) {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let letter = |next: &char| next.is_alphanumeric() || matches!(next, '-' | '_' | ' ');
        let anchor = words.chars().filter(letter).collect::<String>().replace(' ', "-");
        let taken = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.clone()).chain(taken).find(|name| !anchors.contains(name)).unwrap();
        anchors.insert(free);
    }
    anchors
}
