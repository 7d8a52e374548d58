//! Claims that can be written as blocks, each under an id of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::claims_file::ClaimsFile;
use super::draft::{BlockDraft, ProjectNames, draft};
use super::id::{free, made};
use super::outcome::ClaimOutcome;
use super::proposal::{Proposals, Proposed};
use super::reason::{Pointer, Reason};
use crate::model::BlockId;
use crate::project::analysis::documents::documents;
use crate::project::analysis::output::CheckOutput;
use crate::schema::Schema;
use crate::syntax::is_name;

/// A claim that can be written as a block.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Which of the claims that are proposed.
    pub(super) number: usize,
    pub(super) at: Pointer,
    /// Whether the proposal gives the id.
    pub(super) is_named: bool,
    pub(super) id: Option<String>,
    pub(super) draft: BlockDraft,
}

/// The proposed claims that can be written as blocks; the outcomes of the others record why they cannot.
pub(super) fn candidates(
    proposals: &Proposals,
    page: &ClaimsFile,
    base: &CheckOutput,
    outcomes: &mut [ClaimOutcome],
) -> Vec<Candidate> {
    let names = ProjectNames { schema: &base.corpus.schema, by_path: by_path(base, page) };
    let mut ids = AssignedIds::new(proposals, base);
    let mut candidates = Vec::new();
    for (number, (_, claim)) in proposals.claims.iter().enumerate() {
        let candidate = match claim {
            Ok(proposed) => candidate(number, proposed, &names, &mut ids),
            Err(reasons) => Err(reasons.clone()),
        };
        match candidate {
            Ok(candidate) => {
                outcomes[number].id.clone_from(&candidate.id);
                candidates.push(candidate);
            }
            Err(reasons) => outcomes[number].refuse(reasons),
        }
    }
    candidates
}

/// A proposed claim with its id and its block; or why it cannot be written.
fn candidate<'a>(
    number: usize,
    proposed: &'a Proposed,
    names: &ProjectNames<'_>,
    ids: &mut AssignedIds<'a>,
) -> Result<Candidate, Vec<Reason>> {
    let is_named = proposed.id.is_some();
    let id = match proposed.id.as_deref() {
        Some(id) => Some(given_id((id, proposed), &mut ids.given)?),
        None => derived_id(proposed, names.schema, &mut ids.taken),
    };
    let draft = draft(proposed, id.as_deref(), names).inspect_err(|_| {
        // The id that was derived for it is free again.
        if let Some(id) = id.as_ref().filter(|_| !is_named) {
            ids.taken.remove(id);
        }
    })?;
    Ok(Candidate { number, at: proposed.at.clone(), is_named, id, draft })
}

/// The ids that proposals cannot have any more.
struct AssignedIds<'a> {
    /// By id, the proposal that gives it.
    given: BTreeMap<&'a str, &'a Pointer>,
    /// Those of the project, those that proposals give, and those that were derived so far.
    taken: BTreeSet<String>,
}

impl AssignedIds<'_> {
    fn new(proposals: &Proposals, base: &CheckOutput) -> Self {
        let mut taken = taken(base);
        taken.extend(proposals.claims.iter().filter_map(|(id, _)| id.clone()));
        AssignedIds { given: BTreeMap::new(), taken }
    }
}

/// The id that a proposal gives, if it can be one and is given once.
fn given_id<'a>(
    (id, proposed): (&'a str, &'a Proposed),
    given: &mut BTreeMap<&'a str, &'a Pointer>,
) -> Result<String, Vec<Reason>> {
    let at = proposed.at.down("id");
    if !is_name(id) {
        let help = match made(id) {
            Some(made) => format!("write `{made}`, or leave the id out to have one derived"),
            None => "leave it out to have one derived".to_owned(),
        };
        let message = format!("`{id}` is not an id: an id consists of letters, digits, `-` and `_`");
        return Err(vec![Reason::new(&at, message).help(help)]);
    }
    if let Some(first) = given.get(id) {
        let message = format!("{} has the id `{id}` too", first.0);
        return Err(vec![Reason::new(&at, message).help("give one of them another id".to_owned())]);
    }
    given.insert(id, &proposed.at);
    Ok(id.to_owned())
}

/// An id derived from the title, or else from the words that are quoted; none where blocks may be without.
fn derived_id(proposed: &Proposed, schema: &Schema, taken: &mut BTreeSet<String>) -> Option<String> {
    if schema.kind_named(&proposed.kind).is_some_and(|kind| schema.kind(kind).anonymous) {
        return None;
    }
    // `[t]he` is a word, and no two.
    let quoted = proposed.quotations.iter().find_map(|quoted| made(&quoted.words.replace(['[', ']'], "")));
    let id = proposed.title.as_deref().and_then(made).or(quoted);
    let id = free(&id.unwrap_or_else(|| proposed.kind.clone()), taken);
    taken.insert(id.clone());
    Some(id)
}

/// The last names of all ids: one that is made shall not hide another.
fn taken(base: &CheckOutput) -> BTreeSet<String> {
    let ids = base.corpus.block_ids().filter_map(|block| base.corpus.block(block).id());
    ids.map(|id| id.rsplit('/').next().unwrap_or(id).to_owned()).collect()
}

/// The sources by the paths of their documents, as the file would name them.
fn by_path(base: &CheckOutput, page: &ClaimsFile) -> BTreeMap<String, Vec<String>> {
    let mut by_path: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for document in documents(&base.corpus).into_iter().filter(|document| document.is_read) {
        let id = page.local(base, document.block);
        if let (Ok(path), Some(id)) = (document.target(&base.sources), id) {
            by_path.entry(path).or_default().push(id.to_owned());
        }
    }
    by_path
}

/// The blocks that the project declares, but for those that their first use declares, by id.
pub(super) fn declared(base: &CheckOutput) -> BTreeMap<&str, BlockId> {
    let blocks = base.corpus.block_ids().map(|block| (block, base.corpus.block(block)));
    let declared = blocks.filter(|(_, data)| data.header() != data.whole());
    declared.filter_map(|(block, data)| Some((data.id()?, block))).collect()
}
