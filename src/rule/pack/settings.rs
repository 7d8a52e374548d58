//! What is wrong with the settings of rules, which is known when all rules are.

use super::problems::names;
use super::set::RuleSet;
use crate::condition::Param;
use crate::diagnostic::{Code, Diagnostic};
use crate::rule::level::Level;
use crate::rule::meta::RuleMeta;
use crate::rule::settings::{RuleSetting, Settings, SubjectMatch};
use crate::text::Spanned;

const UNREADABLE_SETTING: Code = Code::native("CF001");
const UNKNOWN_SUBJECT: Code = Code::native("CF002");
const FIXED_LEVEL: Code = Code::native("CF006");
const FORMER_NAME: Code = Code::native("CF009");

/// A problem for each entry that matches no rule or cannot do what it says, and for each parameter
/// that no such rule has.
pub(super) fn problems(settings: &Settings, rules: &RuleSet) -> Vec<Diagnostic> {
    let entries = settings.entries.iter().chain(settings.overrides.iter().flat_map(|by| &by.entries));
    entries.flat_map(|entry| of_entry(entry, rules)).collect()
}

fn of_entry(entry: &RuleSetting, rules: &RuleSet) -> Vec<Diagnostic> {
    let matched: Vec<&RuleMeta> =
        rules.iter().map(|rule| &*rule.meta).filter(|rule| entry.reach(rule).is_some()).collect();
    if matched.is_empty() && rules.incomplete {
        return Vec::new();
    }
    if matched.is_empty() {
        return vec![unknown_subject(&entry.subject, rules.advice_on_subject(&entry.subject.value))];
    }
    let subject = &entry.subject;
    let former = matched.iter().filter_map(|rule| rule.former_name(&subject.value, subject.span, FORMER_NAME));
    if let ([rule], Some(level)) = (matched.as_slice(), entry.level)
        && entry.reach(rule) == Some(SubjectMatch::Rule)
        && entry.counting(rule).is_none()
    {
        return vec![fixed_level(&entry.subject, level, rule)];
    }
    let known: Vec<&str> = matched.iter().flat_map(|rule| rule.params.keys().map(String::as_str)).collect();
    let problem = |(name, value): &(Spanned<String>, Param)| {
        let declared: Vec<&Param> = matched.iter().filter_map(|rule| rule.params.get(&name.value)).collect();
        let misfit = declared.iter().find(|declared| value.clone().in_place_of(declared).is_none());
        match (declared.as_slice(), misfit) {
            ([], _) => Some(unknown_param(name, &entry.subject.value, &known)),
            (_, Some(declared)) => Some(misfit_param(name, value, declared)),
            (_, None) => None,
        }
    };
    former.chain(entry.params.iter().filter_map(problem)).collect()
}

fn unknown_subject(subject: &Spanned<String>, help: String) -> Diagnostic {
    let message = format!("`{}` is not the code, name or category of a rule", subject.value);
    Diagnostic::new(UNKNOWN_SUBJECT, message, subject.span).help(help).value(subject.value.as_str())
}

fn unknown_param(name: &Spanned<String>, subject: &str, known: &[&str]) -> Diagnostic {
    let help = match known {
        [] => format!("`{subject}` has no parameters"),
        [_, ..] => format!("its parameters are {}", names(known.iter().copied())),
    };
    Diagnostic::new(UNKNOWN_SUBJECT, format!("`{subject}` has no parameter `{}`", name.value), name.span)
        .help(help)
        .value(format!("{subject} {}", name.value))
}

fn misfit_param(name: &Spanned<String>, value: &Param, declared: &Param) -> Diagnostic {
    let message = format!("`{}` takes {}", name.value, declared.describe());
    Diagnostic::new(UNREADABLE_SETTING, message, name.span)
        .here(format!("{}, which has no effect", value.describe()))
        .value(name.value.as_str())
}

fn fixed_level(subject: &Spanned<String>, level: Level, rule: &RuleMeta) -> Diagnostic {
    let why = match (rule.unchecked, rule.is_about_configuration()) {
        (true, _) => "it reports that something was not checked",
        (false, true) => "it reports that the settings are wrong",
        (false, false) => "claims that violate it cannot be read",
    };
    let message = format!("`{}` cannot be set to {}: {why}", subject.value, level.as_str());
    Diagnostic::new(FIXED_LEVEL, message, subject.span)
        .here("has no effect")
        .help("remove this line".to_owned())
        .value(subject.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::problems;
    use crate::rule::level::Level;
    use crate::rule::meta::RuleMeta;
    use crate::rule::pack::set::{Rule, RuleBody, RuleSet};
    use crate::rule::settings::{RuleSetting, Settings};
    use crate::text::{Sources, Span, Spanned};

    #[test]
    fn an_entry_that_matches_nothing_is_reported_with_the_nearest() {
        let rule = RuleMeta::sample("CL0203", "scope-outside-article");
        let rules = RuleSet::new(vec![Rule::new(rule, Level::Error, RuleBody::Native)]);
        let at = Span::file(Sources::new().add("recte.toml", ""));
        let subject = Spanned::new("scope-outside-artical".to_owned(), at);
        let entries = vec![RuleSetting { subject, level: Some(Level::Error), params: Vec::new() }];
        let problems = problems(&Settings { entries, ..Settings::default() }, &rules);
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `scope-outside-article`?"));
    }
}
