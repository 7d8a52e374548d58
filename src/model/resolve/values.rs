//! One value at a time: what a written value means in a field of a given type.

use std::borrow::Cow;
use std::sync::Arc;

use super::names::{Found, Names, open_kind};
use super::problems;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockId, Days, FieldValues, Held, Value};
use crate::schema::{FieldId, FieldType, KindId, Schema};
use crate::syntax::{Brackets, decode, fold_name, tree};
use crate::text::{Nearest, Sources, Span};

/// Reads values; keeps what all of them share.
pub(super) struct Reader<'a> {
    pub sources: &'a Sources,
    pub schema: &'a Schema,
    pub problems: &'a mut Vec<Diagnostic>,
    pub blocks: &'a mut Vec<Block>,
    pub names: &'a mut Names,
    pub nearest: Nearest,
}

/// A value that does not fit its field, as a problem.
type Fit = Result<Value, Diagnostic>;

impl<'a> Reader<'a> {
    /// Reads a value of a field of a block; one that does not fit is reported and marked.
    pub(super) fn value(&mut self, block: BlockId, field: FieldId, written: &tree::Value) -> Held {
        let span = written.span();
        let value = self.fit(block, field, written).unwrap_or_else(|problem| {
            self.report(block, problem);
            Value::Broken
        });
        Held { value, span }
    }

    /// Reports a problem of a block.
    pub(super) fn report(&mut self, block: BlockId, problem: Diagnostic) {
        let id = self.block(block).id.as_deref().unwrap_or_default().to_owned();
        self.problems.push(problem.role("block", id));
    }

    fn fit(&mut self, block: BlockId, field: FieldId, written: &tree::Value) -> Fit {
        let schema = self.schema;
        let definition = schema.field(field);
        match (&definition.holds, written) {
            (_, tree::Value::Broken(_)) => Ok(Value::Broken),
            (FieldType::Ref(kinds), _) if self.inline_kind(kinds).is_some() => self.inline(block, field, written),
            (FieldType::Ref(kinds), tree::Value::Path(path)) => self.reference(block, (field, kinds), path),
            (FieldType::Text | FieldType::File, tree::Value::Text(text)) => Ok(self.text(*text, Brackets::AreText)),
            (FieldType::Words, tree::Value::Text(text)) => Ok(self.text(*text, Brackets::AreMarks)),
            (FieldType::Term, tree::Value::Text(text)) => Ok(self.text(*text, Brackets::AreText)),
            (FieldType::Term, tree::Value::Path(path)) => Ok(Value::Term(self.path(path).into_owned())),
            (FieldType::Number, tree::Value::Number(_) | tree::Value::Path(_)) => self.number(field, written.span()),
            (FieldType::Date, tree::Value::Path(path)) => self.date(field, path.span()).map(Value::Days),
            (FieldType::Period, tree::Value::Path(path)) => self.date(field, path.span()).map(Value::Days),
            (FieldType::Period, tree::Value::Period(period)) => self.period(field, period),
            (FieldType::Flag | FieldType::Enum(_) | FieldType::Fields, tree::Value::Path(path)) => {
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
                tree::Value::Path(_)
                | tree::Value::Attributed(_)
                | tree::Value::Text(_)
                | tree::Value::Number(_)
                | tree::Value::Period(_),
            ) => Err(problems::wrong_value(schema, definition, self.sources.slice(written.span()), written.span())),
        }
    }

    fn reference(&mut self, block: BlockId, (field, kinds): (FieldId, &[KindId]), path: &tree::Path) -> Fit {
        let name = self.path(path);
        let namespace = self.block(block).namespace.clone();
        let found = self.names.find(&name, &namespace, |target| self.schema.allows(kinds, self.block(target).kind));
        match (found, open_kind(self.schema, kinds)) {
            (Found::Block(target), _) => Ok(Value::Block(target)),
            (Found::Poisoned, _) => Ok(Value::Broken),
            (Found::Nothing, Some(kind)) => Ok(Value::Block(self.declare_by_use(block, kind, (&name, path.span())))),
            (Found::WrongKind(target), _) => {
                let what = (self.block(target).kind, self.block(target).header);
                Err(problems::wrong_kind(self.schema, self.schema.field(field), (&name, path.span()), what))
            }
            (Found::Nothing, None) => {
                let near = self.near(&name, &namespace, kinds);
                Err(problems::unresolved(self.schema, self.schema.field(field), (&name, path.span()), &near))
            }
        }
    }

    /// The nearest ids of the right kind, and whether the name is declared only deeper inside another namespace.
    fn near(&mut self, name: &str, namespace: &str, kinds: &[KindId]) -> Vec<String> {
        let schema = self.schema;
        let candidates = Names::candidates(self.blocks, namespace, |kind| schema.allows(kinds, kind));
        self.nearest.find(name, candidates, 3).into_iter().map(str::to_owned).collect()
    }

    /// The namespace and the file of a block.
    fn home(&self, block: BlockId) -> (Arc<str>, Arc<str>) {
        let block = self.block(block);
        (block.namespace.clone(), block.file.clone())
    }

    /// First use of a word of an open vocabulary declares it, in the namespace of its user.
    fn declare_by_use(&mut self, user: BlockId, kind: KindId, (name, at): (&str, Span)) -> BlockId {
        let (namespace, file) = self.home(user);
        let id: Arc<str> = if namespace.is_empty() { name.into() } else { [&namespace, "/", name].concat().into() };
        let block = BlockId(self.blocks.len() as u32);
        self.names.declare(&id, block);
        self.blocks.push(Block {
            kind,
            id: Some(id),
            namespace,
            file,
            title: None,
            outer: None,
            header: at,
            whole: at,
            fields: Vec::new(),
        });
        block
    }

    fn inline_kind(&self, kinds: &[KindId]) -> Option<KindId> {
        kinds.iter().copied().find(|kind| !self.schema.kind(*kind).inline.is_empty())
    }

    /// `path text [until date]` as a block of its own: its parts fill the fields that the schema lists.
    fn inline(&mut self, outer: BlockId, field: FieldId, written: &tree::Value) -> Fit {
        let FieldType::Ref(kinds) = &self.schema.field(field).holds else { unreachable!("only references are inline") };
        let kind = self.inline_kind(kinds).expect("the caller asked");
        let parts: Vec<tree::Value> = match written {
            tree::Value::Path(path) => vec![tree::Value::Path(copy(path))],
            tree::Value::Attributed(it) => {
                let until = it.until.map(|until| tree::Value::Path(tree::Path { names: vec![until] }));
                [tree::Value::Path(copy(&it.path)), tree::Value::Text(it.text)].into_iter().chain(until).collect()
            }
            tree::Value::Text(_) | tree::Value::Number(_) | tree::Value::Period(_) | tree::Value::Broken(_) => {
                let definition = self.schema.field(field);
                return Err(problems::wrong_value(
                    self.schema,
                    definition,
                    self.sources.slice(written.span()),
                    written.span(),
                ));
            }
        };
        Ok(Value::Block(self.inline_block(outer, (kind, written.span()), &parts)))
    }

    fn inline_block(&mut self, outer: BlockId, (kind, at): (KindId, Span), parts: &[tree::Value]) -> BlockId {
        let slots = &self.schema.kind(kind).inline;
        if let Some(surplus) = parts.get(slots.len()) {
            let problem = problems::surplus_part(self.schema, kind, surplus.span());
            self.report(outer, problem);
        }
        let filled: Vec<FieldValues> = slots
            .iter()
            .zip(parts)
            .map(|(slot, part)| FieldValues {
                field: *slot,
                name: part.span(),
                values: vec![self.value(outer, *slot, part)],
            })
            .collect();
        let missing: Vec<FieldId> = slots[filled.len().min(slots.len())..]
            .iter()
            .copied()
            .filter(|slot| self.schema.field(*slot).card.required)
            .collect();
        if !missing.is_empty() {
            let problem = problems::missing_parts(self.schema, kind, &missing, at);
            self.report(outer, problem);
        }
        let (namespace, file) = self.home(outer);
        let block = BlockId(self.blocks.len() as u32);
        self.blocks.push(Block {
            kind,
            id: None,
            namespace,
            file,
            title: None,
            outer: Some(outer),
            header: at,
            whole: at,
            fields: filled,
        });
        block
    }

    fn number(&self, field: FieldId, at: Span) -> Fit {
        let word = self.sources.slice(at);
        let is_plain = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
        match word.parse::<f64>() {
            Ok(number) if is_plain => Ok(Value::Number(number)),
            Ok(_) | Err(_) => Err(problems::wrong_value(self.schema, self.schema.field(field), word, at)),
        }
    }

    fn date(&self, field: FieldId, at: Span) -> Result<Days, Diagnostic> {
        let word = self.sources.slice(at);
        let looks_like_a_date = word.starts_with(|first: char| first.is_ascii_digit());
        Days::parse(word).ok_or_else(|| match looks_like_a_date {
            true => problems::impossible_date(word, at),
            false => problems::wrong_value(self.schema, self.schema.field(field), word, at),
        })
    }

    fn period(&self, field: FieldId, written: &tree::Period) -> Fit {
        let first = written.from.map(|from| self.date(field, from)).transpose()?;
        let last = written.to.map(|to| self.date(field, to)).transpose()?;
        let days = Days { first: first.and_then(|days| days.first), last: last.and_then(|days| days.last) };
        if days.is_reversed() {
            return Err(problems::reversed_period(self.sources.slice(written.span()), written.span()));
        }
        Ok(Value::Days(days))
    }

    /// A word from a fixed list: a flag, an enum value, or the name of a field.
    fn word(&self, block: BlockId, field: FieldId, path: &tree::Path) -> Fit {
        let word = self.path(path);
        let definition = self.schema.field(field);
        let kind = self.block(block).kind;
        let known = match &definition.holds {
            FieldType::Flag if word == "yes" || word == "no" => return Ok(Value::Flag(word == "yes")),
            FieldType::Enum(words) => words.iter().any(|known| *known == word),
            FieldType::Fields => word == "yes" || self.schema.field_of(kind, &word).is_some(),
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
            return Ok(Value::Term(word.into_owned()));
        }
        Err(if definition.holds == FieldType::Fields {
            problems::unknown_field(self.schema, kind, &word, path.span())
        } else {
            problems::wrong_value(self.schema, definition, &word, path.span())
        })
    }

    fn text(&self, text: Span, brackets: Brackets) -> Value {
        Value::Text(decode(text, self.sources, brackets))
    }

    fn path(&self, path: &tree::Path) -> Cow<'a, str> {
        match path.names.as_slice() {
            [only] => fold_name(self.sources.slice(*only)),
            names => {
                let names = names.iter().map(|name| fold_name(self.sources.slice(*name)));
                Cow::Owned(names.collect::<Vec<_>>().join("/"))
            }
        }
    }

    fn block(&self, block: BlockId) -> &Block {
        &self.blocks[block.0 as usize]
    }
}

fn copy(path: &tree::Path) -> tree::Path {
    tree::Path { names: path.names.clone() }
}
