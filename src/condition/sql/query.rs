//! A whole condition as one statement: the binders of `for`, one after the other, then `when`, then the judgement.

use serde::Serialize;

use super::literal::identifier;
use super::names::BLOCK;
use super::sheet::{SqlResult, StatementBuilder};
use super::table::{ColumnKey, ColumnType, SqlColumn, SqlTable, agree, list, same};
use super::{Untranslatable, literal};
use crate::condition::eval::rows::by_last_binder;
use crate::condition::plan::{Formula, FormulaNode, Plan, Range, Set, Slot, Truth};
use crate::condition::query::compile::Query;
use crate::condition::values::row::Row;
use crate::condition::values::scalar::ScalarValue;
use crate::schema::{KindId, Schema};

impl Query {
    /// The condition as a statement that returns the offending rows: for each binder of `for` the number of its block, or
    /// its value.
    ///
    /// It is to be run over the tables that [`super::Facts`] writes. `schema` is the one that the condition was
    /// checked against.
    ///
    /// # Errors
    /// With what SQL does not know, if the condition uses any of it.
    pub fn sql(&self, schema: &Schema) -> Result<String, Untranslatable> {
        let mut sheet = StatementBuilder::new(schema);
        let rows = sheet.offending(&self.plan)?;
        let names = self.binders().iter().take(self.free()).map(|binder| binder.name.as_str());
        let columns = names.enumerate().filter_map(|(slot, name)| Some((rows.column(ColumnKey::Slot(slot))?, name)));
        let selected: Vec<String> = columns.map(|(column, name)| shown(column, name)).collect();
        Ok(sheet.ending(&format!("SELECT {}\nFROM {} t\nORDER BY ALL", selected.join(", "), rows.quoted())))
    }
}

/// A column under the name of its binder.
fn shown(column: SqlColumn, name: &str) -> String {
    let names = column.sort.names(name);
    let pairs = column.seen("t").into_iter().zip(&names).map(|(seen, name)| format!("{seen} AS {}", identifier(name)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// What a statement returns in one column.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum OutputColumn {
    /// The number of a block, or a day.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `yes` or `no`.
    Flag(bool),
}

/// What the statement of a condition returns for a row that offends; blocks count from `first`.
pub fn cells(row: &Row, query: &Query, first: u64) -> Vec<OutputColumn> {
    let names = query.binders().iter().take(query.free()).map(|binder| binder.name.as_str());
    names.filter_map(|name| row.element(name).first()).flat_map(|element| cells_of(element, first)).collect()
}

fn cells_of(element: &ScalarValue, first: u64) -> Vec<OutputColumn> {
    match element {
        ScalarValue::Block(block) => {
            vec![OutputColumn::Integer(i64::try_from(first + u64::from(block.0)).unwrap_or(i64::MAX))]
        }
        ScalarValue::Text(words) => vec![OutputColumn::Text(words.clone())],
        ScalarValue::Number(value) => vec![OutputColumn::Number(*value)],
        ScalarValue::Days(run) => literal::days(run).map(OutputColumn::Integer).into(),
        ScalarValue::Flag(flag) => vec![OutputColumn::Flag(*flag)],
    }
}

impl StatementBuilder<'_> {
    /// The rows that offend.
    fn offending(&mut self, plan: &Plan) -> SqlResult<SqlTable> {
        let rows = self.candidates(plan)?;
        let (formula, offends) = plan.offence();
        let found = self.holding(formula, &rows)?;
        Ok(match offends {
            Truth::Holds => found,
            Truth::Fails => self.combined("without", "EXCEPT", &[rows, found]),
        })
    }

    /// The rows that `for` and `when` leave.
    fn candidates(&mut self, plan: &Plan) -> SqlResult<SqlTable> {
        let when = by_last_binder(plan);
        let root =
            format!("SELECT p.{} AS {} FROM {} p", identifier("id"), identifier("project"), identifier("project"));
        let mut rows = self.add("projects", vec![SqlColumn::PROJECT], &root);
        for (slot, range) in plan.ranges.iter().enumerate() {
            rows = match range {
                Range::Kinds(kinds) => self.linked(plan, (slot, kinds), &rows)?,
                Range::In(set) => {
                    let set = self.set(set, &rows)?;
                    self.extended(&rows, &set, slot)?
                }
            };
            for formula in &when[slot] {
                rows = self.holding(formula, &rows)?;
            }
        }
        Ok(rows)
    }

    /// The rows so far, once for each block of some kinds that a condition links to them; without one, for every block.
    fn linked(&mut self, plan: &Plan, (slot, kinds): (Slot, &[KindId]), rows: &SqlTable) -> SqlResult<SqlTable> {
        let blocks = self.blocks(slot, kinds);
        let links = plan.necessary().filter_map(|formula| link(slot, formula));
        let Some((before, own)) = links.min_by_key(|(_, own)| own.repeats()) else {
            let body = format!(
                "SELECT {}, {} FROM {} t JOIN {} b ON {}",
                list("t", &rows.columns),
                list("b", &[SqlColumn::slot(slot, ColumnType::Block)]),
                rows.quoted(),
                blocks.quoted(),
                agree(("t", rows), ("b", &blocks))
            );
            return Ok(self.add(
                "each",
                [rows.columns.clone(), vec![SqlColumn::slot(slot, ColumnType::Block)]].concat(),
                &body,
            ));
        };
        let (before, own) = (self.set(before, rows)?, self.set(own, &blocks)?);
        let columns = [rows.columns.clone(), vec![SqlColumn::slot(slot, ColumnType::Block)]].concat();
        let body = format!(
            "SELECT DISTINCT {}, {} FROM {} t JOIN {} l ON {} JOIN {} r ON {} AND {}",
            list("t", &rows.columns),
            list("r", &[SqlColumn::slot(slot, ColumnType::Block)]),
            rows.quoted(),
            before.quoted(),
            agree(("t", rows), ("l", &before)),
            own.quoted(),
            agree(("l", &before), ("r", &own)),
            same(&SqlColumn::value(before.sort()).seen("l"), &SqlColumn::value(own.sort()).seen("r"))
        );
        Ok(self.add("each", columns, &body))
    }

    /// The blocks of these kinds.
    fn blocks(&mut self, slot: Slot, kinds: &[KindId]) -> SqlTable {
        let bound = SqlColumn::slot(slot, ColumnType::Block);
        let kinds = self.among("b", kinds);
        let id = format!("b.{}", identifier("id"));
        let body = format!(
            "SELECT b.{}, {} FROM {} b WHERE {kinds}",
            identifier("project"),
            super::table::named(&[id], bound),
            identifier(BLOCK)
        );
        self.add("blocks", vec![SqlColumn::PROJECT, bound], &body)
    }

    /// The condition that a block is of one of these kinds.
    pub(super) fn among(&self, alias: &str, kinds: &[KindId]) -> String {
        let names: Vec<String> = kinds.iter().map(|kind| literal::text(&self.schema.kind(*kind).name)).collect();
        format!("{alias}.{} IN ({})", identifier("kind"), names.join(", "))
    }
}

/// The two sets of a comparison that only holds where they meet: one made from the binders before, one from this binder.
fn link(slot: Slot, formula: &Formula) -> Option<(&Set, &Set)> {
    let FormulaNode::Relation(relation) = &formula.node else { return None };
    let sides = relation.operator.is_shared().then(|| relation.joined(slot, ((), ())));
    sides?.map(|[(before, ()), (own, ())]| (before, own))
}
