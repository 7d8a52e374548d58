//! What the texts of a rule are checked against.

use std::cell::RefCell;
use std::sync::Arc;

use crate::condition::{
    Advised, CheckedPath, Definitions, ExpressionSource, LabelPlace, Params, Query, Vocabulary, former_field,
};
use crate::diagnostic::Diagnostic;
use crate::rule::pack::toml_text::span;
use crate::schema::{KindId, Schema};
use crate::text::{SourceId, Sources, Span, Spanned, TomlString};

/// What was checked, or all that is wrong with it.
pub(crate) type CheckedTable<T> = Result<T, Vec<Diagnostic>>;

/// What the texts of a rule are checked against.
#[derive(Clone, Copy)]
pub(crate) struct CompileContext<'a> {
    pub(crate) file: SourceId,
    pub(crate) sources: &'a Sources,
    pub(crate) vocabulary: Vocabulary<'a>,
    pub(crate) terms: &'a Arc<Terms>,
    /// What could be written better.
    pub(crate) advice: &'a RefCell<Vec<Diagnostic>>,
}

/// What the words of a case mean, apart from the schema.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    pub(crate) params: Params,
    pub(crate) definitions: Arc<Definitions>,
}

impl Terms {
    pub(crate) fn vocabulary<'a>(&'a self, schema: &'a Schema) -> Vocabulary<'a> {
        Vocabulary { schema, params: &self.params, definitions: &self.definitions }
    }
}

impl CompileContext<'_> {
    /// A range of bytes of the rule file.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        span(self.file, range)
    }

    /// A path of a template, checked; what could be written better is set aside.
    pub(crate) fn path(&self, query: &Query, path: &ExpressionSource<'_>) -> CheckedTable<CheckedPath> {
        query.path(path, self.vocabulary).map(|advised| self.set_aside(advised))
    }

    /// The place of a label, checked; what could be written better is set aside.
    pub(crate) fn place(&self, query: &Query, place: &ExpressionSource<'_>) -> CheckedTable<LabelPlace> {
        query.place(place, self.vocabulary).map(|advised| self.set_aside(advised))
    }

    /// Sets aside that a field is called by a name that it had before, which is a part of a string.
    pub(crate) fn advise_of_former_name(&self, written: &TomlString, name: &str, kinds: &[KindId]) {
        let start = name.as_ptr().addr() - written.text.as_ptr().addr();
        let at = written.span(start..start + name.len());
        let advice = former_field(self.vocabulary.schema, kinds, &Spanned::new(name.to_owned(), at));
        self.advice.borrow_mut().extend(advice);
    }

    fn set_aside<T>(&self, (checked, advice): Advised<T>) -> T {
        self.advice.borrow_mut().extend(advice);
        checked
    }

    /// A string of the rule file, with its place.
    pub(crate) fn quote(&self, value: &toml::Spanned<String>) -> TomlString {
        TomlString::new(self.file, self.sources, value.span(), value.get_ref())
    }
}

/// The value, or nothing with its problems set aside.
pub(crate) fn keep<T>(result: CheckedTable<T>, wrong: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|problems| wrong.extend(problems)).ok()
}
