//! `recte config`: what is set, by which line of which file, and instead of what.

use std::path::Path;

use clap::Subcommand;
use recte::project::{ConfigChoice, ProjectContext, Root, Tree, json_schema};
use recte::rule::Rule;
use recte::text::Span;

use crate::cli::exit::Exit;
use crate::cli::listing::Listing;
use crate::cli::named::inside;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::{ProjectArgument, place_of, refuse_wrong};
use crate::cli::setting;
use crate::cli::setting::{OverriddenValue, ShownSetting};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: ConfigCommand,
    #[command(flatten)]
    place: ProjectArgument,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// List each setting and each rule with its value, the line that sets it, and the values that it replaces
    Show {
        /// A claims file: list what applies to it
        file: Option<String>,
        /// The format of the list
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// Print the JSON Schema of recte.toml, for editors
    Schema,
}

/// Shows the settings of a project, or their schema.
pub(crate) fn run(arguments: &Arguments, output: &mut Output) -> CommandResult {
    let file = match &arguments.command {
        ConfigCommand::Show { file, .. } => file.as_deref().map(Path::new),
        ConfigCommand::Schema => None,
    };
    let here = file.filter(|file| file.symlink_metadata().is_ok());
    let opened = arguments.place.at(here).open()?;
    let context = opened.context();
    match &arguments.command {
        ConfigCommand::Schema => output.json(&json_schema(&context.rules))?,
        ConfigCommand::Show { file, format } => {
            let within = here.and_then(|file| inside(opened.root.path(), file));
            let file = within.or_else(|| file.clone());
            if let Some(file) = &file {
                is_claims_file(file, &opened.root)?;
            }
            let all = Showing { context: &context, file: file.as_deref(), opened: &opened.root }.all();
            match format {
                Listing::Json => output.json(&all)?,
                Listing::Text => all.iter().try_for_each(|shown| output.line(&line(shown)))?,
            }
        }
    }
    complain(&context, output)
}

fn is_claims_file(file: &str, root: &Root) -> Result<(), CommandFailure> {
    root.probe(file).map(drop).map_err(|_| CommandFailure::misused(format!("there is no file {file} in the project")))
}

/// Says what is wrong with the settings themselves, after what was shown.
fn complain(context: &ProjectContext, output: &mut Output) -> CommandResult {
    output.flush()?;
    refuse_wrong(context).map(|()| Exit::Clean)
}

struct Showing<'a> {
    context: &'a ProjectContext,
    file: Option<&'a str>,
    opened: &'a Root,
}

impl Showing<'_> {
    fn all(&self) -> Vec<ShownSetting> {
        let config = &self.context.config;
        let mut all = vec![
            self.choice("fail-on", &config.fail_on, ToString::to_string),
            self.choice("limits.file-size", &config.file_size, |bytes| format!("{bytes} bytes")),
            self.choice("limits.rule-steps", &config.rule_steps, ToString::to_string),
            self.choice("limits.run-steps", &config.run_steps, ToString::to_string),
        ];
        let named = |name, written: &recte::text::Spanned<String>| self.item(name, &written.value, written.span);
        all.extend(config.schema.iter().map(|named_file| named("schema", &named_file.written)));
        all.extend(config.packs.iter().map(|named_file| named("packs", &named_file.written)));
        all.extend(config.exclude.iter().map(|pattern| named("exclude", pattern)));
        let namespace = self.file.map(|file| self.namespace(file)).unwrap_or_default();
        all.extend(self.context.rules.iter().flat_map(|rule| self.rule(rule, &namespace)));
        all
    }

    fn item(&self, name: &str, value: &str, at: Span) -> ShownSetting {
        let set_by = Some(place_of(self.context, at));
        ShownSetting { name: name.to_owned(), value: value.to_owned(), set_by, reason: None, instead_of: Vec::new() }
    }

    fn choice<T>(&self, name: &str, choice: &ConfigChoice<T>, show: impl Fn(&T) -> String) -> ShownSetting {
        let place = |at: &Option<Span>| at.map(|at| place_of(self.context, at));
        let lost = |(value, at): &(T, Option<Span>)| OverriddenValue { value: show(value), set_by: place(at) };
        ShownSetting {
            name: name.to_owned(),
            value: show(&choice.value),
            set_by: place(&choice.at),
            reason: None,
            instead_of: choice.instead_of.iter().map(lost).collect(),
        }
    }

    /// The level of a rule, and its parameters.
    fn rule(&self, rule: &Rule, namespace: &str) -> Vec<ShownSetting> {
        let level = setting::level(self.context, rule, self.file.map(|file| (file, namespace)));
        let name = level.name.clone();
        let named = |param: ShownSetting| ShownSetting { name: format!("{name} {}", param.name), ..param };
        let params = setting::params(self.context, rule).into_iter().map(named);
        [level].into_iter().chain(params).collect()
    }

    /// The namespace that a claims file declares.
    fn namespace(&self, file: &str) -> String {
        let text = self.opened.read(file, self.context.config.file_size.value).unwrap_or_default();
        recte::project::namespace(file, &text)
    }
}

/// `CL0101 obligation-without-article = off (recte.toml:4 "reason", instead of error by default)`.
fn line(shown: &ShownSetting) -> String {
    format!("{} = {} ({})", shown.name, shown.value, shown.origin())
}
