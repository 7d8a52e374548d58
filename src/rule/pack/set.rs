//! All rules of a run, found by code or name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use super::case::compile::RuleCase;
use super::case::group::GroupTemplate;
use crate::condition::{Query, Verbalization};
use crate::diagnostic::Code;
use crate::rule::level::Level;
use crate::rule::meta::{Engine, RuleMeta};
use crate::rule::settings::ALL_RULES;
use crate::text::{Nearest, did_you_mean};

/// How many near names are offered for one that is unknown.
const SUGGESTIONS: usize = 3;

/// One rule: what is said about it, how much it weighs in this project, and what it judges. Cheap to clone.
#[derive(Clone)]
pub struct Rule {
    /// What its table says for people.
    pub meta: Arc<RuleMeta>,
    /// How much its findings weigh in this project.
    pub level: Level,
    /// Whether it is on in some files although its level is off.
    pub(crate) wakes: bool,
    /// Whether it comes with the program.
    pub(crate) builtin: bool,
    pub(crate) body: Arc<RuleBody>,
}

/// What a rule judges.
pub(crate) enum RuleBody {
    /// Nothing: the program raises it.
    Native,
    /// The ways to break it.
    Cases(Vec<Arc<RuleCase>>),
    /// Nothing: its table has errors, which were reported.
    Disabled,
}

/// The rules of a run, in the order of their codes.
#[derive(Clone, Default)]
pub struct RuleSet {
    by_code: BTreeMap<Code, Rule>,
    /// The codes of rules by their names; of several with one name, the first.
    by_name: HashMap<String, Code>,
    /// Whether a file with more of them could not be read.
    pub(crate) incomplete: bool,
}

impl Rule {
    pub(crate) fn new(meta: RuleMeta, level: Level, body: RuleBody) -> Rule {
        Rule { meta: Arc::new(meta), level, wakes: false, builtin: false, body: Arc::new(body) }
    }

    /// Whether it cannot be judged, since its table has errors, which were reported.
    pub fn is_disabled(&self) -> bool {
        matches!(*self.body, RuleBody::Disabled)
    }

    /// Whether it comes with the program.
    pub fn is_builtin(&self) -> bool {
        self.builtin
    }

    /// Whether its findings are asked for and it can be judged at all.
    pub fn is_on(&self) -> bool {
        (self.level != Level::Off || self.wakes) && !self.is_disabled()
    }

    /// What it says in English, one text for each way to break it; none of what the program itself raises.
    pub fn verbalizations(&self) -> Vec<Verbalization> {
        let together = |case: &RuleCase| case.texts.group.as_ref().map(GroupTemplate::reading);
        self.cases()
            .iter()
            .map(|case| Verbalization { together: together(case), ..case.query.verbalization() })
            .collect()
    }

    /// Its conditions as written, in the same order: each a list of keys with what stands there.
    pub fn as_written(&self) -> Vec<Vec<(&'static str, &str)>> {
        self.cases().iter().map(|case| case.as_written()).collect()
    }

    /// What it asks of the claims, one query for each way to break it.
    pub fn queries(&self) -> impl Iterator<Item = &Query> {
        self.cases().iter().map(|case| &case.query)
    }

    pub(crate) fn cases(&self) -> &[Arc<RuleCase>] {
        match &*self.body {
            RuleBody::Cases(cases) => cases,
            RuleBody::Native | RuleBody::Disabled => &[],
        }
    }
}

impl RuleSet {
    pub(crate) fn new(rules: Vec<Rule>) -> RuleSet {
        let by_code: BTreeMap<Code, Rule> = rules.into_iter().map(|rule| (rule.meta.code.clone(), rule)).collect();
        // A name that a rule had before is its own unless another has it now.
        let metas = || by_code.values().rev().map(|rule| &rule.meta);
        let former = metas().flat_map(|meta| meta.was.iter().map(|name| (name.clone(), meta.code.clone())));
        let present = metas().map(|meta| (meta.name.clone(), meta.code.clone()));
        RuleSet { by_name: former.chain(present).collect(), by_code, incomplete: false }
    }

    /// Whether a file with more of them could not be read.
    pub fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// All rules, those that are off included, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.by_code.values()
    }

    /// The rules that are asked: those that are on and have conditions.
    pub(crate) fn with_conditions(&self) -> Vec<&Rule> {
        self.iter().filter(|rule| rule.is_on() && !rule.cases().is_empty()).collect()
    }

    /// The rule with this code.
    pub fn get(&self, code: &Code) -> Option<&Rule> {
        self.by_code.get(code)
    }

    /// The rule with this code or name.
    pub fn named(&self, code_or_name: &str) -> Option<&Rule> {
        self.get(&Code::read(code_or_name)).or_else(|| self.get(self.by_name.get(code_or_name)?))
    }

    /// The rule of that name in whatever letters it is typed: codes in capitals, names in small ones.
    pub fn typed(&self, typed: &str) -> Option<&Rule> {
        self.named(typed).or_else(|| self.named(&as_called(typed)))
    }

    /// What to write instead of a word that names no rule: the nearest names, or the codes of its family.
    pub fn advice(&self, unknown: &str) -> String {
        self.advice_within(&mut Nearest::default(), unknown)
    }

    /// The same where other names can stand as well.
    pub fn advice_among_others<'a>(&'a self, unknown: &str, others: impl Iterator<Item = &'a str>) -> String {
        self.advice_among(&mut Nearest::default(), unknown, self.names().chain(others))
    }

    /// The same for one of many unknown words, which share a budget.
    pub(crate) fn advice_within(&self, nearest: &mut Nearest, unknown: &str) -> String {
        self.advice_among(nearest, unknown, self.names())
    }

    /// The same with categories and [`ALL_RULES`], for what a configuration may name.
    pub fn advice_on_subject(&self, unknown: &str) -> String {
        let categories: BTreeSet<&str> = self.iter().map(|rule| rule.meta.category.as_str()).collect();
        let subjects = self.names().chain(categories).chain([ALL_RULES]);
        self.advice_among(&mut Nearest::default(), unknown, subjects)
    }

    fn advice_among<'a>(&self, nearest: &mut Nearest, unknown: &str, names: impl Iterator<Item = &'a str>) -> String {
        let near = || did_you_mean(&nearest.find(unknown, names, SUGGESTIONS));
        let called = as_called(unknown);
        let advice = if is_like_a_code(&called) { Some(self.family_advice(&called)) } else { near() };
        advice.unwrap_or_else(|| "`recte rules` lists the codes and names of all rules".to_owned())
    }

    /// The codes of the family of one that is unknown, or all families: of codes, none is near to another.
    fn family_advice(&self, unknown: &str) -> String {
        let codes = || self.by_code.keys().map(Code::as_str);
        let wanted = family(unknown);
        let of_family: Vec<&str> = codes().filter(|code| family(code) == wanted).collect();
        if !of_family.is_empty() {
            return format!("the codes that begin with `{wanted}` are: {}", of_family.join(", "));
        }
        let families: BTreeSet<&str> = codes().map(family).collect();
        let families: Vec<&str> = families.into_iter().collect();
        format!("the codes begin with: {}; `recte rules` lists them all", families.join(", "))
    }

    /// The same rules, with all off but the native ones and the one with `code`: for running its examples.
    #[must_use]
    pub fn narrowed_to(&self, code: &Code) -> RuleSet {
        let level = |rule: &Rule| match (rule.meta.code == *code, rule.meta.engine) {
            (true, _) if rule.level == Level::Off => Level::Warning,
            (true, _) | (false, Engine::Native) => rule.level,
            (false, Engine::Condition) => Level::Off,
        };
        RuleSet::new(self.iter().map(|rule| Rule { level: level(rule), wakes: false, ..rule.clone() }).collect())
    }

    /// The same rules with another in the place of the one that has its code.
    #[must_use]
    pub fn with(mut self, rule: Rule) -> RuleSet {
        self.by_code.insert(rule.meta.code.clone(), rule);
        self
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|rule| rule.meta.name.as_str())
    }
}

/// A name as rules are called, in whatever letters it is typed. A word of letters alone may be a name or the letters of codes.
fn as_called(typed: &str) -> String {
    let is_code = typed.ends_with(|last: char| last.is_ascii_digit()) && !typed.contains('-');
    let is_family = !typed.is_empty() && typed.bytes().all(|letter| letter.is_ascii_uppercase());
    if is_code || is_family { typed.to_uppercase() } else { typed.to_lowercase() }
}

/// Whether a word is written as codes are: capital letters, with or without digits behind them.
fn is_like_a_code(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    digits.len() < word.len() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// What the codes about one subject begin with: the letters, and of four digits or more the first two.
fn family(code: &str) -> &str {
    let digits = code.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = code.len() - digits.len();
    if digits.len() >= 4 || digits.len() == 2 { &code[..letters + 2] } else { &code[..letters] }
}

impl fmt::Debug for RuleSet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.by_code.keys()).finish()
    }
}
