//! Draws findings with their places for people; the only file that knows miette.

use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::window::{Highlight, Window, windows};
use super::{rendering, several};
use crate::diagnostic::{Diagnostic, Label};
use crate::report::common::facts::count;
use crate::report::common::style::{Color, FrameCharacters, Style, Tone};
use crate::report::common::{closing, headline};
use crate::report::{Report, RunReport};
use crate::rule::{Finding, RuleSet};
use crate::text::{Sanitized, Source, SourceId, Sources};

/// The most files in which one finding is shown.
const FILES: usize = 8;

/// The most labels of one finding that are shown in one file.
const LABELS: usize = 8;

/// Writes the report.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.bounded();
    findings(report, style, out)?;
    closing::write(report, style, out)
}

/// Writes the report on several projects.
pub(crate) fn write_several(run: &RunReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    several::write(run, &style.bounded(), findings, out)
}

fn findings(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (shown, _) = report.shown(style);
    draw_each(&shown, report.sources, &DrawOptions::new(style, Some(report.rules)), out)
}

/// Draws findings one below the other, whatever the style says of their number, and sums nothing up.
///
/// # Errors
/// When `out` takes no more.
pub fn draw(findings: &[Finding], sources: &Sources, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    draw_each(&findings.iter().collect::<Vec<_>>(), sources, &DrawOptions::new(style, None), out)
}

fn draw_each(
    findings: &[&Finding],
    sources: &Sources,
    options: &DrawOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    rendering::write_findings(findings, |finding| options.finding(sources, finding), out)
}

/// All that is decided about drawing before the first finding is drawn.
struct DrawOptions<'a> {
    style: &'a Style,
    /// The rules whose pages codes lead to, where they are known.
    rules: Option<&'a RuleSet>,
    handler: GraphicalReportHandler,
}

impl<'a> DrawOptions<'a> {
    fn new(style: &'a Style, rules: Option<&'a RuleSet>) -> DrawOptions<'a> {
        let theme = match (style.color, style.frames) {
            (Color::Plain, FrameCharacters::Unicode) => GraphicalTheme::unicode_nocolor(),
            (Color::Plain, FrameCharacters::Ascii) => GraphicalTheme::none(),
            (Color::Ansi, FrameCharacters::Unicode) => GraphicalTheme::unicode(),
            (Color::Ansi, FrameCharacters::Ascii) => GraphicalTheme::ascii(),
        };
        // Lines are broken here: miette would break names at their hyphens.
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_wrap_lines(false);
        DrawOptions { style, rules, handler: handler.without_syntax_highlighting() }
    }

    /// A finding: what is wrong, where, and what to do.
    fn finding(&self, sources: &Sources, finding: &Finding) -> Result<String, fmt::Error> {
        let mut drawn = self.headline(finding);
        let mut hidden = 0;
        for (index, (source, labels)) in by_source(&finding.diagnostic).into_iter().enumerate() {
            let room = if index < FILES { LABELS.min(labels.len()) } else { 0 };
            hidden += labels.len() - room;
            let (whole, marked): (Vec<&Label>, Vec<&Label>) = labels[..room].iter().partition(|it| it.span.is_file());
            let source = sources.get(source);
            // What is said of a file as a whole is not shown on its first line, which has no part in it.
            if !whole.is_empty() && marked.is_empty() && !source.is_absent() {
                drawn.push_str(&self.advice("in", &self.style.path(source.name())));
            }
            drawn.push_str(&self.windows(source, &marked)?);
        }
        if hidden > 0 {
            drawn.push_str(&format!("  and {}\n", count(hidden, "more place")));
        }
        drawn.extend(headline::advice(finding).map(|(word, text)| self.advice(word, &text)));
        Ok(drawn)
    }

    fn headline(&self, finding: &Finding) -> String {
        let start = finding.severity.as_str().len() + finding.diagnostic.code.as_str().len() + 3;
        let message = self.style.wrap(&headline::message(finding), start, 2);
        format!("{} {message}\n", headline::level(finding, self.style, self.rules))
    }

    fn advice(&self, word: &str, text: &Sanitized) -> String {
        let opening = format!("  {word}:");
        let indent = opening.len() + 1;
        format!("{} {}\n", self.style.paint(Tone::Advice, &opening), self.style.wrap(text, indent, indent))
    }

    /// The places of a finding in one file.
    fn windows(&self, source: &Source, labels: &[&Label]) -> Result<String, fmt::Error> {
        let mut drawn = String::new();
        for window in windows(source, labels, self.style.columns) {
            let snippet = Snippet { name: self.style.path(source.name()), window };
            self.handler.render_report(&mut drawn, &snippet)?;
        }
        let lines = drawn.lines().filter(|line| !line.is_empty());
        Ok(lines.map(|line| format!("{}\n", line.trim_end())).collect())
    }
}

/// The labels of each file, in the order in which the files come up: that of the primary label first.
fn by_source(diagnostic: &Diagnostic) -> Vec<(SourceId, Vec<&Label>)> {
    let mut files: Vec<(SourceId, Vec<&Label>)> = Vec::new();
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.labels) {
        match files.iter_mut().find(|(source, _)| *source == label.span.source) {
            Some((_, labels)) => labels.push(label),
            None => files.push((label.span.source, vec![label])),
        }
    }
    files
}

/// A window as miette takes it: a problem without a message, whose source is the window alone.
#[derive(Debug)]
struct Snippet {
    name: Sanitized,
    window: Window,
}

impl fmt::Display for Snippet {
    /// Says nothing: the headline stands above.
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl miette::Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (first, others) = self.window.marks.split_first()?;
        let primary = LabeledSpan::new_primary_with_span(first.text.clone(), span(first));
        let others = others.iter().map(|mark| LabeledSpan::new_with_span(mark.text.clone(), span(mark)));
        Some(Box::new(std::iter::once(primary).chain(others)))
    }
}

impl SourceCode for Snippet {
    /// The whole window, whatever is requested: it has been cut to size already.
    ///
    /// What is requested without context is the place to name in the frame, so the answer starts there.
    fn read_span<'a>(
        &'a self,
        requested: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let window = &self.window;
        let named = window.marks.iter().find(|mark| before + after == 0 && span(mark) == *requested);
        let (line, column) = named.map_or((window.first_line, 1), |mark| mark.at);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_string(),
            window.text.as_bytes(),
            (0, window.text.len()).into(),
            line as usize - 1,
            column as usize - 1,
            window.text.lines().count(),
        )))
    }
}

fn span(mark: &Highlight) -> SourceSpan {
    (mark.start, mark.end - mark.start).into()
}
