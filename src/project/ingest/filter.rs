//! Lets go of candidates, for a reason each, until the project bears all that are left.

use std::sync::Arc;

use super::candidate::{Candidate, declared};
use super::claims_file::{ClaimsFile, FilledClaimsFile};
use super::known;
use super::outcome::{ClaimOutcome, ClaimVerdict, IngestOutput, NotIngested};
use super::reason::Reason;
use super::request::IngestRequest;
use super::trial::{Objections, TrialCheck};
use crate::model::{BlockId, local};
use crate::project::analysis::host::AnalysisHost;
use crate::project::analysis::output::CheckOutput;
use crate::project::analysis::request::CheckRequest;

/// The most checks that ingesting takes: two for most proposals, more where claims only disagree with each other.
const CHECKS: usize = 60;

/// The candidates that are left, and what has become of the others.
pub(super) struct CandidateFilter<'a> {
    ingesting: &'a IngestRequest<'a>,
    /// The project, over which the candidates are laid.
    host: AnalysisHost<'a>,
    page: ClaimsFile,
    outcomes: Vec<ClaimOutcome>,
    candidates: Vec<Candidate>,
    checks: usize,
}

impl<'a> CandidateFilter<'a> {
    /// Begins with all candidates; `outcomes` is what is known of every claim so far.
    pub(super) fn new(
        ingesting: &'a IngestRequest<'a>,
        page: ClaimsFile,
        candidates: Vec<Candidate>,
        outcomes: Vec<ClaimOutcome>,
    ) -> CandidateFilter<'a> {
        let request = CheckRequest::new(ingesting.tree, ingesting.today);
        let host = AnalysisHost::judged_by(ingesting.context.clone(), request);
        CandidateFilter { ingesting, host, page, outcomes, candidates, checks: 0 }
    }

    /// Sets aside what is known, refuses what the project does not bear, and says what is left.
    ///
    /// # Errors
    /// When the project does not check the file.
    pub(super) fn run(mut self) -> Result<IngestOutput, NotIngested> {
        self.set_aside_known()?;
        self.settle();
        Ok(self.finish())
    }

    /// The project with the first candidates in it.
    fn check(&mut self, count: usize) -> (Arc<CheckOutput>, FilledClaimsFile) {
        self.checks += 1;
        let filled = self.page.with(blocks(&self.candidates[..count]));
        let texts = [(self.page.name.clone(), filled.text.clone())].into();
        (self.host.overlay(&texts), filled)
    }

    /// Sets aside what the project says already, and refuses ids that it has given to something else.
    fn set_aside_known(&mut self) -> Result<(), NotIngested> {
        if self.candidates.is_empty() {
            return Ok(());
        }
        let (checked, filled) = self.check(self.candidates.len());
        let trial = TrialCheck::new(&checked, (&self.candidates, filled.places), &self.page);
        if !trial.is_read() {
            let why = "is excluded when the project is checked; choose another file";
            return Err(NotIngested::Misused(format!("{} {why}", self.page.name)));
        }
        let declared = declared(self.ingesting.base);
        let mut gone = Vec::new();
        for (number, twins) in known::twins(&trial).into_iter().enumerate() {
            let candidate = &self.candidates[number];
            let number_of = |twin: BlockId| trial.blocks.iter().position(|block| *block == Some(twin));
            // What is refused by now does not stand for others.
            let stands = |twin: &BlockId| number_of(*twin).is_none_or(|earlier| !gone.contains(&earlier));
            let twin = twins.into_iter().find(stands);
            let earlier = twin.and_then(number_of);
            let outcome = &mut self.outcomes[candidate.number];
            let named = candidate.id.as_deref().filter(|_| candidate.is_named).map(|id| self.page.full(id));
            let taken = named.and_then(|id| declared.get(id.as_str()));
            match (twin, earlier, taken) {
                (Some(_), Some(earlier), _) => {
                    let message = format!("{} is the same claim", self.candidates[earlier].at.0);
                    outcome.refuse(vec![Reason::new(&candidate.at, message).help("remove one of them".to_owned())]);
                }
                (Some(twin), None, _) => {
                    let id = checked.corpus.block(twin).id();
                    outcome.id = id.map(|id| local(id, &self.page.namespace).to_owned());
                    outcome.verdict = ClaimVerdict::Known;
                    let message = format!("it already exists at {}", place(&checked, twin));
                    outcome.reasons.push(Reason::new(&candidate.at, message));
                }
                (None, _, Some(other)) => {
                    let at = place(self.ingesting.base, *other);
                    let message = format!("the id is in use: {at} declares it with different contents");
                    let help = "give it another id, or none".to_owned();
                    outcome.refuse(vec![Reason::new(&candidate.at.down("id"), message).help(help)]);
                }
                (None, _, None) => continue,
            }
            gone.push(number);
        }
        self.take_out(&gone);
        Ok(())
    }

    /// Refuses what the project does not bear, until it bears all that is left.
    fn settle(&mut self) {
        while !self.candidates.is_empty() {
            let (checked, filled) = self.check(self.candidates.len());
            let trial = TrialCheck::new(&checked, (&self.candidates, filled.places), &self.page);
            let Objections { mut against, stray } = trial.objections(self.ingesting.base);
            if against.is_empty() && stray.is_empty() {
                let remarks = trial.remarks(self.ingesting.base);
                for (number, reasons) in remarks {
                    self.outcomes[self.candidates[number].number].reasons = reasons;
                }
                return;
            }
            if against.is_empty() {
                let culprit = self.culprit();
                let at = &self.candidates[culprit].at.0;
                let stray = stray.into_iter().map(|reason| Reason { at: at.clone(), ..reason });
                against.insert(culprit, stray.collect());
            }
            if self.checks >= CHECKS {
                for (number, candidate) in self.candidates.iter().enumerate() {
                    let message = "the claims contradict each other in too many ways; propose fewer at a time";
                    against.entry(number).or_insert_with(|| vec![Reason::new(&candidate.at, message)]);
                }
            }
            let gone: Vec<usize> = against.keys().copied().collect();
            for (number, reasons) in against {
                self.outcomes[self.candidates[number].number].refuse(reasons);
            }
            self.take_out(&gone);
        }
    }

    /// The candidate with which something comes that none of them plays a part in: the last of the fewest from the first on
    /// with which it comes.
    fn culprit(&mut self) -> usize {
        let (mut fine, mut wrong) = (0, self.candidates.len());
        while wrong - fine > 1 {
            let middle = fine + (wrong - fine) / 2;
            let (checked, filled) = self.check(middle);
            let trial = TrialCheck::new(&checked, (&self.candidates[..middle], filled.places), &self.page);
            let is_wrong = !trial.objections(self.ingesting.base).stray.is_empty();
            if is_wrong { wrong = middle } else { fine = middle }
        }
        wrong - 1
    }

    /// Takes candidates out, by their numbers, which are sorted.
    fn take_out(&mut self, gone: &[usize]) {
        let mut number = 0;
        self.candidates.retain(|_| {
            number += 1;
            gone.binary_search(&(number - 1)).is_err()
        });
    }

    fn finish(mut self) -> IngestOutput {
        for candidate in &self.candidates {
            self.outcomes[candidate.number].block = Some(candidate.draft.text.clone());
        }
        let after = (!self.candidates.is_empty()).then(|| self.page.finished(blocks(&self.candidates)));
        IngestOutput { before: self.page.before, after, claims: self.outcomes }
    }
}

/// `path:line` of a block.
fn place(checked: &CheckOutput, block: BlockId) -> String {
    let header = checked.corpus.block(block).header();
    let source = checked.sources.get(header.source);
    format!("{}:{}", source.name(), source.position(header.start).line)
}

/// The blocks of candidates, as they are to be written.
fn blocks(candidates: &[Candidate]) -> impl Iterator<Item = &str> {
    candidates.iter().map(|candidate| candidate.draft.text.as_str())
}
