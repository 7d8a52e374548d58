//! Where a text may be cut without cutting a word or a number: a quotation may begin and end only there.

use super::letters::{is_cjk, is_invisible, is_of_word, is_superscript, line_end, note};

/// Whether a cut at a byte goes through a word, or parts a number from what it cannot do without: `1|5`, `10,|000`,
/// `-|5`, `5|%`, `can|'t`.
pub(super) fn cuts(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev().filter(|letter| !is_invisible(*letter));
    let mut after = text[at..].chars().filter(|letter| !is_invisible(*letter));
    let (Some(last), Some(first)) = (before.next(), after.next()) else { return false };
    let (earlier, later) = (before.next(), after.next());
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    match (last, first) {
        (last, first) if is_superscript(first) => last.is_alphanumeric() && note(text, at).is_none(),
        // A mark that was not quoted is no part of a word.
        _ if is_superscript(last) => false,
        (last, first) if last.is_alphanumeric() && first.is_alphanumeric() => !parts_words(last, first),
        ('.' | ',', first) if first.is_ascii_digit() => is_digit(earlier),
        (last, '.' | ',') if last.is_ascii_digit() => is_digit(later),
        ('-' | '\u{2212}' | '+' | '±', first) if first.is_ascii_digit() => !earlier.is_some_and(char::is_alphanumeric),
        (last, first) if is_currency(last) && first.is_ascii_digit() => true,
        (last, '%' | '‰' | '°') if last.is_ascii_digit() => true,
        (last, first) if last.is_ascii_digit() && is_currency(first) => true,
        ('n', '\'' | '’') => later == Some('t') && !after.next().is_some_and(char::is_alphabetic),
        _ => is_in_broken_word(text, at),
    }
}

/// Whether two letters beside each other belong to different words: scripts without spaces show it by a change of script.
fn parts_words(last: char, first: char) -> bool {
    let is_katakana = |letter: char| matches!(letter, '\u{30a1}'..='\u{30ff}');
    (is_cjk(last) || is_cjk(first)) && !(is_katakana(last) && is_katakana(first))
}

fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '£' | '¥' | '€' | '¢' | '₩' | '￥' | '§')
}

/// Whether a line break here, or right behind a hyphen here, is inside of a word.
fn is_in_broken_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let hyphens = ['-', '\u{2010}', '\u{ad}'];
    let opens = after
        .strip_prefix(hyphens)
        .is_some_and(|rest| line_end(rest.chars()).is_some_and(|blank| rest[blank..].starts_with(is_of_word)));
    let closes = || {
        let blank = line_end(before.chars().rev());
        let word = blank.and_then(|blank| before[..before.len() - blank].strip_suffix(hyphens));
        word.is_some_and(|word| word.ends_with(is_of_word))
    };
    opens && before.ends_with(is_of_word) || after.starts_with(is_of_word) && closes()
}

#[cfg(test)]
mod tests {
    use super::cuts;

    #[test]
    fn words_and_numbers_stay_whole() {
        for cut in [
            "un|related",
            "1|5",
            "10,|000",
            "1.|5",
            "1|.5",
            "-|5",
            "5|%",
            "$|5",
            "5|€",
            "can|not",
            "can|'t",
            "secu-\n|rity",
            "secu|-\nrity",
            "na\u{ad}|tion",
            "アメ|リカ",
            "km|²",
        ] {
            let at = cut.find('|').unwrap();
            assert!(cuts(&cut.replace('|', ""), at), "{cut}");
        }
        for whole in [
            "a |b",
            "Japan|'s",
            "Japan|-U.S.",
            "treaty|¹²",
            "非常|に",
            "6|条",
            "year 5|, 6",
            "end|.",
            "|x",
            "x|",
            "5-|6",
            "page -| 5",
            "secu-\n\n|rity",
            "secu|-\n\nrity",
        ] {
            let at = whole.find('|').unwrap();
            assert!(!cuts(&whole.replace('|', ""), at), "{whole}");
        }
    }
}
