//! What became of proposals.

use super::reason::Reason;

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
    pub(super) fn refuse(&mut self, reasons: Vec<Reason>) {
        self.verdict = ClaimVerdict::Refused;
        for reason in reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
    }
}
