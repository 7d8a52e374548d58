//! What a shell offers for an argument: options and files, and the rules, claims and findings of the project around it.

use std::path::Path;

use clap::Command;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use recte::project::{self, CheckOutput, ProjectContext};

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
];

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

/// The codes and names of all rules, those of the project included.
fn rules() -> Vec<CompletionCandidate> {
    let context = here().map_or_else(ProjectContext::builtin, |opened| opened.context());
    let both = context.rules.iter().flat_map(|rule| {
        let help = || Some(rule.meta.why.clone().into());
        [rule.meta.code.as_str(), &rule.meta.name].map(|name| CompletionCandidate::new(name).help(help()))
    });
    both.collect()
}

/// What can be explained: rules, and the kinds of the schema.
fn subjects() -> Vec<CompletionCandidate> {
    let context = here().map_or_else(ProjectContext::builtin, |opened| opened.context());
    let kinds = context.schema.kind_ids().map(|kind| context.schema.kind(kind));
    let kinds = kinds.map(|kind| CompletionCandidate::new(&kind.name).help(Some(kind.doc.clone().into())));
    rules().into_iter().chain(kinds).collect()
}

/// The full ids of all claims, each with its kind.
fn claims() -> Vec<CompletionCandidate> {
    let Some(checked) = checked() else { return Vec::new() };
    let corpus = &checked.corpus;
    let kinds = corpus.schema.kind_ids().filter(|kind| !corpus.schema.kind(*kind).anonymous);
    let offers = kinds.flat_map(|kind| {
        let help = &corpus.schema.kind(kind).name;
        let blocks = corpus.of_kind(kind).iter();
        blocks.map(|block| CompletionCandidate::new(corpus.identity(*block)).help(Some(help.clone().into())))
    });
    offers.collect()
}

/// The places of all findings, each with what is wrong.
fn findings() -> Vec<CompletionCandidate> {
    let Some(checked) = checked() else { return Vec::new() };
    let offer = |finding: &recte::rule::Finding| {
        let at = finding.diagnostic.primary.span;
        let source = checked.sources.get(at.source);
        let place = format!("{}:{}", source.name(), source.position(at.start).line);
        CompletionCandidate::new(place).help(Some(finding.diagnostic.message.clone().into()))
    };
    checked.findings.iter().filter(|finding| finding.suppressed.is_none()).map(offer).collect()
}

/// The project around the current folder, if there is one.
fn here() -> Option<OpenedProject> {
    let located = project::locate(&[Path::new(".").to_owned()], Path::new(".")).ok()?;
    let [one] = located.projects.as_slice() else { return None };
    OpenedProject::open(&one.root, None).ok()
}

fn checked() -> Option<CheckOutput> {
    let opened = here()?;
    Some(project::check_tree(&opened.root, opened.settings_source(), &[], today()))
}
