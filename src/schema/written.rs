//! Schema files as they are written: one serde type for each table of the format.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned as At;

use super::kinds::{Cardinality, FieldType};
use super::words::WrittenWords;

/// A schema file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSchema {
    #[serde(default)]
    pub(super) kind: BTreeMap<At<String>, WrittenKind>,
    /// By language, then by class.
    #[serde(default)]
    pub(super) words: BTreeMap<String, BTreeMap<At<String>, WrittenWords>>,
}

/// A `[kind.NAME]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenKind {
    pub(super) doc: Option<String>,
    pub(super) extends: Option<At<String>>,
    #[serde(default)]
    pub(super) r#abstract: bool,
    #[serde(default)]
    pub(super) anonymous: bool,
    #[serde(default)]
    pub(super) open: bool,
    #[serde(default)]
    pub(super) claim: bool,
    #[serde(default)]
    pub(super) waives: bool,
    #[serde(default)]
    pub(super) inside: Vec<At<String>>,
    pub(super) nests: Option<At<String>>,
    #[serde(default)]
    pub(super) inline: Vec<At<String>>,
    #[serde(default)]
    pub(super) unique: Vec<Vec<At<String>>>,
    pub(super) lattice: Option<WrittenLattice>,
    #[serde(default)]
    pub(super) fields: BTreeMap<At<String>, WrittenField>,
}

/// The value of `lattice`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLattice {
    pub(super) order: At<String>,
    pub(super) disjoint: Option<At<String>>,
    pub(super) exclusive: Option<At<String>>,
    pub(super) dimension: Option<At<String>>,
}

/// A field of a kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WrittenField {
    pub(super) doc: Option<String>,
    pub(super) to: Option<At<OneOrMany>>,
    pub(super) r#type: Option<At<TypeName>>,
    pub(super) r#enum: Option<Vec<String>>,
    pub(super) card: Option<WrittenCardinality>,
    pub(super) inverse: Option<String>,
    #[serde(default)]
    pub(super) acyclic: bool,
    #[serde(default)]
    pub(super) transitive: bool,
    #[serde(default)]
    pub(super) symmetric: bool,
    #[serde(default)]
    pub(super) irreflexive: bool,
    #[serde(default)]
    pub(super) from_id: bool,
    #[serde(default = "yes")]
    pub(super) guess: bool,
    #[serde(default)]
    pub(super) descriptive: bool,
    #[serde(default)]
    pub(super) document: bool,
    #[serde(default)]
    pub(super) was: Vec<String>,
    pub(super) pattern: Option<At<String>>,
    pub(super) computed: Option<At<String>>,
    pub(super) native: Option<At<String>>,
}

fn yes() -> bool {
    true
}

/// One name, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// The type of a field that holds no blocks.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TypeName {
    Text,
    Words,
    Term,
    Number,
    Date,
    Period,
    Flag,
    File,
    Fields,
}

/// How many values a field has.
#[derive(Clone, Copy, Deserialize)]
pub(super) enum WrittenCardinality {
    #[serde(rename = "0..1")]
    Optional,
    #[serde(rename = "1")]
    One,
    #[serde(rename = "0..*")]
    Any,
    #[serde(rename = "1..*")]
    Some,
}

impl WrittenField {
    pub(super) fn is_virtual(&self) -> bool {
        self.computed.is_some() || self.native.is_some()
    }

    /// Whether it says something that only fields have which blocks write.
    pub(super) fn is_stored(&self) -> bool {
        let flags = self.acyclic || self.symmetric || self.irreflexive || self.from_id;
        flags || self.inverse.is_some()
    }
}

impl From<TypeName> for FieldType {
    fn from(name: TypeName) -> FieldType {
        match name {
            TypeName::Text => FieldType::Text,
            TypeName::Words => FieldType::Words,
            TypeName::Term => FieldType::Term,
            TypeName::Number => FieldType::Number,
            TypeName::Date => FieldType::Date,
            TypeName::Period => FieldType::Period,
            TypeName::Flag => FieldType::Flag,
            TypeName::File => FieldType::File,
            TypeName::Fields => FieldType::Fields,
        }
    }
}

impl From<WrittenCardinality> for Cardinality {
    fn from(card: WrittenCardinality) -> Cardinality {
        let (required, many) = match card {
            WrittenCardinality::Optional => (false, false),
            WrittenCardinality::One => (true, false),
            WrittenCardinality::Any => (false, true),
            WrittenCardinality::Some => (true, true),
        };
        Cardinality { required, many }
    }
}

#[cfg(test)]
mod tests {
    use super::{WrittenField, WrittenKind, WrittenLattice, WrittenSchema, WrittenWords};
    use crate::schema::keys::{FIELD_KEYS, KIND_KEYS, LATTICE_KEYS, SCHEMA_KEYS, WORD_KEYS};
    use crate::text::toml_keys::{known, read};

    #[test]
    fn the_keys_are_those_that_are_read() {
        assert_eq!(known(SCHEMA_KEYS), read::<WrittenSchema>());
        assert_eq!(known(KIND_KEYS), read::<WrittenKind>());
        assert_eq!(known(FIELD_KEYS), read::<WrittenField>());
        assert_eq!(known(LATTICE_KEYS), read::<WrittenLattice>());
        assert_eq!(known(WORD_KEYS), read::<WrittenWords>());
    }
}
