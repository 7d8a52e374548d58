//! The closing words of a report for people: what was looked at, what is hidden, what to do next.

use std::io::{self, Write};

use super::facts::{RunFact, count, extent, facts, fixable, heaviest, outcome};
use super::guard::disarm;
use super::run::Report;
use super::style::{Style, Tone};
use crate::text::Sanitized;

/// Writes the closing paragraph, with the time it took if that is known.
pub(crate) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let elapsed = report.summary.elapsed;
    let time = elapsed.map(|elapsed| format!(" in {} ms", elapsed.as_millis())).unwrap_or_default();
    paragraph(report, style, &time, out)
}

/// Writes the same words for programs, for which the same input gives the same bytes.
pub(crate) fn write_timeless(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    paragraph(report, style, "", out)
}

/// "checked 9 files, 95 claims, 40 rules in 12 ms: 2 errors", and what else there is to know.
fn paragraph(report: &Report<'_>, style: &Style, time: &str, out: &mut dyn Write) -> io::Result<()> {
    let (_, rest) = report.shown(style);
    if rest > 0 {
        writeln!(out, "and {}: `--max` sets how many are shown", count(rest, "more finding"))?;
    }
    let checked = format!("checked {}{time}: {}", extent(&report.summary), outcome(&report.summary));
    writeln!(out, "{}", style.wrap(&Sanitized::line(&checked), 0, 2))?;
    for RunFact { word, text } in facts(report, style) {
        let text = style.wrap(&text, word.len() + 2, 2);
        writeln!(out, "{} {}", style.paint(Tone::Advice, &format!("{word}:")), disarm(&text))?;
    }
    if let Some(code) = heaviest(report) {
        let next = format!("`recte explain {code}` explains the rule");
        let fixes = fixable(report).map(|fixes| format!("; {fixes}")).unwrap_or_default();
        let next = style.wrap(&Sanitized::line(&format!("{next}{fixes}")), "next: ".len(), 2);
        writeln!(out, "{} {}", style.paint(Tone::Advice, "next:"), disarm(&next))?;
    }
    Ok(())
}
