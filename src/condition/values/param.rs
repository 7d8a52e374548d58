//! The values that a rule leaves for projects to set.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::scalar::ScalarValue;
use super::types::{SetSize, Type};

/// What `$name` stands for: a value, or a list of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Param {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A text.
    Text(String),
    /// Texts; a list without elements is one of them.
    Texts(Vec<String>),
    /// Whole numbers.
    Integers(Vec<i64>),
}

impl Param {
    /// What it is, in words.
    pub fn describe(&self) -> &'static str {
        match self {
            Param::Integer(_) => "a whole number",
            Param::Decimal(_) => "a number",
            Param::Flag(_) => "true or false",
            Param::Text(_) => "a text",
            Param::Integers(_) => "a list of whole numbers",
            Param::Texts(_) => "a list of texts",
        }
    }

    /// The same value as one that can take the place of `other`, if it can.
    #[must_use]
    pub fn in_place_of(self, other: &Param) -> Option<Param> {
        match (self, other) {
            (Param::Integer(number), Param::Decimal(_)) => Some(Param::Decimal(number as f64)),
            // An empty list may be one of numbers.
            (Param::Texts(texts), Param::Integers(_)) if texts.is_empty() => Some(Param::Integers(Vec::new())),
            (own, other) => (std::mem::discriminant(&own) == std::mem::discriminant(other)).then_some(own),
        }
    }

    pub(crate) fn elements(&self) -> Vec<ScalarValue> {
        match self {
            Param::Integer(number) => vec![ScalarValue::Number(*number as f64)],
            Param::Decimal(number) => vec![ScalarValue::Number(*number)],
            Param::Flag(flag) => vec![ScalarValue::Flag(*flag)],
            Param::Text(text) => vec![ScalarValue::Text(text.clone())],
            Param::Integers(numbers) => numbers.iter().map(|number| ScalarValue::Number(*number as f64)).collect(),
            Param::Texts(texts) => texts.iter().cloned().map(ScalarValue::Text).collect(),
        }
    }

    pub(crate) fn typed(&self) -> (Type, SetSize) {
        match self {
            Param::Integer(_) | Param::Decimal(_) => (Type::Number, SetSize::ONE),
            Param::Flag(_) => (Type::Flag, SetSize::ONE),
            Param::Text(_) => (Type::Text(None), SetSize::ONE),
            Param::Integers(_) => (Type::Number, SetSize::MANY),
            Param::Texts(_) => (Type::Text(None), SetSize::MANY),
        }
    }
}

impl fmt::Display for Param {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Param::Integer(number) => write!(out, "{number}"),
            Param::Decimal(number) => write!(out, "{number}"),
            Param::Flag(flag) => write!(out, "{flag}"),
            Param::Text(text) => write!(out, "{text:?}"),
            Param::Integers(numbers) => write!(out, "{numbers:?}"),
            Param::Texts(texts) => write!(out, "{texts:?}"),
        }
    }
}
