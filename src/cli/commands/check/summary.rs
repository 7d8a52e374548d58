//! The counts of a run, and what its settings keep out of it.

use recte::diagnostic::Severity;
use recte::project::{CheckOutput, Excluded};
use recte::report::{Hidden, Summary, Withheld, WithheldKind};
use recte::rule::{ExceptionState, Finding, Level, RuleSetting, SuppressedBy};
use recte::text::Span;

/// Sums up a run of which only some findings are shown.
pub(super) fn new(checked: &CheckOutput, shown: &[Finding]) -> Summary {
    let open = |finding: &&Finding| finding.suppressed.is_none();
    let weighing = |severity| shown.iter().filter(open).filter(|finding| finding.severity == severity).count();
    let mut summary = Summary {
        files: checked.files.len(),
        claims: checked.claims,
        rules: checked.rules.iter().filter(|rule| rule.is_on()).count(),
        errors: weighing(Severity::Error),
        warnings: weighing(Severity::Warning),
        infos: weighing(Severity::Info),
        withheld: withheld(checked),
        stale: checked.baseline.as_ref().map(|_| if is_whole(checked) { checked.stale.len() } else { 0 }),
        ..Summary::default()
    };
    let silenced = [
        (Hidden::Allow, SuppressedBy::Allow),
        (Hidden::Override, SuppressedBy::Override),
        (Hidden::Baseline, SuppressedBy::Baseline),
    ];
    for (hidden, by) in silenced {
        let count = silenced_by(&checked.findings, by) - silenced_by(shown, by);
        summary.hidden.extend((count > 0).then_some((hidden, count)));
    }
    for severity in Severity::ALL {
        let all = checked.findings.iter().filter(open).filter(|finding| finding.severity == severity).count();
        let elsewhere = all - summary.of(severity);
        summary.elsewhere.extend((elsewhere > 0).then_some((severity, elsewhere)));
    }
    let elsewhere = summary.elsewhere.values().sum();
    summary.hidden.extend((elsewhere > 0).then_some((Hidden::Elsewhere, elsewhere)));
    summary
}

/// Whether what was not found is not there.
fn is_whole(checked: &CheckOutput) -> bool {
    let hides =
        |finding: &Finding| checked.rules.get(&finding.diagnostic.code).is_none_or(|rule| rule.meta.hides_others());
    !checked.findings.iter().any(hides)
}

fn silenced_by(findings: &[Finding], by: SuppressedBy) -> usize {
    let silenced = |finding: &&Finding| finding.suppressed.as_ref().is_some_and(|suppression| suppression.by == by);
    findings.iter().filter(silenced).count()
}

/// Everything that the settings take out of the check, in the order of sorts and places.
pub(in crate::cli) fn withheld(checked: &CheckOutput) -> Vec<Withheld> {
    let settings = &checked.config.settings;
    let mut all = Vec::new();
    for rule in checked.rules.iter() {
        let Some(setting) = settings.deciding(&rule.meta).pop() else { continue };
        let name = format!("{} {}", rule.meta.code, rule.meta.name);
        match (rule.level, rule.level.severity() < rule.meta.severity.severity()) {
            (_, false) => {}
            (Level::Off, true) => all.push(place(checked, WithheldKind::Rule, name, setting.subject.span)),
            (level, true) => {
                let name = format!("{name} ({})", level.as_str());
                all.push(place(checked, WithheldKind::Lowered, name, setting.subject.span));
            }
        }
    }
    for excluded in &checked.excluded {
        all.push(match excluded {
            Excluded::Pattern(pattern) => place(checked, WithheldKind::Files, pattern.value.clone(), pattern.span),
            Excluded::Ignored(paths) => ignored(paths),
            Excluded::Misnamed(paths) => {
                Withheld { what: WithheldKind::Misnamed, name: some_of(paths), path: paths[0].clone(), line: 1 }
            }
        });
    }
    for by in &settings.overrides {
        // What is over, or names nothing, takes nothing out.
        for entry in by.entries.iter().filter(|entry| stands(checked, entry)) {
            let name = format!("{} in {}", described(entry), by.scope());
            all.push(place(checked, WithheldKind::Override, name, entry.subject.span));
        }
    }
    all
}

/// How many of the files that ignore files leave out are named.
const NAMED: usize = 5;

/// The claims files that ignore files leave out.
fn ignored(paths: &[String]) -> Withheld {
    let name = format!("{} by an ignore file", some_of(paths));
    Withheld { what: WithheldKind::Files, name, path: paths[0].clone(), line: 1 }
}

/// The first of some paths, and how many more there are.
fn some_of(paths: &[String]) -> String {
    let mut names = paths.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if paths.len() > NAMED {
        names.push_str(&format!(" and {} more", paths.len() - NAMED));
    }
    names
}

/// Whether an entry of an override is neither over nor void.
fn stands(checked: &CheckOutput, entry: &RuleSetting) -> bool {
    let over = |state: ExceptionState| matches!(state, ExceptionState::Expired | ExceptionState::Void);
    !checked.exceptions.iter().any(|exception| exception.at == entry.subject.span && over(exception.state))
}

fn described(entry: &RuleSetting) -> String {
    format!("{} ({})", entry.subject.value, entry.level.map_or("", Level::as_str))
}

fn place(checked: &CheckOutput, what: WithheldKind, name: String, at: Span) -> Withheld {
    let source = checked.sources.get(at.source);
    Withheld { what, name, path: source.name().to_owned(), line: source.position(at.start).line }
}
