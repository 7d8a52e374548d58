//! What a project says about rules: how much they weigh, and the numbers they compare with.

use std::collections::BTreeMap;

use super::level::Level;
use super::meta::RuleMeta;
use crate::condition::{Param, Params};
use crate::model::DateRange;
use crate::text::{Pattern, Span, Spanned};

/// The word that stands for every rule.
pub const ALL_RULES: &str = "all";

/// The entries of the configuration, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// One for each line or table under `[rules]`.
    pub entries: Vec<RuleSetting>,
    /// One for each `[[override]]` table.
    pub overrides: Vec<Override>,
    /// Whether every rule keeps the parameters of its table, with which its examples are written.
    pub keeps_params: bool,
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

/// One `[[override]]` table.
#[derive(Clone, Debug)]
pub struct Override {
    /// Patterns of the files in which it holds.
    pub files: Vec<(Spanned<String>, Pattern)>,
    /// The namespaces in which it holds, with all beneath them.
    pub namespaces: Vec<Spanned<String>>,
    /// The levels it sets.
    pub entries: Vec<RuleSetting>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, and where that is written.
    pub until: Option<Spanned<DateRange>>,
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
        let set = entries.iter().filter(|_| !self.keeps_params).flat_map(|(_, entry)| &entry.params);
        for (name, value) in set {
            let Some(param) = params.get_mut(&name.value) else { continue };
            // One of another sort is reported, and leaves the rule with its own.
            if let Some(value) = value.clone().in_place_of(&param.0) {
                *param = (value, Some(name.span));
            }
        }
        params
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
        (free && !rule.unchecked && !rule.is_about_configuration()).then_some(reach)
    }

    pub(super) fn reach(&self, rule: &RuleMeta) -> Option<SubjectMatch> {
        match self.subject.value.as_str() {
            subject if rule.is_called(subject) => Some(SubjectMatch::Rule),
            subject if rule.category == subject => Some(SubjectMatch::Category),
            ALL_RULES => Some(SubjectMatch::All),
            _ => None,
        }
    }
}

impl Override {
    /// Whether it holds for a file with this path and namespace. Files and namespaces each narrow it.
    pub fn covers(&self, path: &str, namespace: &str) -> bool {
        let beneath =
            |outer: &str| namespace.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let in_files = self.files.is_empty() || self.files.iter().any(|(_, pattern)| pattern.matches(path));
        in_files && (self.namespaces.is_empty() || self.namespaces.iter().any(|outer| beneath(&outer.value)))
    }

    /// Whether its last day has passed.
    pub fn is_expired(&self, today: DateRange) -> bool {
        self.until.as_ref().is_some_and(|until| until.value.before(&today))
    }

    /// What it covers, as it is written.
    pub fn scope(&self) -> String {
        let files = self.files.iter().map(|(written, _)| written.value.as_str());
        files.chain(self.namespaces.iter().map(|namespace| namespace.value.as_str())).collect::<Vec<_>>().join(", ")
    }

    /// The entry that decides on a rule, and how closely it names it.
    pub fn deciding(&self, rule: &RuleMeta) -> Option<(SubjectMatch, &RuleSetting)> {
        self.entry(rule).map(|(reach, at)| (reach, &self.entries[at]))
    }

    /// The entry that speaks of a rule most closely; the last of equally close ones.
    pub(super) fn entry(&self, rule: &RuleMeta) -> Option<(SubjectMatch, usize)> {
        let counted = |(at, entry): (usize, &RuleSetting)| Some((entry.counting(rule)?, at));
        self.entries.iter().enumerate().filter_map(counted).max()
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, RuleSetting, Settings, Span};
    use crate::condition::Param;
    use crate::rule::meta::RuleMeta;
    use crate::text::{Sources, Spanned};

    fn at() -> Span {
        Span::file(Sources::new().add("recte.toml", ""))
    }

    fn rule() -> RuleMeta {
        RuleMeta::sample("CL0203", "scope-outside-article")
    }

    fn settings(entries: &[(&str, Level)]) -> Settings {
        let entry = |(subject, level): &(&str, Level)| RuleSetting {
            subject: Spanned::new((*subject).to_owned(), at()),
            level: Some(*level),
            params: vec![(Spanned::new("max".to_owned(), at()), Param::Integer(7))],
        };
        Settings { entries: entries.iter().map(entry).collect(), ..Settings::default() }
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
}
