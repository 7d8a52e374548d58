//! From a claim that is proposed to the block that says it, by the schema alone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::json::JsonValue;
use super::kind::{Shape, shape};
use super::proposal::{NamedDocument, Proposed, ProposedQuotation};
use super::reason::{Pointer, Reason};
use super::value;
use crate::schema::{FieldId, KindId, Schema};
use crate::syntax::{self, Brackets, encode, tree};
use crate::text::{Nearest, Sources, Span, did_you_mean};

/// What is known of the project while blocks are written.
pub(super) struct ProjectNames<'a> {
    /// What blocks may hold.
    pub(super) schema: &'a Schema,
    /// The ids of the sources, by the paths of their documents.
    pub(super) by_path: BTreeMap<String, Vec<String>>,
}

/// A block as it is to be written, and which part of it comes from where in the proposals.
#[derive(Clone, Debug)]
pub(super) struct BlockDraft {
    /// The canonical text, with a line break at its end.
    pub(super) text: String,
    /// Its parts, the larger before the smaller, as bytes of the text.
    pub(super) parts: Vec<(Range<u32>, Pointer)>,
    /// The field that holds its quotations.
    pub(super) quote: FieldId,
    /// The field that says that it is proposed.
    pub(super) status: FieldId,
}

/// Writes a claim under an id; one that may be without an id has none.
///
/// # Errors
/// Every reason why it cannot be written.
pub(super) fn draft(
    proposed: &Proposed,
    id: Option<&str>,
    known: &ProjectNames<'_>,
) -> Result<BlockDraft, Vec<Reason>> {
    let schema = known.schema;
    let shape = shape(schema, proposed).map_err(|reason| vec![reason])?;
    let Shape { kind, quote, status } = shape;
    let mut reasons = Vec::new();
    let mut lines = vec![format!("{}: {}", schema.field(status).name, super::kind::PROPOSED)];
    for (name, values) in &proposed.fields {
        match field((name, values), (kind, status), proposed, schema) {
            Ok(line) => lines.push(line),
            Err(more) => reasons.extend(more),
        }
    }
    match quotations(proposed, known) {
        Ok(quoted) => lines.push(format!("{}: {quoted}", schema.field(quote).name)),
        Err(more) => reasons.extend(more),
    }
    if !reasons.is_empty() {
        return Err(reasons);
    }
    let id = id.map(|id| format!(" {id}")).unwrap_or_default();
    let title = proposed.title.as_deref().map(|title| format!(" {}", encode(title, Brackets::AreText)));
    let block = format!("{}{id}{} {{\n{}\n}}\n", proposed.kind, title.unwrap_or_default(), lines.join("\n"));
    formatted(&block, (proposed, shape), schema).map_err(|reason| vec![reason])
}

/// `name: value, value`
fn field(
    (name, values): (&str, &[JsonValue]),
    (kind, status): (KindId, FieldId),
    proposed: &Proposed,
    schema: &Schema,
) -> Result<String, Vec<Reason>> {
    let at = proposed.at.down("fields").down(name);
    let field = named((name, kind), &at, schema).map_err(|reason| vec![reason])?;
    if field == status {
        let message = format!("the {name} of a proposal is always `{}`", super::kind::PROPOSED);
        return Err(vec![Reason::new(&at, message).help("remove it".to_owned())]);
    }
    if values.is_empty() {
        let help = "remove the field, or give it a value".to_owned();
        return Err(vec![Reason::new(&at, "the list is empty").help(help)]);
    }
    let place = |number: usize| if values.len() == 1 { at.clone() } else { at.down(number) };
    let mut written = Vec::new();
    let mut reasons = Vec::new();
    for (number, value) in values.iter().enumerate() {
        match value::written(value, &place(number), &schema.field(field).holds) {
            Ok(value) => written.push(value),
            Err(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() { Ok(format!("{name}: {}", written.join(", "))) } else { Err(reasons) }
}

/// The field of that name, if blocks of the kind have one that can be proposed.
fn named((name, kind): (&str, KindId), at: &Pointer, schema: &Schema) -> Result<FieldId, Reason> {
    let open = |field: &FieldId| super::kind::is_open(schema, *field);
    let Some(field) = schema.field_of(kind, name) else {
        let fields = schema.kind(kind).fields.iter().copied().filter(open);
        let near = Nearest::default().find(name, fields.map(|field| schema.field(field).name.as_str()), 2);
        let message = format!("`{}` has no field `{name}`", schema.kind(kind).name);
        let help =
            did_you_mean(&near).unwrap_or_else(|| "`recte ingest --schema` shows the fields of each kind".to_owned());
        return Err(Reason::new(at, message).help(help));
    };
    if schema.field(field).is_virtual() {
        let message = format!("`{name}` is computed from other fields and cannot be written");
        return Err(Reason::new(at, message).help("remove it".to_owned()));
    }
    if !open(&field) {
        let message = format!("`{name}` cannot be proposed");
        let help = "quotations belong under `quotations`; only reviewers grant exceptions";
        return Err(Reason::new(at, message).help(help.to_owned()));
    }
    Ok(field)
}

/// `source "words", source "words"`
fn quotations(proposed: &Proposed, known: &ProjectNames<'_>) -> Result<String, Vec<Reason>> {
    let at = proposed.at.down("quotations");
    let mut written = Vec::new();
    let mut reasons = Vec::new();
    for (number, ProposedQuotation { whose, words }) in proposed.quotations.iter().enumerate() {
        match source(whose, &at.down(number), known) {
            Ok(source) => written.push(format!("{source} {}", encode(words, Brackets::AreMarks))),
            Err(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() { Ok(written.join(", ")) } else { Err(reasons) }
}

/// The id of the source that a quotation names.
fn source(whose: &NamedDocument, at: &Pointer, known: &ProjectNames<'_>) -> Result<String, Reason> {
    let path = match whose {
        NamedDocument::Source(id) => return value::path(id, &at.down("source")),
        NamedDocument::Path(path) => path,
    };
    let at = at.down("path");
    let ids = crate::project::join("", path).ok().and_then(|path| known.by_path.get(&path));
    match ids.map(Vec::as_slice) {
        Some([id]) => Ok(id.clone()),
        Some([_, ..]) => {
            let help = format!("name one by its id: {}", ids.map(|ids| ids.join(", ")).unwrap_or_default());
            Err(Reason::new(&at, format!("several sources have the path `{path}`")).help(help))
        }
        Some([]) | None => {
            let near = Nearest::default().find(path, known.by_path.keys().map(String::as_str), 2);
            let help =
                did_you_mean(&near).unwrap_or_else(|| "declare a source with this path in a claims file".to_owned());
            Err(Reason::new(&at, format!("no source of the project has the path `{path}`")).help(help))
        }
    }
}

/// The block in its canonical layout, with its parts; nothing else may have come of what was proposed than one block with
/// these fields.
fn formatted(block: &str, (proposed, shape): (&Proposed, Shape), schema: &Schema) -> Result<BlockDraft, Reason> {
    let mut sources = Sources::new();
    let file = sources.add("", block);
    let parse = syntax::parse(file, &sources);
    let unreadable = || Reason::new(&proposed.at, "this cannot be written as a block");
    let text = syntax::format(&parse, &sources).ok_or_else(|| match parse.problems.first() {
        Some(problem) => unreadable().help(problem.message.clone()),
        None => unreadable(),
    })?;
    let mut sources = Sources::new();
    let file = sources.add("", text.as_str());
    let parse = syntax::parse(file, &sources);
    let [block] = parse.file.blocks.as_slice() else { return Err(unreadable()) };
    let mut parts = vec![(range(block.span), proposed.at.clone())];
    for item in block.items() {
        let tree::BodyItem::Field(field) = item else { return Err(unreadable()) };
        let name = sources.slice(field.name);
        let is_quote = name == schema.field(shape.quote).name;
        let at = if is_quote { proposed.at.down("quotations") } else { proposed.at.down("fields").down(name) };
        let single = field.more.is_empty() && !is_quote;
        parts.push((range(field.span()), at.clone()));
        for (number, value) in field.values().enumerate() {
            parts.push((range(value.span()), if single { at.clone() } else { at.down(number) }));
        }
    }
    // The status comes on top of what was proposed, and so do the quotations.
    let as_many = block.items().len() == proposed.fields.len() + 2;
    let Shape { quote, status, .. } = shape;
    if as_many { Ok(BlockDraft { text, parts, quote, status }) } else { Err(unreadable()) }
}

fn range(span: Span) -> Range<u32> {
    span.start..span.end
}
