//! Where something stands, for the formats that tell it in numbers.

use super::run::Report;
use crate::rule::Finding;
use crate::text::{Position, Source, Sources, Span};

/// A span as readers count it, in the file that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Location<'a> {
    /// The file.
    pub(crate) source: &'a Source,
    /// The first character.
    pub(crate) start: Position,
    /// One past the last character.
    pub(crate) end: Position,
}

impl<'a> Location<'a> {
    /// Where a span stands.
    pub(crate) fn of(sources: &'a Sources, span: Span) -> Location<'a> {
        let source = sources.get(span.source);
        Location { source, start: source.position(span.start), end: source.position(span.end) }
    }

    /// Where a finding stands.
    pub(crate) fn primary(report: &Report<'a>, finding: &Finding) -> Location<'a> {
        Location::of(report.sources, finding.diagnostic.primary.span)
    }

    /// Whether it begins and ends on one line and holds something.
    pub(crate) fn has_width(&self) -> bool {
        self.start.line == self.end.line && self.start.byte < self.end.byte
    }
}
