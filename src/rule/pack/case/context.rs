//! What the texts of a rule are checked against.

use std::sync::Arc;

use crate::condition::{Definitions, Params, Vocabulary};
use crate::diagnostic::Diagnostic;
use crate::rule::pack::toml_text::span;
use crate::schema::Schema;
use crate::text::{SourceId, Sources, Span, TomlString};

/// What was checked, or all that is wrong with it.
pub(crate) type CheckedTable<T> = Result<T, Vec<Diagnostic>>;

/// What the texts of a rule are checked against.
#[derive(Clone, Copy)]
pub(crate) struct CompileContext<'a> {
    pub(crate) file: SourceId,
    pub(crate) sources: &'a Sources,
    pub(crate) vocabulary: Vocabulary<'a>,
    pub(crate) terms: &'a Arc<Terms>,
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

    /// A string of the rule file, with its place.
    pub(crate) fn quote(&self, value: &toml::Spanned<String>) -> TomlString {
        TomlString::new(self.file, self.sources, value.span(), value.get_ref())
    }
}

/// The value, or nothing with its problems set aside.
pub(crate) fn keep<T>(result: CheckedTable<T>, wrong: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|problems| wrong.extend(problems)).ok()
}
