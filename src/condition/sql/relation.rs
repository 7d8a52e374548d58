//! Comparisons of two sets.

use super::Untranslatable;
use super::sheet::{SqlResult, StatementBuilder};
use super::table::{ColumnType, SqlColumn, SqlTable, agree, list, same};
use crate::condition::ast::operator::Operator;
use crate::condition::plan::Relation;

impl StatementBuilder<'_> {
    /// The rows for which two sets compare as an operator says.
    pub(super) fn set_comparison(&mut self, relation: &Relation, rows: &SqlTable) -> SqlResult<SqlTable> {
        let (left, right) = (self.set(&relation.left, rows)?, self.set(&relation.right, rows)?);
        match relation.operator {
            Operator::NotIn => {
                let (left, right) = (self.spread(&left, rows), self.spread(&right, rows));
                let outside = self.combined("outside", "EXCEPT", &[left, right]);
                Ok(self.only(rows, &outside))
            }
            Operator::SubsetOf => Ok(self.included(&left, &right, rows)),
            Operator::SameAs => {
                let there = self.included(&left, &right, rows);
                let back = self.included(&right, &left, rows);
                Ok(self.combined("same", "INTERSECT", &[there, back]))
            }
            Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::AtMost
            | Operator::Greater
            | Operator::AtLeast
            | Operator::In
            | Operator::Before
            | Operator::Covers
            | Operator::Overlaps
            | Operator::ShareDay
            | Operator::StartsWith
            | Operator::EndsWith
            | Operator::Contains => {
                let sides = (SqlColumn::value(left.sort()).seen("l"), SqlColumn::value(right.sort()).seen("r"));
                let holds = compared(relation.operator, left.sort(), (&sides.0, &sides.1));
                Ok(self.pairs(&left, &right, (rows, &holds)))
            }
            Operator::Matches => Err(Untranslatable::new("`matches` without a pattern")),
        }
    }

    /// The rows for which some two elements compare; of sets that hold one, these.
    fn pairs(&mut self, left: &SqlTable, right: &SqlTable, (rows, holds): (&SqlTable, &str)) -> SqlTable {
        let body = format!(
            "SELECT DISTINCT {} FROM {} t JOIN {} l ON {} JOIN {} r ON {} WHERE {holds}",
            list("t", &rows.columns),
            rows.quoted(),
            left.quoted(),
            agree(("t", rows), ("l", left)),
            right.quoted(),
            agree(("t", rows), ("r", right))
        );
        self.add("compared", rows.columns.clone(), &body)
    }

    /// The rows for which every element of one set is in the other.
    fn included(&mut self, left: &SqlTable, right: &SqlTable, rows: &SqlTable) -> SqlTable {
        let (left, right) = (self.spread(left, rows), self.spread(right, rows));
        let outside = self.combined("outside", "EXCEPT", &[left, right]);
        self.without(rows, &outside)
    }
}

/// The condition that two elements compare as an operator says.
fn compared(operator: Operator, sort: ColumnType, (left, right): (&[String], &[String])) -> String {
    let ends = |side: &[String]| (side.first().cloned().unwrap_or_default(), side.last().cloned().unwrap_or_default());
    let ((left_first, left_last), (right_first, right_last)) = (ends(left), ends(right));
    // Of runs of days one is less if it ends before the other begins.
    let (left_high, right_high) = match sort {
        ColumnType::Days => (&left_last, &right_last),
        ColumnType::Block | ColumnType::Text | ColumnType::Number | ColumnType::Flag => (&left_first, &right_first),
    };
    match operator {
        Operator::Equal | Operator::In | Operator::Overlaps => same(left, right),
        Operator::Unequal => format!("NOT ({})", same(left, right)),
        Operator::Less | Operator::Before => format!("{left_high} < {right_first}"),
        Operator::Greater => format!("{right_high} < {left_first}"),
        Operator::AtMost => format!("{right_high} >= {left_first}"),
        Operator::AtLeast => format!("{left_high} >= {right_first}"),
        Operator::Covers => format!("{left_first} <= {right_first} AND {left_last} >= {right_last}"),
        Operator::ShareDay => format!("{left_last} >= {right_first} AND {right_last} >= {left_first}"),
        Operator::StartsWith => format!("SUBSTR({left_first}, 1, LENGTH({right_first})) = {right_first}"),
        Operator::EndsWith => format!("RIGHT({left_first}, LENGTH({right_first})) = {right_first}"),
        Operator::Contains => format!("STRPOS({left_first}, {right_first}) > 0"),
        Operator::NotIn | Operator::SubsetOf | Operator::SameAs | Operator::Matches => "1 = 0".to_owned(),
    }
}
