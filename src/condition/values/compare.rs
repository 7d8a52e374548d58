//! Compares two sets.

use std::hash::Hash;

use hashbrown::HashSet;

use super::scalar::ScalarValue;
use super::scalar::distinct;
use crate::condition::ast::operator::Operator;
use crate::condition::ast::tree::Combine;
use crate::model::DateRange;

/// Whether two sets compare as the operator says. Where one value is wanted on a side, an empty side fails.
pub(crate) fn compare_sets(left: &[ScalarValue], operator: Operator, right: &[ScalarValue]) -> bool {
    match operator {
        Operator::Equal => both(left, right, |a, b| a == b),
        Operator::Unequal => both(left, right, |a, b| a != b),
        Operator::Less => both(left, right, less),
        Operator::AtMost => both(left, right, |a, b| !less(b, a)),
        Operator::Greater => both(left, right, |a, b| less(b, a)),
        Operator::AtLeast => both(left, right, |a, b| !less(a, b)),
        Operator::In => left.first().is_some_and(|element| right.contains(element)),
        Operator::NotIn => left.first().is_some_and(|element| !right.contains(element)),
        Operator::Before => both(left, right, less),
        Operator::Covers => both(left, right, |a, b| days(a, b, |a, b| a.covers(b))),
        Operator::Overlaps => overlap(left, right),
        Operator::ShareDay => left.iter().any(|a| right.iter().any(|b| days(a, b, DateRange::overlaps))),
        Operator::SubsetOf => is_subset(left, right),
        Operator::SameAs => left.len() == right.len() && is_subset(left, right),
        Operator::StartsWith => both(left, right, |a, b| texts(a, b, |a, b| a.starts_with(b))),
        Operator::EndsWith => both(left, right, |a, b| texts(a, b, |a, b| a.ends_with(b))),
        Operator::Contains => both(left, right, |a, b| texts(a, b, |a, b| a.contains(b))),
        // A pattern is no element of a set; the checker makes a formula of its own out of it.
        Operator::Matches => false,
    }
}

/// Whether both sides have a value, and their first ones compare so.
pub(crate) fn both<T>(left: &[T], right: &[T], holds: impl Fn(&T, &T) -> bool) -> bool {
    matches!((left.first(), right.first()), (Some(a), Some(b)) if holds(a, b))
}

/// Numbers by size, dates by the last day of one and the first of the other, blocks by their place.
fn less(a: &ScalarValue, b: &ScalarValue) -> bool {
    match (a, b) {
        (ScalarValue::Number(a), ScalarValue::Number(b)) => a < b,
        (ScalarValue::Block(a), ScalarValue::Block(b)) => a < b,
        (ScalarValue::Days(a), ScalarValue::Days(b)) => a.before(b),
        (
            ScalarValue::Number(_)
            | ScalarValue::Block(_)
            | ScalarValue::Days(_)
            | ScalarValue::Text(_)
            | ScalarValue::Flag(_),
            _,
        ) => false,
    }
}

fn days(a: &ScalarValue, b: &ScalarValue, holds: impl Fn(&DateRange, &DateRange) -> bool) -> bool {
    matches!((a, b), (ScalarValue::Days(a), ScalarValue::Days(b)) if holds(a, b))
}

fn texts(a: &ScalarValue, b: &ScalarValue, holds: impl Fn(&str, &str) -> bool) -> bool {
    matches!((a, b), (ScalarValue::Text(a), ScalarValue::Text(b)) if holds(a, b))
}

/// Whether some element is in both.
pub(crate) fn overlap<T: Eq + Hash>(left: &[T], right: &[T]) -> bool {
    let (few, many) = if left.len() < right.len() { (left, right) } else { (right, left) };
    few.iter().any(among(many))
}

/// Whether all of one are in the other.
pub(crate) fn is_subset<T: Eq + Hash>(left: &[T], right: &[T]) -> bool {
    left.iter().all(among(right))
}

/// One set made of two, in the order of the first.
pub(crate) fn combine(mut left: Vec<ScalarValue>, how: Combine, right: Vec<ScalarValue>) -> Vec<ScalarValue> {
    match how {
        Combine::Union => {
            left.extend(right);
            distinct(left)
        }
        Combine::Minus => {
            let is_among = among(&right);
            left.retain(|element| !is_among(element));
            left
        }
        Combine::Meet => {
            left.retain(among(&right));
            left
        }
    }
}

/// Asks whether elements are in a set; a large one is hashed, a small one searched.
pub(crate) fn among<T: Eq + Hash>(set: &[T]) -> impl Fn(&T) -> bool {
    const SMALL: usize = 16;
    let hashed: Option<HashSet<&T>> = (set.len() > SMALL).then(|| set.iter().collect());
    move |element| hashed.as_ref().map_or_else(|| set.contains(element), |hashed| hashed.contains(element))
}
