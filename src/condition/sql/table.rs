//! What every step of a statement yields: named columns, each with the sort of its values.

use super::literal::identifier;
use crate::condition::native::field::NativeField;
use crate::condition::plan::Slot;
use crate::condition::values::scalar::ScalarValue;
use crate::schema::FieldType;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    Block,
    Text,
    Number,
    /// Two columns: the first and the last day.
    Days,
    Flag,
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKey {
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
pub(super) struct SqlColumn {
    pub(super) key: ColumnKey,
    pub(super) sort: ColumnType,
}

/// A named step of a statement, or a table of facts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SqlTable {
    pub(super) name: String,
    pub(super) columns: Vec<SqlColumn>,
}

impl ColumnType {
    pub(super) fn of_field(holds: &FieldType) -> ColumnType {
        match holds {
            FieldType::Ref(_) => ColumnType::Block,
            FieldType::Text
            | FieldType::Words
            | FieldType::Term
            | FieldType::Enum(_)
            | FieldType::File
            | FieldType::Fields => ColumnType::Text,
            FieldType::Number => ColumnType::Number,
            FieldType::Date | FieldType::Period => ColumnType::Days,
            FieldType::Flag => ColumnType::Flag,
        }
    }

    pub(super) fn of_native(native_field: &NativeField) -> ColumnType {
        match (native_field.leads_to_blocks(), native_field.is_number()) {
            (true, _) => ColumnType::Block,
            (false, true) => ColumnType::Number,
            (false, false) => ColumnType::Text,
        }
    }

    pub(super) fn of_element(element: &ScalarValue) -> ColumnType {
        match element {
            ScalarValue::Block(_) => ColumnType::Block,
            ScalarValue::Text(_) => ColumnType::Text,
            ScalarValue::Number(_) => ColumnType::Number,
            ScalarValue::Days(_) => ColumnType::Days,
            ScalarValue::Flag(_) => ColumnType::Flag,
        }
    }

    /// What SQL calls it.
    pub(super) fn sql_type(self) -> &'static str {
        match self {
            ColumnType::Block | ColumnType::Days => "BIGINT",
            ColumnType::Text => "VARCHAR",
            ColumnType::Number => "DOUBLE",
            ColumnType::Flag => "BOOLEAN",
        }
    }

    /// The columns that hold one element, if the first is called so.
    pub(super) fn names(self, first: &str) -> Vec<String> {
        match self {
            ColumnType::Days => vec![first.to_owned(), format!("{first}_last")],
            ColumnType::Block | ColumnType::Text | ColumnType::Number | ColumnType::Flag => vec![first.to_owned()],
        }
    }
}

impl SqlColumn {
    pub(super) const PROJECT: SqlColumn = SqlColumn { key: ColumnKey::Project, sort: ColumnType::Block };
    pub(super) const START: SqlColumn = SqlColumn { key: ColumnKey::Start, sort: ColumnType::Block };

    pub(super) fn value(sort: ColumnType) -> SqlColumn {
        SqlColumn { key: ColumnKey::Value, sort }
    }

    pub(super) fn slot(slot: Slot, sort: ColumnType) -> SqlColumn {
        SqlColumn { key: ColumnKey::Slot(slot), sort }
    }

    fn names(self) -> Vec<String> {
        self.sort.names(&match self.key {
            ColumnKey::Project => "project".to_owned(),
            ColumnKey::Start => "start".to_owned(),
            ColumnKey::Slot(slot) => format!("x{slot}"),
            ColumnKey::Value => "value".to_owned(),
        })
    }

    /// The columns of SQL, seen through an alias.
    pub(super) fn seen(self, alias: &str) -> Vec<String> {
        self.names().iter().map(|name| format!("{alias}.{}", identifier(name))).collect()
    }

    /// The same values under the name of another column.
    pub(super) fn moved(self, alias: &str, to: SqlColumn) -> String {
        named(&self.seen(alias), to)
    }
}

impl SqlTable {
    /// The name as it is written.
    pub(super) fn quoted(&self) -> String {
        identifier(&self.name)
    }

    pub(super) fn column(&self, key: ColumnKey) -> Option<SqlColumn> {
        self.columns.iter().copied().find(|column| column.key == key)
    }

    /// All columns but the value.
    pub(super) fn keys(&self) -> Vec<SqlColumn> {
        self.columns.iter().copied().filter(|column| column.key != ColumnKey::Value).collect()
    }

    /// The sort of the value.
    pub(super) fn sort(&self) -> ColumnType {
        self.column(ColumnKey::Value).map_or(ColumnType::Block, |column| column.sort)
    }
}

/// Expressions under the names of a column.
pub(super) fn named(expressions: &[String], column: SqlColumn) -> String {
    let names = column.names();
    let pairs =
        expressions.iter().zip(&names).map(|(expression, name)| format!("{expression} AS {}", identifier(name)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// Columns seen through an alias, as SELECT and GROUP BY list them.
pub(super) fn list(alias: &str, columns: &[SqlColumn]) -> String {
    columns.iter().flat_map(|column| column.seen(alias)).collect::<Vec<_>>().join(", ")
}

/// The condition that two steps agree in all that both have, values aside.
pub(super) fn agree((a, left): (&str, &SqlTable), (b, right): (&str, &SqlTable)) -> String {
    let common = left.keys().into_iter().filter(|column| right.columns.contains(column));
    let equal = common.map(|column| same(&column.seen(a), &column.seen(b)));
    equal.collect::<Vec<_>>().join(" AND ")
}

/// The condition that two elements are the same.
pub(super) fn same(left: &[String], right: &[String]) -> String {
    let equal = left.iter().zip(right).map(|(left, right)| format!("{left} = {right}"));
    equal.collect::<Vec<_>>().join(" AND ")
}
