//! Compares the examples of rules with what they mark: `#! CL0203` ends a line where a finding starts.

use std::collections::BTreeSet;

use crate::diagnostic::Code;

/// The name under which the one file of an example is known.
pub const EXAMPLE_NAME: &str = "example.claims";

/// What begins a mark.
const MARK: &str = "#!";

/// A finding that is expected or was made: a line (from 1) and a code.
pub type MarkedFinding = (u32, Code);

/// How the findings of an example compare with its marks; all in the order of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// Marked and found.
    pub reported: Vec<MarkedFinding>,
    /// Marked, but not found.
    pub missing: Vec<MarkedFinding>,
    /// Found, but not marked.
    pub noisy: Vec<MarkedFinding>,
}

impl ExampleOutcome {
    /// Whether the example shows exactly what it says.
    pub fn is_validated(&self) -> bool {
        self.missing.is_empty() && self.noisy.is_empty()
    }
}

/// The marked lines of an example (from 1), each with its codes.
pub fn marks(example: &str) -> Vec<(u32, Vec<Code>)> {
    let marked = |(line, text): (u32, &str)| {
        let (_, codes) = text.rsplit_once(MARK)?;
        Some((line, codes.split_whitespace().map(Code::read).collect()))
    };
    (1..).zip(example.lines()).filter_map(marked).collect()
}

/// Compares the marks of an example with the findings of a run over it.
///
/// `found` holds the line where each primary place starts; only codes of native rules and of the
/// rule that the example belongs to are to be passed.
pub fn compare(example: &str, found: impl IntoIterator<Item = MarkedFinding>) -> ExampleOutcome {
    let expected: BTreeSet<MarkedFinding> =
        marks(example).into_iter().flat_map(|(line, codes)| codes.into_iter().map(move |code| (line, code))).collect();
    let found: BTreeSet<MarkedFinding> = found.into_iter().collect();
    ExampleOutcome {
        reported: expected.intersection(&found).cloned().collect(),
        missing: expected.difference(&found).cloned().collect(),
        noisy: found.difference(&expected).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MarkedFinding, compare, marks};
    use crate::diagnostic::Code;

    fn at(line: u32, code: &str) -> MarkedFinding {
        (line, Code::read(code))
    }

    #[test]
    fn a_mark_ends_its_line() {
        let expected = vec![(2, vec![Code::read("CL0201"), Code::read("CL0203")])];
        assert_eq!(marks("a {\n  b: \"#! no\" #! CL0201 CL0203\n}"), expected);
    }

    #[test]
    fn what_is_missing_and_what_is_noisy_is_told_apart() {
        let outcome = compare("a #! CL0001\nb #! CL0002\n", [at(1, "CL0001"), at(1, "CL0003")]);
        assert_eq!(outcome.reported, [at(1, "CL0001")]);
        assert_eq!(outcome.missing, [at(2, "CL0002")]);
        assert_eq!(outcome.noisy, [at(1, "CL0003")]);
        assert!(!outcome.is_validated());
    }
}
