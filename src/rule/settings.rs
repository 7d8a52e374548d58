//! What a project says about rules: how much they weigh, and the numbers they compare with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RuleSet;
use super::meta::RuleMeta;
use super::problems;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Spanned;

/// How much the findings of a rule weigh, or that it does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Proved wrong.
    Error,
    /// Likely wrong, or undecided until something is declared.
    Warning,
    /// Worth knowing.
    Info,
    /// Not asked for.
    Off,
}

/// The word that stands for every rule.
pub const ALL_RULES: &str = "all";

/// The entries of the configuration, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// One for each line or table under `[rules]`.
    pub entries: Vec<Setting>,
}

/// What the configuration says about one rule, one category, or all of them.
#[derive(Clone, Debug)]
pub struct Setting {
    /// A code, a name, a category or [`ALL_RULES`], where it stands in the configuration.
    pub subject: Spanned<String>,
    /// The level it sets, if it sets one.
    pub level: Option<Level>,
    /// The parameters it sets.
    pub params: Vec<(Spanned<String>, i64)>,
}

/// How closely a subject names a rule; the closest wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    All,
    Category,
    Rule,
}

impl Level {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }

    /// The weight of a finding at this level; none when the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Info => Some(Severity::Info),
            Level::Off => None,
        }
    }
}

impl Settings {
    /// The level of a rule: the closest entry wins, the last of equally close ones.
    ///
    /// What says that something was not checked, or that the settings themselves are wrong, keeps its
    /// own level, and what may not be ignored is neither off nor weighed with all others: a project
    /// cannot make a run look clean that is not.
    pub fn level(&self, rule: &RuleMeta) -> Level {
        if rule.unchecked || rule.is_about_setup() {
            return rule.severity;
        }
        let counts = |reach: Reach, level: Level| rule.ignorable || reach == Reach::Rule && level != Level::Off;
        let close =
            |entry: &Setting| Some((entry.reach(rule)?, entry.level?)).filter(|(reach, level)| counts(*reach, *level));
        let closest = self.entries.iter().filter_map(close).max_by_key(|(reach, _)| *reach);
        closest.map_or(rule.severity, |(_, level)| level)
    }

    /// The parameters of a rule, with the values that the project sets.
    pub fn params(&self, rule: &RuleMeta) -> BTreeMap<String, i64> {
        let mut params = rule.params.clone();
        let mut entries: Vec<(Reach, &Setting)> =
            self.entries.iter().filter_map(|entry| Some((entry.reach(rule)?, entry))).collect();
        entries.sort_by_key(|(reach, _)| *reach);
        for (name, value) in entries.iter().flat_map(|(_, entry)| &entry.params) {
            if let Some(param) = params.get_mut(&name.value) {
                *param = *value;
            }
        }
        params
    }

    /// A problem for each entry that matches no rule, and for each parameter that no such rule has.
    pub(super) fn problems(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        self.entries.iter().flat_map(|entry| entry.problems(rules)).collect()
    }
}

impl Setting {
    fn reach(&self, rule: &RuleMeta) -> Option<Reach> {
        match self.subject.value.as_str() {
            subject if rule.is_called(subject) => Some(Reach::Rule),
            subject if rule.category == subject => Some(Reach::Category),
            ALL_RULES => Some(Reach::All),
            _ => None,
        }
    }

    fn problems(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let matched: Vec<&RuleMeta> =
            rules.iter().map(|rule| &*rule.meta).filter(|rule| self.reach(rule).is_some()).collect();
        if matched.is_empty() {
            return vec![problems::unknown_subject(&self.subject, &rules.nearest_subjects(&self.subject.value))];
        }
        let known: Vec<&str> = matched.iter().flat_map(|rule| rule.params.keys().map(String::as_str)).collect();
        let unknown = self.params.iter().filter(|(name, _)| !known.contains(&name.value.as_str()));
        unknown.map(|(name, _)| problems::unknown_param(name, &self.subject.value, &known)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Setting, Settings};
    use crate::diagnostic::Code;
    use crate::rule::set::{Body, Rule, RuleSet};
    use crate::rule::{Engine, Examples, RuleMeta};
    use crate::text::{Sources, Span, Spanned};

    fn at() -> Span {
        Span::file(Sources::new().add("recte.toml", ""))
    }

    fn rule() -> RuleMeta {
        RuleMeta {
            code: Code::native("CL0203"),
            name: "scope-outside-article".to_owned(),
            severity: Level::Error,
            category: "scope".to_owned(),
            since: String::new(),
            tags: Vec::new(),
            why: String::new(),
            docs: String::new(),
            help: None,
            refs: Vec::new(),
            engine: Engine::Condition,
            unchecked: false,
            ignorable: true,
            params: [("max".to_owned(), 3)].into(),
            examples: Examples::default(),
            span: at(),
        }
    }

    fn settings(entries: &[(&str, Level)]) -> Settings {
        let entry = |(subject, level): &(&str, Level)| Setting {
            subject: Spanned::new((*subject).to_owned(), at()),
            level: Some(*level),
            params: vec![(Spanned::new("max".to_owned(), at()), 7)],
        };
        Settings { entries: entries.iter().map(entry).collect() }
    }

    #[test]
    fn the_closest_entry_wins_wherever_it_stands() {
        let entries = [("CL0203", Level::Warning), ("scope", Level::Info), ("all", Level::Off)];
        assert_eq!(settings(&entries).level(&rule()), Level::Warning);
        assert_eq!(settings(&entries[1..]).level(&rule()), Level::Info);
        assert_eq!(settings(&entries[2..]).level(&rule()), Level::Off);
        assert_eq!(settings(&[("time", Level::Off)]).level(&rule()), Level::Error);
    }

    #[test]
    fn parameters_are_set_by_name() {
        assert_eq!(settings(&[("scope-outside-article", Level::Error)]).params(&rule())["max"], 7);
        assert_eq!(Settings::default().params(&rule())["max"], 3);
    }

    #[test]
    fn an_entry_that_matches_nothing_is_reported_with_the_nearest() {
        let rules = RuleSet::new(vec![Rule::new(rule(), Level::Error, Body::Native)]);
        let problems = settings(&[("scope-outside-artical", Level::Error)]).problems(&rules);
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `scope-outside-article`?"));
    }
}
