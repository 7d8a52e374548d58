//! `recte rules new`: a rule whose examples pass at once, to be made into the one that is wanted.

use std::io::Write;
use std::path::PathBuf;

use recte::project::{CONFIG_NAME, NotRead, Tree};

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
    for word in [&arguments.code, &arguments.name] {
        if context.rules.named(word).is_some() {
            return Err(CommandFailure::misused(format!("`{word}` is in use; `recte explain {word}` shows the rule")));
        }
    }
    let rule = scaffold(arguments)?;
    let Some((file, opened)) = arguments.file.as_ref().zip(opened) else {
        write!(output, "{rule}")?;
        return Ok(Exit::Clean);
    };
    let name = file.to_string_lossy().replace('\\', "/");
    let folder = opened.settings_folder();
    match opened.root.read(&name, context.config.file_size.value) {
        Ok(old) => write::replace(folder, &name, (&old, &format!("{}\n\n{rule}", old.trim_end()))),
        Err(NotRead::Missing) => write::create(folder, &name, &rule),
        Err(_) => return Err(CommandFailure::misused(format!("{name} is not a readable file of the project"))),
    }
    .map_err(|why| CommandFailure::unchecked(format!("{name} {why}")))?;
    output.line(&format!("wrote {} {} to {name}", arguments.code, arguments.name))?;
    output.line(&format!(
        "next: `packs = [\"{name}\"]` at the top of {CONFIG_NAME}, then `recte rules test {}`",
        arguments.code
    ))?;
    Ok(Exit::Clean)
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
