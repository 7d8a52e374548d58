//! Claims that others propose, as JSON: those that their documents and the project bear become blocks.

mod candidate;
mod draft;
mod id;
mod json;
mod json_schema;
mod kind;
mod known;
mod page;
mod proposal;
mod quotation;
mod reason;
mod round;
mod value;

use super::check::{Checked, check_by};
use super::house::House;
use super::overlay::Overlay;
use super::tree::Tree;
use crate::model::Days;
use candidate::{Candidate, candidates, declared};
use page::Page;
use reason::Pointer;
use round::{Charges, Round};

pub use json_schema::proposals_schema;
pub use reason::Reason;

/// The status of what is proposed.
const PROPOSED: &str = "proposed";

/// The most checks that ingesting takes: two for most proposals, more where claims only disagree with each other.
const CHECKS: usize = 60;

/// What is proposed, to which project.
pub struct Ingesting<'a> {
    /// By what the claims are judged.
    pub house: &'a House,
    /// The files.
    pub tree: &'a dyn Tree,
    /// The project as it is.
    pub base: &'a Checked,
    /// The day by which exceptions expire.
    pub today: Days,
    /// The claims file that is written into, by its path beneath the tree.
    pub into: &'a str,
}

/// What became of proposals. Nothing is written.
#[derive(Debug)]
pub struct Ingested {
    /// What the file holds; nothing if there is none yet.
    pub before: Option<String>,
    /// What it is to hold; nothing if nothing is added.
    pub after: Option<String>,
    /// Every claim that was proposed, in order.
    pub claims: Vec<Outcome>,
}

/// What became of one claim.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Where it is proposed, as a JSON pointer.
    pub at: String,
    /// Its id, as far as it has one.
    pub id: Option<String>,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it is refused, or what is remarked about it.
    pub reasons: Vec<Reason>,
    /// The block that it became.
    pub block: Option<String>,
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
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

impl Verdict {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Known => "known",
            Verdict::Refused => "refused",
        }
    }
}

impl Outcome {
    fn refuse(&mut self, reasons: Vec<Reason>) {
        self.verdict = Verdict::Refused;
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
pub fn ingest(ingesting: &Ingesting<'_>, text: &str) -> Result<Ingested, NotIngested> {
    let proposals = proposal::proposals(text).map_err(NotIngested::Misshapen)?;
    let namespace = proposals.namespace.as_deref();
    if let Some(namespace) = namespace {
        value::path(namespace, &Pointer::default().down("namespace"))
            .map_err(|reason| NotIngested::Misshapen(vec![reason]))?;
    }
    let page = Page::open(ingesting, namespace, &proposals.by)?;
    let root = Pointer::default().down("claims");
    let outcome = |(number, (id, _)): (usize, &(Option<String>, _))| Outcome {
        at: root.down(number).0,
        id: id.clone(),
        verdict: Verdict::Accepted,
        reasons: Vec::new(),
        block: None,
    };
    let mut outcomes: Vec<Outcome> = proposals.claims.iter().enumerate().map(outcome).collect();
    let candidates = candidates(&proposals, &page, ingesting.base, &mut outcomes);
    let mut sieve = Sieve { ingesting, page, outcomes, candidates, checks: 0 };
    sieve.set_aside_known()?;
    sieve.run();
    Ok(sieve.finish())
}

/// The candidates that are left, and what has become of the others.
struct Sieve<'a> {
    ingesting: &'a Ingesting<'a>,
    page: Page,
    outcomes: Vec<Outcome>,
    candidates: Vec<Candidate>,
    checks: usize,
}

impl Sieve<'_> {
    /// The project with the first candidates in it.
    fn check(&mut self, count: usize) -> (Checked, page::Filled) {
        self.checks += 1;
        let filled = self.page.with(&self.candidates[..count]);
        let texts = [(self.page.name.clone(), filled.text.clone())].into();
        let tree = Overlay { under: self.ingesting.tree, texts };
        (check_by(self.ingesting.house.clone(), &tree, &[], self.ingesting.today), filled)
    }

    /// Sets aside what the project says already, and refuses ids that it has given to something else.
    fn set_aside_known(&mut self) -> Result<(), NotIngested> {
        if self.candidates.is_empty() {
            return Ok(());
        }
        let (checked, filled) = self.check(self.candidates.len());
        let round = Round::new(&checked, (&self.candidates, filled.places), &self.page);
        if !round.is_read() {
            let why = "is left out when the project is checked; choose another file";
            return Err(NotIngested::Misused(format!("{} {why}", self.page.name)));
        }
        let twins = known::twins(&round);
        let declared = declared(self.ingesting.base);
        let mut gone = Vec::new();
        for (number, twin) in twins.into_iter().enumerate() {
            let candidate = &self.candidates[number];
            let outcome = &mut self.outcomes[candidate.number];
            let earlier = twin.and_then(|twin| round.blocks.iter().position(|block| *block == Some(twin)));
            let place = |at| place(&checked, at);
            match (twin, earlier) {
                (Some(_), Some(earlier)) => {
                    let message = format!("{} says the same", self.candidates[earlier].at.0);
                    outcome.refuse(vec![Reason::new(&candidate.at, message).help("leave one out".to_owned())]);
                }
                (Some(twin), None) => {
                    let block = checked.corpus.block(twin);
                    outcome.verdict = Verdict::Known;
                    outcome.id = checked
                        .corpus
                        .block(twin)
                        .id
                        .as_deref()
                        .map(|id| crate::model::local(id, &self.page.namespace).to_owned());
                    let message = format!("it stands at {} already", place(block.header));
                    outcome.reasons.push(Reason::new(&candidate.at, message));
                }
                (None, _) => {
                    let id = candidate.id.as_deref().filter(|_| candidate.is_named).map(|id| self.page.full(id));
                    let Some(other) = id.as_deref().and_then(|id| declared.get(id)) else { continue };
                    let at = place_in(self.ingesting.base, *other);
                    let message = format!("the id is taken: {at} declares it, and says something else");
                    let reason = Reason::new(&candidate.at.down("id"), message);
                    outcome.refuse(vec![reason.help("give it another id, or leave the id out".to_owned())]);
                }
            }
            gone.push(number);
        }
        self.take_out(&gone);
        Ok(())
    }

    /// Refuses what the project does not bear, until it bears all that is left.
    fn run(&mut self) {
        while !self.candidates.is_empty() {
            let (checked, filled) = self.check(self.candidates.len());
            let round = Round::new(&checked, (&self.candidates, filled.places), &self.page);
            let Charges { mut against, stray } = round.charges(self.ingesting.base);
            if against.is_empty() && stray.is_empty() {
                let remarks = round.remarks(self.ingesting.base);
                for (number, reasons) in remarks {
                    self.outcomes[self.candidates[number].number].reasons = reasons;
                }
                return;
            }
            if against.is_empty() {
                against.insert(self.culprit(), stray);
            }
            if self.checks >= CHECKS {
                for (number, candidate) in self.candidates.iter().enumerate() {
                    let message = "the claims disagree with each other in too many ways; propose fewer at a time";
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
            let round = Round::new(&checked, (&self.candidates[..middle], filled.places), &self.page);
            let is_wrong = !round.charges(self.ingesting.base).stray.is_empty();
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

    fn finish(mut self) -> Ingested {
        for candidate in &self.candidates {
            self.outcomes[candidate.number].block = Some(candidate.draft.text.clone());
        }
        let after = (!self.candidates.is_empty()).then(|| self.page.finished(&self.candidates));
        Ingested { before: self.page.before, after, claims: self.outcomes }
    }
}

/// `path:line` of a place.
fn place(checked: &Checked, at: crate::text::Span) -> String {
    let source = checked.sources.get(at.source);
    format!("{}:{}", source.name(), source.position(at.start).line)
}

fn place_in(checked: &Checked, block: crate::model::BlockId) -> String {
    place(checked, checked.corpus.block(block).header)
}
