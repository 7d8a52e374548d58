//! The claims of projects as tables: what blocks hold, what the program finds out about them, and verdicts on pairs of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::formula::word;
use super::literal;
use super::literal::identifier;
use super::names::{BLOCK, IMPLICIT, LOWER, PROJECT, TableNames, VERDICTS, WORDS};
use super::table::ColumnType;
use crate::condition::ast::tree::LatticeRelation;
use crate::condition::eval::budget::Budget;
use crate::condition::eval::evaluator::implied;
use crate::condition::native::field::NativeField;
use crate::condition::values::function::Function;
use crate::condition::values::scalar::ScalarValue;
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldId, KindId, Schema};

/// How many rows one INSERT adds.
const AT_ONCE: usize = 500;

/// One project among those that are written into the same tables.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The number of the project.
    pub number: usize,
    /// What it is called.
    pub name: &'a str,
    /// The number of its first block; the others follow in document order.
    pub first: u64,
}

/// Writes projects as CREATE TABLE and INSERT statements, for the statements of conditions to be run over.
pub struct FactExport<'a> {
    into: &'a mut dyn Write,
    /// The tables that were created already.
    created: BTreeSet<String>,
}

/// Writes one project.
struct FactWriter<'a, 'b> {
    facts: &'b mut FactExport<'a>,
    corpus: &'b Corpus,
    batch: Batch<'b>,
    /// Every text that some block holds.
    texts: BTreeSet<String>,
}

impl<'a> FactExport<'a> {
    /// Writes into `into`, whatever is made safe to be shown.
    pub fn new(into: &'a mut dyn Write) -> FactExport<'a> {
        FactExport { into, created: BTreeSet::new() }
    }

    /// Writes one project; tables that were not written before are created.
    ///
    /// Returns whether the verdicts on all pairs were within the budget; those beyond it are left out.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, corpus: &Corpus, batch: Batch<'_>, budget: &mut Budget) -> io::Result<bool> {
        let mut writer = FactWriter { facts: self, corpus, batch, texts: BTreeSet::new() };
        writer.blocks()?;
        let names = TableNames::new(&corpus.schema);
        for (field, name) in names.fields() {
            writer.field(field, name)?;
        }
        for (native_field, name) in names.natives() {
            writer.native(native_field, name)?;
        }
        writer.texts()?;
        let mut whole = true;
        for (bond, name) in VERDICTS {
            whole &= writer.verdicts(bond, name, budget)?;
        }
        Ok(whole)
    }

    fn create(&mut self, table: &str, columns: &[(String, ColumnType)]) -> io::Result<()> {
        if !self.created.insert(table.to_owned()) {
            return Ok(());
        }
        let column = |(name, sort): &(String, ColumnType)| format!("{} {} NOT NULL", identifier(name), sort.sql_type());
        let columns: Vec<String> = columns.iter().map(column).collect();
        writeln!(self.into, "CREATE TABLE {} ({});", identifier(table), columns.join(", "))
    }

    fn insert(&mut self, table: &str, rows: &[Vec<String>]) -> io::Result<()> {
        for rows in rows.chunks(AT_ONCE) {
            let rows: Vec<String> = rows.iter().map(|row| format!("({})", row.join(", "))).collect();
            writeln!(self.into, "INSERT INTO {} VALUES\n{};", identifier(table), rows.join(",\n"))?;
        }
        Ok(())
    }
}

impl FactWriter<'_, '_> {
    fn blocks(&mut self) -> io::Result<()> {
        let (corpus, project) = (self.corpus, self.batch.number.to_string());
        self.facts.create(PROJECT, &columns(&[("id", ColumnType::Block), ("folder", ColumnType::Text)]))?;
        self.facts.insert(PROJECT, &[vec![project.clone(), literal::text(self.batch.name)]])?;
        self.facts.create(
            BLOCK,
            &columns(&[("id", ColumnType::Block), ("project", ColumnType::Block), ("kind", ColumnType::Text)]),
        )?;
        let kind = |block: BlockId| literal::text(&corpus.schema.kind(corpus.block(block).kind()).name);
        let rows: Vec<Vec<String>> =
            corpus.block_ids().map(|block| vec![self.number(block), project.clone(), kind(block)]).collect();
        self.facts.insert(BLOCK, &rows)?;
        for (implicit, name) in IMPLICIT {
            self.facts.create(name, &columns(&[("s", ColumnType::Block), ("v", ColumnType::Text)]))?;
            let held = |block| implied(corpus, block, implicit).map(|text| (block, ScalarValue::Text(text.to_owned())));
            let rows = corpus.block_ids().filter_map(held).collect();
            self.held(name, rows)?;
        }
        Ok(())
    }

    fn number(&self, block: BlockId) -> String {
        (self.batch.first + u64::from(block.0)).to_string()
    }

    /// Adds elements to a table by the blocks that hold them.
    fn held(&mut self, table: &str, rows: Vec<(BlockId, ScalarValue)>) -> io::Result<()> {
        let mut written = Vec::new();
        for (block, element) in rows {
            let mut row = vec![self.number(block)];
            row.extend(literal::element(&element, self.batch.first));
            written.push(row);
            if let ScalarValue::Text(text) = element {
                self.texts.insert(text);
            }
        }
        self.facts.insert(table, &written)
    }

    /// The values of a field; those that were reported as broken are left out.
    fn field(&mut self, field: FieldId, name: &str) -> io::Result<()> {
        let corpus = self.corpus;
        let sort = ColumnType::of_field(&corpus.schema.field(field).holds);
        let position = (sort == ColumnType::Block).then_some(("pos".to_owned(), ColumnType::Block));
        let held = sort.names(sort.held()).into_iter().map(|name| (name, sort));
        let all: Vec<(String, ColumnType)> =
            [("s".to_owned(), ColumnType::Block)].into_iter().chain(held).chain(position).collect();
        self.facts.create(name, &all)?;
        let mut rows = Vec::new();
        for block in corpus.block_ids() {
            for (at, held) in corpus.values(block, field).iter().enumerate() {
                let Some(element) = ScalarValue::of(&held.value) else { continue };
                let mut row = vec![self.number(block)];
                row.extend(literal::element(&element, self.batch.first));
                row.extend((sort == ColumnType::Block).then(|| at.to_string()));
                rows.push(row);
                if let ScalarValue::Text(text) = element {
                    self.texts.insert(text);
                }
            }
        }
        self.facts.insert(name, &rows)
    }

    /// What a provider finds, for the blocks whose kind has a field for it.
    fn native(&mut self, native_field: &NativeField, name: &str) -> io::Result<()> {
        let corpus = self.corpus;
        let sort = ColumnType::of_native(native_field);
        self.facts.create(name, &columns(&[("s", ColumnType::Block), (sort.held(), sort)]))?;
        let kinds = asking(native_field, &corpus.schema);
        let blocks: Vec<BlockId> =
            corpus.block_ids().filter(|block| kinds.contains(&corpus.block(*block).kind())).collect();
        let found = blocks
            .into_iter()
            .flat_map(|block| native_field.of(corpus, block).into_iter().map(move |element| (block, element)));
        let rows = found.collect();
        self.held(name, rows)
    }

    /// The texts, with their words and in small letters.
    fn texts(&mut self) -> io::Result<()> {
        let texts = std::mem::take(&mut self.texts);
        for (table, function) in [(WORDS, Function::Words), (LOWER, Function::Lower)] {
            self.facts.create(table, &columns(&[("s", ColumnType::Text), ("v", ColumnType::Text)]))?;
            let mut rows = Vec::new();
            for text in &texts {
                for word in function.apply(vec![ScalarValue::Text(text.clone())]) {
                    let mut row = vec![literal::text(text)];
                    row.extend(literal::element(&word, 0));
                    rows.push(row);
                }
            }
            self.facts.insert(table, &rows)?;
        }
        Ok(())
    }

    /// The verdicts on all pairs of blocks that can be compared; whether the budget was enough for them.
    fn verdicts(&mut self, bond: LatticeRelation, name: &str, budget: &mut Budget) -> io::Result<bool> {
        let corpus = self.corpus;
        self.facts.create(
            name,
            &columns(&[("a", ColumnType::Block), ("b", ColumnType::Block), ("verdict", ColumnType::Text)]),
        )?;
        let order = |block: BlockId| corpus.schema.lattice(corpus.block(block).kind()).map(|lattice| lattice.order);
        let mut by_order: BTreeMap<FieldId, Vec<BlockId>> = BTreeMap::new();
        for block in corpus.block_ids() {
            if let Some(order) = order(block) {
                by_order.entry(order).or_default().push(block);
            }
        }
        let mut rows = Vec::new();
        let pairs = by_order.values().flat_map(|blocks| blocks.iter().flat_map(|a| blocks.iter().map(|b| (*a, *b))));
        for (a, b) in pairs {
            let compared = match bond {
                LatticeRelation::Within => corpus.within(a, b),
                LatticeRelation::Overlaps => corpus.overlap(a, b),
            };
            if budget.spend(compared.steps).is_err() {
                return Ok(false);
            }
            let verdict = word(compared.verdict).map(literal::text);
            rows.extend(verdict.map(|verdict| vec![self.number(a), self.number(b), verdict]));
            if rows.len() >= AT_ONCE {
                self.facts.insert(name, &std::mem::take(&mut rows))?;
            }
        }
        self.facts.insert(name, &rows)?;
        Ok(true)
    }
}

fn columns(named: &[(&str, ColumnType)]) -> Vec<(String, ColumnType)> {
    named.iter().map(|(name, sort)| ((*name).to_owned(), *sort)).collect()
}

/// The kinds with a field that a provider fills.
fn asking(native_field: &NativeField, schema: &Schema) -> BTreeSet<KindId> {
    let is_filled =
        |field: &FieldId| NativeField::of_field(schema.field(*field), schema).as_ref() == Some(native_field);
    let filled: BTreeSet<FieldId> = schema.field_ids().filter(is_filled).collect();
    schema.kind_ids().filter(|kind| schema.kind(*kind).fields.iter().any(|field| filled.contains(field))).collect()
}
