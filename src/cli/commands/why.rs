//! `recte why FINDING`: the facts behind a finding, and the smallest changes that would clear it.

use recte::model::DateRange;
use recte::project::{AnalysisHost, CheckOutput, CheckRequest, clearing};
use recte::rule::{Finding, LintContext};
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::TypedName;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{ProjectArgument, refuse_wrong_run};
use crate::cli::trace::{Namer, ShownRow};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The finding, as reports show it: its position as FILE:LINE, or its fingerprint or a prefix of it
    finding: String,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: ProjectArgument,
}

/// A finding and why it was made.
#[derive(Serialize)]
struct Why {
    code: String,
    rule: String,
    fingerprint: String,
    at: String,
    message: String,
    /// How the rule came out; nothing for what the program itself finds.
    trace: Option<ShownRow>,
    /// The smallest changes that clear it and bring no other finding.
    clears: Vec<String>,
}

/// Says why each finding that is meant was made. An id is looked for in every project at the path.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let named = TypedName::read(&arguments.finding);
    let today = arguments.place.judged.today();
    let mut told: Vec<Why> = Vec::new();
    let mut unusable = None;
    for opened in arguments.place.at(named.path()).open_all()? {
        let mut host = AnalysisHost::judged_by(opened.context(), CheckRequest::new(&opened.root, today));
        let checked = host.snapshot();
        if let Err(failure) = refuse_wrong_run(&checked) {
            unusable = Some(failure);
            continue;
        }
        let namer = Namer::new(&checked, &opened);
        let meant = meant(&named.within(opened.root.path()), &checked);
        told.extend(meant.into_iter().map(|finding| why(finding, (&mut host, &namer), today)));
    }
    if told.is_empty() {
        let name = &arguments.finding;
        return Err(unusable.unwrap_or_else(|| {
            CommandFailure::misused(format!(
                "there is no finding at {name}; `recte check` shows where they are, and `recte why-not RULE CLAIM` says why \
                 there is none"
            ))
        }));
    }
    match arguments.format {
        Listing::Json => output.json(&told)?,
        Listing::Text => told.iter().try_for_each(|why| why.write(output))?,
    }
    Ok(Exit::Clean)
}

/// The findings at a place, or the one whose fingerprint begins so.
fn meant<'a>(named: &str, checked: &'a CheckOutput) -> Vec<&'a Finding> {
    let all = checked.findings.iter();
    match named.rsplit_once(':') {
        Some(_) => all.filter(|finding| stands_at(finding, named, checked)).collect(),
        None => all.filter(|finding| finding.fingerprint.as_str().starts_with(named)).collect(),
    }
}

/// Whether a finding stands at `FILE:LINE`, or at `FILE:LINE:COLUMN` as a check shows it.
fn stands_at(finding: &Finding, named: &str, checked: &CheckOutput) -> bool {
    let named = named.trim_start_matches("./");
    let members = finding.diagnostic.members().iter().map(|member| member.at);
    members.chain([finding.diagnostic.primary.span]).any(|at| {
        let source = checked.sources.get(at.source);
        let position = source.position(at.start);
        let line = format!("{}:{}", source.name(), position.line);
        named == line || named == format!("{line}:{}", position.column)
    })
}

fn why(finding: &Finding, (host, namer): (&mut AnalysisHost<'_>, &Namer<'_>), today: DateRange) -> Why {
    let checked = namer.checked;
    let context = LintContext {
        corpus: &checked.corpus,
        sources: &checked.sources,
        settings: &checked.config.settings,
        today,
        steps: checked.config.rule_steps.value,
        run_steps: checked.config.steps_of_run(checked.claims),
        clock: None,
    };
    let rule = checked.rules.get(&finding.diagnostic.code);
    let trace = rule.and_then(|rule| rule.why(&context, &finding.diagnostic));
    Why {
        code: finding.diagnostic.code.to_string(),
        rule: finding.rule.clone(),
        fingerprint: finding.fingerprint.to_string(),
        at: namer.place(finding.diagnostic.primary.span),
        message: finding.diagnostic.message.clone(),
        trace: trace.map(|trace| namer.trace(&trace)),
        clears: clearing(host, checked, &context, finding).into_iter().map(|change| change.what).collect(),
    }
}

impl Why {
    fn write(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.line(&format!("{} {} at {} ({})", self.code, self.rule, self.at, self.fingerprint))?;
        output.line(&format!("  {}", self.message))?;
        match &self.trace {
            Some(trace) => {
                output.line("for:")?;
                trace.write_guards(output)?;
                trace.write_judgement(output)?;
            }
            None => output
                .line(&format!("this finding comes from recte itself; `recte explain {}` describes it", self.code))?,
        }
        if self.clears.is_empty() {
            output.line("recte found no change of a single value that resolves it without causing another finding")?;
        } else {
            output.line(
                "each of these changes alone resolves it without causing another finding; check against the text which one is true:",
            )?;
        }
        for change in &self.clears {
            output.line(&format!("  {change}"))?;
        }
        Ok(output.line("")?)
    }
}
