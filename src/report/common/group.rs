//! Findings by the file they stand in, for the formats that have a heading for each.

use std::collections::BTreeMap;

use crate::rule::Finding;
use crate::text::SourceId;

/// The findings of each file, the files in the order in which they first come up.
pub(crate) fn by_file<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<(SourceId, Vec<&'a Finding>)> {
    let mut places: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut files: Vec<(SourceId, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let source = finding.diagnostic.primary.span.source;
        let place = *places.entry(source).or_insert(files.len());
        if place == files.len() {
            files.push((source, Vec::new()));
        }
        files[place].1.push(finding);
    }
    files
}
