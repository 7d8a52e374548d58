//! What the manual tells besides arguments: commands by what they are for, examples, variables and files.

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::completion::VARIABLE;
use super::wrap::broken;
use super::{exit, terminal};

/// The most columns of the help.
pub(super) const MOST: usize = 100;

/// The commands, by what they are for; the help lists them so.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    ("Check", &["check", "watch", "fmt", "explain", "why", "why-not"]),
    ("Record", &["baseline", "suppressions", "accept"]),
    ("Begin and add", &["init", "ingest"]),
    ("Look into", &["coverage", "facts", "sql", "config"]),
    ("Write rules", &["rules"]),
    ("Set up", &["completions", "man", "help"]),
];

/// Examples of each command.
pub(super) const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "recte",
        &[
            ("recte init", "Create a project in the current folder"),
            ("recte check", "Check the project around the current folder"),
            ("recte explain CL0101", "Describe a rule"),
        ],
    ),
    (
        "check",
        &[
            ("recte check --fix", "Apply the fixes that do not change what the claims say"),
            ("recte check --since origin/main", "Report what this branch changes"),
            ("recte check --format sarif", "Write a report for code scanning"),
        ],
    ),
    ("watch", &[("recte watch", "Show new and resolved findings while files are edited")]),
    ("fmt", &[("recte fmt", "Format the claims files"), ("recte fmt --check", "Say which files are not formatted")]),
    ("explain", &[("recte explain obligation-without-article", "Describe a rule by its name")]),
    ("why", &[("recte why treaty.claims:12", "Explain the findings on a line")]),
    ("why-not", &[("recte why-not CL0101 guard", "Explain why a rule does not report a claim")]),
    (
        "baseline",
        &[
            ("recte baseline add --reason \"imported in May\"", "Record the findings of today"),
            ("recte baseline prune", "Remove entries that hold no finding"),
        ],
    ),
    ("suppressions", &[("recte suppressions", "List every exception with its reason")]),
    ("accept", &[("recte accept --reason \"the edition of 2027\"", "Record what the documents say now")]),
    ("init", &[("recte init --hook --ci github", "Create a project that is checked before commits and on GitHub")]),
    ("ingest", &[("recte ingest proposals.json", "Add proposed claims whose quotations hold")]),
    ("coverage", &[("recte coverage --format html --output coverage.html", "Write a page of the documents")]),
    ("facts", &[("recte facts --query \"norm n where no n.cites\"", "List the norms that cite nothing")]),
    ("sql", &[("recte sql CL0101", "Print a rule as a statement of SQL")]),
    ("config", &[("recte config show", "Show the settings and the lines that set them")]),
    (
        "rules",
        &[
            ("recte rules", "List the rules with their levels"),
            ("recte rules test --strict CL0101", "Run the examples of a rule, and change its clauses"),
        ],
    ),
    (
        "completions",
        &[("recte completions bash > ~/.local/share/bash-completion/completions/recte", "Complete in bash")],
    ),
    ("man", &[("recte man ~/.local/share/man/man1", "Write the manual pages where `man` finds them")]),
];

/// Variables of the environment, and what they do.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "No colour, if it is not empty."),
    ("FORCE_COLOR, CLICOLOR_FORCE", "Colour in pipes and files as well. FORCE_COLOR=0 and CLICOLOR=0 mean none."),
    ("LC_ALL, LC_CTYPE, LANG", "The locales C and POSIX get frames in ASCII."),
    ("FORCE_HYPERLINK", "Whether codes of rules are links: 1 or 0."),
    ("PAGER", "The program that shows long pages. If it is empty or cat, there is none; if it is not set, it is less."),
    ("RECTE_CACHE_DIR", "The folder of the cache."),
    (VARIABLE, "Set by the scripts of `recte completions`: the shell that asks what could follow."),
    ("GITHUB_STEP_SUMMARY", "The file to which `check --format github` adds a summary."),
];

/// Files of a project, and what they hold.
const FILES: &[(&str, &str)] = &[
    ("recte.toml", "The settings of a project. Its folder is the project."),
    ("*.claims", "Claims."),
    ("claims.lock", "What the documents said when their quotations were accepted."),
    ("recte-baseline.json", "The findings on record."),
    (".recteignore, .gitignore", "Patterns of files that are not checked."),
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
    EXAMPLES.iter().skip(1).fold(command, with_examples).help_template(template)
}

fn with_examples(command: Command, (name, examples): &(&str, &[(&str, &str)])) -> Command {
    let lines: Vec<String> = examples.iter().map(|(line, what)| format!("  {line}\n      {what}")).collect();
    command.mut_subcommand(name, |inner| inner.after_long_help(format!("Examples:\n{}", lines.join("\n"))))
}

/// The manual page of a command, by the name of the page: `recte-rules-test`.
pub(super) fn page(name: &str, command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone()).title(name).source(concat!("recte ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.get_subcommands().any(|inner| !inner.is_hide_set()) {
        man.render_subcommands_section(&mut text)?;
    }
    let mut roff = Roff::default();
    roff.control("SH", ["EXIT STATUS"]);
    roff.text([roman(exit::HELP)]);
    section(&mut roff, "ENVIRONMENT", ENVIRONMENT);
    section(&mut roff, "FILES", FILES);
    if let Some((_, examples)) = EXAMPLES.iter().find(|(of, _)| *of == command.get_name()) {
        section(&mut roff, "EXAMPLES", examples);
    }
    if name != "recte" {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("recte"), roman("(1)")]);
    }
    roff.to_writer(&mut text)?;
    Ok(text)
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
