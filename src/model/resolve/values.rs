//! One value at a time: what a written value means in a field of a given type, as far as it tells by itself.

use std::borrow::Cow;

use super::declare::{FileIndexBuilder, INLINE};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::DateRange;
use crate::model::index::file::{BlockRow, ByteRange, FieldRow, FileIndex, NONE, ValueKind, ValueRow, WordsRef};
use crate::schema::{FieldId, FieldType, KindId};
use crate::syntax::{Brackets, decode, fold_name, tree};
use crate::text::Span;

/// A value that does not fit its field, as a problem.
type ValueMismatch = Result<(ValueKind, u32), Diagnostic>;

impl FileIndexBuilder<'_> {
    /// Reads a value of a field of a block; one that does not fit is reported and marked.
    pub(super) fn value(&mut self, block: u32, field: FieldId, written: &tree::ValueNode) -> ValueRow {
        let fit = self.fit(block, field, written).and_then(|fit| self.matching(field, written, fit));
        let (sort, payload) = fit.unwrap_or_else(|problem| {
            self.report_of(block, problem);
            (ValueKind::Broken, NONE)
        });
        ValueRow { sort, payload, at: written.span().into() }
    }

    /// Whether a field takes values of several parts, as a quotation with its source is.
    pub(super) fn takes_parts(&self, field: FieldId) -> bool {
        self.schema().field(field).holds.kinds().is_some_and(|kinds| self.inline_kind(kinds).is_some())
    }

    /// Reports a problem of a block.
    pub(super) fn report_of(&mut self, block: u32, problem: Diagnostic) {
        let id = self.part.words(self.part.blocks[block as usize].id).unwrap_or_default().to_owned();
        self.report(problem.role("block", id));
    }

    fn fit(&mut self, block: u32, field: FieldId, written: &tree::ValueNode) -> ValueMismatch {
        let schema = self.lexicon.schema;
        let definition = schema.field(field);
        match (&definition.holds, written) {
            (_, tree::ValueNode::Broken(_)) => Ok((ValueKind::Broken, NONE)),
            (FieldType::Ref(kinds), _) if self.inline_kind(kinds).is_some() => self.inline(block, field, written),
            (FieldType::Ref(_), tree::ValueNode::Path(path)) => Ok((ValueKind::Reference, self.path(path))),
            (FieldType::Text | FieldType::File | FieldType::Term, tree::ValueNode::Text(text)) => {
                Ok((ValueKind::Text, self.decoded(*text, Brackets::AreText)))
            }
            (FieldType::Words, tree::ValueNode::Text(text)) => {
                Ok((ValueKind::Text, self.decoded(*text, Brackets::AreMarks)))
            }
            (FieldType::Term, tree::ValueNode::Path(path)) => Ok((ValueKind::Term, self.path(path))),
            (FieldType::Number, tree::ValueNode::Number(_) | tree::ValueNode::Path(_)) => {
                self.number(field, written.span())
            }
            (FieldType::Date | FieldType::Period, tree::ValueNode::Path(path)) => {
                self.date(field, path.span()).map(|days| self.days(days))
            }
            (FieldType::Period, tree::ValueNode::Period(period)) => self.period(field, period),
            (FieldType::Flag | FieldType::Enum(_) | FieldType::Fields, tree::ValueNode::Path(path)) => {
                self.word(block, field, path)
            }
            (
                FieldType::Ref(_)
                | FieldType::Text
                | FieldType::File
                | FieldType::Words
                | FieldType::Term
                | FieldType::Number
                | FieldType::Date
                | FieldType::Period
                | FieldType::Flag
                | FieldType::Enum(_)
                | FieldType::Fields,
                tree::ValueNode::Path(_)
                | tree::ValueNode::Attributed(_)
                | tree::ValueNode::Text(_)
                | tree::ValueNode::Number(_)
                | tree::ValueNode::Period(_),
            ) => Err(self.wrong_value(field, written.span())),
        }
    }

    /// A value that fits its field, if it also matches the pattern of it.
    fn matching(&self, field: FieldId, written: &tree::ValueNode, fit: (ValueKind, u32)) -> ValueMismatch {
        let Some(pattern) = &self.lexicon.schema.field(field).pattern else { return Ok(fit) };
        let said = match written {
            tree::ValueNode::Text(text) => decode(self.slice(*text), Brackets::AreText),
            tree::ValueNode::Path(path) => self.folded(path).into_owned(),
            tree::ValueNode::Attributed(_)
            | tree::ValueNode::Number(_)
            | tree::ValueNode::Period(_)
            | tree::ValueNode::Broken(_) => return Ok(fit),
        };
        if pattern.matches(&said) {
            return Ok(fit);
        }
        let definition = self.schema().field(field);
        Err(problems::misses_pattern(definition, (&said, &pattern.written), written.span()))
    }

    fn wrong_value(&self, field: FieldId, at: Span) -> Diagnostic {
        problems::wrong_value(self.schema(), self.schema().field(field), self.slice(at), at)
    }

    fn inline_kind(&self, kinds: &[KindId]) -> Option<KindId> {
        kinds.iter().copied().find(|kind| !self.schema().kind(*kind).inline.is_empty())
    }

    /// `path text [until date]` as a block of its own: its parts fill the fields that the schema lists.
    fn inline(&mut self, outer: u32, field: FieldId, written: &tree::ValueNode) -> ValueMismatch {
        let FieldType::Ref(kinds) = &self.lexicon.schema.field(field).holds else {
            unreachable!("only references are inline")
        };
        let kind = self.inline_kind(kinds).expect("the caller asked");
        let parts = match written {
            tree::ValueNode::Path(path) => [Some(tree::ValueNode::Path(path.clone())), None, None],
            tree::ValueNode::Attributed(it) => [
                Some(tree::ValueNode::Path(it.path.clone())),
                Some(tree::ValueNode::Text(it.text)),
                it.until.map(|until| tree::ValueNode::Path(tree::Path::of(until))),
            ],
            tree::ValueNode::Text(_)
            | tree::ValueNode::Number(_)
            | tree::ValueNode::Period(_)
            | tree::ValueNode::Broken(_) => {
                return Err(self.wrong_value(field, written.span()));
            }
        };
        Ok((ValueKind::Own, self.inline_block(outer, (kind, written.span()), &parts)))
    }

    fn inline_block(&mut self, outer: u32, (kind, at): (KindId, Span), parts: &[Option<tree::ValueNode>; 3]) -> u32 {
        let slots = &self.lexicon.schema.kind(kind).inline;
        let parts = parts.iter().flatten();
        if let Some(surplus) = parts.clone().nth(slots.len()) {
            self.report_of(outer, problems::surplus_part(self.lexicon.schema, kind, surplus.span()));
        }
        let mut filled = Vec::with_capacity(slots.len());
        for (slot, part) in slots.iter().zip(parts) {
            let value = self.value(outer, *slot, part);
            filled.push(self.part.hold((*slot, part.span().into()), &[value]));
        }
        let missing: Vec<FieldId> = slots[filled.len().min(slots.len())..]
            .iter()
            .copied()
            .filter(|slot| self.schema().field(*slot).card.required)
            .collect();
        if !missing.is_empty() {
            self.report_of(outer, problems::missing_parts(self.lexicon.schema, kind, &missing, at));
        }
        let (first_field, fields) = self.put(&filled);
        self.inline.push(BlockRow {
            kind,
            fields,
            first_field,
            outer,
            id: WordsRef::ABSENT,
            title: ByteRange::NOWHERE,
            title_made: NONE,
            header: at.into(),
            whole: at.into(),
        });
        INLINE + self.inline.len() as u32 - 1
    }

    /// Takes in the fields of a block; says where the first of them is, and how many they are.
    pub(super) fn put(&mut self, fields: &[FieldRow]) -> (u32, u16) {
        let first = self.part.fields.len() as u32;
        self.part.fields.extend_from_slice(fields);
        (first, fields.len() as u16)
    }

    fn number(&mut self, field: FieldId, at: Span) -> ValueMismatch {
        let word = fold_name(self.slice(at));
        let is_plain = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        match word.parse::<f64>() {
            Ok(number) if is_plain => {
                self.part.numbers.push(number);
                Ok((ValueKind::Number, self.part.numbers.len() as u32 - 1))
            }
            Ok(_) | Err(_) => Err(self.wrong_value(field, at)),
        }
    }

    fn date(&self, field: FieldId, at: Span) -> Result<DateRange, Diagnostic> {
        let word = fold_name(self.slice(at));
        let looks_like_a_date = word.starts_with(|first: char| first.is_ascii_digit());
        DateRange::parse(&word).ok_or_else(|| match looks_like_a_date {
            true => problems::impossible_date(&word, at),
            false => self.wrong_value(field, at),
        })
    }

    fn days(&mut self, days: DateRange) -> (ValueKind, u32) {
        self.part.days.push(days);
        (ValueKind::Days, self.part.days.len() as u32 - 1)
    }

    fn period(&mut self, field: FieldId, written: &tree::Period) -> ValueMismatch {
        let first = written.from.map(|from| self.date(field, from)).transpose()?;
        let last = written.to.map(|to| self.date(field, to)).transpose()?;
        let days = DateRange { first: first.and_then(|days| days.first), last: last.and_then(|days| days.last) };
        if days.is_reversed() {
            return Err(problems::reversed_period(self.slice(written.span()), written.span()));
        }
        Ok(self.days(days))
    }

    /// A word from a fixed list: a flag, an enum value, or the name of a field.
    fn word(&mut self, block: u32, field: FieldId, path: &tree::Path) -> ValueMismatch {
        let word = self.folded(path);
        let definition = self.lexicon.schema.field(field);
        let kind = self.part.blocks[block as usize].kind;
        let known = match &definition.holds {
            FieldType::Flag if word == "yes" || word == "no" => return Ok((ValueKind::Flag, u32::from(word == "yes"))),
            FieldType::Enum(words) => words.iter().any(|known| *known == word),
            FieldType::Fields => word == "yes" || self.lexicon.field(kind, &word).is_some(),
            FieldType::Flag
            | FieldType::Ref(_)
            | FieldType::Text
            | FieldType::Words
            | FieldType::Term
            | FieldType::Number
            | FieldType::Date
            | FieldType::Period
            | FieldType::File => false,
        };
        if known {
            return Ok((ValueKind::Term, self.path(path)));
        }
        Err(if definition.holds == FieldType::Fields {
            problems::unknown_field(self.schema(), kind, &word, path.span())
        } else {
            problems::wrong_value(self.schema(), definition, &word, path.span())
        })
    }

    /// The number of a path as it is compared, unless that is how it is written.
    fn path(&mut self, path: &tree::Path) -> u32 {
        match self.folded(path) {
            Cow::Borrowed(_) => NONE,
            Cow::Owned(folded) => self.part.make(folded),
        }
    }
}

impl FileIndex {
    /// Takes in the values of a field, whose name stands at some bytes.
    pub(super) fn hold(&mut self, (field, name): (FieldId, ByteRange), values: &[ValueRow]) -> FieldRow {
        let first_value = self.values.len() as u32;
        self.values.extend_from_slice(values);
        FieldRow {
            field,
            // Only a name with tens of thousands of hidden characters is longer, and then shown in part.
            name_length: u16::try_from(name.end - name.start).unwrap_or(u16::MAX),
            name: name.start,
            first_value,
            values: values.len() as u32,
        }
    }
}
