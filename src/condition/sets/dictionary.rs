//! Numbers for everything that a set can hold, so that equal elements have equal numbers.

use std::borrow::Cow;

use indexmap::IndexSet;

use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, DateRange, Value};

/// An element as a number: a block by its own, any other from [`FIRST_VALUE`] on. Numbers of values say nothing of their
/// order; they differ from run to run.
pub(super) type Symbol = u32;

/// The number of the first element that is no block.
const FIRST_VALUE: Symbol = 1 << 31;

/// The elements other than blocks that were met so far.
#[derive(Debug, Default)]
pub(super) struct Dictionary<'a> {
    known: IndexSet<InternedValue<'a>>,
}

/// An element that is no block.
#[derive(Debug, PartialEq, Eq, Hash)]
enum InternedValue<'a> {
    /// A text of the corpus itself, or one that was made out of others.
    Text(Cow<'a, str>),
    /// The bits of a number that is neither negative zero nor NaN.
    Number(u64),
    Days(DateRange),
    Flag(bool),
}

/// The block that a symbol stands for.
pub(super) fn block(symbol: Symbol) -> Option<BlockId> {
    (symbol < FIRST_VALUE).then_some(BlockId(symbol))
}

impl<'a> Dictionary<'a> {
    /// The symbol of a value of a field; none if it is broken.
    pub(super) fn value(&mut self, value: Value<'a>) -> Option<Symbol> {
        let known = match value {
            Value::Block(block) => return Some(block.0),
            Value::Text(text) | Value::Term(text) => InternedValue::Text(Cow::Borrowed(text)),
            Value::Number(number) => InternedValue::number(number),
            Value::Days(days) => InternedValue::Days(days),
            Value::Flag(flag) => InternedValue::Flag(flag),
            Value::Broken => return None,
        };
        Some(self.symbol(known))
    }

    /// The symbol of a text of the corpus.
    pub(super) fn text(&mut self, text: &'a str) -> Symbol {
        self.symbol(InternedValue::Text(Cow::Borrowed(text)))
    }

    /// The symbol of an element.
    pub(super) fn element(&mut self, element: ScalarValue) -> Symbol {
        match element {
            ScalarValue::Block(block) => block.0,
            ScalarValue::Text(text) => self.symbol(InternedValue::Text(Cow::Owned(text))),
            ScalarValue::Number(number) => self.symbol(InternedValue::number(number)),
            ScalarValue::Days(days) => self.symbol(InternedValue::Days(days)),
            ScalarValue::Flag(flag) => self.symbol(InternedValue::Flag(flag)),
        }
    }

    /// The element that a symbol stands for.
    pub(super) fn read(&self, symbol: Symbol) -> ScalarValue {
        match self.known(symbol) {
            None => ScalarValue::Block(BlockId(symbol)),
            Some(InternedValue::Text(text)) => ScalarValue::Text(text.clone().into_owned()),
            Some(InternedValue::Number(bits)) => ScalarValue::Number(f64::from_bits(*bits)),
            Some(InternedValue::Days(days)) => ScalarValue::Days(*days),
            Some(InternedValue::Flag(flag)) => ScalarValue::Flag(*flag),
        }
    }

    /// The text that a symbol stands for, if it does.
    pub(super) fn words(&self, symbol: Symbol) -> Option<&str> {
        match self.known(symbol) {
            Some(InternedValue::Text(text)) => Some(text),
            Some(InternedValue::Number(_) | InternedValue::Days(_) | InternedValue::Flag(_)) | None => None,
        }
    }

    fn known(&self, symbol: Symbol) -> Option<&InternedValue<'a>> {
        let number = symbol.checked_sub(FIRST_VALUE)?;
        Some(self.known.get_index(number as usize).expect("every symbol was given out by this dictionary"))
    }

    fn symbol(&mut self, known: InternedValue<'a>) -> Symbol {
        FIRST_VALUE + self.known.insert_full(known).0 as u32
    }
}

impl InternedValue<'_> {
    fn number(number: f64) -> InternedValue<'static> {
        // Adding zero makes the two zeros, which are equal, one.
        InternedValue::Number((number + 0.0).to_bits())
    }
}
