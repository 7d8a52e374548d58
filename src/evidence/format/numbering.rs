//! The numbers that browsers set before the items of lists.

use super::elements::Attributes;
use crate::text::{in_letters, in_roman};

/// A list that is open.
#[derive(Debug)]
pub(super) struct NumberedList {
    /// The number of the next item; nothing where items have none, or one that depends on how many there are.
    next: Option<i64>,
    style: String,
}

impl NumberedList {
    /// A list as its element declares it: only those of `ol` have numbers.
    pub(super) fn new(name: &str, attributes: &Attributes) -> NumberedList {
        let start = attributes.get("start").and_then(integer).unwrap_or(1);
        let is_numbered = name == "ol" && attributes.get("reversed").is_none();
        NumberedList { next: is_numbered.then_some(start), style: attributes.get("type").unwrap_or("1").to_owned() }
    }

    /// The number of the next item as it is shown.
    pub(super) fn number(&mut self, item: &Attributes) -> Option<String> {
        let own = item.get("value").and_then(integer);
        let number = own.filter(|_| self.next.is_some()).or(self.next)?;
        self.next = Some(number.saturating_add(1));
        Some(styled(number, item.get("type").unwrap_or(&self.style)))
    }
}

/// The whole number with which a value begins, as browsers read it.
fn integer(value: &str) -> Option<i64> {
    let value = value.trim_start();
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    value[..value.len() - digits.len() + length].parse().ok()
}

/// A number in the style of a list: `1`, `a`, `A`, `i`, `I`.
fn styled(number: i64, style: &str) -> String {
    let written = match style {
        "a" | "A" => u64::try_from(number).ok().filter(|number| *number > 0).map(in_letters),
        "i" | "I" => u32::try_from(number).ok().and_then(in_roman),
        _ => None,
    };
    match written {
        Some(written) if matches!(style, "A" | "I") => written.to_ascii_uppercase(),
        Some(written) => written,
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{integer, styled};

    #[test]
    fn numbers_are_written_as_browsers_write_them() {
        for (number, style, shown) in
            [(4, "1", "4"), (28, "a", "ab"), (26, "A", "Z"), (14, "i", "xiv"), (1999, "I", "MCMXCIX"), (0, "a", "0")]
        {
            assert_eq!(styled(number, style), shown);
        }
        assert_eq!((integer(" -3x"), integer("x"), integer("+7")), (Some(-3), None, Some(7)));
    }
}
