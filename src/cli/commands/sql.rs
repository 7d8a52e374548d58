//! `recte sql RULE`: rules as SQL statements, claims as the tables that these are run over, and the rows to compare with.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use recte::condition::{Batch, Budget, FactExport, OutputColumn, Query, cells};
use recte::project::{self, CheckOutput, ProjectContext};
use recte::report::disarm_json;
use recte::rule::Rule;
use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{OpenedProject, SettingsOrigin, exists, refuse_wrong_run};

/// The word that stands for every rule.
const ALL: &str = "all";

/// What is written where no path is named.
const HERE: &str = ".";

#[derive(clap::Args)]
#[command(override_usage = "recte sql RULE [PATH]... [--rows]\n       recte sql --facts [PATH]...")]
pub(crate) struct Arguments {
    /// The code or the name of a rule, or `all`; then the projects (with --facts, only the projects)
    #[arg(value_name = "RULE PATH")]
    words: Vec<String>,
    /// Print the claims as CREATE TABLE and INSERT statements; several projects go into the same tables
    #[arg(long, conflicts_with = "rows")]
    facts: bool,
    /// Print the rows that recte itself finds, one line of JSON for each, to compare them with the result of the statements
    #[arg(long)]
    rows: bool,
    /// The dialect of SQL
    #[arg(long, value_enum, default_value_t)]
    dialect: Dialect,
    /// The format of the statements
    #[arg(long, value_enum, default_value_t)]
    format: Listing,
    #[command(flatten)]
    judged: SettingsOrigin,
}

/// A dialect of SQL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Dialect {
    /// DuckDB
    #[default]
    Duckdb,
}

/// The statement of one way to break a rule.
#[derive(Serialize)]
struct Statement<'a> {
    code: &'a str,
    rule: &'a str,
    /// Counted from 1.
    case: usize,
    /// What the statement returns, in order.
    binders: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<String>,
    /// What cannot be said in SQL.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

/// A row that offends.
#[derive(Serialize)]
struct Offence<'a> {
    project: usize,
    code: &'a str,
    case: usize,
    /// What the statement returns for it.
    row: Vec<OutputColumn>,
}

/// Prints statements, tables or rows.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let Dialect::Duckdb = arguments.dialect;
    if arguments.facts {
        return write_facts(arguments, &paths(&arguments.words)?, output);
    }
    let Some((rule, rest)) = arguments.words.split_first() else {
        return Err(CommandFailure::misused("name a rule, or `all`; or print the claims with --facts"));
    };
    let paths = paths(rest)?;
    if arguments.rows { rows(arguments, (rule, &paths), output) } else { statements(arguments, (rule, &paths), output) }
}

/// The paths that are named, all of which must be there.
fn paths(words: &[String]) -> Result<Vec<PathBuf>, CommandFailure> {
    let here = [HERE.to_owned()];
    let words = if words.is_empty() { &here } else { words };
    words.iter().try_for_each(|word| exists(Path::new(word)))?;
    Ok(words.iter().map(PathBuf::from).collect())
}

/// The rules that are meant.
fn selected_rules<'a>(context: &'a ProjectContext, name: &str) -> Result<Vec<&'a Rule>, CommandFailure> {
    let rules = &context.rules;
    if name == ALL {
        return Ok(rules.iter().filter(|rule| rule.queries().next().is_some()).collect());
    }
    let Some(rule) = rules.typed(name) else {
        return Err(CommandFailure::misused(format!("there is no rule `{name}`; {}", rules.advice(name))));
    };
    let meta = &rule.meta;
    if rule.is_disabled() {
        return Err(CommandFailure::misused(format!(
            "{} {} cannot run: its table has errors, which `recte check` shows",
            meta.code, meta.name
        )));
    }
    if rule.queries().next().is_none() {
        return Err(CommandFailure::misused(format!(
            "{} {} has no condition: it is implemented in recte itself",
            meta.code, meta.name
        )));
    }
    Ok(vec![rule])
}

fn statements(arguments: &Arguments, (rule, paths): (&str, &[PathBuf]), output: &mut Output) -> CommandResult {
    let context = match arguments.judged.locate(paths)?.projects.as_slice() {
        [one] => OpenedProject::open(&one.root, arguments.judged.config.as_deref())?.context(),
        [] | [_, ..] => ProjectContext::builtin(),
    };
    let rules = selected_rules(&context, rule)?;
    let all: Vec<Statement<'_>> = rules.iter().flat_map(|rule| printed(rule, &context)).collect();
    match arguments.format {
        Listing::Json => output.json(&all)?,
        Listing::Text => all.iter().try_for_each(|statement| statement.write(output))?,
    }
    let refused = all.iter().find_map(|statement| Some((statement, statement.refused.as_ref()?)));
    match refused {
        None => Ok(Exit::Clean),
        Some((statement, what)) => {
            let Statement { code, rule, case, .. } = statement;
            Err(CommandFailure::misused(format!(
                "{code} {rule}, case {case}, cannot be expressed in SQL: it uses {what}"
            )))
        }
    }
}

/// The statements of a rule.
fn printed<'a>(rule: &'a Rule, context: &ProjectContext) -> Vec<Statement<'a>> {
    let print = |(at, query): (usize, &'a Query)| {
        let (sql, refused) = match query.sql(&context.schema) {
            Ok(sql) => (Some(sql), None),
            Err(refused) => (None, Some(refused.what)),
        };
        let binders = query.binders().iter().take(query.free()).map(|binder| binder.name.as_str()).collect();
        Statement { code: rule.meta.code.as_str(), rule: &rule.meta.name, case: at + 1, binders, sql, refused }
    };
    rule.queries().enumerate().map(print).collect()
}

impl Statement<'_> {
    fn write(&self, output: &mut Output) -> Result<(), CommandFailure> {
        output.line(&format!("-- {} {}, case {}", self.code, self.rule, self.case))?;
        self.sql.iter().flat_map(|sql| sql.lines()).try_for_each(|line| output.line(line))?;
        self.refused.iter().try_for_each(|what| output.line(&format!("-- cannot be expressed in SQL: {what}")))?;
        Ok(output.line("")?)
    }
}

/// Checks every project that the paths name, and hands it on with its number and the number of its first block.
fn each_project(
    arguments: &Arguments,
    paths: &[PathBuf],
    mut each: impl FnMut(&CheckOutput, Batch<'_>) -> Result<(), CommandFailure>,
) -> Result<(), CommandFailure> {
    let located = arguments.judged.locate(paths)?.projects;
    if located.is_empty() {
        return Err(CommandFailure::misused("there is no project at the given paths"));
    }
    let mut first = 0;
    for (number, one) in located.iter().enumerate() {
        let opened = OpenedProject::open(&one.root, arguments.judged.config.as_deref())?;
        let checked = project::check_tree(&opened.root, opened.settings_source(), &[], arguments.judged.today());
        refuse_wrong_run(&checked)?;
        let name = one.root.to_string_lossy();
        each(&checked, Batch { number, name: &name, first })?;
        first += checked.corpus.block_ids().count() as u64;
    }
    Ok(())
}

fn write_facts(arguments: &Arguments, paths: &[PathBuf], output: &mut Output) -> CommandResult {
    let mut broken = Vec::new();
    let mut beyond = None;
    {
        let mut facts = FactExport::new(&mut *output);
        each_project(arguments, paths, |checked, batch| {
            let steps = checked.config.rule_steps.value;
            if !facts.write(&checked.corpus, batch, &mut Budget::of(steps))? {
                beyond = Some((batch.name.to_owned(), steps));
            }
            let corpus = &checked.corpus;
            if corpus.schema.field_ids().any(|field| corpus.is_broken_anywhere(field)) {
                broken.push(batch.name.to_owned());
            }
            Ok(())
        })?;
    }
    for name in broken {
        output.remark(&format!("{name} has broken values: recte leaves out the rows that read them, SQL does not"));
    }
    match beyond {
        None => Ok(Exit::Clean),
        Some((name, steps)) => Err(CommandFailure::unchecked(format!(
            "the verdicts on all pairs of {name} take more than {steps} steps, so that they are not complete; raise \
             `rule-steps` under [limits]"
        ))),
    }
}

fn rows(arguments: &Arguments, (rule, paths): (&str, &[PathBuf]), output: &mut Output) -> CommandResult {
    each_project(arguments, paths, |checked, batch| {
        let context = ProjectContext { rules: checked.rules.clone(), ..ProjectContext::default() };
        for rule in selected_rules(&context, rule)? {
            let mut budget = Budget::of(checked.config.rule_steps.value);
            for (at, query) in rule.queries().enumerate() {
                let code = rule.meta.code.as_str();
                let found = query.rows(&checked.corpus, &mut budget).map_err(|_| {
                    CommandFailure::unchecked(format!(
                        "{code} {} takes too many steps in {}",
                        rule.meta.name, batch.name
                    ))
                })?;
                for row in &found.rows {
                    let row = cells(row, query, batch.first);
                    let line = serde_json::to_string(&Offence { project: batch.number, code, case: at + 1, row })
                        .map_err(std::io::Error::from)?;
                    writeln!(output, "{}", disarm_json(&line))?;
                }
            }
        }
        Ok(())
    })?;
    Ok(Exit::Clean)
}
