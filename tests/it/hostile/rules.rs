//! Rule files that nobody would write: every one is read to its end, and whatever is left of its rules can be used.

use recte::project::{LooseClaims, ProjectContext, check_page};
use recte::rule::{self, BUILTIN_PACKS, LintContext, Settings};
use recte::text::Sources;

use super::{HOUSE, soon};
use crate::support::{Folder, Random, open, today};

/// How many spoilt files are read.
const FILES: u64 = 1_500;

/// What is put into them.
const PIECES: &[&str] = &[
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    " and ",
    " or ",
    " not ",
    " implies ",
    "some ",
    "no ",
    "all x in ",
    ": ",
    " where ",
    "+",
    "*",
    "?",
    " + ",
    " - ",
    " / ",
    " else 3",
    "/a+/",
    "matches ",
    "[is norm]",
    ".id",
    ".within+",
    "~cites",
    "$max",
    "count(",
    "max(",
    "words(",
    " overlaps ",
    " = ",
    " in ",
    " minus ",
    "\"text\"",
    "2020-01-01",
    "条",
    "\"",
    "proved ",
    "1e9",
    "this",
    "for",
];

/// Claims for what is left of the rules to look at.
const CLAIMS: &str = r#"
scope asia { within: world }
scope world { }
actor japan { is: state }
instrument treaty { in-force: 1960-06-23..  article art6 { scope: asia } }
obligation o { bearer: japan  toward: japan  action: act  cites: treaty/art6  because: p  scope: asia  date: 1961 }
prohibition p { bearer: japan  action: act  cites: treaty/art6  because: o  scope: world }
fact f "one and two" { because: o  status: reviewed  certainty: hedged }
"#;

#[test]
fn no_rule_file_breaks_anything() {
    let mut random = Random(20_261_123);
    let mut read = 0;
    for _ in 0..FILES {
        let (_, pack) = BUILTIN_PACKS[random.below(BUILTIN_PACKS.len())];
        let mut sources = Sources::new();
        let file = sources.add("spoilt.toml", spoilt(pack, &mut random));
        let (rules, problems) = rule::load((&[file], true), &sources, &HOUSE.schema, &Settings::default());
        for problem in &problems {
            assert!(sources.get(problem.primary.span.source).text().len() >= problem.primary.span.end as usize);
        }
        read += rules.iter().filter(|rule| !rule.is_disabled() && !rule.verbalizations().is_empty()).count();
        use_all(&rules);
    }
    assert!(read > 2_000, "{read} rules were left");
}

/// The conditions of a pack with pieces taken out and put in; the tables themselves stay as they are.
fn spoilt(pack: &str, random: &mut Random) -> String {
    let keys = ["for = '", "when = '", "require = '", "forbid = '"];
    let is_condition = |line: &str| keys.iter().any(|key| line.starts_with(key));
    let mut spoil = |line: &str| {
        let marks =
            line.find('\'').map_or(0, |first| first + line[first..].chars().take_while(|mark| *mark == '\'').count());
        let inside = line.len() - line.trim_end_matches('\'').len();
        let (before, rest) = line.split_at(marks);
        let (words, after) = rest.split_at(rest.len().saturating_sub(inside));
        let mut letters: Vec<char> = words.chars().collect();
        let at = random.below(letters.len() + 1);
        match random.below(8) {
            0 => drop(letters.splice(at..at, random.pick(PIECES).chars())),
            1 => drop(letters.drain(at..(at + random.below(6)).min(letters.len()))),
            _ => {}
        }
        format!("{before}{}{after}", letters.into_iter().collect::<String>())
    };
    pack.lines().map(|line| if is_condition(line) { spoil(line) } else { line.to_owned() } + "\n").collect()
}

/// Reads the rules in English, changes them, and asks claims about them.
fn use_all(rules: &rule::RuleSet) {
    let context = ProjectContext { schema: HOUSE.schema.clone(), ..ProjectContext::default() };
    let checked = check_page(LooseClaims { claims: CLAIMS, document: None }, &context, HOUSE.rules.clone(), today());
    let settings = Settings::default();
    let (corpus, sources) = (&checked.corpus, &checked.sources);
    let context = LintContext {
        corpus,
        sources,
        settings: &settings,
        today: today(),
        steps: 100_000,
        run_steps: 1_000_000,
        clock: None,
    };
    for rule in rules.iter() {
        assert!(rule.verbalizations().iter().all(|reading| !reading.who.is_empty()));
        for variant in rule.variants(&HOUSE.schema) {
            let _ = rule::findings(&variant.rule, &context);
        }
        for finding in rule::findings(rule, &context) {
            let _ = rule.why(&context, &finding).map(|trace| rule::changes(&context, &trace, finding.primary.span));
        }
        for block in corpus.block_ids() {
            let _ = rule.why_not(&context, block);
        }
    }
}

/// A rule that nothing breaks, or a costly one.
fn rule(number: usize, condition: &str) -> String {
    format!(
        "[[rule]]\ncode = \"HOUSE{number:04}\"\nname = \"house-rule-{number}\"\nseverity = \"warning\"\ncategory = \"house\"\n\
         why = \"It shows what many rules cost.\"\nmessage = \"`{{s.id}}`\"\nlabels = [{{ at = \"s\", text = \"here\" }}]\n{condition}\n\
         [[rule.bad]]\ncode = 'fact bad  #! HOUSE{number:04}'\n[[rule.good]]\ncode = 'fact good'\n"
    )
}

#[test]
fn each_of_many_exceptions_may_name_a_rule_of_its_own() {
    const MANY: usize = 1_000;
    let rules: String = (0..MANY).map(|number| rule(number, "for = 'fact s'\nforbid = 's.id = \"x\"'")).collect();
    let allowed = |number| format!("fact f{number} {{ inferred: yes  allow: house-rule-{number} \"it is old\" }}\n");
    let claims: String = (0..MANY).map(allowed).collect();
    let folder = Folder::with(&[("recte.toml", "rules = [\"r.toml\"]\n"), ("r.toml", &rules), ("a.claims", &claims)]);
    let checked = soon("exceptions", || folder.check());
    let unused = open(&checked).iter().filter(|finding| finding.diagnostic.code.as_str() == "CL0092").count();
    assert_eq!(unused, MANY);
}

/// As one may be, so many costly rules are, and no more: which of them does not depend on the number of threads.
#[test]
fn many_costly_rules_take_what_a_run_may() {
    let every = "for = 'fact s, fact t'\ncross = true\nforbid = 's.kind != t.kind'";
    let rules: String = (0..20).map(|number| rule(number, every)).collect();
    let claims: String = (0..300).map(|number| format!("fact f{number} {{ inferred: yes }}\n")).collect();
    let settings = "rules = [\"r.toml\"]\n[limits]\nrun-steps = 5_000_000\n";
    let folder = Folder::with(&[("recte.toml", settings), ("r.toml", &rules), ("a.claims", &claims)]);
    let told = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let checked = pool.install(|| soon("rules", || folder.check()));
        let steps: u64 = checked.effort.iter().map(|effort| effort.steps).sum();
        assert!(steps <= 5_000_000, "{steps} steps");
        let judged = checked.effort.iter().filter(|effort| effort.code.as_str().starts_with("HOUSE")).count();
        let cut: Vec<String> = open(&checked).iter().map(|finding| finding.diagnostic.message.clone()).collect();
        (judged, cut)
    };
    let (judged, cut) = told(1);
    assert!(judged > 1 && judged < 19, "{judged} rules");
    let number = 20 - judged;
    assert_eq!(cut.len(), 1);
    assert!(
        cut[0].starts_with(&format!(
            "{number} rules were not run, because others had used all 5000000 steps of the run: `house-rule-{judged}`, "
        )),
        "{cut:?}"
    );
    for threads in [2, 3, 8] {
        assert_eq!(told(threads), (judged, cut.clone()), "{threads} threads");
    }
}
