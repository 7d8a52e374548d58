//! The statement as it grows: one named step after another, made with joins and with sets alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Untranslatable;
use super::names::TableNames;
use super::table::{ColumnKey, SqlColumn, SqlTable, agree, list, named};
use crate::condition::plan::Slot;
use crate::schema::Schema;

/// What is printed, or why it cannot be.
pub(super) type SqlResult<T> = Result<T, Untranslatable>;

/// The steps that have been written so far.
pub(super) struct StatementBuilder<'a> {
    pub(super) schema: &'a Schema,
    pub(super) names: TableNames,
    steps: Vec<String>,
    /// The steps by what they select: what is asked twice is worked out once.
    known: HashMap<String, SqlTable>,
    /// By the number of the repeated step: all that it leads to when it is taken once.
    pub(super) edges: BTreeMap<usize, SqlTable>,
}

impl<'a> StatementBuilder<'a> {
    pub(super) fn new(schema: &'a Schema) -> StatementBuilder<'a> {
        StatementBuilder {
            schema,
            names: TableNames::new(schema),
            steps: Vec::new(),
            known: HashMap::new(),
            edges: BTreeMap::new(),
        }
    }

    /// The whole statement, which ends with this.
    pub(super) fn ending(&self, last: &str) -> String {
        format!("WITH RECURSIVE\n{}\n{last};\n", self.steps.join(",\n"))
    }

    /// Adds a step.
    pub(super) fn add(&mut self, stem: &str, columns: Vec<SqlColumn>, body: &str) -> SqlTable {
        if let Some(known) = self.known.get(body).filter(|known| known.columns == columns) {
            return known.clone();
        }
        let table = self.table(stem, columns);
        self.steps.push(format!("{} AS MATERIALIZED (\n  {body}\n)", table.quoted()));
        self.known.insert(body.to_owned(), table.clone());
        table
    }

    /// Adds a step that asks itself; `body` is told how it is called.
    pub(super) fn add_recursive(
        &mut self,
        stem: &str,
        columns: Vec<SqlColumn>,
        body: impl Fn(&str) -> String,
    ) -> SqlTable {
        let table = self.table(stem, columns);
        self.steps.push(format!("{} AS (\n  {}\n)", table.quoted(), body(&table.quoted())));
        table
    }

    fn table(&self, stem: &str, columns: Vec<SqlColumn>) -> SqlTable {
        SqlTable { name: format!("{stem}_{}", self.steps.len() + 1), columns }
    }

    /// The rows of a step with only the binders among these, each once.
    pub(super) fn narrowed(&mut self, table: &SqlTable, slots: &BTreeSet<Slot>) -> SqlTable {
        let stays = |column: &SqlColumn| match column.key {
            ColumnKey::Project | ColumnKey::Start => true,
            ColumnKey::Slot(slot) => slots.contains(&slot),
            ColumnKey::Value => false,
        };
        let columns: Vec<SqlColumn> = table.columns.iter().copied().filter(stays).collect();
        if columns == table.columns {
            return table.clone();
        }
        let body = format!("SELECT DISTINCT {} FROM {} t", list("t", &columns), table.quoted());
        self.add("for", columns, &body)
    }

    /// The rows of a step that agree with some row of another.
    pub(super) fn only(&mut self, table: &SqlTable, found: &SqlTable) -> SqlTable {
        if table.columns == found.columns {
            return found.clone();
        }
        let body = format!(
            "SELECT DISTINCT {} FROM {} t JOIN {} f ON {}",
            list("t", &table.columns),
            table.quoted(),
            found.quoted(),
            agree(("t", table), ("f", found))
        );
        self.add("with", table.columns.clone(), &body)
    }

    /// The rows of a step that agree with no row of another.
    pub(super) fn without(&mut self, table: &SqlTable, found: &SqlTable) -> SqlTable {
        let found = self.only(table, found);
        self.combined("without", "EXCEPT", &[table.clone(), found])
    }

    /// Steps with the same columns, combined.
    pub(super) fn combined(&mut self, stem: &str, how: &str, tables: &[SqlTable]) -> SqlTable {
        let columns = tables.first().map(|table| table.columns.clone()).unwrap_or_default();
        let selected = |table: &SqlTable| format!("SELECT {} FROM {} t", list("t", &columns), table.quoted());
        let body = tables.iter().map(selected).collect::<Vec<_>>().join(&format!("\n  {how}\n  "));
        self.add(stem, columns.clone(), &body)
    }

    /// A set for every row of a step, although it depends on a part of the row only.
    pub(super) fn spread(&mut self, set: &SqlTable, table: &SqlTable) -> SqlTable {
        let keys = table.keys();
        if set.keys() == keys {
            return set.clone();
        }
        let value = SqlColumn::value(set.sort());
        let body = format!(
            "SELECT {}, {} FROM {} t JOIN {} s ON {}",
            list("t", &keys),
            list("s", &[value]),
            table.quoted(),
            set.quoted(),
            agree(("t", table), ("s", set))
        );
        self.add("set", [keys, vec![value]].concat(), &body)
    }

    /// The rows of a step once for each element of a set, which a binder stands for.
    pub(super) fn extended(&mut self, table: &SqlTable, set: &SqlTable, slot: Slot) -> SqlResult<SqlTable> {
        if table.column(ColumnKey::Slot(slot)).is_some() {
            return Err(Untranslatable::new("a name that is bound inside what it stands for"));
        }
        let bound = SqlColumn::slot(slot, set.sort());
        let body = format!(
            "SELECT {}, {} FROM {} t JOIN {} s ON {}",
            list("t", &table.columns),
            SqlColumn::value(set.sort()).moved("s", bound),
            table.quoted(),
            set.quoted(),
            agree(("t", table), ("s", set))
        );
        Ok(self.add("each", [table.columns.clone(), vec![bound]].concat(), &body))
    }

    /// No row at all.
    pub(super) fn nothing(&mut self, table: &SqlTable) -> SqlTable {
        let body = format!("SELECT {} FROM {} t WHERE 1 = 0", list("t", &table.columns), table.quoted());
        self.add("none", table.columns.clone(), &body)
    }

    /// The rows of a step, each with a value that follows from it.
    pub(super) fn valued(&mut self, table: &SqlTable, value: (SqlColumn, &[String]), rest: &str) -> SqlTable {
        let (column, expressions) = value;
        let keys = table.keys();
        let body = format!(
            "SELECT DISTINCT {}, {} FROM {} t{rest}",
            list("t", &keys),
            named(expressions, column),
            table.quoted()
        );
        self.add("set", [keys, vec![column]].concat(), &body)
    }
}
