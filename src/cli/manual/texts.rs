//! The texts of the manual: descriptions, examples, variables and files.

use crate::cli::completion::VARIABLE;

/// What the page of a command tells besides what the command does.
pub(in crate::cli) const DESCRIPTIONS: &[(&str, &[&str])] = &[
    (
        "recte",
        &[
            "Claims state what a text says: who must do what, under which article, for which purpose, in which scope. They are \
             kept in files that end in .claims, beside the documents that they quote. recte reads them, checks every \
             reference and every quotation, and reports what contradicts the rules.",
            "A project is the folder of a recte.toml with everything below it. Commands find the project around the path that \
             they are given, or around the current folder.",
        ],
    ),
    (
        "recte check",
        &[
            "The whole project of each path is read, because a claim in one file can contradict one in another. The paths \
             select what is reported. Several projects have one report.",
            "With --fix, changes that resolve findings are written; with --diff, they are shown.",
        ],
    ),
    (
        "recte watch",
        &[
            "The command reads the project once and then, whenever a file changes, what the change affects. Ctrl-C ends it.",
        ],
    ),
    (
        "recte fmt",
        &[
            "The layout is one for all projects. A file that cannot be read as claims is left as it is. The meaning of the claims never changes.",
        ],
    ),
    (
        "recte explain",
        &[
            "A rule is described by its code or its name, a kind by its name, and a field as KIND.FIELD, in upper or lower case.",
        ],
    ),
    (
        "recte why",
        &[
            "A finding is named as reports show it. Of several projects, the one in which its file lies is meant; a fingerprint is looked for in all.",
        ],
    ),
    (
        "recte why-not",
        &[
            "A claim is named by its id or its position. The clauses are shown in the order in which the rule evaluates them.",
        ],
    ),
    (
        "recte baseline",
        &[
            "The baseline is recte-baseline.json, which belongs into version control. A finding in it is not reported until it changes.",
        ],
    ),
    ("recte baseline add", &["Without fingerprints, all open findings are recorded."]),
    ("recte baseline prune", &["Entries that still have a finding stay as they are."]),
    ("recte baseline show", &["An entry that no longer has a finding is called stale."]),
    ("recte baseline verify", &["The command is meant for CI. It writes nothing."]),
    (
        "recte suppressions",
        &[
            "Exceptions are allow fields of claims, overrides and levels in the settings, excluded files, and the baseline.",
        ],
    ),
    (
        "recte config",
        &[
            "Settings are read from recte.toml, from the files that it extends, and, where none of them sets a value, from the program.",
        ],
    ),
    (
        "recte config show",
        &["Each line names the file and the line that set the value, and the values that it replaced."],
    ),
    (
        "recte config schema",
        &["The schema contains the rules of the project, so an editor completes their codes as well."],
    ),
    (
        "recte accept",
        &[
            "claims.lock holds the sentences that the claims quote. If a document changes, a check reports what was quoted from it. \
           Passages that have changed are accepted with --reason.",
        ],
    ),
    (
        "recte outline",
        &[
            "The units of a document are its parts, articles, paragraphs, points and items. Each is shown with its line and, in \
             brackets, the numbers that lead to it. Quotations are held against them (CL0114).",
        ],
    ),
    (
        "recte coverage",
        &[
            "A sentence is claimed if a claim quotes it, waived if a claim says that nothing is to be claimed of it, and open otherwise.",
        ],
    ),
    (
        "recte ingest",
        &[
            "Proposals are JSON, as `recte ingest --schema` describes it. Each is checked together with the project. What is refused is \
             listed with its reasons.",
        ],
    ),
    (
        "recte facts",
        &[
            "The facts of a block are its fields as rules see them, with those that the program computes. A query has the form of a rule.",
        ],
    ),
    (
        "recte sql",
        &["The statements find the same rows as the rules. They are for DuckDB, on the tables that --facts prints."],
    ),
    ("recte rules", &["Without a subcommand, the rules are listed with their levels."]),
    (
        "recte rules new",
        &[
            "The rule is printed, or added to a rule file with --file. The settings name the rule files of a project as `packs`.",
        ],
    ),
    (
        "recte rules test",
        &[
            "The rules of the project are tested, or those that are named, or with --all every rule. Each bad example must have its \
           findings, and each good one none.",
        ],
    ),
    (
        "recte init",
        &[
            "Files that exist are kept. With --hook and --ci, the files for pre-commit and for a CI service are written as well.",
        ],
    ),
    (
        "recte completions",
        &[
            "The script asks recte what could follow, so codes, ids and files of the project are completed as well as options.",
        ],
    ),
    ("recte man", &["There is one page for each command. Pages that exist are replaced."]),
];

/// Examples of each command, by the way it is typed.
pub(in crate::cli) const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "recte",
        &[
            ("recte init", "Create a project in the current folder"),
            ("recte check", "Check the project around the current folder"),
            ("recte explain CL0101", "Describe a rule"),
        ],
    ),
    (
        "recte check",
        &[
            ("recte check --fix", "Apply the fixes that do not change what the claims say"),
            ("recte check --since origin/main", "Report what this branch changes"),
            ("recte check --format sarif", "Write a report for code scanning"),
        ],
    ),
    ("recte watch", &[("recte watch", "Show new and resolved findings while files are edited")]),
    (
        "recte fmt",
        &[("recte fmt", "Format the claims files"), ("recte fmt --check", "Say which files are not formatted")],
    ),
    ("recte explain", &[("recte explain obligation-without-article", "Describe a rule by its name")]),
    ("recte why", &[("recte why treaty.claims:12", "Explain the findings on a line")]),
    ("recte why-not", &[("recte why-not CL0101 guard", "Explain why a rule does not report a claim")]),
    (
        "recte baseline",
        &[
            ("recte baseline add --reason \"imported in May\"", "Record the findings of today"),
            ("recte baseline prune", "Remove entries that hold no finding"),
        ],
    ),
    ("recte suppressions", &[("recte suppressions", "List every exception with its reason")]),
    ("recte accept", &[("recte accept --reason \"the edition of 2027\"", "Record what the documents say now")]),
    (
        "recte init",
        &[("recte init --hook --ci github", "Create a project that is checked before commits and on GitHub")],
    ),
    ("recte ingest", &[("recte ingest proposals.json", "Add proposed claims whose quotations hold")]),
    ("recte coverage", &[("recte coverage --format html --output coverage.html", "Write a page of the documents")]),
    ("recte outline", &[("recte outline treaty.txt", "Show the articles and paragraphs of a treaty")]),
    ("recte facts", &[("recte facts --query \"norm n where no n.cites\"", "List the norms that cite nothing")]),
    ("recte sql", &[("recte sql CL0101", "Print a rule as a statement of SQL")]),
    ("recte config", &[("recte config show", "Show the settings and the lines that set them")]),
    (
        "recte rules",
        &[
            ("recte rules", "List the rules with their levels"),
            ("recte rules test --strict CL0101", "Run the examples of a rule, and change its clauses"),
        ],
    ),
    (
        "recte completions",
        &[("recte completions bash > ~/.local/share/bash-completion/completions/recte", "Complete in bash")],
    ),
    ("recte man", &[("recte man ~/.local/share/man/man1", "Write the manual pages where `man` finds them")]),
    ("recte baseline add", &[("recte baseline add --reason \"imported in May\"", "Record all open findings")]),
    ("recte baseline prune", &[("recte baseline prune", "Remove the entries whose findings were corrected")]),
    ("recte baseline show", &[("recte baseline show --format json", "List the entries for a program")]),
    ("recte baseline verify", &[("recte baseline verify", "Fail in CI if an entry is no longer needed")]),
    ("recte config show", &[("recte config show treaty.claims", "List what applies to a file")]),
    ("recte config schema", &[("recte config schema > recte.schema.json", "Write the schema for an editor")]),
    ("recte rules new", &[("recte rules new HOUSE001 unsigned-treaty > rules.toml", "Begin a file of rules")]),
    (
        "recte rules test",
        &[("recte rules test --strict", "Run the examples of the project's own rules, and change their clauses")],
    ),
];

/// Variables of the environment, and what they do.
pub(super) const ENVIRONMENT: &[(&str, &str)] = &[
    ("NO_COLOR", "No colour, if it is not empty."),
    ("FORCE_COLOR, CLICOLOR_FORCE", "Colour in pipes and files as well. FORCE_COLOR=0 and CLICOLOR=0 mean none."),
    ("LC_ALL, LC_CTYPE, LANG", "The locales C and POSIX get frames in ASCII."),
    ("FORCE_HYPERLINK", "Whether codes of rules are links: 1 or 0."),
    ("PAGER", "The program that shows long pages. If it is empty or cat, there is none; if it is not set, it is less."),
    (
        "RECTE_CACHE_DIR",
        "The folder of the cache, which holds results of earlier checks. If it is empty, there is none.",
    ),
    (VARIABLE, "Set by the scripts of `recte completions`: the shell that asks what could follow."),
    ("GITHUB_STEP_SUMMARY", "The file to which `check --format github` adds a summary."),
];

/// Files of a project, and what they hold.
pub(super) const FILES: &[(&str, &str)] = &[
    ("recte.toml", "The settings of a project. Its folder is the project."),
    ("*.claims", "The claims."),
    ("claims.lock", "What the documents said when their quotations were accepted."),
    ("recte-baseline.json", "The findings on record."),
    (".recteignore, .gitignore", "Patterns of files that are not checked."),
];
