//! Makes projects of the shipped schema at random, for the shipped rules: every kind, every field, whatever it holds.

use recte::schema::{FieldSchema, FieldType, KindId, Schema};

use crate::support::Random;

/// What titles and quotations are made of: words that the tables of words know, names and numbers of blocks.
const PIECES: &[&str] = &[
    "the parties",
    "shall",
    "may",
    "may not",
    "must not",
    "in principle",
    "Article 1",
    "Articles 1 and 2",
    "45 days",
    "for example",
    "State 1",
    "Region 2",
    "therefore",
    "this",
    "we",
    "could",
    "intends to",
    "only if",
    "important",
    "or",
    "and",
    "according to",
    "very",
];

/// A block that can be referred to.
struct Named {
    kind: KindId,
    id: String,
}

/// The claims, one block to a line.
pub fn project(schema: &Schema, random: &mut Random) -> Vec<String> {
    let named = named(schema, random);
    let mut lines = Vec::new();
    for (at, block) in named.iter().enumerate() {
        let kind = schema.kind(block.kind);
        if !kind.inside.is_empty() {
            continue;
        }
        let mut inner: Vec<String> = fields(schema, block, &named, random);
        for part in named[at + 1..].iter().take_while(|part| !schema.kind(part.kind).inside.is_empty()) {
            let own = part.id.rsplit('/').next().unwrap_or_default();
            inner.push(format!(
                "{} {own} {{ {} }}",
                schema.kind(part.kind).name,
                fields(schema, part, &named, random).join("  ")
            ));
        }
        let title = if random.chance(2) { format!(" \"{}\"", words(random)) } else { String::new() };
        lines.push(format!("{} {}{title} {{ {} }}", kind.name, block.id, inner.join("  ")));
    }
    lines
}

/// Some blocks of each kind; those that stand inside others follow them.
fn named(schema: &Schema, random: &mut Random) -> Vec<Named> {
    let mut named = Vec::new();
    for kind in schema.concrete(&[]) {
        let declared = schema.kind(kind);
        if !declared.inline.is_empty() || !declared.inside.is_empty() {
            continue;
        }
        let most = if schema.is_claim(kind) { 4 } else { 3 };
        for number in 0..1 + random.below(most) {
            let id = format!("{}-{number}", declared.name);
            named.push(Named { kind, id: id.clone() });
            for part in schema.concrete(&[]).into_iter().filter(|part| schema.kind(*part).inside.contains(&kind)) {
                let parts = (1..1 + random.below(3)).map(|number| Named { kind: part, id: format!("{id}/{number}") });
                named.extend(parts);
            }
        }
    }
    named
}

fn fields(schema: &Schema, block: &Named, named: &[Named], random: &mut Random) -> Vec<String> {
    let kind = schema.kind(block.kind);
    let written = kind.fields.iter().filter(|field| Some(**field) != kind.nests).map(|field| schema.field(*field));
    let mut fields = Vec::new();
    for field in
        written.filter(|field| !field.is_virtual() && !matches!(field.name.as_str(), "allow" | "note" | "tags"))
    {
        if !field.card.required && !random.chance(4) {
            continue;
        }
        let most = if field.card.many { 1 + random.below(2) } else { 1 };
        let values: Vec<String> = (0..most).filter_map(|_| value(schema, field, named, random)).collect();
        if !values.is_empty() {
            fields.push(format!("{}: {}", field.name, values.join(", ")));
        }
    }
    fields
}

fn value(schema: &Schema, field: &FieldSchema, named: &[Named], random: &mut Random) -> Option<String> {
    Some(match &field.holds {
        FieldType::Ref(kinds) => {
            if kinds.iter().any(|kind| !schema.kind(*kind).inline.is_empty()) {
                return Some(format!("source-0 \"{}\"", words(random)));
            }
            let fitting: Vec<&Named> = named.iter().filter(|block| schema.allows(kinds, block.kind)).collect();
            fitting.get(random.below(fitting.len().max(1)))?.id.clone()
        }
        FieldType::Text | FieldType::Words => format!("\"{}\"", words(random)),
        FieldType::Term => random.pick(&["en", "de", "1", "2", "alliance", "Therefore"]).to_owned(),
        FieldType::Number => random.below(5).to_string(),
        FieldType::Date => random.pick(&["1960", "1960-06-23", "1975-05", "2001"]).to_owned(),
        FieldType::Period => random.pick(&["1960..1970", "1960-06-23..", "..1965"]).to_owned(),
        FieldType::Flag => random.pick(&["yes", "no"]).to_owned(),
        FieldType::Enum(known) => known[random.below(known.len())].clone(),
        FieldType::File => "\"text.txt\"".to_owned(),
        FieldType::Fields => random.pick(&["yes", "scope", "when", "bearer"]).to_owned(),
    })
}

fn words(random: &mut Random) -> String {
    (0..1 + random.below(4)).map(|_| random.pick(PIECES)).collect::<Vec<_>>().join(" ")
}
