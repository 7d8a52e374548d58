//! Findings as text, drawn on several threads and written in their order.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::report::common::guard::disarm;
use crate::rule::Finding;

/// How many findings are drawn at the same time, before they are written: no more than that is kept.
const TOGETHER: usize = 1_000;

/// Writes each finding on lines of its own, harmless for build servers.
///
/// # Errors
/// When one cannot be drawn, or `out` takes no more.
pub(crate) fn write(
    findings: &[&Finding],
    draw: impl Fn(&Finding) -> Result<String, fmt::Error> + Sync,
    out: &mut dyn Write,
) -> io::Result<()> {
    for findings in findings.chunks(TOGETHER) {
        let draw = |finding: &&Finding| draw(finding).map(|drawn| disarm(&drawn).into_owned());
        let drawn: Vec<Result<String, fmt::Error>> = findings.par_iter().map(draw).collect();
        for drawn in drawn {
            writeln!(out, "{}", drawn.map_err(io::Error::other)?)?;
        }
    }
    Ok(())
}
