//! `recte config`: what is set, by which line of which file, and instead of what.

use clap::Subcommand;
use recte::project::{Choice, House, Root, Tree, json_schema};
use recte::rule::{Level, Override, Rule, Setting};
use recte::text::Span;
use serde::Serialize;

use super::exit::Exit;
use super::listing::Listing;
use super::output::{Failure, Outcome, Output};
use super::place::{Place, place_of, refuse_wrong};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Command {
    /// List each setting and each rule with the value that holds, the line that sets it, and what it wins over
    Show {
        /// A claims file, by its path beneath the project: what holds for it
        file: Option<String>,
        /// How to list them
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// Print the JSON Schema of recte.toml, for editors
    Schema,
}

/// A setting or a rule, and what holds for it.
#[derive(Serialize)]
struct Shown {
    /// `fail-on`, `limits.file-size`, or the code and name of a rule.
    name: String,
    value: String,
    /// `path:line`; none for what holds by default.
    set_by: Option<String>,
    /// Why, where a reason is on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What it wins over, the nearest first.
    instead_of: Vec<Lost>,
}

/// A value that lost.
#[derive(Serialize)]
struct Lost {
    value: String,
    set_by: Option<String>,
}

/// Shows the settings of a project, or their schema.
pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Outcome {
    let opened = arguments.place.open()?;
    let house = opened.house();
    match &arguments.command {
        Command::Schema => output.json(&json_schema(&house.rules))?,
        Command::Show { file, format } => {
            if let Some(file) = file {
                is_claims_file(file, &opened.root)?;
            }
            let all = Showing { house: &house, file: file.as_deref(), opened: &opened.root }.all();
            match format {
                Listing::Json => output.json(&all)?,
                Listing::Text => all.iter().try_for_each(|shown| output.line(&line(shown)))?,
            }
        }
    }
    complain(&house, output)
}

fn is_claims_file(file: &str, root: &Root) -> Result<(), Failure> {
    root.probe(file).map(drop).map_err(|_| Failure::misused(format!("there is no file {file} beneath the project")))
}

/// Says what is wrong with the settings themselves, after what was shown.
fn complain(house: &House, output: &mut Output) -> Outcome {
    output.flush()?;
    refuse_wrong(house).map(|()| Exit::Clean)
}

struct Showing<'a> {
    house: &'a House,
    file: Option<&'a str>,
    opened: &'a Root,
}

impl Showing<'_> {
    fn all(&self) -> Vec<Shown> {
        let config = &self.house.config;
        let mut all = vec![
            self.choice("fail-on", &config.fail_on, ToString::to_string),
            self.choice("limits.file-size", &config.file_size, |bytes| format!("{bytes} bytes")),
            self.choice("limits.rule-steps", &config.rule_steps, ToString::to_string),
        ];
        let named = |name, written: &recte::text::Spanned<String>| self.item(name, &written.value, written.span);
        all.extend(config.schema.iter().map(|named_file| named("schema", &named_file.written)));
        all.extend(config.packs.iter().map(|named_file| named("packs", &named_file.written)));
        all.extend(config.exclude.iter().map(|pattern| named("exclude", pattern)));
        let namespace = self.file.map(|file| self.namespace(file)).unwrap_or_default();
        all.extend(self.house.rules.iter().flat_map(|rule| self.rule(rule, &namespace)));
        all
    }

    fn item(&self, name: &str, value: &str, at: Span) -> Shown {
        let set_by = Some(place_of(self.house, at));
        Shown { name: name.to_owned(), value: value.to_owned(), set_by, reason: None, instead_of: Vec::new() }
    }

    fn choice<T>(&self, name: &str, choice: &Choice<T>, show: impl Fn(&T) -> String) -> Shown {
        let place = |at: &Option<Span>| at.map(|at| place_of(self.house, at));
        let lost = |(value, at): &(T, Option<Span>)| Lost { value: show(value), set_by: place(at) };
        Shown {
            name: name.to_owned(),
            value: show(&choice.value),
            set_by: place(&choice.at),
            reason: None,
            instead_of: choice.instead_of.iter().map(lost).collect(),
        }
    }

    /// The level of a rule, and its parameters.
    fn rule(&self, rule: &Rule, namespace: &str) -> Vec<Shown> {
        let name = format!("{} {}", rule.meta.code, rule.meta.name);
        let settings = &self.house.config.settings;
        let set = |entry: &Setting| (entry.level, Some(entry.subject.span), None);
        let mut levels = vec![(Some(rule.meta.severity), None, None)];
        levels.extend(settings.deciding(&rule.meta).into_iter().map(set));
        let holding = |by: &&Override| self.file.is_some_and(|file| by.covers(file, namespace));
        let overriding = settings
            .overrides
            .iter()
            .filter(holding)
            .filter_map(|by| by.deciding(&rule.meta).map(|(reach, entry)| (reach, by, entry)));
        let mut overriding: Vec<_> = overriding.collect();
        overriding.sort_by_key(|(reach, _, _)| *reach);
        levels.extend(
            overriding
                .into_iter()
                .map(|(_, by, entry)| (entry.level, Some(entry.subject.span), Some(by.reason.clone()))),
        );
        let show = |level: Option<Level>| level.map_or("", Level::as_str).to_owned();
        let at = |at: Option<Span>| at.map(|at| place_of(self.house, at));
        let mut shown: Vec<Shown> = Vec::new();
        if let Some((level, by, reason)) = levels.pop() {
            let lost = levels.iter().rev().map(|(level, by, _)| Lost { value: show(*level), set_by: at(*by) });
            shown.push(Shown {
                name: name.clone(),
                value: show(level),
                set_by: at(by),
                reason,
                instead_of: lost.collect(),
            });
        }
        let params = settings.placed_params(&rule.meta);
        shown.extend(params.into_iter().map(|(param, (value, by))| Shown {
            name: format!("{name} {param}"),
            value: value.to_string(),
            set_by: at(by),
            reason: None,
            instead_of: Vec::new(),
        }));
        shown
    }

    /// The namespace that a claims file declares.
    fn namespace(&self, file: &str) -> String {
        let text = self.opened.read(file, self.house.config.file_size.value).unwrap_or_default();
        recte::project::namespace(file, &text)
    }
}

/// `CL0101 obligation-without-article = off  recte.toml:4 "reason"  (instead of error by default)`.
fn line(shown: &Shown) -> String {
    let by = |set_by: &Option<String>| set_by.clone().unwrap_or_else(|| "by default".to_owned());
    let reason = shown.reason.as_ref().map(|reason| format!(" \"{reason}\"")).unwrap_or_default();
    let lost: Vec<String> =
        shown.instead_of.iter().map(|lost| format!("{} {}", lost.value, by(&lost.set_by))).collect();
    let lost = if lost.is_empty() { String::new() } else { format!(", instead of {}", lost.join(", ")) };
    format!("{} = {} ({}{reason}{lost})", shown.name, shown.value, by(&shown.set_by))
}
