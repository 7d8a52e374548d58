//! Paths: from blocks to what their fields hold, step by step; what is repeated is found by a step that asks itself.

use std::sync::Arc;

use super::literal::identifier;
use super::names::{BLOCK, TableNames};
use super::sheet::{SqlResult, StatementBuilder};
use super::table::{ColumnType, SqlColumn, SqlTable, list, named, same};
use crate::condition::ast::tree::Closure;
use crate::condition::plan::{Computed, Edges, Hop, Set, Step};
use crate::schema::KindId;

impl StatementBuilder<'_> {
    /// What the steps lead to from a set.
    pub(super) fn path(&mut self, start: &Set, steps: &[Step], rows: &SqlTable) -> SqlResult<SqlTable> {
        let start = self.set(start, rows)?;
        steps.iter().try_fold(start, |from, step| self.step(step, &from))
    }

    fn step(&mut self, step: &Step, from: &SqlTable) -> SqlResult<SqlTable> {
        match step {
            Step::Once(hops) => self.follow(hops, from),
            Step::Repeated(hops, closure, number) => self.repeated(hops, (*closure, *number), from),
            Step::Is(kinds) => {
                let body = format!(
                    "SELECT {} FROM {} t JOIN {} b ON b.{} = {} WHERE {}",
                    list("t", &from.columns),
                    from.quoted(),
                    identifier(BLOCK),
                    identifier("id"),
                    list("t", &[SqlColumn::value(ColumnType::Block)]),
                    self.among("b", kinds)
                );
                Ok(self.add("of_kind", from.columns.clone(), &body))
            }
        }
    }

    /// What the hops lead to, each element once for each row.
    pub(super) fn follow(&mut self, hops: &Edges, from: &SqlTable) -> SqlResult<SqlTable> {
        let mut legs = Vec::new();
        let mut sort = ColumnType::Block;
        for (hop, kinds) in hops.distinct() {
            let everywhere = hops.0.iter().filter(|of_kind| !of_kind.is_empty()).count() == kinds.len();
            let kinds = if everywhere { None } else { Some(self.only_of(&kinds)) };
            let found = self.leg(hop, from, kinds.as_deref())?;
            sort = found.1;
            legs.extend(found.0);
        }
        let columns = [from.keys(), vec![SqlColumn::value(sort)]].concat();
        if legs.is_empty() {
            return Ok(self.nothing(&SqlTable { name: from.name.clone(), columns }));
        }
        Ok(self.add("step", columns, &legs.join("\n  UNION\n  ")))
    }

    /// What joins only the blocks of some kinds.
    fn only_of(&self, kinds: &[KindId]) -> String {
        let at = list("t", &[SqlColumn::value(ColumnType::Block)]);
        format!(" JOIN {} b ON b.{} = {at} AND {}", identifier(BLOCK), identifier("id"), self.among("b", kinds))
    }

    /// The selections that one hop makes, and what it leads to.
    fn leg(&mut self, hop: &Hop, from: &SqlTable, kinds: Option<&str>) -> SqlResult<(Vec<String>, ColumnType)> {
        let schema = self.schema;
        Ok(match hop {
            Hop::Forward(field) => {
                let sort = ColumnType::of_field(&schema.field(*field).holds);
                let name = self.names.field(*field);
                let mut legs = vec![joined((from, kinds), name, ("s", sort.held()), sort)];
                if schema.field(*field).symmetric {
                    legs.push(joined((from, kinds), name, ("o", "s"), ColumnType::Block));
                }
                (legs, sort)
            }
            Hop::Backward(field) => (
                vec![joined((from, kinds), self.names.field(*field), ("o", "s"), ColumnType::Block)],
                ColumnType::Block,
            ),
            Hop::Implicit(implicit) => (
                vec![joined((from, kinds), TableNames::implicit(*implicit), ("s", "v"), ColumnType::Text)],
                ColumnType::Text,
            ),
            Hop::Native(native_field) => {
                let sort = ColumnType::of_native(native_field);
                (vec![joined((from, kinds), self.names.native(native_field), ("s", sort.held()), sort)], sort)
            }
            Hop::Computed(computed) => self.computed(computed, from, kinds)?,
        })
    }

    /// What a computed field holds, worked out once for each block that the rows lead to.
    fn computed(
        &mut self,
        computed: &Arc<Computed>,
        from: &SqlTable,
        kinds: Option<&str>,
    ) -> SqlResult<(Vec<String>, ColumnType)> {
        let (value, this) = (SqlColumn::value(ColumnType::Block), SqlColumn::slot(computed.slot, ColumnType::Block));
        let body = format!(
            "SELECT DISTINCT {}, {} FROM {} t{}",
            list("t", &[SqlColumn::PROJECT]),
            value.moved("t", this),
            from.quoted(),
            kinds.unwrap_or_default()
        );
        let blocks = self.add("this", vec![SqlColumn::PROJECT, this], &body);
        let set = self.set(&computed.set, &blocks)?;
        let set = self.spread(&set, &blocks);
        let leg = format!(
            "SELECT {}, {} FROM {} t JOIN {} c ON {}",
            list("t", &from.keys()),
            list("c", &[SqlColumn::value(set.sort())]),
            from.quoted(),
            set.quoted(),
            same(&value.seen("t"), &this.seen("c"))
        );
        Ok((vec![leg], set.sort()))
    }

    fn repeated(&mut self, hops: &Edges, (closure, number): (Closure, usize), from: &SqlTable) -> SqlResult<SqlTable> {
        let further = match closure {
            Closure::Maybe => self.follow(hops, from)?,
            Closure::Any | Closure::Once => {
                let edges = self.edges(hops, number)?;
                let reached = self.reached(&edges, from);
                let value = SqlColumn::value(ColumnType::Block);
                let body = format!(
                    "SELECT DISTINCT {}, {} FROM {} t JOIN {} r ON {}",
                    list("t", &from.keys()),
                    list("r", &[value]),
                    from.quoted(),
                    reached.quoted(),
                    same(&value.seen("t"), &SqlColumn::START.seen("r"))
                );
                self.add("reached", from.columns.clone(), &body)
            }
        };
        Ok(match closure {
            Closure::Once => further,
            Closure::Any | Closure::Maybe => self.combined("reached", "UNION", &[from.clone(), further]),
        })
    }

    /// What each block leads to when a repeated step is taken once.
    fn edges(&mut self, hops: &Edges, number: usize) -> SqlResult<SqlTable> {
        if let Some(known) = self.edges.get(&number) {
            return Ok(known.clone());
        }
        let columns = vec![SqlColumn::PROJECT, SqlColumn::START, SqlColumn::value(ColumnType::Block)];
        let id = [format!("b.{}", identifier("id"))];
        let body = format!(
            "SELECT {}, {}, {} FROM {} b",
            list("b", &[SqlColumn::PROJECT]),
            named(&id, SqlColumn::START),
            named(&id, SqlColumn::value(ColumnType::Block)),
            identifier(BLOCK)
        );
        let all = self.add("all", columns, &body);
        let edges = self.follow(hops, &all)?;
        self.edges.insert(number, edges.clone());
        Ok(edges)
    }

    /// What the blocks of a set lead to by one or more edges.
    fn reached(&mut self, edges: &SqlTable, from: &SqlTable) -> SqlTable {
        let (start, value) = (SqlColumn::START, SqlColumn::value(ColumnType::Block));
        let (edge, seeds) = (edges.quoted(), from.quoted());
        let ends = list("e", &[value]);
        self.add_recursive("reach", vec![start, value], |own| {
            format!(
                "SELECT {}, {ends} FROM {seeds} t JOIN {edge} e ON {}\n  UNION\n  SELECT {}, {ends} FROM {own} r JOIN {edge} e ON {}",
                list("e", &[start]),
                same(&value.seen("t"), &start.seen("e")),
                list("r", &[start]),
                same(&value.seen("r"), &start.seen("e"))
            )
        })
    }
}

impl ColumnType {
    /// The column of a table of facts that holds values of this sort.
    pub(super) fn held(self) -> &'static str {
        match self {
            ColumnType::Block => "o",
            ColumnType::Text | ColumnType::Number | ColumnType::Days | ColumnType::Flag => "v",
        }
    }
}

/// A selection that follows a table of facts from one column to another.
fn joined(
    (from, kinds): (&SqlTable, Option<&str>),
    table: &str,
    (near, far): (&str, &str),
    sort: ColumnType,
) -> String {
    let held: Vec<String> = sort.names(far).iter().map(|name| format!("f.{}", identifier(name))).collect();
    format!(
        "SELECT DISTINCT {}, {} FROM {} t JOIN {} f ON f.{} = {}{}",
        list("t", &from.keys()),
        named(&held, SqlColumn::value(sort)),
        from.quoted(),
        identifier(table),
        identifier(near),
        list("t", &[SqlColumn::value(ColumnType::Block)]),
        kinds.unwrap_or_default()
    )
}
