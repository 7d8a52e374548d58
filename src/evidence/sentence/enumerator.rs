//! The numbers and letters that count items: `(a)`, `2.`, `iv)`, `3.1.`, `一`, and the dashes that stand for them.

/// What counts an item, at the start of a text.
#[derive(Clone, Debug)]
pub(super) struct Enumerator {
    style: EnumeratorStyle,
    /// What it may count: `i` is a letter or a Roman number.
    readings: [Option<(Sort, u32)>; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EnumeratorStyle {
    /// `(a)`
    Bracketed,
    /// `a)`
    Closed,
    /// `a.`
    Stopped,
    /// `一` before white space of full width.
    Spaced,
    /// A dash or a point.
    Bullet(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Digits,
    Small,
    Capital,
    SmallRoman,
    CapitalRoman,
    Doubled,
    Kanji,
}

const BULLETS: [char; 7] = ['-', '–', '—', '•', '·', '*', '・'];
const KANJI: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// A year is no number of an item, and a word no Roman number (in letters).
const MOST_DIGITS: usize = 3;
const LONGEST_ROMAN: usize = 7;

impl Enumerator {
    /// The enumerator with which a text begins, if something follows on it.
    pub(super) fn at(text: &str) -> Option<Enumerator> {
        let first = text.chars().next()?;
        if !first.is_ascii_alphanumeric() && first != '(' {
            return Enumerator::of_other(first, &text[first.len_utf8()..]);
        }
        let (style, core, after) = match text.strip_prefix('(') {
            Some(inner) => {
                let (core, after) = inner.split_at(token_end(inner));
                (EnumeratorStyle::Bracketed, core, after.strip_prefix(')')?)
            }
            None => {
                let (core, after) = text.split_at(token_end(text));
                match after.strip_prefix(')') {
                    Some(after) => (EnumeratorStyle::Closed, core, after),
                    None => (EnumeratorStyle::Stopped, core.strip_suffix('.')?, after),
                }
            }
        };
        let readings = readings(core)?;
        let follows = after.trim_start();
        let goes_on = match style {
            EnumeratorStyle::Stopped if core.starts_with(|letter: char| letter.is_ascii_digit()) => {
                follows.starts_with(|letter: char| letter.is_alphabetic() || is_opening(letter))
            }
            EnumeratorStyle::Stopped => follows.starts_with(|letter: char| letter.is_uppercase() || is_opening(letter)),
            _ => !follows.is_empty() && !follows.starts_with([',', ';', '.', ':', ')']),
        };
        (after.starts_with(char::is_whitespace) && goes_on).then_some(Enumerator { style, readings })
    }

    fn of_other(first: char, rest: &str) -> Option<Enumerator> {
        let spaced = rest.starts_with(char::is_whitespace) && !rest.trim_start().is_empty();
        let (style, reading) = match KANJI.iter().position(|letter| *letter == first) {
            Some(number) => (EnumeratorStyle::Spaced, (Sort::Kanji, number as u32 + 1)),
            None if BULLETS.contains(&first) => (EnumeratorStyle::Bullet(first), (Sort::Digits, 0)),
            None => return None,
        };
        spaced.then_some(Enumerator { style, readings: [Some(reading), None] })
    }

    /// Whether a bracket stands behind it, so that it cannot be an initial.
    pub(super) fn is_bracketed(&self) -> bool {
        matches!(self.style, EnumeratorStyle::Bracketed | EnumeratorStyle::Closed)
    }

    /// Whether it counts on from another: directly, or, of bullets, in the same way.
    pub(super) fn follows_on(&self, other: &Enumerator) -> bool {
        let step = u32::from(!matches!(self.style, EnumeratorStyle::Bullet(_)));
        let pairs = || {
            other.readings.iter().flatten().flat_map(|one| self.readings.iter().flatten().map(move |two| (one, two)))
        };
        self.style == other.style && pairs().any(|(one, two)| one.0 == two.0 && one.1 + step == two.1)
    }
}

/// Whether a word is the number or the letter of a part.
pub(super) fn is_number(word: &str) -> bool {
    let is_article = word.starts_with('第') && word.ends_with(['条', '項', '号', '章', '節', '編', '款']);
    let is_digits = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit() || ('０'..='９').contains(&letter))
    };
    is_article || word.split('.').all(is_digits) || readings(word).is_some()
}

/// Whether a word is a Roman number in capitals.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= LONGEST_ROMAN && word.bytes().all(|letter| b"IVXLC".contains(&letter))
}

fn token_end(text: &str) -> usize {
    text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.').unwrap_or(text.len())
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '“' | '"' | '„' | '«' | '(' | '[')
}

fn readings(core: &str) -> Option<[Option<(Sort, u32)>; 2]> {
    let last = core.rsplit('.').next()?;
    let letters: Vec<char> = last.chars().take(LONGEST_ROMAN + 1).collect();
    let is_all = |test: fn(&char) -> bool| !letters.is_empty() && letters.iter().all(test);
    let readings = match letters.as_slice() {
        _ if is_all(char::is_ascii_digit) && letters.len() <= MOST_DIGITS => {
            let dotted =
                core.split('.').all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit()));
            return dotted.then(|| [last.parse().ok().map(|number| (Sort::Digits, number)), None]);
        }
        _ if core.contains('.') => [None, None],
        [letter] if letter.is_ascii_lowercase() => {
            [Some((Sort::Small, u32::from(*letter))), roman(last).map(|number| (Sort::SmallRoman, number))]
        }
        [letter] if letter.is_ascii_uppercase() => {
            [Some((Sort::Capital, u32::from(*letter))), roman(last).map(|number| (Sort::CapitalRoman, number))]
        }
        [one, two] if one == two && one.is_ascii_lowercase() && one != &'i' => {
            [Some((Sort::Doubled, u32::from(*one))), None]
        }
        _ if letters.len() <= LONGEST_ROMAN && is_all(|letter| "ivx".contains(*letter)) => {
            [roman(last).map(|number| (Sort::SmallRoman, number)), None]
        }
        _ if is_roman(last) => [roman(last).map(|number| (Sort::CapitalRoman, number)), None],
        _ => [None, None],
    };
    readings.iter().any(Option::is_some).then_some(readings)
}

/// What a Roman number is worth.
fn roman(word: &str) -> Option<u32> {
    let worth = |letter: char| match letter.to_ascii_uppercase() {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let (mut sum, mut most) = (0_u32, 0);
    for letter in word.chars().rev() {
        let value = worth(letter)?;
        most = most.max(value);
        sum = if value < most { sum.checked_sub(value)? } else { sum + value };
    }
    Some(sum)
}
