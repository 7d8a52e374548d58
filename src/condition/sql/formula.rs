//! Formulas: which rows of a step satisfy them.

use std::collections::BTreeSet;

use regex::Regex;

use super::literal::identifier;
use super::names::TableNames;
use super::sheet::{SqlResult, StatementBuilder};
use super::table::{SqlColumn, SqlTable, agree, list};
use super::{Untranslatable, literal};
use crate::condition::ast::tree::Quantifier;
use crate::condition::plan::{Domain, Formula, FormulaNode, VerdictTest};
use crate::model::LatticeVerdict;

impl StatementBuilder<'_> {
    /// The rows for which a formula holds.
    pub(super) fn holding(&mut self, formula: &Formula, rows: &SqlTable) -> SqlResult<SqlTable> {
        if let FormulaNode::All(parts) = &formula.node {
            return parts.iter().try_fold(rows.clone(), |rows, part| self.holding(part, &rows));
        }
        let mut slots = BTreeSet::new();
        formula.mentions(&mut slots);
        // What a formula does not speak of would only make more rows of the same.
        let narrow = self.narrowed(rows, &slots);
        let found = self.found(formula, &narrow)?;
        Ok(self.only(rows, &found))
    }

    fn found(&mut self, formula: &Formula, rows: &SqlTable) -> SqlResult<SqlTable> {
        match &formula.node {
            FormulaNode::All(_) => self.holding(formula, rows),
            FormulaNode::Any(parts) => self.any(parts, rows),
            FormulaNode::Not(inner) => {
                let inner = self.holding(inner, rows)?;
                Ok(self.without(rows, &inner))
            }
            FormulaNode::Has(quantifier, set) => {
                let set = self.set(set, rows)?;
                Ok(self.counted(*quantifier, rows, &set))
            }
            FormulaNode::Each(quantifier, domain) => {
                let admitted = self.admitted(domain, rows)?;
                Ok(self.counted(*quantifier, rows, &admitted))
            }
            FormulaNode::ForAll(domain, body) => {
                let inside = self.admitted(domain, rows)?;
                let good = self.holding(body, &inside)?;
                let exceptions = self.without(&inside, &good);
                Ok(self.without(rows, &exceptions))
            }
            FormulaNode::Relation(relation) => self.set_comparison(relation, rows),
            FormulaNode::Matches(set, pattern) => {
                let set = self.set(set, rows)?;
                self.matching(&set, pattern)
            }
            FormulaNode::Judged(judged) => self.verdict_test(judged, rows),
        }
    }

    fn any(&mut self, parts: &[Formula], rows: &SqlTable) -> SqlResult<SqlTable> {
        let mut found = Vec::new();
        for part in parts {
            found.push(self.holding(part, rows)?);
        }
        Ok(if found.is_empty() { self.nothing(rows) } else { self.combined("any", "UNION", &found) })
    }

    /// The rows that have as many elements as a quantifier wants.
    fn counted(&mut self, quantifier: Quantifier, rows: &SqlTable, set: &SqlTable) -> SqlTable {
        match quantifier {
            Quantifier::Some => self.only(rows, set),
            Quantifier::No => self.without(rows, set),
            Quantifier::One => {
                let one = self.having(set, rows, "= 1");
                self.only(rows, &one)
            }
            Quantifier::Lone => {
                let several = self.having(set, rows, "> 1");
                self.without(rows, &several)
            }
        }
    }

    /// The parts of rows that have so many elements.
    fn having(&mut self, set: &SqlTable, rows: &SqlTable, count: &str) -> SqlTable {
        let keys: Vec<SqlColumn> = set.keys().into_iter().filter(|column| rows.columns.contains(column)).collect();
        let listed = list("s", &keys);
        let body = format!("SELECT {listed} FROM {} s GROUP BY {listed} HAVING COUNT(*) {count}", set.quoted());
        self.add("counted", keys, &body)
    }

    /// The rows once for each element of a domain that its filter admits.
    pub(super) fn admitted(&mut self, domain: &Domain, rows: &SqlTable) -> SqlResult<SqlTable> {
        let set = self.set(&domain.set, rows)?;
        let inside = self.extended(rows, &set, domain.slot)?;
        match &domain.filter {
            Some(filter) => self.holding(filter, &inside),
            None => Ok(inside),
        }
    }

    fn matching(&mut self, set: &SqlTable, pattern: &Regex) -> SqlResult<SqlTable> {
        if let Some(class) = unlike(pattern.as_str()) {
            return Err(Untranslatable::new(format!(
                "`{class}` in the pattern /{}/, which SQL reads as ASCII",
                pattern.as_str()
            )));
        }
        let keys = set.keys();
        let value = list("s", &[SqlColumn::value(set.sort())]);
        let pattern = literal::text(pattern.as_str());
        let body = format!(
            "SELECT DISTINCT {} FROM {} s WHERE REGEXP_MATCHES({value}, {pattern})",
            list("s", &keys),
            set.quoted()
        );
        Ok(self.add("matching", keys, &body))
    }

    fn verdict_test(&mut self, judged: &VerdictTest, rows: &SqlTable) -> SqlResult<SqlTable> {
        let verdict =
            word(judged.verdict).ok_or_else(|| Untranslatable::new("a verdict on what cannot be compared"))?;
        let (left, right) = (self.set(&judged.left, rows)?, self.set(&judged.right, rows)?);
        let value = |alias: &str, set: &SqlTable| list(alias, &[SqlColumn::value(set.sort())]);
        let body = format!(
            "SELECT DISTINCT {} FROM {} t JOIN {} l ON {} JOIN {} r ON {} JOIN {} v ON v.{} = {} AND v.{} = {} WHERE v.{} = {}",
            list("t", &rows.columns),
            rows.quoted(),
            left.quoted(),
            agree(("t", rows), ("l", &left)),
            right.quoted(),
            agree(("t", rows), ("r", &right)),
            identifier(TableNames::verdict(judged.bond)),
            identifier("a"),
            value("l", &left),
            identifier("b"),
            value("r", &right),
            identifier("verdict"),
            literal::text(verdict)
        );
        Ok(self.add("judged", rows.columns.clone(), &body))
    }
}

/// A verdict as the tables have it; pairs that cannot be compared are in none.
pub(super) fn word(verdict: LatticeVerdict) -> Option<&'static str> {
    match verdict {
        LatticeVerdict::Proved => Some("proved"),
        LatticeVerdict::Refuted => Some("refuted"),
        LatticeVerdict::Unknown => Some("unknown"),
        LatticeVerdict::Incomparable => None,
    }
}

/// The first piece of a pattern that means all letters of the world here and those of ASCII in SQL.
fn unlike(pattern: &str) -> Option<String> {
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            let class = letters.next()?;
            if matches!(class, 'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B') {
                return Some(format!("\\{class}"));
            }
        }
    }
    None
}
