//! Claims that others propose, as JSON: those that their documents and the project bear become blocks.

mod candidate;
mod claims_file;
mod draft;
mod filter;
mod id;
mod json;
mod json_schema;
mod kind;
mod known;
mod proposal;
mod quotation;
mod reason;
mod trial;
mod value;

use super::analysis::check::CheckOutput;
use super::analysis::context::ProjectContext;
use super::files::tree::Tree;
use crate::model::DateRange;
use candidate::candidates;
use claims_file::ClaimsFile;
use filter::CandidateFilter;
use reason::Pointer;

pub use json_schema::proposals_schema;
pub use reason::Reason;

/// The status of what is proposed.
const PROPOSED: &str = "proposed";

/// What is proposed, to which project.
pub struct IngestRequest<'a> {
    /// By what the claims are judged.
    pub context: &'a ProjectContext,
    /// The files.
    pub tree: &'a dyn Tree,
    /// The project as it is.
    pub base: &'a CheckOutput,
    /// The day by which exceptions expire.
    pub today: DateRange,
    /// The claims file that is written into, by its path beneath the tree.
    pub into: &'a str,
}

/// What became of proposals. Nothing is written.
#[derive(Debug)]
pub struct IngestOutput {
    /// What the file holds; nothing if there is none yet.
    pub before: Option<String>,
    /// What it is to hold; nothing if nothing is added.
    pub after: Option<String>,
    /// Every claim that was proposed, in order.
    pub claims: Vec<ClaimOutcome>,
}

/// What became of one claim.
#[derive(Clone, Debug)]
pub struct ClaimOutcome {
    /// Where it is proposed, as a JSON pointer.
    pub at: String,
    /// Its id, as far as it has one.
    pub id: Option<String>,
    /// What became of it.
    pub verdict: ClaimVerdict,
    /// Why it is refused, or what is remarked about it.
    pub reasons: Vec<Reason>,
    /// The block that it became.
    pub block: Option<String>,
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// It became a block.
    Accepted,
    /// The project says the same already.
    Known,
    /// It is left out.
    Refused,
}

/// Why nothing of what is proposed was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotIngested {
    /// It does not have the shape of proposals.
    Misshapen(Vec<Reason>),
    /// The file must not be written into.
    Misused(String),
    /// The file cannot be read.
    Unread(String),
}

impl ClaimVerdict {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            ClaimVerdict::Accepted => "accepted",
            ClaimVerdict::Known => "known",
            ClaimVerdict::Refused => "refused",
        }
    }
}

impl ClaimOutcome {
    fn refuse(&mut self, reasons: Vec<Reason>) {
        self.verdict = ClaimVerdict::Refused;
        for reason in reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
    }
}

/// Finds out which of the claims that a JSON text proposes the project bears.
///
/// # Errors
/// When the text as a whole is no proposals, or the file cannot take them.
pub fn ingest(ingesting: &IngestRequest<'_>, text: &str) -> Result<IngestOutput, NotIngested> {
    let proposals = proposal::proposals(text).map_err(NotIngested::Misshapen)?;
    let namespace = proposals.namespace.as_deref();
    if let Some(namespace) = namespace {
        value::path(namespace, &Pointer::default().down("namespace"))
            .map_err(|reason| NotIngested::Misshapen(vec![reason]))?;
    }
    let page = ClaimsFile::open(ingesting, namespace, &proposals.by)?;
    let root = Pointer::default().down("claims");
    let outcome = |(number, (id, _)): (usize, &(Option<String>, _))| ClaimOutcome {
        at: root.down(number).0,
        id: id.clone(),
        verdict: ClaimVerdict::Accepted,
        reasons: Vec::new(),
        block: None,
    };
    let mut outcomes: Vec<ClaimOutcome> = proposals.claims.iter().enumerate().map(outcome).collect();
    let candidates = candidates(&proposals, &page, ingesting.base, &mut outcomes);
    CandidateFilter::new(ingesting, page, candidates, outcomes).run()
}
