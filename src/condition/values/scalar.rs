//! The values that conditions are about.

use hashbrown::HashSet;
use std::hash::{Hash, Hasher};

use crate::model::{BlockId, DateRange, Value};

/// One element of a set.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalarValue {
    /// A block.
    Block(BlockId),
    /// A text, a free word, a value of an enum, or the name of a kind.
    Text(String),
    /// A number; never NaN, since none can be written.
    Number(f64),
    /// A date or a period.
    Days(DateRange),
    /// `yes` or `no`.
    Flag(bool),
}

impl Eq for ScalarValue {}

impl Hash for ScalarValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            ScalarValue::Block(block) => block.hash(state),
            ScalarValue::Text(text) => text.hash(state),
            // Adding zero makes the two zeros, which are equal, one.
            ScalarValue::Number(number) => (number + 0.0).to_bits().hash(state),
            ScalarValue::Days(days) => days.hash(state),
            ScalarValue::Flag(flag) => flag.hash(state),
        }
    }
}

impl ScalarValue {
    /// The element that a value of a field is; none if it is broken.
    pub fn of(value: &Value<'_>) -> Option<ScalarValue> {
        match value {
            Value::Block(block) => Some(ScalarValue::Block(*block)),
            Value::Text(text) | Value::Term(text) => Some(ScalarValue::Text((*text).to_owned())),
            Value::Number(number) => Some(ScalarValue::Number(*number)),
            Value::Days(days) => Some(ScalarValue::Days(*days)),
            Value::Flag(flag) => Some(ScalarValue::Flag(*flag)),
            Value::Broken => None,
        }
    }

    /// The block, unless the element is a value.
    pub fn block(&self) -> Option<BlockId> {
        match self {
            ScalarValue::Block(block) => Some(*block),
            ScalarValue::Text(_) | ScalarValue::Number(_) | ScalarValue::Days(_) | ScalarValue::Flag(_) => None,
        }
    }
}

/// The elements in the order of their first occurrence, each once.
pub(crate) fn distinct(mut elements: Vec<ScalarValue>) -> Vec<ScalarValue> {
    if elements.len() > 1 {
        let first: Vec<bool> = {
            let mut seen = HashSet::with_capacity(elements.len());
            elements.iter().map(|element| seen.insert(element)).collect()
        };
        let mut first = first.into_iter();
        elements.retain(|_| first.next().unwrap_or_default());
    }
    elements
}
