//! What can be wrong with blocks and their references, one constructor for each message.

mod values;

use crate::diagnostic::{Code, Diagnostic, FormerName, TextEdit};
use crate::model::{BlockId, Corpus};
use crate::schema::{FieldId, FieldSchema, FieldType, KindId, Schema};
use crate::text::{Nearest, Span, did_you_mean};

pub(super) use values::*;

/// A written word and its place.
type WrittenWord<'a> = (&'a str, Span);

/// A reference to nothing.
pub(super) fn unresolved(
    schema: &Schema,
    field: &FieldSchema,
    (name, at): WrittenWord<'_>,
    known: &NameContext,
) -> Diagnostic {
    let near: Vec<&str> = known.near.iter().map(String::as_str).collect();
    let wanted = wanted(schema, field);
    let help = did_you_mean(&near).or_else(|| siblings(name, &known.beside));
    let help = help.unwrap_or_else(|| format!("declare it, or name {wanted} that is declared"));
    Diagnostic::new(Code::native("CL0001"), format!("`{name}` is not declared"), at)
        .here(format!("`{}` takes {wanted}", field.name))
        .help(help)
        .edits(only(&near, at))
        .value(format!("{}: {name}", field.name))
}

/// What is known of a name that nothing has.
#[derive(Clone, Debug, Default)]
pub(super) struct NameContext {
    /// The names that are near to it, the nearest first.
    pub(super) near: Vec<String>,
    /// The last segments of what is declared in the same block as it would be.
    pub(super) beside: Vec<String>,
}

/// The edit that writes the one near name; none where there is a choice.
fn only(near: &[&str], at: Span) -> Option<TextEdit> {
    match near {
        [near] => Some(TextEdit { at, text: (*near).to_owned() }),
        _ => None,
    }
}

/// How many names a help lists.
const LISTED: usize = 8;

/// "`agreement` declares `1`, `2` and `5`": where others are declared beside what is not.
fn siblings(name: &str, beside: &[String]) -> Option<String> {
    let (outer, last) = name.rsplit_once('/')?;
    let mut names: Vec<String> = beside.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if beside.len() > LISTED {
        names.push(format!("{} more", beside.len() - LISTED));
    }
    let names = match names.split_last()? {
        (only, []) => only.clone(),
        (last, first) => format!("{} and {last}", first.join(", ")),
    };
    Some(format!("`{outer}` declares {names}: name one of these, or declare `{last}` there if the text has it"))
}

/// A reference to a block of a kind that the field does not take.
pub(super) fn wrong_kind(
    schema: &Schema,
    (field, open): (&FieldSchema, Option<KindId>),
    (name, at): WrittenWord<'_>,
    (kind, declared): (KindId, Span),
) -> Diagnostic {
    let is = with_article(&schema.kind(kind).name);
    let wanted = wanted(schema, field);
    Diagnostic::new(Code::native("CL0001"), format!("`{name}` is {is}, but `{}` takes {wanted}", field.name), at)
        .here(format!("not {wanted}"))
        .label(declared, format!("declared here as {is}"))
        .help(match open.map(|open| &schema.kind(open).name) {
            // Whoever writes so most often means a word that the field would declare.
            Some(open) => {
                format!("give the {open} a name of its own: this one already belongs to the {}", schema.kind(kind).name)
            }
            None => format!("name {wanted}, or move `{name}` to a field that takes {is}"),
        })
        .value(format!("{}: {name}", field.name))
}

/// One id, several blocks.
pub(super) fn duplicate_id(corpus: &Corpus, twins: &[BlockId]) -> Diagnostic {
    let data = |block: &BlockId| corpus.block(*block);
    let (first, second) = (data(&twins[0]), data(&twins[1]));
    let id = first.id().unwrap_or_default();
    let mut problem =
        Diagnostic::new(Code::native("CL0002"), format!("`{id}` is declared {} times", twins.len()), second.header())
            .here("declared again here")
            .label(first.header(), "first declared here")
            .help("rename one of them: an id can name only one block in its namespace, whatever its kind".to_owned())
            .role("block", id)
            .value(twins.len().to_string());
    for other in &twins[2..] {
        problem = problem.label(data(other).header(), "and here");
    }
    problem
}

/// A name that a field of the kind does not have.
pub(super) fn unknown_field(schema: &Schema, kind: KindId, name: &str, at: Span) -> Diagnostic {
    let written =
        || schema.kind(kind).fields.iter().map(|field| schema.field(*field)).filter(|field| !field.is_virtual());
    let fields = || written().map(|field| field.name.as_str());
    let kind_name = &schema.kind(kind).name;
    let near = Nearest::default().find(name, fields(), 2);
    let help = did_you_mean(&near).unwrap_or_else(|| {
        format!("the fields of {} are: {}", with_article(kind_name), fields().collect::<Vec<_>>().join(", "))
    });
    Diagnostic::new(Code::native("CL0003"), format!("{} has no field `{name}`", with_article(kind_name)), at)
        .here("unknown field")
        .help(help)
        .edits(only(&near, at))
        .value(name)
}

/// A field that follows from others.
pub(super) fn computed_field(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0003"), format!("`{name}` is computed from other fields and cannot be written"), at)
        .here("computed by the schema")
        .help("remove it, and change the fields from which it is computed".to_owned())
        .value(name)
}

/// A field by the name that it had before.
pub(super) fn renamed_field(field: &FieldSchema, old: &str, at: Span) -> Diagnostic {
    FormerName { what: "field", former: old, name: &field.name, at }.report(Code::native("CL0027"))
}

/// The field that an unknown name is nearest to.
pub(super) fn field_meant(schema: &Schema, kind: KindId, name: &str) -> Option<FieldId> {
    let fields = schema.kind(kind).fields.iter().map(|field| schema.field(*field).name.as_str());
    let nearest = Nearest::default().find(name, fields, 1);
    nearest.first().and_then(|near| schema.field_of(kind, near))
}

/// A name of two words.
pub(super) fn name_of_two_words((first, second): (&str, &str), at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0020"), format!("the name `{first} {second}` contains a space"), at)
        .here("a name is one word")
        .help(format!("write `{first}-{second}`"))
        .edit(at, format!("{first}-{second}"))
        .value(format!("{first} {second}"))
}

/// A word that is no kind.
pub(super) fn unknown_kind(schema: &Schema, name: &str, at: Span) -> Diagnostic {
    let kinds = || schema.concrete(&[]).into_iter().map(|kind| schema.kind(kind).name.as_str());
    let near = Nearest::default().find(name, kinds(), 2);
    let help =
        did_you_mean(&near).unwrap_or_else(|| format!("the kinds are: {}", kinds().collect::<Vec<_>>().join(", ")));
    Diagnostic::new(Code::native("CL0004"), format!("there is no kind `{name}`"), at)
        .here("unknown kind")
        .help(help)
        .edits(only(&near, at))
        .value(name)
}

/// Required fields that are not there.
pub(super) fn missing_fields(schema: &Schema, kind: KindId, missing: &[FieldId], at: Span) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|field| format!("`{}`", schema.field(*field).name)).collect();
    let docs: Vec<String> = missing
        .iter()
        .map(|field| format!("`{}: ...` ({})", schema.field(*field).name, sentence(&schema.field(*field).doc)))
        .collect();
    let kind = with_article(&schema.kind(kind).name);
    Diagnostic::new(Code::native("CL0005"), format!("{kind} needs {}", names.join(" and ")), at)
        .here(format!("lacks {}", names.join(" and ")))
        .help(format!("add {}", docs.join("; ")))
        .value(names.join(" "))
}

/// A sentence in the middle of another.
fn sentence(doc: &str) -> String {
    let mut letters = doc.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A field that stands twice.
pub(super) fn repeated_field(name: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0007"), format!("the field `{name}` is written twice"), at)
        .here("again here")
        .label(first, "first here")
        .help("put all values into one field, with commas between them".to_owned())
        .value(name)
}

/// Two blocks where one may be.
pub(super) fn not_unique(corpus: &Corpus, group: &[FieldId], twins: &[BlockId]) -> Diagnostic {
    let fields: Vec<String> = group.iter().map(|field| format!("`{}`", corpus.schema.field(*field).name)).collect();
    let (first, second) = (twins[0], twins[1]);
    let kind = &corpus.schema.kind(corpus.block(first).kind()).name;
    let message =
        format!("`{}` and `{}` have the same {}", corpus.name(first), corpus.name(second), fields.join(" and "));
    Diagnostic::new(Code::native("CL0012"), message, corpus.block(second).header())
        .here("the same again")
        .label(corpus.block(first).header(), "first here")
        .help(format!(
            "change one of them, or merge the blocks: no two blocks of the kind `{kind}` can have the same {}",
            fields.join(" and ")
        ))
        .roles("block", twins.iter().map(|block| corpus.identity(*block)).collect())
}

/// A block inside a block that does not take it.
pub(super) fn misplaced(schema: &Schema, kind: KindId, outer: Option<KindId>, at: Span) -> Diagnostic {
    let name = &schema.kind(kind).name;
    let inside: Vec<String> =
        schema.kind(kind).inside.iter().map(|kind| with_article(&schema.kind(*kind).name)).collect();
    let (message, help) = match outer {
        None => (
            format!("{} cannot be written as a block", with_article(name)),
            format!("write it as the value of a field: {}", schema.kind(kind).doc),
        ),
        Some(outer) if inside.is_empty() => (
            format!("{} cannot be inside {}", with_article(name), with_article(&schema.kind(outer).name)),
            "move it out of the braces around it".to_owned(),
        ),
        Some(outer) => {
            let outer = with_article(&schema.kind(outer).name);
            (
                format!("{} cannot be inside {outer}", with_article(name)),
                format!("move it into {}, or to the outermost level", inside.join(" or ")),
            )
        }
    };
    Diagnostic::new(Code::native("CL0013"), message, at).here("not here").help(help).value(name)
}

/// A block that others could not refer to.
pub(super) fn missing_id(kind: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0014"), format!("{} needs a name", with_article(kind)), at)
        .here("has no name")
        .help(format!("write a short name after `{kind}`, by which others can refer to it"))
        .value(kind)
}

/// A block that refers to itself where it must not.
pub(super) fn self_reference(field: &FieldSchema, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0015"), format!("`{}` names the block that contains it", field.name), at)
        .here("this is the block itself")
        .help("name another block".to_owned())
        .value(&field.name)
}

/// An id that hides another from references.
pub(super) fn hides_outer(corpus: &Corpus, inner: BlockId, outer: BlockId) -> Diagnostic {
    let (inner, outer) = (corpus.block(inner), corpus.block(outer));
    let (inner_id, outer_id) = (inner.id().unwrap_or_default(), outer.id().unwrap_or_default());
    Diagnostic::new(Code::native("CL0016"), format!("`{inner_id}` hides `{outer_id}`"), inner.header())
        .here(format!("references in `{}` mean this one", inner.namespace()))
        .label(outer.header(), "and not this one")
        .help("rename one of them".to_owned())
        .role("block", inner_id)
        .role("outer", outer_id)
}

/// A field that was written as a block.
pub(super) fn missing_colon(name: &str, at: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0017"), format!("the field `{name}` has no colon"), at)
        .here("a field needs a colon after its name")
        .offer(
            format!("write `{name}:`, with a colon between the field and its value"),
            [TextEdit { at: at.after(), text: ":".to_owned() }],
        )
        .value(name)
}

/// A kind that only gathers others.
pub(super) fn abstract_kind(schema: &Schema, kind: KindId, at: Span) -> Diagnostic {
    let name = &schema.kind(kind).name;
    let kinds: Vec<&str> = schema.concrete(&[kind]).into_iter().map(|kind| schema.kind(kind).name.as_str()).collect();
    Diagnostic::new(Code::native("CL0018"), format!("no block can be just {}", with_article(name)), at)
        .here("only groups other kinds")
        .help(format!("write one of the kinds: {}", kinds.join(", ")))
        .value(name)
}

/// A reference that stands twice in a list.
pub(super) fn repeated_value(word: &str, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::native("CL0019"), format!("`{word}` is in this list twice"), at)
        .here("again here")
        .label(first, "first here")
        .help("remove one of them".to_owned())
        .value(word)
}

/// What a field takes, in words: "an article or an instrument".
fn wanted(schema: &Schema, field: &FieldSchema) -> String {
    match &field.holds {
        FieldType::Ref(kinds) if kinds.is_empty() => "the name of a block".to_owned(),
        FieldType::Ref(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| with_article(&schema.kind(*kind).name)).collect();
            let words = field.words.iter().map(|word| format!("`{word}`"));
            kinds.into_iter().chain(words).collect::<Vec<_>>().join(" or ")
        }
        FieldType::Text | FieldType::Words => "a text in quotation marks".to_owned(),
        FieldType::File => "a path in quotation marks".to_owned(),
        FieldType::Term => "a word or a text".to_owned(),
        FieldType::Number => "a number".to_owned(),
        FieldType::Date => "a date (YYYY, YYYY-MM or YYYY-MM-DD)".to_owned(),
        FieldType::Period => "a period (such as 1960-06-23..)".to_owned(),
        FieldType::Flag => "`yes` or `no`".to_owned(),
        FieldType::Enum(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("one of {}", words.join(", "))
        }
        FieldType::Fields => "`yes` or names of fields".to_owned(),
    }
}

/// "an obligation", "a scope".
fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Where a block names another in a field.
pub(super) fn value_place(corpus: &Corpus, field: FieldId, from: BlockId, to: BlockId) -> Span {
    let named = |at: BlockId, field: FieldId, block: BlockId| {
        let mut values = corpus.values(at, field).iter();
        values.find(|held| held.value == crate::model::Value::Block(block)).map(|held| held.span)
    };
    let at_the_other_end = || named(to, corpus.schema.field(field).counterpart?, from);
    named(from, field, to).or_else(at_the_other_end).unwrap_or(corpus.block(from).header())
}
