//! Reads schemas from TOML: the built-in one, and what projects add to it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use toml::Spanned as At;

use super::kinds::{Cardinality, FieldId, FieldSchema, FieldType, Kind, KindId, Lattice, Schema};
use super::pattern::FieldPattern;
use super::problems;
use super::problems::unreadable;
use super::written::{OneOrMany, WrittenField, WrittenKind, WrittenLattice, WrittenSchema};
use crate::diagnostic::Diagnostic;
use crate::text::{Nearest, SourceId, Sources, Span, TomlString, did_you_mean};

/// One schema file, as its source.
pub type Extension = SourceId;

/// Reads the schema files in order, each adding to those before it.
///
/// Returns what could be read, and a problem for everything that could not, placed in its file.
pub fn load(files: &[Extension], sources: &Sources) -> (Schema, Vec<Diagnostic>) {
    let mut loader = SchemaLoader {
        sources,
        schema: Schema::default(),
        own: BTreeMap::new(),
        broken: BTreeSet::new(),
        problems: Vec::new(),
    };
    let mut written = Vec::new();
    let read = |file: &Extension| read(*file, sources);
    for (file, schema) in files.iter().zip(files.par_iter().map(read).collect::<Vec<_>>()) {
        match schema {
            Ok(schema) => written.push((*file, schema)),
            Err(problems) => {
                loader.schema.incomplete = true;
                loader.problems.extend(problems);
            }
        }
    }
    for (file, schema) in &written {
        loader.declare_kinds(*file, schema);
    }
    for (file, schema) in &written {
        schema.kind.iter().for_each(|(name, kind)| loader.read_kind(*file, name, kind));
    }
    for (file, schema) in &written {
        schema.kind.iter().for_each(|(name, kind)| loader.refuse_circle(*file, name, kind));
    }
    loader.inherit();
    loader.schema.pair();
    for (file, schema) in &written {
        schema.kind.iter().for_each(|(name, kind)| loader.refine_kind(*file, name, kind));
    }
    // What kinds and fields there are is not known as long as one of them cannot be read.
    loader.schema.incomplete |= !loader.problems.is_empty();
    for (file, schema) in &written {
        for (class, written) in schema.words.values().flatten() {
            loader.schema.words.record_former_names(class.get_ref(), written);
        }
        for (language, classes) in &schema.words {
            for (class, written) in classes {
                loader.problems.extend(loader.schema.words.add(*file, (language, class), written));
            }
        }
    }
    (loader.schema, loader.problems)
}

/// Reads a file; or says all that is wrong with its tables.
fn read(file: SourceId, sources: &Sources) -> Result<WrittenSchema, Vec<Diagnostic>> {
    let text = sources.get(file).text();
    toml::from_str(text).map_err(|error| problems::misfits(file, text, &error))
}

/// What to do about a kind that no file declares.
const OWN_KIND: &str = "add `[kind.NAME]` for a kind of your own; docs/language.md lists those of recte";

/// A range of bytes that TOML names, as a place in a file.
fn place(file: SourceId, bytes: std::ops::Range<usize>) -> Span {
    Span::new(file, bytes.start as u32, bytes.end as u32)
}

/// The schema so far, the names that are taken, and what went wrong.
struct SchemaLoader<'a> {
    sources: &'a Sources,
    schema: Schema,
    own: BTreeMap<KindId, Vec<FieldId>>,
    /// The names of fields that cannot be read: what else speaks of them is no mistake.
    broken: BTreeSet<String>,
    problems: Vec<Diagnostic>,
}

impl SchemaLoader<'_> {
    fn report(&mut self, file: SourceId, span: Option<std::ops::Range<usize>>, message: String) {
        let at = span.map_or(Span::file(file), |span| Span::new(file, span.start as u32, span.end as u32));
        self.problems.push(unreadable(at, message));
    }

    fn declare_kinds(&mut self, file: SourceId, written: &WrittenSchema) {
        let mut kinds: Vec<&At<String>> = written.kind.keys().collect();
        kinds.sort_by_key(|name| name.span().start);
        for name in kinds {
            if self.schema.kind_named(name.get_ref()).is_some() {
                continue;
            }
            if !name.get_ref().starts_with(char::is_alphabetic) {
                self.report(file, Some(name.span()), format!("kind `{}` does not begin with a letter", name.get_ref()));
            }
            self.refuse_misspelt_kind(file, name, &written.kind[name]);
            self.schema.kinds.push(Kind::named(name.get_ref()));
        }
    }

    /// Reports a new kind that says nothing of itself, and is called almost like one that there is: fields were meant for that one.
    fn refuse_misspelt_kind(&mut self, file: SourceId, name: &At<String>, written: &WrittenKind) {
        if written.doc.is_some() || written.extends.is_some() {
            return;
        }
        let names = self.schema.kinds.iter().map(|kind| kind.name.as_str());
        if let Some(help) = did_you_mean(&Nearest::default().find(name.get_ref(), names, 1)) {
            let message = format!("kind `{}` is new, and has neither `doc` nor `extends`; {help}", name.get_ref());
            self.report(file, Some(name.span()), message);
        }
    }

    /// Reads what a kind itself says; inherited fields come later.
    fn read_kind(&mut self, file: SourceId, name: &At<String>, written: &WrittenKind) {
        let Some(id) = self.schema.kind_named(name.get_ref()) else { return };
        let parent = written.extends.as_ref().and_then(|parent| self.kind(file, parent));
        let inside: Vec<KindId> = written.inside.iter().filter_map(|outer| self.kind(file, outer)).collect();
        let kind = &mut self.schema.kinds[id.0 as usize];
        kind.doc = written.doc.clone().unwrap_or_else(|| std::mem::take(&mut kind.doc));
        kind.parent = parent.or(kind.parent);
        kind.is_abstract |= written.r#abstract;
        kind.anonymous |= written.anonymous;
        kind.open |= written.open;
        kind.claim |= written.claim;
        kind.waives |= written.waives;
        kind.inside.extend(inside);
        let mut fields: Vec<(&At<String>, &WrittenField)> = written.fields.iter().collect();
        fields.sort_by_key(|(name, _)| name.span().start);
        for (field, definition) in fields {
            self.read_field(file, id, (field, definition));
        }
    }

    /// Reports a kind that comes back to itself through the kinds that it extends, and cuts it loose.
    fn refuse_circle(&mut self, file: SourceId, name: &At<String>, written: &WrittenKind) {
        let (Some(id), Some(extends)) = (self.schema.kind_named(name.get_ref()), &written.extends) else { return };
        let mut line = vec![id];
        while let Some(parent) = self.schema.kind(line[line.len() - 1]).parent {
            if parent == id {
                let names: Vec<&str> = line.iter().map(|kind| self.schema.kind(*kind).name.as_str()).collect();
                let message =
                    format!("kind `{}` extends itself: {} -> {}", name.get_ref(), names.join(" -> "), names[0]);
                self.schema.kinds[id.0 as usize].parent = None;
                return self.report(file, Some(extends.span()), message);
            }
            if line.contains(&parent) {
                return;
            }
            line.push(parent);
        }
    }

    fn read_field(&mut self, file: SourceId, kind: KindId, (name, written): (&At<String>, &WrittenField)) {
        let taken =
            self.own.get(&kind).is_some_and(|own| own.iter().any(|id| self.schema.field(*id).name == *name.get_ref()));
        if taken {
            return self.report(file, Some(name.span()), format!("field `{}` is already declared", name.get_ref()));
        }
        if written.is_virtual() && written.is_stored() {
            let message = format!(
                "field `{}` is never written in claims, so it can have none of `inverse`, `acyclic`, `symmetric`, `irreflexive` and `from-id`",
                name.get_ref()
            );
            self.report(file, Some(name.span()), message);
        }
        let before = self.problems.len();
        let holds = self.field_type(file, name, written);
        if written.document && holds != FieldType::File {
            let message = format!("field `{}` names no file, so it can have no `document`", name.get_ref());
            self.report(file, Some(name.span()), message);
        }
        let card = written.card.map_or(holds.usual(), Cardinality::from);
        let pattern = written.pattern.as_ref().and_then(|text| self.pattern(file, text, &holds));
        if self.problems.len() > before {
            self.broken.insert(name.get_ref().clone());
            return;
        }
        let words = written.r#enum.clone().filter(|_| holds.kinds().is_some()).unwrap_or_default();
        let id = FieldId(self.schema.fields.len() as u16);
        self.schema.fields.push(FieldSchema {
            name: name.get_ref().clone(),
            doc: written.doc.clone().unwrap_or_default(),
            holds,
            card,
            inverse: written.inverse.clone(),
            counterpart: None,
            acyclic: written.acyclic,
            transitive: written.transitive,
            symmetric: written.symmetric,
            irreflexive: written.irreflexive,
            from_id: written.from_id,
            descriptive: written.descriptive,
            document: written.document,
            guess: written.guess,
            was: written.was.clone(),
            pattern,
            words,
            computed: written.computed.as_ref().map(|text| self.quote(file, text)),
            native: written.native.as_ref().map(|name| self.quote(file, name)),
        });
        self.own.entry(kind).or_default().push(id);
    }

    fn pattern(&mut self, file: SourceId, text: &At<String>, holds: &FieldType) -> Option<FieldPattern> {
        let written = self.quote(file, text);
        let read = match holds {
            FieldType::Text | FieldType::Words | FieldType::Term => FieldPattern::read(&written),
            FieldType::Ref(_)
            | FieldType::Number
            | FieldType::Date
            | FieldType::Period
            | FieldType::Flag
            | FieldType::Enum(_)
            | FieldType::File
            | FieldType::Fields => Err(problems::pattern_of_no_text(written.whole)),
        };
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn quote(&self, file: SourceId, text: &At<String>) -> TomlString {
        TomlString::new(file, self.sources, text.span(), text.get_ref())
    }

    fn field_type(&mut self, file: SourceId, name: &At<String>, written: &WrittenField) -> FieldType {
        match (&written.to, &written.r#type, &written.r#enum) {
            (Some(to), None, words) => {
                let kinds = self.targets(file, to);
                let first = kinds.first().filter(|kind| !self.schema.kind(**kind).is_abstract);
                if words.is_some() && first.is_none() {
                    self.problems.push(problems::words_of_no_kind(place(file, name.span())));
                }
                FieldType::Ref(kinds)
            }
            (None, Some(holds), None) => FieldType::from(*holds.get_ref()),
            (None, None, Some(words)) => FieldType::Enum(words.clone()),
            (None, None, None) | (Some(_), Some(_), _) | (_, Some(_), Some(_)) => {
                self.report(
                    file,
                    Some(name.span()),
                    format!("field `{}` needs one of `to`, `type`, `enum`", name.get_ref()),
                );
                FieldType::Term
            }
        }
    }

    fn targets(&mut self, file: SourceId, to: &At<OneOrMany>) -> Vec<KindId> {
        let names = match to.get_ref() {
            OneOrMany::One(any) if any == "any" => return Vec::new(),
            OneOrMany::One(name) => std::slice::from_ref(name),
            OneOrMany::Many(names) => names,
        };
        names.iter().filter_map(|name| self.kind(file, &At::new(to.span(), name.clone()))).collect()
    }

    /// The kind of that name, or a problem with the nearest ones.
    fn kind(&mut self, file: SourceId, name: &At<String>) -> Option<KindId> {
        let found = self.schema.kind_named(name.get_ref());
        if found.is_none() {
            let names = self.schema.kinds.iter().map(|kind| kind.name.as_str());
            let near = did_you_mean(&Nearest::default().find(name.get_ref(), names, 3));
            let at = place(file, name.span());
            let message = format!("there is no kind `{}`", name.get_ref());
            self.problems.push(unreadable(at, message).help(near.or(Some(OWN_KIND.to_owned()))));
        }
        found
    }

    /// Gives every kind the fields of its parents, parents first; a circle of parents is cut.
    fn inherit(&mut self) {
        for id in self.schema.kind_ids() {
            let mut line = vec![id];
            while let Some(parent) = self.schema.kind(line[line.len() - 1]).parent {
                if line.contains(&parent) {
                    self.schema.kinds[id.0 as usize].parent = None;
                    break;
                }
                line.push(parent);
            }
            let fields = line.iter().rev().filter_map(|kind| self.own.get(kind)).flatten().copied().collect();
            self.schema.kinds[id.0 as usize].fields = fields;
        }
    }

    /// Reads what a kind says about its fields, once all of them are known.
    fn refine_kind(&mut self, file: SourceId, name: &At<String>, written: &WrittenKind) {
        let Some(id) = self.schema.kind_named(name.get_ref()) else { return };
        let nests = written.nests.as_ref().and_then(|field| self.field(file, id, field));
        let inline: Vec<FieldId> = written.inline.iter().filter_map(|field| self.field(file, id, field)).collect();
        let unique: Vec<Vec<FieldId>> = written
            .unique
            .iter()
            .map(|group| group.iter().filter_map(|field| self.field(file, id, field)).collect())
            .collect();
        let lattice = written.lattice.as_ref().and_then(|lattice| self.lattice(file, id, lattice));
        let kind = &mut self.schema.kinds[id.0 as usize];
        kind.nests = nests.or(kind.nests);
        kind.lattice = lattice.or(kind.lattice.take());
        kind.inline.extend(inline);
        kind.unique.extend(unique);
    }

    fn lattice(&mut self, file: SourceId, kind: KindId, written: &WrittenLattice) -> Option<Lattice> {
        Some(Lattice {
            order: self.field(file, kind, &written.order)?,
            disjoint: written.disjoint.as_ref().and_then(|field| self.field(file, kind, field)),
            exclusive: written.exclusive.as_ref().and_then(|field| self.field(file, kind, field)),
            dimension: written.dimension.as_ref().and_then(|field| self.field(file, kind, field)),
        })
    }

    fn field(&mut self, file: SourceId, kind: KindId, name: &At<String>) -> Option<FieldId> {
        let found = self.schema.field_of(kind, name.get_ref());
        if found.is_none() && !self.broken.contains(name.get_ref()) {
            self.report(file, Some(name.span()), format!("the kind has no field `{}`", name.get_ref()));
        }
        found
    }
}

impl Kind {
    fn named(name: &str) -> Kind {
        Kind {
            name: name.to_owned(),
            doc: String::new(),
            parent: None,
            is_abstract: false,
            anonymous: false,
            open: false,
            claim: false,
            waives: false,
            inside: Vec::new(),
            nests: None,
            inline: Vec::new(),
            unique: Vec::new(),
            lattice: None,
            fields: Vec::new(),
        }
    }
}

impl FieldType {
    /// References are lists unless the schema says otherwise; all else stands once.
    fn usual(&self) -> Cardinality {
        Cardinality { required: false, many: matches!(self, FieldType::Ref(_)) }
    }
}
