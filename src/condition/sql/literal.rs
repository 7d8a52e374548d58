//! Names and values as SQL writes them; nothing that claims or schemas say can end a string or a name.

use jiff::civil::Date;

use crate::condition::values::scalar::ScalarValue;
use crate::model::DateRange;
use crate::text::{Sanitized, is_hidden};

/// Stands for the missing first day of a period: before all days of the calendar. Its negation stands for the last.
const SINCE_EVER: i64 = -1_000_000_000;

/// A name of a table or a column.
///
/// What cannot be seen, and what a build server would obey, is replaced: SQL has no escapes for names.
pub(super) fn identifier(name: &str) -> String {
    let shown = Sanitized::line(name).as_str().replace('#', "\u{fffd}");
    format!("\"{}\"", shown.replace('"', "\"\""))
}

/// A text; characters that are not seen, and those that begin commands of build servers, are called by number.
pub(super) fn text(words: &str) -> String {
    let mut written = String::from("'");
    for letter in words.chars() {
        match letter {
            '\'' => written.push_str("''"),
            hidden if hidden.is_control() || hidden == '#' || is_hidden(hidden) => {
                written += &format!("' || chr({}) || '", u32::from(hidden));
            }
            shown => written.push(shown),
        }
    }
    written.push('\'');
    if written.contains("||") { format!("({written})") } else { written }
}

/// A number with an exponent, which is never read as a decimal of limited digits.
pub(super) fn number(number: f64) -> String {
    format!("{number:e}")
}

/// The first and the last day of a run of days, by their number; day 0 is 1970-01-01.
pub(super) fn days(days: &DateRange) -> [i64; 2] {
    [days.first.map_or(SINCE_EVER, day), days.last.map_or(-SINCE_EVER, day)]
}

fn day(date: Date) -> i64 {
    i64::from((date - Date::constant(1970, 1, 1)).get_days())
}

/// The condition that a column holds a day, and not the lack of one.
pub(super) fn is_day(column: &str) -> String {
    format!("ABS({column}) < {}", -SINCE_EVER)
}

/// The condition that a column holds a day of the calendar, or the lack of one.
pub(super) fn is_in_calendar(column: &str) -> String {
    let (first, last) = (day(Date::MIN), day(Date::MAX));
    format!("({column} BETWEEN {first} AND {last} OR ABS({column}) = {})", -SINCE_EVER)
}

/// What the columns of an element hold; blocks by their number beyond `first`.
pub(super) fn element(element: &ScalarValue, first: u64) -> Vec<String> {
    match element {
        ScalarValue::Block(block) => vec![(first + u64::from(block.0)).to_string()],
        ScalarValue::Text(words) => vec![text(words)],
        ScalarValue::Number(value) => vec![number(*value)],
        ScalarValue::Days(run) => days(run).iter().map(i64::to_string).collect(),
        ScalarValue::Flag(flag) => vec![if *flag { "TRUE" } else { "FALSE" }.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::{identifier, text};

    #[test]
    fn nothing_ends_a_string_or_a_name() {
        assert_eq!(text("it's"), "'it''s'");
        assert_eq!(
            text("a\nb\u{202e}##["),
            "('a' || chr(10) || 'b' || chr(8238) || '' || chr(35) || '' || chr(35) || '[')"
        );
        assert_eq!(identifier("a\"b\n#"), "\"a\"\"b\u{240a}\u{fffd}\"");
    }
}
