//! What the words of a condition mean, apart from the names that it binds itself.

use std::collections::BTreeMap;

use crate::condition::ast::source::{ExpressionSource, OwnedExpression};
use crate::condition::ast::tree::{Expr, Name};
use crate::condition::values::param::Param;
use crate::condition::values::types::{SetSize, Type};
use crate::schema::Schema;

/// What `$name` stands for.
pub type Params = BTreeMap<String, Param>;

/// What the words of a condition mean, apart from the names that it binds itself.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// Kinds and fields.
    pub schema: &'a Schema,
    /// What `$name` stands for.
    pub params: &'a Params,
    /// What `name(...)` stands for, unless it is a function.
    pub definitions: &'a Definitions,
}

/// The definitions of a rule file, checked.
#[derive(Clone, Debug, Default)]
pub struct Definitions(pub(super) BTreeMap<String, Definition>);

/// One definition.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(super) name: Name,
    pub(crate) params: Vec<Parameter>,
    /// What it stands for; nothing if that was reported as wrong.
    pub(crate) body: Option<Expr>,
    pub(super) is: OwnedExpression,
}

/// What a definition takes.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Name,
    pub(crate) holds: Type,
    pub(crate) card: SetSize,
    /// Both as written: `scope*`.
    pub(crate) written: String,
}

impl Definitions {
    /// The definition of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Definition> {
        self.0.get(name)
    }

    /// The definition of that name, with the name as it is kept here.
    pub(crate) fn get_key_value(&self, name: &str) -> Option<(&str, &Definition)> {
        self.0.get_key_value(name).map(|(name, definition)| (name.as_str(), definition))
    }

    /// All names, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What the definitions stand for, as written.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = ExpressionSource<'_>> {
        self.0.values().map(|definition| definition.is.written())
    }

    /// What a definition stands for, and its words; nothing if it is wrong.
    pub(crate) fn written(&self, name: &str) -> Option<(&Expr, &OwnedExpression)> {
        let definition = self.get(name)?;
        Some((definition.body.as_ref()?, &definition.is))
    }
}
