//! `recte why-not RULE CLAIM`: how near a rule came to reporting a claim, and the first clause that fails.

use recte::condition::StopPoint;
use recte::model::BlockId;
use recte::project::{CheckOutput, ExampleKind, test_examples};
use recte::report::count as count_of;
use recte::rule::{Engine, Level, LintContext, NotFound, Rule, RuleSet};
use recte::text::did_you_mean;
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::TypedName;
use crate::cli::near::{advice_on_block, advice_on_file};
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::paths::choice;
use crate::cli::project::{OpenedProject, ProjectArgument, refuse_wrong, refuse_wrong_run};
use crate::cli::trace::{Namer, ShownClause, ShownRow};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The code or the name of a rule
    rule: String,
    /// The id of a block, with its namespace, or its position as FILE:LINE
    claim: String,
    /// In an example of the rule instead of the project: bad or good, and its number, such as bad:1
    #[arg(long, value_name = "EXAMPLE", value_parser = example)]
    example: Option<(ExampleKind, usize)>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: ProjectArgument,
}

/// How near one case of a rule came.
#[derive(Serialize)]
struct NearCase {
    /// The name of `for` that stands for the claim.
    name: String,
    /// In a word: reported, alone, kept, broken, not-judged or nothing-to-bind.
    end: &'static str,
    /// In a sentence.
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    empty: Option<ShownClause>,
    trace: ShownRow,
}

/// Why a rule does not report a claim.
#[derive(Serialize)]
struct WhyNot {
    code: String,
    rule: String,
    claim: String,
    /// What keeps the rule from looking at the claim at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
    near: Vec<NearCase>,
}

/// Says why a rule does not report a claim.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let told = match arguments.example {
        Some(example) => in_example(example, arguments)?,
        None => in_project(arguments)?,
    };
    match arguments.format {
        Listing::Json => output.json(&told)?,
        Listing::Text => told.write(output)?,
    }
    Ok(Exit::Clean)
}

fn in_project(arguments: &Arguments) -> Result<WhyNot, CommandFailure> {
    let typed = TypedName::read(&arguments.claim);
    let place = arguments.place.at(typed.path());
    let (opened, checked) = project_of(&place, &typed)?;
    refuse_wrong_run(&checked)?;
    let rule = named(&checked.rules, &arguments.rule)?;
    let claims = claims(&typed.within(opened.root.path()), &checked)?;
    Ok(why_not(rule, &claims, &Namer::new(&checked, &opened), arguments))
}

/// The same in an example of the rule, which is judged with the parameters of its table.
fn in_example((sort, number): (ExampleKind, usize), arguments: &Arguments) -> Result<WhyNot, CommandFailure> {
    let context = arguments.place.context_for_examples()?;
    refuse_wrong(&context)?;
    let rule = named(&context.rules, &arguments.rule)?;
    let tested = test_examples(rule, &context, arguments.place.judged.today());
    let mut of_sort = tested.iter().filter(|example| example.sort == sort);
    let example = of_sort.nth(number - 1).ok_or_else(|| {
        let count = tested.iter().filter(|example| example.sort == sort).count();
        let all = count_of(count, &format!("{} example", sort.as_str()));
        CommandFailure::misused(format!("`{}` has {all}, so there is no {}:{number}", rule.meta.name, sort.as_str()))
    })?;
    let claims = claims(&arguments.claim, &example.checked)?;
    Ok(why_not(rule, &claims, &Namer::of_example(&example.checked, &context.sources), arguments))
}

/// `bad:1`, `good:2`.
fn example(written: &str) -> Result<(ExampleKind, usize), String> {
    let read = written.split_once(':').and_then(|(sort, number)| {
        let sort = [ExampleKind::Bad, ExampleKind::Good].into_iter().find(|known| known.as_str() == sort)?;
        Some((sort, number.parse().ok().filter(|number| *number > 0)?))
    });
    read.ok_or_else(|| "an example is written bad:1 or good:1".to_owned())
}

fn named<'a>(rules: &'a RuleSet, name: &str) -> Result<&'a Rule, CommandFailure> {
    rules
        .typed(name)
        .ok_or_else(|| CommandFailure::misused(format!("there is no rule `{name}`; {}", rules.advice(name))))
}

/// The project at the place; of several, the one that has the claim.
fn project_of(place: &ProjectArgument, named: &TypedName<'_>) -> Result<(OpenedProject, CheckOutput), CommandFailure> {
    let mut all: Vec<(OpenedProject, CheckOutput)> = Vec::new();
    for opened in place.open_all()? {
        let checked = place.check_opened(&opened);
        all.push((opened, checked));
    }
    let has =
        |(opened, checked): &(OpenedProject, CheckOutput)| claims(&named.within(opened.root.path()), checked).is_ok();
    let having: Vec<usize> = (0..all.len()).filter(|at| all.len() == 1 || has(&all[*at])).collect();
    match having.as_slice() {
        [only] => Ok(all.swap_remove(*only)),
        [] => {
            let near = all.iter().find_map(|(opened, checked)| advice(&named.within(opened.root.path()), checked));
            let near = near.unwrap_or_else(|| {
                let roots = choice(all.iter().map(|(opened, _)| opened.root.path().to_owned()));
                format!("name its project with --project: {roots}")
            });
            Err(CommandFailure::misused(format!("no project has the block; {near}")))
        }
        several => Err(CommandFailure::misused(format!(
            "several projects have the block; name one with --project: {}",
            choice(several.iter().map(|at| all[*at].0.root.path().to_owned()))
        ))),
    }
}

/// The blocks at `FILE:LINE`, or at `FILE:LINE:COLUMN` as a check shows it, in the order in which they may be meant: the
/// innermost block that has a body, the values in it, then the blocks around.
fn blocks_at(named: &str, checked: &CheckOutput) -> Vec<BlockId> {
    let corpus = &checked.corpus;
    let holds = |block: &BlockId| {
        let whole = corpus.block(*block).whole();
        let source = checked.sources.get(whole.source);
        let Some(place) = named.strip_prefix(source.name()).and_then(|place| place.strip_prefix(':')) else {
            return false;
        };
        let (first, last) = (source.position(whole.start), source.position(whole.end));
        let mut numbers = place.split(':').map(|number| number.parse::<u32>().ok());
        match (numbers.next().flatten(), numbers.next().flatten()) {
            (Some(line), None) => (first.line..=last.line).contains(&line),
            (Some(line), Some(column)) => {
                ((first.line, first.column)..=(last.line, last.column)).contains(&(line, column))
            }
            (None, _) => false,
        }
    };
    let mut found: Vec<BlockId> = corpus.block_ids().filter(holds).collect();
    found.sort_by_key(|block| corpus.block(*block).whole().len());
    let (bodies, values): (Vec<BlockId>, Vec<BlockId>) =
        found.into_iter().partition(|block| corpus.is_written(*block, &checked.sources));
    let mut bodies = bodies.into_iter();
    bodies.next().into_iter().chain(values).chain(bodies).collect()
}

/// The blocks that a name may mean, the likeliest first; there is at least one.
fn claims(named: &str, checked: &CheckOutput) -> Result<Vec<BlockId>, CommandFailure> {
    if let Some(block) = checked.corpus.named(named) {
        return Ok(vec![block]);
    }
    let at_place = blocks_at(named.trim_start_matches("./"), checked);
    if !at_place.is_empty() {
        return Ok(at_place);
    }
    let ids = checked.corpus.block_ids().filter_map(|block| checked.corpus.block(block).id());
    // An id is enough without its namespace where only one block has it.
    let ending: Vec<&str> = ids.filter(|id| id.ends_with(&format!("/{named}"))).collect();
    if let [only] = ending.as_slice()
        && let Some(block) = checked.corpus.named(only)
    {
        return Ok(vec![block]);
    }
    let near = if ending.is_empty() { advice(named, checked) } else { did_you_mean(&ending) };
    let near = near.unwrap_or_else(|| "`recte facts FILE` lists the blocks of a file".to_owned());
    Err(CommandFailure::misused(format!("there is no block `{named}`; {near}")))
}

/// What to type instead of a block that is not there.
fn advice(named: &str, checked: &CheckOutput) -> Option<String> {
    let file = named.split_once(':').map(|(file, _)| file.trim_start_matches("./"));
    match file {
        Some(file) => advice_on_file(file, checked),
        None => advice_on_block(named, checked),
    }
}

/// The first of several blocks of which a rule has something to say, with that; or else the first of all.
fn asked(rule: &Rule, claims: &[BlockId], context: &LintContext<'_>) -> (BlockId, Vec<NotFound>) {
    let answer = |claim: &BlockId| Some((*claim, rule.why_not(context, *claim))).filter(|(_, found)| !found.is_empty());
    claims.iter().find_map(answer).unwrap_or_else(|| {
        // A rule about quotations is asked about those of the claim.
        let quotations = context.corpus.quotations(claims[0]);
        (claims[0], quotations.flat_map(|quotation| rule.why_not(context, quotation)).collect())
    })
}

fn why_not(rule: &Rule, claims: &[BlockId], namer: &Namer<'_>, arguments: &Arguments) -> WhyNot {
    let checked = namer.checked;
    let context = LintContext {
        corpus: &checked.corpus,
        sources: &checked.sources,
        settings: &checked.config.settings,
        today: arguments.place.judged.today(),
        steps: checked.config.rule_steps.value,
        run_steps: checked.config.steps_of_run(checked.claims),
        clock: None,
    };
    let (claim, found) = asked(rule, claims, &context);
    WhyNot {
        code: rule.meta.code.to_string(),
        rule: rule.meta.name.clone(),
        claim: checked.corpus.identity(claim),
        instead: instead(rule, claim, checked, &found),
        near: found.iter().map(|near| shown(near, namer)).collect(),
    }
}

/// What keeps a rule from looking at a claim at all, or its finding from being shown.
fn instead(rule: &Rule, claim: BlockId, checked: &CheckOutput, found: &[NotFound]) -> Option<String> {
    let kind = &checked.corpus.schema.kind(checked.corpus.block(claim).kind()).name;
    if rule.meta.engine == Engine::Native {
        return Some("this rule is implemented in recte itself and has no clauses to show".to_owned());
    }
    if rule.is_disabled() {
        return Some("the rule does not run: its table has errors, which `recte check` shows".to_owned());
    }
    if found.is_empty() {
        return Some(format!("no name in `for` can be a block of kind {kind}"));
    }
    if rule.level == Level::Off {
        return Some("the rule is off; if it were on:".to_owned());
    }
    let is_reported = found.iter().any(|near| near.end == StopPoint::Reported && !near.alone);
    let silenced = checked.findings.iter().filter(|finding| finding.diagnostic.code == rule.meta.code);
    let silenced = silenced.filter_map(|finding| finding.suppressed.as_ref()).next();
    silenced
        .filter(|_| is_reported)
        .map(|by| format!("an exception ({}) may suppress it: {}", by.by.as_str(), by.reason))
}

fn shown(near: &NotFound, namer: &Namer<'_>) -> NearCase {
    let trace = namer.trace(&near.trace);
    let failing = near.trace.when.iter().find(|clause| !clause.holds).map(|clause| clause.text.as_str());
    let (end, because) = match (near.end, &near.empty) {
        (StopPoint::Reported, _) if near.alone => {
            ("alone", "it offends, but no other block forms a group with it, and one alone is not reported".to_owned())
        }
        (StopPoint::Reported, _) => ("reported", "it is reported".to_owned()),
        (StopPoint::Broken, _) => (
            "broken",
            "it violates the rule, but a value that the rule uses is reported as broken: correct that first".to_owned(),
        ),
        (StopPoint::Kept, _) => ("kept", "it was evaluated, and satisfies the rule".to_owned()),
        (StopPoint::NotJudged, _) => {
            ("not-judged", format!("`when` excludes it: `{}` fails", failing.unwrap_or("a clause")))
        }
        (StopPoint::NothingToBind, Some((name, _))) => ("nothing-to-bind", format!("there is no block for `{name}`")),
        (StopPoint::NothingToBind, None) => ("nothing-to-bind", "there are no blocks to evaluate".to_owned()),
    };
    let empty = near.empty.as_ref().and_then(|(_, clause)| clause.as_ref()).map(|clause| namer.clause(clause));
    NearCase { name: near.name.clone(), end, because, empty, trace }
}

impl WhyNot {
    fn write(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.line(&format!("{} {} and {}", self.code, self.rule, self.claim))?;
        if let Some(instead) = &self.instead {
            output.line(&format!("  {instead}"))?;
        }
        for near in &self.near {
            output.line(&format!("as `{}`: {}", near.name, near.because))?;
            near.trace.write_guards(output)?;
            if let Some(empty) = &near.empty {
                empty.write_facts("", output)?;
            }
            if !matches!(near.end, "not-judged" | "nothing-to-bind") {
                near.trace.write_judgement(output)?;
            }
        }
        Ok(())
    }
}
