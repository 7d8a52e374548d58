//! Roman numerals, read and written.

/// What the Roman letters are worth, the greatest first.
const ROMAN: [(&str, u32); 9] =
    [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];

/// A number in small Roman letters, where it is one that provisions have.
pub(crate) fn in_roman(mut value: u32) -> Option<String> {
    if !(1..400).contains(&value) {
        return None;
    }
    let mut written = String::new();
    for (letters, worth) in ROMAN {
        while value >= worth {
            written.push_str(letters);
            value -= worth;
        }
    }
    Some(written)
}

/// What a word in small Roman letters is worth; nothing when it is not written as Romans did.
pub(crate) fn roman(word: &str) -> Option<u32> {
    let (mut rest, mut value) = (word, 0);
    for (letters, worth) in ROMAN {
        for _ in 0..if letters.len() == 1 { 3 } else { 1 } {
            let Some(after) = rest.strip_prefix(letters) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{in_roman, roman};

    #[test]
    fn roman_letters_are_numbers_as_romans_wrote_them() {
        for (written, value) in [("i", 1), ("iv", 4), ("vi", 6), ("xiv", 14), ("xcix", 99), ("ccc", 300)] {
            assert_eq!(roman(written), Some(value), "{written}");
            assert_eq!(in_roman(value).as_deref(), Some(written));
        }
        for written in ["", "iiii", "vx", "mix", "civil", "ic"] {
            assert_eq!(roman(written), None, "{written}");
        }
    }
}
