//! The functions of conditions: a set goes in, a number or another set comes out.

use super::scalar::{ScalarValue, distinct};
use super::types::{Bounds, SetSize, Type};
use crate::model::DateRange;
use crate::text::stands_alone;

/// What a condition can call by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    /// How many elements there are.
    Count,
    /// The smallest number, or the date that begins first.
    Min,
    /// The largest number, or the date that ends last.
    Max,
    /// All numbers together, those of different blocks counted apart.
    Sum,
    /// How many characters each text has.
    Len,
    /// The words of the texts, in small letters.
    Words,
    /// The texts in small letters.
    Lower,
    /// The first day of each date or period.
    Start,
    /// The last day of each date or period.
    End,
}

/// The functions by name.
const NAMES: [(&str, Function); 9] = [
    ("count", Function::Count),
    ("min", Function::Min),
    ("max", Function::Max),
    ("sum", Function::Sum),
    ("len", Function::Len),
    ("words", Function::Words),
    ("lower", Function::Lower),
    ("start", Function::Start),
    ("end", Function::End),
];

impl Function {
    /// The function of that name.
    pub(crate) fn named(name: &str) -> Option<Function> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// The names of all functions.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The name as it is written.
    pub(crate) fn as_str(self) -> &'static str {
        NAMES.iter().find(|(_, function)| *function == self).map(|(name, _)| *name).unwrap_or_default()
    }

    /// What it takes, in words.
    pub(crate) fn takes(self) -> &'static str {
        match self {
            Function::Count => "any set",
            Function::Min | Function::Max => "numbers or dates",
            Function::Sum => "numbers",
            Function::Len | Function::Words | Function::Lower => "texts",
            Function::Start | Function::End => "dates or periods",
        }
    }

    /// What comes of a set of this type and size; `None` if it takes no such set.
    pub(crate) fn of(self, holds: &Type, card: SetSize) -> Option<(Type, SetSize)> {
        let at_most_one = SetSize { many: false, ..card };
        match (self, holds) {
            (Function::Count, _) | (Function::Sum, Type::Number) => Some((Type::Number, SetSize::ONE)),
            (Function::Min | Function::Max, Type::Number | Type::Days(_)) => Some((holds.clone(), at_most_one)),
            (Function::Len, Type::Text(_)) => Some((Type::Number, card)),
            (Function::Words, Type::Text(_)) => Some((Type::Text(None), SetSize::MANY)),
            (Function::Lower, Type::Text(_)) => Some((Type::Text(None), card)),
            (Function::Start | Function::End, Type::Days(Bounds::Closed)) => Some((holds.clone(), card)),
            // A period may be open, so there may be no such day.
            (Function::Start | Function::End, Type::Days(Bounds::Open)) => {
                Some((Type::Days(Bounds::Closed), card.or_none()))
            }
            (
                Function::Sum
                | Function::Min
                | Function::Max
                | Function::Len
                | Function::Words
                | Function::Lower
                | Function::Start
                | Function::End,
                _,
            ) => None,
        }
    }

    /// What comes of these elements.
    pub(crate) fn apply(self, elements: Vec<ScalarValue>) -> Vec<ScalarValue> {
        match self {
            Function::Count => vec![ScalarValue::Number(elements.len() as f64)],
            Function::Min => {
                elements.into_iter().reduce(|a, b| if starts_before(&b, &a) { b } else { a }).into_iter().collect()
            }
            Function::Max => {
                elements.into_iter().reduce(|a, b| if ends_after(&b, &a) { b } else { a }).into_iter().collect()
            }
            Function::Sum => vec![ScalarValue::Number(elements.iter().filter_map(number).sum())],
            Function::Len => each_text(&elements, |text| vec![ScalarValue::Number(text.chars().count() as f64)]),
            Function::Words => each_text(&elements, words),
            Function::Lower => each_text(&elements, |text| vec![ScalarValue::Text(text.to_lowercase())]),
            Function::Start => each_day(&elements, |days| days.first),
            Function::End => each_day(&elements, |days| days.last),
        }
    }
}

/// The words of a text in small letters; hyphens and apostrophes inside a word belong to it. Of scripts without spaces each
/// character is one.
fn words(text: &str) -> Vec<ScalarValue> {
    let is_inside = |next: char| next.is_alphanumeric() || matches!(next, '-' | '\'' | '\u{2019}');
    let fold = |word: &str| {
        if word.is_ascii() { word.to_ascii_lowercase() } else { word.replace('\u{2019}', "'").to_lowercase() }
    };
    let runs = text.split(|next| !is_inside(next)).flat_map(|run| run.split_inclusive(stands_alone)).flat_map(|run| {
        let last =
            run.char_indices().next_back().filter(|(_, last)| stands_alone(*last)).map_or(run.len(), |(at, _)| at);
        [&run[..last], &run[last..]]
    });
    let pieces = runs.map(|word| word.trim_matches(|edge: char| !edge.is_alphanumeric()));
    let folded = pieces.filter(|word| !word.is_empty()).map(fold);
    folded.map(ScalarValue::Text).collect()
}

fn each_text(elements: &[ScalarValue], each: impl Fn(&str) -> Vec<ScalarValue>) -> Vec<ScalarValue> {
    let texts = elements.iter().filter_map(|element| match element {
        ScalarValue::Text(text) => Some(text),
        ScalarValue::Block(_) | ScalarValue::Number(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => None,
    });
    distinct(texts.flat_map(|text| each(text)).collect())
}

fn each_day(elements: &[ScalarValue], each: impl Fn(&DateRange) -> Option<jiff::civil::Date>) -> Vec<ScalarValue> {
    let day = |element: &ScalarValue| {
        each(&days(element)?).map(|day| ScalarValue::Days(DateRange { first: Some(day), last: Some(day) }))
    };
    distinct(elements.iter().filter_map(day).collect())
}

/// The number that an element is.
pub(crate) fn number(element: &ScalarValue) -> Option<f64> {
    match element {
        ScalarValue::Number(number) => Some(*number),
        ScalarValue::Block(_) | ScalarValue::Text(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => None,
    }
}

/// The date or period that an element is.
pub(crate) fn days(element: &ScalarValue) -> Option<DateRange> {
    match element {
        ScalarValue::Days(days) => Some(*days),
        ScalarValue::Block(_) | ScalarValue::Text(_) | ScalarValue::Number(_) | ScalarValue::Flag(_) => None,
    }
}

/// Numbers by size, dates by their first day; no first day is before all others. Of two that begin together the shorter
/// goes first, so that the order in which they are written does not count.
fn starts_before(a: &ScalarValue, b: &ScalarValue) -> bool {
    match (a, b) {
        (ScalarValue::Days(a), ScalarValue::Days(b)) if a.first == b.first => ends_before(a, b),
        (ScalarValue::Days(a), ScalarValue::Days(b)) => a.first < b.first,
        _ => number(a) < number(b),
    }
}

/// Numbers by size, dates by their last day; no last day is after all others. Of two that end together the shorter goes
/// first.
fn ends_after(a: &ScalarValue, b: &ScalarValue) -> bool {
    match (a, b) {
        (ScalarValue::Days(a), ScalarValue::Days(b)) if a.last == b.last => a.first > b.first,
        (ScalarValue::Days(a), ScalarValue::Days(b)) => ends_before(b, a),
        _ => number(a) > number(b),
    }
}

/// Whether one run of days ends before another does; no last day is after all others.
fn ends_before(a: &DateRange, b: &DateRange) -> bool {
    a.last.is_some_and(|last| b.last.is_none_or(|other| last < other))
}
