//! Lists within a sentence: the words before the colon and each item that a semicolon ends are read as units of their own.

use std::collections::BTreeSet;
use std::ops::Range;

use super::enclosed::Enclosed;
use super::enumerator::Enumerator;

/// So many semicolons make a list of clauses that are not numbered, if no word joins the last of them.
const LEAST_SEMICOLONS: usize = 2;

/// Where a sentence may be cut.
struct Cut {
    at: usize,
    /// Whether it is behind the words that lead to a list, and not behind an item.
    leads: bool,
    /// Whether what follows is numbered.
    numbered: bool,
    /// Whether a word joins what follows as the last item.
    joined: bool,
}

/// The sentences of a text, with the lists in them cut into their items.
pub(super) fn split(
    text: &str,
    sentences: Vec<Range<usize>>,
    enclosed: &[Enclosed],
    joints: &BTreeSet<String>,
) -> Vec<Range<usize>> {
    if !text.contains([':', '：', '—']) {
        return sentences;
    }
    let mut found = Vec::with_capacity(sentences.len());
    let mut open = false;
    let begins_item = |sentence: &Range<usize>| Enumerator::at(&text[sentence.clone()]).is_some();
    let mut within = 0;
    let cuts: Vec<Vec<Cut>> =
        sentences.iter().map(|sentence| cuts(text, sentence, (enclosed, &mut within), joints)).collect();
    let is_item = |cut: &Cut| cut.numbered && !cut.leads;
    let last_item = (0..sentences.len()).rev().find(|at| begins_item(&sentences[*at]) || cuts[*at].iter().any(is_item));
    for (number, (sentence, cuts)) in sentences.iter().zip(cuts).enumerate() {
        let goes_on = last_item.is_some_and(|last| last > number);
        let chosen = chosen(&cuts, &mut open, goes_on);
        let mut start = sentence.start;
        for at in chosen {
            found.push(trimmed(text, start..at));
            start = at;
        }
        found.push(trimmed(text, start..sentence.end));
        open |= goes_on && text[sentence.clone()].ends_with([':', '：', '—']);
    }
    found
}

/// Which of the cuts of a sentence are made.
fn chosen(cuts: &[Cut], open: &mut bool, goes_on: bool) -> Vec<usize> {
    let lead = cuts.iter().position(|cut| cut.leads && cut.numbered);
    let items = |from: usize| cuts[from..].iter().filter(|cut| !cut.leads && cut.numbered).count();
    if !*open && lead.is_some_and(|lead| items(lead) > 0 || goes_on) {
        *open = true;
        let from = lead.unwrap_or_default();
        return cuts[from..].iter().filter(|cut| cut.numbered).map(|cut| cut.at).collect();
    }
    if *open {
        return cuts.iter().filter(|cut| cut.numbered).map(|cut| cut.at).collect();
    }
    let first = cuts.iter().position(|cut| !cut.leads).unwrap_or(cuts.len());
    let lead = cuts[..first].iter().rposition(|cut| cut.leads);
    let clauses = &cuts[first..];
    let is_list = clauses.len() >= LEAST_SEMICOLONS || clauses.last().is_some_and(|last| last.joined);
    if is_list && cuts.iter().all(|cut| !cut.numbered) && clauses.iter().all(|cut| !cut.leads) {
        return lead.map(|lead| cuts[lead..].iter().map(|cut| cut.at).collect()).unwrap_or_default();
    }
    Vec::new()
}

/// Where a sentence may be cut, outside of brackets and quotation marks.
fn cuts(
    text: &str,
    sentence: &Range<usize>,
    (enclosed, within): (&[Enclosed], &mut usize),
    joints: &BTreeSet<String>,
) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut free_from = sentence.start;
    let words = &text[sentence.clone()];
    for (offset, mark) in words.match_indices([':', ';', '：', '；', '—']) {
        let at = sentence.start + offset;
        while let Some(one) = enclosed.get(*within).filter(|one| one.start < at) {
            free_from = free_from.max(one.end);
            *within += 1;
        }
        let after = at + mark.len();
        let rest = &text[after..sentence.end];
        if at < free_from || !rest.starts_with(char::is_whitespace) || rest.trim_start().is_empty() {
            continue;
        }
        let leads = !matches!(mark, ";" | "；");
        let joint = joint(rest, joints).filter(|_| !leads);
        let cut = after + joint.unwrap_or_default();
        let numbered = Enumerator::at(text[cut..sentence.end].trim_start()).is_some();
        if mark != "—" || numbered {
            cuts.push(Cut { at: cut, leads, numbered, joined: joint.is_some() });
        }
    }
    cuts
}

/// Where a word ends that joins the last item to those before it.
fn joint(rest: &str, joints: &BTreeSet<String>) -> Option<usize> {
    let words = rest.trim_start();
    let end = words.find(char::is_whitespace)?;
    let is_joint = words.starts_with(char::is_lowercase) && joints.contains(&words[..end]);
    is_joint.then_some(rest.len() - words.len() + end)
}

/// A range of a text without the white space around it.
pub(super) fn trimmed(text: &str, bytes: Range<usize>) -> Range<usize> {
    let words = &text[bytes.clone()];
    let start = bytes.start + words.len() - words.trim_start().len();
    start..start.max(bytes.start + words.trim_end().len())
}
