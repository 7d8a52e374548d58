//! Conditions as a rule file gives them: texts, and where they stand.

use std::ops::Range;

use crate::text::{Span, TomlString};

/// An expression as it stands in a TOML file.
#[derive(Clone, Copy, Debug)]
pub struct ExpressionSource<'a> {
    /// The expression, with the escapes of TOML resolved.
    pub text: &'a str,
    /// Where the text stands, without its quotation marks.
    pub at: Span,
    /// Whether each byte of `text` is as far from its start as in the file; if not, problems underline all of `at`.
    pub exact: bool,
}

/// What a rule judges, as written.
#[derive(Clone, Copy, Debug)]
pub struct JudgedExpressions<'a> {
    /// `for`: the names, and what they range over.
    pub bindings: ExpressionSource<'a>,
    /// `when`: which rows are judged at all.
    pub when: Option<ExpressionSource<'a>>,
    /// `require` or `forbid`.
    pub judgement: Judgement<ExpressionSource<'a>>,
    /// Whether binders need not be linked: every pair of their blocks is meant.
    pub cross: bool,
}

/// What must hold of a row, or must not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judgement<T> {
    /// A row offends unless this holds.
    Require(T),
    /// A row offends if this holds.
    Forbid(T),
}

impl<T> Judgement<T> {
    /// What is judged, either way.
    pub fn formula(&self) -> &T {
        match self {
            Judgement::Require(formula) | Judgement::Forbid(formula) => formula,
        }
    }
}

impl<'a> ExpressionSource<'a> {
    /// A text of a file, or a part of it.
    pub fn of(quoted: &'a TomlString, range: Range<usize>) -> ExpressionSource<'a> {
        ExpressionSource { at: quoted.span(range.clone()), text: &quoted.text[range], exact: quoted.is_exact() }
    }

    /// Whether a place lies in this expression.
    ///
    /// Escapes make a text shorter than what is written, so places of an expression never leave `at`.
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.at.contains(span)
    }

    /// Whether a name is a word of it.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let is_inside = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_');
        self.text.split(|next| !is_inside(next)).any(|word| word == name)
    }

    /// What stands at a place of it.
    pub(crate) fn slice(&self, span: Span) -> Option<&'a str> {
        let start = (span.start - self.at.start) as usize;
        self.text.get(start..start + span.len())
    }
}

/// An expression that outlives the file it was read from.
#[derive(Clone, Debug)]
pub(crate) struct OwnedExpression {
    text: String,
    at: Span,
    exact: bool,
}

impl OwnedExpression {
    pub(crate) fn of(written: &ExpressionSource<'_>) -> OwnedExpression {
        OwnedExpression { text: written.text.to_owned(), at: written.at, exact: written.exact }
    }

    pub(crate) fn written(&self) -> ExpressionSource<'_> {
        ExpressionSource { text: &self.text, at: self.at, exact: self.exact }
    }
}

/// What is written at a place of one of the expressions.
pub(crate) fn shown(texts: &[OwnedExpression], span: Span) -> &str {
    let home = texts.iter().map(OwnedExpression::written).filter(|text| text.holds(span));
    home.filter_map(|text| text.slice(span)).next().unwrap_or_default()
}
