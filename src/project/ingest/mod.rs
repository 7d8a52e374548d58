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
mod outcome;
mod proposal;
mod quotation;
mod reason;
mod request;
mod trial;
mod value;

use candidate::candidates;
use claims_file::ClaimsFile;
use filter::CandidateFilter;
use reason::Pointer;

pub use json_schema::proposals_schema;
pub use outcome::{ClaimOutcome, ClaimVerdict, IngestOutput, NotIngested};
pub use reason::Reason;
pub use request::IngestRequest;

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
