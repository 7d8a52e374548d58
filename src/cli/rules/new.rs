//! `recte rules new`: a rule whose examples pass at once, to be made into the one that is wanted.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use recte::project::{CONFIG_NAME, NotRead, Tree};

use super::super::exit::Exit;
use super::super::output::{Failure, Outcome, Output};
use super::super::place::Place;
use super::super::write;

/// The rule as it begins.
const SCAFFOLD: &str = include_str!("scaffold.toml");

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Its code, for ever: capital letters of your own, and digits, such as ACME0001
    code: String,
    /// Its name, in small letters with hyphens, such as duty-owed-to-nobody
    name: String,
    /// The rule file beneath the project that it is added to; without one, it is printed
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes a rule for its author to change.
pub(super) fn run(arguments: &Arguments, place: &Place, output: &mut Output) -> Outcome {
    let house = place.house()?;
    for word in [&arguments.code, &arguments.name] {
        if house.rules.called(word).is_some() {
            return Err(Failure::misused(format!("`{word}` is taken; `recte explain {word}` shows by what")));
        }
    }
    let rule = scaffold(arguments)?;
    let Some(file) = &arguments.file else {
        write!(output, "{rule}")?;
        return Ok(Exit::Clean);
    };
    let opened = place.open()?;
    let name = file.to_string_lossy().replace('\\', "/");
    let (folder, path) = (opened.settings_folder(), opened.settings_folder().join(file));
    match opened.root.read(&name, house.config.file_size.value) {
        Ok(old) => write::replace(folder, &name, (&old, &format!("{}\n\n{rule}", old.trim_end())))
            .map_err(|why| Failure::unchecked(format!("{name} {why}")))?,
        Err(NotRead::Missing) => {
            make(&path, &rule).map_err(|error| Failure::unchecked(format!("{name} cannot be written: {error}")))?
        }
        Err(_) => return Err(Failure::misused(format!("{name} is no file of the project that can be read"))),
    }
    output.line(&format!("wrote {} {} to {name}", arguments.code, arguments.name))?;
    output.line(&format!(
        "next: `packs = [\"{name}\"]` at the top of {CONFIG_NAME}, then `recte rules test {}`",
        arguments.code
    ))?;
    Ok(Exit::Clean)
}

fn make(path: &Path, rule: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    write::put(path, rule.as_bytes())
}

fn scaffold(arguments: &Arguments) -> Result<String, Failure> {
    let is_code = |word: &str| {
        let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        digits.len() < word.len() && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_name = |word: &str| word.split('-').all(|part| !part.is_empty() && part.bytes().all(small));
    if !is_code(&arguments.code) {
        return Err(Failure::misused("a code is capital letters followed by digits, such as `ACME0001`".to_owned()));
    }
    if !is_name(&arguments.name) {
        return Err(Failure::misused("a name is small letters and digits joined by hyphens".to_owned()));
    }
    let rule = SCAFFOLD.replace("CODE", &arguments.code).replace("NAME", &arguments.name);
    Ok(rule.replace("VERSION", "1"))
}
