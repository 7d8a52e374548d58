//! Sums and products: two values make one, or none where there is no such number or day.

use super::function::{days, number};
use super::scalar::ScalarValue;
use super::types::{Bounds, SetSize, Type};
use crate::condition::ast::tree::Sign;
use crate::model::DateRange;

/// What comes of two values of these types; `None` if the sign does not go between them.
pub(crate) fn of(left: &Type, sign: Sign, right: &Type) -> Option<(Type, SetSize)> {
    match (left, sign, right) {
        (Type::Number, Sign::Plus | Sign::Minus | Sign::Times, Type::Number) => Some((Type::Number, SetSize::ONE)),
        // Nothing can be divided by zero.
        (Type::Number, Sign::Over, Type::Number) => Some((Type::Number, SetSize::OPTIONAL)),
        (Type::Days(ends), Sign::Plus | Sign::Minus, Type::Number) => Some((Type::Days(*ends), SetSize::ONE)),
        (Type::Days(Bounds::Closed), Sign::Minus, Type::Days(Bounds::Closed)) => Some((Type::Number, SetSize::ONE)),
        // A period may have no first day to count from.
        (Type::Days(_), Sign::Minus, Type::Days(_)) => Some((Type::Number, SetSize::OPTIONAL)),
        (Type::Blocks(_) | Type::Text(_) | Type::Flag | Type::Number | Type::Days(_), _, _) => None,
    }
}

/// What comes of two values.
pub(crate) fn combine(left: &ScalarValue, sign: Sign, right: &ScalarValue) -> Option<ScalarValue> {
    match (days(left), days(right)) {
        (Some(left), Some(right)) => left.days_after(&right).map(|count| ScalarValue::Number(f64::from(count))),
        (Some(left), None) => {
            let count = number(right)?;
            shifted(&left, if sign == Sign::Minus { -count } else { count }).map(ScalarValue::Days)
        }
        (None, _) => calculate(number(left)?, sign, number(right)?).map(ScalarValue::Number),
    }
}

/// A number beyond all bounds is none.
fn calculate(left: f64, sign: Sign, right: f64) -> Option<f64> {
    let number = match sign {
        Sign::Plus => left + right,
        Sign::Minus => left - right,
        Sign::Times => left * right,
        Sign::Over => left / right,
    };
    number.is_finite().then_some(number)
}

/// The days so many days later; a part of a day does not count, and the calendar has an end.
fn shifted(days: &DateRange, count: f64) -> Option<DateRange> {
    let span = jiff::Span::new().try_days(count.trunc() as i64).ok()?;
    let shift = |end: Option<jiff::civil::Date>| end.map(|day| day.checked_add(span).ok());
    let (first, last) = (shift(days.first), shift(days.last));
    match (first, last) {
        (Some(None), _) | (_, Some(None)) => None,
        (first, last) => Some(DateRange { first: first.flatten(), last: last.flatten() }),
    }
}
