//! Renders findings as text on several threads, and writes them in their order.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::report::common::guard::disarm;
use crate::rule::Finding;

/// How many findings are rendered at the same time, before they are written: no more than that is kept.
const TOGETHER: usize = 1_000;

/// Writes each finding on lines of its own, harmless for CI services.
///
/// # Errors
/// When one cannot be rendered, or `out` takes no more.
pub(crate) fn write_findings(
    findings: &[&Finding],
    render: impl Fn(&Finding) -> Result<String, fmt::Error> + Sync,
    out: &mut dyn Write,
) -> io::Result<()> {
    for findings in findings.chunks(TOGETHER) {
        let render = |finding: &&Finding| render(finding).map(|text| disarm(&text).into_owned());
        let rendered: Vec<Result<String, fmt::Error>> = findings.par_iter().map(render).collect();
        for text in rendered {
            writeln!(out, "{}", text.map_err(io::Error::other)?)?;
        }
    }
    Ok(())
}
