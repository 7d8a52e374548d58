//! The project checked with candidates in it: which of them it does not bear, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::candidate::Candidate;
use super::claims_file::{self, ClaimsFile};
use super::quotation;
use super::reason::{Pointer, Reason};
use crate::model::{BlockId, Value, Values};
use crate::project::analysis::output::CheckOutput;
use crate::project::repair::apply::{tally, unnumbered};
use crate::rule::Finding;
use crate::text::{SourceId, Span};

/// A check with candidates laid over the project.
pub(super) struct TrialCheck<'a> {
    pub(super) checked: &'a CheckOutput,
    pub(super) candidates: &'a [Candidate],
    /// The block of each candidate.
    pub(super) blocks: Vec<Option<BlockId>>,
    places: Vec<Range<u32>>,
    file: Option<SourceId>,
}

/// What a round says against candidates.
#[derive(Default)]
pub(super) struct Objections {
    /// The reasons against each, by its number among the candidates.
    pub(super) against: BTreeMap<usize, Vec<Reason>>,
    /// What came with the candidates, and none of them plays a part in.
    pub(super) stray: Vec<Reason>,
}

impl<'a> TrialCheck<'a> {
    /// Finds the candidates in what was checked; `places` is where their texts stand.
    pub(super) fn new(
        checked: &'a CheckOutput,
        (candidates, places): (&'a [Candidate], Vec<Range<u32>>),
        page: &ClaimsFile,
    ) -> TrialCheck<'a> {
        let file = claims_file::file(checked, &page.name);
        let corpus = &checked.corpus;
        let here = |block: &BlockId| Some(corpus.source(*block)) == file && corpus.block(*block).outer().is_none();
        let declared = corpus.block_ids().filter(here).map(|block| (block, corpus.block(block)));
        let declared = declared.filter(|(_, data)| data.header() != data.whole());
        let starts: BTreeMap<u32, BlockId> = declared.map(|(block, data)| (data.whole().start, block)).collect();
        let blocks = places.iter().map(|place| starts.get(&place.start).copied()).collect();
        TrialCheck { checked, candidates, blocks, places, file }
    }

    /// Whether the file was checked at all.
    pub(super) fn is_read(&self) -> bool {
        self.file.is_some()
    }

    /// What is to be said against candidates: quotations that do not carry them, and findings that only come with them and
    /// would fail a check.
    pub(super) fn objections(&self, base: &CheckOutput) -> Objections {
        let mut charges = Objections::default();
        let mut unfit = BTreeSet::new();
        for number in 0..self.candidates.len() {
            for (at, reason) in self.quotations(number) {
                unfit.insert(at);
                charges.against.entry(number).or_default().push(reason);
            }
        }
        for finding in self.new_findings(base).filter(|finding| self.fails_check(finding)) {
            match self.objected_to(finding) {
                Some((_, at)) if unfit.contains(&at.0) => {}
                Some((number, at)) => charges.against.entry(number).or_default().push(reason(finding, &at)),
                None => charges.stray.push(reason(finding, &Pointer("/claims".to_owned()))),
            }
        }
        for number in 0..self.candidates.len() {
            if !charges.against.contains_key(&number) && self.is_broken(number) {
                let message = "it refers to a block with errors, which `recte check` shows";
                charges.against.insert(number, vec![Reason::new(&self.candidates[number].at, message)]);
            }
        }
        self.object_to_dependants(&mut charges.against);
        charges
    }

    /// Whether something in the block of a candidate could not be read, or the block is not there.
    pub(super) fn is_broken(&self, number: usize) -> bool {
        let corpus = &self.checked.corpus;
        let Some(block) = self.blocks[number] else { return true };
        let values = |block: BlockId| corpus.block(block).values();
        values(block).chain(corpus.quotations(block).flat_map(values)).any(|held| held.value == Value::Broken)
    }

    /// What is found in a candidate and does not weigh enough to refuse it.
    pub(super) fn remarks(&self, base: &CheckOutput) -> BTreeMap<usize, Vec<Reason>> {
        let mut remarks: BTreeMap<usize, Vec<Reason>> = BTreeMap::new();
        for finding in self.new_findings(base).filter(|finding| !self.fails_check(finding)) {
            if let Some((number, at)) = self.objected_to(finding) {
                remarks.entry(number).or_default().push(reason(finding, &at));
            }
        }
        remarks
    }

    /// The quotations of a candidate that do not carry it, with their places in the proposals.
    fn quotations(&self, number: usize) -> Vec<(String, Reason)> {
        let candidate = &self.candidates[number];
        let at = candidate.at.down("quotations");
        let corpus = &self.checked.corpus;
        let held =
            self.blocks[number].map_or_else(Values::default, |block| corpus.values(block, candidate.draft.quote));
        let mut faults = Vec::new();
        for (number, held) in held.iter().enumerate() {
            let at = at.down(number);
            let Value::Block(quoted) = held.value else { continue };
            let mut parts = corpus.block(quoted).values();
            // A source that is not declared is a finding of its own, with the nearest ids.
            if parts.any(|held| held.value == Value::Broken) {
                continue;
            }
            faults.extend(quotation::fault(corpus, quoted, &at).map(|reason| (at.0.clone(), reason)));
        }
        faults
    }

    /// The open findings of which there are more than before.
    fn new_findings(&self, base: &CheckOutput) -> impl Iterator<Item = &'a Finding> {
        let old: BTreeMap<String, usize> =
            tally(base).into_iter().map(|(kind, (count, _))| (kind.to_owned(), count)).collect();
        let new = tally(self.checked);
        let checked = self.checked;
        let grown: BTreeSet<&'a str> = new
            .into_iter()
            .filter(|(kind, (count, _))| *count > old.get(*kind).copied().unwrap_or_default())
            .map(|(kind, _)| kind)
            .collect();
        let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
        open.filter(move |finding| grown.contains(unnumbered(finding.fingerprint.as_str())))
    }

    /// Whether a finding would fail a check, or means that others may be missing.
    fn fails_check(&self, finding: &Finding) -> bool {
        let rule = self.checked.rules.get(&finding.diagnostic.code);
        let about_values = rule.is_none_or(|rule| rule.meta.silences_others());
        about_values || finding.severity >= self.checked.config.fail_on.value
    }

    /// The candidate that a finding speaks of, and where in the proposals: the one in which it stands, or else the last that
    /// plays a part in it.
    fn objected_to(&self, finding: &Finding) -> Option<(usize, Pointer)> {
        let diagnostic = &finding.diagnostic;
        let labels = diagnostic.labels.iter().chain(&diagnostic.flow).filter_map(|label| self.at(label.span));
        self.at(diagnostic.primary.span).or_else(|| labels.max_by_key(|(number, _)| *number)).or_else(|| {
            let blocks = diagnostic.parts().filter_map(|id| self.checked.corpus.named(id));
            let numbers = blocks.filter_map(|block| self.blocks.iter().position(|own| *own == Some(block)));
            numbers.max().map(|number| (number, self.candidates[number].at.clone()))
        })
    }

    /// The candidate at a place of the file, and what part of the proposals stands there.
    fn at(&self, span: Span) -> Option<(usize, Pointer)> {
        if Some(span.source) != self.file {
            return None;
        }
        let after = self.places.partition_point(|place| place.start <= span.start);
        let number = after.checked_sub(1)?;
        let place = &self.places[number];
        let start = span.start.checked_sub(place.start).filter(|start| *start < place.end - place.start)?;
        let end = span.end.max(span.start) - place.start;
        let candidate = &self.candidates[number];
        let holds = |(part, _): &&(Range<u32>, Pointer)| part.start <= start && end <= part.end;
        let part = candidate.draft.parts.iter().rev().find(holds);
        Some((number, part.map_or_else(|| candidate.at.clone(), |(_, at)| at.clone())))
    }

    /// What refers to a candidate that is refused is refused as well, and so on.
    fn object_to_dependants(&self, against: &mut BTreeMap<usize, Vec<Reason>>) {
        let numbers: BTreeMap<BlockId, usize> =
            self.blocks.iter().enumerate().filter_map(|(number, block)| Some(((*block)?, number))).collect();
        let mut users: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (block, number) in &numbers {
            let values = self.checked.corpus.block(*block).values();
            for held in values {
                let Value::Block(target) = held.value else { continue };
                if let Some(used) = numbers.get(&target).filter(|used| *used != number) {
                    users.entry(*used).or_default().push(*number);
                }
            }
        }
        let mut queue: Vec<usize> = against.keys().copied().collect();
        while let Some(refused) = queue.pop() {
            for user in users.remove(&refused).unwrap_or_default() {
                let id = self.candidates[refused].id.as_deref().unwrap_or_default();
                let message = format!("it depends on `{id}`, which is refused ({})", self.candidates[refused].at.0);
                let reasons = against.entry(user).or_default();
                if reasons.is_empty() {
                    queue.push(user);
                    reasons.push(Reason::new(&self.candidates[user].at, message));
                }
            }
        }
    }
}

fn reason(finding: &Finding, at: &Pointer) -> Reason {
    let diagnostic = &finding.diagnostic;
    Reason::new(at, format!("{} {}: {}", diagnostic.code, finding.rule, diagnostic.message))
        .help(diagnostic.help.clone())
}
