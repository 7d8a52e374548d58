//! What every step of a statement yields: named columns, each with the sort of its values.

use super::super::element::ScalarValue;
use super::super::plan::Slot;
use super::literal::identifier;
use crate::schema::FieldType;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Block,
    Text,
    Number,
    /// Two columns: the first and the last day.
    Days,
    Flag,
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The project that the row is about; every step has it.
    Project,
    /// Where a repeated step begins.
    Start,
    /// What a binder stands for.
    Slot(Slot),
    /// An element of a set.
    Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) key: Key,
    pub(super) sort: Sort,
}

/// A named step of a statement, or a table of facts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

impl Sort {
    pub(super) fn of_field(holds: &FieldType) -> Sort {
        match holds {
            FieldType::Ref(_) => Sort::Block,
            FieldType::Text
            | FieldType::Words
            | FieldType::Term
            | FieldType::Enum(_)
            | FieldType::File
            | FieldType::Fields => Sort::Text,
            FieldType::Number => Sort::Number,
            FieldType::Date | FieldType::Period => Sort::Days,
            FieldType::Flag => Sort::Flag,
        }
    }

    pub(super) fn of_element(element: &ScalarValue) -> Sort {
        match element {
            ScalarValue::Block(_) => Sort::Block,
            ScalarValue::Text(_) => Sort::Text,
            ScalarValue::Number(_) => Sort::Number,
            ScalarValue::Days(_) => Sort::Days,
            ScalarValue::Flag(_) => Sort::Flag,
        }
    }

    /// What SQL calls it.
    pub(super) fn sql_type(self) -> &'static str {
        match self {
            Sort::Block | Sort::Days => "BIGINT",
            Sort::Text => "VARCHAR",
            Sort::Number => "DOUBLE",
            Sort::Flag => "BOOLEAN",
        }
    }

    /// The columns that hold one element, if the first is called so.
    pub(super) fn names(self, first: &str) -> Vec<String> {
        match self {
            Sort::Days => vec![first.to_owned(), format!("{first}_last")],
            Sort::Block | Sort::Text | Sort::Number | Sort::Flag => vec![first.to_owned()],
        }
    }
}

impl Column {
    pub(super) const PROJECT: Column = Column { key: Key::Project, sort: Sort::Block };
    pub(super) const START: Column = Column { key: Key::Start, sort: Sort::Block };

    pub(super) fn value(sort: Sort) -> Column {
        Column { key: Key::Value, sort }
    }

    pub(super) fn slot(slot: Slot, sort: Sort) -> Column {
        Column { key: Key::Slot(slot), sort }
    }

    fn names(self) -> Vec<String> {
        self.sort.names(&match self.key {
            Key::Project => "project".to_owned(),
            Key::Start => "start".to_owned(),
            Key::Slot(slot) => format!("x{slot}"),
            Key::Value => "value".to_owned(),
        })
    }

    /// The columns of SQL, seen through an alias.
    pub(super) fn seen(self, alias: &str) -> Vec<String> {
        self.names().iter().map(|name| format!("{alias}.{}", identifier(name))).collect()
    }

    /// The same values under the name of another column.
    pub(super) fn moved(self, alias: &str, to: Column) -> String {
        named(&self.seen(alias), to)
    }
}

impl Table {
    /// The name as it is written.
    pub(super) fn quoted(&self) -> String {
        identifier(&self.name)
    }

    pub(super) fn column(&self, key: Key) -> Option<Column> {
        self.columns.iter().copied().find(|column| column.key == key)
    }

    /// All columns but the value.
    pub(super) fn keys(&self) -> Vec<Column> {
        self.columns.iter().copied().filter(|column| column.key != Key::Value).collect()
    }

    /// The sort of the value.
    pub(super) fn sort(&self) -> Sort {
        self.column(Key::Value).map_or(Sort::Block, |column| column.sort)
    }
}

/// Expressions under the names of a column.
pub(super) fn named(expressions: &[String], column: Column) -> String {
    let names = column.names();
    let pairs =
        expressions.iter().zip(&names).map(|(expression, name)| format!("{expression} AS {}", identifier(name)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// Columns seen through an alias, as SELECT and GROUP BY list them.
pub(super) fn list(alias: &str, columns: &[Column]) -> String {
    columns.iter().flat_map(|column| column.seen(alias)).collect::<Vec<_>>().join(", ")
}

/// The condition that two steps agree in all that both have, values aside.
pub(super) fn agree((a, left): (&str, &Table), (b, right): (&str, &Table)) -> String {
    let common = left.keys().into_iter().filter(|column| right.columns.contains(column));
    let equal = common.map(|column| same(&column.seen(a), &column.seen(b)));
    equal.collect::<Vec<_>>().join(" AND ")
}

/// The condition that two elements are the same.
pub(super) fn same(left: &[String], right: &[String]) -> String {
    let equal = left.iter().zip(right).map(|(left, right)| format!("{left} = {right}"));
    equal.collect::<Vec<_>>().join(" AND ")
}
