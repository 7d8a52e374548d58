//! Functions of sets, and sums and products.

use super::literal::identifier;
use super::names::{LOWER, WORDS};
use super::sheet::{SqlResult, StatementBuilder};
use super::table::{ColumnType, SqlColumn, SqlTable, agree, list, named, same};
use super::{Untranslatable, literal};
use crate::condition::ast::tree::Sign;
use crate::condition::plan::{Set, SetNode, Step};
use crate::condition::values::function::Function;

/// So many days lie between the ends of the calendar.
const FARTHEST: u32 = 7_304_484;

impl StatementBuilder<'_> {
    /// What a function makes of a set.
    pub(super) fn applied(&mut self, function: Function, inner: &Set, rows: &SqlTable) -> SqlResult<SqlTable> {
        if let SetNode::Values(values) = &inner.node {
            return Ok(self.values(&function.apply(values.clone()), rows));
        }
        if function == Function::Sum {
            return self.sum(inner, rows);
        }
        let set = self.set(inner, rows)?;
        let value = SqlColumn::value(set.sort()).seen("t");
        let number = SqlColumn::value(ColumnType::Number);
        Ok(match function {
            Function::Count => {
                let counted = &SqlColumn::value(set.sort()).seen("s")[0];
                self.aggregate(rows, &set, &format!("CAST(COUNT({counted}) AS DOUBLE)"))
            }
            Function::Sum => unreachable!("it is told apart above"),
            Function::Min | Function::Max => self.extreme(function, &set),
            Function::Len => self.valued(&set, (number, &[format!("CAST(LENGTH({}) AS DOUBLE)", value[0])]), ""),
            Function::Words => self.looked_up(WORDS, inner, &set)?,
            Function::Lower => self.looked_up(LOWER, inner, &set)?,
            Function::Start | Function::End => {
                let day = if function == Function::Start { value[0].clone() } else { value[value.len() - 1].clone() };
                let days = SqlColumn::value(ColumnType::Days);
                self.valued(&set, (days, &[day.clone(), day.clone()]), &format!(" WHERE {}", literal::is_day(&day)))
            }
        })
    }

    /// A number made of all elements of each row, also of rows without any.
    fn aggregate(&mut self, rows: &SqlTable, set: &SqlTable, expression: &str) -> SqlTable {
        let number = SqlColumn::value(ColumnType::Number);
        let keys = rows.keys();
        let body = format!(
            "SELECT {}, {} FROM {} t LEFT JOIN {} s ON {} GROUP BY {}",
            list("t", &keys),
            named(&[expression.to_owned()], number),
            rows.quoted(),
            set.quoted(),
            agree(("t", rows), ("s", set)),
            list("t", &keys)
        );
        self.add("number", [keys, vec![number]].concat(), &body)
    }

    /// The numbers of a path together, those of different blocks counted apart.
    fn sum(&mut self, inner: &Set, rows: &SqlTable) -> SqlResult<SqlTable> {
        let total = |alias: &str| format!("COALESCE(SUM({}), 0)", list(alias, &[SqlColumn::value(ColumnType::Number)]));
        let Some((start, (Step::Once(last), before))) = inner.last_step() else {
            let set = self.set(inner, rows)?;
            return Ok(self.aggregate(rows, &set, &total("s")));
        };
        let holders = self.path(start, before, rows)?;
        let value = SqlColumn::value(ColumnType::Block);
        let body = format!(
            "SELECT {}, {}, {} FROM {} t",
            list("t", &holders.keys()),
            value.moved("t", SqlColumn::START),
            list("t", &[value]),
            holders.quoted()
        );
        let holders = self.add("holders", [holders.keys(), vec![SqlColumn::START, value]].concat(), &body);
        let numbers = self.follow(last, &holders)?;
        Ok(self.aggregate(rows, &numbers, &total("s")))
    }

    /// The smallest or the largest element of each row; of runs of days that begin or end together, the shortest.
    fn extreme(&mut self, function: Function, set: &SqlTable) -> SqlTable {
        let keys = set.keys();
        let least = if function == Function::Min { "MIN" } else { "MAX" };
        let value = SqlColumn::value(set.sort());
        let seen = value.seen("s");
        let listed = list("s", &keys);
        let single = |of: &str| format!("SELECT {listed}, {of} FROM {} s GROUP BY {listed}", set.quoted());
        let columns = [keys.clone(), vec![value]].concat();
        let [first, last] = seen.as_slice() else {
            return self.add("extreme", columns, &single(&named(&[format!("{least}({})", seen[0])], value)));
        };
        let (decides, other) = if function == Function::Min { (first, last) } else { (last, first) };
        let bound = SqlColumn::START;
        let body = single(&named(&[format!("{least}({decides})")], bound));
        let best = self.add("extreme", [keys.clone(), vec![bound]].concat(), &body);
        let other = format!("{least}({other})");
        let both = if function == Function::Min { [decides.clone(), other] } else { [other, decides.clone()] };
        let body = format!(
            "SELECT {listed}, {} FROM {} s JOIN {} m ON {} AND {} GROUP BY {listed}, {decides}",
            named(&both, value),
            set.quoted(),
            best.quoted(),
            agree(("s", set), ("m", &best)),
            same(std::slice::from_ref(decides), &bound.seen("m"))
        );
        self.add("extreme", columns, &body)
    }

    /// What a table says of each text; it knows those that blocks hold.
    fn looked_up(&mut self, table: &str, inner: &Set, set: &SqlTable) -> SqlResult<SqlTable> {
        if !matches!(inner.node, SetNode::Path(..)) {
            return Err(Untranslatable::new("`words` or `lower` of what is not held by a field"));
        }
        let value = SqlColumn::value(ColumnType::Text);
        let rest = format!(" JOIN {} f ON f.{} = {}", identifier(table), identifier("s"), list("t", &[value]));
        Ok(self.valued(set, (value, &[format!("f.{}", identifier("v"))]), &rest))
    }

    /// Two values make one, from left to right; none as soon as one is missing.
    pub(super) fn calculated(&mut self, first: &Set, others: &[(Sign, Set)], rows: &SqlTable) -> SqlResult<SqlTable> {
        let mut result = self.set(first, rows)?;
        for (sign, other) in others {
            let other = self.set(other, rows)?;
            let sides = (result.sort(), other.sort());
            let (left, right) = (SqlColumn::value(sides.0).seen("l"), SqlColumn::value(sides.1).seen("r"));
            let (sort, expressions, possible) = arithmetic(*sign, sides, (&left, &right));
            let value = SqlColumn::value(sort);
            let keys = rows.keys();
            let body = format!(
                "SELECT {}, {} FROM {} t JOIN {} l ON {} JOIN {} r ON {} WHERE {possible}",
                list("t", &keys),
                named(&expressions, value),
                rows.quoted(),
                result.quoted(),
                agree(("t", rows), ("l", &result)),
                other.quoted(),
                agree(("t", rows), ("r", &other))
            );
            result = self.add("number", [keys, vec![value]].concat(), &body);
        }
        Ok(result)
    }
}

/// What comes of two values, and when there is such a number or day.
fn arithmetic(
    sign: Sign,
    sorts: (ColumnType, ColumnType),
    (left, right): (&[String], &[String]),
) -> (ColumnType, Vec<String>, String) {
    match sorts {
        (ColumnType::Days, ColumnType::Days) => {
            let possible = format!("{} AND {}", literal::is_day(&left[0]), literal::is_day(&right[0]));
            (ColumnType::Number, vec![format!("CAST({} - {} AS DOUBLE)", left[0], right[0])], possible)
        }
        (ColumnType::Days, _) => {
            let sign = if sign == Sign::Minus { "-" } else { "+" };
            // What is too far for the calendar must not be too large for the number either.
            let count = format!("CAST(TRUNC(LEAST(GREATEST({}, -1e8), 1e8)) AS BIGINT)", right[0]);
            let shifted = |end: &String| {
                let day = literal::is_day(end);
                format!("CASE WHEN {day} THEN {end} {sign} {count} ELSE {end} END")
            };
            let days: Vec<String> = left.iter().map(shifted).collect();
            let possible: Vec<String> = days.iter().map(|day| literal::is_in_calendar(&format!("({day})"))).collect();
            let small = format!("ABS(TRUNC({})) <= {FARTHEST}", right[0]);
            (ColumnType::Days, days, format!("{small} AND {}", possible.join(" AND ")))
        }
        (ColumnType::Block | ColumnType::Text | ColumnType::Number | ColumnType::Flag, _) => {
            let (sign, possible) = match sign {
                Sign::Plus => ("+", "1 = 1".to_owned()),
                Sign::Minus => ("-", "1 = 1".to_owned()),
                Sign::Times => ("*", "1 = 1".to_owned()),
                Sign::Over => ("/", format!("{} <> 0", right[0])),
            };
            let number = format!("{} {sign} {}", left[0], right[0]);
            let finite = format!("{possible} AND ABS({number}) <= {}", literal::number(f64::MAX));
            (ColumnType::Number, vec![number], finite)
        }
    }
}
