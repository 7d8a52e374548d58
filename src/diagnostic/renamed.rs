//! A former name: what has another name now is still read by the one that it had.

use super::{Code, Diagnostic};
use crate::text::Span;

/// A former name, where it is written.
#[derive(Clone, Copy, Debug)]
pub struct FormerName<'a> {
    /// What it names: `field`, `rule`, `class of words`.
    pub what: &'a str,
    /// The name that it had.
    pub former: &'a str,
    /// The name that it has.
    pub name: &'a str,
    /// Where the former name is written.
    pub at: Span,
}

impl FormerName<'_> {
    /// The report of it, with the edit that writes the present name. What stands under the name stays as it is.
    pub fn report(self, code: Code) -> Diagnostic {
        let FormerName { what, former, name, at } = self;
        Diagnostic::new(code, format!("the {what} `{former}` is now called `{name}`"), at)
            .here("its former name")
            .help(format!("write `{name}`; nothing else changes"))
            .edit(at, name)
            .value(former)
    }
}
