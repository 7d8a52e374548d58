//! Sets: every row of a step with each element that the set has there, each once.

use super::sheet::{SqlResult, StatementBuilder};
use super::table::{ColumnKey, ColumnType, SqlColumn, SqlTable, list, named};
use super::{Untranslatable, literal};
use crate::condition::ast::tree::Combine;
use crate::condition::plan::{Set, SetNode, Slot};
use crate::condition::values::scalar::ScalarValue;

impl StatementBuilder<'_> {
    /// The elements of a set for every row; what the set does not depend on is left out of the rows.
    pub(super) fn set(&mut self, set: &Set, rows: &SqlTable) -> SqlResult<SqlTable> {
        let rows = self.narrowed(rows, &set.mentioned());
        match &set.node {
            SetNode::Bound(slot) => self.bound(*slot, &rows),
            SetNode::Values(values) => Ok(self.values(values, &rows)),
            SetNode::Combined(first, others) => self.combination(first, others, &rows),
            SetNode::Path(start, steps) => self.path(start, steps, &rows),
            SetNode::Apply(function, inner) => self.applied(*function, inner, &rows),
            SetNode::Arithmetic(first, others) => self.calculated(first, others, &rows),
            SetNode::Else(inner, instead) => self.otherwise(inner, instead, &rows),
            SetNode::Where(domain) => {
                let admitted = self.admitted(domain, &rows)?;
                let bound = admitted.column(ColumnKey::Slot(domain.slot)).ok_or_else(unbound)?;
                let value = SqlColumn::value(bound.sort);
                let body = format!(
                    "SELECT {}, {} FROM {} t",
                    list("t", &rows.columns),
                    bound.moved("t", value),
                    admitted.quoted()
                );
                Ok(self.add("set", [rows.columns, vec![value]].concat(), &body))
            }
        }
    }

    fn bound(&mut self, slot: Slot, rows: &SqlTable) -> SqlResult<SqlTable> {
        let bound = rows.column(ColumnKey::Slot(slot)).ok_or_else(unbound)?;
        Ok(self.valued(rows, (SqlColumn::value(bound.sort), &bound.seen("t")), ""))
    }

    pub(super) fn values(&mut self, values: &[ScalarValue], rows: &SqlTable) -> SqlTable {
        let sort = values.first().map_or(ColumnType::Text, ColumnType::of_element);
        let value = SqlColumn::value(sort);
        let row = |element: &ScalarValue| format!("SELECT {}", named(&literal::element(element, 0), value));
        let listed = match values {
            [] => format!("SELECT {} WHERE 1 = 0", named(&[literal::text("")], value)),
            [_, ..] => values.iter().map(row).collect::<Vec<_>>().join(" UNION "),
        };
        self.valued(rows, (value, &value.seen("v")), &format!(" CROSS JOIN ({listed}) v"))
    }

    fn combination(&mut self, first: &Set, others: &[(Combine, Set)], rows: &SqlTable) -> SqlResult<SqlTable> {
        let first = self.set(first, rows)?;
        let mut combined = self.spread(&first, rows);
        for (how, other) in others {
            let other = self.set(other, rows)?;
            let other = self.spread(&other, rows);
            let how = match how {
                Combine::Union => "UNION",
                Combine::Minus => "EXCEPT",
                Combine::Meet => "INTERSECT",
            };
            combined = self.combined("set", how, &[combined, other]);
        }
        Ok(combined)
    }

    /// A set, or a value for the rows that have none.
    fn otherwise(&mut self, inner: &Set, instead: &ScalarValue, rows: &SqlTable) -> SqlResult<SqlTable> {
        let inner = self.set(inner, rows)?;
        let inner = self.spread(&inner, rows);
        let rest = self.without(rows, &inner);
        let instead = self.values(std::slice::from_ref(instead), &rest);
        Ok(self.combined("set", "UNION", &[inner, instead]))
    }
}

fn unbound() -> Untranslatable {
    Untranslatable::new("a name that is bound elsewhere")
}
