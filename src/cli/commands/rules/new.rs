//! `recte rules new`: a rule whose examples pass at once, to be made into the one that is wanted.

use std::io::Write;
use std::path::PathBuf;

use recte::project::{CONFIG_NAME, NotRead, ProjectContext, Tree};
use recte::rule::{RuleSet, Settings, load};
use recte::text::Sources;

use crate::cli::exit::Exit;
use crate::cli::output::{CommandFailure, CommandResult, Output};
use crate::cli::project::ProjectArgument;
use crate::cli::write;
use crate::cli::write::WriteLock;

/// The rule as it begins.
const SCAFFOLD: &str = include_str!("scaffold.toml");

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Its permanent code: your own prefix of capital letters, and digits, such as ACME0001
    code: String,
    /// Its name, in lower case with hyphens, such as duty-owed-to-nobody
    name: String,
    /// The rule file of the project to add it to (default: print the rule)
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes a rule for its author to change.
pub(super) fn run(arguments: &Arguments, place: &ProjectArgument, output: &mut Output) -> CommandResult {
    let opened = arguments.file.is_some().then(|| place.open_to_write()).transpose()?;
    let _turn = opened.as_ref().map(|opened| WriteLock::wait(opened.settings_folder())).transpose()?;
    let context = place.context()?;
    let rule = scaffold(arguments)?;
    let Some((file, opened)) = arguments.file.as_ref().zip(opened) else {
        refuse_taken(arguments, &context.rules, None)?;
        write!(output, "{rule}")?;
        return Ok(Exit::Clean);
    };
    let name = file.to_string_lossy().replace('\\', "/");
    let folder = opened.settings_folder();
    let old = match opened.root.read(&name, context.config.file_size.value) {
        Ok(old) => Some(old),
        Err(NotRead::Missing) => None,
        Err(_) => return Err(CommandFailure::misused(format!("{name} is not a readable file of the project"))),
    };
    let rules_there = old.as_deref().map(|old| rules_of((&name, old), &context)).transpose()?;
    refuse_taken(arguments, &context.rules, rules_there.as_ref().map(|rules| (name.as_str(), rules)))?;
    match &old {
        Some(old) => write::replace(folder, &name, (old, &format!("{}\n\n{rule}", old.trim_end()))),
        None => write::create(folder, &name, &rule),
    }
    .map_err(|why| CommandFailure::unchecked(format!("{name} {why}")))?;
    output.line(&format!("wrote {} {} to {name}", arguments.code, arguments.name))?;
    let is_read = opened.context().rules.named(&arguments.code).is_some();
    let packs =
        if is_read { String::new() } else { format!("`packs = [\"{name}\"]` at the top of {CONFIG_NAME}, then ") };
    output.line(&format!("next: {packs}`recte rules test {}`", arguments.code))?;
    Ok(Exit::Clean)
}

/// The rules of a file that the project may not read yet.
fn rules_of((name, text): (&str, &str), context: &ProjectContext) -> Result<RuleSet, CommandFailure> {
    let mut sources = Sources::new();
    let file = sources.add(name, text.to_owned());
    let (rules, problems) = load((&[file], true), &sources, &context.schema, &Settings::default());
    match problems.first().filter(|_| rules.is_incomplete()) {
        None => Ok(rules),
        Some(wrong) => {
            let line = sources.get(file).position(wrong.primary.span.start).line;
            Err(CommandFailure::misused(format!("{name}:{line}: {}; correct this first", wrong.message)))
        }
    }
}

/// Refuses a code or a name that another rule has: one of the project, or one of the file to which the rule is added.
fn refuse_taken(arguments: &Arguments, known: &RuleSet, there: Option<(&str, &RuleSet)>) -> Result<(), CommandFailure> {
    let is_taken =
        |word: &str| known.named(word).is_some() || there.is_some_and(|(_, rules)| rules.named(word).is_some());
    let Some(word) = [&arguments.code, &arguments.name].into_iter().find(|word| is_taken(word)) else { return Ok(()) };
    let free = (*word == arguments.code).then(|| following(word).find(|code| !is_taken(code))).flatten();
    let free = free.map(|code| format!("; the next free code is `{code}`")).unwrap_or_default();
    Err(CommandFailure::misused(match there {
        Some((file, _)) if known.named(word).is_none() => format!("`{word}` is in use in {file}{free}"),
        Some(_) | None => format!("`{word}` is in use: `recte explain {word}` shows the rule{free}"),
    }))
}

/// The codes after one, with as many digits.
fn following(code: &str) -> impl Iterator<Item = String> {
    let digits = code.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let (letters, width) = (&code[..code.len() - digits.len()], digits.len());
    let first = digits.parse::<u64>().ok().and_then(|number| number.checked_add(1));
    first.into_iter().flat_map(move |first| (first..).map(move |number| format!("{letters}{number:0width$}")))
}

fn scaffold(arguments: &Arguments) -> Result<String, CommandFailure> {
    let is_code = |word: &str| {
        let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        digits.len() < word.len() && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_name = |word: &str| word.split('-').all(|part| !part.is_empty() && part.bytes().all(small));
    if !is_code(&arguments.code) {
        return Err(CommandFailure::misused(
            "a code consists of capital letters followed by digits, such as `ACME0001`".to_owned(),
        ));
    }
    if !is_name(&arguments.name) {
        return Err(CommandFailure::misused(
            "a name consists of lower-case letters and digits, joined by hyphens".to_owned(),
        ));
    }
    let rule = SCAFFOLD.replace("CODE", &arguments.code).replace("NAME", &arguments.name);
    Ok(rule.replace("VERSION", "1"))
}
