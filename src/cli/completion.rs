//! What a shell offers for an argument: options and files, and the rules, claims and findings of the project around it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::Command;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use recte::project::{self, CheckOutput, ProjectContext};
use recte::rule::Finding;

use super::paths::{folder, way_to};
use super::project::{OpenedProject, today};

/// The variable by which a script of `recte completions` asks for what could follow.
pub(super) const VARIABLE: &str = "RECTE_COMPLETE";

/// What finds out what could stand somewhere.
type Offer = fn() -> Vec<CompletionCandidate>;

/// What the arguments of commands are offered: of which command, which argument, and what.
const OFFERED: &[(&[&str], &str, Offer)] = &[
    (&["explain"], "subjects", subjects),
    (&["why-not"], "rule", rules),
    (&["why-not"], "claim", claims),
    (&["why"], "finding", findings),
    (&["rules", "test"], "rules", rules),
    (&["sql"], "words", rules),
    (&["check"], "select", rules),
    (&["check"], "ignore", rules),
    (&["baseline", "add"], "findings", fingerprints),
];

/// What the script for bash lacks: bash takes `a.claims:12` and `--format=json` for three words, of which the last is completed.
pub(super) const FOR_BASH: &str = r#"
_recte() {
    local -a whole=()
    local at last word before
    for ((at = 0; at <= COMP_CWORD; at++)); do
        last=$((${#whole[@]} - 1))
        if ((last > 0)) && [[ "${COMP_WORDS[at]}" == [:=]* || "${whole[last]}" == *[:=] ]] &&
            ! { ((at == COMP_CWORD)) && [[ "${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]]; }; then
            whole[last]+="${COMP_WORDS[at]}"
        else
            whole+=("${COMP_WORDS[at]}")
        fi
    done
    last=$((${#whole[@]} - 1))
    word="${whole[last]}"
    local COMP_WORDS=("${whole[@]}") COMP_CWORD=$last
    _clap_complete_recte "$1" "$word" "$3"
    before="${word%"${word##*[:=]}"}"
    for at in "${!COMPREPLY[@]}"; do
        COMPREPLY[at]="${COMPREPLY[at]#"$before"}"
    done
}
complete -o nospace -o bashdefault -F _recte recte
"#;

/// Answers a shell that asks what could follow. Returns whether one did.
pub(super) fn answer(command: fn() -> Command) -> clap::error::Result<bool> {
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| offering(command())).var(VARIABLE).try_complete(std::env::args_os(), folder.as_deref())
}

/// The command, whose arguments know what to offer.
fn offering(command: Command) -> Command {
    OFFERED.iter().fold(command, |command, (path, argument, offer)| offering_for(command, path, argument, *offer))
}

fn offering_for(command: Command, path: &[&str], argument: &'static str, offer: Offer) -> Command {
    match path {
        [] => command.mut_arg(argument, |argument| argument.add(ArgValueCandidates::new(offer))),
        [name, inner @ ..] => command.mut_subcommand(name, |command| offering_for(command, inner, argument, offer)),
    }
}

/// The codes and names of all rules, those of the projects included.
fn rules() -> Vec<CompletionCandidate> {
    let mut known = BTreeSet::new();
    let offer = |context: &ProjectContext| -> Vec<CompletionCandidate> {
        let both = context
            .rules
            .iter()
            .flat_map(|rule| [rule.meta.code.as_str(), &rule.meta.name].map(|name| offered(name, &rule.meta.why)));
        both.filter(|candidate| known.insert(candidate.get_value().to_owned())).collect()
    };
    contexts().iter().flat_map(offer).collect()
}

/// What can be explained: rules, and the kinds of the schema.
fn subjects() -> Vec<CompletionCandidate> {
    let contexts = contexts();
    let schemas = contexts.iter().map(|context| &context.schema);
    let kinds = schemas.flat_map(|schema| schema.kind_ids().map(|kind| schema.kind(kind)));
    let kinds: BTreeMap<&str, &str> = kinds.map(|kind| (kind.name.as_str(), kind.doc.as_str())).collect();
    rules().into_iter().chain(kinds.into_iter().map(|(name, doc)| offered(name, doc))).collect()
}

/// The full ids of all claims, each with its kind; of several projects after the folder of the project.
fn claims() -> Vec<CompletionCandidate> {
    let projects = here();
    let is_one = projects.len() == 1;
    let of_project = |opened: &OpenedProject| -> Vec<CompletionCandidate> {
        let checked = checked(opened);
        let corpus = &checked.corpus;
        let folder = if is_one { String::new() } else { format!("{}:", way_to(opened.root.path())) };
        let kinds = corpus.schema.kind_ids().filter(|kind| !corpus.schema.kind(*kind).anonymous);
        let offers = kinds.flat_map(|kind| {
            let blocks = corpus.of_kind(kind).iter();
            let name = |block| format!("{folder}{}", corpus.identity(block));
            blocks.map(move |block| offered(&name(*block), &corpus.schema.kind(kind).name))
        });
        offers.collect()
    };
    projects.iter().flat_map(of_project).collect()
}

/// The places of all findings, each with what is wrong.
fn findings() -> Vec<CompletionCandidate> {
    let place = |finding: &Finding, checked: &CheckOutput, opened: &OpenedProject| {
        let at = finding.diagnostic.primary.span;
        let source = checked.sources.get(at.source);
        format!("{}{}:{}", folder(opened.root.path()), source.name(), source.position(at.start).line)
    };
    open_findings(place)
}

/// The fingerprints of all findings, likewise.
fn fingerprints() -> Vec<CompletionCandidate> {
    open_findings(|finding, _, _| finding.fingerprint.to_string())
}

/// What findings that no exception suppresses are called.
fn open_findings(name: impl Fn(&Finding, &CheckOutput, &OpenedProject) -> String) -> Vec<CompletionCandidate> {
    let of_project = |opened: OpenedProject| -> Vec<CompletionCandidate> {
        let checked = checked(&opened);
        let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
        open.map(|finding| offered(&name(finding, &checked, &opened), &finding.diagnostic.message)).collect()
    };
    here().into_iter().flat_map(of_project).collect()
}

fn offered(name: &str, what: &str) -> CompletionCandidate {
    CompletionCandidate::new(name).help(Some(what.to_owned().into()))
}

/// The project around the current folder, or those below it.
fn here() -> Vec<OpenedProject> {
    let located = project::locate(&[Path::new(".").to_owned()], Path::new(".")).unwrap_or_default();
    located.projects.iter().filter_map(|one| OpenedProject::open(&one.root, None).ok()).collect()
}

/// By what they are judged; without one, by what every project is.
fn contexts() -> Vec<ProjectContext> {
    let contexts: Vec<ProjectContext> = here().iter().map(OpenedProject::context).collect();
    if contexts.is_empty() { vec![ProjectContext::builtin()] } else { contexts }
}

fn checked(opened: &OpenedProject) -> CheckOutput {
    project::check_tree(&opened.root, opened.settings_source(), &[], today())
}
