//! Numbers that are written in letters: Roman numerals, and letters that count as `a`, `b` and `aa` do.

/// What the Roman letters are worth, the greatest first.
const ROMAN: [(&str, u32); 13] = [
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
];

/// The letters that numbers of provisions are read in begin here; a word such as `mix` is no number.
const READ: usize = 4;

/// A number in small Roman letters; nothing for those that Romans did not write so: 0, and from 4000 on.
pub(crate) fn in_roman(mut value: u32) -> Option<String> {
    if !(1..4000).contains(&value) {
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

/// What a word in small Roman letters is worth, below 400; nothing when it is not written as Romans did.
pub(crate) fn roman(word: &str) -> Option<u32> {
    let (mut rest, mut value) = (word, 0);
    for (letters, worth) in &ROMAN[READ..] {
        for _ in 0..if letters.len() == 1 { 3 } else { 1 } {
            let Some(after) = rest.strip_prefix(letters) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// A number in small letters: `a` to `z`, then `aa`, `ab` and so on; none for 0.
pub(crate) fn in_letters(mut value: u64) -> String {
    let mut written = Vec::new();
    while value > 0 {
        value -= 1;
        written.push(char::from(b'a' + (value % 26) as u8));
        value /= 26;
    }
    written.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{in_letters, in_roman, roman};

    #[test]
    fn roman_letters_are_numbers_as_romans_wrote_them() {
        for (written, value) in [("i", 1), ("iv", 4), ("vi", 6), ("xiv", 14), ("xcix", 99), ("ccc", 300)] {
            assert_eq!(roman(written), Some(value), "{written}");
            assert_eq!(in_roman(value).as_deref(), Some(written));
        }
        assert_eq!(in_roman(1999).as_deref(), Some("mcmxcix"));
        assert_eq!([in_roman(0), in_roman(4000)], [None, None]);
        for written in ["", "iiii", "vx", "mix", "civil", "ic"] {
            assert_eq!(roman(written), None, "{written}");
        }
    }

    #[test]
    fn letters_count_on_after_the_last() {
        for (value, written) in [(0, ""), (1, "a"), (26, "z"), (27, "aa"), (28, "ab"), (703, "aaa")] {
            assert_eq!(in_letters(value), written);
        }
    }
}
