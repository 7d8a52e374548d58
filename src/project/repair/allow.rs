//! Writes exceptions for findings that stand, each into the claim that it covers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::{RepairOutput, applied_to};
use crate::condition::PlaceTarget;
use crate::diagnostic::TextEdit;
use crate::model::BlockId;
use crate::project::analysis::context::ProjectContext;
use crate::project::analysis::host::AnalysisHost;
use crate::project::analysis::output::CheckOutput;
use crate::project::analysis::request::CheckRequest;
use crate::rule::{EditBuilder, Finding, SuppressedBy};
use crate::text::Span;

/// How many claims are tried by themselves.
const CHECKS: usize = 200;

/// The field of a block that holds its exceptions.
const ALLOW: &str = "allow";

/// What is to be allowed, and why.
pub struct AllowRequest<'a> {
    /// By what the claims are judged.
    pub context: &'a ProjectContext,
    /// The files, and as of when they are checked.
    pub check: CheckRequest<'a>,
    /// The reason, which every exception gives.
    pub reason: &'a str,
    /// The findings that are to be allowed.
    pub choose: &'a dyn for<'c> Fn(&'c CheckOutput) -> Vec<&'c Finding>,
}

/// Adds an `allow` for each finding to the innermost claim around it, and keeps those of a claim only if they suppress what they
/// are for and nothing else comes. Nothing is written.
///
/// A finding without a claim around it, and one of a rule to which no exception is possible, is left alone.
pub fn allow(request: &AllowRequest<'_>) -> RepairOutput {
    let mut host = AnalysisHost::judged_by(request.context.clone(), request.check);
    let checked = host.snapshot();
    let blocks = BlockIndex::of(&checked);
    let mut wanted: BTreeMap<BlockId, BTreeSet<&str>> = BTreeMap::new();
    for finding in (request.choose)(&checked) {
        let rule = checked.rules.get(&finding.diagnostic.code).filter(|rule| rule.meta.ignorable);
        let block = blocks.around(finding.diagnostic.primary.span);
        if let (Some(rule), Some(block), None) = (rule, block, &finding.suppressed) {
            wanted.entry(block).or_default().insert(&rule.meta.name);
        }
    }
    let reason = request.reason.replace('\\', "\\\\").replace('"', "\\\"");
    let builder = EditBuilder { corpus: &checked.corpus, sources: &checked.sources };
    let edits = |block: BlockId, rules: &BTreeSet<&str>| -> Vec<TextEdit> {
        let field = checked.corpus.schema.field_of(checked.corpus.block(block).kind(), ALLOW);
        let texts: Vec<String> = rules.iter().map(|rule| format!("{rule} \"{reason}\"")).collect();
        builder.add(&PlaceTarget { block, field, values: Vec::new() }, &texts.join(", "))
    };
    let batch: Vec<Vec<TextEdit>> = wanted.iter().map(|(block, rules)| edits(*block, rules)).collect();
    let mut best = RepairOutput { texts: BTreeMap::new(), findings: 0, checked: Arc::clone(&checked) };
    let mut taken: Vec<TextEdit> = Vec::new();
    // Mostly all of them hold at once; where they do not, each claim is tried by itself.
    let singly = batch.iter().take(CHECKS).cloned();
    for edits in std::iter::once(batch.concat()).chain(singly) {
        let edits = [taken.as_slice(), &edits].concat();
        let texts = applied_to(&checked, BTreeMap::new(), &edits);
        let after = host.overlay(&texts);
        let findings = allowed(&after).saturating_sub(allowed(&checked));
        if findings > best.findings && open(&after).is_subset(&open(&checked)) {
            best = RepairOutput { texts, findings, checked: after };
            let is_all = taken.is_empty() && edits.len() == batch.iter().map(Vec::len).sum::<usize>();
            taken = edits;
            if is_all {
                break;
            }
        }
    }
    best
}

/// The fingerprints of what is found and not suppressed.
fn open(checked: &CheckOutput) -> BTreeSet<&str> {
    let open = checked.findings.iter().filter(|finding| finding.suppressed.is_none());
    open.map(|finding| finding.fingerprint.as_str()).collect()
}

/// How many findings an `allow` suppresses.
fn allowed(checked: &CheckOutput) -> usize {
    let by_allow = |finding: &&Finding| finding.suppressed.as_ref().is_some_and(|it| it.by == SuppressedBy::Allow);
    checked.findings.iter().filter(by_allow).count()
}

/// The blocks of the claims files, in which exceptions can stand, by where each begins.
struct BlockIndex(Vec<(Span, BlockId)>);

impl BlockIndex {
    fn of(checked: &CheckOutput) -> BlockIndex {
        let (corpus, schema) = (&checked.corpus, &checked.corpus.schema);
        let takes = |block: &BlockId| {
            let kind = corpus.block(*block).kind();
            schema.kind(kind).inline.is_empty() && schema.field_of(kind, ALLOW).is_some()
        };
        let blocks = corpus.block_ids().filter(takes).map(|block| (corpus.block(block).whole(), block));
        let mut blocks: Vec<(Span, BlockId)> = blocks.collect();
        blocks.sort_by_key(|(whole, _)| (whole.source, whole.start));
        BlockIndex(blocks)
    }

    /// The innermost block around a place: of those that begin before it, the last that goes on.
    fn around(&self, at: Span) -> Option<BlockId> {
        let before = self.0.partition_point(|(whole, _)| (whole.source, whole.start) <= (at.source, at.start));
        let around = self.0[..before].iter().rev().take_while(|(whole, _)| whole.source == at.source);
        around.filter(|(whole, _)| whole.contains(at)).map(|(_, block)| *block).next()
    }
}
