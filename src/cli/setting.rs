//! What holds of a setting or a rule: the value, the line that sets it, and what it wins over.

use recte::project::ProjectContext;
use recte::rule::{Level, Override, Rule, RuleSetting};
use recte::text::Span;
use serde::Serialize;

use super::project::place_of;

/// A setting or a rule, and what holds for it.
#[derive(Serialize)]
pub(super) struct ShownSetting {
    /// `fail-on`, `limits.file-size`, or the code and name of a rule.
    pub(super) name: String,
    pub(super) value: String,
    /// `path:line`; none for what holds by default.
    pub(super) set_by: Option<String>,
    /// Why, where a reason is on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// What it wins over, the nearest first.
    pub(super) instead_of: Vec<OverriddenValue>,
}

/// A value that lost.
#[derive(Serialize)]
pub(super) struct OverriddenValue {
    pub(super) value: String,
    pub(super) set_by: Option<String>,
}

impl ShownSetting {
    /// `recte.toml:4 "reason", instead of error by default`
    pub(super) fn origin(&self) -> String {
        let by = |set_by: &Option<String>| set_by.clone().unwrap_or_else(|| "by default".to_owned());
        let reason = self.reason.as_ref().map(|reason| format!(" \"{reason}\"")).unwrap_or_default();
        let lost: Vec<String> =
            self.instead_of.iter().map(|lost| format!("{} {}", lost.value, by(&lost.set_by))).collect();
        let lost = if lost.is_empty() { String::new() } else { format!(", instead of {}", lost.join(", ")) };
        format!("{}{reason}{lost}", by(&self.set_by))
    }
}

/// A level, what sets it, and why.
type LevelSource = (Option<Level>, Option<Span>, Option<String>);

/// The level of a rule, in one file of a namespace if one is given.
pub(super) fn level(context: &ProjectContext, rule: &Rule, file: Option<(&str, &str)>) -> ShownSetting {
    let settings = &context.config.settings;
    let mut levels: Vec<LevelSource> = vec![(Some(rule.meta.severity), None, None)];
    let set = |entry: &RuleSetting| (entry.level, Some(entry.subject.span), None);
    levels.extend(settings.deciding(&rule.meta).into_iter().map(set));
    levels.extend(overriding(context, rule, file));
    let show = |level: Option<Level>| level.map_or("", Level::as_str).to_owned();
    let at = |at: Option<Span>| at.map(|at| place_of(context, at));
    let (value, by, reason) = levels.pop().unwrap_or_default();
    let lost = levels.iter().rev().map(|(level, by, _)| OverriddenValue { value: show(*level), set_by: at(*by) });
    let name = format!("{} {}", rule.meta.code, rule.meta.name);
    ShownSetting { name, value: show(value), set_by: at(by), reason, instead_of: lost.collect() }
}

/// What overrides say of a rule in a file, the one that decides last.
fn overriding(context: &ProjectContext, rule: &Rule, file: Option<(&str, &str)>) -> Vec<LevelSource> {
    let holding = |by: &&Override| file.is_some_and(|(file, namespace)| by.covers(file, namespace));
    let overrides = context.config.settings.overrides.iter().filter(holding);
    let mut deciding: Vec<_> =
        overrides.filter_map(|by| by.deciding(&rule.meta).map(|(reach, entry)| (reach, by, entry))).collect();
    deciding.sort_by_key(|(reach, _, _)| *reach);
    let set =
        |(_, by, entry): (_, &Override, &RuleSetting)| (entry.level, Some(entry.subject.span), Some(by.reason.clone()));
    deciding.into_iter().map(set).collect()
}

/// The parameters of a rule.
pub(super) fn params(context: &ProjectContext, rule: &Rule) -> Vec<ShownSetting> {
    let params = context.config.settings.placed_params(&rule.meta).into_iter();
    let shown = params.map(|(name, (value, by))| {
        let set_by = by.map(|by| place_of(context, by));
        ShownSetting { name, value: value.to_string(), set_by, reason: None, instead_of: Vec::new() }
    });
    shown.collect()
}
