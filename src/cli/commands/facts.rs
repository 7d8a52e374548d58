//! `recte facts FILE`: what rules see of a file, and the answers to a question.

use std::path::PathBuf;
use std::sync::Arc;

use recte::condition::{
    Budget, Definitions, ExpressionSource, Params, PropertySource, Question, ScalarValue, Vocabulary, seen,
};
use recte::model::BlockId;
use recte::project::CheckOutput;
use recte::report;
use recte::rule::assign_severities;
use recte::text::Span;
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::inside;
use crate::cli::near::advice_on_file;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::paths::slashed;
use crate::cli::project::{OpenedProject, ProjectArgument, refuse_wrong_run};
use crate::cli::trace::{Namer, word};

/// The name by which messages know the question.
const QUESTION: &str = "recte:query";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A claims file, or a project (default: all files of the project)
    file: Option<PathBuf>,
    /// Query blocks as a rule does: `norm n, a in n.cites where some a.scope`
    #[arg(long, value_name = "QUESTION")]
    query: Option<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    place: ProjectArgument,
}

/// A block as rules see it.
#[derive(Serialize)]
struct BlockFacts {
    kind: String,
    id: Option<String>,
    at: String,
    facts: Vec<ListedFact>,
}

/// What a block has under one name.
#[derive(Serialize)]
struct ListedFact {
    name: String,
    /// In a word: always, written, computed or elsewhere.
    has: &'static str,
    values: Vec<String>,
}

/// What one answer binds.
#[derive(Serialize)]
struct BoundAnswer {
    name: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

/// Lists what rules see, or answers a question.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let here = arguments.file.as_deref().filter(|file| file.symlink_metadata().is_ok());
    let (opened, mut checked) = arguments.place.at(here).check()?;
    refuse_wrong_run(&checked)?;
    let root = opened.root.path();
    let is_whole = here.is_some_and(|file| file.canonicalize().is_ok_and(|file| file == root));
    let within = here.and_then(|file| inside(root, file));
    let file = arguments.file.as_deref().filter(|_| !is_whole).map(|file| within.unwrap_or_else(|| slashed(file)));
    let file = file.map(|file| named(&file, &checked)).transpose()?;
    match &arguments.query {
        Some(question) => answer((question, file.as_deref()), arguments.format, (&mut checked, &opened), output),
        None => list(file.as_deref(), arguments.format, (&mut checked, &opened), output),
    }
}

/// The name by which the project knows a file.
fn named(name: &str, checked: &CheckOutput) -> Result<String, CommandFailure> {
    let name = name.trim_start_matches("./");
    let known: Vec<&str> = checked.files.iter().map(|file| checked.sources.get(*file).name()).collect();
    let fits = |known: &&&str| **known == name || name.ends_with(&format!("/{known}"));
    known.iter().find(fits).map(|known| (**known).to_owned()).ok_or_else(|| {
        let advice = advice_on_file(name, checked).unwrap_or_else(|| format!("its files are {}", known.join(", ")));
        CommandFailure::misused(format!("{name} is not a claims file of the project; {advice}"))
    })
}

fn list(
    file: Option<&str>,
    format: Listing,
    (checked, opened): (&mut CheckOutput, &OpenedProject),
    output: &mut Output,
) -> CommandResult {
    let at = Arc::make_mut(&mut checked.sources).add(QUESTION, "");
    let (params, definitions) = (Params::new(), Definitions::default());
    let vocabulary = Vocabulary { schema: &checked.corpus.schema, params: &params, definitions: &definitions };
    let namer = Namer::new(checked, opened);
    let of_block = |block: BlockId| BlockFacts {
        kind: checked.corpus.schema.kind(checked.corpus.block(block).kind()).name.clone(),
        id: checked.corpus.block(block).id().map(str::to_owned),
        at: namer.place(checked.corpus.block(block).header()),
        facts: seen(&checked.corpus, block, at, vocabulary)
            .into_iter()
            .map(|seen| ListedFact {
                name: seen.name,
                has: describe(seen.has),
                values: seen.elements.iter().map(|element| word(element, &checked.corpus)).collect(),
            })
            .collect(),
    };
    let blocks = checked.corpus.block_ids().filter(|block| stands_in(ScalarValue::Block(*block), file, checked));
    let facts: Vec<BlockFacts> = blocks.map(of_block).collect();
    match format {
        Listing::Json => output.json(&facts)?,
        Listing::Text => {
            output.page();
            facts.iter().try_for_each(|facts| facts.write(output))?;
        }
    }
    Ok(Exit::Clean)
}

fn describe(has: PropertySource) -> &'static str {
    match has {
        PropertySource::Always => "always",
        PropertySource::Written => "written",
        PropertySource::Computed => "computed",
        PropertySource::FromElsewhere => "elsewhere",
    }
}

fn stands_in(element: ScalarValue, file: Option<&str>, checked: &CheckOutput) -> bool {
    let Some(file) = file else { return true };
    element.block().is_some_and(|block| checked.corpus.block(block).file() == file)
}

impl BlockFacts {
    fn write(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.line(&format!("{} {}  ({})", self.kind, self.id.as_deref().unwrap_or("without id"), self.at))?;
        for fact in self.facts.iter().filter(|fact| fact.has != "always") {
            let how = match fact.has {
                "computed" => "  (computed)",
                "elsewhere" => "  (written elsewhere)",
                _ => "",
            };
            output.line(&format!("  {:16} {}{how}", fact.name, fact.values.join(", ")))?;
        }
        Ok(output.line("")?)
    }
}

fn answer(
    (question, file): (&str, Option<&str>),
    format: Listing,
    (checked, opened): (&mut CheckOutput, &OpenedProject),
    output: &mut Output,
) -> CommandResult {
    let at = Arc::make_mut(&mut checked.sources).add(QUESTION, question);
    let (params, definitions) = (Params::new(), Definitions::default());
    let vocabulary = Vocabulary { schema: &checked.corpus.schema, params: &params, definitions: &definitions };
    let written = ExpressionSource { text: question, at: Span::new(at, 0, question.len() as u32), exact: true };
    let query = match Question::read(&written, vocabulary) {
        Ok(query) => query,
        Err(problems) => {
            let style = output.terminal.style();
            report::draw(
                &assign_severities(problems, &checked.rules, &checked.sources),
                &checked.sources,
                &style,
                output,
            )?;
            return Ok(Exit::Misused);
        }
    };
    let mut budget = Budget::of(checked.config.rule_steps.value);
    let answers = query.answers(&checked.corpus, &mut budget).map_err(|_| {
        CommandFailure::unchecked("the query takes too many steps; link its names more closely".to_owned())
    })?;
    let namer = Namer::new(checked, opened);
    let mut rows: Vec<Vec<BoundAnswer>> = Vec::new();
    for answer in answers {
        if !answer.iter().any(|element| stands_in(element.clone(), file, checked)) {
            continue;
        }
        let bound = query.names().into_iter().zip(&answer).map(|(name, element)| BoundAnswer {
            name: name.to_owned(),
            value: word(element, &checked.corpus),
            at: element.block().map(|block| namer.place(checked.corpus.block(block).header())),
        });
        rows.push(bound.collect());
    }
    match format {
        Listing::Json => output.json(&rows)?,
        Listing::Text => print(&rows, output)?,
    }
    Ok(Exit::Clean)
}

fn print(rows: &[Vec<BoundAnswer>], output: &mut Output) -> Result<(), CommandFailure> {
    for row in rows {
        let cell = |bound: &BoundAnswer| {
            let at = bound.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
            format!("{} = {}{at}", bound.name, bound.value)
        };
        output.line(&row.iter().map(cell).collect::<Vec<_>>().join("  "))?;
    }
    let answers = if rows.len() == 1 { "1 answer".to_owned() } else { format!("{} answers", rows.len()) };
    Ok(output.line(&answers)?)
}
