//! The help and the manual pages: what clap knows of the arguments, with commands by what they are for and the texts of the manual.

pub(super) mod texts;

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::wrap::broken;
use super::{exit, terminal};
use texts::{DESCRIPTIONS, ENVIRONMENT, EXAMPLES, FILES};

/// What the program is called.
pub(super) const NAME: &str = "recte";

/// The most columns of the help.
pub(super) const MOST: usize = 100;

/// The commands, by what they are for; the help lists them so.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    ("Check", &["check", "watch", "fmt", "explain", "why", "why-not"]),
    ("Record", &["baseline", "suppressions", "accept"]),
    ("Begin and add", &["init", "ingest"]),
    ("Look into", &["coverage", "outline", "facts", "sql", "config"]),
    ("Write rules", &["rules"]),
    ("Set up", &["completions", "man", "help"]),
];

/// The command whose help lists its commands in groups, and which has examples.
pub(super) fn with_groups(command: Command) -> Command {
    let about = |name: &str| command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
    let width = command.get_subcommands().map(|inner| inner.get_name().len()).max().unwrap_or_default();
    let columns = terminal::width_of_stdout().unwrap_or(MOST).min(MOST);
    let indent = if width + 4 < columns / 2 { width + 4 } else { 4 };
    let mut groups = String::new();
    for (title, names) in GROUPS {
        groups += &format!("{title}:\n");
        for name in *names {
            let about = about(name).unwrap_or_else(|| "Print this message or the help of a command".to_owned());
            let about = about.lines().next().unwrap_or_default().to_owned();
            groups += &broken(&format!("  {name:width$}  {about}"), columns, indent);
            groups.push('\n');
        }
        groups.push('\n');
    }
    let template =
        format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}Options:\n{{options}}{{after-help}}");
    with_examples(NAME, command).help_template(template)
}

/// The commands beneath a command, with their examples.
fn with_examples(name: &str, command: Command) -> Command {
    command.mut_subcommands(|inner| {
        let name = format!("{name} {}", inner.get_name());
        let lines: Vec<String> = examples(&name).iter().map(|(line, what)| format!("  {line}\n      {what}")).collect();
        let inner = with_examples(&name, inner);
        if lines.is_empty() { inner } else { inner.after_long_help(format!("Examples:\n{}", lines.join("\n"))) }
    })
}

/// The manual page of a command, which is called as it is typed: `recte rules test`. `beside` are those that its reader may want.
pub(super) fn page(name: &str, command: &Command, beside: &[String]) -> io::Result<Vec<u8>> {
    let title = name.replace(' ', "-");
    let man = Man::new(command.clone()).title(&title).date(DAY).source(concat!("recte ", env!("CARGO_PKG_VERSION")));
    let man = man.manual("recte");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    synopsis(command).to_writer(&mut text)?;
    let mut roff = Roff::default();
    roff.control("SH", ["DESCRIPTION"]);
    let about = command.get_about().map(|about| format!("{about}.")).unwrap_or_default();
    roff.text([roman(about)]);
    for paragraph in description(name) {
        roff.control("PP", []);
        roff.text([roman(paragraph)]);
    }
    roff.to_writer(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    let mut roff = Roff::default();
    section(&mut roff, "EXIT STATUS", &exit::STATUS);
    roff.control("PP", []);
    roff.text([roman(exit::HIGHEST)]);
    section(&mut roff, "ENVIRONMENT", ENVIRONMENT);
    section(&mut roff, "FILES", FILES);
    section(&mut roff, "EXAMPLES", examples(name));
    roff.control("SH", ["SEE ALSO"]);
    for other in beside {
        roff.text([bold(other.replace(' ', "-")), roman("(1),")]);
    }
    roff.text([roman(concat!(env!("CARGO_PKG_REPOSITORY"), "/tree/main/docs"))]);
    roff.to_writer(&mut text)?;
    // The library breaks a line before it sets a paragraph apart, which says it twice, and leaves a day out that is not known.
    let text = String::from_utf8_lossy(&text).replace(".br\n\n.br\n", ".sp\n");
    Ok(text.replacen(&format!(".TH {title} 1  "), &format!(".TH {title} 1 \"\" "), 1).into_bytes())
}

/// The day of the program, where the build was told of it.
const DAY: &str = match option_env!("RECTE_COMMIT_DATE") {
    Some(day) => day,
    None => "",
};

/// How a command is typed, one line for each way.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let mut roff = Roff::default();
    roff.control("SH", ["SYNOPSIS"]);
    for (number, way) in
        usage.trim_start_matches("Usage:").lines().map(str::trim).filter(|way| !way.is_empty()).enumerate()
    {
        if number > 0 {
            roff.control("br", []);
        }
        let is_name = |word: &&str| word.starts_with(|first: char| first.is_ascii_lowercase());
        let names: Vec<&str> = way.split(' ').take_while(is_name).collect();
        let names = names.join(" ");
        roff.text([bold(names.as_str()), roman(&way[names.len()..])]);
    }
    roff
}

/// The examples of a command.
pub(super) fn examples(name: &str) -> &'static [(&'static str, &'static str)] {
    EXAMPLES.iter().find(|(of, _)| *of == name).map_or(&[], |(_, examples)| *examples)
}

/// What there is to know of a command besides what it does.
fn description(name: &str) -> impl Iterator<Item = &'static str> {
    DESCRIPTIONS.iter().filter(move |(of, _)| *of == name).flat_map(|(_, paragraphs)| paragraphs.iter().copied())
}

/// Terms, each with what it means under it.
fn section(roff: &mut Roff, title: &str, terms: &[(&str, &str)]) {
    roff.control("SH", [title]);
    for (term, meaning) in terms {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
}
