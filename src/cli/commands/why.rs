//! `recte why FINDING`: the facts behind a finding, and the smallest changes that would clear it.

use recte::model::DateRange;
use recte::project::{AnalysisHost, CheckOutput, CheckRequest, clearing};
use recte::rule::{Finding, LintContext, unguessed};
use recte::text::Span;
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::TypedName;
use crate::cli::near::{advice_on_block, advice_on_file};
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
    /// The fields that it reads and for which no change is proposed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unguessed: Vec<String>,
    /// The smallest changes that clear it and bring no other finding.
    clears: Vec<String>,
}

/// Says why each finding that is meant was made. An id is looked for in every project at the path.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let named = TypedName::read(&arguments.finding);
    let today = arguments.place.judged.today();
    let mut told: Vec<Why> = Vec::new();
    let (mut unusable, mut advice) = (None, None);
    for opened in arguments.place.at(named.path()).open_all()? {
        let mut host = AnalysisHost::judged_by(opened.context(), CheckRequest::new(&opened.root, today));
        let checked = host.snapshot();
        if let Err(failure) = refuse_wrong_run(&checked) {
            unusable = Some(failure);
            continue;
        }
        let namer = Namer::new(&checked, &opened);
        let within = named.within(opened.root.path());
        let meant = meant(&within, &checked);
        if meant.is_empty() && advice.is_none() {
            advice = advice_on_finding(&within, &checked);
        }
        told.extend(meant.into_iter().map(|finding| why(finding, (&mut host, &namer), today)));
    }
    if told.is_empty() {
        let name = &arguments.finding;
        return Err(unusable.unwrap_or_else(|| {
            let advice = advice.unwrap_or_else(|| {
                "`recte check` shows where they are, and `recte why-not RULE CLAIM` says why there is none".to_owned()
            });
            CommandFailure::misused(format!("there is no finding at {name}; {advice}"))
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

/// The most places of findings that are named.
const PLACES: usize = 5;

/// What to type instead of a place or a fingerprint at which there is no finding: where the findings of the file or of the
/// block are, or a name that is almost the same.
fn advice_on_finding(named: &str, checked: &CheckOutput) -> Option<String> {
    let corpus = &checked.corpus;
    let (file, block) = match named.split_once(':') {
        Some((file, _)) => (file.trim_start_matches("./"), None),
        None => ("", corpus.named(named).map(|block| corpus.block(block).whole())),
    };
    let is_meant = |at: Span| match block {
        Some(whole) => whole.contains(at),
        None => checked.sources.get(at.source).name() == file,
    };
    let place = |at: Span| {
        let source = checked.sources.get(at.source);
        format!("{}:{}", source.name(), source.position(at.start).line)
    };
    let at = checked.findings.iter().map(|finding| finding.diagnostic.primary.span);
    let mut places: Vec<String> = at.filter(|at| is_meant(*at)).map(place).collect();
    places.dedup();
    match places.as_slice() {
        [] if named.contains(':') => {
            let is_known = checked.files.iter().any(|known| checked.sources.get(*known).name() == file);
            if is_known { Some(format!("{file} has no findings")) } else { advice_on_file(file, checked) }
        }
        [] if block.is_some() => Some(format!("`{named}` has no findings")),
        [] => advice_on_block(named, checked),
        [only] => Some(format!("there is one at {only}")),
        several => {
            let more = if several.len() > PLACES { ", and others" } else { "" };
            Some(format!("there are findings at {}{more}", several[..several.len().min(PLACES)].join(", ")))
        }
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
    let at = finding.diagnostic.primary.span;
    Why {
        unguessed: trace.as_ref().map(|trace| unguessed(&context, trace, at)).unwrap_or_default(),
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
            let unguessed: Vec<String> = self.unguessed.iter().map(|name| format!("`{name}`")).collect();
            let unguessed = match unguessed.is_empty() {
                true => String::new(),
                false => format!("; it proposes no values of {}", unguessed.join(", ")),
            };
            output.line(&format!(
                "recte found no change of a single value that resolves it without causing another finding{unguessed}"
            ))?;
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
