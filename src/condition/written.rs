//! Conditions as a rule file gives them: texts, and where they stand.

use std::collections::BTreeMap;

use crate::text::Span;

/// An expression as it stands in a TOML file.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The expression, with the escapes of TOML resolved.
    pub text: &'a str,
    /// Where the text stands, without its quotation marks.
    pub at: Span,
    /// Whether each byte of `text` is as far from its start as in the file; if not, problems underline all of `at`.
    pub exact: bool,
}

/// What a rule judges, as written.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// `for`: the names, and what they range over.
    pub bindings: Written<'a>,
    /// `when`: which rows are judged at all.
    pub when: Option<Written<'a>>,
    /// `require` or `forbid`.
    pub judgement: Judgement<Written<'a>>,
}

/// What must hold of a row, or must not.
#[derive(Clone, Copy, Debug)]
pub enum Judgement<T> {
    /// A row offends unless this holds.
    Require(T),
    /// A row offends if this holds.
    Forbid(T),
}

/// The integers that `$name` stands for.
pub type Params = BTreeMap<String, i64>;

impl Written<'_> {
    /// Whether a place lies in this expression.
    ///
    /// Escapes make a text shorter than what is written, so places of an expression never leave `at`.
    pub(super) fn holds(&self, span: Span) -> bool {
        self.at.contains(span)
    }
}
