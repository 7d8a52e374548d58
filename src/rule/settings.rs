//! What a project says about rules: how much they weigh, and the numbers they compare with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::RuleSet;
use super::exceptions::overrides::Override;
use super::pack::meta::RuleMeta;
use super::problems;
use crate::condition::{Param, Params};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Span, Spanned};

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
    pub entries: Vec<RuleSetting>,
    /// One for each `[[override]]` table.
    pub overrides: Vec<Override>,
}

/// What the configuration says about one rule, one category, or all of them.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// A code, a name, a category or [`ALL_RULES`], where it stands in the configuration.
    pub subject: Spanned<String>,
    /// The level it sets, if it sets one.
    pub level: Option<Level>,
    /// The parameters it sets.
    pub params: Vec<(Spanned<String>, Param)>,
}

/// How closely a subject names a rule; the closest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectMatch {
    /// By [`ALL_RULES`].
    All,
    /// By its category.
    Category,
    /// By its own code or name.
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
    pub fn level(&self, rule: &RuleMeta) -> Level {
        self.deciding(rule).last().and_then(|entry| entry.level).unwrap_or(rule.severity)
    }

    /// The entries that speak of the level of a rule, the one that decides last.
    pub fn deciding(&self, rule: &RuleMeta) -> Vec<&RuleSetting> {
        let counted = |entry: &'_ RuleSetting| entry.counting(rule);
        let mut entries: Vec<(SubjectMatch, &RuleSetting)> =
            self.entries.iter().filter_map(|entry| Some((counted(entry)?, entry))).collect();
        entries.sort_by_key(|(reach, _)| *reach);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Whether a rule that is off may be on in some files.
    pub(super) fn wakes(&self, rule: &RuleMeta) -> bool {
        let wakes = |entry: &RuleSetting| entry.counting(rule).is_some() && entry.level != Some(Level::Off);
        self.overrides.iter().flat_map(|by| &by.entries).any(wakes)
    }

    /// The parameters of a rule, with the values that the project sets.
    pub fn params(&self, rule: &RuleMeta) -> Params {
        self.placed_params(rule).into_iter().map(|(name, (value, _))| (name, value)).collect()
    }

    /// The same, each with the place where the project sets it; nowhere for what the rule says itself.
    pub fn placed_params(&self, rule: &RuleMeta) -> BTreeMap<String, (Param, Option<Span>)> {
        let by_default = |(name, value): (&String, &Param)| (name.clone(), (value.clone(), None));
        let mut params: BTreeMap<_, _> = rule.params.iter().map(by_default).collect();
        let mut entries: Vec<(SubjectMatch, &RuleSetting)> =
            self.entries.iter().filter_map(|entry| Some((entry.reach(rule)?, entry))).collect();
        entries.sort_by_key(|(reach, _)| *reach);
        for (name, value) in entries.iter().flat_map(|(_, entry)| &entry.params) {
            let Some(param) = params.get_mut(&name.value) else { continue };
            // One of another sort is reported, and leaves the rule with its own.
            if let Some(value) = value.clone().in_place_of(&param.0) {
                *param = (value, Some(name.span));
            }
        }
        params
    }

    /// A problem for each entry that matches no rule or cannot do what it says, and for each parameter
    /// that no such rule has.
    pub(super) fn problems(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let entries = self.entries.iter().chain(self.overrides.iter().flat_map(|by| &by.entries));
        entries.flat_map(|entry| entry.problems(rules)).collect()
    }
}

impl RuleSetting {
    /// How closely the entry names a rule whose level it may set.
    ///
    /// What says that something was not checked, or that the settings themselves are wrong, keeps its
    /// own level, and what may not be ignored is neither off nor weighed with all others: a project
    /// cannot make a run look clean that is not.
    pub(super) fn counting(&self, rule: &RuleMeta) -> Option<SubjectMatch> {
        let (reach, level) = (self.reach(rule)?, self.level?);
        let free = rule.ignorable || reach == SubjectMatch::Rule && level != Level::Off;
        (free && !rule.unchecked && !rule.is_about_setup()).then_some(reach)
    }

    fn reach(&self, rule: &RuleMeta) -> Option<SubjectMatch> {
        match self.subject.value.as_str() {
            subject if rule.is_called(subject) => Some(SubjectMatch::Rule),
            subject if rule.category == subject => Some(SubjectMatch::Category),
            ALL_RULES => Some(SubjectMatch::All),
            _ => None,
        }
    }

    fn problems(&self, rules: &RuleSet) -> Vec<Diagnostic> {
        let matched: Vec<&RuleMeta> =
            rules.iter().map(|rule| &*rule.meta).filter(|rule| self.reach(rule).is_some()).collect();
        if matched.is_empty() && rules.incomplete {
            return Vec::new();
        }
        if matched.is_empty() {
            return vec![problems::unknown_subject(&self.subject, &rules.nearest_subjects(&self.subject.value))];
        }
        if let ([rule], Some(level)) = (matched.as_slice(), self.level)
            && self.reach(rule) == Some(SubjectMatch::Rule)
            && self.counting(rule).is_none()
        {
            return vec![problems::fixed_level(&self.subject, level, rule)];
        }
        let known: Vec<&str> = matched.iter().flat_map(|rule| rule.params.keys().map(String::as_str)).collect();
        let problem = |(name, value): &(Spanned<String>, Param)| {
            let declared: Vec<&Param> = matched.iter().filter_map(|rule| rule.params.get(&name.value)).collect();
            let misfit = declared.iter().find(|declared| value.clone().in_place_of(declared).is_none());
            match (declared.as_slice(), misfit) {
                ([], _) => Some(problems::unknown_param(name, &self.subject.value, &known)),
                (_, Some(declared)) => Some(problems::misfit_param(name, value, declared)),
                (_, None) => None,
            }
        };
        self.params.iter().filter_map(problem).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use super::{Level, RuleSetting, Settings};
    use crate::condition::Param;
    use crate::diagnostic::Code;
    use crate::rule::set::{Rule, RuleBody, RuleSet};
    use crate::rule::{Engine, Examples, RuleMeta};
    use crate::text::{Sources, Spanned};

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
            fixes: Vec::new(),
            refs: Vec::new(),
            engine: Engine::Condition,
            unchecked: false,
            ignorable: true,
            params: [("max".to_owned(), Param::Integer(3))].into(),
            examples: Examples::default(),
            span: at(),
        }
    }

    fn settings(entries: &[(&str, Level)]) -> Settings {
        let entry = |(subject, level): &(&str, Level)| RuleSetting {
            subject: Spanned::new((*subject).to_owned(), at()),
            level: Some(*level),
            params: vec![(Spanned::new("max".to_owned(), at()), Param::Integer(7))],
        };
        Settings { entries: entries.iter().map(entry).collect(), overrides: Vec::new() }
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
        assert_eq!(settings(&[("scope-outside-article", Level::Error)]).params(&rule())["max"], Param::Integer(7));
        assert_eq!(Settings::default().params(&rule())["max"], Param::Integer(3));
    }

    #[test]
    fn an_entry_that_matches_nothing_is_reported_with_the_nearest() {
        let rules = RuleSet::new(vec![Rule::new(rule(), Level::Error, RuleBody::Native)]);
        let problems = settings(&[("scope-outside-artical", Level::Error)]).problems(&rules);
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `scope-outside-article`?"));
    }
}
