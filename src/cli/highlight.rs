//! Colours the lines that commands print to people: one table says what the eye is to find in them.

use std::sync::LazyLock;

use recte::diagnostic::Severity;
use recte::report::{Style, Tone};
use regex::Regex;

/// What is coloured: the first group of each pattern, and in which tone. Where two meet, the earlier row has the say.
const PARTS: &[(&str, Tone)] = &[
    // `a.claims:12:3`, at the start of a line or after a blank or a parenthesis.
    (r"(?:^|[\s(])([^\s(:]*\.[^\s(:]+:[0-9]+(?::[0-9]+)?)(?:[\s:,)]|$)", Tone::Strong),
    // The name of a claims file that stands alone.
    (r"^(\S+\.claims)$", Tone::Strong),
    // The severity beside the code of a rule, and after its code and its name.
    (r"\b(error)\[", Tone::Severity(Severity::Error)),
    (r"\b(warning)\[", Tone::Severity(Severity::Warning)),
    (r"\b(info)\[", Tone::Severity(Severity::Info)),
    (r"^[A-Z]{2,}[0-9]{3,} +\S+ +(?:= |\()?(error)(?:[\s,)]|$)", Tone::Severity(Severity::Error)),
    (r"^[A-Z]{2,}[0-9]{3,} +\S+ +(?:= |\()?(warning)(?:[\s,)]|$)", Tone::Severity(Severity::Warning)),
    (r"^[A-Z]{2,}[0-9]{3,} +\S+ +(?:= |\()?(info)(?:[\s,)]|$)", Tone::Severity(Severity::Info)),
    // The code of a rule.
    (r"(?:^|[\s(`])([A-Z]{2,}[0-9]{3,})\b", Tone::Strong),
    // What opens a line, and what follows a place: `next:`, `What it finds:`, `open:`.
    (r"^\s*([A-Za-z][a-z ]*:)(?:\s|$)", Tone::Advice),
    (r":[0-9]+: ([a-z]+:)\s", Tone::Advice),
    // How a clause came out, and what came and went.
    (r"^\s*(holds|\+)\s", Tone::Added),
    (r"^\s*(fails|-)\s", Tone::Removed),
    // How many there are.
    (r"^([0-9]+ [a-z]+)", Tone::Strong),
];

static PATTERNS: LazyLock<Vec<(Regex, Tone)>> = LazyLock::new(|| {
    let pattern = |(written, tone): &(&str, Tone)| Some((Regex::new(written).ok()?, *tone));
    PARTS.iter().filter_map(pattern).collect()
});

/// A line with its parts in colour.
pub(super) fn highlighted(line: &str, style: &Style) -> String {
    let mut parts: Vec<(usize, usize, Tone)> = Vec::new();
    for (pattern, tone) in PATTERNS.iter() {
        for found in pattern.captures_iter(line).filter_map(|captures| captures.get(1)) {
            let is_free = parts.iter().all(|(start, end, _)| found.end() <= *start || *end <= found.start());
            parts.extend(is_free.then_some((found.start(), found.end(), *tone)));
        }
    }
    parts.sort_by_key(|(start, ..)| *start);
    let (mut text, mut done) = (String::new(), 0);
    for (start, end, tone) in parts {
        text += &line[done..start];
        text += &style.paint(tone, &line[start..end]);
        done = end;
    }
    text + &line[done..]
}

#[cfg(test)]
mod tests {
    use recte::report::{Color, Style};

    use super::{PARTS, PATTERNS, highlighted};

    #[test]
    fn every_pattern_can_be_read() {
        assert_eq!(PATTERNS.len(), PARTS.len());
    }

    #[test]
    fn the_parts_of_a_line_are_coloured_and_nothing_else() {
        let style = Style { color: Color::Ansi, ..Style::plain() };
        for (line, shown) in [
            ("CL0101 a-rule = error (by default)", "<1>CL0101</> a-rule = <1;31>error</> (by default)"),
            ("a.claims:1:6: warning[CL0710] no error", "<1>a.claims:1:6</>: <1;33>warning</>[CL0710] no error"),
            ("CL0003   unknown-error  info  The error", "<1>CL0003</>   unknown-error  <1;34>info</>  The error"),
            ("next: `recte check`", "<36>next:</> `recte check`"),
            ("paper.txt:1: open: It grows.", "<1>paper.txt:1</>: <36>open:</> It grows."),
            ("  fails  some n.cites", "  <31>fails</>  some n.cites"),
            ("+ a.claims:1:6: x", "<32>+</> <1>a.claims:1:6</>: x"),
            ("n = guard  (a.claims:6)", "n = guard  (<1>a.claims:6</>)"),
            ("a sentence without anything.", "a sentence without anything."),
        ] {
            let wanted = shown.replace("</>", "\u{1b}[0m").replace('<', "\u{1b}[").replace('>', "m");
            assert_eq!(highlighted(line, &style), wanted);
            assert_eq!(highlighted(line, &Style::plain()), line);
        }
    }
}
