//! Thirty-four ways to get the founding document wrong, and the rule that notices each.
//!
//! `tests/cases/edits/T*.toml` holds one wrong edit each, as replacements in `claims/us-japan`, `D*.toml` in
//! `claims/reader-data`; beside it
//! stands what people then read.

use std::collections::BTreeSet;
use std::path::PathBuf;

use recte::project::{CheckOutput, ProjectContext};
use recte::rule::Finding;
use serde::Deserialize;

use crate::support::{Folder, open, rendered, repository};

/// The corpora, and the letter with which the names of their edits begin.
const CORPORA: [(&str, char); 2] = [("claims/us-japan", 'T'), ("claims/reader-data", 'D')];

/// What stands for the rule in an edit that is none.
const SILENT: &str = "silent";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// What is wrong with it, for the reader.
    wrong: String,
    /// The families of rules of which one has to notice.
    families: Vec<String>,
    /// The name of the rule that does, or `silent`.
    rule: String,
    patch: Vec<Patch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    file: String,
    /// What is replaced; nothing for a file that is new.
    #[serde(default)]
    old: String,
    new: String,
}

#[test]
fn every_wrong_edit_is_noticed_by_its_rule() {
    for (corpus, (name, edit)) in
        CORPORA.iter().flat_map(|(corpus, letter)| edits(*letter).into_iter().map(move |edit| (corpus, edit)))
    {
        let folder = Folder::copy_of(corpus);
        edit.patch.iter().for_each(|patch| patch.apply(&folder, &name));
        let checked = folder.check();
        insta::with_settings!({ snapshot_path => cases(), prepend_module_to_snapshot => false, omit_expression => true, description => edit.wrong.as_str() }, {
            insta::assert_snapshot!(name.as_str(), rendered(&checked));
        });
        if edit.rule == SILENT {
            assert_eq!(open(&checked).len(), 0, "{name}");
            continue;
        }
        let noticed =
            open(&checked).into_iter().any(|finding| finding.rule == edit.rule && edit.holds(finding, &checked));
        assert!(noticed, "{name}: `{}` reports nothing in an edited block\n{}", edit.rule, rendered(&checked));
    }
}

#[test]
fn a_wrong_edit_counts_only_if_a_rule_of_its_family_notices() {
    let rules = ProjectContext::builtin().rules;
    for (name, edit) in edits('T').iter().filter(|(_, edit)| edit.rule != SILENT) {
        let rule = rules.named(&edit.rule).unwrap_or_else(|| panic!("{name}: there is no rule `{}`", edit.rule));
        assert!(rule.meta.tags.iter().any(|tag| edit.families.contains(tag)), "{name}: {:?}", rule.meta.tags);
    }
}

#[test]
fn the_catalogue_lists_thirty_four_wrong_edits() {
    let covered: BTreeSet<String> = edits('T').iter().map(|(name, _)| name[..3].to_owned()).collect();
    let all: BTreeSet<String> = (1..=34).map(|number| format!("T{number:02}")).collect();
    assert_eq!(covered, all);
}

fn cases() -> PathBuf {
    repository().join("tests/cases/edits")
}

/// The edits whose names begin with a letter, with their names, in order.
fn edits(letter: char) -> Vec<(String, Edit)> {
    let named = |(file, bytes): (String, Vec<u8>)| {
        let name = file.strip_suffix(".toml").filter(|name| name.starts_with(letter))?;
        let edit =
            toml::from_str(std::str::from_utf8(&bytes).unwrap()).unwrap_or_else(|error| panic!("{file}: {error}"));
        Some((name.to_owned(), edit))
    };
    crate::support::files_beneath(&cases()).into_iter().filter_map(named).collect()
}

impl Patch {
    fn apply(&self, folder: &Folder, name: &str) {
        if self.old.is_empty() {
            folder.write(&self.file, self.new.as_bytes());
            return;
        }
        let text = folder.read(&self.file);
        assert_eq!(text.matches(&self.old).count(), 1, "{name}: {} in {}", self.old, self.file);
        folder.write(&self.file, text.replace(&self.old, &self.new).as_bytes());
    }
}

impl Edit {
    /// Whether the primary place of a finding lies in an outermost block that a patch has touched.
    fn holds(&self, finding: &Finding, checked: &CheckOutput) -> bool {
        let at = finding.diagnostic.primary.span;
        let corpus = &checked.corpus;
        let outermost = corpus.block_ids().map(|id| corpus.block(id)).filter(|block| block.outer().is_none());
        let around = outermost
            .map(|block| block.whole())
            .find(|whole| whole.source == at.source && whole.start <= at.start && at.start < whole.end);
        let Some(whole) = around else { return false };
        let source = checked.sources.get(at.source);
        let edited = |patch: &Patch| {
            let start = source.text().find(&patch.new)? as u32;
            Some(start < whole.end && whole.start < start + patch.new.len() as u32)
        };
        self.patch.iter().filter(|patch| patch.file == source.name()).any(|patch| edited(patch) == Some(true))
    }
}
