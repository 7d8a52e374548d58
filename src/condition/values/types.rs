//! What the elements of a set can be, and how many there can be.

use crate::schema::{Cardinality, FieldType, KindId, Schema};

/// What the elements of a set can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Blocks of these concrete kinds, in order.
    Blocks(Vec<KindId>),
    /// Texts and words; of these alone, if they are known.
    Text(Option<Vec<String>>),
    Number,
    /// Dates and periods.
    Days(Bounds),
    Flag,
}

/// Whether dates and periods have both a first and a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bounds {
    /// Dates, and runs of days that are known to have both.
    Closed,
    /// Periods, which may last for ever, or have lasted since ever.
    Open,
}

/// How many elements a set can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SetSize {
    /// There is at least one.
    pub(crate) required: bool,
    /// There can be several.
    pub(crate) many: bool,
}

impl Type {
    /// The type of a field's values.
    pub(crate) fn of_field(holds: &FieldType, schema: &Schema) -> Type {
        match holds {
            FieldType::Ref(kinds) => Type::Blocks(schema.concrete(kinds)),
            FieldType::Enum(words) => Type::Text(Some(words.clone())),
            FieldType::Text | FieldType::Words | FieldType::Term | FieldType::File | FieldType::Fields => {
                Type::Text(None)
            }
            FieldType::Number => Type::Number,
            FieldType::Date => Type::Days(Bounds::Closed),
            FieldType::Period => Type::Days(Bounds::Open),
            FieldType::Flag => Type::Flag,
        }
    }

    /// The type of what is of one type or the other, if there is one.
    pub(crate) fn either(self, other: Type) -> Option<Type> {
        match (self, other) {
            (Type::Blocks(a), Type::Blocks(b)) => Some(Type::Blocks(sorted([a, b].concat()))),
            (Type::Text(Some(a)), Type::Text(Some(b))) => Some(Type::Text(Some(sorted([a, b].concat())))),
            (Type::Text(_), Type::Text(_)) => Some(Type::Text(None)),
            (Type::Days(a), Type::Days(b)) => Some(Type::Days(a.max(b))),
            (a, b) => (a == b).then_some(a),
        }
    }

    /// Whether elements of the two can be compared at all.
    pub(crate) fn is_like(&self, other: &Type) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// The kinds of the blocks; none for values.
    pub(crate) fn kinds(&self) -> &[KindId] {
        match self {
            Type::Blocks(kinds) => kinds,
            Type::Text(_) | Type::Number | Type::Days(_) | Type::Flag => &[],
        }
    }

    /// The type in words, such as "norm" or "text".
    pub(crate) fn describe(&self, schema: &Schema) -> String {
        match self {
            Type::Blocks(kinds) => describe_kinds(kinds, schema),
            Type::Text(_) => "text".to_owned(),
            Type::Number => "number".to_owned(),
            Type::Days(_) => "date".to_owned(),
            Type::Flag => "yes or no".to_owned(),
        }
    }
}

/// The one kind that all of these are below, or up to three of them.
pub(crate) fn describe_kinds(kinds: &[KindId], schema: &Schema) -> String {
    if kinds == schema.concrete(&[]) {
        return "block".to_owned();
    }
    if let Some(above) = schema.kind_ids().find(|kind| schema.concrete(&[*kind]) == kinds) {
        return schema.kind(above).name.clone();
    }
    let mut names: Vec<&str> = kinds.iter().take(3).map(|kind| schema.kind(*kind).name.as_str()).collect();
    if kinds.len() > 3 {
        names.push("...");
    }
    names.join(" | ")
}

/// The elements in order, each once.
pub(crate) fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all.dedup();
    all
}

impl SetSize {
    pub(crate) const ONE: SetSize = SetSize { required: true, many: false };
    /// One or none.
    pub(crate) const OPTIONAL: SetSize = SetSize { required: false, many: false };
    pub(crate) const MANY: SetSize = SetSize { required: false, many: true };

    /// How many values a field holds.
    pub(crate) fn of_field(card: Cardinality) -> SetSize {
        SetSize { required: card.required, many: card.many }
    }

    /// The cardinality as schemas write it.
    pub(crate) fn as_str(self) -> &'static str {
        Cardinality { required: self.required, many: self.many }.as_str()
    }

    /// How many there are after a step that leads from each to so many others.
    pub(crate) fn then(self, step: SetSize) -> SetSize {
        SetSize { required: self.required && step.required, many: self.many || step.many }
    }

    /// The same number, or none.
    pub(crate) fn or_none(self) -> SetSize {
        SetSize { required: false, ..self }
    }

    /// Whether a set of this size may stand where one of the other size is wanted.
    pub(crate) fn fits(self, wanted: SetSize) -> bool {
        (self.required || !wanted.required) && (wanted.many || !self.many)
    }
}
